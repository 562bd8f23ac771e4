//! Steps inside parameters: branches, their conditions, and what runs on a callee's leg.

use super::objects;
use crate::dialect::schema::{Holds, Own, Rule, Schema, field, required};
use crate::dialect::swml::official;

/// Steps of a flow.
pub(super) static STEPS: Holds = Holds::By(&Own { noun: "an array of steps", official: official::steps });
/// Steps that run on a callee's leg.
pub(super) static SCREENING: Holds = Holds::By(&Own { noun: "an array of steps", official: official::screening });
/// A whole document.
pub(super) static DOCUMENT: Holds = Holds::By(&Own { noun: "a document", official: official::document });
/// The arms of a `cond`.
pub(super) static ARMS: Holds = Holds::ListOf(&Holds::Object(&ARM));

objects! {
    ARM = "cond": "One condition and its steps." [
        field("when", Holds::Text).says("JavaScript condition."),
        field("then", STEPS).says("Steps when it holds."),
        field("else", STEPS).says("Steps when none holds."),
    ].rules(&[Rule::Any(&["when", "else"]), Rule::Both("when", "then")]);
    SWITCH_RESULT = "result": "A `switch` on what came of it." [
        field("variable", Holds::Text).says("Another variable to compare."),
        required("case", Holds::MapOf(&STEPS)).says("Steps for each value."),
        field("default", STEPS).says("Steps for any other value."),
    ];
    NAMED_SWITCH_RESULT = "result": "A `switch` on what came of it." [
        required("variable", Holds::Text).says("The variable to compare."),
        required("case", Holds::MapOf(&STEPS)).says("Steps for each value."),
        field("default", STEPS).says("Steps for any other value."),
    ];
}

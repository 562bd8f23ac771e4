//! The course of the flow and its variables.

use super::confirm::{ARMS, STEPS, SWITCH_RESULT};
use super::{LIST, Method, RESULT, TEXTS, method, objects, variable};
use crate::dialect::schema::{Holds, INTEGER, Schema, field, required};

objects! {
    EXECUTE = "execute": "Runs a section, or a document from the web, and comes back." [
        required("dest", Holds::Text).says("Name of a section, web address of a document, or a document as text."),
        field("params", Holds::Map).says("What the section finds as `params`; all other parameters are hidden from it."),
        field("meta", Holds::Map).says("Remarks of yours; nothing reads them."),
        field("on_return", Holds::Any).officially(STEPS).says("Steps to run on the way back."),
        field("result", RESULT).officially(Holds::Either(&[Holds::Object(&SWITCH_RESULT), ARMS]))
            .says("What to do with what the section returned: a `switch` (object) or a `cond` (list) on `return_value`."),
    ];
    TRANSFER = "transfer": "Goes to a section, or a document from the web, and never comes back." [
        required("dest", Holds::Text).says("Name of a section, or web address of a document."),
        field("params", Holds::Map).says("What the section finds as `params`."),
        field("meta", Holds::Map).says("Remarks of yours; nothing reads them."),
    ];
    RETURN = "return": "Leaves the section that `execute` runs, with a value if one is given. In `main` it ends the flow." [
        field("value", Holds::Any).unofficial().says("The value, of any kind; it stands in the place of the parameters."),
    ];
    GOTO = "goto": "Jumps to a label at the top of the same section." [
        required("label", Holds::Text).says("Name of the label."),
        field("when", Holds::Text).says("JavaScript condition; without one it always jumps."),
        field("max", Holds::Integer(1.0, 100.0)).default("100")
            .says("Most jumps to this label, counted for all jumps to it together; then the flow goes on below."),
    ];
    LABEL = "label": "A place that `goto` can jump to." [
        required("label", Holds::Text).unofficial().says("Its name; it stands in the place of the parameters."),
    ];
    SWITCH = "switch": "Compares a variable with texts and runs the steps of the one that is equal." [
        required("variable", Holds::Text).says("Name of the variable, such as `prompt_value` or `call.type`: a name, not an expression."),
        required("case", Holds::Map).officially(Holds::MapOf(&STEPS)).says("Steps for each value."),
        field("default", Holds::Any).officially(STEPS).says("Steps for any other value; without it the flow goes on below."),
    ];
    COND = "cond": "Runs the steps of the first condition that holds: a list of `when` with `then`, and an `else` for none of them." [];
    IF = "if": "Runs one list of steps or another." [
        required("condition", Holds::Text).says("JavaScript condition."),
        required("then", Holds::Any).says("Steps when it holds."),
        field("else", Holds::Any).says("Steps when it does not."),
    ];
    SET = "set": "Sets variables: an object of names and values. Later ones may read earlier ones." [].open();
    UNSET = "unset": "Removes variables: one name, or a list of them." [
        required("vars", TEXTS).unofficial().says("The names; they stand in the place of the parameters."),
    ];
    EVAL = "eval": "Sets variables to what JavaScript expressions give. Outdated: `set` takes `${…}`." [].open();
    SLEEP = "sleep": "Waits." [
        required("duration", Holds::Integer(-1.0, f32::INFINITY)).says("How long, in milliseconds; -1 waits until the call ends."),
    ];
}

static SLEEPS: Holds = Holds::Either(&[Holds::Object(&SLEEP), INTEGER, Holds::Placeholder]);

pub(super) static METHODS: &[Method] = &[
    method(&EXECUTE).first("dest").sets(&[variable("return_value", "What `return` gave, if it gave something.")]),
    method(&TRANSFER).first("dest"),
    method(&RETURN).first("value").bare().officially(&Holds::Any).sets(&[variable("return_value", "The value given.")]),
    method(&GOTO).first("label"),
    method(&LABEL).first("label").officially(&Holds::Text),
    method(&SWITCH).screens_unofficially(),
    method(&COND).screens().officially(&ARMS),
    method(&IF).screens_unofficially().unofficial(),
    method(&SET).screens().officially(&Holds::Map),
    method(&UNSET).first("vars").screens().officially(&Holds::Either(&[Holds::Text, LIST])),
    method(&EVAL).unofficial(),
    method(&SLEEP).first("duration").officially(&SLEEPS),
];

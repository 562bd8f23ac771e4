//! SignalWire SWML, JSON or YAML.

mod activity;
mod choice;
mod connect;
mod document;
mod events;
mod leftover;
#[cfg(feature = "manual")]
pub mod manual;
#[cfg_attr(not(feature = "manual"), allow(dead_code))] // only the manual reads the sentences
mod method;
mod official;
mod outline;
mod play;
mod request;
mod role;
mod signature;
mod step;
mod vocabulary;
mod words;
mod write;

pub(crate) use document::read;
pub(crate) use events::activity_changed;
pub(crate) use outline::outline;
pub(crate) use vocabulary::{category, vocabulary};
pub(crate) use write::{ask, call_object, dial_changed, leg_changed};

use super::reader::Vendor;
use crate::diag::{Diagnostic, codes};

/// Gives a problem of the text the platform's own name.
pub(crate) fn name_problem(diagnostic: &mut Diagnostic) {
    if diagnostic.is_error() {
        diagnostic.vendor = match diagnostic.code.id {
            id if id == codes::DUPLICATE_KEY.id => Some("relay_script_element_duplicated"),
            id if id == codes::SYNTAX.id || id == codes::TOO_LARGE.id => Some("relay_script_parse_error"),
            _ => None,
        };
    }
}

/// SWML's names for what a schema can find, and its manners.
pub(crate) static VENDOR: Vendor = Vendor {
    unknown_field: Some("relay_script_method_parameter_undefined"),
    missing_field: Some("relay_script_method_parameter_missing"),
    invalid_value: Some("relay_script_method_parameter_invalid_value"),
    wrong_type: Some("relay_script_element_wrong_type"),
    conflict: Some("relay_script_method_parameter_conflict"),
    placeholders: true,
    aliases: &[],
    coerces: true,
};

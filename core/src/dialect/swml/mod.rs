//! SignalWire SWML, JSON or YAML.

mod activity;
mod choice;
mod connect;
mod document;
mod events;
#[allow(dead_code)] // the manual is written next
mod method;
mod official;
mod play;
mod request;
mod role;
mod signature;
mod step;
mod words;
mod write;

pub(crate) use document::read;
pub(crate) use events::activity_changed;
pub(crate) use write::{ask, call_object, dial_changed, leg_changed};

use super::reader::Vendor;

/// SWML's names for what a schema can find, and its manners.
pub(crate) static VENDOR: Vendor = Vendor {
    unknown_field: Some("relay_script_method_parameter_undefined"),
    missing_field: Some("relay_script_method_parameter_missing"),
    invalid_value: Some("relay_script_method_parameter_invalid_value"),
    wrong_type: Some("relay_script_element_wrong_type"),
    conflict: Some("relay_script_method_parameter_conflict"),
    placeholders: true,
    aliases: &[
        ("caller_id", "from"),
        ("from_number", "from"),
        ("to_number", "to"),
        ("sip_auth_username", "username"),
        ("sip_auth_password", "password"),
        ("text", "url: \"say:…\""),
        ("say", "url: \"say:…\""),
    ],
    coerces: true,
};

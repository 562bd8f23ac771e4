//! RestComm RCML and TwiML, XML.

mod dial;
mod document;
mod gather;
mod outline;
mod record;
mod sip;
mod vocabulary;
mod write;

pub(crate) use document::read;
pub(crate) use outline::outline;
pub(crate) use vocabulary::{nouns, vocabulary};
pub(crate) use write::{ask, leg_changed, reply};

use super::reader::Vendor;

/// Attributes are texts; what they mean is checked where they are read.
pub(crate) static VENDOR: Vendor = Vendor {
    unknown_field: Some("12200"),
    missing_field: Some("12200"),
    invalid_value: Some("12200"),
    wrong_type: Some("12100"),
    conflict: None,
    placeholders: false,
    aliases: &[],
    coerces: false,
};

//! jambonz verbs, JSON (and Cognigy Voice Gateway's rebrand of them).

mod amd;
mod dial;
mod document;
mod gather;
mod listen;
mod outline;
mod verb;
mod vocabulary;
mod write;

pub(crate) use document::read;
pub(crate) use outline::outline;
pub(crate) use vocabulary::vocabulary;
pub(crate) use write::{ask, captured, leg_changed};

use super::reader::Vendor;

/// Types are checked as they are written: no coercion, no placeholders.
pub(crate) static VENDOR: Vendor = Vendor {
    unknown_field: None,
    missing_field: None,
    invalid_value: None,
    wrong_type: None,
    conflict: None,
    placeholders: false,
    aliases: &[("voicemail", "vmail"), ("disconnectOnAMD", "amd.actionHook")],
    coerces: false,
};

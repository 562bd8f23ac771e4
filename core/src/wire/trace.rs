//! The explanation for people. Ignoring it changes nothing.

use super::{command::Command, event::Event};
use crate::{
    id::{DocumentId, LegId},
    time::Instant,
};
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// What happened, in order: facts, orders and notes.
pub type Trace = Vec<Entry>;

/// One line of a trace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Instant,
    /// What.
    #[serde(flatten)]
    pub kind: Kind,
    /// The place in the document that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
}

/// What a line of a trace tells. Secrets were taken out of commands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// A fact that came in.
    Event(Event),
    /// An order that went out.
    Command(Command),
    /// A remark.
    Note(Note),
}

/// A remark of the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// What kind of remark: `step`, `set`, `timer`, `absorbed`, `leg`, `assumed`, `problem` …
    pub name: String,
    /// The leg it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leg: Option<LegId>,
    /// The remark.
    pub text: String,
}

/// A place in one of the call's documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Which document.
    pub document: DocumentId,
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

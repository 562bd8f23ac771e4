//! Calls: one task each. It pumps facts and deadlines into an engine and obeys its orders.
//!
//! The task owns everything of its call: the engine, the legs, their audio, the requests, the
//! journal. Every input is written to the journal before the engine sees it, so that a call
//! whose instance is lost can be told its story again, and be where it was.

mod flow;
mod host;
mod journal;
mod line;
mod obey;
mod pump;

pub use flow::Flow;
pub use host::{Host, HostError, HostSetting};
pub use journal::{Entry as JournalEntry, Journal};

use crate::media::Counters;
use patchcord_core::{
    id::LegId,
    time::Instant,
    wire::{Caller, Command, Entry, Event, Outcome},
};
use std::path::PathBuf;

/// Something to see in a call.
#[derive(Clone, Debug)]
pub struct Sight {
    /// Which call, numbered from 1.
    pub call: u64,
    /// When, in milliseconds since its INVITE.
    pub at: Instant,
    /// What.
    pub what: What,
}

/// What is to be seen.
#[derive(Clone, Debug)]
pub enum What {
    /// A call came in.
    Began(Caller),
    /// A fact, as the engine is told it.
    Event(Event),
    /// An order of the engine.
    Command(Command),
    /// A line of the engine's own trace; secrets were taken out of it.
    Trace(Entry),
    /// A remark of the host.
    Note(String),
    /// The call is over.
    Over(End),
}

/// How a call ended.
#[derive(Clone, Debug)]
pub struct End {
    /// What the engine says; absent when the host had to end it.
    pub outcome: Option<Outcome>,
    /// Why the host had to end it.
    pub stopped: Option<String>,
    /// Where its journal is.
    pub journal: PathBuf,
    /// Packets of every leg that had audio.
    pub audio: Vec<(LegId, Counters)>,
}

#[cfg(test)]
mod tests;

//! What is to be seen of calls.

use crate::media::Counters;
use patchcord_core::{
    id::LegId,
    time::Instant,
    wire::{Caller, Command, Entry, Event, Outcome},
};
use serde_json::{Value, json};
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
    Began {
        /// From whom, to whom.
        caller: Caller,
        /// When, in milliseconds since 1970.
        unix_ms: u64,
    },
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

impl Sight {
    /// As data: what the engine traced, and how calls begin and end. Nothing for what the trace has,
    /// without its secrets, in another line.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        let mut line = json!({ "call": self.call, "at": self.at });
        let rest = match &self.what {
            What::Began { caller, unix_ms } => {
                json!({ "kind": "began", "from": caller.from, "to": caller.to, "unix_ms": unix_ms })
            }
            What::Trace(entry) => serde_json::to_value(entry).ok()?,
            What::Note(text) => json!({ "kind": "host", "text": text }),
            What::Over(end) => {
                let audio = |(leg, counters): &(LegId, Counters)| json!({ "leg": leg, "sent": counters.sent, "received": counters.received, "refused": counters.refused });
                let audio: Vec<Value> = end.audio.iter().map(audio).collect();
                json!({ "kind": "over", "outcome": end.outcome, "stopped": end.stopped, "journal": end.journal, "audio": audio })
            }
            What::Event(_) | What::Command(_) => return None,
        };
        line.as_object_mut()?.extend(rest.as_object()?.clone());
        Some(line)
    }
}

//! What is known about legs and dials: the material of every hook and status callback.

use super::activity::Progress;
use super::event::{Cause, MediaResult};
use super::start::Header;
use crate::id::{LegId, MediaId};
use crate::time::{Instant, Millis};
use crate::value::Object;
use alloc::{boxed::Box, string::String, vec::Vec};

/// One leg, as far as the platforms tell about it.
#[derive(Clone, Debug, PartialEq)]
pub struct LegFacts {
    /// Its name here.
    pub id: LegId,
    /// Its name to the outside, a UUID.
    pub sid: String,
    /// Calling number or address.
    pub from: String,
    /// Called number or address, as dialled.
    pub to: String,
    /// Display name of the calling party.
    pub name: Option<String>,
    /// Who called whom.
    pub direction: Direction,
    /// How far it came.
    pub state: LegState,
    /// INVITE sent or received.
    pub created: Instant,
    /// 2xx.
    pub answered: Option<Instant>,
    /// Final failure or BYE.
    pub ended: Option<Instant>,
    /// Latest SIP status.
    pub status: u16,
    /// Its reason phrase.
    pub reason: String,
    /// Why it ended.
    pub cause: Option<Cause>,
    /// Who ended it.
    pub ended_by: Option<EndedBy>,
    /// Call-ID of the INVITE, when known.
    pub sip_call_id: Option<String>,
    /// Headers received: the INVITE's of the caller, the latest response's of a callee.
    pub headers: Vec<Header>,
    /// Whom it was last bridged to.
    pub peer: Option<LegId>,
    /// It won its dial.
    pub winner: bool,
}

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// They called us.
    Inbound,
    /// We dialled them.
    Outbound,
}

/// How far a leg came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LegState {
    /// INVITE sent or received.
    Created,
    /// 18x without audio.
    Ringing,
    /// 18x with audio.
    EarlyMedia,
    /// 2xx.
    Answered,
    /// Over.
    Ended,
}

/// Who ended a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedBy {
    /// The engine ordered it.
    Us,
    /// The far party did it.
    Them,
}

/// How a dial as a whole goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialState {
    /// It begins.
    Connecting,
    /// Somebody is bridged.
    Connected,
    /// Nobody will be.
    Failed,
    /// The bridge is over.
    Disconnected,
}

/// Why a question is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// The call begins.
    First,
    /// A dial is over.
    Dialled(DialFacts),
    /// Keys or words were collected.
    Collected(Collected),
    /// A message was recorded.
    Recorded(Box<ActivityFacts>),
    /// This became known of an activity that goes on.
    News(Box<ActivityFacts>, &'static str),
    /// A callee answered and is to be screened.
    Screening,
    /// A redirect.
    Redirect,
    /// A section elsewhere is called.
    Execute,
}

/// What came of prompting.
#[derive(Clone, Debug, PartialEq)]
pub enum Collected {
    /// These keys.
    Keys(String),
    /// These words.
    Words {
        /// What was said.
        text: String,
        /// How sure the recogniser is, from 0 to 1.
        confidence: f64,
        /// In which language it listened.
        language: Option<String>,
    },
    /// Nothing that could be used.
    Nothing,
    /// It could not be done.
    Failed,
}

/// The result of a dial.
#[derive(Clone, Debug, PartialEq)]
pub struct DialFacts {
    /// Who was bridged.
    pub winner: Option<LegId>,
    /// Whose end decides about the result when nobody was.
    pub deciding: Option<LegId>,
    /// Why nobody was bridged.
    pub cause: Option<Cause>,
    /// How long the bridge lasted.
    pub talked: Option<Millis>,
    /// The caller left before it was over.
    pub caller_gone: bool,
}

/// One activity: a recording, a stream, a stay in a queue …
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityFacts {
    /// Its name here.
    pub media: MediaId,
    /// Its name to the outside, chosen by the document or made up.
    pub control_id: String,
    /// On which leg.
    pub leg: LegId,
    /// The vendor's name of the instruction that began it.
    pub family: &'static str,
    /// What was ordered.
    pub parameters: Object,
    /// When.
    pub begun: Instant,
    /// How far it came.
    pub state: ActivityState,
    /// It was stopped because it took too long.
    pub timed_out: bool,
    /// The key that stopped it.
    pub key: Option<char>,
    /// It ended because its leg was over.
    pub hung_up: bool,
    /// When something was new about it last.
    pub changed: Instant,
    /// What the host told about it, and when; oldest first.
    pub progress: Vec<(Instant, Progress)>,
}

/// How far an activity came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityState {
    /// The order is out.
    Ordered,
    /// The host said that it runs.
    Running,
    /// It is over.
    Over(MediaResult),
}

/// What happened to an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityChange {
    /// It runs.
    Started,
    /// There is something new: the last of its `progress`.
    Progress,
    /// It is over.
    Over,
}

impl ActivityFacts {
    /// The latest of its progress that `pick` knows.
    #[must_use]
    pub fn latest<'a, T>(&'a self, pick: impl Fn(&'a Progress) -> Option<T>) -> Option<T> {
        self.progress.iter().rev().find_map(|(_, progress)| pick(progress))
    }

    /// A parameter of the order, as text.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).and_then(crate::value::Value::as_str)
    }
}

impl LegFacts {
    /// Whole seconds from answer to end, or to `now` while it lasts; none before the answer.
    #[must_use]
    pub fn duration(&self, now: Instant) -> Option<u64> {
        self.answered.map(|answered| self.ended.unwrap_or(now).since(answered).secs())
    }

    /// The value of the first header of this name, in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name)).map(|h| h.value.as_str())
    }
}

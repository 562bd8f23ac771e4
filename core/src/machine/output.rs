//! What comes out of a machine, and what it asks for.

use crate::id::{DocumentId, FetchId, LegId};
use crate::ir::{InstructionId, LegChange, Program};
use crate::value::{Object, Value};
use crate::wire::{ActivityChange, ActivityFacts, Command, DialFacts, DialState, LegFacts, Note, Request, Why};
use alloc::{boxed::Box, string::String, sync::Arc};

/// What comes out of a machine.
#[derive(Clone, Debug)]
pub enum Output {
    /// An order for the host.
    Command(Command),
    /// Something that a dialect may want to tell.
    Fact(Fact),
    /// A question that needs a document.
    Question(Question),
    /// A request that the flow makes for itself.
    Request {
        /// Its name.
        fetch: FetchId,
        /// What to send; credentials may stand in its URL.
        request: Request,
    },
    /// A document that stands in another one, to be read; the answer comes as one to a question.
    Inline {
        /// Its name.
        fetch: FetchId,
        /// Its text.
        text: String,
    },
    /// A remark for people.
    Note(Note),
}

/// Something that a dialect may want to tell.
#[derive(Clone, Debug)]
pub enum Fact {
    /// A leg changed.
    Leg {
        /// The leg as it was then.
        leg: Box<LegFacts>,
        /// How.
        change: LegChange,
        /// For ringing and early media: nothing of the kind came before.
        first: bool,
    },
    /// A dial went on.
    Dial {
        /// Whom to tell: complete URL.
        url: String,
        /// HTTP method.
        method: &'static str,
        /// What happened.
        state: DialState,
        /// What is known.
        facts: DialFacts,
    },
    /// A key sequence was captured.
    Captured {
        /// Whose keys.
        leg: LegId,
        /// The sequence.
        keys: String,
        /// Whom to tell: complete URL.
        url: String,
        /// HTTP method.
        method: &'static str,
    },
    /// An activity went on.
    Activity {
        /// What is known of it.
        facts: Box<ActivityFacts>,
        /// What is new.
        change: ActivityChange,
        /// Whom to tell: complete URL.
        url: String,
        /// HTTP method.
        method: &'static str,
    },
    /// What has a hook is over and nobody is there to go on: the hook is told, its answer would be ignored.
    After(Question),
}

/// A question that needs a document.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its name.
    pub fetch: FetchId,
    /// On behalf of which leg.
    pub leg: LegId,
    /// Complete URL.
    pub url: String,
    /// HTTP method.
    pub method: &'static str,
    /// The instruction's `id`.
    pub id: Option<String>,
    /// Why.
    pub why: Why,
    /// Variables of the flow.
    pub vars: Object,
    /// Parameters for the new document.
    pub params: Value,
}

/// The answer to a question.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Run this.
    Document {
        /// Its meaning.
        program: Arc<Program>,
        /// Its address.
        url: Option<String>,
    },
    /// There is nothing to run.
    Empty,
    /// No usable reply.
    Failed(String),
}

/// What a flow does with an answer.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    /// Run it.
    First,
    /// Run it: there is no other.
    Fallback,
    /// Replace the instructions.
    After { empty_continues: bool, failure_continues: bool, failure_told: bool },
    /// Replace the instructions, wherever the flow is by then.
    Beside,
    /// Screen with it.
    Screening { empty_accepts: bool },
    /// Replace the instructions.
    Redirect { empty_continues: bool },
    /// Run it as a section.
    Execute { params: Value, tail: bool, site: Option<(DocumentId, InstructionId)> },
}

//! Activities: what an instruction lets the host do with a leg for a while.

use super::{Choice, Data, HookPlan, Target};
use crate::expr::Template;
use crate::value::Value;
use crate::wire::ActivityFacts;
use alloc::vec::Vec;

/// Begin something, and perhaps wait for it.
#[derive(Clone, Debug)]
pub struct Activity {
    /// What.
    pub kind: ActivityKind,
    /// The vendor's name of it; `stop` finds it by this.
    pub family: &'static str,
    /// What is ordered, by the contract's names. Units as in the contract.
    pub parameters: Vec<(&'static str, Data)>,
    /// Its name to the outside; made up when absent.
    pub control_id: Option<Template>,
    /// Until when the flow waits.
    pub waits: WaitsFor,
    /// Stopped after so many seconds.
    pub limit: Option<Template>,
    /// Keys that stop it.
    pub stop_keys: Option<Template>,
    /// Told about it.
    pub status: Option<HookPlan>,
    /// What the platform makes of what the host tells.
    pub words: &'static ActivityWords,
    /// Chosen by its result.
    pub result: Option<Choice>,
    /// What follows its end, where the flow waits for that.
    pub then: Then,
}

/// What can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityKind {
    /// Record.
    Record,
    /// Send a copy of the audio.
    Tap,
    /// Let a WebSocket hear it.
    Stream,
    /// Find out who or what is there.
    Detect,
    /// Take out noise.
    Denoise,
    /// Hear oneself.
    Echo,
    /// Write down what is said, at once or afterwards.
    Transcribe {
        /// While it is said.
        live: bool,
    },
    /// Stand in a queue.
    Enqueue,
    /// Sit in a conference.
    Join,
    /// Ask the other side to call elsewhere.
    Refer,
    /// What only some hosts can do, by the vendor's name.
    Extend,
}

/// Until when a flow waits for an activity.
#[derive(Clone, Debug)]
pub enum WaitsFor {
    /// Not at all.
    Nothing,
    /// Until it runs, or cannot.
    Start,
    /// Until it is over.
    End,
    /// Until it is over if this is true, else not at all.
    EndIf(Template),
}

/// What follows the end of an activity.
#[derive(Clone, Debug)]
pub enum Then {
    /// The next instruction.
    GoOn,
    /// The end of the call, unless a result was chosen.
    End,
    /// A section or document, then the next instruction.
    Run(Target),
    /// A hook after one outcome, whose reply replaces the instructions; the next instruction after any other.
    Ask {
        /// Whom to ask.
        hook: HookPlan,
        /// The word of that outcome.
        after: &'static str,
        /// Whether the next instruction follows a reply that is empty or failed.
        goes_on: bool,
    },
    /// A hook for every word of its news, asked while the flow goes on; instructions of a reply replace what the
    /// flow runs by then.
    Each {
        /// Whom to ask.
        hook: HookPlan,
        /// The words for what became known last; asked whenever something did, and once it is over.
        news: fn(&ActivityFacts) -> Vec<&'static str>,
        /// After this word, it is stopped after so many seconds more, and not after its `limit`.
        longer: Option<(&'static str, Template)>,
    },
}

/// What a platform makes of what a host tells about an activity.
#[derive(Debug)]
pub struct ActivityWords {
    /// Variables and their values; asked again whenever something new is known.
    pub variables: fn(&ActivityFacts) -> Vec<(&'static str, Value)>,
    /// Whether enough is known: the rest is not waited for.
    pub settled: fn(&ActivityFacts) -> bool,
    /// The word for how it ended, where no variable tells it; a port of the step has it as its name.
    pub outcome: fn(&ActivityFacts) -> Option<&'static str>,
}

/// A text message.
#[derive(Clone, Debug)]
pub struct MessagePlan {
    /// Its fields, by the provider hook's names.
    pub fields: Vec<(&'static str, Data)>,
    /// Variable that receives how it went.
    pub result: &'static str,
}

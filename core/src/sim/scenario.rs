//! What the world does.

use super::turn::Staging;
use crate::span::Span;
use crate::time::Millis;
use crate::value::Value;
use crate::wire::{Application, Caller, Cause, Header};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// What the caller, the callees and web servers do.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Wall-clock time at 0, in milliseconds since 1970 UTC.
    pub start_unix_ms: u64,
    /// Seed of made-up ids.
    pub seed: u64,
    /// Address of the flow's document.
    pub url: Option<String>,
    /// Who calls.
    pub caller: Caller,
    /// What the caller does, from the start of the call.
    pub caller_does: Vec<Doing>,
    /// Who can be dialled; the first match counts.
    pub callees: Vec<Callee>,
    /// Web servers; the first match counts.
    pub http: Vec<Rule>,
    /// What becomes of recordings, detections, queues …; the first match counts.
    pub activities: Vec<Staging>,
    /// Length of a clip whose URI does not say.
    pub play: Millis,
    /// Length of a message that is recorded.
    pub record: Millis,
    /// How long a CANCEL or BYE travels.
    pub delay: Millis,
    /// The account.
    pub application: Application,
    /// What must come out.
    pub expect: Option<Expect>,
}

/// Something done at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Doing {
    /// When.
    pub at: Millis,
    /// What.
    pub action: Action,
}

/// What a party does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// 180 and the like.
    Ring(u16),
    /// 183 with audio.
    EarlyMedia(u16),
    /// 200.
    Answer(Vec<Header>),
    /// A final failure.
    Reject(u16),
    /// BYE, or CANCEL of a caller who was not answered.
    HangUp(Cause),
    /// Keys, a tenth of a second apart.
    Press(String),
    /// Words for a recogniser and how sure it is of them; none are words that nobody understands.
    Say(String, f64),
}

/// Somebody who can be dialled.
#[derive(Clone, Debug)]
pub struct Callee {
    /// Pattern over the dialled address.
    pub to: String,
    /// What they do at the first dial, the second … ; the last one counts for all later ones.
    pub attempts: Vec<Vec<Doing>>,
}

/// A web server's behaviour.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Method pattern.
    pub method: String,
    /// URL pattern.
    pub url: String,
    /// Replies to the first request, the second … ; the last one counts for all later ones.
    pub replies: Vec<Reply>,
}

/// A reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// How long it takes.
    pub after: Millis,
    /// Status; 0 is no reply at all.
    pub status: u16,
    /// Headers.
    pub headers: Vec<Header>,
    /// Body.
    pub body: String,
}

/// What must come out.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// How the call went.
    pub outcome: Option<(String, Span)>,
    /// Orders that must come in this sequence, others between them allowed.
    pub commands: Vec<(String, Span)>,
    /// Requests that must come in this sequence, others between them allowed.
    pub requests: Vec<(String, Span)>,
    /// Orders that must not come.
    pub never: Vec<(String, Span)>,
    /// Variables at the end.
    pub vars: Vec<(String, Value, Span)>,
}

impl Reply {
    /// None, however long one waits.
    #[must_use]
    pub fn never() -> Reply {
        Reply { after: Millis(86_400_000), status: 0, headers: Vec::new(), body: String::new() }
    }
}

impl Scenario {
    /// The ordinary one, of which nothing is said: the caller, those who are dialled and web servers are asked for.
    #[must_use]
    pub fn asking() -> Scenario {
        Scenario { caller_does: Vec::new(), callees: Vec::new(), http: Vec::new(), ..Scenario::ordinary() }
    }

    /// A caller who waits for ten minutes, callees who ring at once and answer after two seconds for ten, web servers
    /// that reply with nothing.
    #[must_use]
    pub fn ordinary() -> Scenario {
        let does = |list: &[(u64, Action)]| -> Vec<Doing> {
            list.iter().map(|(at, action)| Doing { at: Millis(*at), action: action.clone() }).collect()
        };
        Scenario {
            start_unix_ms: 1_767_225_600_000,
            seed: 1,
            url: None,
            caller: Caller { from: "+15550001111".to_string(), to: "+15552220000".to_string(), ..Caller::default() },
            caller_does: does(&[(600_000, Action::HangUp(Cause::Normal))]),
            callees: Vec::from([Callee {
                to: "*".to_string(),
                attempts: Vec::from([does(&[
                    (200, Action::Ring(180)),
                    (2_000, Action::Answer(Vec::new())),
                    (12_000, Action::HangUp(Cause::Normal)),
                ])]),
            }]),
            http: Vec::from([Rule {
                method: "*".to_string(),
                url: "*".to_string(),
                replies: Vec::from([Reply { after: Millis(0), status: 200, headers: Vec::new(), body: String::new() }]),
            }]),
            activities: Vec::new(),
            play: Millis(2_000),
            record: Millis(5_000),
            delay: Millis(0),
            application: Application::default(),
            expect: None,
        }
    }
}

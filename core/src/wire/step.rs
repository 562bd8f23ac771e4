//! What a host gets back for every input, and how a call ended.

use super::{
    command::{Command, Outcome},
    event::Cause,
    facts::{Direction, LegFacts, LegState},
    trace::Trace,
};
use crate::{
    id::LegId,
    time::Instant,
    value::{Object, Value},
};
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// What one input led to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Orders, in order. The guest gives them through its imports instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<Command>,
    /// When to come back without a fact.
    pub deadline: Option<Instant>,
    /// What happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trace: Trace,
    /// How the call ended, with the last step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// How it went.
    pub outcome: Outcome,
    /// The caller's variables.
    pub vars: Value,
    /// Every leg; the caller's is the first.
    pub legs: Vec<LegReport>,
}

/// A leg, as reports show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LegReport {
    /// Which one.
    pub leg: LegId,
    /// Calling number or address.
    pub from: String,
    /// Called number or address.
    pub to: String,
    /// `inbound` or `outbound`.
    pub direction: String,
    /// Last SIP status.
    pub status: u16,
    /// Why it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// INVITE.
    pub created: Instant,
    /// Answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Instant>,
    /// End.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Instant>,
}

impl Ended {
    /// The report of a call that ended.
    #[must_use]
    pub fn new(outcome: Outcome, vars: Object, legs: &[LegFacts]) -> Ended {
        Ended { outcome, vars: Value::Object(vars), legs: legs.iter().map(LegReport::new).collect() }
    }
}

impl LegReport {
    fn new(leg: &LegFacts) -> LegReport {
        let direction = match leg.direction {
            Direction::Inbound => "inbound",
            Direction::Outbound => "outbound",
        };
        LegReport {
            leg: leg.id,
            from: leg.from.clone(),
            to: leg.to.clone(),
            direction: direction.into(),
            status: leg.status,
            cause: leg.cause.filter(|_| leg.state == LegState::Ended),
            created: leg.created,
            answered: leg.answered,
            ended: leg.ended,
        }
    }
}

//! Legs: from first attempt to end.
//!
//! ```text
//! caller:  Offered ──answer──► Up ──hangup ordered──► Leaving ──ended──► Gone
//!             │ reject / gave up ─────────────────────────────────────►   │
//! callee:  Dialling ─answered─► Up ──hangup ordered──► Leaving ──ended──► Gone
//!             │ cancel ordered ► Cancelling ──failed────────────────────► │
//!             │                      └─answered (crossed)─► Leaving       │
//!             └─failed ─────────────────────────────────────────────────► │
//! ```

use super::Machine;
use super::dial::default_reason;
use crate::id::{LegId, uuid};
use crate::ir::LegChange;
use crate::wire::{Cause, Command, Direction, EndedBy, HangupReason, Header, LegFacts, LegState};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// What the machine itself knows about a leg.
#[derive(Clone, Debug)]
pub(super) struct Leg {
    pub(super) phase: Phase,
    pub(super) watchers: Vec<Watcher>,
    pub(super) callbacks: u32,
    /// The caller was told that it rings: once, and once with audio.
    pub(super) rang: Option<bool>,
    /// Keys for a capture, and when the last one came.
    pub(super) keys: (String, u64),
}

/// Where a leg is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The caller waits for an answer.
    Offered,
    /// INVITE sent.
    Dialling,
    /// CANCEL ordered, for this reason.
    Cancelling(Cause),
    /// Answered.
    Up,
    /// BYE ordered.
    Leaving,
    /// Over, and the host said so.
    Gone,
}

/// Somebody who watches a leg.
#[derive(Clone, Debug)]
pub struct Watcher {
    /// Complete URL.
    pub url: String,
    /// HTTP method.
    pub method: &'static str,
    /// What they want to know.
    pub changes: Vec<LegChange>,
}

impl Machine {
    /// The caller's leg, which exists from the start.
    pub(super) fn caller_leg(&mut self) {
        let caller = &self.start.caller;
        let facts = LegFacts {
            name: caller.name.clone(),
            sip_call_id: caller.sip_call_id.clone(),
            headers: caller.headers.clone(),
            ..self.new_facts(LegId::CALLER, caller.from.clone(), caller.to.clone(), Direction::Inbound)
        };
        self.add_leg(facts, Phase::Offered, Vec::new());
        self.tell_leg(LegId::CALLER, LegChange::Created, true);
    }

    pub(super) fn new_facts(&self, id: LegId, from: String, to: String, direction: Direction) -> LegFacts {
        LegFacts {
            id,
            sid: uuid(self.start.seed, u64::from(id.0) + 1),
            from,
            to,
            name: None,
            direction,
            state: LegState::Created,
            created: self.now,
            answered: None,
            ended: None,
            status: 100,
            reason: "Trying".to_string(),
            cause: None,
            ended_by: None,
            sip_call_id: None,
            headers: Vec::new(),
            peer: None,
            winner: false,
        }
    }

    pub(super) fn add_leg(&mut self, facts: LegFacts, phase: Phase, watchers: Vec<Watcher>) {
        self.facts.push(facts);
        self.legs.push(Leg { phase, watchers, callbacks: 0, rang: None, keys: (String::new(), 0) });
    }

    pub(super) fn phase(&self, leg: LegId) -> Option<Phase> {
        self.legs.get(leg.0 as usize).map(|leg| leg.phase)
    }

    pub(super) fn set_phase(&mut self, leg: LegId, phase: Phase) {
        if let Some(leg) = self.legs.get_mut(leg.0 as usize) {
            leg.phase = phase;
        }
    }

    pub(super) fn facts_mut(&mut self, leg: LegId) -> Option<&mut LegFacts> {
        self.facts.get_mut(leg.0 as usize)
    }

    /// Audio can flow.
    pub(super) fn is_up(&self, leg: LegId) -> bool {
        match self.phase(leg) {
            Some(Phase::Up) => true,
            Some(Phase::Offered) => self.legs.get(leg.0 as usize).is_some_and(|leg| leg.rang == Some(true)),
            Some(Phase::Dialling | Phase::Cancelling(_) | Phase::Leaving | Phase::Gone) | None => false,
        }
    }

    /// Answers the caller, once.
    pub(super) fn answer_caller(&mut self) {
        self.answer_with(&[]);
    }

    /// Answers the caller, once, with these codecs.
    pub(super) fn answer_with(&mut self, codecs: &[String]) {
        if self.phase(LegId::CALLER) != Some(Phase::Offered) {
            return;
        }
        self.set_phase(LegId::CALLER, Phase::Up);
        let now = self.now;
        if let Some(facts) = self.facts_mut(LegId::CALLER) {
            facts.state = LegState::Answered;
            facts.answered = Some(now);
            (facts.status, facts.reason) = (200, "OK".to_string());
        }
        self.order(Command::Answer { leg: LegId::CALLER, codecs: codecs.to_vec() });
        self.tell_leg(LegId::CALLER, LegChange::Answered, true);
    }

    /// Tells the caller that it rings; again only to open an audio path.
    pub(super) fn ring_caller(&mut self, media: bool) {
        if self.phase(LegId::CALLER) != Some(Phase::Offered) {
            return;
        }
        let Some(leg) = self.legs.first_mut() else { return };
        if leg.rang == Some(true) || (leg.rang == Some(false) && !media) {
            return;
        }
        leg.rang = Some(media);
        self.order(Command::Ring { leg: LegId::CALLER, media });
    }

    /// Refuses an unanswered caller. Nobody confirms it: the leg is over.
    pub(super) fn reject_caller(&mut self, status: u16) {
        if self.phase(LegId::CALLER) != Some(Phase::Offered) {
            return;
        }
        self.order(Command::Reject { leg: LegId::CALLER, status, headers: Vec::new() });
        self.set_phase(LegId::CALLER, Phase::Gone);
        self.over(LegId::CALLER, status, default_reason(status), cause_of(status), EndedBy::Us);
    }

    /// Hangs up an answered leg. For everybody who is told, it is over now.
    pub(super) fn hang_up(&mut self, leg: LegId, reason: HangupReason, headers: Vec<Header>) {
        if self.phase(leg) != Some(Phase::Up) {
            return;
        }
        self.set_phase(leg, Phase::Leaving);
        self.order(Command::Hangup { leg, reason, headers });
        let cause = match reason {
            HangupReason::Normal | HangupReason::NotWanted | HangupReason::Declined => Cause::Normal,
            HangupReason::TimeLimit => Cause::TimeLimit,
            HangupReason::Error => Cause::Error,
        };
        self.over(leg, 200, "OK", cause, EndedBy::Us);
    }

    /// Gives up an unanswered leg.
    pub(super) fn cancel(&mut self, leg: LegId, cause: Cause) {
        if self.phase(leg) == Some(Phase::Dialling) {
            self.set_phase(leg, Phase::Cancelling(cause));
            self.order(Command::Cancel { leg });
        }
    }

    /// Writes down that a leg ended, once, and tells.
    pub(super) fn over(&mut self, leg: LegId, status: u16, reason: &str, cause: Cause, by: EndedBy) {
        let now = self.now;
        let Some(facts) = self.facts_mut(leg) else { return };
        if facts.state == LegState::Ended {
            return;
        }
        facts.state = LegState::Ended;
        facts.ended = Some(now);
        facts.status = status;
        facts.reason = reason.to_string();
        facts.cause = Some(cause);
        facts.ended_by = Some(by);
        self.tell_leg(leg, LegChange::Ended, true);
    }

    /// A leg is over, says the world.
    pub(super) fn leg_ended(&mut self, leg: LegId, cause: Cause, headers: &[Header]) {
        match self.phase(leg) {
            Some(Phase::Leaving) => self.set_phase(leg, Phase::Gone),
            Some(Phase::Up | Phase::Offered) => {
                let offered = self.phase(leg) == Some(Phase::Offered);
                self.set_phase(leg, Phase::Gone);
                if !headers.is_empty()
                    && let Some(facts) = self.facts_mut(leg)
                {
                    facts.headers = headers.to_vec();
                }
                let (status, reason) = if offered { (487, "Request Terminated") } else { (200, "OK") };
                let cause = if offered { Cause::Cancel } else { cause };
                self.over(leg, status, reason, cause, EndedBy::Them);
                if leg == LegId::CALLER { self.caller_left() } else { self.callee_left(leg) }
            }
            // It can only have been answered in between without our knowing.
            Some(Phase::Dialling | Phase::Cancelling(_)) => self.leg_failed(leg, 487, "", &[], None),
            Some(Phase::Gone) | None => self.absorbed(&format!("leg {leg} ended again")),
        }
    }
}

/// Why a final status ends a leg.
pub(super) fn cause_of(status: u16) -> Cause {
    match status {
        486 | 600 => Cause::Busy,
        603 => Cause::Decline,
        408 | 480 => Cause::NoAnswer,
        487 => Cause::Cancel,
        404 | 410 | 484 | 604 => Cause::NotFound,
        _ => Cause::Error,
    }
}

//! What dialled legs do.

use super::BranchState;
use crate::id::LegId;
use crate::ir::{EarlyMedia, LegChange, Race};
use crate::machine::Machine;
use crate::machine::leg::{Phase, cause_of};
use crate::machine::timer::Timer;
use crate::wire::{Cause, Command, DialState, EndedBy, HangupReason, Header, LegState};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

impl Machine {
    /// A dialled leg rings, with or without audio.
    pub(in crate::machine) fn rings(&mut self, leg: LegId, status: u16, media: bool) {
        if !matches!(self.phase(leg), Some(Phase::Dialling | Phase::Cancelling(_))) {
            return self.absorbed(&format!("leg {leg} rings, and is not being dialled"));
        }
        let new = if media { LegState::EarlyMedia } else { LegState::Ringing };
        let Some(facts) = self.facts_mut(leg) else { return };
        let first = facts.state == LegState::Created;
        let changed = facts.state != new;
        facts.state = new;
        facts.status = status;
        facts.reason = default_reason(status).to_string();
        if changed {
            let change = if media { LegChange::EarlyMedia } else { LegChange::Ringing };
            self.tell_leg(leg, change, first);
        }
        if self.phase(leg) != Some(Phase::Dialling) || self.dial.as_ref().is_none_or(|dial| dial.winner.is_some()) {
            return;
        }
        if media {
            self.early_media(leg);
        } else {
            self.relay_ringing();
            self.start_tone();
        }
    }

    /// The caller may hear it when nobody else rings and there is no ringback.
    fn early_media(&mut self, leg: LegId) {
        let allowed = self.with_plan(|machine, plan| {
            let alone = machine.dial.as_ref().is_some_and(|dial| dial.branches.len() == 1 && dial.early.is_none());
            plan.early_media == EarlyMedia::Single && plan.ringback.is_empty() && alone
        });
        if allowed != Some(true) {
            self.relay_ringing();
            return self.start_tone();
        }
        self.ring_caller(true);
        self.stop_ringback();
        if let Some(dial) = self.dial.as_mut() {
            dial.early = Some(leg);
        }
        self.order(Command::Bridge { a: LegId::CALLER, b: leg, early: true });
    }

    /// A dialled leg answered.
    pub(in crate::machine) fn answered(&mut self, leg: LegId, headers: &[Header], sip_call_id: Option<&String>) {
        let phase = self.phase(leg);
        if !matches!(phase, Some(Phase::Dialling | Phase::Cancelling(_))) || leg == LegId::CALLER {
            return self.absorbed(&format!("leg {leg} answers, and is not being dialled"));
        }
        self.timers.stop(Timer::Ring(leg));
        self.set_phase(leg, Phase::Up);
        let now = self.now;
        if let Some(facts) = self.facts_mut(leg) {
            facts.state = LegState::Answered;
            facts.answered = Some(now);
            (facts.status, facts.reason) = (200, "OK".to_string());
            facts.headers = headers.to_vec();
            facts.sip_call_id = sip_call_id.cloned();
        }
        self.tell_leg(leg, LegChange::Answered, true);
        let branch = self.dial.as_ref().and_then(|dial| dial.branches.iter().find(|branch| branch.leg == leg)).cloned();
        let wanted = self.dial.as_ref().is_some_and(|dial| dial.winner.is_none()) && branch.is_some();
        if let (Some(Phase::Cancelling(cause)), _) | (_, (false, cause)) = (phase, (wanted, Cause::Cancel)) {
            // The answer crossed our CANCEL, or somebody else won: a live call that nobody wants.
            self.note("race", Some(leg), "it answered, but is not wanted any more");
            self.hang_up(leg, HangupReason::NotWanted, Vec::new());
            if let Some(facts) = self.facts_mut(leg) {
                facts.cause = Some(cause);
            }
            self.branch_ended(leg);
            return;
        }
        if self.race() == Race::FirstAnswer {
            self.cancel_others(leg);
        }
        if !self.screen(leg) {
            self.accept(leg);
        }
    }

    /// The first answer wins: others are given up before it is screened.
    fn cancel_others(&mut self, winner: LegId) {
        let others: Vec<LegId> = self.dial.iter().flat_map(|dial| &dial.branches).map(|branch| branch.leg).collect();
        for leg in others.into_iter().filter(|leg| *leg != winner) {
            self.cancel_branch(leg, Cause::Cancel);
        }
    }

    /// A dialled leg ended without an answer.
    pub(in crate::machine) fn leg_failed(
        &mut self,
        leg: LegId,
        status: u16,
        reason: &str,
        headers: &[Header],
        sip_call_id: Option<&String>,
    ) {
        let phase = self.phase(leg);
        if !matches!(phase, Some(Phase::Dialling | Phase::Cancelling(_))) {
            if phase == Some(Phase::Leaving) {
                self.set_phase(leg, Phase::Gone);
            }
            return self.absorbed(&format!("leg {leg} fails, and is not being dialled"));
        }
        self.timers.stop(Timer::Ring(leg));
        self.set_phase(leg, Phase::Gone);
        if let Some(facts) = self.facts_mut(leg) {
            facts.headers = headers.to_vec();
            if sip_call_id.is_some() {
                facts.sip_call_id = sip_call_id.cloned();
            }
        }
        let cause = match phase {
            Some(Phase::Cancelling(cause)) => cause,
            _ => cause_of(status),
        };
        let by = if matches!(phase, Some(Phase::Cancelling(_))) { EndedBy::Us } else { EndedBy::Them };
        let reason = if reason.is_empty() { default_reason(status) } else { reason };
        self.over(leg, status, reason, cause, by);
        self.branch_ended(leg);
    }

    /// An answered leg hung up.
    pub(in crate::machine) fn callee_left(&mut self, leg: LegId) {
        let Some(branch) = self.dial.as_ref().and_then(|dial| dial.branches.iter().find(|b| b.leg == leg)).cloned()
        else {
            return;
        };
        match branch.state {
            BranchState::Won => self.dial_over(),
            BranchState::Screening(flow) => {
                self.note("screening", Some(leg), "hung up while it was screened: declined");
                self.drop_screening(flow);
                self.branch_ended(leg);
            }
            BranchState::Ringing | BranchState::Lost => {}
        }
    }

    /// A branch is over for its group.
    pub(super) fn branch_ended(&mut self, leg: LegId) {
        let ours = self.dial.as_ref().is_some_and(|dial| dial.branches.iter().any(|branch| branch.leg == leg));
        if !ours || self.dial.as_ref().is_some_and(|dial| dial.winner == Some(leg)) {
            return;
        }
        self.decides(leg);
        self.tell_branch(leg, DialState::Failed);
        self.lost(leg);
        self.group_over();
    }
}

/// The usual reason phrase of a status (RFC 3261 §21).
pub(in crate::machine) fn default_reason(status: u16) -> &'static str {
    match status {
        100 => "Trying",
        180 => "Ringing",
        181 => "Call Is Being Forwarded",
        182 => "Queued",
        183 => "Session Progress",
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        408 => "Request Timeout",
        480 => "Temporarily Unavailable",
        484 => "Address Incomplete",
        486 => "Busy Here",
        487 => "Request Terminated",
        488 => "Not Acceptable Here",
        500 => "Server Internal Error",
        503 => "Service Unavailable",
        600 => "Busy Everywhere",
        603 => "Decline",
        604 => "Does Not Exist Anywhere",
        _ => "",
    }
}

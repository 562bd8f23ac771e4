//! How a call ends: every leg is seen to its end, then `Done`.

use super::Machine;
use super::flow::{FlowId, Wait};
use super::leg::Phase;
use crate::id::LegId;
use crate::wire::{Command, HangupReason, Header};
use alloc::{string::ToString, vec::Vec};

impl Machine {
    /// `hangup`: ends the call, or declines when a callee is screened.
    pub(super) fn hangup_flow(
        &mut self,
        flow: FlowId,
        reason: Option<&str>,
        statuses: &[(&str, u16)],
        headers: Vec<Header>,
    ) {
        if flow != FlowId::MAIN {
            return self.decline(flow, "screening hung up");
        }
        let status = reason
            .and_then(|reason| statuses.iter().find(|(name, _)| *name == reason))
            .or(statuses.first())
            .map_or(603, |(_, status)| *status);
        self.reject_caller(status);
        self.hang_up(LegId::CALLER, HangupReason::Normal, headers);
        self.end_flow(flow);
    }

    /// The main flow is over.
    pub(super) fn end_flow(&mut self, flow: FlowId) {
        if flow != FlowId::MAIN {
            return self.decline(flow, "screening failed");
        }
        let policy = self.documents.last().map(|document| document.program.policy.clone()).unwrap_or_default();
        let status = match (self.failed, policy.unanswered_end) {
            (true, _) if policy.refused != 0 => policy.refused,
            (true, _) => 500,
            (false, 0) => 603,
            (false, status) => status,
        };
        self.reject_caller(status);
        let reason = if self.failed { HangupReason::Error } else { HangupReason::Normal };
        self.hang_up(LegId::CALLER, reason, Vec::new());
        self.close();
    }

    /// The whole call lasted long enough.
    pub(super) fn call_limit(&mut self) {
        self.note("limit", None, "the call reached its time limit".to_string());
        self.hang_up(LegId::CALLER, HangupReason::TimeLimit, Vec::new());
        self.caller_left();
    }

    /// The caller is gone: whoever rings or talks is let go.
    pub(super) fn caller_left(&mut self) {
        self.interaction();
        self.stop_dialling();
        if self.dial.is_none() {
            self.close();
        }
    }

    /// Nothing runs any more.
    pub(super) fn close(&mut self) {
        self.closing = true;
        let flows: Vec<FlowId> = self.flows.keys().copied().collect();
        for flow in flows {
            self.abandon(flow);
        }
        self.drop_dial();
        self.asked.clear();
        self.timers.clear();
        self.stop_activities();
        if let Some(main) = self.flows.get_mut(&FlowId::MAIN) {
            main.wait = Wait::Over;
        }
    }

    /// Says `Done` when the call is over and every leg and activity was seen to its end.
    pub(super) fn finish(&mut self) {
        let legs_gone = self.legs.iter().all(|leg| leg.phase == Phase::Gone);
        if self.closing && legs_gone && self.activities.is_empty() && !self.done {
            self.done = true;
            let outcome = self.outcome();
            self.order(Command::Done { outcome });
        }
    }
}

//! Screening: instructions run privately on an answered branch, ending accepted or declined.

use super::BranchState;
use crate::id::LegId;
use crate::ir::ScreeningSource;
use crate::machine::Machine;
use crate::machine::flow::{FlowId, Frame, FrameKind};
use crate::machine::output::Purpose;
use crate::machine::timer::Timer;
use crate::value::Value;
use crate::wire::{HangupReason, Why};
use alloc::{format, vec::Vec};

impl Machine {
    /// Starts screening a branch that answered; false when its plan has none.
    pub(super) fn screen(&mut self, leg: LegId) -> bool {
        let Some(dial) = self.dial.as_ref() else { return false };
        let (main, document, group) = (dial.flow, dial.document, dial.group);
        let Some(at) = dial.branches.iter().find(|branch| branch.leg == leg).map(|branch| branch.at) else {
            return false;
        };
        let Some((program, id)) = self.dial_plan() else { return false };
        let Some(plan) = program.dial_plan(id) else { return false };
        let Some(branch) = plan.groups.get(group).and_then(|group| group.branches.get(at)) else { return false };
        let Some(screening) = branch.screening.clone() else { return false };
        let limit = screening.limit.as_ref().unwrap_or(&branch.ring_limit);
        let limit = self.seconds(main, limit).unwrap_or(branch.ring_default);
        let url = match &screening.source {
            ScreeningSource::Hook { hook, .. } => Some(self.hook_url(main, hook)),
            ScreeningSource::Block(_) => None,
        };
        let flow = self.new_flow(leg);
        if let Some(dial) = self.dial.as_mut() {
            dial.branches.iter_mut().filter(|b| b.leg == leg).for_each(|b| b.state = BranchState::Screening(flow));
        }
        self.timers.set(self.now + limit, Timer::Screening(flow));
        self.note("screening", Some(leg), "begins");
        match (screening.source, url) {
            (ScreeningSource::Block(block), _) => {
                self.push(
                    flow,
                    Frame { document, block, at: 0, kind: FrameKind::Section { params: Value::Null, site: None } },
                );
            }
            (ScreeningSource::Hook { hook, empty_accepts }, url) => {
                let purpose = Purpose::Screening { empty_accepts };
                self.ask(flow, url.unwrap_or_default(), hook.method, hook.id, Why::Screening, purpose, Value::Null);
            }
        }
        true
    }

    /// The screening flow ran to its end: accepted, unless somebody else won meanwhile.
    pub(in crate::machine) fn screened(&mut self, flow: FlowId) {
        let Some(leg) = self.flows.get(&flow).map(|flow| flow.leg) else { return };
        self.drop_screening(flow);
        self.note("screening", Some(leg), "accepted");
        self.accept(leg);
    }

    /// Screening said no.
    pub(in crate::machine) fn decline(&mut self, flow: FlowId, why: &str) {
        let Some(leg) = self.flows.get(&flow).map(|flow| flow.leg) else { return };
        self.drop_screening(flow);
        self.note("screening", Some(leg), format!("declined: {why}"));
        self.hang_up(leg, HangupReason::Declined, Vec::new());
        if let Some(facts) = self.facts_mut(leg) {
            facts.cause = Some(crate::wire::Cause::Decline);
        }
        self.branch_ended(leg);
    }

    /// Screening took too long.
    pub(in crate::machine) fn screening_limit(&mut self, flow: FlowId) {
        self.decline(flow, "it took too long");
    }

    /// Ends a screening flow without a verdict.
    pub(super) fn drop_screening(&mut self, flow: FlowId) {
        self.timers.stop(Timer::Screening(flow));
        self.abandon(flow);
        self.flows.remove(&flow);
        self.asked.retain(|_, (asking, _)| *asking != flow);
    }
}

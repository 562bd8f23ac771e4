//! The dial: a hunt of ring groups of branches, and the bridge of its winner.
//!
//! The hunt decides about the next group; the group owns the ring limits and alone picks the winner;
//! a branch knows its own race (an answer that crosses our CANCEL is hung up); the bridge owns the
//! talk limit.

mod branch;
mod bridge;
mod group;
mod ringback;
mod screening;

pub(super) use branch::default_reason;

use super::flow::{FlowId, Wait};
use super::output::Purpose;
use super::timer::Timer;
use super::{Fact, Machine};
use crate::id::{DocumentId, LegId};
use crate::ir::{AfterDial, AnswerWhen, Deciding, DialPlan, PlanId, Program};
use crate::time::Instant;
use crate::value::Value;
use crate::wire::{Cause, DialFacts, DialState, EndedBy, LegState, Why};
use alloc::{string::String, sync::Arc, vec::Vec};
use ringback::Ringback;

/// A dial that runs.
#[derive(Clone, Debug)]
pub(super) struct Dial {
    flow: FlowId,
    document: DocumentId,
    plan: PlanId,
    /// Number of the group that rings.
    group: usize,
    branches: Vec<Branch>,
    winner: Option<LegId>,
    bridged: Option<Instant>,
    ringback: Ringback,
    /// Early media of this branch is heard by the caller.
    early: Option<LegId>,
    deciding: Option<LegId>,
    /// Told about the dial: complete URL and method.
    status: Option<(String, &'static str)>,
}

/// One branch of the group that rings.
#[derive(Clone, Debug)]
struct Branch {
    leg: LegId,
    /// Which branch of the group's plan.
    at: usize,
    state: BranchState,
    /// Told about this branch: complete URL and method.
    status: Option<(String, &'static str)>,
}

/// ```text
/// Ringing ──answered──► Screening ──accepted──► Won
///    │                      │ declined, lost
///    └──failed, cancelled ──┴────────────────► Lost
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BranchState {
    /// No answer yet, or none wanted any more and its end is awaited.
    Ringing,
    /// Answered; its flow decides.
    Screening(FlowId),
    /// Bridged.
    Won,
    /// Over, for this dial.
    Lost,
}

impl Machine {
    /// Begins a dial.
    pub(super) fn dial(&mut self, flow: FlowId, program: &Arc<Program>, id: PlanId) {
        if flow != FlowId::MAIN {
            self.problem(None, "nobody is dialled while a callee is screened: declined");
            return self.decline(flow, "the screening document dials");
        }
        let Some(plan) = program.dial_plan(id) else { return };
        let Some((document, _)) = self.flows.get(&flow).and_then(|flow| flow.current) else { return };
        let status = plan.status_hook.as_ref().map(|hook| (self.hook_url(flow, hook), hook.method));
        self.wait(flow, Wait::Dial);
        self.dial = Some(Dial {
            flow,
            document,
            plan: id,
            group: 0,
            branches: Vec::new(),
            winner: None,
            bridged: None,
            ringback: Ringback::default(),
            early: None,
            deciding: None,
            status,
        });
        match plan.answer {
            AnswerWhen::Start => self.answer_caller(),
            AnswerWhen::Bridge { media: true } => self.ring_caller(true),
            AnswerWhen::Bridge { media: false } => {}
        }
        self.tell_dial(DialState::Connecting, None);
        self.start_ringback(plan);
        self.start_group(plan);
    }

    fn dial_plan(&self) -> Option<(Arc<Program>, PlanId)> {
        let dial = self.dial.as_ref()?;
        Some((Arc::clone(self.program(dial.document)?), dial.plan))
    }

    /// Runs `act` with the plan of the dial that runs.
    fn with_plan<T>(&mut self, act: impl FnOnce(&mut Machine, &DialPlan) -> T) -> Option<T> {
        let (program, id) = self.dial_plan()?;
        program.dial_plan(id).map(|plan| act(self, plan))
    }

    fn tell_dial(&mut self, state: DialState, cause: Option<Cause>) {
        let Some(dial) = &self.dial else { return };
        let Some((url, method)) = dial.status.clone() else { return };
        let facts = DialFacts { cause, ..self.dial_facts() };
        self.tell(Fact::Dial { url, method, state, facts });
    }

    /// Tells whoever watches one branch how its part of the dial goes.
    fn tell_branch(&mut self, leg: LegId, state: DialState) {
        let branch = self.dial.as_ref().and_then(|dial| dial.branches.iter().find(|branch| branch.leg == leg));
        let Some((url, method)) = branch.and_then(|branch| branch.status.clone()) else { return };
        let cause = self.facts.get(leg.0 as usize).and_then(|leg| leg.cause);
        let facts = DialFacts { winner: Some(leg), deciding: Some(leg), cause, ..self.dial_facts() };
        self.tell(Fact::Dial { url, method, state, facts });
    }

    fn dial_facts(&self) -> DialFacts {
        let dial = self.dial.as_ref();
        let winner = dial.and_then(|dial| dial.winner);
        let deciding = dial.and_then(|dial| dial.deciding);
        let caller = self.facts.first();
        DialFacts {
            winner,
            deciding,
            cause: deciding.and_then(|leg| self.facts.get(leg.0 as usize)).and_then(|leg| leg.cause),
            talked: dial.and_then(|dial| dial.bridged).map(|since| self.now.since(since)),
            caller_gone: caller
                .is_some_and(|caller| caller.state == LegState::Ended && caller.ended_by == Some(EndedBy::Them)),
        }
    }

    /// A branch ended without winning: is it the one that decides about the result?
    fn decides(&mut self, leg: LegId) {
        let rule = self.with_plan(|_, plan| plan.deciding).unwrap_or(Deciding::Last);
        let rank = |machine: &Machine, leg: LegId| {
            machine.facts.get(leg.0 as usize).map_or(u16::MAX, |leg| match leg.status {
                // RFC 3261 §16.7: a 6xx decides, then the lowest class, and within 4xx those that help.
                status @ 600..=699 => status - 600,
                status @ (401 | 407 | 415 | 420 | 484) => status - 300,
                status => status,
            })
        };
        let old = self.dial.as_ref().and_then(|dial| dial.deciding);
        let replaces = match (rule, old) {
            (_, None) | (Deciding::Last, Some(_)) => true,
            (Deciding::LastUnlessNoAnswer, Some(old)) => {
                self.facts.get(old.0 as usize).is_none_or(|old| old.status != 487)
            }
            (Deciding::Best, Some(old)) => rank(self, leg) < rank(self, old),
        };
        if let (true, Some(dial)) = (replaces, self.dial.as_mut()) {
            dial.deciding = Some(leg);
        }
    }

    /// The dial is over: its variables or its hook, then the flow goes on.
    fn dial_over(&mut self) {
        self.dial_ends(false);
    }

    /// The flow is to run something else: everybody is let go, and the hook is told, whose reply is not waited for.
    pub(super) fn leave_dial(&mut self) {
        self.stop_ringback();
        let branches = self.dial.as_ref().map(|dial| dial.branches.clone()).unwrap_or_default();
        branches.into_iter().for_each(|branch| self.let_go(branch));
        self.dial_ends(true);
    }

    fn dial_ends(&mut self, left: bool) {
        let facts = self.dial_facts();
        let state = if facts.winner.is_some() { DialState::Disconnected } else { DialState::Failed };
        // A dial whose caller left has no reason of its own.
        let cause = facts.cause.or(facts.caller_gone.then_some(Cause::Cancel));
        self.tell_dial(state, cause);
        if let Some(winner) = facts.winner {
            self.tell_branch(winner, DialState::Disconnected);
        }
        let Some((program, id)) = self.dial_plan() else { return };
        let Some(dial) = self.dial.take() else { return };
        self.timers.stop(Timer::Talk);
        let flow = dial.flow;
        let Some(plan) = program.dial_plan(id) else { return };
        let gone = facts.caller_gone || self.closing;
        let told = left || gone;
        self.wait(flow, Wait::Ready);
        match &plan.after {
            AfterDial::Variables { words, result, run } => {
                let connected = facts.winner.is_some();
                let word = if connected { words.connected } else { words.failed };
                for name in words.result {
                    self.set(flow, name, Value::from(word));
                }
                if !connected {
                    let reason = (words.causes)(cause.unwrap_or(Cause::Error));
                    self.set(flow, words.reason, Value::from(reason));
                }
                // What runs first is pushed last.
                if let (Some(result), false) = (result, told) {
                    self.choice(flow, result);
                }
                if let (Some(target), true, false) = (run, connected, told) {
                    self.note("assumed", None, "this call runs what follows the queue, then goes on");
                    self.run_after(flow, &program, target);
                }
            }
            AfterDial::Hook { hook: Some(hook), empty_continues, failure_continues } => {
                let url = self.hook_url(flow, hook);
                let why = Why::Dialled(facts);
                if told {
                    let question = self.question(flow, url, hook.method, hook.id.clone(), why, Value::Null);
                    self.tell_after(question);
                } else {
                    let purpose = Purpose::After {
                        empty_continues: *empty_continues,
                        failure_continues: *failure_continues,
                        failure_told: false,
                    };
                    self.ask(flow, url, hook.method, hook.id.clone(), why, purpose, Value::Null);
                }
            }
            AfterDial::Hook { hook: None, .. } => {}
        }
        if gone {
            self.close();
        }
    }
}

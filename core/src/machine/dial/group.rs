//! Ring groups: their start, their limits, their winner.

use super::{Branch, BranchState};
use crate::id::LegId;
use crate::ir::{self, AnswerWhen, DialPlan, LegChange, Race};
use crate::machine::Machine;
use crate::machine::flow::FlowId;
use crate::machine::leg::{Phase, Watcher};
use crate::machine::order::{Given, streaming};
use crate::machine::timer::Timer;
use crate::url::is_sip;
use crate::value::Value;
use crate::wire::{Cause, Command, DialState, Direction, HangupReason, Header, Streaming};
use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    vec::Vec,
};

impl Machine {
    /// Dials everybody of the current group; an empty one is over at once.
    pub(super) fn start_group(&mut self, plan: &DialPlan) {
        let Some(dial) = self.dial.as_mut() else { return };
        dial.branches.clear();
        let flow = dial.flow;
        let Some(group) = plan.groups.get(dial.group) else { return self.hunt_over() };
        for (at, branch) in group.branches.iter().enumerate() {
            self.start_branch(flow, at, branch);
        }
        self.group_over();
    }

    fn start_branch(&mut self, flow: FlowId, at: usize, branch: &ir::Branch) {
        if self.legs.len() as u32 > self.start.limits.legs {
            return self.problem(None, &format!("more than {} legs in one call: not dialled", self.start.limits.legs));
        }
        let to = self.text(flow, &branch.to).trim().to_string();
        if to.is_empty() {
            return self.problem(None, "an empty destination is not dialled");
        }
        let to = if branch.is_user { self.user_address(&to) } else { to };
        let is_sip = is_sip(&to);
        let from = match &branch.from {
            Some(from) => self.text(flow, from),
            None => self.start.caller.from.clone(),
        };
        let from_name = branch.from_name.as_ref().map(|name| self.text(flow, name));
        // Headers and credentials have no effect on calls to numbers where the caller's own way back is not used.
        let headers = if is_sip || branch.via_source { self.branch_headers(flow, branch) } else { Vec::new() };
        let auth = branch.auth.as_ref().map(|(user, password)| (self.text(flow, user), self.text(flow, password)));
        let proxy = match &branch.proxy {
            Some(proxy) => Some(self.text(flow, proxy)),
            None if branch.via_source => self.start.caller.source.clone(),
            None => None,
        };
        let watchers: Vec<Watcher> = branch
            .watch
            .iter()
            .map(|watch| Watcher {
                url: self.hook_url(flow, &watch.hook),
                method: watch.hook.method,
                changes: watch.changes.clone(),
            })
            .collect();
        let encryption = branch.encryption.as_ref().map(|word| self.text(flow, word)).filter(|word| !word.is_empty());
        let session_timeout = branch.session_timeout.as_ref().and_then(|limit| self.seconds(flow, limit));
        let webrtc = branch.webrtc.as_ref().is_some_and(|truth| self.text(flow, truth) == "true");
        let stream = self.branch_stream(flow, branch, &to);
        let status = branch.status_hook.as_ref().map(|hook| (self.hook_url(flow, hook), hook.method));
        let limit = self.seconds(flow, &branch.ring_limit).unwrap_or(branch.ring_default);
        let leg = LegId(self.legs.len() as u32);
        let mut facts = self.new_facts(leg, from.clone(), to.clone(), Direction::Outbound);
        facts.name = stream.as_ref().map_or_else(|| from_name.clone(), |stream| stream.name.clone());
        self.add_leg(facts, Phase::Dialling, watchers);
        if let Some(dial) = self.dial.as_mut() {
            dial.branches.push(Branch { leg, at, state: BranchState::Ringing, status });
        }
        let (username, password) = auth.unzip();
        self.order(Command::Originate {
            leg,
            to,
            from,
            from_name,
            headers,
            username,
            password,
            proxy,
            codecs: branch.codecs.clone(),
            encryption,
            session_timeout,
            webrtc,
            stream,
        });
        self.timers.set(self.now + limit, Timer::Ring(leg));
        self.tell_leg(leg, LegChange::Created, true);
    }

    /// What a `stream:` destination is told.
    fn branch_stream(&mut self, flow: FlowId, branch: &ir::Branch, to: &str) -> Option<Box<Streaming>> {
        let url = to.strip_prefix("stream:")?.to_string();
        let mut parameters = self.object(flow, &branch.stream);
        parameters.set("url", url.clone());
        parameters.set("side", "both");
        Some(Box::new(streaming(&Given(&parameters)).unwrap_or(Streaming { url, ..Streaming::default() })))
    }

    /// A registered user: `jane@example.com`, or `jane` of the account's realm.
    fn user_address(&self, name: &str) -> String {
        let name = name.strip_prefix("sip:").unwrap_or(name);
        match &self.start.application.realm {
            Some(realm) if !name.contains('@') => format!("sip:{name}@{realm}"),
            Some(_) | None => format!("sip:{name}"),
        }
    }

    fn branch_headers(&mut self, flow: FlowId, branch: &ir::Branch) -> Vec<Header> {
        let mut headers = self.headers(flow, &branch.headers);
        if let Some(more) = &branch.more_headers
            && let Value::Object(more) = self.data(flow, more)
        {
            for (name, value) in more.iter() {
                headers.push(Header { name: name.to_string(), value: crate::expr::text_of(value) });
            }
        }
        // A value may come from a variable: line breaks would smuggle in headers of their own.
        headers.retain(|header| !header.value.chars().any(char::is_control));
        headers
    }

    /// A branch rang long enough.
    pub(in crate::machine) fn ring_limit(&mut self, leg: LegId) {
        self.note("limit", Some(leg), "the ring limit is reached");
        self.cancel(leg, Cause::NoAnswer);
    }

    /// Nobody of the group is left and nobody won: the next group.
    pub(super) fn group_over(&mut self) {
        let Some(dial) = self.dial.as_mut() else { return };
        if dial.winner.is_some() || dial.branches.iter().any(|branch| branch.state != BranchState::Lost) {
            return;
        }
        dial.group += 1;
        dial.early = None;
        if self.closing || self.phase(LegId::CALLER) == Some(Phase::Gone) {
            return self.hunt_over();
        }
        self.with_plan(|machine, plan| machine.start_group(plan));
    }

    /// No group is left.
    fn hunt_over(&mut self) {
        self.stop_ringback();
        self.dial_over();
    }

    /// A branch answered and nothing stands against it: it wins.
    pub(super) fn accept(&mut self, leg: LegId) {
        let Some(dial) = self.dial.as_mut() else { return };
        dial.winner = Some(leg);
        dial.bridged = Some(self.now);
        if let Some(branch) = dial.branches.iter_mut().find(|branch| branch.leg == leg) {
            branch.state = BranchState::Won;
        }
        self.interaction();
        self.stop_ringback();
        self.answer_caller();
        for (one, other) in [(leg, LegId::CALLER), (LegId::CALLER, leg)] {
            if let Some(facts) = self.facts_mut(one) {
                facts.peer = Some(other);
                facts.winner |= one == leg;
            }
        }
        self.order(Command::Bridge { a: LegId::CALLER, b: leg, early: false });
        self.start_talk_limit();
        self.tell_dial(DialState::Connected, None);
        self.tell_branch(leg, DialState::Connected);
        self.drop_losers(leg);
        self.begin_beside(leg);
    }

    /// What runs on the winner's leg beside the talk.
    fn begin_beside(&mut self, leg: LegId) {
        let Some(flow) = self.dial.as_ref().map(|dial| dial.flow) else { return };
        let current = self.flows.get(&flow).and_then(|flow| flow.current);
        if let (Some(plan), Some((_, instruction))) = (self.with_plan(|_, plan| plan.beside.clone()).flatten(), current)
        {
            self.begin(flow, leg, instruction, &plan);
        }
    }

    /// Everybody but `winner` is let go.
    pub(super) fn drop_losers(&mut self, winner: LegId) {
        let branches = self.dial.as_ref().map(|dial| dial.branches.clone()).unwrap_or_default();
        for branch in branches.iter().filter(|branch| branch.leg != winner) {
            match branch.state {
                BranchState::Ringing => self.cancel_branch(branch.leg, Cause::Cancel),
                BranchState::Screening(flow) => {
                    self.drop_screening(flow);
                    self.hang_up(branch.leg, HangupReason::NotWanted, Vec::new());
                    self.lost(branch.leg);
                }
                BranchState::Won | BranchState::Lost => {}
            }
        }
    }

    pub(super) fn cancel_branch(&mut self, leg: LegId, cause: Cause) {
        self.timers.stop(Timer::Ring(leg));
        self.cancel(leg, cause);
    }

    pub(super) fn lost(&mut self, leg: LegId) {
        let branches = self.dial.iter_mut().flat_map(|dial| &mut dial.branches);
        branches.filter(|branch| branch.leg == leg).for_each(|branch| branch.state = BranchState::Lost);
    }

    /// The caller is gone: nobody is wanted any more.
    pub(in crate::machine) fn stop_dialling(&mut self) {
        self.stop_ringback();
        let Some(dial) = self.dial.as_ref() else { return };
        match dial.winner {
            Some(winner) => {
                self.hang_up(winner, HangupReason::Normal, Vec::new());
                self.dial_over();
            }
            None => {
                for branch in dial.branches.clone() {
                    match branch.state {
                        BranchState::Ringing => self.cancel_branch(branch.leg, Cause::Cancel),
                        BranchState::Screening(flow) => {
                            self.drop_screening(flow);
                            self.hang_up(branch.leg, HangupReason::NotWanted, Vec::new());
                            self.decides(branch.leg);
                            self.lost(branch.leg);
                        }
                        BranchState::Won | BranchState::Lost => {}
                    }
                }
                self.group_over();
            }
        }
    }

    /// The flow is over while it dials: everybody is let go, nothing follows.
    pub(in crate::machine) fn drop_dial(&mut self) {
        self.stop_ringback();
        let Some(dial) = self.dial.take() else { return };
        dial.branches.into_iter().for_each(|branch| self.let_go(branch));
    }

    /// A branch is not wanted any more, wherever it is.
    pub(super) fn let_go(&mut self, branch: Branch) {
        self.cancel_branch(branch.leg, Cause::Cancel);
        if let BranchState::Screening(flow) = branch.state {
            self.drop_screening(flow);
        }
        self.hang_up(branch.leg, HangupReason::Normal, Vec::new());
    }

    /// How the race is run.
    pub(super) fn race(&mut self) -> Race {
        self.with_plan(|_, plan| plan.race).unwrap_or(Race::FirstAnswer)
    }

    /// The caller hears that somebody rings, where it was not answered before.
    pub(super) fn relay_ringing(&mut self) {
        if self.with_plan(|_, plan| matches!(plan.answer, AnswerWhen::Bridge { .. })) == Some(true) {
            self.ring_caller(false);
        }
    }
}

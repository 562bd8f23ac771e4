//! Prompting for keys.
//!
//! ```text
//! Prompting ──prompt over──► Waiting ──key──► Typing ──enough, terminator, silence──► over
//!     └──key (stops the prompt)───────────────►
//! ```

use super::flow::{FlowId, Wait};
use super::timer::Timer;
use super::{Machine, play::Progress};
use crate::id::{LegId, MediaId};
use crate::ir::{Collect, Op};
use crate::time::Millis;
use crate::value::Value;
use crate::wire::Command;
use alloc::{
    format,
    string::{String, ToString},
    sync::Arc,
};

/// What was collected so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Collecting {
    /// The clip of the prompt that plays.
    pub(super) prompt: Option<Progress>,
    pub(super) keys: String,
}

impl Machine {
    /// Begins to prompt and to listen.
    pub(super) fn collect(&mut self, flow: FlowId, leg: LegId, collect: &Collect) {
        self.wait(flow, Wait::Collect(Collecting::default()));
        self.prompt(flow, leg, collect, 0, 0);
    }

    /// Plays the prompt's clip number `at` of round `round`, or starts to wait for keys.
    fn prompt(&mut self, flow: FlowId, leg: LegId, collect: &Collect, at: usize, round: u32) {
        let progress = collect.prompt.as_ref().and_then(|play| self.next_clip(flow, leg, play, at, round));
        let waits = progress.is_none();
        if let Some(Wait::Collect(collecting)) = self.flows.get_mut(&flow).map(|flow| &mut flow.wait) {
            collecting.prompt = progress;
        }
        if waits {
            self.collect_limit(flow, &collect.first_key);
        }
    }

    /// The collect that a flow runs.
    fn collecting(&self, flow: FlowId) -> Option<(Arc<crate::ir::Program>, crate::ir::InstructionId)> {
        let (document, instruction) = self.flows.get(&flow)?.current?;
        Some((Arc::clone(self.program(document)?), instruction))
    }

    fn with_collect(&mut self, flow: FlowId, act: impl FnOnce(&mut Machine, &Collect)) {
        let Some((program, instruction)) = self.collecting(flow) else { return };
        if let Some(Op::Collect(collect)) = program.get(instruction).map(|instruction| &instruction.op) {
            act(self, collect);
        }
    }

    /// Gives up when no key comes for so long.
    fn collect_limit(&mut self, flow: FlowId, limit: &crate::expr::Template) {
        self.timers.stop(Timer::Collect(flow));
        if let Some(limit) = self.seconds(flow, limit) {
            self.timers.set(self.now + limit, Timer::Collect(flow));
        } else {
            self.timers.set(self.now + Millis(5_000), Timer::Collect(flow));
        }
    }

    /// A clip of the prompt is over. False when it was none.
    pub(super) fn prompt_done(&mut self, leg: LegId, media: MediaId) -> bool {
        let waiting = self.flows.values().find_map(|flow| match &flow.wait {
            Wait::Collect(Collecting { prompt: Some(progress), .. }) if progress.media == media => {
                Some((flow.id, *progress))
            }
            _ => None,
        });
        let Some((flow, progress)) = waiting else { return false };
        self.with_collect(flow, |machine, collect| {
            machine.prompt(flow, leg, collect, progress.clip + 1, progress.round)
        });
        true
    }

    /// A key, for the flow of that leg. False when it does not collect.
    pub(super) fn collect_key(&mut self, leg: LegId, key: char) -> bool {
        let Some(flow) = self.flows.values().find(|f| f.leg == leg && matches!(f.wait, Wait::Collect(_))).map(|f| f.id)
        else {
            return false;
        };
        let playing = match self.flows.get_mut(&flow).map(|flow| &mut flow.wait) {
            Some(Wait::Collect(collecting)) => collecting.prompt.take(),
            _ => None,
        };
        if let Some(progress) = playing {
            self.order(Command::Stop { leg, media: progress.media });
        }
        self.with_collect(flow, |machine, collect| {
            let terminators = machine.text(flow, &collect.terminators);
            let most = machine.number(flow, &collect.most).map_or(1, |most| most as usize).max(1);
            if terminators.contains(key) {
                return machine.collected(flow, collect, Some(key));
            }
            let Some(Wait::Collect(collecting)) = machine.flows.get_mut(&flow).map(|flow| &mut flow.wait) else {
                return;
            };
            collecting.keys.push(key);
            if collecting.keys.chars().count() >= most {
                return machine.collected(flow, collect, None);
            }
            machine.collect_limit(flow, &collect.next_key);
        });
        true
    }

    /// No key came for so long: what was typed counts.
    pub(super) fn collect_over(&mut self, flow: FlowId) {
        self.with_collect(flow, |machine, collect| machine.collected(flow, collect, None));
    }

    fn collected(&mut self, flow: FlowId, collect: &Collect, terminator: Option<char>) {
        self.timers.stop(Timer::Collect(flow));
        let Some(Wait::Collect(collecting)) = self.flows.get(&flow).map(|flow| flow.wait.clone()) else { return };
        self.wait(flow, Wait::Ready);
        let words = collect.words;
        let keys = collecting.keys;
        let result = if keys.is_empty() { words.nothing } else { words.keys };
        for name in words.result {
            self.set(flow, name, Value::from(result));
        }
        for name in words.value {
            self.set(flow, name, Value::from(keys.clone()));
        }
        if let Some(key) = terminator {
            self.set(flow, words.terminator, Value::from(key.to_string()));
        }
        self.note("collected", None, format!("{result} {keys:?}"));
        if let Some(result) = &collect.result {
            self.choice(flow, result);
        }
    }
}

//! Prompting for keys, for speech, or for either.
//!
//! ```text
//! Prompting ──prompt over──► Waiting ──key──► Typing ──enough, terminator, silence──► over
//!     └──key (stops the prompt)───────────────►
//!     └──voice (stops the prompt)──► Hearing ──words, nothing understood, too long──► over
//! ```
//!
//! The first key ends the recognition, the first words end the waiting for keys. Where a platform lets
//! the prompt play on, or does not listen to it, the arrows from `Prompting` are fewer ([`DuringPrompt`]).

use super::flow::{FlowId, Wait};
use super::output::Purpose;
use super::timer::Timer;
use super::{Fact, Machine, play};
use crate::expr::Template;
use crate::id::{LegId, MediaId};
use crate::ir::{AfterCollect, Collect, DuringPrompt, Op, Patience};
use crate::time::{Instant, Millis};
use crate::value::{Object, Value};
use crate::wire::{ActivityChange, ActivityState, Collected, Command, MediaResult, Progress, Recognition, Why};
use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};

/// Without a limit of its own.
const PATIENCE: Millis = Millis(5_000);

/// What was collected so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Collecting {
    /// The clip of the prompt that plays.
    pub(super) prompt: Option<play::Progress>,
    pub(super) keys: String,
    /// The recognition that listens.
    pub(super) speech: Option<MediaId>,
    /// A voice was heard.
    voice: bool,
    /// When everything is over, and when the next key is late.
    until: Option<Instant>,
    late: Option<Instant>,
}

/// What came of it.
enum Found {
    Keys(Option<char>),
    Words { text: String, confidence: f64 },
    Unclear,
    Nothing,
    Failed,
}

impl Machine {
    /// Begins to prompt and to listen.
    pub(super) fn collect(&mut self, flow: FlowId, leg: LegId, collect: &Collect) {
        self.wait(flow, Wait::Collect(Collecting::default()));
        if collect.during != DuringPrompt::Ignored {
            self.listen(flow, leg, collect);
        }
        self.prompt(flow, leg, collect, 0, 0);
    }

    fn listen(&mut self, flow: FlowId, leg: LegId, collect: &Collect) {
        let Some(plan) = &collect.speech else { return };
        let given = self.object(flow, &plan.parameters);
        let media = self.new_media();
        self.order(Command::Recognize { leg, media, recognition: recognition(&given) });
        if let Some(collecting) = self.collecting_mut(flow) {
            collecting.speech = Some(media);
        }
    }

    /// Plays the prompt's clip number `at` of round `round`, or starts to wait.
    fn prompt(&mut self, flow: FlowId, leg: LegId, collect: &Collect, at: usize, round: u32) {
        let progress = collect.prompt.as_ref().and_then(|play| self.next_clip(flow, leg, play, at, round));
        let waits = progress.is_none();
        if let Some(collecting) = self.collecting_mut(flow) {
            collecting.prompt = progress;
        }
        if !waits {
            return;
        }
        if collect.during == DuringPrompt::Ignored {
            self.listen(flow, leg, collect);
        }
        self.begin_patience(flow, collect);
    }

    /// The prompt is over, or was stopped by a key.
    fn begin_patience(&mut self, flow: FlowId, collect: &Collect) {
        match &collect.patience {
            Patience::EachKey { first, .. } => self.collect_limit(flow, Some(first)),
            Patience::Once { limit, .. } => {
                let limit = limit.as_ref().and_then(|limit| self.seconds(flow, limit)).map(|limit| self.now + limit);
                if let Some(collecting) = self.collecting_mut(flow) {
                    collecting.until = limit;
                }
                self.arm(flow);
            }
        }
    }

    /// A key came that was not enough.
    fn key_patience(&mut self, flow: FlowId, collect: &Collect, typed: usize) {
        match &collect.patience {
            Patience::EachKey { next, .. } => self.collect_limit(flow, Some(next)),
            Patience::Once { least, next, .. } => {
                let enough = least.is_some_and(|least| typed >= least as usize);
                let next = next.as_ref().filter(|_| enough).and_then(|next| self.seconds(flow, next));
                let late = next.map(|next| self.now + next);
                if let Some(collecting) = self.collecting_mut(flow) {
                    collecting.late = late;
                }
                self.arm(flow);
            }
        }
    }

    /// Wakes at the earlier of the two ends.
    fn arm(&mut self, flow: FlowId) {
        self.timers.stop(Timer::Collect(flow));
        let ends = self.collecting_mut(flow).map(|collecting| [collecting.until, collecting.late]);
        if let Some(at) = ends.into_iter().flatten().flatten().min() {
            self.timers.set(at, Timer::Collect(flow));
        }
    }

    fn collecting_mut(&mut self, flow: FlowId) -> Option<&mut Collecting> {
        match self.flows.get_mut(&flow).map(|flow| &mut flow.wait) {
            Some(Wait::Collect(collecting)) => Some(collecting),
            Some(_) | None => None,
        }
    }

    fn with_collect(&mut self, flow: FlowId, act: impl FnOnce(&mut Machine, &Collect)) {
        let Some((document, instruction)) = self.flows.get(&flow).and_then(|flow| flow.current) else { return };
        let Some(program) = self.program(document).map(Arc::clone) else { return };
        if let Some(Op::Collect(collect)) = program.get(instruction).map(|instruction| &instruction.op) {
            act(self, collect);
        }
    }

    /// Gives up when nothing comes for so long.
    fn collect_limit(&mut self, flow: FlowId, limit: Option<&Template>) {
        self.timers.stop(Timer::Collect(flow));
        let limit = limit.and_then(|limit| self.seconds(flow, limit)).unwrap_or(PATIENCE);
        self.timers.set(self.now + limit, Timer::Collect(flow));
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

    /// Somebody reacts: the prompt is over.
    fn stop_prompt(&mut self, flow: FlowId) {
        let leg = self.flows.get(&flow).map_or(LegId::CALLER, |flow| flow.leg);
        if let Some(progress) = self.collecting_mut(flow).and_then(|collecting| collecting.prompt.take()) {
            self.order(Command::Stop { leg, media: progress.media });
        }
    }

    fn stop_listening(&mut self, flow: FlowId) {
        let leg = self.flows.get(&flow).map_or(LegId::CALLER, |flow| flow.leg);
        if let Some(media) = self.collecting_mut(flow).and_then(|collecting| collecting.speech.take()) {
            self.order(Command::Stop { leg, media });
        }
    }

    /// A key, for the flow of that leg. False when it does not collect.
    pub(super) fn collect_key(&mut self, leg: LegId, key: char) -> bool {
        let found = self.flows.values().find(|flow| flow.leg == leg && matches!(flow.wait, Wait::Collect(_)));
        let Some(flow) = found.map(|flow| flow.id) else { return false };
        self.with_collect(flow, |machine, collect| {
            if !collect.keys {
                return machine.absorbed(&format!("key {key}: no keys are wanted"));
            }
            let prompting = machine.collecting_mut(flow).is_some_and(|collecting| collecting.prompt.is_some());
            match collect.during {
                DuringPrompt::Ignored if prompting => {
                    return machine.absorbed(&format!("key {key}: nobody listens while the prompt plays"));
                }
                DuringPrompt::Stops if prompting => {
                    machine.stop_prompt(flow);
                    machine.begin_patience(flow, collect);
                }
                DuringPrompt::Stops | DuringPrompt::Counts | DuringPrompt::Ignored => {}
            }
            machine.stop_listening(flow);
            let terminators = machine.text(flow, &collect.terminators);
            let most = match &collect.most {
                Some(most) => machine.number(flow, most).map_or(1, |most| most as usize).max(1),
                None => usize::MAX,
            };
            if terminators.contains(key) {
                return machine.collected(flow, collect, Found::Keys(Some(key)));
            }
            let Some(collecting) = machine.collecting_mut(flow) else { return };
            collecting.keys.push(key);
            let typed = collecting.keys.chars().count();
            if typed >= most {
                return machine.collected(flow, collect, Found::Keys(None));
            }
            machine.key_patience(flow, collect, typed);
        });
        true
    }

    /// Whether a flow collects keys.
    pub(super) fn collects_keys(&self, flow: FlowId) -> bool {
        let Some(flow) = self.flows.get(&flow).filter(|flow| matches!(flow.wait, Wait::Collect(_))) else {
            return false;
        };
        let op = flow.current.and_then(|(document, at)| Some(&self.program(document)?.get(at)?.op));
        matches!(op, Some(Op::Collect(collect)) if collect.keys)
    }

    /// The flow for which a recognition listens.
    fn listening(&self, media: MediaId) -> Option<FlowId> {
        let listens = |wait: &Wait| matches!(wait, Wait::Collect(collecting) if collecting.speech == Some(media));
        self.flows.values().find(|flow| listens(&flow.wait)).map(|flow| flow.id)
    }

    /// News of a recognition. False when it was none.
    pub(super) fn recognised(&mut self, media: MediaId, progress: &Progress) -> bool {
        let Some(flow) = self.listening(media) else { return false };
        let Progress::Speech { text, confidence, partial } = progress else { return true };
        let found = Found::Words { text: text.clone(), confidence: *confidence };
        self.interaction();
        self.with_collect(flow, |machine, collect| {
            if collect.speech.as_ref().is_some_and(|plan| plan.stops_prompt) {
                machine.stop_prompt(flow);
            }
            if !partial {
                return machine.collected(flow, collect, found);
            }
            let first = machine.collecting_mut(flow).is_some_and(|c| !core::mem::replace(&mut c.voice, true));
            if first && matches!(collect.patience, Patience::EachKey { .. }) {
                let limit = collect.speech.as_ref().and_then(|plan| plan.limit.as_ref());
                machine.collect_limit(flow, Some(limit.unwrap_or(&Template::fixed("60"))));
            }
        });
        true
    }

    /// A recognition is over without words. False when it was none.
    pub(super) fn recognition_done(&mut self, media: MediaId, result: MediaResult) -> bool {
        let Some(flow) = self.listening(media) else { return false };
        let voice = self.collecting_mut(flow).is_some_and(|collecting| {
            collecting.speech = None;
            collecting.voice
        });
        self.with_collect(flow, |machine, collect| match result {
            MediaResult::Failed | MediaResult::Unsupported => {
                let code = "relay_script_method_execute_failed";
                machine.script_error(flow, code, "speech cannot be recognised here");
                if !collect.keys {
                    machine.stop_prompt(flow);
                    machine.collected(flow, collect, Found::Failed);
                }
            }
            MediaResult::Finished | MediaResult::Stopped if voice => machine.collected(flow, collect, Found::Unclear),
            MediaResult::Finished | MediaResult::Stopped | MediaResult::NoInput => {
                if !collect.keys {
                    machine.stop_prompt(flow);
                    machine.collected(flow, collect, Found::Nothing);
                }
            }
        });
        true
    }

    /// Nothing came for so long: what is there counts.
    pub(super) fn collect_over(&mut self, flow: FlowId) {
        let (typed, voice) = match self.collecting_mut(flow) {
            Some(collecting) => (collecting.keys.chars().count(), collecting.voice),
            None => return,
        };
        self.with_collect(flow, |machine, collect| {
            let least = match &collect.patience {
                Patience::EachKey { .. } => Some(1),
                Patience::Once { least, .. } => least.map(|least| least.max(1) as usize),
            };
            let found = match (least.is_some_and(|least| typed >= least), voice) {
                (true, _) => Found::Keys(None),
                (false, true) => Found::Unclear,
                (false, false) => Found::Nothing,
            };
            machine.collected(flow, collect, found);
        });
    }

    fn collected(&mut self, flow: FlowId, collect: &Collect, found: Found) {
        self.timers.stop(Timer::Collect(flow));
        self.stop_prompt(flow);
        self.stop_listening(flow);
        let Some(keys) = self.collecting_mut(flow).map(|collecting| core::mem::take(&mut collecting.keys)) else {
            return;
        };
        self.wait(flow, Wait::Ready);
        let words = collect.words;
        let (result, kind, value) = match &found {
            Found::Keys(_) if keys.is_empty() => (words.nothing, "no_input", String::new()),
            Found::Keys(_) => (words.keys, "digit", keys),
            Found::Words { text, .. } => (words.speech, "speech", text.clone()),
            Found::Unclear => (words.unclear, "no_match", String::new()),
            Found::Nothing => (words.nothing, "no_input", String::new()),
            Found::Failed => (words.failed, "error", String::new()),
        };
        for name in words.result {
            self.set(flow, name, Value::from(result));
        }
        for name in words.value {
            self.set(flow, name, Value::from(value.clone()));
        }
        let mut told = Object::new().with("type", kind);
        match &found {
            Found::Keys(terminator) => {
                told.set("digits", value.clone());
                if let Some(key) = terminator {
                    for name in words.terminator {
                        self.set(flow, name, Value::from(key.to_string()));
                    }
                    told.set("terminator", key.to_string());
                }
            }
            Found::Words { text, confidence } => {
                for name in words.confidence {
                    self.set(flow, name, Value::Number(*confidence));
                }
                told.set("text", text.clone());
                told.set("confidence", *confidence);
            }
            Found::Unclear | Found::Nothing | Found::Failed => {}
        }
        self.note("collected", None, format!("{result} {value:?}"));
        self.tell_collected(flow, collect, told);
        match &collect.after {
            AfterCollect::Choose(Some(result)) => self.choice(flow, result),
            AfterCollect::Choose(None) | AfterCollect::Hook { hook: None, .. } => {}
            AfterCollect::Hook { hook: Some(hook), also_nothing, empty_continues, failure_continues } => {
                let what = match found {
                    Found::Keys(_) if value.is_empty() && !also_nothing => Collected::Nothing,
                    Found::Keys(_) => Collected::Keys(value),
                    Found::Words { text, confidence } => {
                        Collected::Words { text, confidence, language: self.spoken_language(flow, collect) }
                    }
                    Found::Unclear | Found::Nothing => Collected::Nothing,
                    Found::Failed => Collected::Failed,
                };
                if what == Collected::Nothing && !also_nothing {
                    return;
                }
                let url = self.hook_url(flow, hook);
                let purpose = Purpose::After {
                    empty_continues: *empty_continues,
                    failure_continues: *failure_continues,
                    failure_told: true,
                };
                let why = Why::Collected(what);
                self.ask(flow, url, hook.method, hook.id.clone(), why, purpose, Value::Null);
            }
        }
    }

    fn spoken_language(&mut self, flow: FlowId, collect: &Collect) -> Option<String> {
        let plan = collect.speech.as_ref()?;
        let given = self.object(flow, &plan.parameters);
        super::order::Given(&given).text("language")
    }

    fn tell_collected(&mut self, flow: FlowId, collect: &Collect, parameters: Object) {
        let Some(hook) = &collect.status else { return };
        let (url, method) = (self.hook_url(flow, hook), hook.method);
        let media = self.new_media();
        let leg = self.flows.get(&flow).map_or(LegId::CALLER, |flow| flow.leg);
        let facts = self.activity_facts(media, leg, "prompt", parameters, ActivityState::Over(MediaResult::Finished));
        self.tell(Fact::Activity { facts: Box::new(facts), change: ActivityChange::Over, url, method });
    }
}

fn recognition(given: &Object) -> Recognition {
    let given = super::order::Given(given);
    let hints = match given.0.get("hints") {
        Some(Value::Array(hints)) => hints.iter().map(crate::expr::text_of).collect(),
        Some(_) | None => Vec::new(),
    };
    Recognition {
        language: given.text("language"),
        hints,
        engine: given.text("engine"),
        end_silence: Some(given.seconds("end_silence")).filter(|silence| silence.0 > 0),
    }
}

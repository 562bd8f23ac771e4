//! Activities: recordings, streams, detections, queues, conferences …
//!
//! ```text
//! Ordered ──progress──► Running ──media-done──► Over (its variables, its result, the flow goes on)
//!    └──────────media-done──────────────────────►
//! ```
//!
//! One that is told to stop, or takes too long, or is settled, is over when the host says so.

use super::flow::{FlowId, Until, Wait};
use super::leg::Phase;
use super::order::order;
use super::output::Purpose;
use super::timer::Timer;
use super::{Fact, Machine, Question};
use crate::id::{DocumentId, LegId, MediaId, uuid};
use crate::ir::{self, Data, InstructionId, Program, Then, WaitsFor};
use crate::time::Millis;
use crate::value::{Object, Value};
use crate::wire::{ActivityChange, ActivityFacts, ActivityState, Command, MediaResult, Progress, Why};
use alloc::{boxed::Box, format, string::String, sync::Arc, vec::Vec};

/// What is kept of an activity's progress.
const MOST_PROGRESS: usize = 32;
/// How long a call that is over waits for what still runs to end.
const LINGER: Millis = Millis(30_000);

/// A hook, as it was when the activity began.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) url: String,
    pub(super) method: &'static str,
    pub(super) id: Option<String>,
}

/// One that runs.
#[derive(Clone, Debug)]
pub(super) struct Activity {
    pub(super) facts: ActivityFacts,
    pub(super) flow: FlowId,
    pub(super) document: DocumentId,
    pub(super) instruction: InstructionId,
    stop_keys: String,
    /// Whom to tell.
    status: Option<(String, &'static str)>,
    /// Whom to ask what comes next.
    pub(super) asks: Option<Asked>,
    stopping: bool,
}

impl Machine {
    /// Begins an activity; the flow waits as the plan says.
    pub(super) fn begin(&mut self, flow: FlowId, leg: LegId, instruction: InstructionId, plan: &ir::Activity) {
        let Some((document, _)) = self.flows.get(&flow).and_then(|flow| flow.current) else { return };
        let media = self.new_media();
        let parameters = self.object(flow, &plan.parameters);
        let named = plan.control_id.as_ref().map(|name| self.text(flow, name)).filter(|name| !name.is_empty());
        let status = plan.status.as_ref().map(|hook| (self.hook_url(flow, hook), hook.method));
        let asks = match &plan.then {
            Then::Ask { hook, .. } | Then::Each { hook, .. } => {
                Some(Asked { url: self.hook_url(flow, hook), method: hook.method, id: hook.id.clone() })
            }
            Then::GoOn | Then::End | Then::Run(_) => None,
        };
        let stop_keys = plan.stop_keys.as_ref().map(|keys| self.text(flow, keys)).unwrap_or_default();
        let mut facts = self.activity_facts(media, leg, plan.family, parameters, ActivityState::Ordered);
        if let Some(named) = named {
            facts.control_id = named;
        }
        let command = order(plan.kind, leg, media, &facts);
        let activity = Activity { facts, flow, document, instruction, stop_keys, status, asks, stopping: false };
        self.activities.insert(media, activity);
        let until = match &plan.waits {
            WaitsFor::Nothing => None,
            WaitsFor::Start => Some(Until::Started),
            WaitsFor::End => Some(Until::Over),
            WaitsFor::EndIf(truth) => (self.text(flow, truth) != "false").then_some(Until::Over),
        };
        if let Some(until) = until {
            self.wait(flow, Wait::Activity(media, until));
        }
        self.tell_variables(media);
        match command {
            Ok(command) => {
                self.order(command);
                let limit = plan.limit.as_ref().and_then(|limit| self.seconds(flow, limit));
                if let Some(limit) = limit {
                    self.timers.set(self.now + limit, Timer::Activity(media));
                }
            }
            Err(why) => {
                self.script_error(flow, "relay_script_method_parameter_invalid_value", &why);
                self.activity_done(media, MediaResult::Failed, None);
            }
        }
    }

    /// What is known of something that begins now, under a made-up name.
    pub(super) fn activity_facts(
        &self,
        media: MediaId,
        leg: LegId,
        family: &'static str,
        parameters: Object,
        state: ActivityState,
    ) -> ActivityFacts {
        ActivityFacts {
            media,
            control_id: uuid(self.start.seed, 7_000 + u64::from(media.0)),
            leg,
            family,
            parameters,
            begun: self.now,
            state,
            timed_out: false,
            key: None,
            hung_up: false,
            changed: self.now,
            progress: Vec::new(),
        }
    }

    /// Something new about an activity.
    pub(super) fn activity_progress(&mut self, media: MediaId, progress: &Progress) {
        if self.recognised(media, progress) {
            return;
        }
        let now = self.now;
        let Some(activity) = self.activities.get_mut(&media) else {
            return self.absorbed("news of something that is over");
        };
        let first = activity.facts.state == ActivityState::Ordered;
        activity.facts.state = ActivityState::Running;
        if activity.facts.progress.len() >= MOST_PROGRESS {
            activity.facts.progress.remove(0);
        }
        activity.facts.progress.push((now, progress.clone()));
        activity.facts.changed = now;
        let flow = activity.flow;
        if matches!(progress, Progress::Speech { .. } | Progress::Recorded { .. } | Progress::Connected { .. }) {
            self.interaction();
        }
        if first && matches!(progress, Progress::Started { .. }) {
            self.tell_activity(media, ActivityChange::Started);
        } else {
            self.tell_activity(media, ActivityChange::Progress);
        }
        self.tell_variables(media);
        self.news(media);
        if self.flows.get(&flow).is_some_and(|flow| flow.wait == Wait::Activity(media, Until::Started)) {
            self.wait(flow, Wait::Ready);
        }
        if self.with_activity(media, |plan, activity| (plan.words.settled)(&activity.facts)) == Some(true) {
            self.stop_activity(media);
        }
    }

    /// An activity is over. False when it was none.
    pub(super) fn activity_done(&mut self, media: MediaId, result: MediaResult, error: Option<&str>) -> bool {
        let now = self.now;
        let Some(leg) = self.activities.get(&media).map(|activity| activity.facts.leg) else { return false };
        let gone = matches!(self.phase(leg), Some(Phase::Gone) | None);
        let Some(activity) = self.activities.get_mut(&media) else { return false };
        activity.facts.state = ActivityState::Over(result);
        activity.facts.hung_up = gone;
        activity.facts.changed = now;
        let (flow, family) = (activity.flow, activity.facts.family);
        let (document, instruction) = (activity.document, activity.instruction);
        self.timers.stop(Timer::Activity(media));
        match result {
            MediaResult::Unsupported => {
                let message = format!("this host cannot do `{family}`");
                self.script_error(flow, "relay_script_method_execute_failed", &message);
            }
            MediaResult::Failed => {
                let message = format!("`{family}` failed: {}", error.unwrap_or("no reason given"));
                self.script_error(flow, "relay_script_method_execute_failed", &message);
            }
            MediaResult::Finished | MediaResult::Stopped | MediaResult::NoInput => {}
        }
        self.tell_activity(media, ActivityChange::Over);
        self.tell_variables(media);
        self.news(media);
        let outcome = self.with_activity(media, |plan, activity| (plan.words.outcome)(&activity.facts)).flatten();
        if let Some(word) = outcome {
            self.note("outcome", Some(leg), word);
        }
        let Some(over) = self.activities.remove(&media) else { return true };
        let Some(program) = self.program(document).map(Arc::clone) else { return true };
        let Some(plan) = program.activity(instruction) else { return true };
        match self.flows.get(&flow).map(|flow| &flow.wait) {
            Some(Wait::Activity(other, until)) if *other == media => {
                let until = *until;
                self.wait(flow, Wait::Ready);
                if until == Until::Over {
                    self.after_activity(over, &program, plan, outcome);
                }
            }
            _ => {
                if let Some(Asked { url, method, id }) = asks(&over, plan, outcome) {
                    let why = Why::Recorded(Box::new(over.facts));
                    // The flow may be gone; it ran on behalf of the leg.
                    let question = self.question(flow, url, method, id, why, Value::Null);
                    self.tell_after(Question { leg, ..question });
                }
            }
        }
        true
    }

    fn after_activity(
        &mut self,
        over: Activity,
        program: &Arc<Program>,
        plan: &ir::Activity,
        outcome: Option<&'static str>,
    ) {
        let (flow, id) = (over.flow, over.instruction);
        match (&plan.result, &plan.then) {
            (Some(result), _) => self.choice(flow, result),
            (None, Then::Ask { goes_on, .. }) => {
                if let Some(Asked { url, method, id }) = asks(&over, plan, outcome) {
                    let why = Why::Recorded(Box::new(over.facts));
                    let purpose = Purpose::After {
                        empty_continues: *goes_on,
                        failure_continues: *goes_on,
                        failure_told: *goes_on,
                    };
                    self.ask(flow, url, method, id, why, purpose, Value::Null);
                }
            }
            (None, Then::GoOn | Then::Each { .. }) => {}
            (None, Then::End) => {
                self.note("assumed", None, format!("`{}` is over and nothing follows it: the call ends", plan.family));
                self.end_flow(flow);
            }
            (None, Then::Run(target)) => self.call_section(flow, program, target, &Data::NULL, Some(id)),
        }
    }

    /// Orders an activity to stop, once.
    pub(super) fn stop_activity(&mut self, media: MediaId) {
        let Some(leg) = self.activities.get(&media).map(|activity| activity.facts.leg) else { return };
        // What runs on a leg that is gone ends with it.
        if matches!(self.phase(leg), Some(Phase::Leaving | Phase::Gone) | None) {
            return;
        }
        let Some(activity) = self.activities.get_mut(&media).filter(|activity| !activity.stopping) else { return };
        activity.stopping = true;
        self.order(Command::Stop { leg, media });
    }

    /// It took long enough.
    pub(super) fn activity_limit(&mut self, media: MediaId) {
        let Some(activity) = self.activities.get_mut(&media) else { return };
        activity.facts.timed_out = true;
        let (leg, family) = (activity.facts.leg, activity.facts.family);
        self.note("limit", Some(leg), format!("`{family}` took long enough"));
        self.stop_activity(media);
    }

    /// A key ends what waits for it. False when nothing does.
    pub(super) fn stop_key(&mut self, leg: LegId, key: char) -> bool {
        let waiting: Vec<MediaId> = self
            .activities
            .values()
            .filter(|activity| activity.facts.leg == leg && activity.stop_keys.contains(key) && !activity.stopping)
            .map(|activity| activity.facts.media)
            .collect();
        for media in &waiting {
            if let Some(activity) = self.activities.get_mut(media) {
                activity.facts.key = Some(key);
            }
            self.stop_activity(*media);
        }
        !waiting.is_empty()
    }

    /// Whether some key of this leg ends something.
    pub(super) fn has_stop_keys(&self, leg: LegId) -> bool {
        let ends = |activity: &Activity| !activity.stop_keys.is_empty() && !activity.stopping;
        self.activities.values().any(|activity| activity.facts.leg == leg && ends(activity))
    }

    /// The activity of this family that the document means.
    fn find_activity(
        &mut self,
        flow: FlowId,
        family: &str,
        control_id: Option<&crate::expr::Template>,
    ) -> Option<MediaId> {
        let leg = self.flows.get(&flow)?.leg;
        let name = control_id.map(|name| self.text(flow, name)).filter(|name| !name.is_empty());
        let mut ours = self.activities.values().filter(|activity| {
            let facts = &activity.facts;
            facts.leg == leg && facts.family == family && !activity.stopping
        });
        match name {
            Some(name) => ours.find(|activity| activity.facts.control_id == name),
            None => ours.next_back(),
        }
        .map(|activity| activity.facts.media)
    }

    /// `stop_…`: stops one and waits for its end.
    pub(super) fn stop_named(
        &mut self,
        flow: FlowId,
        family: &'static str,
        control_id: Option<&crate::expr::Template>,
        result: Option<(&'static str, &'static str, &'static str)>,
    ) {
        let found = self.find_activity(flow, family, control_id);
        if let Some((name, fine, failed)) = result {
            let word = if found.is_some() { fine } else { failed };
            self.set(flow, name, Value::from(word));
        }
        match found {
            Some(media) => {
                self.stop_activity(media);
                self.wait(flow, Wait::Activity(media, Until::Started));
            }
            None => {
                let leg = self.flows.get(&flow).map(|flow| flow.leg);
                self.problem(leg, &format!("no `{family}` runs that could be stopped"));
            }
        }
    }

    /// Tells one to do something.
    pub(super) fn adjust(&mut self, flow: FlowId, family: &'static str, action: &Data) {
        let action = self.data(flow, action);
        match self.find_activity(flow, family, None) {
            Some(media) => {
                let leg = self.flows.get(&flow).map_or(LegId::CALLER, |flow| flow.leg);
                self.order(Command::Adjust { leg, media, action });
            }
            None => {
                let message = format!("no `{family}` runs");
                self.script_error(flow, "relay_script_method_execute_failed", &message);
            }
        }
    }

    /// The call is over: what still runs is stopped, and its end is waited for, but not for ever.
    pub(super) fn stop_activities(&mut self) {
        let running: Vec<MediaId> = self.activities.keys().copied().collect();
        for media in running {
            self.stop_activity(media);
        }
        if !self.activities.is_empty() {
            self.timers.set(self.now + LINGER, Timer::Linger);
        }
    }

    /// What still ran has had its time.
    pub(super) fn linger_over(&mut self) {
        if !self.activities.is_empty() {
            self.problem(None, "the host never said that everything it was told to do is over");
            self.activities.clear();
        }
    }

    pub(super) fn with_activity<T>(
        &self,
        media: MediaId,
        act: impl FnOnce(&ir::Activity, &Activity) -> T,
    ) -> Option<T> {
        let activity = self.activities.get(&media)?;
        let program = self.program(activity.document)?;
        program.activity(activity.instruction).map(|plan| act(plan, activity))
    }

    /// Writes what is known into the flow's variables.
    fn tell_variables(&mut self, media: MediaId) {
        let found =
            self.with_activity(media, |plan, activity| (activity.flow, (plan.words.variables)(&activity.facts)));
        let Some((flow, variables)) = found else { return };
        for (name, value) in variables {
            let old = self.flows.get(&flow).and_then(|flow| flow.vars.get(name));
            if old != Some(&value) {
                self.set(flow, name, value);
            }
        }
    }

    fn tell_activity(&mut self, media: MediaId, change: ActivityChange) {
        let Some(activity) = self.activities.get(&media) else { return };
        if let Some((url, method)) = activity.status.clone() {
            let facts = Box::new(activity.facts.clone());
            self.tell(Fact::Activity { facts, change, url, method });
        }
    }
}

/// Whom an activity that is over asks, after this outcome.
fn asks(over: &Activity, plan: &ir::Activity, outcome: Option<&str>) -> Option<Asked> {
    match plan.then {
        Then::Ask { after, .. } if outcome == Some(after) => over.asks.clone(),
        Then::Ask { .. } | Then::Each { .. } | Then::GoOn | Then::End | Then::Run(_) => None,
    }
}

//! One instruction.

use super::flow::{Flow, FlowId, Frame, FrameKind, Until, Wait};
use super::output::Purpose;
use super::timer::Timer;
use super::{Answer, Document, Fact, Machine, Output, Question};
use super::{collect::Collecting, play::Progress};
use crate::id::{DocumentId, LegId};
use crate::ir::{Instruction, InstructionId, LegChange, Op, Precondition, Program};
use crate::time::Millis;
use crate::value::Value;
use crate::wire::{Command, LegState, Why};
use alloc::{format, string::String, sync::Arc, vec::Vec};

impl Machine {
    /// The caller's flow; made when it is first needed.
    pub(super) fn main_flow(&mut self) -> FlowId {
        if self.flows.is_empty() {
            self.new_flow(LegId::CALLER);
        }
        FlowId::MAIN
    }

    pub(super) fn new_flow(&mut self, leg: LegId) -> FlowId {
        let id = FlowId(self.next_flow);
        self.next_flow += 1;
        self.flows.insert(id, Flow::new(id, leg));
        id
    }

    /// Runs `document` instead of whatever the flow was running.
    pub(super) fn replace(&mut self, flow: FlowId, document: Document) {
        if let Some(running) = self.flows.get_mut(&flow) {
            running.frames.clear();
            running.wait = Wait::Ready;
        }
        self.enter_document(flow, document, Value::Null, None);
    }

    /// Runs `document` as a section.
    pub(super) fn enter_document(
        &mut self,
        flow: FlowId,
        document: Document,
        params: Value,
        site: Option<(DocumentId, InstructionId)>,
    ) {
        if self.documents.len() as u32 >= self.start.limits.documents {
            return self.fail(&format!(
                "relay_script_internal_error: more than {} documents in one call",
                self.start.limits.documents
            ));
        }
        let body = document.program.entry.and_then(|entry| document.program.section(entry)).map(|section| section.body);
        let id = DocumentId(self.documents.len() as u32);
        self.documents.push(document);
        if let Some(block) = body {
            self.push(flow, Frame { document: id, block, at: 0, kind: FrameKind::Section { params, site } });
        }
    }

    pub(super) fn push(&mut self, flow: FlowId, frame: Frame) {
        let deepest = self.start.limits.depth as usize;
        let Some(running) = self.flows.get_mut(&flow) else { return };
        if running.frames.len() >= deepest {
            return self.fail(&format!(
                "relay_script_nested_too_deep: more than {deepest} sections and blocks inside each other"
            ));
        }
        running.frames.push(frame);
    }

    /// Runs one instruction of a ready flow, or ends it.
    pub(super) fn step(&mut self, flow: FlowId) {
        self.jumps.current = flow;
        self.steps += 1;
        self.steps_now += 1;
        if self.steps_now > self.start.limits.steps_per_input {
            return self.fail("the flow runs and runs without waiting for anything");
        }
        if self.steps > self.start.limits.steps {
            return self.fail(&format!("more than {} instructions in one call", self.start.limits.steps));
        }
        let Some(running) = self.flows.get_mut(&flow) else { return };
        let Some(frame) = running.frames.last_mut() else { return self.flow_ran_out(flow) };
        let Some(document) = self.documents.get(frame.document.0 as usize) else { return };
        let program = Arc::clone(&document.program);
        let Some(id) = program.body(frame.block).get(frame.at).copied() else {
            return self.leave(flow, None);
        };
        frame.at += 1;
        running.current = Some((frame.document, id));
        let Some(instruction) = program.get(id) else { return };
        let leg = running.leg;
        if !self.may_run(leg, instruction) {
            return;
        }
        self.note("step", Some(leg), instruction.name);
        self.execute(flow, leg, &program, id, instruction);
    }

    /// Sees to the precondition; false skips the instruction.
    fn may_run(&mut self, leg: LegId, instruction: &Instruction) -> bool {
        let unanswered = self.facts.get(leg.0 as usize).is_some_and(|leg| leg.state < LegState::Answered);
        match instruction.precondition {
            Precondition::None => true,
            Precondition::Answered => {
                if unanswered {
                    self.answer_caller();
                }
                true
            }
            Precondition::EarlyMedia => {
                if unanswered {
                    self.ring_caller(true);
                }
                true
            }
            Precondition::OnlyAnswered if unanswered => {
                self.note("skipped", Some(leg), format!("`{}` needs an answered call", instruction.name));
                false
            }
            Precondition::OnlyUnanswered if !unanswered => {
                self.note("skipped", Some(leg), format!("`{}` needs an unanswered call", instruction.name));
                false
            }
            Precondition::OnlyAnswered | Precondition::OnlyUnanswered => true,
        }
    }

    fn execute(
        &mut self,
        flow: FlowId,
        leg: LegId,
        program: &Arc<Program>,
        id: InstructionId,
        instruction: &Instruction,
    ) {
        match &instruction.op {
            Op::Answer { max_duration, codecs, result } => {
                self.answer_with(codecs);
                if let Some((name, word)) = result {
                    self.set(flow, name, Value::from(*word));
                }
                let limit = max_duration.as_ref().and_then(|limit| self.seconds(flow, limit));
                if let Some(limit) = limit {
                    self.timers.set(self.now + limit, Timer::Call);
                }
            }
            Op::Hangup { reason, statuses, headers } => {
                let reason = reason.as_ref().map(|reason| self.text(flow, reason));
                let headers = self.headers(flow, headers);
                self.hangup_flow(flow, reason.as_deref(), statuses, headers);
            }
            Op::Play(play) => self.play(flow, leg, play, 0, 0),
            Op::SendDigits { digits, result } => self.send_digits(flow, leg, digits, result),
            Op::Request(plan) => self.request(flow, plan),
            Op::Begin(activity) => self.begin(flow, leg, id, activity),
            Op::Stop { family, control_id, result } => self.stop_named(flow, family, control_id.as_ref(), *result),
            Op::Adjust { family, action } => self.adjust(flow, family, action),
            Op::Message(plan) => self.message(flow, plan),
            Op::UserEvent(event) => {
                let event = self.data(flow, event);
                self.order(Command::UserEvent { leg, event });
            }
            Op::Collect(collect) => self.collect(flow, leg, collect),
            Op::Pause { unit_ms, length } => self.pause(flow, *unit_ms, length),
            Op::Dial(plan) => self.dial(flow, program, *plan),
            Op::Set(pairs) => {
                for (name, data) in pairs {
                    let value = self.data(flow, data);
                    self.set(flow, name, value);
                }
            }
            Op::Unset(names) => {
                if let Some(running) = self.flows.get_mut(&flow) {
                    names.iter().for_each(|name| drop(running.vars.remove(name)));
                }
            }
            Op::Choose(choice) => self.choice(flow, choice),
            Op::Execute { target, params, .. } => self.call_section(flow, program, target, params, Some(id)),
            Op::Transfer { target, params } => self.call_section(flow, program, target, params, None),
            Op::Return(value) => {
                let value = value.as_ref().map(|data| self.data(flow, data)).unwrap_or(Value::Null);
                self.return_value(flow, value);
            }
            Op::Goto { label, when, max } => self.goto(flow, program, label, when.as_ref(), *max),
            Op::Label(_) => {}
            Op::Redirect { hook, empty_continues } => {
                let url = self.hook_url(flow, hook);
                let purpose = Purpose::Redirect { empty_continues: *empty_continues };
                self.ask(flow, url, hook.method, hook.id.clone(), Why::Redirect, purpose, Value::Null);
            }
        }
    }

    fn pause(&mut self, flow: FlowId, unit_ms: u32, length: &crate::expr::Template) {
        let Some(length) = self.number(flow, length) else {
            return self.script_error(
                flow,
                "relay_script_method_parameter_invalid_value",
                "the length of the pause is no number",
            );
        };
        self.wait(flow, Wait::Pause);
        if length >= 0.0 {
            let pause = Millis((length * f64::from(unit_ms)) as u64);
            self.timers.set(self.now + pause, Timer::Pause(flow));
        }
    }

    pub(super) fn pause_over(&mut self, flow: FlowId) {
        if self.flows.get(&flow).is_some_and(|flow| flow.wait == Wait::Pause) {
            self.wait(flow, Wait::Ready);
        }
    }

    pub(super) fn wait(&mut self, flow: FlowId, wait: Wait) {
        if let Some(flow) = self.flows.get_mut(&flow) {
            flow.wait = wait;
        }
    }

    /// Asks for a document on behalf of a flow, which waits for it.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn ask(
        &mut self,
        flow: FlowId,
        url: String,
        method: &'static str,
        id: Option<String>,
        why: Why,
        purpose: Purpose,
        params: Value,
    ) {
        let question = self.question(flow, url, method, id, why, params);
        self.asked.insert(question.fetch, (flow, purpose));
        self.wait(flow, Wait::Answer(question.fetch));
        let place = self.place();
        self.out.push_back((Output::Question(question), place));
    }

    pub(super) fn question(
        &mut self,
        flow: FlowId,
        url: String,
        method: &'static str,
        id: Option<String>,
        why: Why,
        params: Value,
    ) -> Question {
        let fetch = self.new_fetch();
        let (leg, vars) =
            self.flows.get(&flow).map_or((LegId::CALLER, Default::default()), |f| (f.leg, f.vars.clone()));
        Question { fetch, leg, url, method, id, why, vars, params }
    }

    /// A flow gets the answer it waits for.
    pub(super) fn resume(&mut self, flow: FlowId, purpose: Purpose, answer: Answer) {
        let ready = |machine: &mut Machine| machine.wait(flow, Wait::Ready);
        match (purpose, answer) {
            (
                Purpose::First | Purpose::Fallback | Purpose::After { .. } | Purpose::Redirect { .. },
                Answer::Document { program, url },
            ) => {
                let program = self.kept(flow, program);
                self.replace(flow, Document { program, url });
            }
            (Purpose::Beside, Answer::Document { program, url }) => {
                self.interrupt(flow);
                let program = self.kept(flow, program);
                self.replace(flow, Document { program, url });
            }
            (Purpose::Beside, Answer::Empty) => {}
            (Purpose::Beside, Answer::Failed(why)) => {
                self.problem(None, &format!("no usable reply ({why}): the flow goes on"));
            }
            (Purpose::Screening { .. }, Answer::Document { program, url }) => {
                self.replace(flow, Document { program, url })
            }
            (Purpose::Execute { params, tail, site }, Answer::Document { program, url }) => {
                if tail && let Some(running) = self.flows.get_mut(&flow) {
                    running.frames.clear();
                }
                ready(self);
                self.enter_document(flow, Document { program, url }, params, site);
            }
            (Purpose::First | Purpose::Fallback, Answer::Empty) => ready(self),
            (Purpose::First, Answer::Failed(why)) => match self.start.application.fallback.clone() {
                Some(hook) => {
                    self.problem(None, &format!("the flow's document: {why}: the fallback is asked"));
                    let method = hook.verb();
                    self.ask(flow, hook.url, method, None, Why::First, Purpose::Fallback, Value::Null);
                }
                None => self.fail(&format!("the flow's document: {why}")),
            },
            (Purpose::Fallback, Answer::Failed(why)) => {
                self.fail(&format!("the fallback of the flow's document: {why}"))
            }
            (
                Purpose::After { empty_continues: true, .. } | Purpose::Redirect { empty_continues: true },
                Answer::Empty,
            ) => ready(self),
            (Purpose::After { .. } | Purpose::Redirect { .. }, Answer::Empty) => {
                self.problem(None, "the reply is empty: the call ends");
                self.end_flow(flow);
            }
            (Purpose::After { failure_continues: true, failure_told, .. }, Answer::Failed(why)) => {
                self.problem(None, &format!("no usable reply ({why}): the next instruction runs"));
                if failure_told && let Some(leg) = self.flows.get(&flow).map(|flow| flow.leg) {
                    self.tell_leg(leg, LegChange::HookFailed, false);
                }
                ready(self);
            }
            (Purpose::After { .. } | Purpose::Redirect { .. }, Answer::Failed(why)) => {
                self.fail(&format!("no usable reply: {why}"));
            }
            (Purpose::Screening { empty_accepts: true }, Answer::Empty) => ready(self),
            (Purpose::Screening { .. }, Answer::Empty) => self.decline(flow, "the screening document is empty"),
            (Purpose::Screening { .. }, Answer::Failed(why)) => self.decline(flow, &why),
            (Purpose::Execute { .. }, Answer::Empty) => self.fail("relay_script_parse_error: the document is empty"),
            (Purpose::Execute { .. }, Answer::Failed(why)) => self.fail(&format!("relay_script_parse_error: {why}")),
        }
    }

    /// A reply's document as it runs: while somebody is screened, some platforms drop instructions of it.
    fn kept(&mut self, flow: FlowId, program: Arc<Program>) -> Arc<Program> {
        let Some(keeps) = program.policy.screening_keeps.filter(|_| flow != FlowId::MAIN) else { return program };
        let Some(body) = program.entry.and_then(|entry| program.section(entry)).map(|section| section.body) else {
            return program;
        };
        let name = |id: &InstructionId| program.get(*id).map_or("", |instruction| instruction.name);
        let (kept, dropped): (Vec<InstructionId>, Vec<InstructionId>) =
            program.body(body).iter().partition(|id| keeps.contains(&name(id)));
        for id in &dropped {
            self.problem(
                None,
                &format!("`{}` is dropped: a reply while screening may hold {}", name(id), keeps.join(", ")),
            );
        }
        let mut shorter = Program::clone(&program);
        shorter.replace_block(body, kept);
        Arc::new(shorter)
    }

    /// Ends everything: the document, a hook or a limit does not let the call go on.
    pub(super) fn fail(&mut self, why: &str) {
        self.problem(None, why);
        self.failed = true;
        self.end_flow(FlowId::MAIN);
    }

    pub(super) fn headers(
        &mut self,
        flow: FlowId,
        headers: &[(String, crate::expr::Template)],
    ) -> alloc::vec::Vec<crate::wire::Header> {
        headers
            .iter()
            .map(|(name, value)| crate::wire::Header { name: name.clone(), value: self.text(flow, value) })
            .collect()
    }

    /// Tells a hook what is over, when nobody would run the answer.
    pub(super) fn tell_after(&mut self, question: Question) {
        self.tell(Fact::After(question));
    }

    /// Stops what a flow has started and waits for.
    pub(super) fn abandon(&mut self, flow: FlowId) {
        let Some(running) = self.flows.get_mut(&flow) else { return };
        let wait = core::mem::replace(&mut running.wait, Wait::Over);
        let leg = running.leg;
        match wait {
            Wait::Play(Progress { media, .. }) if self.is_up(leg) => self.order(Command::Stop { leg, media }),
            Wait::Collect(Collecting { prompt, speech, .. }) => {
                self.timers.stop(Timer::Collect(flow));
                for media in prompt.map(|prompt| prompt.media).into_iter().chain(speech) {
                    if self.is_up(leg) {
                        self.order(Command::Stop { leg, media });
                    }
                }
            }
            Wait::Activity(media, Until::Over) => self.stop_activity(media),
            Wait::Keys(media) if self.is_up(leg) => self.order(Command::Stop { leg, media }),
            Wait::Pause => self.timers.stop(Timer::Pause(flow)),
            Wait::Ready
            | Wait::Play(_)
            | Wait::Keys(_)
            | Wait::Activity(_, Until::Started)
            | Wait::Dial
            | Wait::Answer(_)
            | Wait::Over => {}
        }
    }
}

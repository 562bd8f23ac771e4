//! One call: flows, frames, variables, timers and legs.
//!
//! Facts and deadlines go in; orders, questions and facts for the dialects come out, in order.
//! Knows nothing of documents' text, of JSON or of hosts.

mod activity;
mod clip;
mod collect;
mod control;
mod dial;
mod ending;
mod flow;
mod leg;
mod message;
mod news;
mod order;
mod output;
mod play;
mod request;
mod scope;
mod step;
mod timer;
mod waits;

pub use leg::Watcher;
pub use output::{Answer, Fact, Output, Question};
pub use waits::{Waiting, WaitsOn};

use crate::id::{DocumentId, FetchId, LegId, MediaId};
use crate::ir::{LegChange, Program};
use crate::span::Span;
use crate::time::Instant;
use crate::value::{Object, Value};
use crate::wire::{Command, Event, LegFacts, Note, Outcome, Start, Why};
use activity::Activity;
use alloc::collections::VecDeque;
use alloc::{boxed::Box, string::String, sync::Arc, vec::Vec};
use dial::Dial;
use flow::{Flow, FlowId};
use leg::Leg;
use litemap::LiteMap;
use output::Purpose;
use timer::{Timer, Timers};

/// The `call` object that expressions see, made by the dialect.
pub type CallObject = fn(&Start, Instant, &[LegFacts], LegId) -> Value;

/// A program of this call and where it came from.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its meaning.
    pub program: Arc<Program>,
    /// Its own address; relative ones are resolved against it.
    pub url: Option<String>,
}

/// One call.
#[derive(Clone, Debug)]
pub struct Machine {
    start: Arc<Start>,
    call_object: CallObject,
    now: Instant,
    documents: Vec<Document>,
    legs: Vec<Leg>,
    facts: Vec<LegFacts>,
    flows: LiteMap<FlowId, Flow>,
    next_flow: u32,
    dial: Option<Dial>,
    activities: LiteMap<MediaId, Activity>,
    timers: Timers,
    asked: LiteMap<FetchId, (FlowId, Purpose)>,
    next_fetch: u32,
    next_media: u32,
    steps: u32,
    steps_now: u32,
    jumps: flow::Jumps,
    /// The main flow is over; what is left is to see every leg to its end.
    closing: bool,
    failed: bool,
    done: bool,
    out: VecDeque<(Output, Option<(DocumentId, Span)>)>,
}

impl Machine {
    /// A call that begins: the caller's INVITE is here, nothing has run.
    #[must_use]
    pub fn new(start: Arc<Start>, call_object: CallObject) -> Machine {
        let now = start.now;
        let mut machine = Machine {
            call_object,
            now,
            documents: Vec::new(),
            legs: Vec::new(),
            facts: Vec::new(),
            flows: LiteMap::new(),
            next_flow: 0,
            dial: None,
            activities: LiteMap::new(),
            timers: Timers::default(),
            asked: LiteMap::new(),
            next_fetch: 1,
            next_media: 1,
            steps: 0,
            steps_now: 0,
            jumps: flow::Jumps::default(),
            closing: false,
            failed: false,
            done: false,
            out: VecDeque::new(),
            start,
        };
        machine.caller_leg();
        machine
    }

    /// Runs a document from its entry.
    pub fn run(&mut self, document: Document) {
        let flow = self.main_flow();
        self.replace(flow, document);
        self.work();
    }

    /// Asks for the first document.
    pub fn run_from(&mut self, url: String, method: &'static str) {
        let flow = self.main_flow();
        self.ask(flow, url, method, None, Why::First, Purpose::First, Value::Null);
    }

    /// Refuses the call before anything ran.
    pub fn refuse(&mut self, status: u16, why: &str) {
        self.problem(None, why);
        self.failed = true;
        self.reject_caller(status);
        self.close();
    }

    /// A fact.
    pub fn handle_event(&mut self, now: Instant, event: &Event) {
        self.arrive(now);
        match event {
            Event::Ringing { leg, status } => self.rings(*leg, *status, false),
            Event::EarlyMedia { leg, status } => self.rings(*leg, *status, true),
            Event::Answered { leg, headers, sip_call_id } => self.answered(*leg, headers, sip_call_id.as_ref()),
            Event::Failed { leg, status, reason, headers, sip_call_id } => {
                self.leg_failed(*leg, *status, reason, headers, sip_call_id.as_ref());
            }
            Event::Ended { leg, cause, headers } => self.leg_ended(*leg, *cause, headers),
            Event::Digit { leg, digit } => self.digit(*leg, *digit),
            Event::Progress { media, progress, .. } => self.activity_progress(*media, progress),
            Event::MediaDone { leg, media, result, error } => self.media_done(*leg, *media, *result, error.as_deref()),
            // A reply to a question comes as an answer.
            Event::Fetched { fetch, status, headers, body, .. } => {
                if !self.replied(*fetch, *status, headers, body) {
                    self.absorbed("a reply that nobody waits for any more");
                }
            }
            // Nothing depends on a notification.
            Event::Notified { .. } => {}
        }
        self.work();
    }

    /// The answer to a question.
    pub fn handle_answer(&mut self, now: Instant, fetch: FetchId, answer: Answer) {
        self.arrive(now);
        match self.asked.remove(&fetch) {
            Some((flow, purpose)) if self.flows.contains_key(&flow) => self.resume(flow, purpose, answer),
            Some(_) | None => {
                // It keeps its number all the same: traces count documents as they came.
                if let Answer::Document { program, url } = answer {
                    self.documents.push(Document { program, url });
                }
                self.absorbed("a reply that nobody waits for any more");
            }
        }
        self.work();
    }

    /// A deadline.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.arrive(now);
        while let Some(timer) = self.timers.expired(self.now) {
            match timer {
                Timer::Pause(flow) => self.pause_over(flow),
                Timer::Collect(flow) => self.collect_over(flow),
                Timer::Ring(leg) => self.ring_limit(leg),
                Timer::Screening(flow) => self.screening_limit(flow),
                Timer::Activity(media) => self.activity_limit(media),
                Timer::Linger => self.linger_over(),
                Timer::Talk => self.talk_limit(),
                Timer::Call => self.call_limit(),
            }
            self.work();
        }
    }

    /// What to do next: an order, a question, a fact or a note, and where in the documents it comes from.
    pub fn poll_output(&mut self) -> Option<(Output, Option<(DocumentId, Span)>)> {
        self.out.pop_front()
    }

    /// When to call [`Machine::handle_timeout`].
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        if self.done { None } else { self.timers.next() }
    }

    /// Every leg so far; the caller's is the first.
    #[must_use]
    pub fn legs(&self) -> &[LegFacts] {
        &self.facts
    }

    /// Somebody watching a leg, with the complete URL.
    #[must_use]
    pub fn watchers(&self, leg: LegId) -> &[Watcher] {
        self.legs.get(leg.0 as usize).map_or(&[], |leg| leg.watchers.as_slice())
    }

    /// Counts one callback to a leg's watcher; gives how many there were before.
    pub fn count_callback(&mut self, leg: LegId) -> u32 {
        match self.legs.get_mut(leg.0 as usize) {
            Some(leg) => {
                leg.callbacks += 1;
                leg.callbacks - 1
            }
            None => 0,
        }
    }

    /// Variables of the caller's flow.
    #[must_use]
    pub fn variables(&self) -> Object {
        self.flows.get(&FlowId::MAIN).map(|flow| flow.vars.clone()).unwrap_or_default()
    }

    /// The call's time.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Whether `Done` was said.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.done
    }

    fn arrive(&mut self, now: Instant) {
        self.now = self.now.max(now);
        self.steps_now = 0;
    }

    /// Runs every flow until all of them wait, then sees whether the call is over.
    fn work(&mut self) {
        while let Some(flow) = self.flows.values().find(|flow| flow.is_ready()).map(|flow| flow.id) {
            self.step(flow);
        }
        self.finish();
    }

    fn order(&mut self, command: Command) {
        let place = self.place();
        self.out.push_back((Output::Command(command), place));
    }

    fn tell(&mut self, fact: Fact) {
        let place = self.place();
        self.out.push_back((Output::Fact(fact), place));
    }

    fn tell_leg(&mut self, leg: LegId, change: LegChange, first: bool) {
        if let Some(facts) = self.facts.get(leg.0 as usize) {
            let leg = Box::new(facts.clone());
            self.tell(Fact::Leg { leg, change, first });
        }
    }

    fn note(&mut self, name: &str, leg: Option<LegId>, text: impl Into<String>) {
        self.note_at(self.place(), name, leg, text);
    }

    /// A note that belongs to another instruction than the one that runs.
    fn note_at(&mut self, place: Option<(DocumentId, Span)>, name: &str, leg: Option<LegId>, text: impl Into<String>) {
        if self.start.quiet {
            return;
        }
        let note = Note { name: name.into(), leg, text: text.into() };
        self.out.push_back((Output::Note(note), place));
    }

    /// Something the author should know, in the trace.
    fn problem(&mut self, leg: Option<LegId>, text: &str) {
        self.note("problem", leg, text);
    }

    /// A fact that changes nothing.
    fn absorbed(&mut self, text: &str) {
        self.note("absorbed", None, text);
    }

    /// Where in the documents we are: the current instruction of the main flow.
    fn place(&self) -> Option<(DocumentId, Span)> {
        let flow = self.flows.get(&self.jumps.current)?;
        let (document, instruction) = flow.current?;
        let program = &self.documents.get(document.0 as usize)?.program;
        Some((document, program.span(instruction)))
    }

    fn program(&self, document: DocumentId) -> Option<&Arc<Program>> {
        self.documents.get(document.0 as usize).map(|document| &document.program)
    }

    fn new_fetch(&mut self) -> FetchId {
        let fetch = FetchId(self.next_fetch);
        self.next_fetch += 1;
        fetch
    }

    fn new_media(&mut self) -> MediaId {
        let media = MediaId(self.next_media);
        self.next_media += 1;
        media
    }

    fn outcome(&self) -> Outcome {
        let answered = self.facts.first().is_some_and(|caller| caller.answered.is_some());
        let left = self.facts.first().is_some_and(|c| c.ended_by == Some(crate::wire::EndedBy::Them));
        match (self.failed, answered, left) {
            (true, _, _) => Outcome::Failed,
            (false, true, _) => Outcome::Completed,
            (false, false, true) => Outcome::Abandoned,
            (false, false, false) => Outcome::Rejected,
        }
    }
}

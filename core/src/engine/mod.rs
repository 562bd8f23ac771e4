//! The engine: machine and dialects joined. One call, the only face that hosts see.

mod load;

pub use load::{Loaded, check_by, load, load_by};

use crate::dialect::{self, Ask, HookAt, Reply, View};
use crate::id::{DocumentId, FetchId, LegId, NotifyId};
use crate::ir::LegChange;
pub use crate::machine::WaitsOn;
use crate::machine::{Answer, Document, Fact, Machine, Output, Question};
use crate::span::Span;
use crate::time::Instant;
use crate::url::resolve;
use crate::value::{Object, Value};
use crate::wire::{
    Command, Dialect, Ended, Entry, Event, Header, Kind, LegFacts, Note, Place, Request, Source, Start, Step, Trace,
};
use alloc::collections::VecDeque;
use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use litemap::LiteMap;

/// One call. Feed it with `handle_*`, then drain it with `poll_*`.
#[derive(Clone, Debug)]
pub struct Engine {
    start: Arc<Start>,
    dialect: Option<Dialect>,
    machine: Machine,
    /// The call's documents, as they were run.
    documents: Vec<Arc<Loaded>>,
    /// Addresses asked for, so that relative ones in the reply can be resolved.
    asked: LiteMap<FetchId, String>,
    next_notify: u32,
    commands: VecDeque<Command>,
    trace: Trace,
}

impl Engine {
    /// Begins a call; a document in `start` is loaded first.
    #[must_use]
    pub fn new(start: Start) -> Engine {
        let loaded = match &start.source {
            Source::Document { text, .. } => Some(Arc::new(load(text, start.dialect))),
            Source::Url { .. } => None,
        };
        Engine::begin(start, loaded)
    }

    /// Begins a call of a document that was loaded before; `start.source` only tells its address.
    #[must_use]
    pub fn open(loaded: Arc<Loaded>, start: Start) -> Engine {
        Engine::begin(start, Some(loaded))
    }

    fn begin(start: Start, loaded: Option<Arc<Loaded>>) -> Engine {
        let start = Arc::new(start);
        let dialect = loaded.as_ref().map_or(start.dialect, |loaded| loaded.dialect);
        let machine = Machine::new(
            Arc::clone(&start),
            match dialect {
                Some(Dialect::Swml) => |start, now, legs, id| call_object(Dialect::Swml, start, now, legs, id),
                Some(Dialect::Verbs | Dialect::Rcml) | None => |_, _, _, _| Value::Null,
            },
        );
        let mut engine = Engine {
            dialect,
            machine,
            documents: Vec::new(),
            asked: LiteMap::new(),
            next_notify: 1,
            commands: VecDeque::new(),
            trace: Vec::new(),
            start: Arc::clone(&start),
        };
        match (&start.source, loaded) {
            (Source::Document { url, .. }, Some(loaded)) => engine.run(loaded, url.clone()),
            (Source::Url { hook }, Some(loaded)) => engine.run(loaded, Some(hook.url.clone())),
            (Source::Url { hook }, None) if dialect.is_some() => {
                engine.machine.run_from(hook.url.clone(), hook.verb());
            }
            (Source::Url { .. } | Source::Document { .. }, None) => {
                engine.machine.refuse(500, "a flow that is fetched needs its dialect to be named");
            }
        }
        engine.drain();
        engine
    }

    fn run(&mut self, loaded: Arc<Loaded>, url: Option<String>) {
        if !loaded.runs() {
            let why = loaded.first_error().unwrap_or_else(|| "no dialect was recognised".to_string());
            return self.machine.refuse(dialect::refused_status(self.dialect), &why);
        }
        let document = Document { program: Arc::clone(&loaded.program), url };
        self.documents.push(loaded);
        self.machine.run(document);
    }

    /// A fact.
    pub fn handle_event(&mut self, now: Instant, event: Event) {
        let at = now.max(self.machine.now());
        if !self.start.quiet {
            self.trace.push(Entry { at, kind: Kind::Event(event.clone()), span: None });
        }
        match &event {
            Event::Fetched { fetch, status, headers, body, error } if self.asked.contains_key(fetch) => {
                self.fetched(now, *fetch, *status, headers, body, error.as_deref());
            }
            _ => self.machine.handle_event(now, &event),
        }
        self.drain();
    }

    /// A deadline. Too early or for nothing is harmless.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.machine.handle_timeout(now);
        self.drain();
    }

    /// The next order.
    #[must_use]
    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    /// When to call [`Engine::handle_timeout`].
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.machine.poll_timeout()
    }

    /// What happened since this was asked last: facts, orders and notes, in order.
    #[must_use]
    pub fn take_trace(&mut self) -> Trace {
        core::mem::take(&mut self.trace)
    }

    /// Variables of the caller's flow.
    #[must_use]
    pub fn variables(&self) -> Object {
        self.machine.variables()
    }

    /// Every leg so far; the caller's is the first.
    #[must_use]
    pub fn legs(&self) -> &[LegFacts] {
        self.machine.legs()
    }

    /// What the call waits for: a leg whose flow waits, what for, and the step that waits.
    #[must_use]
    pub fn waits(&self) -> Vec<(LegId, WaitsOn, Option<Place>)> {
        let place = |place: Option<(DocumentId, Span)>| {
            let (document, span) = place?;
            Some(self.documents.get(document.0 as usize)?.place(document, span))
        };
        self.machine.waits().into_iter().map(|waiting| (waiting.leg, waiting.what, place(waiting.place))).collect()
    }

    /// Whether a key of this leg would mean something now.
    #[must_use]
    pub fn hears_keys(&self, leg: LegId) -> bool {
        self.machine.hears_keys(leg)
    }

    /// Whether a leg was asked to come and neither came nor refused.
    #[must_use]
    pub fn is_dialling(&self, leg: LegId) -> bool {
        self.machine.is_dialling(leg)
    }

    /// Whether a leg is there: the caller before the answer too, nobody who was asked to leave.
    #[must_use]
    pub fn is_there(&self, leg: LegId) -> bool {
        self.machine.is_there(leg)
    }

    /// The call's documents; the first is the one it began with.
    #[must_use]
    pub fn documents(&self) -> &[Arc<Loaded>] {
        &self.documents
    }

    /// The dialect of the call's document, when it is known.
    #[must_use]
    pub fn dialect(&self) -> Option<Dialect> {
        self.dialect
    }

    /// Everything since the last input, in one value.
    #[must_use]
    pub fn take_step(&mut self) -> Step {
        let commands: Vec<Command> = self.commands.drain(..).collect();
        let outcome = commands.iter().find_map(|command| match command {
            Command::Done { outcome } => Some(*outcome),
            _ => None,
        });
        Step {
            deadline: self.poll_timeout(),
            trace: self.take_trace(),
            ended: outcome.map(|outcome| Ended::new(outcome, self.variables(), self.legs())),
            commands,
        }
    }

    /// Whether `Done` was said.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.machine.is_done()
    }

    /// The reply to a question: read by the dialect, run by the machine.
    fn fetched(
        &mut self,
        now: Instant,
        fetch: FetchId,
        status: u16,
        headers: &[Header],
        body: &str,
        error: Option<&str>,
    ) {
        let url = self.asked.remove(&fetch);
        let Some(dialect) = self.dialect else { return };
        let content_type = headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case("content-type"))
            .map_or("", |header| header.value.as_str());
        let answer = match dialect::reply(dialect, status, content_type, body, error) {
            Reply::Empty => Answer::Empty,
            Reply::Failed(why) => Answer::Failed(why),
            Reply::Document(text) => self.read_document(now, &text, url),
        };
        self.machine.handle_answer(now, fetch, answer);
    }

    /// Reads a document that came during the call.
    fn read_document(&mut self, now: Instant, text: &str, url: Option<String>) -> Answer {
        if text.len() > self.start.limits.document_bytes as usize {
            return Answer::Failed(format!("the document is larger than {} bytes", self.start.limits.document_bytes));
        }
        let loaded = Arc::new(load(text, self.dialect));
        self.tell_diagnostics(now, &loaded);
        if !loaded.runs() {
            return Answer::Failed(loaded.first_error().unwrap_or_default());
        }
        let program = Arc::clone(&loaded.program);
        self.documents.push(loaded);
        Answer::Document { program, url }
    }

    fn tell_diagnostics(&mut self, now: Instant, loaded: &Loaded) {
        let document = DocumentId(self.documents.len() as u32);
        for diagnostic in loaded.diagnostics.iter().filter(|_| !self.start.quiet) {
            let text = format!("{}[{}]: {}", diagnostic.severity.name(), diagnostic.code.id, diagnostic.message);
            let note = Note { name: "diagnostic".to_string(), leg: None, text };
            let span = Some(loaded.place(document, diagnostic.span));
            self.trace.push(Entry { at: now, kind: Kind::Note(note), span });
        }
    }

    /// Turns what the machine says into orders and trace.
    fn drain(&mut self) {
        while let Some((output, at)) = self.machine.poll_output() {
            let place = at.filter(|_| !self.start.quiet).and_then(|(document, span)| {
                self.documents.get(document.0 as usize).map(|loaded| loaded.place(document, span))
            });
            match output {
                Output::Command(command) => self.order(command, place),
                Output::Note(note) => {
                    self.trace.push(Entry { at: self.machine.now(), kind: Kind::Note(note), span: place });
                }
                Output::Fact(fact) => self.tell(fact, place),
                Output::Request { fetch, request } => {
                    let request = dialect::without_secrets(request);
                    self.order(Command::Fetch { fetch, request }, place);
                }
                Output::Inline { fetch, text } => {
                    let answer = self.read_document(self.machine.now(), &text, None);
                    self.machine.handle_answer(self.machine.now(), fetch, answer);
                }
                Output::Question(question) => {
                    let request = self.request(&question);
                    self.asked.insert(question.fetch, question.url);
                    self.order(Command::Fetch { fetch: question.fetch, request }, place);
                }
            }
        }
    }

    fn order(&mut self, command: Command, span: Option<Place>) {
        if !self.start.quiet {
            self.trace.push(Entry { at: self.machine.now(), kind: Kind::Command(command.redacted()), span });
        }
        self.commands.push_back(command);
    }

    fn notify(&mut self, request: Request, place: Option<Place>) {
        let notify = NotifyId(self.next_notify);
        self.next_notify += 1;
        self.order(Command::Notify { notify, request }, place);
    }

    fn view(&self) -> View<'_> {
        View { start: &self.start, now: self.machine.now(), legs: self.machine.legs() }
    }

    fn tell(&mut self, fact: Fact, place: Option<Place>) {
        let Some(dialect) = self.dialect else { return };
        match fact {
            Fact::Leg { leg, change, first } => self.tell_leg(dialect, &leg, change, first, place),
            Fact::Activity { facts, change, url, method } => {
                let hook = HookAt { url: &url, method, sequence: 0 };
                let request = dialect::activity_changed(dialect, &self.view(), &facts, change, &hook);
                request.into_iter().for_each(|request| self.notify(request, place));
            }
            Fact::Dial { url, method, state, facts } => {
                let hook = HookAt { url: &url, method, sequence: 0 };
                let request = dialect::dial_changed(dialect, &self.view(), state, &facts, &hook);
                request.into_iter().for_each(|request| self.notify(request, place));
            }
            Fact::Captured { leg, keys, url, method } => {
                let hook = HookAt { url: &url, method, sequence: 0 };
                let view = self.view();
                let request = view.leg(leg).and_then(|leg| dialect::captured(dialect, &view, leg, &keys, &hook));
                request.into_iter().for_each(|request| self.notify(request, place));
            }
            Fact::After(question) => {
                let request = self.request(&question);
                self.notify(request, place);
            }
        }
    }

    /// A change of a leg: to the account's status hook, and to those who watch this leg.
    fn tell_leg(&mut self, dialect: Dialect, leg: &LegFacts, change: LegChange, first: bool, place: Option<Place>) {
        if dialect::has_status_hook(dialect)
            && let Some(hook) = self.start.application.status_hook.clone()
        {
            let url = resolve(self.base(), &hook.url);
            let hook = HookAt { url: &url, method: hook.verb(), sequence: 0 };
            let request = dialect::leg_changed(dialect, &self.view(), leg, change, &hook);
            request.into_iter().for_each(|request| self.notify(request, place));
        }
        // Whoever watches a leg hears once that it rings, with audio or without.
        let change = match change {
            LegChange::Ringing | LegChange::EarlyMedia if first => LegChange::Ringing,
            LegChange::Ringing | LegChange::EarlyMedia | LegChange::HookFailed => return,
            LegChange::Created | LegChange::Answered | LegChange::Ended => change,
        };
        let watchers: Vec<_> = self.machine.watchers(leg.id).to_owned();
        for watcher in watchers.iter().filter(|watcher| watcher.changes.contains(&change)) {
            let sequence = self.machine.count_callback(leg.id);
            let hook = HookAt { url: &watcher.url, method: watcher.method, sequence };
            let request = dialect::leg_changed(dialect, &self.view(), leg, change, &hook);
            request.into_iter().for_each(|request| self.notify(request, place));
        }
    }

    /// The address of the call's first document.
    fn base(&self) -> Option<&str> {
        match &self.start.source {
            Source::Document { url, .. } => url.as_deref(),
            Source::Url { hook } => Some(&hook.url),
        }
    }

    fn request(&self, question: &Question) -> Request {
        let view = self.view();
        let ask = Ask {
            reason: &question.why,
            method: question.method,
            id: question.id.as_deref(),
            vars: &question.vars,
            params: &question.params,
        };
        let dialect = self.dialect.unwrap_or(Dialect::Swml);
        match view.leg(question.leg) {
            Some(leg) => dialect::ask(dialect, &view, leg, &ask, &question.url),
            None => dialect::with_query(question.method, &question.url, &[], 5_000),
        }
    }
}

fn call_object(dialect: Dialect, start: &Start, now: Instant, legs: &[LegFacts], id: crate::id::LegId) -> Value {
    let view = View { start, now, legs };
    view.leg(id).map(|leg| dialect::call_object(dialect, &view, leg)).unwrap_or_default()
}

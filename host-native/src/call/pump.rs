//! The task of one call.

use super::{
    End, Journal, JournalEntry as Entry, Sight, What,
    host::Inner,
    line::{Line, Progress},
};
use crate::{
    guest::{CallEngine, EngineError, Step},
    hooks::Desk,
    media::{Counters, Fact, Stream},
    report::Report,
    sip::{Invitation, Negotiate, Signal, Target, Unroutable},
};
use patchcord_core::{
    id::LegId,
    time::Instant,
    wire::{Command, Event, MediaResult, Outcome, Start},
};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How long the end of a call that the host had to end waits for the other sides.
const FAREWELL: Duration = Duration::from_secs(5);

/// What can happen to a call.
pub(super) enum Input {
    /// A leg reports.
    Signal(LegId, Signal),
    /// A leg's audio reports.
    Audio(LegId, Fact),
    /// A request reports.
    Hook(Event),
    /// The way to a number or address was found, or not.
    Routed(LegId, Result<Target, Unroutable>, Box<Command>),
}

/// One call.
pub(super) struct Call {
    pub(super) host: Arc<Inner>,
    number: u64,
    origin: tokio::time::Instant,
    pub(super) lines: BTreeMap<LegId, Line>,
    pub(super) desk: Desk,
    pub(super) inputs: UnboundedSender<Input>,
    pub(super) outcome: Option<Outcome>,
    /// Packets of legs that are over.
    pub(super) audio: Vec<(LegId, Counters)>,
    journal: Journal,
    engine: Box<dyn CallEngine>,
    deadline: Option<Instant>,
}

impl Call {
    /// Runs a call from its INVITE to its end.
    pub(super) async fn run(host: Arc<Inner>, number: u64, start: Start, invitation: Invitation) {
        let name = format!("call-{}-{number}", start.unix_ms);
        let (journal, engine) = match (Journal::begin(&host.setting.journals, &name, &start), host.engine()) {
            (Ok(journal), Ok(engine)) => (journal, engine),
            (Err(error), _) => {
                tracing::error!("call {number} is refused: its journal cannot be written: {error}");
                return invitation.refuse(500, &[]);
            }
            (_, Err(error)) => {
                tracing::error!("call {number} is refused: {error}");
                return invitation.refuse(500, &[]);
            }
        };
        let (inputs, inbox) = unbounded_channel();
        let facts = inputs.clone();
        let desk = host.hooks.desk(Report::new(move |event| drop(facts.send(Input::Hook(event)))));
        let mut call = Call {
            number,
            origin: tokio::time::Instant::now(),
            lines: BTreeMap::new(),
            desk,
            inputs,
            outcome: None,
            audio: Vec::new(),
            journal,
            engine,
            deadline: None,
            host,
        };
        call.see(What::Began { caller: start.caller.clone(), unix_ms: start.unix_ms });
        let end = match call.take(invitation).await {
            Ok(()) => call.pump(&start, inbox).await,
            Err(problem) => Some(problem),
        };
        call.finish(end);
    }

    /// Takes the caller's leg: 100 goes out, its audio is negotiated.
    async fn take(&mut self, invitation: Invitation) -> Result<(), String> {
        let stream = match self.open_stream(LegId::CALLER).await {
            Ok(stream) => stream,
            Err(error) => {
                invitation.refuse(503, &[]);
                return Err(format!("no socket for its audio: {error}"));
            }
        };
        let sdp = match invitation.offer.as_deref().map(|offer| stream.answer(offer)) {
            None => stream.offer(&[]),
            Some(Ok(answer)) => answer,
            Some(Err(error)) => {
                invitation.refuse(488, &[]);
                return Err(format!("the caller's offer is of no use: {error}"));
            }
        };
        let leg = invitation.take(negotiate(&stream), self.signals(LegId::CALLER));
        let Some(leg) = leg else { return Err("the INVITE is broken".into()) };
        self.lines.insert(LegId::CALLER, Line::new(Some(leg), stream, Progress::Ringing, sdp));
        Ok(())
    }

    /// One input, then all its orders; until the engine is done. Gives why it had to be stopped.
    async fn pump(&mut self, start: &Start, mut inbox: UnboundedReceiver<Input>) -> Option<String> {
        let first = self.engine.open(start);
        let mut problem = self.absorb(first).await;
        while problem.is_none() && self.outcome.is_none() {
            let deadline = self.deadline.map(|at| self.origin + Duration::from_millis(at.0));
            let stop = self.host.stop.clone();
            let event = tokio::select! {
                input = inbox.recv() => match input {
                    Some(input) => match self.hear(input).await {
                        Some(event) => Some(event),
                        None => continue,
                    },
                    None => break,
                },
                () = sleep_until(deadline) => None,
                () = stop.cancelled() => {
                    problem = Some("the host is shutting down".into());
                    break;
                }
            };
            problem = self.step(event).await;
        }
        if problem.is_some() {
            self.farewell(&mut inbox).await;
        }
        problem
    }

    /// Tells the engine a fact, or that its deadline has come.
    async fn step(&mut self, event: Option<Event>) -> Option<String> {
        let elapsed = self.now();
        let (entry, now) = match event {
            Some(event) => (Entry::Event { at: elapsed, event }, elapsed),
            None => {
                // The clock of the sleep and ours may differ by a fraction of a millisecond.
                let at = elapsed.max(self.deadline.unwrap_or(elapsed));
                (Entry::Timeout { at, timeout: true }, at)
            }
        };
        if let Err(error) = self.journal.write(&entry) {
            tracing::error!("call {}: its journal cannot be written: {error}", self.number);
        }
        let result = match &entry {
            Entry::Event { event, .. } => {
                self.see(What::Event(event.clone()));
                self.engine.event(now, event)
            }
            _ => self.engine.timeout(now),
        };
        let result = match result {
            Err(EngineError::Lost) => self.restore(),
            other => other,
        };
        self.absorb(result).await
    }

    /// Takes a fresh engine and tells it the whole story again. Only the orders of the last
    /// input are new.
    fn restore(&mut self) -> Result<Step, EngineError> {
        self.see(What::Note("its instance is gone: restored from the journal".into()));
        let story = Journal::read(self.journal.path()).map_err(|error| EngineError::Refused(error.to_string()))?;
        let mut engine = self.host.engine()?;
        let mut last = Step::default();
        for entry in &story {
            last = match entry {
                Entry::Start { start } => engine.open(start)?,
                Entry::Event { at, event } => engine.event(*at, event)?,
                Entry::Timeout { at, .. } => engine.timeout(*at)?,
                Entry::Done { .. } | Entry::Stopped { .. } => break,
            };
        }
        self.engine = engine;
        Ok(last)
    }

    async fn absorb(&mut self, result: Result<Step, EngineError>) -> Option<String> {
        let step = match result {
            Ok(step) => step,
            Err(error) => return Some(error.to_string()),
        };
        self.deadline = step.deadline;
        for entry in step.trace {
            self.see(What::Trace(entry));
        }
        for command in step.commands {
            self.see(What::Command(command.clone()));
            self.obey(command).await;
        }
        None
    }

    /// Ends every leg that the host knows of, and waits a while for their ends.
    async fn farewell(&mut self, inbox: &mut UnboundedReceiver<Input>) {
        let legs: Vec<LegId> = self.lines.keys().copied().collect();
        for leg in legs {
            let Some(line) = self.lines.get_mut(&leg) else { continue };
            if !line.end(leg == LegId::CALLER, 500, &[]) {
                self.drop_line(leg);
            }
        }
        let end = tokio::time::Instant::now() + FAREWELL;
        while !self.lines.is_empty() {
            match tokio::time::timeout_at(end, inbox.recv()).await {
                Ok(Some(input)) => drop(self.hear(input).await),
                Ok(None) | Err(_) => break,
            }
        }
    }

    fn finish(mut self, stopped: Option<String>) {
        let at = self.now();
        let last = match (&stopped, self.outcome) {
            (None, Some(done)) => Entry::Done { at, done },
            (Some(why), _) => Entry::Stopped { at, stopped: why.clone() },
            (None, None) => Entry::Stopped { at, stopped: "its inputs ended".into() },
        };
        if let Err(error) = self.journal.write(&last) {
            tracing::error!("call {}: its journal cannot be written: {error}", self.number);
        }
        match &stopped {
            Some(why) if self.host.stop.is_cancelled() => tracing::info!("call {} was stopped: {why}", self.number),
            Some(why) => tracing::error!("call {} was stopped: {why}", self.number),
            None => {}
        }
        let legs: Vec<LegId> = self.lines.keys().copied().collect();
        for leg in legs {
            self.drop_line(leg);
        }
        let journal = self.journal.path().to_owned();
        let audio = std::mem::take(&mut self.audio);
        self.see(What::Over(End { outcome: self.outcome, stopped, journal, audio }));
    }

    /// Turns what happened into a fact for the engine, or deals with it here.
    async fn hear(&mut self, input: Input) -> Option<Event> {
        match input {
            Input::Signal(leg, signal) => self.hear_signal(leg, signal),
            Input::Audio(leg, Fact::Key(digit)) => Some(Event::Digit { leg, digit }),
            Input::Audio(leg, Fact::Played { media, result, error }) => {
                let line = self.lines.get_mut(&leg);
                // A leg that is gone has reported its plays already.
                line.is_some_and(|line| line.played(media)).then_some(Event::MediaDone { leg, media, result, error })
            }
            Input::Hook(event) => Some(event),
            Input::Routed(leg, found, order) => self.dial(leg, found, *order),
        }
    }

    fn hear_signal(&mut self, leg: LegId, signal: Signal) -> Option<Event> {
        let line = self.lines.get_mut(&leg)?;
        match signal {
            Signal::Ringing { status } => Some(Event::Ringing { leg, status }),
            Signal::EarlyMedia { status, sdp } => Some(match line.stream.accept(&sdp) {
                Ok(()) => Event::EarlyMedia { leg, status },
                Err(_) => Event::Ringing { leg, status },
            }),
            Signal::Answered { sdp, headers, call_id } => {
                if line.progress == Progress::Ringing {
                    line.progress = Progress::Answered;
                }
                if let Some(Err(error)) = sdp.map(|sdp| line.stream.accept(&sdp)) {
                    self.see(What::Note(format!("{leg} answered without usable audio: {error}")));
                    if let Some(hung_up) = self.lines.get(&leg).and_then(|line| line.leg.clone()) {
                        hung_up.hangup(&[]);
                    }
                    return self.gone(leg, |_| Event::Failed {
                        leg,
                        status: 488,
                        reason: "Not Acceptable Here".into(),
                        headers: Vec::new(),
                        sip_call_id: Some(call_id),
                    });
                }
                // Their answer crossed our order to give up: the engine will hang it up.
                if line.progress == Progress::Ending {
                    line.progress = Progress::Answered;
                }
                Some(Event::Answered { leg, headers, sip_call_id: Some(call_id) })
            }
            Signal::Acknowledged { sdp } => {
                if let Some(Err(error)) = sdp.map(|sdp| line.stream.accept(&sdp)) {
                    self.see(What::Note(format!("{leg} acknowledged without usable audio: {error}")));
                }
                None
            }
            Signal::Failed { status, reason, headers, call_id } => {
                self.gone(leg, |_| Event::Failed { leg, status, reason, headers, sip_call_id: call_id })
            }
            Signal::Ended { cause, headers } => self.gone(leg, |_| Event::Ended { leg, cause, headers }),
            Signal::Key(digit) => Some(Event::Digit { leg, digit }),
        }
    }

    /// A leg is over: its audio ends with it, and its plays are reported before its end is.
    fn gone(&mut self, leg: LegId, event: impl FnOnce(&Line) -> Event) -> Option<Event> {
        let line = self.drop_line(leg)?;
        Some(event(&line))
    }

    /// Closes the audio of a leg and forgets the leg. Plays under way are reported as stopped.
    pub(super) fn drop_line(&mut self, leg: LegId) -> Option<Line> {
        let line = self.lines.remove(&leg)?;
        for media in &line.plays {
            let media = patchcord_core::id::MediaId(*media);
            let event = Event::MediaDone { leg, media, result: MediaResult::Stopped, error: None };
            drop(self.inputs.send(Input::Hook(event)));
        }
        line.stream.close();
        self.audio.push((leg, line.stream.counters()));
        Some(line)
    }

    pub(super) async fn open_stream(&mut self, leg: LegId) -> std::io::Result<Stream> {
        let inputs = self.inputs.clone();
        self.host.ports.open(Report::new(move |fact| drop(inputs.send(Input::Audio(leg, fact))))).await
    }

    pub(super) fn signals(&self, leg: LegId) -> Report<Signal> {
        let inputs = self.inputs.clone();
        Report::new(move |signal| drop(inputs.send(Input::Signal(leg, signal))))
    }

    pub(super) fn see(&self, what: What) {
        self.host.setting.watch.tell(Sight { call: self.number, at: self.now(), what });
    }

    fn now(&self) -> Instant {
        Instant(u64::try_from(self.origin.elapsed().as_millis()).unwrap_or(u64::MAX))
    }
}

/// Answers later offers of a leg from its audio; without an offer it makes one.
pub(super) fn negotiate(stream: &Stream) -> Negotiate {
    let stream = stream.clone();
    Arc::new(move |offer| match offer {
        Some(offer) => stream.answer(offer).ok(),
        None => Some(stream.offer(&[])),
    })
}

async fn sleep_until(deadline: Option<tokio::time::Instant>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}

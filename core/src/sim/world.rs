//! The world itself: a queue of things that will happen, and what orders do to it.

use super::expect;
use super::glob::matches;
use super::scenario::{Action, Callee, Doing, Reply, Scenario};
use super::turn::{Stage, Tells};
use crate::diag::Diagnostic;
use crate::id::{LegId, MediaId};
use crate::time::{Instant, Millis};
use crate::wire::{
    Cause, Clip, Command, Dialect, Ended, Event, Header, Limits, MediaResult, Progress, Request, Source, Start, Step,
    Trace,
};
use alloc::collections::BTreeMap;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use serde::Serialize;

/// An engine, wherever it runs.
pub trait Driver {
    /// Begins a call.
    ///
    /// # Errors
    /// The engine is gone (a guest that trapped).
    fn open(&mut self, start: &Start) -> Result<Step, String>;
    /// Reports a fact.
    ///
    /// # Errors
    /// As [`Driver::open`].
    fn event(&mut self, now: Instant, event: &Event) -> Result<Step, String>;
    /// Reports that the deadline came.
    ///
    /// # Errors
    /// As [`Driver::open`].
    fn timeout(&mut self, now: Instant) -> Result<Step, String>;
}

/// What happened.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// How the call ended; `None` when it never did.
    pub ended: Option<Ended>,
    /// Everything, in order.
    pub trace: Trace,
    /// Every order, in order.
    pub commands: Vec<Command>,
    /// Every request that was sent.
    pub requests: Vec<SimulatedRequest>,
    /// Every input, for a journal: a fact, or nothing for a deadline.
    pub inputs: Vec<(Instant, Option<Event>)>,
    /// The first step's input.
    pub start: Start,
    /// Expectations of the scenario that were not met.
    pub mismatches: Vec<Diagnostic>,
}

/// A request that was sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulatedRequest {
    /// When.
    pub at: Instant,
    /// Method.
    pub method: String,
    /// URL, without credentials.
    pub url: String,
    /// Headers.
    pub headers: Vec<Header>,
    /// The exact body.
    pub body: String,
}

impl Simulation {
    /// A call that is about to begin.
    #[must_use]
    pub fn begin(start: Start) -> Simulation {
        Simulation {
            ended: None,
            trace: Vec::new(),
            commands: Vec::new(),
            requests: Vec::new(),
            inputs: Vec::new(),
            start,
            mismatches: Vec::new(),
        }
    }
}

/// Inputs after which a call that has not ended is given up.
const MOST_INPUTS: usize = 20_000;

/// The start of a call in this scenario.
#[must_use]
pub fn start_of(scenario: &Scenario, text: &str, dialect: Option<Dialect>) -> Start {
    Start {
        source: Source::Document { text: text.to_string(), url: scenario.url.clone() },
        dialect,
        now: Instant::ZERO,
        unix_ms: scenario.start_unix_ms,
        seed: scenario.seed,
        caller: scenario.caller.clone(),
        application: scenario.application.clone(),
        limits: Limits::default(),
        quiet: false,
    }
}

/// Runs a call to its end.
///
/// # Errors
/// When the driver fails.
pub fn simulate(driver: &mut dyn Driver, scenario: &Scenario, start: Start) -> Result<Simulation, String> {
    let mut world = World {
        scenario,
        queue: BTreeMap::new(),
        queued: 0,
        legs: BTreeMap::new(),
        dialled: BTreeMap::new(),
        replied: BTreeMap::new(),
        requests: Vec::new(),
        stage: Stage::default(),
        caller_answered: false,
    };
    world.schedule_all(LegId::CALLER, Instant::ZERO, &scenario.caller_does);
    let mut simulation = Simulation::begin(start.clone());
    let mut now = start.now;
    let mut step = driver.open(&start)?;
    loop {
        for command in &step.commands {
            world.obey(now, command);
        }
        let deadline = step.deadline;
        simulation.commands.append(&mut step.commands);
        simulation.trace.append(&mut step.trace);
        if step.ended.is_some() {
            simulation.ended = step.ended;
            break;
        }
        if simulation.inputs.len() >= MOST_INPUTS {
            break;
        }
        // A flow that plays for ever ends when the caller has had enough.
        if simulation.inputs.len() == MOST_INPUTS / 2
            && let Some(event) = world.caller_gives_up(now)
        {
            simulation.inputs.push((now, Some(event.clone())));
            step = driver.event(now, &event)?;
            continue;
        }
        match (world.next(), deadline) {
            (Some(at), deadline) if deadline.is_none_or(|deadline| at <= deadline) => {
                now = now.max(at);
                let Some(event) = world.take() else { break };
                simulation.inputs.push((now, Some(event.clone())));
                step = driver.event(now, &event)?;
            }
            (_, Some(deadline)) => {
                now = now.max(deadline);
                simulation.inputs.push((now, None));
                step = driver.timeout(now)?;
            }
            // Nothing will ever happen: an endless pause, say. The caller has had enough.
            (_, None) => {
                now = now + Millis(3_600_000);
                let Some(event) = world.caller_gives_up(now) else { break };
                simulation.inputs.push((now, Some(event.clone())));
                step = driver.event(now, &event)?;
            }
        }
    }
    simulation.requests = world.requests;
    if let Some(expected) = &scenario.expect {
        simulation.mismatches = expect::mismatches(expected, &simulation);
    }
    Ok(simulation)
}

#[derive(Debug, Default)]
struct Party {
    answered: bool,
    over: bool,
    media: Option<MediaId>,
}

#[derive(Debug)]
enum Happening {
    Does(LegId, Action),
    Fact(Event),
    /// The end of a clip.
    Clip(LegId, MediaId),
    /// News of an activity.
    Turn(LegId, MediaId, Tells),
}

struct World<'s> {
    scenario: &'s Scenario,
    queue: BTreeMap<(Instant, u32), Happening>,
    queued: u32,
    legs: BTreeMap<LegId, Party>,
    dialled: BTreeMap<usize, usize>,
    replied: BTreeMap<usize, usize>,
    requests: Vec<SimulatedRequest>,
    stage: Stage,
    caller_answered: bool,
}

impl World<'_> {
    fn schedule(&mut self, at: Instant, happening: Happening) {
        self.queued += 1;
        self.queue.insert((at, self.queued), happening);
    }

    fn schedule_all(&mut self, leg: LegId, from: Instant, does: &[Doing]) {
        self.legs.insert(leg, Party::default());
        for doing in does {
            self.schedule(from + doing.at, Happening::Does(leg, doing.action.clone()));
        }
    }

    /// A party is gone, and with it what was done with its audio.
    fn end(&mut self, now: Instant, leg: LegId) {
        if let Some(party) = self.legs.get_mut(&leg) {
            party.over = true;
        }
        for media in self.stage.of(leg) {
            self.stop_activity(now, leg, media);
        }
    }

    fn stop_activity(&mut self, now: Instant, leg: LegId, media: MediaId) {
        for tells in self.stage.stop(now, media) {
            self.schedule(now, Happening::Fact(tell(leg, media, tells)));
        }
    }

    /// The caller hangs up, unless it is gone already.
    fn caller_gives_up(&mut self, now: Instant) -> Option<Event> {
        self.legs.get(&LegId::CALLER).filter(|party| !party.over)?;
        self.end(now, LegId::CALLER);
        Some(Event::Ended { leg: LegId::CALLER, cause: Cause::Normal, headers: Vec::new() })
    }

    /// When something happens next, dead legs left out.
    fn next(&mut self) -> Option<Instant> {
        loop {
            let entry = self.queue.first_entry()?;
            let dead = |leg: &LegId| self.legs.get(leg).is_none_or(|party| party.over);
            let idle = match entry.get() {
                Happening::Does(leg, Action::HangUp(_)) => {
                    dead(leg) || (*leg != LegId::CALLER && self.legs.get(leg).is_some_and(|party| !party.answered))
                }
                Happening::Does(
                    leg,
                    Action::Ring(_) | Action::EarlyMedia(_) | Action::Answer(_) | Action::Reject(_),
                ) => dead(leg) || self.legs.get(leg).is_some_and(|party| party.answered),
                Happening::Does(leg, Action::Press(_)) => dead(leg),
                Happening::Does(leg, Action::Say(..)) => dead(leg) || self.stage.listener(*leg).is_none(),
                Happening::Turn(_, media, _) => !self.stage.runs(*media),
                Happening::Clip(leg, media) => {
                    dead(leg) || self.legs.get(leg).is_none_or(|party| party.media != Some(*media))
                }
                Happening::Fact(_) => false,
            };
            if !idle {
                return Some(entry.key().0);
            }
            entry.remove();
        }
    }

    /// Lets the next thing happen.
    fn take(&mut self) -> Option<Event> {
        let ((at, _), happening) = self.queue.pop_first()?;
        match happening {
            Happening::Fact(event) => Some(event),
            Happening::Clip(leg, media) => {
                self.legs.get_mut(&leg)?.media = None;
                Some(Event::MediaDone { leg, media, result: MediaResult::Finished, error: None })
            }
            Happening::Turn(leg, media, tells) => {
                self.stage.told(media, &tells);
                Some(tell(leg, media, tells))
            }
            Happening::Does(leg, action) => self.does(at, leg, action),
        }
    }

    fn does(&mut self, at: Instant, leg: LegId, action: Action) -> Option<Event> {
        let party = self.legs.get_mut(&leg)?;
        Some(match action {
            Action::Ring(status) => Event::Ringing { leg, status },
            Action::EarlyMedia(status) => Event::EarlyMedia { leg, status },
            Action::Answer(headers) => {
                party.answered = true;
                Event::Answered { leg, headers, sip_call_id: Some(call_id(leg)) }
            }
            Action::Reject(status) => {
                self.end(at, leg);
                failed(leg, status)
            }
            Action::HangUp(cause) => {
                self.end(at, leg);
                let cause = if leg == LegId::CALLER && !self.caller_answered { Cause::Cancel } else { cause };
                Event::Ended { leg, cause, headers: Vec::new() }
            }
            Action::Say(text, confidence) => {
                let media = self.stage.listener(leg)?;
                let unclear = text.is_empty();
                if unclear {
                    self.schedule(at, Happening::Turn(leg, media, Tells::Done(MediaResult::Finished)));
                }
                Event::Progress { leg, media, progress: Progress::Speech { text, confidence, partial: unclear } }
            }
            Action::Press(keys) => {
                let mut keys = keys.chars();
                let digit = keys.next()?;
                let rest: String = keys.collect();
                if !rest.is_empty() {
                    self.schedule(at + Millis(100), Happening::Does(leg, Action::Press(rest)));
                }
                Event::Digit { leg, digit }
            }
        })
    }

    fn obey(&mut self, now: Instant, command: &Command) {
        match command {
            Command::Answer { .. } => self.caller_answered = true,
            Command::Reject { leg, .. } => self.end(now, *leg),
            Command::Originate { leg, to, .. } => self.originate(now, *leg, to),
            Command::Cancel { leg } => self.cancel(now, *leg),
            Command::Hangup { leg, .. } => {
                if self.legs.get(leg).is_some_and(|party| !party.over) {
                    self.end(now, *leg);
                    let event = Event::Ended { leg: *leg, cause: Cause::Normal, headers: Vec::new() };
                    self.schedule(now + self.scenario.delay, Happening::Fact(event));
                }
            }
            Command::Play { leg, media, clip, .. } => {
                let length = self.length(clip);
                if let Some(party) = self.legs.get_mut(leg) {
                    party.media = Some(*media);
                }
                self.schedule(now + length, Happening::Clip(*leg, *media));
            }
            Command::SendDigits { leg, media, digits } => {
                if let Some(party) = self.legs.get_mut(leg) {
                    party.media = Some(*media);
                }
                self.schedule(now + digits_length(digits), Happening::Clip(*leg, *media));
            }
            Command::Stop { leg, media } if self.stage.runs(*media) => self.stop_activity(now, *leg, *media),
            Command::Stop { leg, media } => {
                if let Some(party) = self.legs.get_mut(leg).filter(|party| party.media == Some(*media)) {
                    party.media = None;
                    let event =
                        Event::MediaDone { leg: *leg, media: *media, result: MediaResult::Stopped, error: None };
                    self.schedule(now, Happening::Fact(event));
                }
            }
            Command::Fetch { fetch, request } => {
                self.record(now, request);
                let reply = self.reply(request);
                let error = (reply.status == 0).then(|| "no reply".to_string());
                let (after, timeout) = (reply.after, request.timeout);
                let event = if after > timeout {
                    let error = Some(format!("no reply within {} ms", timeout.0));
                    Event::Fetched { fetch: *fetch, status: 0, headers: Vec::new(), body: String::new(), error }
                } else {
                    Event::Fetched {
                        fetch: *fetch,
                        status: reply.status,
                        headers: reply.headers,
                        body: reply.body,
                        error,
                    }
                };
                self.schedule(now + after.min(timeout), Happening::Fact(event));
            }
            Command::Notify { request, .. } => self.record(now, request),
            Command::Ring { .. } | Command::Bridge { .. } | Command::Unbridge { .. } | Command::Done { .. } => {}
            order => {
                for turn in self.stage.begin(now, order, self.scenario).into_iter().flat_map(|(leg, media, turns)| {
                    turns.into_iter().map(move |turn| (turn.at, Happening::Turn(leg, media, turn.tells)))
                }) {
                    self.schedule(now + turn.0, turn.1);
                }
            }
        }
    }

    fn record(&mut self, at: Instant, request: &Request) {
        self.requests.push(SimulatedRequest {
            at,
            method: request.method.clone(),
            url: request.url.clone(),
            headers: request.headers.clone(),
            body: request.body.clone().unwrap_or_default(),
        });
    }

    fn originate(&mut self, now: Instant, leg: LegId, to: &str) {
        let found = self.scenario.callees.iter().position(|callee| matches(&callee.to, to));
        let Some((index, callee)) = found.and_then(|index| Some((index, self.scenario.callees.get(index)?))) else {
            self.legs.insert(leg, Party::default());
            self.end(now, leg);
            return self.schedule(now, Happening::Fact(failed(leg, 404)));
        };
        let attempt = self.dialled.entry(index).or_insert(0);
        let does = attempt_of(callee, *attempt);
        *attempt += 1;
        self.schedule_all(leg, now, does);
    }

    /// What a callee does before the CANCEL arrives still happens; an answer among it crosses.
    fn cancel(&mut self, now: Instant, leg: LegId) {
        let arrives = now + self.scenario.delay;
        let crosses = self.queue.iter().any(|((at, _), happening)| {
            *at <= arrives
                && matches!(happening, Happening::Does(who, Action::Answer(_) | Action::Reject(_)) if *who == leg)
        });
        if crosses || self.legs.get(&leg).is_none_or(|party| party.over || party.answered) {
            return;
        }
        self.queue
            .retain(|(at, _), happening| !matches!(happening, Happening::Does(who, _) if *who == leg && *at > arrives));
        self.schedule(arrives, Happening::Does(leg, Action::Reject(487)));
    }

    fn length(&self, clip: &Clip) -> Millis {
        match clip {
            Clip::Silence { ms } | Clip::Ring { ms: Some(ms), .. } => *ms,
            Clip::Audio { .. } | Clip::Say { .. } | Clip::Ring { ms: None, .. } => self.scenario.play,
        }
    }

    fn reply(&mut self, request: &Request) -> Reply {
        let rules = &self.scenario.http;
        let found =
            rules.iter().position(|rule| matches(&rule.method, &request.method) && matches(&rule.url, &request.url));
        let nothing = Reply { after: Millis(0), status: 404, headers: Vec::new(), body: String::new() };
        let Some((index, rule)) = found.and_then(|index| Some((index, rules.get(index)?))) else { return nothing };
        let count = self.replied.entry(index).or_insert(0);
        let reply = rule.replies.get(*count).or(rule.replies.last()).cloned().unwrap_or(nothing);
        *count += 1;
        reply
    }
}

fn tell(leg: LegId, media: MediaId, tells: Tells) -> Event {
    match tells {
        Tells::Progress(progress) => Event::Progress { leg, media, progress },
        Tells::Done(result) => Event::MediaDone { leg, media, result, error: None },
    }
}

fn attempt_of(callee: &Callee, number: usize) -> &[Doing] {
    callee.attempts.get(number).or(callee.attempts.last()).map_or(&[], Vec::as_slice)
}

fn failed(leg: LegId, status: u16) -> Event {
    Event::Failed { leg, status, reason: String::new(), headers: Vec::new(), sip_call_id: Some(call_id(leg)) }
}

/// A key takes a fifth of a second, `w` half of one, `W` a whole one.
fn digits_length(digits: &str) -> Millis {
    Millis(
        digits
            .chars()
            .map(|key| match key {
                'w' => 500,
                'W' => 1_000,
                _ => 200,
            })
            .sum(),
    )
}

fn call_id(leg: LegId) -> String {
    format!("{leg}@simulation")
}

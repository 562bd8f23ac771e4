//! The world itself: a queue of things that will happen, and what orders do to it.

use super::answers::{Answers, Slot};
use super::begin::digits_length;
use super::run::SimulatedRequest;
use super::scenario::{Action, Doing, Scenario};
use super::turn::{Stage, Tells};
use crate::id::{FetchId, LegId, MediaId};
use crate::time::{Instant, Millis};
use crate::wire::{Cause, Command, Event, MediaResult, Progress, Request};
use alloc::{format, string::String, sync::Arc, vec::Vec};
use litemap::LiteMap;

#[derive(Clone, Debug, Default)]
pub(super) struct Party {
    pub(super) answered: bool,
    pub(super) over: bool,
    /// A machine answered.
    pub(super) machine: bool,
    pub(super) media: Option<MediaId>,
}

#[derive(Clone, Debug)]
pub(super) enum Happening {
    Does(LegId, Action),
    Fact(Event),
    /// The end of a clip.
    Clip(LegId, MediaId, MediaResult),
    /// News of an activity.
    Turn(LegId, MediaId, Tells),
}

/// When something happens; at the same time, in the order in which their causes came.
pub(super) type Key = (Instant, u32, u32);

/// Something that the world may tell more about.
#[derive(Clone, Debug)]
pub(super) struct Open {
    /// When it began.
    pub(super) begun: Instant,
    /// What is told of it comes in this place among what happens at the same time.
    pub(super) base: u32,
    /// How much was told, or will be.
    pub(super) told: u32,
    /// Where answers are written down; nowhere if the scenario says what happens.
    pub(super) slot: Option<Slot>,
    /// The flow cannot go on as it should without being told.
    pub(super) needs: bool,
    /// How long it takes at most; 0 where that is not the world's business.
    pub(super) limit: Millis,
    /// Somebody said that nothing will be told.
    pub(super) silent: bool,
    /// The order that began it, or the address.
    pub(super) name: String,
}

/// What the world may be asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    /// A party.
    Leg(LegId),
    /// A request.
    Fetch(FetchId),
    /// A clip or an activity.
    Media(LegId, MediaId),
}

#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) scenario: Arc<Scenario>,
    /// In a session: what was answered. Without it, nobody is asked.
    pub(super) answers: Option<Answers>,
    pub(super) queue: LiteMap<Key, Happening>,
    queued: u32,
    pub(super) open: LiteMap<Subject, Open>,
    pub(super) legs: LiteMap<LegId, Party>,
    pub(super) dialled: LiteMap<usize, usize>,
    pub(super) replied: LiteMap<usize, usize>,
    pub(super) requests: Vec<SimulatedRequest>,
    pub(super) stage: Stage,
    caller_answered: bool,
}

impl World {
    /// A world at the beginning of a call.
    pub(super) fn new(scenario: Arc<Scenario>, answers: Option<Answers>) -> World {
        let mut world = World {
            scenario: Arc::clone(&scenario),
            answers,
            queue: LiteMap::new(),
            queued: 0,
            open: LiteMap::new(),
            legs: LiteMap::new(),
            dialled: LiteMap::new(),
            replied: LiteMap::new(),
            requests: Vec::new(),
            stage: Stage::default(),
            caller_answered: false,
        };
        let base = world.schedule_all(LegId::CALLER, Instant::ZERO, &scenario.caller_does);
        world.opens(Subject::Leg(LegId::CALLER), Instant::ZERO, base, None, false, String::new());
        world
    }

    pub(super) fn base(&mut self) -> u32 {
        self.queued += 1;
        self.queued
    }

    pub(super) fn schedule(&mut self, at: Instant, happening: Happening) {
        let base = self.base();
        self.queue.insert((at, base, 0), happening);
    }

    pub(super) fn schedule_all(&mut self, leg: LegId, from: Instant, does: &[Doing]) -> u32 {
        self.legs.insert(leg, Party::default());
        let base = self.base();
        for (at, doing) in does.iter().enumerate() {
            self.queue.insert((from + doing.at, base, at as u32), Happening::Does(leg, doing.action.clone()));
        }
        base
    }

    /// In a session, more may be told of this.
    pub(super) fn opens(
        &mut self,
        subject: Subject,
        begun: Instant,
        base: u32,
        slot: Option<Slot>,
        needs: bool,
        name: String,
    ) {
        if self.answers.is_some() {
            let told = self.queue.keys().filter(|key| key.1 == base).count() as u32;
            let limit = Millis(0);
            self.open.insert(subject, Open { begun, base, told, slot, needs, limit, silent: false, name });
        }
    }

    /// A party is gone, and with it what was done with its audio.
    pub(super) fn end(&mut self, now: Instant, leg: LegId) {
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
    pub(super) fn caller_gives_up(&mut self, now: Instant) -> Option<Event> {
        self.legs.get(&LegId::CALLER).filter(|party| !party.over)?;
        self.end(now, LegId::CALLER);
        Some(Event::Ended { leg: LegId::CALLER, cause: Cause::Normal, headers: Vec::new() })
    }

    /// When something happens next, dead legs left out.
    pub(super) fn next(&mut self) -> Option<Key> {
        loop {
            let (key, first) = self.queue.first()?;
            let key = *key;
            let dead = |leg: &LegId| self.legs.get(leg).is_none_or(|party| party.over);
            let idle = match first {
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
                Happening::Clip(leg, media, _) => {
                    dead(leg) || self.legs.get(leg).is_none_or(|party| party.media != Some(*media))
                }
                Happening::Fact(_) => false,
            };
            if !idle {
                return Some(key);
            }
            self.queue.remove(&key);
        }
    }

    /// Lets the next thing happen.
    pub(super) fn take(&mut self) -> Option<Event> {
        let key = *self.queue.first()?.0;
        let happening = self.queue.remove(&key)?;
        let event = self.happens(key.0, happening)?;
        if let Some(done) = told_last(&event) {
            self.open.remove(&done);
        }
        Some(event)
    }

    fn happens(&mut self, at: Instant, happening: Happening) -> Option<Event> {
        match happening {
            Happening::Fact(event) => Some(event),
            Happening::Clip(leg, media, result) => {
                self.legs.get_mut(&leg)?.media = None;
                Some(Event::MediaDone { leg, media, result, error: None })
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

    pub(super) fn obey(&mut self, now: Instant, command: &Command) {
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
            Command::Play { leg, media, clip, .. } => self.clip(now, command, *leg, *media, self.length(clip)),
            Command::SendDigits { leg, media, digits } => self.clip(now, command, *leg, *media, digits_length(digits)),
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
                self.fetch(now, *fetch, request);
            }
            Command::Notify { request, .. } => self.record(now, request),
            Command::Ring { .. } | Command::Bridge { .. } | Command::Unbridge { .. } | Command::Done { .. } => {}
            order => self.begin(now, order),
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

    /// What a callee does before the CANCEL arrives still happens; an answer among it crosses.
    fn cancel(&mut self, now: Instant, leg: LegId) {
        let arrives = now + self.scenario.delay;
        let crosses = self.queue.iter().any(|((at, ..), happening)| {
            *at <= arrives
                && matches!(happening, Happening::Does(who, Action::Answer(_) | Action::Reject(_)) if *who == leg)
        });
        if crosses || self.legs.get(&leg).is_none_or(|party| party.over || party.answered) {
            return;
        }
        self.queue.retain(
            |(at, ..), happening| !matches!(happening, Happening::Does(who, _) if *who == leg && *at > arrives),
        );
        self.schedule(arrives, Happening::Does(leg, Action::Reject(487)));
    }
}

fn tell(leg: LegId, media: MediaId, tells: Tells) -> Event {
    match tells {
        Tells::Progress(progress) => Event::Progress { leg, media, progress },
        Tells::Done(result) => Event::MediaDone { leg, media, result, error: None },
    }
}

pub(super) fn failed(leg: LegId, status: u16) -> Event {
    Event::Failed { leg, status, reason: String::new(), headers: Vec::new(), sip_call_id: Some(call_id(leg)) }
}

fn call_id(leg: LegId) -> String {
    format!("{leg}@simulation")
}

/// What this was the last word about.
fn told_last(event: &Event) -> Option<Subject> {
    match event {
        Event::Failed { leg, .. } | Event::Ended { leg, .. } => Some(Subject::Leg(*leg)),
        Event::MediaDone { leg, media, .. } => Some(Subject::Media(*leg, *media)),
        Event::Fetched { fetch, .. } => Some(Subject::Fetch(*fetch)),
        Event::Ringing { .. }
        | Event::EarlyMedia { .. }
        | Event::Answered { .. }
        | Event::Digit { .. }
        | Event::Progress { .. }
        | Event::Notified { .. } => None,
    }
}

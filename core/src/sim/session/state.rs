//! A call and its world at one moment.

use super::super::answers::Answers;
use super::super::run::start_of;
use super::super::scenario::Scenario;
use super::super::turn::Tells;
use super::super::world::{Happening, Key, Subject, World};
use super::fact::Given;
use super::told::{Places, Told};
use crate::engine::{Engine, Loaded, WaitsOn};
use crate::id::LegId;
use crate::time::Instant;
use crate::value::Value;
use crate::wire::{Ended, Kind, Place};
use alloc::{sync::Arc, vec::Vec};

/// A call and its world, to be continued in any number of ways.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) engine: Engine,
    pub(super) world: World,
    pub(super) now: Instant,
    /// What happened last, among all that happens at the same time.
    pub(super) last: Key,
    /// How many inputs there were at this time.
    pub(super) inputs: u32,
    deadline: Option<Instant>,
    pub(super) ended: Option<Arc<Ended>>,
    /// The steps that began what is not over.
    pub(super) places: Places,
    /// Legs from whom no key or word will come at this step.
    quiet: Vec<LegId>,
}

impl State {
    /// A call that begins, with what is told of it. One that does not ask knows the scenario only.
    pub(super) fn begin(loaded: &Arc<Loaded>, scenario: &Arc<Scenario>, asks: bool) -> (State, Vec<Told>) {
        let start = start_of(scenario, &loaded.source, loaded.dialect);
        let engine = Engine::open(Arc::clone(loaded), start);
        let world = World::new(Arc::clone(scenario), asks.then(Answers::default));
        let mut state = State {
            engine,
            world,
            now: Instant::ZERO,
            last: (Instant::ZERO, 0, 0),
            inputs: 0,
            deadline: None,
            ended: None,
            places: Places::default(),
            quiet: Vec::new(),
        };
        let told = state.settle();
        (state, told)
    }

    /// Lets the next thing happen; nothing when nothing will.
    pub(super) fn step(&mut self) -> Option<Vec<Told>> {
        if self.ended.is_some() {
            return None;
        }
        let before = self.now;
        loop {
            match (self.world.next(), self.deadline) {
                (Some(key), deadline) if deadline.is_none_or(|deadline| key.0 <= deadline) => {
                    self.now = self.now.max(key.0);
                    self.last = key;
                    // A happening that came to nothing is no input.
                    let Some(event) = self.world.take() else { continue };
                    self.engine.handle_event(self.now, event);
                }
                (_, Some(deadline)) => {
                    self.now = self.now.max(deadline);
                    self.last = (deadline, u32::MAX, u32::MAX);
                    self.engine.handle_timeout(self.now);
                }
                (_, None) => return None,
            }
            self.inputs = if self.now > before { 1 } else { self.inputs + 1 };
            return Some(self.settle());
        }
    }

    /// When the next thing happens.
    pub(super) fn next(&mut self) -> Option<Key> {
        if self.ended.is_some() {
            return None;
        }
        let deadline = self.deadline.map(|deadline| (deadline, u32::MAX, u32::MAX));
        match (self.world.next(), deadline) {
            (Some(next), Some(deadline)) => Some(next.min(deadline)),
            (next, deadline) => next.or(deadline),
        }
    }

    /// Gives the engine's orders to the world and keeps what was told.
    fn settle(&mut self) -> Vec<Told> {
        let step = self.engine.take_step();
        for command in &step.commands {
            self.world.obey(self.now, command);
        }
        self.world.requests.clear();
        self.deadline = step.deadline;
        self.ended = step.ended.map(Arc::new);
        let mut told = Vec::with_capacity(step.trace.len());
        for entry in step.trace {
            if let Kind::Note(note) = &entry.kind
                && note.name == "step"
            {
                self.quiet.retain(|leg| note.leg != Some(*leg));
            }
            told.push(self.places.tell(entry));
        }
        told
    }

    /// Applies an answer.
    pub(super) fn give(&mut self, given: &Given) -> bool {
        let Some(subject) = self.world.subject_of(given) else { return false };
        let told = self.world.tell(self.last, subject, given).is_ok();
        if told {
            self.hush(subject);
        }
        told
    }

    /// Whether the time of an earlier answer has come, and what it is about is there.
    pub(super) fn is_due(&mut self, given: &Given) -> bool {
        let Some(open) = self.world.subject_of(given).and_then(|subject| self.world.open.get(&subject)) else {
            return false;
        };
        let at = given.given_at(open.begun);
        let next = self.next();
        next.is_none_or(|next| next.0 > at) || (self.now == at && self.inputs >= given.behind())
    }

    /// Somebody says that a leg says nothing.
    pub(super) fn hush(&mut self, subject: Subject) {
        let silent = self.world.open.get(&subject).is_some_and(|open| open.silent);
        if let (Subject::Leg(leg), true) = (subject, silent) {
            self.quiet.push(leg);
        }
    }

    /// What somebody has to be asked before time may pass.
    pub(super) fn undecided(&self) -> Vec<Subject> {
        let mut asked = Vec::new();
        if self.ended.is_some() {
            return asked;
        }
        let talks = self.talk_is_open();
        for (subject, open) in self.world.open.iter().filter(|(_, open)| open.needs && !open.silent) {
            let coming = self.world.queue.keys().any(|key| key.1 == open.base);
            let waits = match subject {
                Subject::Leg(leg) if self.engine.is_dialling(*leg) => !coming,
                Subject::Leg(leg) => {
                    talks
                        && !coming
                        && self.engine.is_there(*leg)
                        && self.engine.legs().get(leg.0 as usize).is_some_and(|leg| leg.peer.is_some())
                }
                Subject::Fetch(_) => open.told == 1,
                Subject::Media(..) => !coming,
            };
            if waits {
                asked.push(*subject);
            }
        }
        for (leg, what, _) in self.engine.waits() {
            let says = |happening: &Happening| match happening {
                Happening::Does(other, _) => *other == leg,
                Happening::Turn(other, _, Tells::Progress(_)) => *other == leg,
                _ => false,
            };
            let scripted = leg == LegId::CALLER && !self.world.scenario.caller_does.is_empty()
                || self
                    .world
                    .open
                    .get(&Subject::Leg(leg))
                    .is_none_or(|open| leg != LegId::CALLER && open.slot.is_none());
            if matches!(what, WaitsOn::Collect { .. })
                && !scripted
                && !self.quiet.contains(&leg)
                && !self.world.queue.values().any(says)
            {
                asked.push(Subject::Leg(leg));
            }
        }
        asked
    }

    /// Two talk, and nobody is going to hang up.
    fn talk_is_open(&self) -> bool {
        let waits = self.engine.waits().iter().any(|(leg, what, _)| *leg == LegId::CALLER && *what == WaitsOn::Dial);
        let leaves =
            |happening: &Happening| matches!(happening, Happening::Does(_, super::super::scenario::Action::HangUp(_)));
        waits && !self.world.queue.values().any(leaves)
    }

    /// The step that waits for something of a subject.
    pub(super) fn waits_at(&self, subject: Subject) -> Option<Place> {
        let waits = self.engine.waits();
        let of = |wanted: LegId| waits.iter().find(|(leg, ..)| *leg == wanted).and_then(|(.., place)| *place);
        match subject {
            Subject::Leg(LegId::CALLER) => of(LegId::CALLER),
            Subject::Leg(leg) => of(leg).or_else(|| self.places.of(subject)),
            Subject::Fetch(_) | Subject::Media(..) => self.places.of(subject),
        }
    }

    /// The variables of the caller's flow.
    pub(super) fn variables(&self) -> Value {
        match &self.ended {
            Some(ended) => ended.vars.clone(),
            None => Value::Object(self.engine.variables()),
        }
    }
}

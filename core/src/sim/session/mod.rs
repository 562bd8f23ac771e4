//! A simulation that asks: whatever its scenario does not say is answered while it runs.
//!
//! What was answered is kept, so that one can go back, answer otherwise on another branch, run a
//! changed document through the same answers, and write all of it down as a scenario.

mod awaiting;
mod fact;
mod replay;
mod show;
mod state;
mod timeline;
mod told;
mod until;
mod write;

pub use replay::{NoJournal, Replay};
pub use show::SessionEvent;
pub use until::{Stopped, Until};

use super::read::read_onto;
use super::scenario::Scenario;
use crate::diag::Diagnostic;
use crate::engine::{Loaded, load};
use crate::id::MediaId;
use crate::time::{Instant, Millis};
use crate::value::{Object, Value};
use crate::wire::Dialect;
use alloc::{string::String, sync::Arc, vec::Vec};
use show::Map;
use state::State;
use timeline::{Document, Timeline};

/// Inputs of one run after which it is given up.
const MOST_INPUTS: usize = 20_000;

/// An interactive simulation.
#[derive(Clone, Debug)]
pub struct Session {
    scenario: Arc<Scenario>,
    dialect: Option<Dialect>,
    asks: bool,
    branches: Vec<Timeline>,
    /// The branch that is looked at.
    current: usize,
    /// How many of its events have happened.
    position: usize,
    /// The moment that the last of these belongs to, and everything as it was then.
    moment: usize,
    state: State,
    /// The time that was reached, which may be later than the last event.
    clock: Instant,
}

impl Session {
    /// A session of a document. What the scenario says happens, everything else is asked.
    ///
    /// # Errors
    /// What is wrong with the scenario.
    pub fn new(loaded: Arc<Loaded>, scenario: Option<&str>) -> Result<Session, Vec<Diagnostic>> {
        let scenario = match scenario {
            Some(source) => read_onto(source, Scenario::asking())?,
            None => Scenario::asking(),
        };
        Ok(Session::with(loaded, scenario, true))
    }

    /// One that asks nothing: whatever the scenario does not say is as in [`super::simulate`], but that a call of
    /// which nothing more comes is left waiting.
    #[must_use]
    pub fn scripted(loaded: Arc<Loaded>, scenario: Scenario) -> Session {
        Session::with(loaded, scenario, false)
    }

    fn with(loaded: Arc<Loaded>, scenario: Scenario, asks: bool) -> Session {
        let dialect = loaded.dialect;
        let scenario = Arc::new(scenario);
        let map = Map::new(&loaded);
        let (timeline, state) = Timeline::begin(Arc::new(Document { loaded, map }), &scenario, asks);
        Session {
            scenario,
            dialect,
            asks,
            clock: state.now,
            branches: Vec::from([timeline]),
            current: 0,
            position: 0,
            moment: 0,
            state,
        }
    }

    /// The document that is simulated.
    #[must_use]
    pub fn document(&self) -> Option<&Loaded> {
        self.timeline().map(|timeline| &*timeline.document.loaded)
    }

    fn timeline(&self) -> Option<&Timeline> {
        self.branches.get(self.current)
    }

    /// How many events have happened.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// How many events are known on this branch.
    #[must_use]
    pub fn length(&self) -> usize {
        self.timeline().map_or(0, Timeline::len)
    }

    /// The time that was reached.
    #[must_use]
    pub fn clock(&self) -> Instant {
        self.clock
    }

    /// Whether the call has ended where we are.
    #[must_use]
    pub fn ended(&self) -> bool {
        self.state.ended.is_some()
    }

    /// Goes on by one event. False when nothing will happen by itself.
    pub fn step(&mut self) -> bool {
        if self.position >= self.end_of_moment() && !self.advance() {
            return false;
        }
        self.position += 1;
        self.clock = self.clock.max(self.state.now);
        true
    }

    fn end_of_moment(&self) -> usize {
        let moment = self.timeline().and_then(|timeline| timeline.moments.get(self.moment));
        moment.map_or(0, |moment| moment.first + moment.told.len())
    }

    /// Goes to the next moment, known or new. False when there is none.
    fn advance(&mut self) -> bool {
        let Some(timeline) = self.branches.get_mut(self.current) else { return false };
        if self.moment < timeline.last() {
            timeline.follow(self.moment, self.moment + 1, &mut self.state);
        } else if !timeline.grow(&mut self.state) {
            return false;
        }
        self.moment += 1;
        true
    }

    /// Goes to where so many events have happened, back or forth.
    pub fn jump(&mut self, index: usize) {
        let Some(timeline) = self.branches.get(self.current) else { return };
        let index = index.min(timeline.len());
        let moment = timeline.moment_of(index.saturating_sub(1));
        if moment != self.moment {
            let Some(state) = timeline.state(moment, Some((self.moment, &self.state))) else { return };
            self.state = state;
        }
        self.moment = moment;
        self.position = index;
        self.clock = self.state.now;
    }

    /// Everything that may be answered here.
    #[must_use]
    pub fn awaiting(&self) -> Vec<Value> {
        self.timeline().map(|timeline| awaiting::awaiting(&self.state, &timeline.document.map)).unwrap_or_default()
    }

    /// Answers: a fact happens so long from now. In the past it begins a new branch.
    ///
    /// # Errors
    /// Nobody waits for it, or it is no fact.
    pub fn answer(&mut self, fact: &Value, after: Millis) -> Result<(), String> {
        let open = &self.state.world.open;
        let leg_of = |media: MediaId| {
            open.keys().find_map(|subject| match subject {
                super::world::Subject::Media(leg, other) if *other == media => Some(*leg),
                _ => None,
            })
        };
        let (subject, fact) = fact::read(fact, &leg_of)?;
        // On a copy: an answer that is refused must leave no trace.
        let mut state = self.state.clone();
        let given = {
            // At a time without inputs, none was before it.
            let behind = if self.clock > state.now { 0 } else { state.inputs };
            state.world.answer((self.clock, state.last, behind), subject, after, fact)?
        };
        state.hush(subject);
        let (current, position, moment) = (self.current, self.position, self.moment);
        let Some(timeline) = self.branches.get_mut(current) else { return Ok(()) };
        if moment < timeline.last() {
            let mut branch = timeline.fork(moment, (current, position));
            branch.pending.push(given);
            self.branches.push(branch);
            self.current = self.branches.len() - 1;
        } else {
            timeline.pending.push(given);
        }
        self.state = state;
        self.position = self.end_of_moment();
        Ok(())
    }

    /// Events of this branch; `to` is behind the last one.
    #[must_use]
    pub fn events(&self, from: usize, to: usize) -> Vec<SessionEvent<'_>> {
        let Some(timeline) = self.timeline() else { return Vec::new() };
        timeline.document.map.events(from, timeline.told(from).take(to.saturating_sub(from)))
    }

    /// The caller's variables after so many events, or here.
    #[must_use]
    pub fn variables(&self, at: Option<usize>) -> Value {
        let moment = |at: usize| self.timeline().map_or(0, |timeline| timeline.moment_of(at.saturating_sub(1)));
        match at.map(moment) {
            Some(moment) if moment != self.moment => {
                let state =
                    self.timeline().and_then(|timeline| timeline.state(moment, Some((self.moment, &self.state))));
                state.map(|state| state.variables()).unwrap_or_default()
            }
            Some(_) | None => self.state.variables(),
        }
    }

    /// Every branch: its number, the one it left and where, how long it is.
    #[must_use]
    pub fn branches(&self) -> Vec<Value> {
        let number = |number: usize| Value::Number(number as f64);
        let branch = |(at, timeline): (usize, &Timeline)| {
            let mut branch = Object::new().with("id", number(at)).with("length", number(timeline.len()));
            if let Some((parent, index)) = timeline.parent {
                branch.set("parent", number(parent));
                branch.set("at", number(index));
            }
            let end = timeline.moments.last().map_or(0, |moment| moment.at.0);
            branch.set("t", Value::Number(end as f64));
            branch.set("current", Value::Bool(at == self.current));
            Value::Object(branch)
        };
        self.branches.iter().enumerate().map(branch).collect()
    }

    /// Looks at another branch, at its end. False when there is none of that number.
    pub fn switch(&mut self, branch: usize) -> bool {
        let Some(timeline) = self.branches.get(branch) else { return false };
        let Some(state) = timeline.state(timeline.last(), None) else { return false };
        (self.moment, self.position, self.current) = (timeline.last(), timeline.len(), branch);
        self.clock = state.now;
        self.state = state;
        true
    }

    /// Runs a changed document through the same answers to the same time. Tells the first event
    /// that is not the same, or nothing.
    ///
    /// # Errors
    /// The document cannot be run; the old one stays.
    pub fn reload(&mut self, text: &str) -> Result<Option<Value>, Arc<Loaded>> {
        let loaded = Arc::new(load(text, self.dialect));
        if !loaded.runs() {
            return Err(loaded);
        }
        let Some(old) = self.branches.get(self.current).cloned() else { return Ok(None) };
        let document = Arc::new(Document { map: Map::new(&loaded), loaded });
        let (mut new, mut state) = Timeline::begin(document, &self.scenario, self.asks);
        new.parent = old.parent;
        let end = old.moments.last().map_or(self.clock, |moment| moment.at.max(self.clock));
        let mut answers = old.answers();
        for _ in 0..MOST_INPUTS {
            let mut later: Vec<fact::Given> = Vec::new();
            for given in answers {
                // What was said of one thing is said in the same order.
                let first = !later.iter().any(|other| other.is_about(&given));
                if first && state.is_due(&given) && state.give(&given) {
                    new.pending.push(given);
                } else {
                    later.push(given);
                }
            }
            answers = later;
            if state.next().is_none_or(|next| next.0 > end) || !new.grow(&mut state) {
                break;
            }
        }
        let apart = diverges(&old, &new, end);
        let clock = self.clock;
        let events = new.told(0).take_while(|told| told.entry.at <= clock).count();
        let back = events < new.len();
        (self.moment, self.position, self.state) = (new.last(), new.len(), state);
        if let Some(timeline) = self.branches.get_mut(self.current) {
            *timeline = new;
        }
        if back {
            self.jump(events);
        }
        self.clock = clock;
        Ok(apart)
    }

    /// The answers of this branch as a scenario, in YAML: the same happens when it is run. With
    /// `expectations`, what happened is what must happen.
    #[must_use]
    pub fn scenario(&self, expectations: bool) -> String {
        let Some(timeline) = self.timeline() else { return String::new() };
        let Some(end) = timeline.state(timeline.last(), Some((self.moment, &self.state))) else { return String::new() };
        let whole = end.world.answers.unwrap_or_default().added_to(&self.scenario);
        let told: Vec<_> = timeline.told(0).collect();
        let expect = expectations.then(|| write::expectations(&told, end.ended.as_deref()));
        write::scenario(&whole, expect)
    }
}

/// The first event that is not the same on both ways.
fn diverges(old: &Timeline, new: &Timeline, end: Instant) -> Option<Value> {
    let (mut before, mut after) = (old.told(0), new.told(0));
    let mut index = 0;
    loop {
        let (one, other) = (before.next(), after.next());
        let late = |told: Option<&told::Told>| told.is_none_or(|told| told.entry.at > end);
        match (one, other) {
            (Some(one), Some(other)) if show::same(one, other) => index += 1,
            _ if late(one) && late(other) => return None,
            (one, other) => {
                let at = one.into_iter().chain(other).map(|told| told.entry.at.0).min().unwrap_or(0);
                let mut apart =
                    Object::new().with("index", Value::Number(index as f64)).with("t", Value::Number(at as f64));
                for (name, told, timeline) in [("before", one, old), ("after", other, new)] {
                    if let Some(told) = told {
                        apart.set(name, show::value(&timeline.document.map, index, told));
                    }
                }
                return Some(Value::Object(apart));
            }
        }
    }
}

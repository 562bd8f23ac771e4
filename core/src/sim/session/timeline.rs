//! One way a call went: its moments, and enough states to come back to any of them.

use super::super::scenario::Scenario;
use super::fact::Given;
use super::show::Map;
use super::state::State;
use super::told::Told;
use crate::engine::Loaded;
use crate::time::Instant;
use alloc::{sync::Arc, vec::Vec};

/// Events between two states that are kept.
const APART: usize = 64;

/// A document that is simulated.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) loaded: Arc<Loaded>,
    pub(super) map: Map,
}

/// One input and what was told of it.
#[derive(Debug)]
pub(super) struct Moment {
    /// What was answered before it.
    pub(super) answers: Vec<Given>,
    pub(super) told: Vec<Told>,
    /// The number of its first event.
    pub(super) first: usize,
    pub(super) at: Instant,
    /// Everything as it was afterwards; only now and then.
    state: Option<State>,
}

/// One way a call went. Moments are shared by the branches that have them in common.
#[derive(Clone, Debug)]
pub(super) struct Timeline {
    pub(super) document: Arc<Document>,
    /// The branch that it left, and at which event.
    pub(super) parent: Option<(usize, usize)>,
    pub(super) moments: Vec<Arc<Moment>>,
    /// What was answered behind the last moment.
    pub(super) pending: Vec<Given>,
    /// Events since a state was kept.
    loose: usize,
}

impl Timeline {
    /// A call that begins, and how it stands then.
    pub(super) fn begin(document: Arc<Document>, scenario: &Arc<Scenario>, asks: bool) -> (Timeline, State) {
        let (state, told) = State::begin(&document.loaded, scenario, asks);
        let first = Moment { answers: Vec::new(), told, first: 0, at: state.now, state: Some(state.clone()) };
        let moments = Vec::from([Arc::new(first)]);
        (Timeline { document, parent: None, moments, pending: Vec::new(), loose: 0 }, state)
    }

    /// How many events there are.
    pub(super) fn len(&self) -> usize {
        self.moments.last().map_or(0, |moment| moment.first + moment.told.len())
    }

    /// The number of the last moment.
    pub(super) fn last(&self) -> usize {
        self.moments.len().saturating_sub(1)
    }

    /// The moment that an event belongs to.
    pub(super) fn moment_of(&self, event: usize) -> usize {
        self.moments.partition_point(|moment| moment.first <= event).saturating_sub(1)
    }

    /// Lets the next thing happen behind the end. False when nothing will.
    pub(super) fn grow(&mut self, state: &mut State) -> bool {
        let Some(told) = state.step() else { return false };
        let first = self.len();
        self.loose += told.len();
        let keep = self.loose >= APART;
        if keep {
            self.loose = 0;
        }
        let answers = core::mem::take(&mut self.pending);
        let kept = keep.then(|| state.clone());
        self.moments.push(Arc::new(Moment { answers, told, first, at: state.now, state: kept }));
        true
    }

    /// Everything as it was after a moment. `near` is the state after another one, to begin from if that is closer.
    pub(super) fn state(&self, moment: usize, near: Option<(usize, &State)>) -> Option<State> {
        let kept = |at: usize| self.moments.get(at).and_then(|moment| moment.state.as_ref());
        let mut at = moment.min(self.last());
        while kept(at).is_none() && at > 0 {
            at -= 1;
        }
        let mut state = match near {
            // What is pending was given to it already.
            Some((other, state)) if other == moment => return Some(state.clone()),
            Some((other, state)) if at < other && other <= moment => {
                at = other;
                state.clone()
            }
            _ => kept(at)?.clone(),
        };
        self.follow(at, moment, &mut state);
        Some(state)
    }

    /// Brings the state after a moment to that after a later one.
    pub(super) fn follow(&self, from: usize, to: usize, state: &mut State) {
        for next in self.moments.get(from + 1..=to).unwrap_or_default() {
            next.answers.iter().for_each(|given| _ = state.give(given));
            let _told = state.step();
        }
        if to >= self.last() {
            self.pending.iter().for_each(|given| _ = state.give(given));
        }
    }

    /// Every event from a number on.
    pub(super) fn told(&self, from: usize) -> impl Iterator<Item = &Told> {
        let moment = self.moment_of(from);
        let skip = from.saturating_sub(self.moments.get(moment).map_or(0, |moment| moment.first));
        self.moments.get(moment..).unwrap_or_default().iter().flat_map(|moment| moment.told.iter()).skip(skip)
    }

    /// Everything that was answered, in order.
    pub(super) fn answers(&self) -> Vec<Given> {
        self.moments.iter().flat_map(|moment| moment.answers.iter()).chain(&self.pending).cloned().collect()
    }

    /// The same way up to a moment.
    pub(super) fn fork(&self, moment: usize, parent: (usize, usize)) -> Timeline {
        let moments: Vec<Arc<Moment>> = self.moments.iter().take(moment + 1).cloned().collect();
        let kept = moments.iter().rposition(|moment| moment.state.is_some()).unwrap_or(0);
        let loose = moments.iter().skip(kept + 1).map(|moment| moment.told.len()).sum();
        Timeline { document: Arc::clone(&self.document), parent: Some(parent), moments, pending: Vec::new(), loose }
    }
}

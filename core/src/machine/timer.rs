//! Every deadline of a call, in one table. One timer, one owner.

use super::flow::FlowId;
use crate::id::{LegId, MediaId};
use crate::time::Instant;
use litemap::LiteMap;

/// Why we will wake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timer {
    /// A pause ends. Owner: the flow.
    Pause(FlowId),
    /// No key came. Owner: the collecting flow.
    Collect(FlowId),
    /// A branch rang long enough. Owner: its ring group.
    Ring(LegId),
    /// Screening took long enough. Owner: the screening flow.
    Screening(FlowId),
    /// An activity took long enough. Owner: the activity.
    Activity(MediaId),
    /// What a call that is over still does took long enough. Owner: the call.
    Linger,
    /// A bridge lasted long enough. Owner: the bridge.
    Talk,
    /// The call lasted long enough. Owner: the call.
    Call,
}

/// The table; equal deadlines fire in the order they were set.
#[derive(Clone, Debug, Default)]
pub(super) struct Timers {
    deadlines: LiteMap<(Instant, u32), Timer>,
    set: u32,
}

impl Timers {
    pub(super) fn set(&mut self, at: Instant, timer: Timer) {
        self.set += 1;
        self.deadlines.insert((at, self.set), timer);
    }

    pub(super) fn stop(&mut self, timer: Timer) {
        self.deadlines.retain(|_, other| *other != timer);
    }

    pub(super) fn next(&self) -> Option<Instant> {
        self.deadlines.keys().next().map(|(at, _)| *at)
    }

    /// Takes the earliest timer that is due.
    pub(super) fn expired(&mut self, now: Instant) -> Option<Timer> {
        let first = *self.deadlines.first()?.0;
        if first.0 > now { None } else { self.deadlines.remove(&first) }
    }

    pub(super) fn clear(&mut self) {
        self.deadlines.clear();
    }
}

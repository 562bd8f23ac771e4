//! What happened lately: the events of calls under way and of some that are over.

use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::broadcast;

/// Calls that are kept.
const CALLS: usize = 200;
/// Events that are kept of one call; later ones are only sent to those who watch.
const EVENTS: usize = 5_000;
/// Events that a slow reader may be behind before it must start over.
const BEHIND: usize = 4_096;

/// One event with its place among all.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) id: u64,
    pub(super) data: String,
}

/// A call as the list shows it.
#[derive(Debug)]
struct Call {
    /// `call`, `from`, `to`, `at`, and at its end `outcome`, `stopped`, `journal`.
    about: Value,
    over: bool,
    events: Vec<Seen>,
}

/// What the console remembers.
#[derive(Debug)]
pub(super) struct History {
    calls: BTreeMap<u64, Call>,
    /// Calls that are over, the oldest first.
    over: VecDeque<u64>,
    last: u64,
    live: broadcast::Sender<Seen>,
}

impl Default for History {
    fn default() -> History {
        History { calls: BTreeMap::new(), over: VecDeque::new(), last: 0, live: broadcast::channel(BEHIND).0 }
    }
}

impl History {
    /// Takes an event of a call, in the form of `serve --format json`.
    pub(super) fn add(&mut self, number: u64, event: Value) {
        self.last += 1;
        let call = self.calls.entry(number).or_insert_with(|| Call {
            about: json!({ "call": number }),
            over: false,
            events: Vec::new(),
        });
        let copied: &[&str] = match event.get("kind").and_then(Value::as_str) {
            Some("began") => &["from", "to", "unix_ms"],
            Some("over") => &["at", "outcome", "stopped", "journal"],
            _ => &[],
        };
        for name in copied {
            call.about[*name] = event[*name].clone();
        }
        call.over = call.over || event["kind"] == "over";
        let seen = Seen { id: self.last, data: event.to_string() };
        if call.events.len() < EVENTS || call.over {
            call.events.push(seen.clone());
        }
        if call.over {
            self.over.push_back(number);
        }
        while self.over.len() > CALLS {
            if let Some(oldest) = self.over.pop_front() {
                self.calls.remove(&oldest);
            }
        }
        // Nobody may be watching.
        drop(self.live.send(seen));
    }

    /// The calls that are known, the newest first.
    pub(super) fn list(&self) -> Value {
        let about = |call: &Call| {
            let mut about = call.about.clone();
            about["over"] = call.over.into();
            about
        };
        self.calls.values().rev().map(about).collect()
    }

    /// The events of one call.
    pub(super) fn of(&self, number: u64) -> Option<Vec<String>> {
        Some(self.calls.get(&number)?.events.iter().map(|seen| seen.data.clone()).collect())
    }

    /// What is kept behind event `after`, and what comes from now on. A reader who saw nothing yet
    /// is told of the calls under way from their beginning.
    pub(super) fn follow(&self, after: Option<u64>) -> (Vec<Seen>, broadcast::Receiver<Seen>) {
        let wanted = self.calls.values().filter(|call| after.is_some() || !call.over);
        let mut past: Vec<Seen> = wanted
            .flat_map(|call| &call.events)
            .filter(|seen| after.is_none_or(|after| seen.id > after))
            .cloned()
            .collect();
        past.sort_by_key(|seen| seen.id);
        (past, self.live.subscribe())
    }
}

/// A holder that panicked leaves the history as it was.
pub(super) fn lock(history: &Mutex<History>) -> MutexGuard<'_, History> {
    history.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn began(number: u64) -> Value {
        json!({ "call": number, "at": 0, "kind": "began", "from": "+1", "to": "+2" })
    }

    fn over(number: u64) -> Value {
        json!({ "call": number, "at": 9, "kind": "over", "outcome": "completed", "journal": "x.jsonl" })
    }

    #[test]
    fn a_late_reader_is_told_of_calls_under_way_and_of_what_it_missed() {
        let mut history = History::default();
        history.add(1, began(1));
        history.add(1, over(1));
        history.add(2, began(2));
        let (past, _) = history.follow(None);
        assert_eq!(past.iter().map(|seen| seen.id).collect::<Vec<_>>(), [3]);
        let (missed, mut live) = history.follow(Some(1));
        assert_eq!(missed.iter().map(|seen| seen.id).collect::<Vec<_>>(), [2, 3]);
        history.add(2, over(2));
        assert_eq!(live.try_recv().unwrap().id, 4);
        assert_eq!(history.list()[0]["call"], 2);
        assert_eq!(history.list()[1]["outcome"], "completed");
        assert_eq!(history.of(1).unwrap().len(), 2);
    }

    #[test]
    fn only_so_many_calls_are_kept_and_none_that_is_under_way_is_dropped() {
        let mut history = History::default();
        history.add(0, began(0));
        for number in 1..=CALLS as u64 + 5 {
            history.add(number, began(number));
            history.add(number, over(number));
        }
        assert_eq!(history.list().as_array().unwrap().len(), CALLS + 1);
        assert!(history.of(0).is_some() && history.of(5).is_none() && history.of(6).is_some());
    }
}

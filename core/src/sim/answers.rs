//! What was answered where a scenario says nothing, in a scenario's own terms.

use super::scenario::{Callee, Doing, Reply, Rule, Scenario};
use super::turn::{Staging, Turn};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// Which entry of a list, and which attempt of it.
pub(super) type Slot = (usize, usize);

/// An address, a request or an order that nobody scripted, and what happened each time. What
/// happens again and again is kept once, or a long call could not be gone back in.
#[derive(Clone, Debug)]
pub(super) struct Asked<T> {
    name: String,
    runs: Vec<(usize, Vec<T>)>,
    /// It did not go as it usually does.
    unusual: bool,
}

/// Everything that was answered so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    pub(super) caller: Vec<Doing>,
    pub(super) callees: Vec<Asked<Doing>>,
    pub(super) replies: Vec<Asked<Reply>>,
    pub(super) orders: Vec<Asked<Turn>>,
}

/// One more time; `usual` is what happens if nobody says otherwise.
pub(super) fn open<T: PartialEq>(list: &mut Vec<Asked<T>>, name: &str, usual: Vec<T>, unusual: bool) -> Slot {
    let at = list.iter().position(|asked| asked.name == name).unwrap_or_else(|| {
        list.push(Asked { name: name.to_string(), runs: Vec::new(), unusual: false });
        list.len() - 1
    });
    let Some(asked) = list.get_mut(at) else { return (at, 0) };
    asked.unusual |= unusual;
    let nth = asked.runs.iter().map(|run| run.0).sum();
    match asked.runs.last_mut().filter(|run| run.1 == usual) {
        Some(run) => run.0 += 1,
        None => asked.runs.push((1, usual)),
    }
    (at, nth)
}

/// The attempt of a slot, to be changed: from now on it is unusual.
pub(super) fn attempt<T: Clone>(list: &mut [Asked<T>], slot: Slot) -> Option<&mut Vec<T>> {
    let asked = list.get_mut(slot.0)?;
    asked.unusual = true;
    let mut before = slot.1;
    let mut at = 0;
    while let Some(run) = asked.runs.get(at).filter(|run| run.0 <= before) {
        before -= run.0;
        at += 1;
    }
    let (times, does) = asked.runs.get(at)?.clone();
    // It leaves its run, which may go on behind it.
    let parts = [(before, does.clone()), (1, does.clone()), (times - 1 - before, does)];
    asked.runs.splice(at..=at, parts.into_iter().filter(|part| part.0 > 0));
    asked.runs.get_mut(at + usize::from(before > 0)).map(|run| &mut run.1)
}

impl<T: Clone> Asked<T> {
    fn attempts(&self) -> impl Iterator<Item = Vec<T>> {
        self.runs.iter().flat_map(|(times, does)| core::iter::repeat_n(does.clone(), *times))
    }
}

impl Answers {
    /// A scenario in which the same happens without asking anybody.
    pub(super) fn added_to(&self, scenario: &Scenario) -> Scenario {
        let mut whole = scenario.clone();
        whole.caller_does.extend(self.caller.iter().cloned());
        crate::order::sort_by_key(&mut whole.caller_does, |doing| doing.at);
        whole.callees.extend(self.callees.iter().map(|asked| {
            let mut attempts: Vec<_> = asked.attempts().collect();
            attempts.iter_mut().for_each(|does| crate::order::sort_by_key(does, |doing| doing.at));
            Callee { to: asked.name.clone(), attempts }
        }));
        whole.http.extend(self.replies.iter().filter_map(|asked| {
            let (method, url) = asked.name.split_once(' ')?;
            let replies = asked.attempts().map(|replies| replies.into_iter().next().unwrap_or_else(Reply::never));
            Some(Rule { method: method.to_string(), url: url.to_string(), replies: replies.collect() })
        }));
        whole.activities.extend(self.orders.iter().filter(|asked| asked.unusual).map(|asked| {
            let mut attempts: Vec<_> = asked.attempts().collect();
            attempts.iter_mut().for_each(|turns| crate::order::sort_by_key(turns, |turn| turn.at));
            Staging { order: asked.name.clone(), attempts }
        }));
        whole
    }
}

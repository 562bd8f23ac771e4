//! The variables that an instruction can set.

use crate::id::{LegId, MediaId};
use crate::ir::{Activity, AfterDial, Op, Program};
use crate::time::{Instant, Millis};
use crate::value::Object;
use crate::wire::{ActivityFacts, ActivityState, Detected, MediaResult, Progress};
use alloc::{collections::BTreeSet, string::String, vec::Vec};

/// Adds the names that it can set. Activities that were `asked` already need not be asked again.
pub(super) fn sets<'a>(program: &'a Program, op: &'a Op, asked: &mut Vec<&'a Activity>, known: &mut BTreeSet<&'a str>) {
    let mut names: Vec<&str> = Vec::new();
    match op {
        Op::Answer { result, .. } => names.extend(result.iter().map(|(name, _)| *name)),
        Op::Collect(collect) => {
            let words = collect.words;
            names.extend([words.result, words.value, words.terminator, words.confidence].concat());
        }
        Op::SendDigits { result, .. } => names.push(result),
        Op::Request(request) => {
            let words = request.words;
            names.extend(words.result);
            names.extend([words.url, words.code, words.headers, words.body, words.json]);
        }
        Op::Begin(activity) => {
            let alike = |one: &&Activity| core::ptr::eq(one.words, activity.words) && one.family == activity.family;
            if !asked.iter().any(alike) {
                asked.push(activity);
                activity_sets(activity, known);
            }
        }
        Op::Stop { result: Some((name, ..)), .. } => names.push(name),
        Op::Message(message) => names.push(message.result),
        Op::Dial(plan) => {
            if let Some(AfterDial::Variables { words, .. }) = program.dial_plan(*plan).map(|plan| &plan.after) {
                names.extend(words.result);
                names.push(words.reason);
            }
        }
        Op::Set(pairs) => names.extend(pairs.iter().map(|(name, _)| name.strip_prefix("vars.").unwrap_or(name))),
        Op::Unset(unset) => names.extend(unset.iter().map(|name| name.strip_prefix("vars.").unwrap_or(name))),
        Op::Execute { .. } => names.push("return_value"),
        Op::Hangup { .. }
        | Op::Play(_)
        | Op::Stop { result: None, .. }
        | Op::Adjust { .. }
        | Op::UserEvent(_)
        | Op::Pause { .. }
        | Op::Choose(_)
        | Op::Transfer { .. }
        | Op::Return(_)
        | Op::Goto { .. }
        | Op::Label(_)
        | Op::Redirect { .. } => {}
    }
    known.extend(names);
}

/// What a platform makes of an activity is known by asking it, for every way it may go.
fn activity_sets(activity: &Activity, known: &mut BTreeSet<&str>) {
    let told = [
        Progress::Recorded { url: String::new(), duration: Millis(0), size: 0 },
        Progress::Speech { text: String::new(), confidence: 0.0, partial: false },
        Progress::Detected { what: Detected::Human, beep: false },
        Progress::Queued { position: 1, size: 1, average: Millis(0) },
        Progress::Connected { peer: None },
        Progress::Referred { status: 202, notify: None },
    ];
    let states =
        [ActivityState::Running, ActivityState::Over(MediaResult::Finished), ActivityState::Over(MediaResult::Failed)];
    let mut facts = ActivityFacts {
        media: MediaId(0),
        control_id: String::new(),
        leg: LegId(0),
        family: activity.family,
        parameters: Object::new(),
        begun: Instant::ZERO,
        state: ActivityState::Running,
        hung_up: false,
        timed_out: false,
        key: None,
        changed: Instant::ZERO,
        progress: Vec::new(),
    };
    for progress in [Vec::new(), told.into_iter().map(|told| (Instant::ZERO, told)).collect()] {
        facts.progress = progress;
        for state in states {
            facts.state = state;
            known.extend((activity.words.variables)(&facts).into_iter().map(|(name, _)| name));
        }
    }
}

//! `amd`, of `config` for the caller's leg and of `dial` for the callee's: whether a person or a machine is there.
//!
//! The platform decides by the words that it recognises; here the host does, by the same thresholds.

use super::document::hook;
use crate::dialect::reader::{Reader, get, number};
use crate::expr::Template;
use crate::ir::{Activity, ActivityKind, ActivityWords, Data, Then, WaitsFor};
use crate::text::Node;
use crate::value::{Object, Value};
use crate::wire::{ActivityFacts, ActivityState, Detected, MediaResult, Progress};
use alloc::{string::ToString, vec::Vec};

/// What `actionHook` is asked about: our word, the platform's `type`, and the words for people.
pub(super) const NEWS: [(&str, &str, &str); 7] = [
    ("human", "amd_human_detected", "a person"),
    ("machine", "amd_machine_detected", "a machine"),
    ("tone", "amd_tone_detected", "its tone"),
    ("ready", "amd_machine_stopped_speaking", "machine is silent"),
    ("no-speech", "amd_no_speech_detected", "nobody speaks"),
    ("undecided", "amd_decision_timeout", "undecided"),
    ("error", "amd_error", "error"),
];

static WORDS: ActivityWords = ActivityWords {
    variables: |_| Vec::new(),
    settled: |facts| is(facts, Detected::Human) || is(facts, Detected::Ready),
    outcome: |_| None,
};

pub(super) fn lower(reader: &mut Reader<'_>, node: &Node) -> Option<Activity> {
    let seconds = |name: &str, usual: f64| {
        get(node, "timers").and_then(|timers| number(timers, name)).map_or(usual, |ms| ms / 1000.0)
    };
    let literal = |number: f64| Data::Literal(Value::Number(number));
    let silence = literal(seconds("greetingCompletionTimeoutMs", 2.0));
    let mut parameters = Vec::from([
        ("detectors", Data::Literal(Value::from("amd"))),
        ("message_end", Data::Literal(Value::Bool(true))),
        ("begin_within", literal(seconds("noSpeechTimeoutMs", 5.0))),
        ("end_silence", silence.clone()),
        ("ready_silence", silence),
        ("words_threshold", literal(number(node, "thresholdWordCount").unwrap_or(9.0))),
    ]);
    if let Some(language) = get(node, "recognizer").and_then(|recognizer| get(recognizer, "language")) {
        parameters.push(("language", reader.data(language)));
    }
    Some(Activity {
        kind: ActivityKind::Detect,
        family: "amd",
        parameters,
        control_id: None,
        waits: WaitsFor::Nothing,
        limit: Some(Template::fixed(seconds("decisionTimeoutMs", 15.0).to_string())),
        stop_keys: None,
        status: None,
        words: &WORDS,
        result: None,
        then: Then::Each {
            hook: hook(reader, get(node, "actionHook")?, None),
            news,
            longer: Some(("machine", Template::fixed(seconds("toneTimeoutMs", 20.0).to_string()))),
        },
    })
}

/// What the last thing that the host told makes known.
fn news(facts: &ActivityFacts) -> Vec<&'static str> {
    let decided = is(facts, Detected::Human) || is(facts, Detected::Machine);
    match facts.state {
        ActivityState::Over(_) if decided => Vec::new(),
        ActivityState::Over(MediaResult::NoInput) => Vec::from(["no-speech"]),
        ActivityState::Over(MediaResult::Failed) => Vec::from(["error"]),
        // As on the platform when it has no credentials for speech.
        ActivityState::Over(MediaResult::Unsupported) => Vec::new(),
        ActivityState::Over(MediaResult::Finished | MediaResult::Stopped) => Vec::from(["undecided"]),
        ActivityState::Ordered | ActivityState::Running => {
            let Some(((_, Progress::Detected { what, beep }), earlier)) = facts.progress.split_last() else {
                return Vec::new();
            };
            let before = |wanted| detected(earlier).any(|(what, _)| what == wanted);
            let silent = before(Detected::Ready);
            let mut words = Vec::new();
            match what {
                Detected::Human if !before(Detected::Human) => words.push("human"),
                Detected::Machine if !before(Detected::Machine) => words.push("machine"),
                _ => {}
            }
            if *beep && !silent && !detected(earlier).any(|(_, beep)| beep) {
                words.push("tone");
            }
            if *what == Detected::Ready && !silent {
                words.push("ready");
            }
            words
        }
    }
}

fn is(facts: &ActivityFacts, wanted: Detected) -> bool {
    detected(&facts.progress).any(|(what, _)| what == wanted)
}

fn detected(progress: &[(crate::time::Instant, Progress)]) -> impl Iterator<Item = (Detected, bool)> + '_ {
    progress.iter().filter_map(|(_, progress)| match progress {
        Progress::Detected { what, beep } => Some((*what, *beep)),
        _ => None,
    })
}

/// What the hook is told: the `type` of one piece of news and what belongs to it.
pub(super) fn told(facts: &ActivityFacts, word: &str, body: &mut Object) {
    let Some((_, name, _)) = NEWS.iter().find(|(ours, ..)| *ours == word) else { return };
    body.set("type", *name);
    let reason = match word {
        "human" => "short greeting",
        // By its words or its length: the host has no list of what machines say.
        "machine" => "long greeting",
        "error" => return body.set("error", "the detection failed"),
        _ => return,
    };
    body.set("reason", reason);
    let words = facts.latest(|progress| match progress {
        Progress::Speech { text, .. } => Some(text.clone()),
        _ => None,
    });
    if let Some(greeting) = words {
        body.set("greeting", greeting);
    }
    if let Some(language) = facts.parameters.get("language") {
        body.set("language", language.clone());
    }
}

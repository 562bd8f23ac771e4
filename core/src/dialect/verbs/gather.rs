//! `gather`: keys, words, or either, and a hook that is told.

use super::document::{clips, hook, say};
use crate::diag::{Diagnostic, codes};
use crate::dialect::reader::{self, Reader, get, is_true, items};
use crate::expr::Template;
use crate::ir::{AfterCollect, Collect, CollectWords, DuringPrompt, Patience, Play, SpeechPlan};
use crate::text::{Kind, Node};
use alloc::{format, string::ToString, vec::Vec};

/// Seconds from the end of the prompt.
const TIMEOUT: &str = "15";

/// The words are the names of the ports.
static WORDS: CollectWords = CollectWords {
    keys: "digits",
    speech: "speech",
    unclear: "timeout",
    nothing: "timeout",
    failed: "failed",
    ..CollectWords::UNKEPT
};

pub(super) fn lower(reader: &mut Reader<'_>, node: &Node) -> Option<Collect> {
    let before = reader.errors();
    let (keys, speech) = inputs(reader, node);
    let prompt = match (get(node, "say"), get(node, "play")) {
        (Some(inner), _) => say(reader, inner),
        (None, Some(inner)) => clips(reader, inner),
        (None, None) => None,
    };
    let during = match (is_true(node, "listenDuringPrompt"), is_true(node, "dtmfBargein")) {
        (Some(false), _) => DuringPrompt::Ignored,
        (_, Some(false)) => DuringPrompt::Counts,
        _ => DuringPrompt::Stops,
    };
    let collect = Collect {
        keys,
        speech: speech.then(|| recognition(reader, node)),
        status: None,
        prompt: prompt.filter(|prompt: &Play| !prompt.clips.is_empty()),
        during,
        most: most(node),
        terminators: Template::fixed(get(node, "finishOnKey").and_then(Node::as_str).unwrap_or("")),
        patience: patience(reader, node),
        words: &WORDS,
        after: AfterCollect::Hook {
            hook: get(node, "actionHook").map(|value| hook(reader, value, get(node, "id"))),
            also_nothing: true,
            empty_continues: true,
            failure_continues: true,
        },
    };
    (reader.errors() == before).then_some(collect)
}

/// What it listens for: keys, and words.
fn inputs(reader: &mut Reader<'_>, node: &Node) -> (bool, bool) {
    let Some(list) = get(node, "input") else { return (true, false) };
    let (mut keys, mut speech) = (false, false);
    for item in items(list) {
        match item.as_str() {
            Some("digits") => keys = true,
            Some("speech") => speech = true,
            Some(other) => {
                let mut diagnostic = Diagnostic::new(
                    &codes::SILENT,
                    item.span,
                    format!("`{other}` is no input of `gather`: nothing is collected by it"),
                );
                if other == "dtmf" {
                    let text = reader.requote(item.span, "digits");
                    diagnostic = diagnostic
                        .note("the documentation says `dtmf`, the platform only knows `digits`")
                        .fix("use `digits`", item.span, text);
                } else {
                    diagnostic = diagnostic.note("inputs are `digits` and `speech`");
                }
                reader.report(diagnostic);
            }
            None => {}
        }
    }
    (keys, speech)
}

fn number(node: &Node, name: &str) -> Option<f64> {
    reader::number(node, name).filter(|number| *number > 0.0)
}

/// `numDigits` and `maxDigits` end it alike.
fn most(node: &Node) -> Option<Template> {
    let both = [number(node, "numDigits"), number(node, "maxDigits")];
    let least = both.into_iter().flatten().reduce(f64::min)?;
    Some(Template::fixed(least.to_string()))
}

fn patience(reader: &mut Reader<'_>, node: &Node) -> Patience {
    let limit = match get(node, "timeout") {
        None => Some(Template::fixed(TIMEOUT)),
        Some(_) => number(node, "timeout").map(|seconds| Template::fixed(seconds.to_string())),
    };
    let least = number(node, "minDigits").map(|least| least as u32);
    let next = get(node, "interDigitTimeout");
    if let (Some(next), None) = (next, least) {
        let message = "`interDigitTimeout` has no effect without `minDigits`";
        reader.report(Diagnostic::new(&codes::SILENT, next.span, message).note(
            "the platform compares the number of keys with `minDigits`; without it, keys are lost when the time is over",
        ));
    }
    let next = number(node, "interDigitTimeout").map(|seconds| Template::fixed(seconds.to_string()));
    Patience::Once { limit, least, next }
}

fn recognition(reader: &mut Reader<'_>, node: &Node) -> SpeechPlan {
    let mut parameters = Vec::new();
    if let Some(recognizer) = get(node, "recognizer") {
        for (vendor, name) in [("language", "language"), ("hints", "hints"), ("vendor", "engine")] {
            if let Some(value) = get(recognizer, vendor).filter(|value| !matches!(value.kind, Kind::Null)) {
                parameters.push((name, reader.data(value)));
            }
        }
    }
    if let Some(value) = get(node, "speechTimeout") {
        parameters.push(("end_silence", reader.data(value)));
    }
    SpeechPlan { parameters, limit: None, stops_prompt: is_true(node, "bargein") == Some(true) }
}

//! `<Gather>`: keys, words, or either, and an action that is asked when something came.

use super::document::{VERBS, attribute, attributes, hook, no_effect, play, positive, say, unknown_inside};
use crate::diag::{Diagnostic, Severity, codes};
use crate::dialect::reader::Reader;
use crate::expr::Template;
use crate::ir::{
    AfterCollect, ClipKind, ClipPlan, Collect, CollectWords, Data, DuringPrompt, Patience, Play, SpeechPlan, Voice,
};
use crate::text::{Child, Element, Kind, Node};
use crate::value::Value;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Attributes of `<Gather>`, those without effect included.
pub(super) const ATTRIBUTES: &[&str] = &[
    "action",
    "method",
    "input",
    "numDigits",
    "finishOnKey",
    "timeout",
    "language",
    "hints",
    "speechTimeout",
    "startInputKey",
    "partialResultCallback",
    "partialResultCallbackMethod",
];
/// Attributes that are read and do nothing here.
pub(super) static NO_EFFECT: [(&str, &str); 3] = [
    ("startInputKey", "any key begins the input"),
    ("partialResultCallback", "only the final result is told"),
    ("partialResultCallbackMethod", "only the final result is told"),
];
/// What may stand inside: verbs, too.
pub(super) static PROMPTS: [&str; 3] = ["Say", "Play", "Pause"];

/// The words are the names of the ports.
static WORDS: CollectWords = CollectWords {
    keys: "digits",
    speech: "speech",
    unclear: "no-input",
    nothing: "no-input",
    failed: "no-input",
    ..CollectWords::UNKEPT
};

pub(super) fn lower(reader: &mut Reader<'_>, gather: &Element) -> Collect {
    let (keys, speech) = inputs(reader, gather);
    no_effect(reader, gather, &NO_EFFECT);
    let prompt = prompt(reader, gather);
    let wait = Template::fixed(positive(reader, gather, "timeout", 5.0, "13313").to_string());
    Collect {
        keys,
        speech: speech.then(|| recognition(gather)),
        status: None,
        prompt: (!prompt.clips.is_empty()).then_some(prompt),
        during: DuringPrompt::Stops,
        most: most(reader, gather),
        terminators: Template::fixed(finish(reader, gather)),
        patience: Patience::EachKey { first: wait.clone(), next: wait },
        words: &WORDS,
        after: AfterCollect::Hook {
            hook: hook(reader, gather, "action", "method"),
            also_nothing: false,
            empty_continues: false,
            failure_continues: false,
        },
    }
}

fn inputs(reader: &mut Reader<'_>, gather: &Element) -> (bool, bool) {
    let Some((value, span)) = attribute(gather, "input") else { return (true, false) };
    let (mut keys, mut speech) = (false, false);
    for word in value.split_whitespace() {
        match word {
            "dtmf" => keys = true,
            "speech" => speech = true,
            other => {
                let message = format!("`input` is `dtmf`, `speech` or `dtmf speech`, found `{other}`; dtmf is used");
                let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, span, message);
                diagnostic.severity = Severity::Warning;
                reader.report(diagnostic);
            }
        }
    }
    (keys || !speech, speech)
}

/// As many keys as come, without `numDigits`.
fn most(reader: &mut Reader<'_>, gather: &Element) -> Option<Template> {
    let (value, span) = attribute(gather, "numDigits")?;
    if value.parse::<u32>().is_ok_and(|count| count > 0) {
        return Some(Template::fixed(value));
    }
    let message = format!("`numDigits` must be a whole number above 0, found `{value}`; it is ignored");
    let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, span, message).vendor("13314");
    diagnostic.severity = Severity::Warning;
    reader.report(diagnostic);
    None
}

fn finish(reader: &mut Reader<'_>, gather: &Element) -> String {
    let Some((value, span)) = attribute(gather, "finishOnKey") else { return "#".to_string() };
    if value.len() <= 12 && value.chars().all(|key| "0123456789*#".contains(key)) {
        return value.to_string();
    }
    let message = format!("`finishOnKey` must be keys out of 0123456789*#, found `{value}`; # is used");
    let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, span, message).vendor("13310");
    diagnostic.severity = Severity::Warning;
    reader.report(diagnostic);
    "#".to_string()
}

fn recognition(gather: &Element) -> SpeechPlan {
    let text = |value: &str| Data::Literal(Value::from(value));
    let language = attribute(gather, "language").map_or("en-US", |(value, _)| value);
    let mut parameters = Vec::from([("language", text(language))]);
    if let Some((hints, _)) = attribute(gather, "hints") {
        let hints = hints.split(',').map(|hint| Value::from(hint.trim())).collect();
        parameters.push(("hints", Data::Literal(Value::Array(hints))));
    }
    if let Some((seconds, _)) = attribute(gather, "speechTimeout").filter(|(value, _)| value.parse::<f64>().is_ok()) {
        parameters.push(("end_silence", text(seconds)));
    }
    SpeechPlan { parameters, limit: None, stops_prompt: true }
}

/// What is said and played first.
fn prompt(reader: &mut Reader<'_>, gather: &Element) -> Play {
    let mut clips = Vec::new();
    for child in &gather.children {
        let Child::Element(Node { kind: Kind::Element(inner), .. }) = child else { continue };
        let prompts = |(name, _): &&(&str, &[&str])| *name == inner.name && PROMPTS.contains(name);
        let Some((name, known)) = VERBS.iter().find(prompts) else {
            unknown_inside(reader, inner, "Gather", &PROMPTS);
            continue;
        };
        attributes(reader, inner, known);
        let part = match *name {
            "Say" => say(reader, inner),
            "Play" => play(reader, inner),
            _ => Some(silence(reader, inner)),
        };
        let Some(part) = part else { continue };
        // Nobody hears more than a hundred times before they press a key.
        let times = part.times.unwrap_or(100).min(100);
        (0..times).for_each(|_| clips.extend(part.clips.iter().cloned()));
    }
    Play { clips, times: Some(1), volume: None, status: None }
}

fn silence(reader: &mut Reader<'_>, pause: &Element) -> Play {
    let seconds = positive(reader, pause, "length", 1.0, "13910");
    let uri = Template::fixed(format!("silence:{seconds}"));
    let clip = ClipPlan { span: pause.name_span, kind: ClipKind::Uri { uri, voice: Voice::default() } };
    Play { clips: Vec::from([clip]), times: Some(1), volume: None, status: None }
}

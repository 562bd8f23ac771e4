//! `<Record>`: a message of the caller, and an action that is told where it is.
//!
//! Where RestComm's manual, its code and TwiML disagree: without `action` the next verb runs (its code),
//! any key ends the recording (its code and TwiML), and a recording of nothing is told to nobody (TwiML).

use super::document::{attribute, hook, is_true, no_effect, positive};
use crate::diag::{Diagnostic, Severity, codes};
use crate::dialect::reader::Reader;
use crate::expr::Template;
use crate::ir::{Activity, ActivityKind, ActivityWords, Data, Then, WaitsFor};
use crate::text::{Child, Element, Kind, Node};
use crate::value::Value;
use crate::wire::{ActivityFacts, ActivityState, MediaResult, Progress};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Attributes of `<Record>`, those without effect included.
pub(super) const ATTRIBUTES: &[&str] = &[
    "action",
    "method",
    "timeout",
    "finishOnKey",
    "maxLength",
    "playBeep",
    "media",
    "transcribe",
    "transcribeCallback",
    "trim",
    "recordingStatusCallback",
    "recordingStatusCallbackMethod",
    "recordingStatusCallbackEvent",
];
/// Attributes that are read and do nothing here.
pub(super) static NO_EFFECT: [(&str, &str); 6] = [
    ("transcribe", "nothing is written down; the application may do it with the `RecordingUrl` that `action` is told"),
    ("transcribeCallback", "nothing is written down"),
    ("trim", "the host decides what of the silence is kept"),
    ("recordingStatusCallback", "only `action` is told"),
    ("recordingStatusCallbackMethod", "only `action` is told"),
    ("recordingStatusCallbackEvent", "only `action` is told"),
];

const EVERY_KEY: &str = "1234567890*#";
/// The port of a recording that there is.
pub(super) const RECORDED: &str = "recorded";
/// The port of none.
pub(super) const NOTHING: &str = "no-input";

static WORDS: ActivityWords =
    ActivityWords { variables: |_| Vec::new(), settled: |_| false, outcome: |facts| Some(outcome(facts)) };

pub(super) fn lower(reader: &mut Reader<'_>, record: &Element) -> Activity {
    without_effect(reader, record);
    media(reader, record);
    for child in &record.children {
        if let Child::Element(Node { kind: Kind::Element(inner), .. }) = child {
            let message = format!("`<{}>` inside `<Record>` has no effect", inner.name);
            let diagnostic = Diagnostic::new(&codes::IGNORED, inner.name_span, message);
            reader.report(diagnostic.note("put it in front of `<Record>` to have it heard before"));
        }
    }
    let text = |value: String| Data::Literal(Value::from(value));
    let silence = positive(reader, record, "timeout", 5.0, "13611").to_string();
    let most = positive(reader, record, "maxLength", 3600.0, "13612").to_string();
    let parameters = Vec::from([
        ("format", text("wav".to_string())),
        ("side", text("speak".to_string())),
        ("beep", Data::Literal(Value::Bool(beeps(reader, record)))),
        ("begin_within", text(silence.clone())),
        ("end_silence", text(silence)),
    ]);
    Activity {
        kind: ActivityKind::Record,
        family: "Record",
        parameters,
        control_id: None,
        waits: WaitsFor::End,
        limit: Some(Template::fixed(most)),
        stop_keys: Some(Template::fixed(finish(reader, record))),
        status: None,
        words: &WORDS,
        result: None,
        then: match hook(reader, record, "action", "method") {
            Some(hook) => Then::Ask { hook, after: RECORDED, goes_on: false },
            None => Then::GoOn,
        },
    }
}

/// Whether there is a recording; one of silence is none.
fn outcome(facts: &ActivityFacts) -> &'static str {
    if facts.state == ActivityState::Over(MediaResult::NoInput) {
        return NOTHING;
    }
    let recorded = facts.latest(|progress| matches!(progress, Progress::Recorded { .. }).then_some(RECORDED));
    recorded.unwrap_or(NOTHING)
}

fn without_effect(reader: &mut Reader<'_>, record: &Element) {
    let idle: Vec<(&str, &str)> =
        NO_EFFECT.iter().filter(|(name, _)| *name != "transcribe" || is_true(record, name)).copied().collect();
    no_effect(reader, record, &idle);
}

/// Audio is recorded, and no video.
fn media(reader: &mut Reader<'_>, record: &Element) {
    let Some((value, span)) = attribute(record, "media") else { return };
    let diagnostic = match value {
        "audio_only" => return,
        "audio_video" => {
            let message = "video is not recorded: only the audio is kept";
            Diagnostic::new(&codes::IGNORED, span, message).note("`audio_only` asks for just that")
        }
        "video_only" => {
            let message = "recording video without audio is not run by this version";
            Diagnostic::new(&codes::UNSUPPORTED, span, message).note("`audio_only` records the audio")
        }
        other => {
            let message = format!(
                "`media` must be `audio_only`, `video_only` or `audio_video`, found `{other}`; audio_only is used"
            );
            let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, span, message);
            diagnostic.severity = Severity::Warning;
            diagnostic
        }
    };
    reader.report(diagnostic);
}

fn beeps(reader: &mut Reader<'_>, record: &Element) -> bool {
    let Some((value, span)) = attribute(record, "playBeep") else { return true };
    if !["true", "false"].iter().any(|word| value.eq_ignore_ascii_case(word)) {
        let message = format!("`playBeep` must be `true` or `false`, found `{value}`; no beep is played");
        let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, span, message).vendor("13616");
        diagnostic.severity = Severity::Warning;
        reader.report(diagnostic);
    }
    is_true(record, "playBeep")
}

/// The keys that end it; `-1` is none.
fn finish(reader: &mut Reader<'_>, record: &Element) -> String {
    let Some((value, span)) = attribute(record, "finishOnKey") else { return EVERY_KEY.to_string() };
    if value == "-1" {
        return String::new();
    }
    if value.chars().all(|key| EVERY_KEY.contains(key)) {
        return value.to_string();
    }
    let message = format!("`finishOnKey` must be keys out of 0123456789*#, or -1, found `{value}`; any key is used");
    let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, span, message).vendor("13613");
    diagnostic.severity = Severity::Warning;
    reader.report(diagnostic);
    EVERY_KEY.to_string()
}

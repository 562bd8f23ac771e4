//! `<Dial>` and its nouns.

use super::document::{attribute, attributes, hook, is_true, no_effect, positive, text};
use super::sip;
use crate::diag::{Diagnostic, Severity, codes, did_you_mean};
use crate::dialect::reader::Reader;
use crate::expr::Template;
use crate::ir::{
    AfterDial, AnswerWhen, Branch, ClipKind, ClipPlan, Deciding, DialPlan, EarlyMedia, LegChange, LegWatch, PlanId,
    Race, RingGroup, Screening, ScreeningSource,
};
use crate::span::Span;
use crate::text::{Child, Element, Kind, Node};
use crate::time::Millis;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Attributes of `<Dial>`, those without effect included.
pub(super) const ATTRIBUTES: &[&str] = &[
    "action",
    "method",
    "timeout",
    "timeLimit",
    "callerId",
    "hangupOnStar",
    "dialMusic",
    "answerOnBridge",
    "sequential",
    "record",
    "ringTone",
    "trim",
    "recordingStatusCallback",
    "recordingStatusCallbackMethod",
    "recordingStatusCallbackEvent",
    "recordingTrack",
    "referUrl",
    "referMethod",
    "callReason",
];
pub(super) const NO_EFFECT: [(&str, &str); 9] = [
    ("ringTone", "the caller hears the callee's ringing"),
    ("trim", "nothing is recorded"),
    ("recordingStatusCallback", "nothing is recorded"),
    ("recordingStatusCallbackMethod", "nothing is recorded"),
    ("recordingStatusCallbackEvent", "nothing is recorded"),
    ("recordingTrack", "nothing is recorded"),
    ("referUrl", "a REFER is answered 501"),
    ("referMethod", "a REFER is answered 501"),
    ("callReason", "it is not sent"),
];
const NOUN: &[&str] = &["url", "method", "statusCallback", "statusCallbackEvent", "statusCallbackMethod"];
/// Nouns that are dialled.
pub(super) const NOUNS: [&str; 2] = ["Number", "Sip"];
const MOST_NOUNS: usize = 10;

/// Attributes of a noun, those without effect included.
pub(super) fn attributes_of(noun: &str) -> Vec<&'static str> {
    let more: &[&str] = match noun {
        "Sip" => &["username", "password", "name"],
        "Number" => &["sendDigits"],
        _ => &[],
    };
    NOUN.iter().chain(more).copied().collect()
}

/// Lowers a `<Dial>`.
pub(super) fn lower(reader: &mut Reader<'_>, dial: &Element) -> Option<PlanId> {
    no_effect(reader, dial, &NO_EFFECT);
    if let Some((value, span)) = attribute(dial, "record")
        && !["false", "do-not-record"].contains(&value)
    {
        reader.report(Diagnostic::new(&codes::UNSUPPORTED, span, "recording a dial is not run by this version"));
    }
    let before = reader.errors();
    let timeout = positive(reader, dial, "timeout", 30.0, "13212");
    let mut branches = nouns(reader, dial, timeout);
    if branches.is_empty() {
        let (address, span) = text(dial);
        if address.is_empty() {
            if reader.errors() == before {
                let message = "`<Dial>` names nobody; the next verb runs";
                reader.report(Diagnostic::new(&codes::SILENT, dial.name_span, message));
            }
            return None;
        }
        let noun = if address.contains('@') { "Sip" } else { "Number" };
        branches.extend(branch(reader, dial, noun, (&address, span), None, timeout));
    }
    let sequential = is_true(dial, "sequential");
    let groups = if sequential {
        branches.into_iter().map(|branch| RingGroup { branches: Vec::from([branch]) }).collect()
    } else {
        Vec::from([RingGroup { branches }])
    };
    let ringback = attribute(dial, "dialMusic")
        .map(|(url, span)| ClipPlan { span, kind: ClipKind::Audio(Template::fixed(url)) })
        .into_iter()
        .collect();
    let plan = DialPlan {
        groups,
        answer: if is_true(dial, "answerOnBridge") { AnswerWhen::Bridge { media: false } } else { AnswerWhen::Start },
        ringback,
        ringback_volume: None,
        default_tone: Some("us"),
        ringback_loops: true,
        early_media: EarlyMedia::Single,
        race: Race::FirstAnswer,
        deciding: Deciding::Best,
        talk_limit: Some(Template::fixed(positive(reader, dial, "timeLimit", 14400.0, "13212").to_string())),
        hangup_on_star: is_true(dial, "hangupOnStar"),
        capture: None,
        beside: None,
        status_hook: None,
        after: AfterDial::Hook {
            hook: hook(reader, dial, "action", "method"),
            empty_continues: false,
            failure_continues: false,
        },
    };
    (reader.errors() == before).then(|| reader.program.plan(plan))
}

fn nouns(reader: &mut Reader<'_>, dial: &Element, timeout: f64) -> Vec<Branch> {
    let mut branches = Vec::new();
    let mut any = false;
    for child in &dial.children {
        let Child::Element(Node { kind: Kind::Element(noun), .. }) = child else { continue };
        any = true;
        match noun.name.as_str() {
            "Number" | "Sip" | "Uri" => {
                let (address, span) = text(noun);
                if branches.len() == MOST_NOUNS {
                    let message = format!("only the first {MOST_NOUNS} nouns are dialled");
                    reader.report(Diagnostic::new(&codes::TOO_MANY, noun.name_span, message).vendor("13250"));
                    continue;
                }
                branches.extend(branch(reader, dial, &noun.name, (&address, span), Some(noun), timeout));
            }
            "Client" | "Conference" | "Queue" | "Sim" | "Video" => {
                let message = format!("`<{}>` is not run by this version", noun.name);
                reader.report(Diagnostic::new(&codes::UNSUPPORTED, noun.name_span, message));
            }
            other => {
                let message = format!("`<Dial>` has no noun `<{other}>`; it is skipped");
                let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_STEP, noun.name_span, message).vendor("12200");
                diagnostic.severity = Severity::Warning;
                if let Some(near) = did_you_mean(other, ["Number", "Sip", "Client", "Conference", "Queue"]) {
                    diagnostic = diagnostic.note(format!("did you mean `<{near}>`?"));
                }
                reader.report(diagnostic);
            }
        }
    }
    if any {
        let (stray, span) = text(dial);
        if !stray.is_empty() {
            let message = format!("text beside nouns has no effect: `{stray}`");
            reader.report(Diagnostic::new(&codes::IGNORED, span, message));
        }
    }
    branches
}

fn branch(
    reader: &mut Reader<'_>,
    dial: &Element,
    kind: &str,
    (address, span): (&str, Span),
    noun: Option<&Element>,
    timeout: f64,
) -> Option<Branch> {
    if let Some(noun) = noun {
        attributes(reader, noun, &attributes_of(kind));
        if let Some((_, at)) = attribute(noun, "sendDigits") {
            reader.report(Diagnostic::new(&codes::UNSUPPORTED, at, "`sendDigits` is not run by this version"));
        }
        if let Some((_, at)) = attribute(noun, "name") {
            let message = "`name` has no effect here: it is only used with `<Video>`";
            reader.report(Diagnostic::new(&codes::IGNORED, at, message));
        }
    }
    if address.is_empty() {
        let message = format!("`<{kind}>` names nobody; it is skipped");
        reader.report(Diagnostic::new(&codes::NO_DESTINATION, span, message));
        return None;
    }
    let target = sip::target(reader, kind, address, span)?;
    let auth = noun.and_then(|noun| {
        let (user, _) = attribute(noun, "username")?;
        let (password, _) = attribute(noun, "password")?;
        Some((Template::fixed(user), Template::fixed(password)))
    });
    Some(Branch {
        span,
        to: Template::fixed(target.address),
        is_user: false,
        from: attribute(dial, "callerId").map(|(id, _)| Template::fixed(id)),
        from_name: None,
        headers: target.headers.into_iter().map(|(name, value)| (name, Template::fixed(value))).collect(),
        more_headers: None,
        auth,
        via_source: false,
        proxy: None,
        codecs: Vec::new(),
        encryption: None,
        session_timeout: None,
        webrtc: None,
        stream: Vec::new(),
        status_hook: None,
        ring_limit: Template::fixed(timeout.to_string()),
        ring_default: Millis(30_000),
        screening: noun.and_then(|noun| hook(reader, noun, "url", "method")).map(|hook| Screening {
            source: ScreeningSource::Hook { hook, empty_accepts: true },
            limit: Some(Template::fixed("60")),
        }),
        watch: noun.map(|noun| watch(reader, noun)).unwrap_or_default(),
    })
}

fn watch(reader: &mut Reader<'_>, noun: &Element) -> Vec<LegWatch> {
    let changes = match attribute(noun, "statusCallbackEvent") {
        None => Vec::from([LegChange::Ended]),
        Some((events, span)) => events
            .split([',', ' ', '\t', '\n', '\r'])
            .filter(|event| !event.is_empty())
            .filter_map(|event| change(reader, event, span))
            .collect(),
    };
    match hook(reader, noun, "statusCallback", "statusCallbackMethod") {
        Some(hook) => Vec::from([LegWatch { hook, changes }]),
        None => {
            if let Some((_, span)) = attribute(noun, "statusCallbackEvent") {
                let message = "`statusCallbackEvent` without `statusCallback` does nothing";
                reader.report(Diagnostic::new(&codes::SILENT, span, message));
            }
            Vec::new()
        }
    }
}

fn change(reader: &mut Reader<'_>, event: &str, span: Span) -> Option<LegChange> {
    const EVENTS: [(&str, LegChange); 4] = [
        ("initiated", LegChange::Created),
        ("ringing", LegChange::Ringing),
        ("answered", LegChange::Answered),
        ("completed", LegChange::Ended),
    ];
    let found = EVENTS.iter().find(|(name, _)| name.eq_ignore_ascii_case(event));
    if found.is_none() {
        let names: [&str; 4] = EVENTS.map(|(name, _)| name);
        let message =
            format!("`statusCallbackEvent` knows initiated, ringing, answered and completed, found `{event}`");
        let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, span, message);
        diagnostic.severity = Severity::Warning;
        if let Some(near) = did_you_mean(event, names.iter().copied()) {
            diagnostic = diagnostic.note(format!("did you mean `{near}`?"));
        }
        reader.report(diagnostic);
    }
    found.map(|(_, change)| *change)
}

/// A SIP address with its headers taken out.
pub(super) struct Target {
    pub(super) address: String,
    pub(super) headers: Vec<(String, String)>,
}

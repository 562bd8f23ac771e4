//! Applications: arrays of verbs.

use super::verb::{ANSWER, CONFIG, DIAL, GATHER, HANGUP, LISTEN, NOT_YET, PAUSE, PLAY, REDIRECT, SAY, STREAM, VERBS};
use super::{amd, dial, gather, listen};
use crate::diag::{Diagnostic, codes, did_you_mean};
use crate::dialect::reader::{Reader, entries, get, is_true, items};
use crate::dialect::schema::Schema;
use crate::expr::Template;
use crate::ir::{ClipKind, ClipPlan, HookPlan, Instruction, Op, Play, Policy, Precondition, Section, SectionId, Voice};
use crate::span::Span;
use crate::text::{Kind, Node};
use alloc::{
    borrow::Cow,
    boxed::Box,
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Reads a whole application.
pub(crate) fn read<'a>(source: &'a str, root: &Node) -> Reader<'a> {
    let mut reader = Reader::new(source, &super::VENDOR);
    reader.program.policy = Policy {
        unanswered_end: 603,
        refused: 480,
        // The platform means `play` too, and writes `plays`.
        screening_keeps: Some(&["config", "gather", "say", "tag"]),
        ..Policy::default()
    };
    match &root.kind {
        Kind::Array(_) => {}
        Kind::Object(_) => reader.report(
            Diagnostic::new(&codes::REPAIRED, Span::new(root.span.start, root.span.start + 1), "an application is an array of verbs; this is one verb")
                .note("put it between `[` and `]`: the platform refuses it otherwise (malformed jambonz payload: must be array)"),
        ),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Element(_) => {
            reader.wrong_type(&"application", "an array of verbs", root);
            return reader;
        }
    }
    let mut body = Vec::new();
    for item in items(root) {
        if let Some((instruction, span)) = verb(&mut reader, item) {
            body.push(reader.program.instruction(instruction, span));
        }
    }
    let body = reader.program.block(body);
    reader.program.sections.push(Section { name: "application".to_string(), span: root.span, body });
    reader.program.entry = Some(SectionId(0));
    reader
}

/// One verb: `{"verb": "say", …}` or `{"say": {…}}`.
fn verb(reader: &mut Reader<'_>, item: &Node) -> Option<(Instruction, Span)> {
    let Kind::Object(fields) = &item.kind else {
        reader.wrong_type(&"verb", "an object", item);
        return None;
    };
    let (name, at, node): (String, Span, Cow<'_, Node>) = match (item.entry("verb"), fields.as_slice()) {
        (Some(entry), _) => match entry.value.as_str() {
            Some(name) => (name.to_string(), entry.value.span, Cow::Borrowed(item)),
            None => {
                reader.wrong_type(&"verb", "a string", &entry.value);
                return None;
            }
        },
        (None, [only]) => (only.key.text.clone(), only.key.span, Cow::Borrowed(&only.value)),
        (None, _) => {
            let start = Span::new(item.span.start, item.span.start + 1);
            reader.report(
                Diagnostic::new(&codes::MISSING_FIELD, start, "missing `verb` property")
                    .note("an item is `{\"verb\": \"say\", …}` or `{\"say\": {…}}`"),
            );
            return None;
        }
    };
    let Some(schema) = VERBS.iter().copied().find(|schema| schema.name == name) else {
        unknown(reader, &name, at);
        return None;
    };
    // `{"answer": null}` is `{"answer": {}}`.
    let node = match node.kind {
        Kind::Null => Cow::Owned(Node { span: node.span, kind: Kind::Object(Vec::new()) }),
        _ => node,
    };
    if !reader.check(schema, &node) {
        // What stands inside is read all the same, so that its mistakes are told too.
        if core::ptr::eq(schema, &DIAL) {
            dial::lower(reader, &node);
        }
        return None;
    }
    let (precondition, op) = lower(reader, schema, &node)?;
    Some((Instruction { precondition, name: schema.name, op }, item.span))
}

fn unknown(reader: &mut Reader<'_>, name: &str, at: Span) {
    if NOT_YET.contains(&name) {
        return reader.report(
            Diagnostic::new(&codes::UNSUPPORTED, at, format!("`{name}` is not run by this version"))
                .note("the platform runs it; remove it to preview the rest of the flow"),
        );
    }
    let known: Vec<&str> = VERBS.iter().map(|schema| schema.name).chain(NOT_YET.iter().copied()).collect();
    let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_STEP, at, format!("there is no verb `{name}`"));
    if let Some(near) = did_you_mean(name, known.iter().copied()) {
        let text = reader.requote(at, near);
        diagnostic = diagnostic.note(format!("did you mean `{near}`?")).fix(format!("use `{near}`"), at, text);
    }
    reader.report(diagnostic);
}

fn lower(reader: &mut Reader<'_>, schema: &'static Schema, node: &Node) -> Option<(Precondition, Op)> {
    let media =
        if is_true(node, "earlyMedia") == Some(true) { Precondition::EarlyMedia } else { Precondition::Answered };
    if core::ptr::eq(schema, &ANSWER) {
        return Some((Precondition::None, Op::Answer { max_duration: None, codecs: Vec::new(), result: None }));
    }
    if core::ptr::eq(schema, &PAUSE) {
        let length = reader.template(get(node, "length")?);
        return Some((Precondition::None, Op::Pause { unit_ms: 1000, length }));
    }
    if core::ptr::eq(schema, &HANGUP) {
        let headers = get(node, "headers").map(|node| headers(reader, node)).unwrap_or_default();
        return Some((Precondition::OnlyAnswered, Op::Hangup { reason: None, statuses: &[("", 603)], headers }));
    }
    if core::ptr::eq(schema, &REDIRECT) {
        let hook = hook(reader, get(node, "actionHook")?, None);
        return Some((Precondition::None, Op::Redirect { hook, empty_continues: true }));
    }
    if core::ptr::eq(schema, &SAY) {
        return say(reader, node).map(|play| (media, Op::Play(play)));
    }
    if core::ptr::eq(schema, &PLAY) {
        return clips(reader, node).map(|play| (media, Op::Play(play)));
    }
    if core::ptr::eq(schema, &GATHER) {
        return gather::lower(reader, node).map(|collect| (media, Op::Collect(Box::new(collect))));
    }
    if core::ptr::eq(schema, &LISTEN) || core::ptr::eq(schema, &STREAM) {
        return listen::lower(reader, node).map(|activity| (media, Op::Begin(Box::new(activity))));
    }
    if core::ptr::eq(schema, &CONFIG) {
        return Some(match get(node, "amd").and_then(|node| amd::lower(reader, node)) {
            Some(activity) => (Precondition::Answered, Op::Begin(Box::new(activity))),
            None => (Precondition::None, Op::Set(Vec::new())),
        });
    }
    if core::ptr::eq(schema, &DIAL) {
        return dial::lower(reader, node).map(|plan| (Precondition::None, Op::Dial(plan)));
    }
    None
}

/// The clips of a `play`.
pub(super) fn clips(reader: &mut Reader<'_>, node: &Node) -> Option<Play> {
    let clip = |reader: &mut Reader<'_>, node: &Node| ClipPlan {
        span: node.span,
        kind: ClipKind::Audio(reader.template(node)),
    };
    let clips = items(get(node, "url")?).iter().map(|url| clip(reader, url)).collect();
    Some(Play { clips, times: times(reader, node), volume: None, status: None })
}

/// The words of a `say`.
pub(super) fn say(reader: &mut Reader<'_>, node: &Node) -> Option<Play> {
    let Some(text) = get(node, "text") else {
        let message = "`say` needs `text`".to_string();
        reader.report(Diagnostic::new(&codes::MISSING_FIELD, node.span, message));
        return None;
    };
    let synthesizer = get(node, "synthesizer");
    let part = |reader: &mut Reader<'_>, key: &str| {
        synthesizer.and_then(|s| get(s, key)).filter(|v| v.as_str().is_some()).map(|v| reader.template(v))
    };
    let voice = Voice { voice: part(reader, "voice"), language: part(reader, "language"), gender: None };
    let clips = items(text)
        .iter()
        .map(|node| ClipPlan {
            span: node.span,
            kind: ClipKind::Say { text: reader.template(node), voice: voice.clone() },
        })
        .collect();
    Some(Play { clips, times: times(reader, node), volume: None, status: None })
}

/// `loop`: a number (0 counts as 1), a number in a string, or "forever".
fn times(reader: &mut Reader<'_>, node: &Node) -> Option<u32> {
    let Some(value) = get(node, "loop") else { return Some(1) };
    match &value.kind {
        Kind::Number(number) => Some((*number as u32).max(1)),
        Kind::String(scalar) if scalar.text == "forever" => None,
        Kind::String(scalar) => match scalar.text.parse::<u32>() {
            Ok(number) => Some(number.max(1)),
            Err(_) => {
                reader.invalid_word(&"loop", &scalar.text, &["forever"], value);
                Some(1)
            }
        },
        Kind::Null | Kind::Bool(_) | Kind::Array(_) | Kind::Object(_) | Kind::Element(_) => Some(1),
    }
}

/// A hook in either form.
pub(super) fn hook(reader: &mut Reader<'_>, node: &Node, id: Option<&Node>) -> HookPlan {
    let id = id.map(|id| reader.scalar(id));
    let method = get(node, "method").and_then(Node::as_str).unwrap_or("POST");
    let url = get(node, "url").unwrap_or(node);
    HookPlan { url: reader.template(url), method: if method.eq_ignore_ascii_case("GET") { "GET" } else { "POST" }, id }
}

/// An object of headers; values that are no texts are written as JSON.
pub(super) fn headers(reader: &mut Reader<'_>, node: &Node) -> Vec<(String, Template)> {
    let mut headers = Vec::new();
    for entry in entries(node) {
        if crate::dialect::header_is_ours(&entry.key.text) {
            let message = format!("`{}` belongs to the SIP stack and cannot be set", entry.key.text);
            reader.report(Diagnostic::new(&codes::INVALID_VALUE, entry.key.span, message));
            continue;
        }
        headers.push((entry.key.text.clone(), reader.template(&entry.value)));
    }
    headers
}

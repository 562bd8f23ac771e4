//! Documents and verbs.

use super::{dial, gather, record};
use crate::diag::{Diagnostic, Severity, codes, did_you_mean};
use crate::dialect::reader::Reader;
use crate::expr::Template;
use crate::ir::{ClipKind, ClipPlan, HookPlan, Instruction, Op, Play, Policy, Precondition, Section, SectionId, Voice};
use crate::span::Span;
use crate::text::{Attribute, Child, Element, Kind, Node};
use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Verbs that are run and their attributes.
pub(super) const VERBS: [(&str, &[&str]); 9] = [
    ("Say", &["voice", "language", "loop"]),
    ("Play", &["loop"]),
    ("Pause", &["length"]),
    ("Hangup", &[]),
    ("Reject", &["reason"]),
    ("Redirect", &["method"]),
    ("Gather", gather::ATTRIBUTES),
    ("Record", record::ATTRIBUTES),
    ("Dial", dial::ATTRIBUTES),
];

/// Verbs that a platform knows and this version does not run.
pub(super) const NOT_YET: [&str; 18] = [
    "Sms",
    "Email",
    "Fax",
    "Enqueue",
    "Leave",
    "UssdCollect",
    "UssdMessage",
    "Language",
    "Geolocation",
    "Connect",
    "Start",
    "Stop",
    "Refer",
    "Pay",
    "Prompt",
    "Stream",
    "Siprec",
    "Message",
];

/// Reads a whole document.
pub(crate) fn read<'a>(source: &'a str, root: &Node) -> Reader<'a> {
    let mut reader = Reader::new(source, &super::VENDOR);
    reader.program.policy = Policy { unanswered_end: 603, refused: 500, ..Policy::default() };
    let Kind::Element(response) = &root.kind else {
        reader.wrong_type(&"document", "a `<Response>` element", root);
        return reader;
    };
    if response.name != "Response" {
        let message = format!("the document's element must be `<Response>`, found `<{}>`", response.name);
        reader.report(Diagnostic::new(&codes::UNKNOWN_FORMAT, response.name_span, message).vendor("12100"));
        return reader;
    }
    for attribute in &response.attributes {
        if !attribute.name.starts_with("xmlns") && !attribute.name.contains("schemaLocation") {
            unknown_attribute(&mut reader, "Response", &[], attribute);
        }
    }
    let body = verbs(&mut reader, response);
    let body = reader.program.block(body);
    reader.program.sections.push(Section { name: "Response".to_string(), span: response.name_span, body });
    reader.program.entry = Some(SectionId(0));
    reader
}

fn verbs(reader: &mut Reader<'_>, parent: &Element) -> Vec<crate::ir::InstructionId> {
    let mut body = Vec::new();
    for child in &parent.children {
        match child {
            Child::Element(node) => {
                if let Kind::Element(element) = &node.kind
                    && let Some((precondition, name, op)) = verb(reader, element)
                {
                    body.push(reader.program.instruction(Instruction { precondition, name, op }, node.span));
                }
            }
            Child::Text { span, text } if !text.trim().is_empty() => {
                let message = format!("text between verbs has no effect: `{}`", text.trim());
                reader.report(
                    Diagnostic::new(&codes::IGNORED, *span, message).note("put it into `<Say>` to have it said"),
                );
            }
            Child::Text { .. } => {}
        }
    }
    body
}

fn verb(reader: &mut Reader<'_>, element: &Element) -> Option<(Precondition, &'static str, Op)> {
    let Some((name, known)) = VERBS.iter().find(|(name, _)| *name == element.name) else {
        unknown_verb(reader, element);
        return None;
    };
    attributes(reader, element, known);
    let op = match *name {
        "Say" => Op::Play(say(reader, element)?),
        "Play" => Op::Play(play(reader, element)?),
        "Pause" => Op::Pause {
            unit_ms: 1000,
            length: Template::fixed(positive(reader, element, "length", 1.0, "13910").to_string()),
        },
        "Hangup" => Op::Hangup { reason: None, statuses: &[("", 603)], headers: Vec::new() },
        "Reject" => reject(reader, element),
        "Redirect" => Op::Redirect { hook: redirect(reader, element)?, empty_continues: true },
        "Gather" => Op::Collect(Box::new(gather::lower(reader, element))),
        "Record" => Op::Begin(Box::new(record::lower(reader, element))),
        "Dial" => Op::Dial(dial::lower(reader, element)?),
        _ => return None,
    };
    let precondition = match *name {
        "Say" | "Play" | "Gather" | "Record" => Precondition::Answered,
        "Reject" => Precondition::OnlyUnanswered,
        _ => Precondition::None,
    };
    Some((precondition, name, op))
}

fn unknown_verb(reader: &mut Reader<'_>, element: &Element) {
    let name = element.name.as_str();
    if NOT_YET.contains(&name) {
        return reader.report(
            Diagnostic::new(&codes::UNSUPPORTED, element.name_span, format!("`<{name}>` is not run by this version"))
                .note("the platform runs it; remove it to preview the rest of the flow"),
        );
    }
    let known: Vec<&str> = VERBS.iter().map(|(name, _)| *name).chain(NOT_YET).collect();
    let mut diagnostic =
        Diagnostic::new(&codes::UNKNOWN_STEP, element.name_span, format!("there is no verb `<{name}>`; it is skipped"));
    diagnostic.severity = Severity::Warning;
    if ["Number", "Sip", "Client", "Conference", "Uri", "Queue"].contains(&name) {
        diagnostic = diagnostic.note("it is a noun of `<Dial>`");
    } else if let Some(near) = did_you_mean(name, known.iter().copied()) {
        let message = format!("did you mean `<{near}>`? names are case-sensitive");
        diagnostic = diagnostic.note(message);
        if element.close.is_none() {
            diagnostic = diagnostic.fix(format!("rename to `<{near}>`"), element.name_span, near);
        }
    }
    reader.report(diagnostic.vendor("12200"));
}

/// Reports an element that may not stand where it does.
pub(super) fn unknown_inside(reader: &mut Reader<'_>, element: &Element, parent: &str, known: &[&str]) {
    let message = format!("`<{}>` has no place in `<{parent}>`; it is skipped", element.name);
    let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_STEP, element.name_span, message);
    diagnostic.severity = Severity::Warning;
    diagnostic = match did_you_mean(&element.name, known.iter().copied()) {
        Some(near) => diagnostic.note(format!("did you mean `<{near}>`? names are case-sensitive")),
        None => diagnostic.note(format!("`<{}>` may", known.join(">`, `<"))),
    };
    reader.report(diagnostic.vendor("12200"));
}

/// Reports attributes that the element does not have.
pub(super) fn attributes(reader: &mut Reader<'_>, element: &Element, known: &[&str]) {
    for attribute in &element.attributes {
        if !known.contains(&attribute.name.as_str()) {
            unknown_attribute(reader, &element.name, known, attribute);
        }
    }
}

/// Reports attributes that the platform has and that do nothing here.
pub(super) fn no_effect(reader: &mut Reader<'_>, element: &Element, idle: &[(&str, &str)]) {
    for (name, why) in idle {
        if let Some(attribute) = element.attributes.iter().find(|attribute| attribute.name == *name) {
            let message = format!("`{name}` has no effect here: {why}");
            reader.report(Diagnostic::new(&codes::IGNORED, attribute.name_span, message));
        }
    }
}

fn unknown_attribute(reader: &mut Reader<'_>, element: &str, known: &[&str], attribute: &Attribute) {
    let message = format!("`<{element}>` has no attribute `{}`; it is ignored", attribute.name);
    let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, attribute.name_span, message).vendor("12200");
    diagnostic.severity = Severity::Warning;
    let belongs = [
        ("action", "Dial"),
        ("timeout", "Dial"),
        ("callerId", "Dial"),
        ("statusCallback", "Sip"),
        ("statusCallbackEvent", "Sip"),
        ("url", "Sip"),
    ];
    if let Some(near) = did_you_mean(&attribute.name, known.iter().copied()) {
        diagnostic = diagnostic.note(format!("did you mean `{near}`?")).fix(
            format!("rename to `{near}`"),
            attribute.name_span,
            near,
        );
    } else if let Some((_, owner)) = belongs.iter().find(|(name, _)| *name == attribute.name) {
        diagnostic = diagnostic.note(format!("it belongs to `<{owner}>`"));
    }
    reader.report(diagnostic);
}

/// An attribute's value, trimmed; an empty one counts as absent.
pub(super) fn attribute<'e>(element: &'e Element, name: &str) -> Option<(&'e str, Span)> {
    let attribute = element.attributes.iter().find(|attribute| attribute.name == name)?;
    let value = attribute.value.trim();
    (!value.is_empty()).then_some((value, attribute.value_span))
}

/// Texts of an element, joined and trimmed.
pub(super) fn text(element: &Element) -> (String, Span) {
    let mut joined = String::new();
    let mut place: Option<Span> = None;
    for child in &element.children {
        if let Child::Text { span, text } = child {
            if text.trim().is_empty() {
                continue;
            }
            joined.push_str(text);
            place = Some(place.map_or(*span, |place| place.to(*span)));
        }
    }
    (joined.split_whitespace().collect::<Vec<_>>().join(" "), place.unwrap_or(element.name_span))
}

/// A number greater than zero; anything else is the default, with a warning of that vendor's code.
pub(super) fn positive(
    reader: &mut Reader<'_>,
    element: &Element,
    name: &str,
    default: f64,
    vendor: &'static str,
) -> f64 {
    let Some((value, span)) = attribute(element, name) else { return default };
    match value.parse::<f64>() {
        Ok(number) if number > 0.0 && number.is_finite() => number,
        _ => {
            let message = format!("`{name}` must be a number of seconds above 0, found `{value}`; {default} is used");
            let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, span, message).vendor(vendor);
            diagnostic.severity = Severity::Warning;
            reader.report(diagnostic);
            default
        }
    }
}

/// `true` in any case; everything else is false.
pub(super) fn is_true(element: &Element, name: &str) -> bool {
    attribute(element, name).is_some_and(|(value, _)| value.eq_ignore_ascii_case("true"))
}

/// GET or POST in any case; anything else is POST, with a warning.
pub(super) fn method(reader: &mut Reader<'_>, element: &Element, name: &str) -> &'static str {
    match attribute(element, name) {
        None => "POST",
        Some((value, _)) if value.eq_ignore_ascii_case("POST") => "POST",
        Some((value, _)) if value.eq_ignore_ascii_case("GET") => "GET",
        Some((value, span)) => {
            let message = format!("`{name}` must be `GET` or `POST`, found `{value}`; POST is used");
            let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, span, message);
            diagnostic.severity = Severity::Warning;
            reader.report(diagnostic);
            "POST"
        }
    }
}

/// A hook made of a URL attribute and a method attribute.
pub(super) fn hook(reader: &mut Reader<'_>, element: &Element, url: &str, method_name: &str) -> Option<HookPlan> {
    let (value, _) = attribute(element, url)?;
    let url = Template::fixed(value);
    Some(HookPlan { url, method: method(reader, element, method_name), id: None })
}

fn times(reader: &mut Reader<'_>, element: &Element) -> Option<u32> {
    let Some((value, span)) = attribute(element, "loop") else { return Some(1) };
    match value.parse::<u32>() {
        Ok(0) => None,
        Ok(times) => Some(times),
        Err(_) => {
            let message = format!("`loop` must be a whole number, found `{value}`; 1 is used");
            let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, span, message);
            diagnostic.severity = Severity::Warning;
            reader.report(diagnostic);
            Some(1)
        }
    }
}

pub(super) fn say(reader: &mut Reader<'_>, element: &Element) -> Option<Play> {
    let (words, span) = text(element);
    for child in &element.children {
        if let Child::Element(Node { kind: Kind::Element(inner), .. }) = child {
            let message = format!("`<{}>` inside `<Say>` has no effect: only the text is said", inner.name);
            reader.report(Diagnostic::new(&codes::IGNORED, inner.name_span, message));
        }
    }
    if words.is_empty() {
        let message = "`<Say>` without text does nothing";
        reader.report(Diagnostic::new(&codes::SILENT, element.name_span, message).vendor("13510"));
        return None;
    }
    let part = |name: &str| attribute(element, name).map(|(value, _)| Template::fixed(value));
    let voice = Voice { voice: part("voice"), language: part("language"), gender: None };
    let clips = Vec::from([ClipPlan { span, kind: ClipKind::Say { text: Template::fixed(words), voice } }]);
    Some(Play { clips, times: times(reader, element), volume: None, status: None })
}

pub(super) fn play(reader: &mut Reader<'_>, element: &Element) -> Option<Play> {
    let (url, span) = text(element);
    if url.is_empty() {
        let message = "`<Play>` without an address does nothing";
        reader.report(Diagnostic::new(&codes::SILENT, element.name_span, message).vendor("13410"));
        return None;
    }
    let clips = Vec::from([ClipPlan { span, kind: ClipKind::Audio(Template::fixed(url)) }]);
    Some(Play { clips, times: times(reader, element), volume: None, status: None })
}

fn reject(reader: &mut Reader<'_>, element: &Element) -> Op {
    let busy = match attribute(element, "reason") {
        Some(("busy", _)) => true,
        None | Some(("rejected", _)) => false,
        Some((other, span)) => {
            let message = format!("`reason` must be `rejected` or `busy`, found `{other}`; rejected is used");
            let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, span, message);
            diagnostic.severity = Severity::Warning;
            reader.report(diagnostic);
            false
        }
    };
    let statuses: &'static [(&'static str, u16)] = if busy { &[("busy", 486)] } else { &[("rejected", 603)] };
    Op::Hangup { reason: None, statuses, headers: Vec::new() }
}

fn redirect(reader: &mut Reader<'_>, element: &Element) -> Option<HookPlan> {
    let (url, _) = text(element);
    if url.is_empty() {
        let message = "`<Redirect>` without an address does nothing; the next verb runs";
        reader.report(Diagnostic::new(&codes::SILENT, element.name_span, message));
        return None;
    }
    Some(HookPlan { url: Template::fixed(url), method: method(reader, element, "method"), id: None })
}

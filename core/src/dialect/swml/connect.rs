//! `connect`: every form of it is one dial plan.

use super::method::{CONNECT, DESTINATION, PLAY};
use super::step::Steps;
use crate::diag::{Diagnostic, codes};
use crate::dialect::reader::{entries, get, is_true, items};
use crate::expr::Template;
use crate::ir::{
    AfterDial, AnswerWhen, Branch, ClipPlan, Deciding, DialPlan, EarlyMedia, HookPlan, LegChange, LegWatch, PlanId,
    Race, RingGroup, Screening, ScreeningSource, Voice, Words,
};
use crate::span::Span;
use crate::text::{Entry, Kind, Node};
use crate::time::Millis;
use crate::url::is_sip;
use crate::wire::Cause;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// What the platform puts into variables after a `connect`.
static WORDS: Words = Words {
    result: &["connect_result", "return_value"],
    reason: "connect_failed_reason",
    connected: "connected",
    failed: "failed",
    causes: cause_word,
};

/// The platform's word for why a leg ended, as real calls show it (camelCase).
pub(super) fn cause_word(cause: Cause) -> &'static str {
    match cause {
        Cause::Normal => "hangup",
        Cause::Busy => "busy",
        Cause::Decline => "decline",
        Cause::NoAnswer => "noAnswer",
        Cause::Cancel => "cancel",
        Cause::TimeLimit => "max_duration",
        Cause::NotFound | Cause::Error => "error",
    }
}

const STRATEGIES: [&str; 4] = ["to", "serial", "parallel", "serial_parallel"];

/// Lowers a checked `connect`.
pub(super) fn lower(steps: &mut Steps<'_, '_>, node: &Node, span: Span, depth: usize) -> Option<PlanId> {
    let result = get(node, "result").map(|result| steps.choice(result, "connect_result", depth));
    let used: Vec<&Entry> = STRATEGIES.iter().filter_map(|name| node.entry(name)).collect();
    let strategy = match used.as_slice() {
        [one] => *one,
        // A misspelt one was told.
        [] if entries(node).iter().any(|entry| CONNECT.meant(entry).is_some_and(|m| STRATEGIES.contains(&m))) => {
            return None;
        }
        [] => {
            let vendor = Some("relay_script_method_parameter_missing");
            let diagnostic = Diagnostic::new(
                &codes::MISSING_FIELD,
                span,
                "`connect` needs one of `to`, `serial`, `parallel`, `serial_parallel`",
            );
            steps.reader.report_vendor(diagnostic, vendor);
            return None;
        }
        [first, second, ..] => {
            let vendor = Some("relay_script_method_parameter_conflict");
            let message = format!(
                "`connect` takes one dialling strategy: `{}` stands beside `{}`",
                second.key.text, first.key.text
            );
            steps.reader.report_vendor(Diagnostic::new(&codes::CONFLICT, second.key.span, message), vendor);
            return None;
        }
    };
    let groups = groups(steps, node, strategy, depth)?;
    let result = match result {
        Some(result) => Some(result?),
        None => None,
    };
    let run = match get(node, "execute_after_queue").or_else(|| get(node, "transfer_after_bridge")) {
        // The platform's own recipe has the words, which name no document.
        Some(text) if matches!(text.as_str(), Some("true" | "false")) => None,
        Some(text) => Some(steps.target(text)?),
        None => None,
    };
    let single_stream = strategy.key.text == "to" && value_starts(steps, &strategy.value, "stream:");
    let plan = DialPlan {
        groups,
        answer: if is_true(node, "answer_on_bridge") == Some(true) {
            AnswerWhen::Bridge { media: get(node, "ringback").is_some() }
        } else {
            AnswerWhen::Start
        },
        ringback: ringback(steps, node),
        ringback_volume: get(node, "ringback")
            .and_then(|body| get(body, "volume"))
            .map(|volume| steps.reader.template(volume)),
        default_tone: Some("us"),
        ringback_loops: true,
        early_media: EarlyMedia::Single,
        race: Race::FirstAccepted,
        deciding: Deciding::Last,
        talk_limit: Some(match get(node, "max_duration") {
            Some(limit) => steps.reader.template(limit),
            None => Template::fixed("14400"),
        }),
        hangup_on_star: false,
        capture: None,
        beside: None,
        // A stream tells about itself, not about the dial.
        status_hook: if single_stream { None } else { get(node, "status_url").map(|url| steps.reader.url_hook(url)) },
        after: AfterDial::Variables { words: &WORDS, result, run },
    };
    Some(steps.reader.program.plan(plan))
}

fn groups(steps: &mut Steps<'_, '_>, top: &Node, strategy: &Entry, depth: usize) -> Option<Vec<RingGroup>> {
    let before = steps.reader.errors();
    let value = &strategy.value;
    let groups: Vec<RingGroup> = match strategy.key.text.as_str() {
        "to" => Vec::from([group(steps, top, core::slice::from_ref(value), depth)]),
        "serial" => items(value).iter().map(|one| group(steps, top, core::slice::from_ref(one), depth)).collect(),
        "parallel" => Vec::from([group(steps, top, items(value), depth)]),
        _ => items(value).iter().map(|inner| group(steps, top, items(inner), depth)).collect(),
    };
    if groups.iter().all(|group| group.branches.is_empty()) && steps.reader.errors() == before {
        let message = format!("`connect.{}` names nobody", strategy.key.text);
        steps.reader.report_vendor(
            Diagnostic::new(&codes::INVALID_VALUE, value.span, message),
            Some("relay_script_method_parameter_invalid_value"),
        );
    }
    (steps.reader.errors() == before).then_some(groups)
}

fn group(steps: &mut Steps<'_, '_>, top: &Node, destinations: &[Node], depth: usize) -> RingGroup {
    let branches = destinations.iter().filter_map(|node| branch(steps, top, node, depth)).collect();
    RingGroup { branches }
}

/// A destination: an object, or just its address.
fn branch(steps: &mut Steps<'_, '_>, top: &Node, node: &Node, depth: usize) -> Option<Branch> {
    let object;
    let destination = match &node.kind {
        Kind::Object(_) => node,
        Kind::String(_) | Kind::Number(_) => {
            let key = crate::text::Key { span: node.span, text: "to".to_string() };
            let separator = Span::new(node.span.start, node.span.start);
            object = Node {
                span: node.span,
                kind: Kind::Object(Vec::from([Entry { key, separator, value: node.clone() }])),
            };
            &object
        }
        Kind::Null | Kind::Bool(_) | Kind::Array(_) | Kind::Element(_) => {
            steps.reader.wrong_type(&"destination", "an object with `to`, or an address", node);
            return None;
        }
    };
    // A single `to` was checked together with `connect` itself.
    let checked = matches!(node.kind, Kind::Object(_));
    if checked && !steps.reader.check(&DESTINATION, destination) {
        return None;
    }
    let to = get(destination, "to")?;
    address(steps, to);
    let from = get(destination, "from").or_else(|| get(top, "from"));
    let from_name = get(destination, "from_name").or_else(|| get(top, "from_name"));
    let timeout = get(destination, "timeout").or_else(|| get(top, "timeout"));
    let (mut headers, mut more_headers) = (Vec::new(), None);
    for source in [get(top, "headers"), get(destination, "headers")].into_iter().flatten() {
        read_headers(steps, source, &mut headers, &mut more_headers);
    }
    let confirm = get(destination, "confirm").or_else(|| get(top, "confirm"));
    let confirm_timeout = get(destination, "confirm_timeout").or_else(|| get(top, "confirm_timeout"));
    let own = |name: &str| get(destination, name).or_else(|| get(top, name));
    let username = get(destination, "username").or_else(|| get(top, "username"));
    let password = get(destination, "password").or_else(|| get(top, "password"));
    Some(Branch {
        span: destination.span,
        to: steps.reader.template(to),
        is_user: false,
        from: from.map(|node| steps.reader.template(node)),
        from_name: from_name.map(|node| steps.reader.template(node)),
        headers,
        more_headers,
        auth: match (username, password) {
            (Some(user), Some(password)) => Some((steps.reader.template(user), steps.reader.template(password))),
            _ => None,
        },
        via_source: false,
        proxy: None,
        codecs: get(destination, "codecs")
            .or_else(|| get(top, "codecs"))
            .map(|node| codec_list(steps, node))
            .unwrap_or_default(),
        ring_limit: timeout.map_or_else(|| Template::fixed("60"), |node| steps.reader.template(node)),
        ring_default: Millis(60_000),
        screening: confirm.map(|node| screening(steps, node, confirm_timeout, depth)),
        watch: watch(steps, top, destination),
        encryption: own("encryption").map(|node| steps.reader.template(node)),
        session_timeout: own("session_timeout").map(|node| steps.reader.template(node)),
        webrtc: own("webrtc_media").map(|node| steps.reader.template(node)),
        stream: steps.stream_fields(if checked { destination } else { top }),
        status_hook: if checked || value_starts(steps, to, "stream:") {
            steps.status(if checked { destination } else { top })
        } else {
            None
        },
    })
}

/// Says early what cannot be dialled.
fn address(steps: &mut Steps<'_, '_>, to: &Node) {
    let text = steps.reader.scalar(to);
    let trimmed = text.trim();
    if crate::dialect::schema::has_placeholder(trimmed) {
        return;
    }
    if let Some(url) = trimmed.strip_prefix("stream:") {
        if !url.starts_with("wss://") && !url.starts_with("ws://") {
            let message = format!("a stream goes to a `wss://` address, found `{url}`");
            let vendor = Some("relay_script_method_parameter_invalid_value");
            steps.reader.report_vendor(Diagnostic::new(&codes::INVALID_VALUE, to.span, message), vendor);
        }
    } else if trimmed.strip_prefix("queue:").is_some_and(|name| !name.trim().is_empty()) {
        // Whoever waits first in the queue.
    } else if trimmed.starts_with('/') {
        let message = format!("`{trimmed}` is a resource address: the host needs a route for it, else the dial fails");
        steps.reader.report(
            Diagnostic::new(&codes::NO_DESTINATION, to.span, message)
                .note("give the host `--route '/public/*=sip:…'`, or a scenario a callee of this address"),
        );
    } else if !is_sip(trimmed) && !is_number(trimmed) {
        let message = format!("`{trimmed}` is neither a phone number nor a SIP address; the dial will fail");
        steps.reader.report(
            Diagnostic::new(&codes::NO_DESTINATION, to.span, message)
                .note("write `+15551234567` or `sip:alice@example.com`"),
        );
    }
}

fn is_number(address: &str) -> bool {
    let digits = address.strip_prefix('+').unwrap_or(address);
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | ' ' | '(' | ')'))
}

pub(super) fn codec_list(steps: &mut Steps<'_, '_>, node: &Node) -> Vec<String> {
    if matches!(node.kind, Kind::Array(_)) {
        let message = "`codecs` is a text with commas; the list is taken as one";
        steps.reader.report(Diagnostic::new(&codes::COERCED, node.span, message));
    }
    let texts = items(node).iter().map(|node| steps.reader.scalar(node));
    texts.flat_map(|text| text.split(',').map(|codec| codec.trim().to_string()).collect::<Vec<_>>()).collect()
}

/// `{X-A: 1}` or `[{name: X-A, value: 1}]`.
fn read_headers(
    steps: &mut Steps<'_, '_>,
    node: &Node,
    headers: &mut Vec<(String, Template)>,
    more: &mut Option<crate::ir::Data>,
) {
    match &node.kind {
        Kind::Object(fields) => {
            for field in fields {
                header_name(steps, &field.key.text, field.key.span);
                let value = steps.reader.template(&field.value);
                headers.push((field.key.text.clone(), value));
            }
        }
        Kind::Array(list) => {
            for item in list {
                let (Some(name), Some(value)) = (get(item, "name"), get(item, "value")) else {
                    let vendor = Some("relay_script_method_parameter_missing");
                    let diagnostic =
                        Diagnostic::new(&codes::MISSING_FIELD, item.span, "a header needs `name` and `value`");
                    steps.reader.report_vendor(diagnostic, vendor);
                    continue;
                };
                for extra in entries(item).iter().filter(|entry| !["name", "value"].contains(&entry.key.text.as_str()))
                {
                    let message = format!("a header has `name` and `value`, found `{}`", extra.key.text);
                    let vendor = Some("relay_script_method_parameter_undefined");
                    steps.reader.report_vendor(Diagnostic::new(&codes::UNKNOWN_FIELD, extra.key.span, message), vendor);
                }
                let text = steps.reader.scalar(name);
                header_name(steps, &text, name.span);
                let value = steps.reader.template(value);
                headers.push((text, value));
            }
        }
        Kind::String(_) => *more = Some(steps.reader.data(node)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Element(_) => {}
    }
}

/// Headers that a document must never set.
fn header_name(steps: &mut Steps<'_, '_>, name: &str, span: Span) {
    if crate::dialect::header_is_ours(name) {
        let message = format!("`{name}` belongs to the SIP stack and cannot be set");
        let vendor = Some("relay_script_method_parameter_invalid_value");
        steps.reader.report_vendor(Diagnostic::new(&codes::INVALID_VALUE, span, message), vendor);
    }
}

fn screening(steps: &mut Steps<'_, '_>, node: &Node, limit: Option<&Node>, depth: usize) -> Screening {
    let limit = limit.map(|node| steps.reader.template(node));
    let source = match &node.kind {
        Kind::Array(_) => {
            let outer = core::mem::replace(&mut steps.screening, true);
            let block = steps.block(node, depth);
            steps.screening = outer;
            ScreeningSource::Block(block)
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) | Kind::Element(_) => {
            ScreeningSource::Hook { hook: steps.reader.url_hook(node), empty_accepts: false }
        }
    };
    Screening { source, limit }
}

fn watch(steps: &mut Steps<'_, '_>, top: &Node, destination: &Node) -> Vec<LegWatch> {
    let Some(url) = get(destination, "call_state_url").or_else(|| get(top, "call_state_url")) else {
        return Vec::new();
    };
    let events = get(destination, "call_state_events").or_else(|| get(top, "call_state_events"));
    let changes = match events {
        None => Vec::from([LegChange::Ended]),
        Some(events) => items(events)
            .iter()
            .filter_map(|event| match event.as_str() {
                Some("created") => Some(LegChange::Created),
                Some("ringing") => Some(LegChange::Ringing),
                Some("answered") => Some(LegChange::Answered),
                Some("ended") => Some(LegChange::Ended),
                Some(_) | None => None,
            })
            .collect(),
    };
    let hook: HookPlan = steps.reader.url_hook(url);
    Vec::from([LegWatch { hook, changes }])
}

/// What the caller hears: play URIs, or a `play` body.
fn ringback(steps: &mut Steps<'_, '_>, node: &Node) -> Vec<ClipPlan> {
    match get(node, "ringback") {
        None => Vec::new(),
        Some(body) if matches!(body.kind, Kind::Object(_)) => {
            if !steps.reader.check(&PLAY, body) {
                return Vec::new();
            }
            steps.play(body).map(|play| play.clips).unwrap_or_default()
        }
        Some(list) => items(list).iter().map(|node| steps.clip(node, &Voice::default())).collect(),
    }
}

/// Whether a literal begins with `prefix`.
fn value_starts(steps: &Steps<'_, '_>, node: &Node, prefix: &str) -> bool {
    steps.reader.scalar(node).trim_start().starts_with(prefix)
}

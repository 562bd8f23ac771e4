//! `dial`: one ring group.

use super::amd;
use super::document::{headers, hook};
use crate::diag::{Diagnostic, codes};
use crate::dialect::reader::{Reader, get, is_true, items, number};
use crate::expr::Template;
use crate::ir::{
    AfterDial, AnswerWhen, Branch, Capture, ClipKind, ClipPlan, Deciding, DialPlan, EarlyMedia, PlanId, Race,
    RingGroup, Screening, ScreeningSource,
};
use crate::span::Span;
use crate::text::Node;
use crate::time::Millis;
use crate::url::is_sip;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

const MOST_TARGETS: usize = 10;

/// Lowers a checked `dial`.
pub(super) fn lower(reader: &mut Reader<'_>, node: &Node) -> Option<PlanId> {
    let targets = get(node, "target")?;
    let before = reader.errors();
    let mut branches: Vec<Branch> = Vec::new();
    let mut seen: Vec<(&str, &str)> = Vec::new();
    let timeout = number(node, "timeout").filter(|timeout| *timeout > 0.0).unwrap_or(60.0);
    let ring_limit = Template::fixed(timeout.to_string());
    let mut dropped: Option<(Span, usize)> = None;
    for target in items(targets) {
        let Some((key, branch)) = target_branch(reader, node, target, &ring_limit) else { continue };
        if seen.contains(&key) {
            let message = format!("`{}` is dialled once: duplicates are dropped", key.1);
            reader.report(Diagnostic::new(&codes::IGNORED, target.span, message));
        } else if seen.len() == MOST_TARGETS {
            let (span, count) = dropped.unwrap_or((target.span, 0));
            dropped = Some((span, count + 1));
        } else {
            seen.push(key);
            branches.push(branch);
        }
    }
    if let Some((span, count)) = dropped {
        let message = format!("only the first {MOST_TARGETS} targets are dialled; {count} from here on are dropped");
        reader.report(Diagnostic::new(&codes::TOO_MANY, span, message));
    }
    if branches.is_empty() && reader.errors() == before {
        let message = "`dial.target` names nobody".to_string();
        reader.report(
            Diagnostic::new(&codes::INVALID_VALUE, targets.span, message).note(
                "the platform waits the whole timeout and then calls the actionHook without any `dial_*` property",
            ),
        );
    }
    let answer_on_bridge = is_true(node, "answerOnBridge") == Some(true);
    let ringback: Vec<ClipPlan> = get(node, "dialMusic")
        .map(|url| ClipPlan { span: url.span, kind: ClipKind::Audio(reader.template(url)) })
        .into_iter()
        .collect();
    let plan = DialPlan {
        groups: Vec::from([RingGroup { branches }]),
        answer: if answer_on_bridge { AnswerWhen::Bridge { media: true } } else { AnswerWhen::Start },
        ringback,
        ringback_volume: None,
        // An inbound caller hears dialMusic once.
        default_tone: None,
        ringback_loops: false,
        early_media: EarlyMedia::Single,
        race: Race::FirstAccepted,
        deciding: Deciding::LastUnlessNoAnswer,
        talk_limit: number(node, "timeLimit")
            .filter(|limit| *limit > 0.0)
            .and_then(|_| get(node, "timeLimit"))
            .map(|n| reader.template(n)),
        hangup_on_star: false,
        capture: capture(reader, node),
        beside: get(node, "amd").and_then(|node| amd::lower(reader, node)),
        status_hook: None,
        after: AfterDial::Hook {
            hook: get(node, "actionHook").map(|value| hook(reader, value, get(node, "id"))),
            empty_continues: true,
            failure_continues: true,
        },
    };
    (reader.errors() == before).then(|| reader.program.plan(plan))
}

/// A target and what makes it equal to another.
fn target_branch<'a: 'n, 'n>(
    reader: &mut Reader<'a>,
    dial: &Node,
    target: &'n Node,
    ring_limit: &Template,
) -> Option<((&'n str, &'n str), Branch)> {
    let kind = get(target, "type").and_then(Node::as_str)?;
    let (field, is_user) = match kind {
        "phone" => ("number", false),
        "sip" => ("sipUri", false),
        "user" => ("name", true),
        _ => {
            let message = format!("targets of type `{kind}` are not run by this version");
            reader.report(Diagnostic::new(&codes::UNSUPPORTED, target.span, message));
            return None;
        }
    };
    let Some(to) = get(target, field) else {
        let message = format!("a `{kind}` target needs `{field}`");
        reader.report(
            Diagnostic::new(&codes::MISSING_FIELD, target.span, message)
                .note("the platform accepts it and then hangs until the ring limit"),
        );
        return None;
    };
    let address = reader.written(to);
    if kind == "sip" && !is_sip(address) {
        let message = format!("`{address}` is no SIP URI");
        let fixed = reader.requote(to.span, &format!("sip:{address}"));
        reader.report(Diagnostic::new(&codes::NO_DESTINATION, to.span, message).fix("add `sip:`", to.span, fixed));
    }
    let mut all_headers: Vec<(String, Template)> = Vec::new();
    for source in [get(dial, "headers"), get(target, "headers")].into_iter().flatten() {
        for (name, value) in headers(reader, source) {
            all_headers.retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
            all_headers.push((name, value));
        }
    }
    let auth = get(target, "auth").and_then(|auth| Some((get(auth, "username")?, get(auth, "password")?)));
    let confirm = get(target, "confirmHook").or_else(|| get(dial, "confirmHook"));
    let proxy = get(target, "proxy").or_else(|| get(dial, "proxy"));
    let branch = Branch {
        span: target.span,
        to: reader.template(to),
        is_user,
        from: get(dial, "callerId").map(|id| reader.template(id)),
        from_name: get(dial, "callerName").map(|name| reader.template(name)),
        headers: all_headers,
        more_headers: None,
        auth: auth.map(|(user, password)| (reader.template(user), reader.template(password))),
        via_source: kind == "phone",
        proxy: proxy.map(|proxy| reader.template(proxy)),
        codecs: Vec::new(),
        encryption: None,
        session_timeout: None,
        webrtc: None,
        stream: Vec::new(),
        status_hook: None,
        ring_limit: ring_limit.clone(),
        ring_default: Millis(60_000),
        screening: confirm.map(|value| Screening {
            source: ScreeningSource::Hook { hook: hook(reader, value, None), empty_accepts: true },
            limit: None,
        }),
        watch: Vec::new(),
    };
    Some(((kind, address), branch))
}

fn capture(reader: &mut Reader<'_>, node: &Node) -> Option<Capture> {
    let patterns = node.entry("dtmfCapture")?;
    let Some(target) = get(node, "dtmfHook") else {
        let at: Span = patterns.key.span;
        let message = "`dtmfCapture` without `dtmfHook` does nothing";
        reader.report(Diagnostic::new(&codes::SILENT, at, message));
        return None;
    };
    let list = |reader: &Reader<'_>, node: Option<&Node>| -> Vec<String> {
        node.map(items).unwrap_or_default().iter().map(|key| reader.scalar(key)).collect()
    };
    let value = &patterns.value;
    let (caller, callee) = match value.entry("parentCall").is_some() || value.entry("childCall").is_some() {
        true => (list(reader, get(value, "parentCall")), list(reader, get(value, "childCall"))),
        false => (list(reader, Some(value)), list(reader, Some(value))),
    };
    Some(Capture { caller, callee, hook: hook(reader, target, None) })
}

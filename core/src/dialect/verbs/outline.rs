//! Verbs as written.

use super::amd;
use super::verb::{NOT_YET, VERBS};
use crate::dialect::outline::{
    Fork, ForkOrder, Form, Goes, Link, LinkKind, Outline, Part, Port, Route, Step, Steps, Target, clipped, dial_ports,
    field, further,
};
use crate::dialect::reader::{entries, get, items};
use crate::text::{Kind, Node};
use crate::wire::Dialect;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Outlines an application.
pub(crate) fn outline(source: &str, root: &Node) -> Outline {
    let (form, list) = match root.kind {
        Kind::Array(_) => {
            let step = |(at, item)| step(source, item, Vec::from([at as u32]), format!("/[{at}]"));
            (Form::List, items(root).iter().enumerate().map(step).collect())
        }
        Kind::Null => (Form::Nothing, Vec::new()),
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) | Kind::Element(_) => {
            (Form::One, Vec::from([step(source, root, Vec::new(), "/[0]".to_string())]))
        }
    };
    let steps = Steps { id: "/".to_string(), route: Vec::new(), span: root.span, form, list };
    let part = Part { name: "application".to_string(), name_span: root.span, entry: true, steps };
    Outline { dialect: Dialect::Verbs, home: None, parts: Vec::from([part]) }
}

fn step(source: &str, item: &Node, route: Route, id: String) -> Step {
    let mut step = Step::at(id, route, item.span);
    let node = match (item.entry("verb"), entries(item)) {
        (Some(entry), _) => {
            step.verb = text(source, &entry.value);
            step.verb_span = entry.value.span;
            item
        }
        (None, [only]) => {
            step.verb.clone_from(&only.key.text);
            step.verb_span = only.key.span;
            step.parameters = further(&step.route, 0);
            &only.value
        }
        (None, _) => {
            step.error = Some(match item.kind {
                Kind::Object(_) => "missing `verb` property".to_string(),
                _ => format!("expected a verb, found {}", item.noun()),
            });
            return step;
        }
    };
    let known = VERBS.iter().any(|schema| schema.name == step.verb) || NOT_YET.contains(&step.verb.as_str());
    if !known {
        step.error = Some(format!("there is no verb `{}`", step.verb));
    }
    let parameters = step.parameters.clone();
    links(&mut step, source, node, &parameters, "");
    let ports = |words: &[(&str, &str)]| -> Vec<Port> {
        words
            .iter()
            .map(|(name, label)| Port { name: (*name).into(), label: (*label).into(), ..Port::default() })
            .collect()
    };
    match step.verb.as_str() {
        "hangup" | "sip:decline" => step.goes = Goes::Ends,
        "redirect" => step.goes = Goes::Leaves,
        "dial" => {
            step.ports = dial_ports(["completed", "busy", "no-answer", "declined", "failed"]);
            step.fork = fork(source, node);
        }
        "gather" => step.ports = ports(&[("digits", "digits"), ("speech", "speech"), ("timeout", "no input")]),
        "config" => step.ports = amd_ports(node),
        _ => {}
    }
    for port in step.ports.iter_mut().filter(|port| port.path.is_empty()) {
        port.path = Vec::from(["actionHook".to_string()]);
    }
    step.summary = summary(source, &step.verb, node);
    step
}

/// The hooks of a verb, and those of its `amd`.
fn links(step: &mut Step, source: &str, node: &Node, parameters: &[u32], inside: &str) {
    for (at, entry) in entries(node).iter().enumerate() {
        let key = entry.key.text.as_str();
        let route = further(parameters, at);
        if key == "amd" && inside.is_empty() {
            links(step, source, &entry.value, &route, "amd.");
        }
        if !key.ends_with("Hook") {
            continue;
        }
        let (place, route) = match field(&entry.value, &route, "url") {
            Some((url, route)) => (&url.value, route),
            None => (&entry.value, route),
        };
        let kind = match (step.verb.as_str(), key) {
            ("redirect", "actionHook") => LinkKind::Document,
            _ => LinkKind::Hook,
        };
        let (to, label) = (text(source, place), format!("{inside}{key}"));
        step.links.push(Link { kind, to, label, span: place.span, route });
    }
}

/// What an `amd` tells while the flow goes on.
fn amd_ports(node: &Node) -> Vec<Port> {
    let port = |name: &str, label: &str| Port {
        name: name.into(),
        label: label.into(),
        path: Vec::from(["amd".to_string(), "actionHook".to_string()]),
        aside: true,
        ..Port::default()
    };
    get(node, "amd").map_or_else(Vec::new, |_| amd::NEWS.iter().map(|(name, _, label)| port(name, label)).collect())
}

fn fork(source: &str, node: &Node) -> Option<Fork> {
    let timeout = get(node, "timeout").map_or_else(|| "60".to_string(), |node| text(source, node));
    let rows: Vec<Target> = items(get(node, "target")?)
        .iter()
        .map(|target| Target { to: address(source, target), timeout: timeout.clone(), turn: 0, span: target.span })
        .collect();
    (!rows.is_empty()).then_some(Fork { order: ForkOrder::Parallel, rows })
}

fn address(source: &str, target: &Node) -> String {
    ["number", "sipUri", "name"].iter().find_map(|key| get(target, key)).map_or_else(String::new, |to| text(source, to))
}

fn summary(source: &str, verb: &str, node: &Node) -> String {
    if verb == "config" {
        let names = entries(node).iter().map(|entry| entry.key.text.as_str());
        let told: Vec<&str> = names.filter(|name| !matches!(*name, "verb" | "id")).collect();
        return clipped(&told.join(", "));
    }
    if let Some(targets) = get(node, "target") {
        let all: Vec<String> = items(targets).iter().map(|target| address(source, target)).collect();
        return clipped(&all.join(", "));
    }
    let telling = ["text", "url", "say", "prompt", "length", "actionHook", "name", "to"];
    let found = telling.iter().find_map(|key| get(node, key)).map(|node| {
        let inner = ["text", "url"].iter().find_map(|key| get(node, key)).unwrap_or(node);
        items(inner).iter().map(|item| text(source, item)).collect::<Vec<_>>().join(", ")
    });
    clipped(&found.unwrap_or_default())
}

fn text(source: &str, node: &Node) -> String {
    match &node.kind {
        Kind::String(scalar) => scalar.text.clone(),
        Kind::Bool(_) | Kind::Number(_) => node.span.of(source).to_string(),
        Kind::Null | Kind::Array(_) | Kind::Object(_) | Kind::Element(_) => String::new(),
    }
}

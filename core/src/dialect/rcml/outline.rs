//! Verbs and nouns as written. A verb's id is its XPath.

use super::document::{NOT_YET, VERBS, attribute, is_true, text};
use super::record;
use crate::dialect::outline::{
    Fork, ForkOrder, Form, Goes, Link, LinkKind, Outline, Part, Port, Route, Step, Steps, Target, clipped, dial_ports,
    further,
};
use crate::text::{Child, Element, Kind, Node};
use crate::wire::Dialect;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

const DEPTH: usize = 8;

/// Outlines a document.
pub(crate) fn outline(root: &Node) -> Outline {
    let mut parts = Vec::new();
    if let Kind::Element(response) = &root.kind {
        let steps = steps(root, response, Vec::new(), &format!("/{}", response.name), 0);
        parts.push(Part { name: response.name.clone(), name_span: response.name_span, entry: true, steps });
    }
    Outline { dialect: Dialect::Rcml, home: None, parts }
}

fn steps(node: &Node, parent: &Element, route: Route, id: &str, depth: usize) -> Steps {
    let mut names: Vec<&str> = Vec::new();
    let mut list = Vec::new();
    for (at, child) in parent.children.iter().enumerate() {
        let Child::Element(node) = child else { continue };
        let Kind::Element(element) = &node.kind else { continue };
        names.push(&element.name);
        let count = names.iter().filter(|name| **name == element.name).count();
        let id = format!("{id}/{}[{count}]", element.name);
        list.push(step(node, element, further(&route, at), id, depth));
    }
    Steps { id: id.to_string(), route, span: node.span, form: Form::Children, list }
}

fn step(node: &Node, element: &Element, route: Route, id: String, depth: usize) -> Step {
    let mut step = Step::at(id, route, node.span);
    step.verb.clone_from(&element.name);
    step.verb_span = element.name_span;
    let name = element.name.as_str();
    if !VERBS.iter().any(|(verb, _)| *verb == name) && !NOT_YET.contains(&name) {
        step.error = Some(format!("there is no verb `<{name}>`; it is skipped"));
    }
    let (words, place) = text(element);
    step.summary = clipped(&words);
    for key in ["action", "statusCallback"] {
        if let Some((to, span)) = attribute(element, key) {
            let (label, route) = (key.to_string(), step.route.clone());
            step.links.push(Link { kind: LinkKind::Hook, to: to.to_string(), label, span, route });
        }
    }
    let port = |name: &str, label: &str| Port {
        name: name.into(),
        label: label.into(),
        path: Vec::from(["action".to_string()]),
        ..Port::default()
    };
    match name {
        "Hangup" | "Reject" => step.goes = Goes::Ends,
        "Redirect" => {
            step.goes = Goes::Leaves;
            let (label, route) = ("text".to_string(), step.route.clone());
            step.links.push(Link { kind: LinkKind::Document, to: words, label, span: place, route });
        }
        "Dial" => {
            step.ports = dial_ports(["completed", "busy", "no-answer", "declined", "failed"]);
            for port in &mut step.ports {
                port.path = Vec::from(["action".to_string()]);
            }
            step.fork = fork(element);
            if let Some(fork) = &step.fork {
                let all: Vec<&str> = fork.rows.iter().map(|row| row.to.as_str()).collect();
                step.summary = clipped(&all.join(", "));
            }
        }
        "Gather" | "Prompt" => {
            let has_prompt = element.children.iter().any(|child| matches!(child, Child::Element(_)));
            if has_prompt && depth < DEPTH {
                let body = steps(node, element, step.route.clone(), &step.id, depth + 1);
                step.ports.push(Port { body: Some(body), aside: true, path: Vec::new(), ..port("prompt", "prompt") });
            }
            let inputs = attribute(element, "input").map_or("dtmf", |(inputs, _)| inputs);
            if inputs.contains("dtmf") {
                step.ports.push(port("digits", "digits"));
            }
            if inputs.contains("speech") {
                step.ports.push(port("speech", "speech"));
            }
            step.ports.push(Port { path: Vec::new(), ..port("no-input", "no input") });
        }
        "Record" => {
            step.ports.push(port(record::RECORDED, "recorded"));
            step.ports.push(Port { path: Vec::new(), ..port(record::NOTHING, "no input") });
        }
        _ => {}
    }
    if step.summary.is_empty() {
        let first =
            element.attributes.iter().find(|attribute| !["password", "username"].contains(&attribute.name.as_str()));
        step.summary = first.map_or_else(String::new, |first| clipped(&format!("{} {}", first.name, first.value)));
    }
    if step.goes == Goes::On && !["Gather", "Record"].contains(&name) && attribute(element, "action").is_some() {
        step.goes = Goes::Leaves;
    }
    step
}

fn fork(dial: &Element) -> Option<Fork> {
    let timeout = attribute(dial, "timeout").map_or("30", |(timeout, _)| timeout).to_string();
    let sequential = is_true(dial, "sequential");
    let nouns = dial.children.iter().filter_map(|child| match child {
        Child::Element(Node { kind: Kind::Element(noun), span }) => Some((noun, *span)),
        Child::Element(_) | Child::Text { .. } => None,
    });
    let mut rows: Vec<Target> = nouns
        .enumerate()
        .map(|(turn, (noun, span))| Target {
            to: text(noun).0,
            timeout: timeout.clone(),
            turn: if sequential { turn as u32 } else { 0 },
            span,
        })
        .collect();
    if rows.is_empty() {
        let (to, span) = text(dial);
        if to.is_empty() {
            return None;
        }
        rows.push(Target { to, timeout, turn: 0, span });
    }
    let order = if sequential { ForkOrder::Sequential } else { ForkOrder::Parallel };
    Some(Fork { order, rows })
}

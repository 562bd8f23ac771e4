//! Sections, steps and their branches as written.

use super::document::MARKERS;
use super::method::{Method, find, values};
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

const DEPTH: usize = 32;

/// Outlines a document.
pub(crate) fn outline(source: &str, root: &Node) -> Outline {
    let writer = Writer { source };
    let mut parts = Vec::new();
    let mut home = None;
    if matches!(root.kind, Kind::Array(_)) {
        let steps = writer.steps(root, Vec::new(), "/", 0);
        parts.push(Part { name: "main".to_string(), name_span: root.span, entry: true, steps });
    } else if let Some((sections, route)) = field(root, &[], "sections") {
        for (at, entry) in entries(&sections.value).iter().enumerate() {
            if MARKERS.contains(&entry.key.text.as_str()) {
                continue;
            }
            let mut id = format!("sections.{}", entry.key.text);
            let (node, way) = match field(&entry.value, &further(&route, at), "code") {
                Some((code, way)) => {
                    id.push_str(".code");
                    (&code.value, way)
                }
                None => (&entry.value, further(&route, at)),
            };
            let steps = writer.steps(node, way, &id, 0);
            let name = entry.key.text.clone();
            parts.push(Part { entry: name == "main", name, name_span: entry.key.span, steps });
        }
        home = Some(route);
    }
    Outline { dialect: Dialect::Swml, home, parts }
}

struct Writer<'s> {
    source: &'s str,
}

impl Writer<'_> {
    fn steps(&self, node: &Node, route: Route, id: &str, depth: usize) -> Steps {
        let form = match node.kind {
            Kind::Array(_) => Form::List,
            Kind::Null => Form::Nothing,
            Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) | Kind::Element(_) => Form::One,
        };
        let list = match form {
            _ if depth > DEPTH => Vec::new(),
            Form::List => items(node)
                .iter()
                .enumerate()
                .map(|(at, item)| self.step(item, further(&route, at), format!("{id}[{at}]"), depth))
                .collect(),
            Form::One => Vec::from([self.step(node, route.clone(), format!("{id}[0]"), depth)]),
            Form::Nothing | Form::Children => Vec::new(),
        };
        Steps { id: id.to_string(), route, span: node.span, form, list }
    }

    fn step(&self, node: &Node, route: Route, id: String, depth: usize) -> Step {
        let mut step = Step::at(id, route, node.span);
        if let Kind::String(scalar) = &node.kind {
            step.verb.clone_from(&scalar.text);
            match find(&step.verb) {
                Some(method) => self.method(&mut step, method, &Node::new(node.span, Kind::Null), depth),
                None => step.error = Some(format!("there is no method `{}`", step.verb)),
            }
            return step;
        }
        let fields: Vec<_> =
            entries(node).iter().enumerate().filter(|(_, e)| !MARKERS.contains(&e.key.text.as_str())).collect();
        let named = (fields.len() > 1).then(|| fields.iter().find(|(_, e)| e.key.text == "label")).flatten();
        if let Some((_, label)) = named {
            step.label = Some(self.text(&label.value));
        }
        let mut methods = fields.iter().filter(|(at, _)| named.is_none_or(|(label, _)| label != at));
        let Some((at, entry)) = methods.next() else {
            step.error = Some(match node.kind {
                Kind::Object(_) => "a step needs a method".to_string(),
                _ => format!("expected a step, found {}", node.noun()),
            });
            return step;
        };
        step.verb.clone_from(&entry.key.text);
        step.verb_span = entry.key.span;
        step.parameters = further(&step.route, *at);
        if let Some((_, extra)) = methods.next() {
            step.error = Some(format!("a step has one method: `{}` stands beside `{}`", extra.key.text, step.verb));
        }
        match find(&step.verb) {
            Some(method) => self.method(&mut step, method, &entry.value, depth),
            None => step.error = Some(format!("there is no method `{}`", step.verb)),
        }
        step
    }

    fn method(&self, step: &mut Step, method: &'static Method, value: &Node, depth: usize) {
        let way = step.parameters.clone();
        let base = format!("{}.{}", step.id, step.verb);
        step.first = method.first;
        step.summary = self.summary(method, value);
        let body = |key: &str| {
            let (entry, route) = field(value, &way, key)?;
            Some(self.steps(&entry.value, route, &format!("{base}.{key}"), depth + 1))
        };
        let port = |name: &str, label: &str, body: Option<Steps>| Port {
            name: name.into(),
            label: label.into(),
            body,
            path: Vec::from([name.to_string()]),
            ..Port::default()
        };
        match method.schema.name {
            "hangup" => step.goes = Goes::Ends,
            "return" => step.goes = Goes::Returns,
            "label" => step.label = Some(step.summary.clone()),
            "goto" => {
                if get(value, "when").is_none() {
                    step.goes = Goes::Leaves;
                }
                self.link(step, value, &way, "label", LinkKind::Label);
            }
            "transfer" => {
                step.goes = Goes::Leaves;
                self.link(step, value, &way, "dest", LinkKind::Jump);
            }
            "execute" => {
                self.link(step, value, &way, "dest", LinkKind::Call);
                step.ports.extend(body("on_return").map(|body| port("on_return", "returned", Some(body))));
            }
            "if" => {
                step.ports.push(port("then", "then", body("then")));
                step.ports.push(Port { otherwise: true, ..port("else", "else", body("else")) });
            }
            "cond" => step.ports = self.arms(value, &way, &base, &[], depth),
            "switch" => step.ports = self.cases(value, &way, &base, &[], "", depth),
            "request" => self.link(step, value, &way, "url", LinkKind::Hook),
            "connect" => {
                step.fork = self.fork(value);
                self.link(step, value, &way, "execute_after_queue", LinkKind::Call);
                if let Some(body) = body("confirm").filter(|body| body.form == Form::List) {
                    step.ports.push(Port { aside: true, ..port("confirm", "screening", Some(body)) });
                }
            }
            _ => {}
        }
        for url in ["status_url", "call_state_url", "status_callback"] {
            self.link(step, value, &way, url, LinkKind::Hook);
        }
        let has_result = method.schema.fields.iter().any(|field| field.name == "result");
        if has_result || method.schema.name == "request" {
            let result = method.sets.iter().find(|variable| !variable.values.is_empty());
            let variable = result.map_or("return_value", |variable| variable.name);
            let ports = self.outcomes(method, value, &way, &base, variable, depth);
            step.ports.extend(ports);
        }
    }

    /// The ways that a method with a `result` may end.
    fn outcomes(&self, m: &Method, value: &Node, way: &[u32], base: &str, variable: &str, depth: usize) -> Vec<Port> {
        if let Some((result, route)) = field(value, way, "result") {
            let base = format!("{base}.result");
            let under = ["result".to_string()];
            return match result.value.kind {
                Kind::Array(_) => self.arms(&result.value, &route, &base, &under, depth),
                _ => self.cases(&result.value, &route, &base, &under, variable, depth),
            };
        }
        let path = |word: &str| ["result", "case", word].map(ToString::to_string).to_vec();
        if m.schema.name == "connect" {
            let mut ports = dial_ports(["connected", "busy", "noAnswer", "decline", "error"]);
            for (at, port) in ports.iter_mut().enumerate() {
                port.path = path(&port.name);
                port.variable = (at > 0).then_some("connect_failed_reason");
            }
            return ports;
        }
        let words = values(variable).unwrap_or_default().iter();
        let named = m.schema.name != "request";
        words
            .map(|word| Port {
                name: (*word).into(),
                label: label(word),
                path: if named { path(word) } else { Vec::new() },
                ..Port::default()
            })
            .collect()
    }

    /// The cases of a switch, those that the platform may choose and nobody wrote included.
    fn cases(&self, node: &Node, way: &[u32], base: &str, under: &[String], variable: &str, depth: usize) -> Vec<Port> {
        let path = |rest: &[&str]| under.iter().cloned().chain(rest.iter().map(ToString::to_string)).collect();
        let named = get(node, "variable").map(|named| self.text(named));
        let variable = named.as_deref().unwrap_or(variable).trim();
        let variable = variable.trim_start_matches(['$', '%', '{']).trim_end_matches('}');
        let keys = variable.ends_with("prompt_value") || variable == "vars.prompt_value";
        let mut ports = Vec::new();
        if let Some((case, route)) = field(node, way, "case") {
            for (at, entry) in entries(&case.value).iter().enumerate() {
                let word = &entry.key.text;
                let body = self.steps(&entry.value, further(&route, at), &format!("{base}.case.{word}"), depth + 1);
                let label = if keys { format!("key {word}") } else { label(word) };
                let path = path(&["case", word]);
                ports.push(Port { name: word.clone(), label, body: Some(body), path, ..Port::default() });
            }
        }
        let default = field(node, way, "default");
        let known = values(super::step::bare_variable(variable)).unwrap_or_default();
        if default.is_none() {
            for word in known.iter().filter(|word| !ports.iter().any(|port| port.name == **word)).collect::<Vec<_>>() {
                let path = path(&["case", word]);
                ports.push(Port { name: (*word).into(), label: label(word), path, ..Port::default() });
            }
        }
        if default.is_some() || known.is_empty() {
            let body =
                default.map(|(entry, route)| self.steps(&entry.value, route, &format!("{base}.default"), depth + 1));
            let (name, label) = ("default".to_string(), "otherwise".to_string());
            ports.push(Port { name, label, body, path: path(&["default"]), otherwise: true, ..Port::default() });
        }
        ports
    }

    /// The arms of a condition.
    fn arms(&self, node: &Node, way: &[u32], base: &str, under: &[String], depth: usize) -> Vec<Port> {
        let mut ports = Vec::new();
        let mut otherwise = None;
        let alone = !matches!(node.kind, Kind::Array(_));
        for (at, item) in items(node).iter().enumerate() {
            let (way, base) =
                if alone { (way.to_vec(), base.to_string()) } else { (further(way, at), format!("{base}[{at}]")) };
            if let Some((then, route)) = field(item, &way, "then") {
                let body = self.steps(&then.value, route, &format!("{base}.then"), depth + 1);
                let label = get(item, "when").map_or_else(String::new, |when| clipped(&self.text(when)));
                let path = under.iter().cloned().chain([at.to_string(), "then".to_string()]).collect();
                ports.push(Port { name: format!("{at}"), label, body: Some(body), path, ..Port::default() });
            }
            if let Some((entry, route)) = field(item, &way, "else") {
                otherwise = Some(self.steps(&entry.value, route, &format!("{base}.else"), depth + 1));
            }
        }
        let path = under.iter().cloned().chain(["else".to_string()]).collect();
        let (name, label) = ("else".to_string(), "otherwise".to_string());
        ports.push(Port { name, label, body: otherwise, path, otherwise: true, ..Port::default() });
        ports
    }

    fn link(&self, step: &mut Step, value: &Node, way: &[u32], key: &str, kind: LinkKind) {
        let (node, route) = match (field(value, way, key), step.first) {
            (Some((entry, route)), _) => (&entry.value, route),
            (None, Some(first)) if first == key && !matches!(value.kind, Kind::Object(_) | Kind::Null) => {
                (value, way.to_vec())
            }
            _ => return,
        };
        let to = self.text(node);
        let label = key.to_string();
        let kind = match kind {
            LinkKind::Jump if to.starts_with("http") => LinkKind::Document,
            other => other,
        };
        step.links.push(Link { kind, to, label, span: node.span, route });
    }

    fn fork(&self, value: &Node) -> Option<Fork> {
        let text = |node: &Node, key: &str| get(node, key).map(|node| self.text(node));
        let timeout = text(value, "timeout");
        let row = |node: &Node, turn: usize| Target {
            to: text(node, "to").unwrap_or_else(|| self.text(node)),
            timeout: text(node, "timeout").or_else(|| timeout.clone()).unwrap_or_else(|| "60".to_string()),
            turn: turn as u32,
            span: node.span,
        };
        if let Some(to) = get(value, "to").or(matches!(value.kind, Kind::String(_)).then_some(value)) {
            let mut only = row(value, 0);
            (only.to, only.span) = (self.text(to), to.span);
            return Some(Fork { order: ForkOrder::Parallel, rows: Vec::from([only]) });
        }
        let list = |key: &str| get(value, key).map(items).unwrap_or_default();
        let serial = list("serial").iter().enumerate().map(|(turn, node)| row(node, turn));
        let parallel = list("parallel").iter().map(|node| row(node, 0));
        let groups = list("serial_parallel").iter().enumerate();
        let both = groups.flat_map(|(turn, group)| items(group).iter().map(move |node| (node, turn)));
        let rows: Vec<Target> = serial.chain(parallel).chain(both.map(|(node, turn)| row(node, turn))).collect();
        let order = ["serial", "serial_parallel"].map(|key| get(value, key).is_some());
        let order = match order {
            [true, _] => ForkOrder::Sequential,
            [_, true] => ForkOrder::SerialParallel,
            [false, false] => ForkOrder::Parallel,
        };
        (!rows.is_empty()).then_some(Fork { order, rows })
    }

    /// What a step is about: its most telling parameter.
    fn summary(&self, method: &Method, value: &Node) -> String {
        const TELLING: [&str; 16] = [
            "to",
            "serial",
            "parallel",
            "serial_parallel",
            "url",
            "urls",
            "play",
            "dest",
            "label",
            "reason",
            "condition",
            "variable",
            "digits",
            "name",
            "text",
            "body",
        ];
        let scalar = |node: &Node| !matches!(node.kind, Kind::Object(_) | Kind::Array(_) | Kind::Null);
        if scalar(value) {
            return clipped(&self.text(value));
        }
        let first = method.first.into_iter().chain(TELLING).find_map(|key| get(value, key));
        match first {
            Some(node) if scalar(node) => clipped(&self.text(node)),
            Some(node) => {
                let texts = items(node).iter().flat_map(|item| match &item.kind {
                    Kind::Array(inner) => inner.iter().collect::<Vec<_>>(),
                    _ => Vec::from([item]),
                });
                let texts: Vec<String> =
                    texts.map(|item| get(item, "to").map_or_else(|| self.text(item), |to| self.text(to))).collect();
                clipped(&texts.join(", "))
            }
            None if method.schema.name == "set" => {
                let names: Vec<&str> = entries(value).iter().map(|entry| entry.key.text.as_str()).collect();
                clipped(&names.join(", "))
            }
            None => String::new(),
        }
    }

    /// A scalar as text; anything larger as nothing.
    fn text(&self, node: &Node) -> String {
        match &node.kind {
            Kind::String(scalar) => scalar.text.clone(),
            Kind::Bool(_) | Kind::Number(_) => node.span.of(self.source).to_string(),
            Kind::Null | Kind::Array(_) | Kind::Object(_) | Kind::Element(_) => String::new(),
        }
    }
}

/// A word of the platform for people.
fn label(word: &str) -> String {
    match word {
        "connected" => "answered".to_string(),
        "noAnswer" => "no answer".to_string(),
        "decline" => "declined".to_string(),
        "match_digits" => "digits".to_string(),
        "match_speech" => "speech".to_string(),
        other => other.replace('_', " "),
    }
}

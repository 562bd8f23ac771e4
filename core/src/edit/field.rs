//! Properties of a step: set, taken away.

use super::draft::Draft;
use super::fragment::{Fragment, scalar_text, write};
use super::{Refused, need};
use crate::span::Span;
use crate::text::{Format, Kind, Node};
use crate::value::{Object, Value};
use crate::wire::Edit;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

pub(super) fn set_prop(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let value = need(&edit.value, "value")?;
    let id = need(&edit.node, "node")?;
    let step = draft.step(id)?.clone();
    if draft.tree.format == Format::Xml {
        return draft.set_xml(&step.route, &edit.path, value);
    }
    if let (Some(first), false) = (step.first, edit.path.is_empty()) {
        draft.written_out(&step, first)?;
    }
    let (route, form) = (step.parameters.clone(), draft.node(&step.parameters)?.clone());
    if form.as_bare_step(&step.verb) {
        let inner =
            edit.path.iter().rev().fold(value.clone(), |value, key| Value::Object(Object::new().with(key, value)));
        let whole = Value::Object(Object::new().with(&step.verb, inner));
        return draft.replace(&route, &Fragment::Value(whole));
    }
    draft.set(&route, &edit.path, &Fragment::Value(value.clone()))
}

pub(super) fn unset_prop(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let step = draft.step(need(&edit.node, "node")?)?.clone();
    let Some((key, path)) = edit.path.split_last() else {
        return Err(Refused("expected `path` for this operation".to_string()));
    };
    if draft.tree.format == Format::Xml {
        return draft.unset_xml(&step.route, &edit.path);
    }
    let mut route = step.parameters;
    for key in path {
        route.push(draft.index(&route, key)? as u32);
    }
    draft.unset(&route, key)
}

trait BareStep {
    fn as_bare_step(&self, verb: &str) -> bool;
}

impl BareStep for Node {
    /// `hangup` where `hangup: {…}` could stand.
    fn as_bare_step(&self, verb: &str) -> bool {
        matches!(&self.kind, Kind::String(scalar) if scalar.text == verb)
    }
}

impl Draft {
    /// Writes `play: x` as `play: {url: x}`, so that there is room for more.
    pub(super) fn written_out(&mut self, step: &crate::dialect::Step, first: &str) -> Result<(), Refused> {
        let node = self.node(&step.parameters)?.clone();
        let bare = node.as_bare_step(&step.verb) && step.parameters == step.route;
        if bare || matches!(node.kind, Kind::Object(_) | Kind::Null) || first == "value" {
            return Ok(());
        }
        let old = self.take(&node);
        let whole = match (&old, self.block(&node)) {
            (Fragment::Text { text, .. }, false)
                if !self.inside_flow(&step.parameters) && self.tree.format == Format::Yaml =>
            {
                let (column, after) = self.below(&step.parameters, &node)?;
                let text = format!("\n{}{first}: {text}", " ".repeat(column));
                return self.splice(after, node.span.end as usize, &text);
            }
            (Fragment::Text { text, .. }, false) => {
                let colon = if self.style(true).tight { ":" } else { ": " };
                let key = if self.tree.format == Format::Json { format!("\"{first}\"") } else { first.to_string() };
                format!("{{{key}{colon}{text}}}")
            }
            _ => write(
                &Value::Object(Object::new().with(first, old.value().clone())),
                self.style(false),
                self.column(node.span.start as usize),
            ),
        };
        self.splice(node.span.start as usize, node.span.end as usize, &whole)
    }

    /// Which entry or item a key names.
    fn index(&self, route: &[u32], key: &str) -> Result<usize, Refused> {
        let found = match &self.node(route)?.kind {
            Kind::Object(entries) => entries.iter().rposition(|entry| entry.key.text == key),
            Kind::Array(items) => key.parse().ok().filter(|at| *at < items.len()),
            _ => None,
        };
        found.ok_or_else(|| Refused(format!("there is no `{key}`")))
    }

    /// Sets what stands at a path below a value.
    pub(super) fn set(&mut self, route: &[u32], path: &[String], new: &Fragment) -> Result<(), Refused> {
        let Some((key, rest)) = path.split_first() else { return self.replace(route, new) };
        if let Ok(at) = self.index(route, key) {
            let mut further = route.to_vec();
            further.push(at as u32);
            return self.set(&further, rest, new);
        }
        // What is missing on the way is written with it.
        let inner = match rest {
            [] => new.clone(),
            _ => Fragment::Value(
                rest.iter().rev().fold(new.value().clone(), |value, key| Value::Object(Object::new().with(key, value))),
            ),
        };
        self.add(route, key, &inner)
    }

    /// Adds an entry at the end of an object, or an item to a list.
    fn add(&mut self, route: &[u32], key: &str, new: &Fragment) -> Result<(), Refused> {
        let node = self.node(route)?.clone();
        let entries = match &node.kind {
            Kind::Object(entries) => entries,
            Kind::Null => {
                return self
                    .replace(route, &Fragment::Value(Value::Object(Object::new().with(key, new.value().clone()))));
            }
            Kind::Array(_) if key == "else" => {
                let item = Value::Object(Object::new().with(key, new.value().clone()));
                return self.append(route, &Fragment::Value(item));
            }
            _ => return Err(Refused(format!("expected an object for `{key}`, found {}", node.noun()))),
        };
        let Some(last) = entries.last() else {
            return self.replace(route, &Fragment::Value(Value::Object(Object::new().with(key, new.value().clone()))));
        };
        let name = scalar_text(&Value::String(key.to_string()), self.style(true), true);
        let end = last.value.span.end.max(last.separator.end) as usize;
        let colon = if self.style(true).tight { ":" } else { ": " };
        if self.flow(&node) {
            let own_lines = self.leads(last.key.span.start as usize);
            let column = self.indent(last.key.span.start as usize);
            let style = self.style(!own_lines || self.tree.format == Format::Yaml);
            let between = if own_lines { format!(",\n{}", " ".repeat(column)) } else { self.comma() };
            return self.splice(end, end, &format!("{between}{name}{colon}{}", new.write(style, column)));
        }
        let first = entries.first().map_or(last.key.span.start, |first| first.key.span.start);
        let column = self.column(first as usize);
        let end = self.line_end(end);
        let text = self.entry_text(&name, new, column);
        self.splice(end, end, &format!("\n{}{text}", " ".repeat(column)))
    }

    /// A key with its value, by indentation.
    pub(super) fn entry_text(&self, name: &str, new: &Fragment, column: usize) -> String {
        let text = new.write(self.style(false), column + 2);
        let below = match new {
            Fragment::Text { block, .. } => *block,
            Fragment::Value(Value::Array(items)) => !items.is_empty(),
            Fragment::Value(Value::Object(object)) => !object.is_empty(),
            Fragment::Value(_) => false,
        };
        if below { format!("{name}:\n{}{text}", " ".repeat(column + 2)) } else { format!("{name}: {text}") }
    }

    /// Adds an item to a list.
    fn append(&mut self, route: &[u32], new: &Fragment) -> Result<(), Refused> {
        let node = self.node(route)?.clone();
        let steps = crate::dialect::Steps {
            id: String::new(),
            route: route.to_vec(),
            span: node.span,
            form: crate::dialect::Form::List,
            list: Vec::new(),
        };
        let count = if let Kind::Array(items) = &node.kind { items.len() } else { 0 };
        self.insert(&steps, count, core::slice::from_ref(new))
    }

    /// Puts a value in the place of another.
    pub(super) fn replace(&mut self, route: &[u32], new: &Fragment) -> Result<(), Refused> {
        let node = self.node(route)?.clone();
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        let value = new.value();
        let empty = match value {
            Value::Array(items) => items.is_empty(),
            Value::Object(object) => object.is_empty(),
            _ => true,
        };
        if self.tree.format == Format::Json || self.inside_flow(route) || (!self.block(&node) && empty) {
            let flow = self.tree.format != Format::Json || !self.text.trim_end().contains('\n');
            let text = match (value, node.kind) {
                // As it was quoted before.
                (Value::String(text), Kind::String(scalar)) if !scalar.plain => self.requoted(node.span, text),
                _ => new.write(self.style(flow), self.indent(start)),
            };
            let gap = if start > 0 && self.text.as_bytes().get(start - 1) == Some(&b':') && !self.style(true).tight {
                " "
            } else {
                ""
            };
            return self.splice(start, end, &format!("{gap}{text}"));
        }
        if self.block(&node) && !empty {
            let column = self.column(start);
            return self.splice(start, end, &new.write(self.style(false), column));
        }
        let (column, after) = self.below(route, &node)?;
        if empty {
            return self.splice(after, end, &format!(" {}", new.write(self.style(true), column)));
        }
        let behind_dash = after == start;
        let text = new.write(self.style(false), column);
        if behind_dash {
            self.splice(start, end, &text)
        } else {
            self.splice(after, end, &format!("\n{}{text}", " ".repeat(column)))
        }
    }

    /// A text in the quotes that stand in a place.
    pub(super) fn requoted(&self, span: Span, text: &str) -> String {
        match self.of(span).chars().next() {
            Some('\'') if !text.contains(['\n', '\\']) => format!("'{}'", text.replace('\'', "''")),
            Some('"' | '\'') => super::fragment::quoted(text),
            _ => scalar_text(&Value::String(text.to_string()), self.style(true), true),
        }
    }

    /// Takes an entry of an object, or an item of a list, away.
    pub(super) fn unset(&mut self, route: &[u32], key: &str) -> Result<(), Refused> {
        let at = self.index(route, key)?;
        let node = self.node(route)?.clone();
        let Kind::Object(entries) = &node.kind else { return self.remove_item(route, at) };
        let span =
            |entry: &crate::text::Entry| Span::new(entry.key.span.start, entry.value.span.end.max(entry.separator.end));
        let spans: Vec<Span> = entries.iter().map(span).collect();
        let Some(own) = spans.get(at).copied() else { return Err(Refused(format!("there is no `{key}`"))) };
        if own.end > node.span.end || entries.get(at).is_some_and(|entry| entry.value.span.start < entry.key.span.end) {
            return Err(Refused("this is written in another place, behind an anchor".to_string()));
        }
        if self.flow(&node) {
            return self.remove_flow(&spans, at);
        }
        if spans.len() == 1 {
            if route.is_empty() {
                return self.splice(own.start as usize, own.end as usize, "{}");
            }
            let end = own.end as usize;
            let (_, after) = self.below(route, &node)?;
            let text = if after == own.start as usize { "{}" } else { " {}" };
            return self.splice(after, end, text);
        }
        let next = spans.get(at + 1).map(|span| span.start as usize);
        if next.is_none() && !self.leads(own.start as usize) {
            return Err(Refused("this cannot be taken out of its line".to_string()));
        }
        self.remove_lines(own.start as usize, own.end as usize, next)
    }
}

//! Items of a list: put in, taken out.

use super::Refused;
use super::draft::Draft;
use super::fragment::Fragment;
use crate::dialect::{Form, Steps};
use crate::span::Span;
use crate::text::{Format, Kind, Node};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

impl Draft {
    /// Puts steps into a list in front of the step that stands at `at` there.
    pub(super) fn insert(&mut self, steps: &Steps, at: usize, new: &[Fragment]) -> Result<(), Refused> {
        if new.is_empty() {
            return Ok(());
        }
        match steps.form {
            Form::Children => {
                let values: Vec<&Fragment> = new.iter().collect();
                self.insert_elements(&steps.route, Draft::place(steps, at), &values)
            }
            Form::List => self.insert_items(&steps.route, at, new),
            Form::One => {
                let old = self.take(self.node(&steps.route)?);
                let mut all = new.to_vec();
                all.insert(if at == 0 { all.len() } else { 0 }, old);
                self.replace_by_list(&steps.route, &all)
            }
            Form::Nothing => self.replace_by_list(&steps.route, new),
        }
    }

    /// Puts items into a list.
    fn insert_items(&mut self, route: &[u32], at: usize, new: &[Fragment]) -> Result<(), Refused> {
        let node = self.node(route)?.clone();
        let Kind::Array(items) = &node.kind else { return Err(Refused("expected a list there".to_string())) };
        let Some(first) = items.first() else { return self.replace_by_list(route, new) };
        let flow = self.flow(&node);
        if flow {
            let own_lines = self.leads(first.span.start as usize);
            let column = self.indent(first.span.start as usize);
            let pad = self.lead(first.span.start as usize).to_string();
            let short = !items.iter().any(|item| item.span.of(&self.text).contains('\n'));
            let written: Vec<String> = new
                .iter()
                .map(|fragment| {
                    let style = self.style(!own_lines || self.tree.format == Format::Yaml);
                    match (fragment, short || !own_lines) {
                        (Fragment::Value(value), false) if self.tree.format == Format::Json => {
                            super::fragment::tall(value, style, column)
                        }
                        _ => fragment.write_behind(style, column, &pad),
                    }
                })
                .collect();
            let between = if own_lines { format!(",\n{pad}") } else { self.comma() };
            let joined = written.join(&between);
            return match (at.checked_sub(1).and_then(|before| items.get(before)), items.get(at)) {
                (Some(before), _) => {
                    let end = before.span.end as usize;
                    self.splice(end, end, &format!("{between}{joined}"))
                }
                (None, _) => {
                    let start = first.span.start as usize;
                    self.splice(start, start, &format!("{joined}{between}"))
                }
            };
        }
        let dash = self.dash(first).ok_or_else(|| Refused("expected a list with dashes there".to_string()))?;
        let column = self.column(dash);
        let pad = " ".repeat(column);
        let written: Vec<String> =
            new.iter().map(|fragment| format!("- {}", fragment.write(self.style(false), column + 2))).collect();
        let joined = written.join(&format!("\n{pad}"));
        match at.checked_sub(1).and_then(|before| items.get(before)) {
            Some(before) => {
                let end = self.line_end(before.span.end as usize);
                self.splice(end, end, &format!("\n{pad}{joined}"))
            }
            None => self.splice(dash, dash, &format!("{joined}\n{pad}")),
        }
    }

    /// Writes a list where there is none, or an empty or a single value.
    pub(super) fn replace_by_list(&mut self, route: &[u32], new: &[Fragment]) -> Result<(), Refused> {
        let node = self.node(route)?.clone();
        let inside_flow = self.inside_flow(route);
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        if self.tree.format == Format::Json || inside_flow {
            let several = self.tree.format == Format::Json && self.text.trim_end().contains('\n');
            let column = self.indent(start);
            let style = self.style(!several);
            let text = if several {
                let inner = column + self.unit;
                let items: Vec<String> =
                    new.iter().map(|item| format!("{}{}", " ".repeat(inner), item.write(style, inner))).collect();
                format!("[\n{}\n{}]", items.join(",\n"), " ".repeat(column))
            } else {
                let items: Vec<String> = new.iter().map(|item| item.write(style, column)).collect();
                format!("[{}]", items.join(&self.comma()))
            };
            return self.splice(start, end, &text);
        }
        let list = |column: usize, draft: &Draft| {
            let items: Vec<String> = new
                .iter()
                .map(|item| format!("{}- {}", " ".repeat(column), item.write(draft.style(false), column + 2)))
                .collect();
            items.join("\n")
        };
        if route.is_empty() {
            return self.splice(start, end, &list(0, self));
        }
        if self.block(&node) {
            // In the place of what stood there, with the comment behind its last line.
            let column = self.column(start);
            let end = self.comment_end(end);
            let text = list(column, self);
            return self.splice(start, end, text.trim_start());
        }
        let (column, after) = self.below(route, &node)?;
        let text = list(column, self);
        self.splice(after, end, &format!("\n{text}"))
    }

    /// Where a value by indentation begins below its key: its column, and the end of what stays of
    /// the line of the key.
    pub(super) fn below(&self, route: &[u32], node: &Node) -> Result<(usize, usize), Refused> {
        let start = node.span.start as usize;
        let parent = route.len().checked_sub(1).and_then(|end| route.get(..end)).unwrap_or(&[]);
        let entry = match (&self.node(parent)?.kind, route.last()) {
            (Kind::Object(entries), Some(at)) => entries.get(*at as usize),
            _ => None,
        };
        let Some(entry) = entry else {
            // Behind a dash.
            let column = self.column(start);
            return Ok((column, start));
        };
        let between = self.text.get(entry.separator.end as usize..start).unwrap_or("");
        if !between.trim().is_empty() {
            return Err(Refused("what stands in front of the value would be lost".to_string()));
        }
        let column = self.column(entry.key.span.start as usize) + 2;
        Ok((column, entry.separator.end as usize))
    }

    /// Whether a value stands inside of brackets.
    pub(super) fn inside_flow(&self, route: &[u32]) -> bool {
        let Some(root) = self.tree.root.as_ref() else { return false };
        (0..route.len()).filter_map(|end| route.get(..end).and_then(|route| root.follow(route))).any(|n| self.flow(n))
    }

    /// Takes a step out of its list.
    pub(super) fn remove(&mut self, steps: &Steps, at: usize) -> Result<(), Refused> {
        match steps.form {
            Form::Children => self.remove_element(&steps.route, Draft::place(steps, at)),
            Form::List => self.remove_item(&steps.route, at),
            Form::One => {
                let node = self.node(&steps.route)?.clone();
                if self.block(&node) && !steps.route.is_empty() {
                    let (_, after) = self.below(&steps.route, &node)?;
                    return self.splice(after, node.span.end as usize, " []");
                }
                self.splice(node.span.start as usize, node.span.end as usize, "[]")
            }
            Form::Nothing => Err(Refused("expected a step there, found nothing".to_string())),
        }
    }

    /// Takes an item out of a list.
    pub(super) fn remove_item(&mut self, route: &[u32], at: usize) -> Result<(), Refused> {
        let node = self.node(route)?.clone();
        let Kind::Array(items) = &node.kind else { return Err(Refused("expected a list there".to_string())) };
        let Some(item) = items.get(at) else { return Err(Refused("there is no such item".to_string())) };
        let spans: Vec<Span> = items.iter().map(|item| item.span).collect();
        if self.flow(&node) {
            return self.remove_flow(&spans, at);
        }
        let dash = self.dash(item).ok_or_else(|| Refused("expected a list with dashes there".to_string()))?;
        if items.len() == 1 {
            let end = self.comment_end(item.span.end as usize);
            if route.is_empty() {
                return self.splice(dash, end, "[]");
            }
            let (_, after) = self.below(route, &Node { span: Span::at(dash, end), ..node.clone() })?;
            return self.splice(after, end, " []");
        }
        self.remove_lines(dash, item.span.end as usize, items.get(at + 1).and_then(|next| self.dash(next)))
    }

    /// Takes lines away; where something else stands in front of them, up to what comes next.
    pub(super) fn remove_lines(&mut self, start: usize, end: usize, next: Option<usize>) -> Result<(), Refused> {
        if !self.leads(start) {
            let next = next.ok_or_else(|| Refused("this cannot be taken out of its line".to_string()))?;
            let gap = self.text.get(self.comment_end(end)..next).unwrap_or("");
            if !gap.trim().is_empty() {
                return Err(Refused("a comment behind it would be lost".to_string()));
            }
            return self.splice(start, next, "");
        }
        let begin = self.line_start(start);
        let end = self.line_end(end);
        let rest = self.text.get(end..).unwrap_or("");
        match rest.find('\n') {
            Some(newline) => self.splice(begin, end + newline + 1, ""),
            // The last line of a text without a line break at its end.
            None => {
                let before = self.text.get(..begin).unwrap_or("").trim_end_matches(['\n', '\r']).len();
                self.splice(before, end, "")
            }
        }
    }

    /// Takes one of several values in brackets away, with a comma.
    pub(super) fn remove_flow(&mut self, spans: &[Span], at: usize) -> Result<(), Refused> {
        let Some(span) = spans.get(at) else { return Err(Refused("there is no such item".to_string())) };
        let (start, end) = (span.start as usize, span.end as usize);
        let before = at.checked_sub(1).and_then(|before| spans.get(before)).map(|span| span.end as usize);
        let next = spans.get(at + 1).map(|span| span.start as usize);
        let comment = |from: usize, to: usize| self.text.get(from..to).is_some_and(|gap| gap.contains('#'));
        match (before, next) {
            (_, Some(next)) if !comment(end, next) => self.splice(start, next, ""),
            (Some(before), None) if !comment(before, start) => self.splice(before, end, ""),
            (None, None) => self.splice(start, end, ""),
            _ => {
                let gap = self.text.get(end..next.unwrap_or(end)).unwrap_or("");
                let comma = gap.find(',').map_or(end, |comma| end + comma + 1);
                self.splice(start, comma, "")
            }
        }
    }

    /// The dash of an item.
    pub(super) fn dash(&self, item: &Node) -> Option<usize> {
        let head = self.text.get(..item.span.start as usize)?;
        let trimmed = head.trim_end();
        if trimmed.ends_with('-') {
            return Some(trimmed.len() - 1);
        }
        // An anchor or a tag stands between.
        let line = self.line_start(item.span.start as usize);
        let indent = self.indent(item.span.start as usize);
        (self.text.as_bytes().get(line + indent) == Some(&b'-')).then_some(line + indent)
    }

    /// What stands between two items of a line.
    pub(super) fn comma(&self) -> String {
        if self.style(true).tight { ",".to_string() } else { ", ".to_string() }
    }
}

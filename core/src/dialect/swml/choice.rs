//! `switch` and `cond`, on their own or as a `result`.

use super::method::{Method, closed, methods, values};
use super::step::Steps;
use crate::diag::{Diagnostic, codes};
use crate::dialect::reader::{Reader, entries, get, items};
use crate::ir::{BlockId, Choice, Cond, Condition, Switch};
use crate::span::Span;
use crate::text::{Key, Kind, Node};
use alloc::{format, string::ToString, vec::Vec};

/// Spellings of the documentation that real calls never show.
const MEANT: &[(&str, &str)] = &[
    ("no_answer", "noAnswer"),
    ("no-answer", "noAnswer"),
    ("declined", "decline"),
    ("canceled", "cancel"),
    ("cancelled", "cancel"),
];

/// Says that a comparison can never hold.
pub(super) fn never_true(reader: &mut Reader<'_>, variable: &str, value: &str, span: Span) {
    let variable = variable.strip_prefix("vars.").unwrap_or(variable);
    let Some(values) = values(variable) else { return };
    if values.contains(&value) {
        return;
    }
    let message = format!("`{variable}` is never `{value}`");
    let mut diagnostic = Diagnostic::new(&codes::NEVER_TRUE, span, message);
    let meant =
        MEANT.iter().find(|(word, _)| *word == value).map(|(_, meant)| *meant).filter(|meant| values.contains(meant));
    if let Some(meant) = meant {
        diagnostic = diagnostic.note(format!("real calls show `{meant}`, whatever the documentation says"));
        if span.of(reader.source).trim_matches(['"', '\'']) == value {
            let text = reader.requote(span, meant);
            diagnostic = diagnostic.fix(format!("use `{meant}`"), span, text);
        }
    } else {
        diagnostic = diagnostic.note(format!("it is one of {}", values.join(", ")));
    }
    // A reason where a result is compared: the other variable has it.
    let word = MEANT.iter().find(|(word, _)| *word == value).map_or(value, |(_, meant)| *meant);
    let sets = |method: &&Method| method.sets.iter().any(|set| set.name == variable);
    let beside = methods().filter(sets).flat_map(|method| method.sets);
    let other = beside.into_iter().find(|other| other.name != variable && other.values.contains(&word));
    if let (None, Some(other)) = (meant, other) {
        diagnostic = diagnostic.note(format!("`{}` can be `{word}`", other.name));
    }
    reader.report(diagnostic);
}

/// Keys without quotes that other YAML readers change: `yes` becomes true, `01` becomes 1.
fn other_key(reader: &mut Reader<'_>, key: &Key) {
    let written = key.span.of(reader.source);
    if written != key.text {
        return;
    }
    let lower = key.text.to_ascii_lowercase();
    let word = ["yes", "no", "on", "off", "y", "n", "true", "false", "null", "~"].contains(&lower.as_str());
    let digits = key.text.trim_start_matches(['+', '-']);
    let number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | ':'))
        && (digits != key.text || (digits.len() > 1 && digits.starts_with('0')) || digits.contains(['.', '_', ':']));
    if !word && !number {
        return;
    }
    let noun = if word { "word" } else { "number" };
    reader.report(
        Diagnostic::new(
            &codes::COERCED,
            key.span,
            format!("the case `{written}` without quotes is compared as this text"),
        )
        .note(format!("other YAML readers take it as another {noun}, or as no text at all"))
        .fix("quote it", key.span, format!("\"{written}\"")),
    );
}

/// Comparisons of known variables with texts inside a condition: `connect_result == 'ok'`.
fn comparisons(reader: &mut Reader<'_>, node: &Node) {
    let text = reader.written(node);
    if !text.contains(['"', '\'']) || !text.contains('=') {
        return;
    }
    for variable in closed().map(|variable| variable.name) {
        for (at, _) in text.match_indices(variable) {
            let Some(rest) = text.get(at + variable.len()..) else { continue };
            let rest = rest.trim_start_matches(['}', ' ']);
            let Some(rest) = ["===", "=="].iter().find_map(|operator| rest.strip_prefix(operator)) else { continue };
            let rest = rest.trim_start();
            let Some(quote @ ('"' | '\'')) = rest.chars().next() else { continue };
            if let Some((value, _)) = rest.get(1..).and_then(|inner| inner.split_once(quote)) {
                never_true(reader, variable, value, node.span);
            }
        }
    }
}

impl Steps<'_, '_> {
    /// A switch (object) or a condition (array), by its own shape.
    pub(super) fn choice(&mut self, node: &Node, variable: &str, depth: usize) -> Option<Choice> {
        match &node.kind {
            Kind::Array(_) => self.cond(node, depth).map(Choice::Cond),
            Kind::Object(_) => self.switch(node, Some(variable), depth).map(Choice::Switch),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Element(_) => {
                self.reader.wrong_type(&"result", "an object (switch) or an array (cond)", node);
                None
            }
        }
    }

    pub(super) fn switch(&mut self, node: &Node, variable: Option<&str>, depth: usize) -> Option<Switch> {
        for entry in entries(node) {
            if !["variable", "case", "default"].contains(&entry.key.text.as_str()) && variable.is_some() {
                let message = format!("`result` has no field `{}`", entry.key.text);
                self.reader.report(
                    Diagnostic::new(&codes::UNKNOWN_FIELD, entry.key.span, message)
                        .vendor("relay_script_method_parameter_undefined")
                        .note("it takes `variable`, `case` and `default`"),
                );
            }
        }
        let named = get(node, "variable");
        let name = match named {
            Some(named) => self.reader.scalar(named),
            // A missing one was told; its cases are read all the same.
            None => variable.unwrap_or_default().to_string(),
        };
        let name = name.trim();
        // `${x}` where a name is expected is understood.
        let bare = name.strip_prefix("${").or_else(|| name.strip_prefix("%{")).and_then(|n| n.strip_suffix('}'));
        if let (Some(bare), Some(named)) = (bare, named) {
            let text = self.reader.requote(named.span, bare);
            self.reader.report(
                Diagnostic::new(&codes::COERCED, named.span, "`variable` is a name, not an expression").fix(
                    format!("use `{bare}`"),
                    named.span,
                    text,
                ),
            );
        }
        let mut cases = Vec::new();
        for case in get(node, "case").map(entries).unwrap_or_default() {
            other_key(self.reader, &case.key);
            never_true(self.reader, bare.unwrap_or(name), &case.key.text, case.key.span);
            let block = self.block(&case.value, depth);
            cases.push((case.key.text.clone(), block));
        }
        let default = get(node, "default").map(|node| self.block(node, depth));
        Some(Switch {
            variable: bare.unwrap_or(name).to_string(),
            span: named.map_or(node.span, |node| node.span),
            cases,
            default,
        })
    }

    pub(super) fn cond(&mut self, node: &Node, depth: usize) -> Option<Cond> {
        if matches!(node.kind, Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Element(_)) {
            self.reader.wrong_type(&"cond", "an array of `when`/`then`", node);
            return None;
        }
        let mut arms: Vec<(Condition, BlockId)> = Vec::new();
        let mut otherwise = None;
        for item in items(node) {
            let Kind::Object(fields) = &item.kind else {
                self.reader.wrong_type(&"cond", "an object with `when` and `then`", item);
                continue;
            };
            for field in fields.iter().filter(|f| !["when", "then", "else"].contains(&f.key.text.as_str())) {
                let message = format!("`cond` has no field `{}`", field.key.text);
                self.reader.report(
                    Diagnostic::new(&codes::UNKNOWN_FIELD, field.key.span, message)
                        .vendor("relay_script_method_parameter_undefined"),
                );
            }
            match (get(item, "when"), get(item, "then")) {
                (Some(when), Some(then)) => {
                    comparisons(self.reader, when);
                    let when = self.reader.condition(when);
                    let then = self.block(then, depth);
                    arms.push((when, then));
                }
                (Some(when), None) => {
                    let vendor = Some("relay_script_method_parameter_missing");
                    let diagnostic = Diagnostic::new(&codes::MISSING_FIELD, when.span, "`when` needs a `then`");
                    self.reader.report_vendor(diagnostic, vendor);
                }
                (None, Some(then)) => {
                    let vendor = Some("relay_script_method_parameter_missing");
                    let diagnostic = Diagnostic::new(&codes::MISSING_FIELD, then.span, "`then` needs a `when`");
                    self.reader.report_vendor(diagnostic, vendor);
                }
                (None, None) => {}
            }
            if let Some(node) = get(item, "else") {
                otherwise = Some(self.block(node, depth));
            }
        }
        Some(Cond { arms, otherwise })
    }
}

//! `switch` and `cond`, on their own or as a `result`.

use super::step::Steps;
use crate::diag::{Diagnostic, codes};
use crate::dialect::reader::{entries, get, items};
use crate::ir::{BlockId, Choice, Cond, Condition, Switch};
use crate::text::{Kind, Node};
use alloc::{format, string::ToString, vec::Vec};

impl Steps<'_, '_> {
    /// A switch (object) or a condition (array), by its own shape.
    pub(super) fn choice(&mut self, node: &Node, variable: &str, depth: usize) -> Option<Choice> {
        match &node.kind {
            Kind::Array(_) => self.cond(node, depth).map(Choice::Cond),
            Kind::Object(_) => self.switch(node, Some(variable), depth).map(Choice::Switch),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Element(_) => {
                self.reader.wrong_type("result", "an object (switch) or an array (cond)", node);
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
            None => variable?.to_string(),
        };
        let name = name.trim();
        // `${x}` where a name is expected is understood.
        let bare = name.strip_prefix("${").or_else(|| name.strip_prefix("%{")).and_then(|n| n.strip_suffix('}'));
        if let (Some(bare), Some(named)) = (bare, named) {
            let text = self.reader.requote(named.span, bare);
            self.reader.report(
                Diagnostic::new(&codes::COERCED, named.span, "`variable` is a name, not an expression")
                    .fix(format!("use `{bare}`"), named.span, text),
            );
        }
        let mut cases = Vec::new();
        for case in get(node, "case").map(entries).unwrap_or_default() {
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
            self.reader.wrong_type("cond", "an array of `when`/`then`", node);
            return None;
        }
        let mut arms: Vec<(Condition, BlockId)> = Vec::new();
        let mut otherwise = None;
        for item in items(node) {
            let Kind::Object(fields) = &item.kind else {
                self.reader.wrong_type("cond", "an object with `when` and `then`", item);
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

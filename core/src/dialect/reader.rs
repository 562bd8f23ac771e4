//! What reading a document of any dialect needs: its text, the program so far, the diagnostics.

use super::schema::has_placeholder;
use crate::diag::{Diagnostic, codes};
use crate::expr::{Expr, Template};
use crate::ir::{Condition, Data, HookPlan, Program};
use crate::span::Span;
use crate::text::{Entry, Kind, Node};
use crate::value::Value;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// The platform's own names for the errors that a schema can have, and its manners.
#[derive(Debug)]
pub(crate) struct Vendor {
    pub(crate) unknown_field: Option<&'static str>,
    pub(crate) missing_field: Option<&'static str>,
    pub(crate) invalid_value: Option<&'static str>,
    pub(crate) wrong_type: Option<&'static str>,
    pub(crate) conflict: Option<&'static str>,
    /// Texts may hold `${…}`, and then stand for values of any type.
    pub(crate) placeholders: bool,
    /// Fields that authors invent, and what they mean.
    pub(crate) aliases: &'static [(&'static str, &'static str)],
    /// Numbers and truth values may be written as texts, and the other way round.
    pub(crate) coerces: bool,
}

/// A document being read.
pub(crate) struct Reader<'a> {
    pub(crate) source: &'a str,
    pub(crate) vendor: &'static Vendor,
    pub(crate) program: Program,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// It stands in a text of another document; one that stands in it is only read when it runs.
    pub(crate) inner: bool,
    /// Defaults that were read already, by parameter.
    pub(crate) usual: Vec<(&'static str, Template)>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(source: &'a str, vendor: &'static Vendor) -> Reader<'a> {
        Reader { source, vendor, program: Program::default(), diagnostics: Vec::new(), inner: false, usual: Vec::new() }
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(crate) fn report_vendor(&mut self, mut diagnostic: Diagnostic, vendor: Option<&'static str>) {
        diagnostic.vendor = vendor;
        self.diagnostics.push(diagnostic);
    }

    pub(crate) fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count()
    }

    /// `text`, quoted as the key or value at `span` is.
    pub(crate) fn requote(&self, span: Span, text: &str) -> String {
        match span.of(self.source).chars().next() {
            Some(quote @ ('"' | '\'')) => format!("{quote}{text}{quote}"),
            _ => text.to_string(),
        }
    }

    /// A text with placeholders, where the dialect has them. A broken one is reported.
    pub(crate) fn template(&mut self, node: &Node) -> Template {
        self.template_text(self.written(node), node.span)
    }

    /// Like [`Reader::template`], for a text that is not a whole node.
    pub(crate) fn template_text(&mut self, text: &str, span: Span) -> Template {
        if !self.vendor.placeholders {
            return Template::fixed(text);
        }
        match Template::parse(text) {
            Ok(template) => template,
            Err(error) => {
                let message = format!("`{text}`: {}", error.message);
                self.report_vendor(
                    Diagnostic::new(&codes::EXPRESSION, span, message),
                    Some("relay_script_js_eval_error"),
                );
                Template::broken(text, error)
            }
        }
    }

    /// A scalar as text: strings as they are, others as written.
    pub(crate) fn scalar(&self, node: &Node) -> String {
        self.written(node).to_string()
    }

    /// As [`Reader::scalar`], to be looked at.
    pub(crate) fn written<'n>(&self, node: &'n Node) -> &'n str
    where
        'a: 'n,
    {
        match &node.kind {
            Kind::String(scalar) => &scalar.text,
            Kind::Null => "",
            Kind::Bool(_) | Kind::Number(_) | Kind::Array(_) | Kind::Object(_) | Kind::Element(_) => {
                node.span.of(self.source)
            }
        }
    }

    /// A condition: JavaScript, in which placeholders are filled in first.
    pub(crate) fn condition(&mut self, node: &Node) -> Condition {
        let text = self.written(node);
        let span = node.span;
        if has_placeholder(text) {
            let template = self.template_text(text, span);
            return match template.inside().map(Expr::parse) {
                Some(Ok(expr)) => Condition::Expr { expr, text: template, span },
                Some(Err(_)) | None => Condition::Text { text: template, span },
            };
        }
        match Expr::parse(text) {
            Ok(expr) => Condition::Expr { expr, text: Template::fixed(text), span },
            Err(error) => {
                let at = Span::new(span.start.saturating_add(error.span.start), span.end);
                let message = format!("`{text}` is no condition: {}", error.message);
                let place = if at.start < at.end { at } else { span };
                self.report_vendor(
                    Diagnostic::new(&codes::EXPRESSION, place, message),
                    Some("relay_script_js_eval_error"),
                );
                Condition::Text { text: Template::fixed(text), span }
            }
        }
    }

    /// A value with placeholders anywhere inside.
    pub(crate) fn data(&mut self, node: &Node) -> Data {
        match &node.kind {
            Kind::Null => Data::NULL,
            Kind::Bool(truth) => Data::Literal(Value::Bool(*truth)),
            Kind::Number(number) => Data::Literal(Value::Number(*number)),
            Kind::String(scalar) if self.vendor.placeholders && has_placeholder(&scalar.text) => {
                Data::Text(self.template(node))
            }
            Kind::String(scalar) => Data::Literal(Value::String(scalar.text.clone())),
            Kind::Array(items) => {
                if !self.fills_in(node) {
                    return self.literal(node);
                }
                Data::Array(items.iter().map(|item| self.data(item)).collect())
            }
            Kind::Object(entries) => {
                if !self.fills_in(node) {
                    return self.literal(node);
                }
                Data::Object(entries.iter().map(|entry| (entry.key.text.clone(), self.data(&entry.value))).collect())
            }
            Kind::Element(_) => Data::NULL,
        }
    }

    /// Whether placeholders stand anywhere inside.
    fn fills_in(&self, node: &Node) -> bool {
        match &node.kind {
            Kind::String(scalar) => self.vendor.placeholders && has_placeholder(&scalar.text),
            Kind::Array(items) => items.iter().any(|item| self.fills_in(item)),
            Kind::Object(entries) => entries.iter().any(|entry| self.fills_in(&entry.value)),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Element(_) => false,
        }
    }

    /// A value as it stands, whatever looks like a placeholder in it.
    pub(crate) fn literal(&self, node: &Node) -> Data {
        Data::Literal(value_of(node))
    }

    /// A hook that may only be a URL.
    pub(crate) fn url_hook(&mut self, node: &Node) -> HookPlan {
        HookPlan { url: self.template(node), method: "POST", id: None }
    }
}

/// A node as a value, without any placeholder filled in.
pub(crate) fn value_of(node: &Node) -> Value {
    match &node.kind {
        Kind::Null | Kind::Element(_) => Value::Null,
        Kind::Bool(truth) => Value::Bool(*truth),
        Kind::Number(number) => Value::Number(*number),
        Kind::String(scalar) => Value::String(scalar.text.clone()),
        Kind::Array(list) => Value::Array(list.iter().map(value_of).collect()),
        Kind::Object(entries) => {
            Value::Object(entries.iter().map(|entry| (entry.key.text.clone(), value_of(&entry.value))).collect())
        }
    }
}

/// The entries of an object; none for anything else.
pub(crate) fn entries(node: &Node) -> &[Entry] {
    match &node.kind {
        Kind::Object(entries) => entries,
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Array(_) | Kind::Element(_) => &[],
    }
}

/// The items of a list; the node itself as the only one for anything else.
pub(crate) fn items(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::Array(items) => items,
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) | Kind::Element(_) => {
            core::slice::from_ref(node)
        }
    }
}

/// The value of a field.
pub(crate) fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.entry(key).map(|entry| &entry.value)
}

/// Whether a field is true, written as a truth value or as a text.
pub(crate) fn is_true(node: &Node, key: &str) -> Option<bool> {
    match get(node, key).map(|value| &value.kind) {
        Some(Kind::Bool(truth)) => Some(*truth),
        Some(Kind::String(scalar)) => Some(scalar.text == "true"),
        Some(Kind::Null | Kind::Number(_) | Kind::Array(_) | Kind::Object(_) | Kind::Element(_)) | None => None,
    }
}

/// The number of a field, written as a number or as a text.
pub(crate) fn number(node: &Node, key: &str) -> Option<f64> {
    match get(node, key).map(|value| &value.kind) {
        Some(Kind::Number(number)) => Some(*number),
        Some(Kind::String(scalar)) => scalar.text.trim().parse().ok(),
        Some(Kind::Null | Kind::Bool(_) | Kind::Array(_) | Kind::Object(_) | Kind::Element(_)) | None => None,
    }
}

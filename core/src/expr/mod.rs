//! The expression language: the JavaScript expression subset that SWML uses.
//!
//! INTERFACE the rest of core is written against (the implementation of the language follows).

use crate::value::{Value, number_text};
use alloc::{format, string::{String, ToString}, vec::Vec};

/// Where names come from.
pub trait Scope {
    /// The value of a root name: `call`, `vars`, `prompt_value` …
    fn lookup(&self, name: &str) -> Option<Value>;
}

/// What evaluations may use.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Operations left.
    pub steps: u32,
    /// Bytes left.
    pub bytes: u32,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { steps: 10_000, bytes: 1 << 20 }
    }
}

/// A text that is not an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExprError {
    /// Where in the text.
    pub span: crate::span::Span,
    /// What was expected and found.
    pub message: String,
}

/// An evaluation that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvalError {
    /// Why.
    pub message: String,
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr(String);

impl Expr {
    /// Reads an expression.
    ///
    /// # Errors
    /// Where and why the text is not one.
    pub fn parse(text: &str) -> Result<Expr, ExprError> {
        Ok(Expr(text.to_string()))
    }

    /// Its value.
    ///
    /// # Errors
    /// JavaScript would throw, or the budget is used up.
    pub fn eval(&self, scope: &dyn Scope, _budget: &mut Budget) -> Result<Value, EvalError> {
        Ok(path(&self.0, scope))
    }
}

fn path(text: &str, scope: &dyn Scope) -> Value {
    let mut parts = text.trim().split('.');
    let mut value = parts.next().and_then(|name| scope.lookup(name)).unwrap_or_default();
    for part in parts {
        value = value.as_object().and_then(|o| o.get(part)).cloned().unwrap_or_default();
    }
    value
}

/// A text with `${…}` or `%{…}` placeholders.
#[derive(Clone, Debug)]
pub struct Template {
    text: String,
}

impl Template {
    /// A text without placeholders, whatever it looks like.
    #[must_use]
    pub fn literal(text: impl Into<String>) -> Template {
        Template { text: text.into() }
    }

    /// Reads a text with placeholders.
    ///
    /// # Errors
    /// A placeholder that holds no expression.
    pub fn parse(text: &str) -> Result<Template, ExprError> {
        Ok(Template { text: text.to_string() })
    }

    /// The text, if there is no placeholder in it.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        if self.text.contains("${") || self.text.contains("%{") { None } else { Some(&self.text) }
    }

    /// The text as written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.text
    }

    /// The expression, if the whole text is one placeholder.
    #[must_use]
    pub fn as_expr(&self) -> Option<&Expr> {
        None
    }

    /// Variable paths that are read (`vars.x`, `call.from`).
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        Vec::new()
    }

    /// Its value: a single placeholder keeps its type, everything else becomes text.
    ///
    /// # Errors
    /// JavaScript would throw, or the budget is used up.
    pub fn render(&self, scope: &dyn Scope, _budget: &mut Budget) -> Result<Value, EvalError> {
        let mut out = String::new();
        let mut rest = self.text.as_str();
        while let Some(at) = rest.find("${").or_else(|| rest.find("%{")) {
            let (before, after) = rest.split_at(at);
            out.push_str(before);
            let Some((inside, behind)) = after[2..].split_once('}') else { break };
            out.push_str(&text(&path(inside, scope)));
            rest = behind;
        }
        out.push_str(rest);
        Ok(Value::String(out))
    }
}

/// A value as text: JavaScript's, but lists and objects as JSON, null as nothing.
#[must_use]
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(truth) => format!("{truth}"),
        Value::Number(number) => number_text(*number),
        Value::String(text) => text.clone(),
        Value::Array(_) | Value::Object(_) => value.to_json(),
    }
}

/// Whether JavaScript takes it for true.
#[must_use]
pub fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => *number != 0.0 && !number.is_nan(),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

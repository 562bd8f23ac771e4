//! The expression language: the JavaScript expression subset that documents use.
//!
//! An [`Expr`] is parsed once and evaluated often; a [`Template`] is text with `${…}` and `%{…}`
//! in it. There are no statements, no assignments, no clock (the [`Scope`] tells the time) and no
//! random numbers, and a [`Budget`] bounds every evaluation. Knows nothing of calls.

mod access;
mod budget;
mod convert;
mod date;
mod eval;
mod item;
mod lex;
mod method;
mod operator;
mod parse;
mod path;
mod pattern;
mod quick;
mod template;
mod term;
#[cfg(test)]
mod tests;

pub use budget::{Budget, EvalError, EvalErrorKind};
pub use eval::Scope;
pub use template::Template;
pub(crate) use template::next_hole;

use crate::span::Span;
use crate::value::Value;
use alloc::{string::String, vec::Vec};
use term::{Term, TermId};

/// A parsed expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    terms: Vec<Term>,
    spans: Vec<Span>,
    root: TermId,
    reads: Vec<Read>,
}

/// A name that an expression reads, with the properties that follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Where, from the start of the expression or template.
    pub span: Span,
    /// The name and its properties: `["vars", "count"]`.
    pub path: Vec<String>,
    /// It is only looked at whether there is one: `typeof x`, `x || 'a'`, `x?.y`, `x == null`.
    pub guarded: bool,
}

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExprError {
    /// Where, from the start of the text.
    pub span: Span,
    /// What was expected and what was found; lower case, no full stop.
    pub message: String,
}

impl Expr {
    /// Reads an expression.
    ///
    /// # Errors
    /// What was expected and where, for anything that is not an expression of the subset.
    pub fn parse(source: &str) -> Result<Expr, ExprError> {
        parse::parse(source)
    }

    /// Computes its value; `undefined` becomes null.
    ///
    /// # Errors
    /// When a value is used as what it is not, or the budget runs out.
    pub fn eval(&self, scope: &dyn Scope, budget: &mut Budget) -> Result<Value, EvalError> {
        if let Some(truth) = self.holds(scope) {
            return Ok(Value::Bool(truth));
        }
        let item = eval::eval(self, scope, budget)?;
        Ok(item.into_value(budget, self.span(self.root))?.unwrap_or_default())
    }

    /// Whether its value counts as true in JavaScript.
    ///
    /// # Errors
    /// As [`Expr::eval`].
    pub fn test(&self, scope: &dyn Scope, budget: &mut Budget) -> Result<bool, EvalError> {
        if let Some(truth) = self.holds(scope) {
            return Ok(truth);
        }
        eval::eval(self, scope, budget).map(|item| convert::truthy(&item))
    }

    /// The names it reads, in order.
    #[must_use]
    pub fn paths(&self) -> &[Read] {
        &self.reads
    }

    fn term(&self, id: TermId) -> &Term {
        self.terms.get(id.0).unwrap_or(&Term::Undefined)
    }

    fn span(&self, id: TermId) -> Span {
        self.spans.get(id.0).copied().unwrap_or_default()
    }
}

/// A value as a template shows it: lists and objects as JSON, nothing as empty.
#[must_use]
pub fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Array(_) | Value::Object(_) => value.to_json(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => convert::value_text(value),
    }
}

/// Characters that an expression may have.
pub const LONGEST: usize = 1024;

//! Text with `${…}` and `%{…}` in it.

use super::budget::{Budget, EvalError};
use super::eval::{self, Scope};
use super::item::SMALLEST;
use super::lex::closing;
use super::path;
use super::{Expr, ExprError, Read, convert};
use crate::span::Span;
use crate::value::Value;
use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};

/// A parsed text with placeholders. Copies share one parse.
#[derive(Clone, Debug, PartialEq)]
pub struct Template(Text);

#[derive(Clone, Debug, PartialEq)]
enum Text {
    /// Without placeholders.
    Fixed(Arc<str>),
    /// With some.
    Parsed(Arc<Parsed>),
}

#[derive(Debug, PartialEq)]
struct Parsed {
    source: String,
    /// Texts and placeholders by turns.
    pieces: Vec<Piece>,
    reads: Vec<Read>,
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Text(String),
    /// A plain path: what nothing set is empty.
    Path(Vec<String>, Span),
    /// Anything else is JavaScript.
    Code(Expr, Span),
    /// What is no expression fails when it is filled in.
    Broken(ExprError),
}

impl Template {
    /// Reads a text.
    ///
    /// # Errors
    /// For a placeholder that is not closed, or holds no expression.
    pub fn parse(source: &str) -> Result<Template, ExprError> {
        if next_hole(source).is_none() {
            return Ok(Template::fixed(source));
        }
        let mut template = Parsed { source: source.to_string(), pieces: Vec::new(), reads: Vec::new() };
        let mut at = 0;
        loop {
            let rest = source.get(at..).unwrap_or("");
            let Some(hole) = next_hole(rest) else {
                template.add_text(rest);
                return Ok(Template(Text::Parsed(Arc::new(template))));
            };
            template.add_text(rest.get(..hole).unwrap_or(""));
            let start = at + hole;
            let body_at = start + 2;
            let body = source.get(body_at..).unwrap_or("");
            // A lone quote, perhaps in a regular expression, hides the end; what is inside tells better.
            let Some(length) = closing(body).or_else(|| body.find('}')) else {
                let open = source.get(start..body_at).unwrap_or("");
                let message = alloc::format!("expected `}}` to close `{open}`");
                return Err(ExprError { span: Span::at(start, source.len()), message });
            };
            template.add_hole(body.get(..length).unwrap_or(""), body_at)?;
            at = body_at + length + 1;
        }
    }

    /// A text that could not be read: filling it in fails for the same reason.
    #[must_use]
    pub fn broken(text: impl Into<String>, error: ExprError) -> Template {
        let pieces = Vec::from([Piece::Broken(error)]);
        Template(Text::Parsed(Arc::new(Parsed { source: text.into(), pieces, reads: Vec::new() })))
    }

    /// A text that is taken as it is, whatever it looks like.
    #[must_use]
    pub fn fixed(text: impl Into<Arc<str>>) -> Template {
        Template(Text::Fixed(text.into()))
    }

    /// The text as written.
    #[must_use]
    pub fn source(&self) -> &str {
        match &self.0 {
            Text::Fixed(text) => text,
            Text::Parsed(parsed) => &parsed.source,
        }
    }

    /// What stands inside, if the whole text is one placeholder.
    #[must_use]
    pub fn inside(&self) -> Option<&str> {
        match self.pieces() {
            [Piece::Path(..) | Piece::Code(..)] => self.source().get(2..self.source().len().checked_sub(1)?),
            _ => None,
        }
    }

    /// Whether it holds no placeholder.
    #[must_use]
    pub fn is_literal(&self) -> bool {
        matches!(self.0, Text::Fixed(_))
    }

    /// The text itself, if it holds no placeholder.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match &self.0 {
            Text::Fixed(text) => Some(text),
            Text::Parsed(_) => None,
        }
    }

    /// The names it reads, in order.
    #[must_use]
    pub fn paths(&self) -> &[Read] {
        match &self.0 {
            Text::Fixed(_) => &[],
            Text::Parsed(parsed) => &parsed.reads,
        }
    }

    fn pieces(&self) -> &[Piece] {
        match &self.0 {
            Text::Fixed(_) => &[],
            Text::Parsed(parsed) => &parsed.pieces,
        }
    }

    /// Fills the placeholders. A text that is nothing but one placeholder keeps the type of its
    /// value; otherwise everything becomes text, lists and objects as JSON, nothing as empty.
    ///
    /// # Errors
    /// When an expression fails or the budget runs out.
    pub fn render(&self, scope: &dyn Scope, budget: &mut Budget) -> Result<Value, EvalError> {
        match self.pieces() {
            [] => Ok(Value::from(self.source())),
            [piece] => Ok(piece.eval(scope, budget)?.unwrap_or_else(|| Value::String(String::new()))),
            pieces => {
                let mut text = String::new();
                for piece in pieces {
                    let before = text.len();
                    match piece {
                        Piece::Text(piece) => text.push_str(piece),
                        Piece::Path(..) | Piece::Code(..) | Piece::Broken(_) => match piece.eval(scope, budget)? {
                            None | Some(Value::Null) => {}
                            Some(value) => text.push_str(&convert::value_text(&value)),
                        },
                    }
                    budget.allocate(text.len() - before, piece.span())?;
                }
                Ok(Value::String(text))
            }
        }
    }
}

/// Where the next placeholder begins.
pub(crate) fn next_hole(text: &str) -> Option<usize> {
    text.as_bytes().windows(2).position(|pair| matches!(pair, b"${" | b"%{"))
}

impl Parsed {
    fn add_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text.to_string()));
        }
    }

    /// A placeholder whose inside begins at `at`.
    fn add_hole(&mut self, body: &str, at: usize) -> Result<(), ExprError> {
        let span = Span::at(at - 2, at + body.len() + 1);
        let moved = |span: Span| Span { start: span.start + at as u32, end: span.end + at as u32 };
        if body.trim().is_empty() {
            return Err(ExprError {
                span,
                message: "expected a name or an expression, found an empty placeholder".into(),
            });
        }
        if let Some(path) = path::plain(body) {
            self.reads.push(Read { span: Span::at(at, at + body.len()), path: path.clone(), guarded: false });
            self.pieces.push(Piece::Path(path, span));
            return Ok(());
        }
        let expr = Expr::parse(body).map_err(|error| ExprError { span: moved(error.span), ..error })?;
        self.reads.extend(expr.paths().iter().map(|read| Read { span: moved(read.span), ..read.clone() }));
        self.pieces.push(Piece::Code(expr, span));
        Ok(())
    }
}

impl Piece {
    fn span(&self) -> Span {
        match self {
            Piece::Text(_) => Span::default(),
            Piece::Path(_, span) | Piece::Code(_, span) => *span,
            Piece::Broken(error) => error.span,
        }
    }

    /// Its value; nothing for what nothing set.
    fn eval(&self, scope: &dyn Scope, budget: &mut Budget) -> Result<Option<Value>, EvalError> {
        match self {
            Piece::Text(text) => Ok(Some(text.as_str().into())),
            Piece::Broken(error) => Err(EvalError::wrong(error.span, error.message.clone())),
            Piece::Path(steps, span) => {
                budget.spend(steps.len(), *span)?;
                let found = path::walk(scope, steps);
                budget.allocate(found.as_ref().map_or(0, size), *span)?;
                Ok(found)
            }
            Piece::Code(expr, span) => {
                let item = eval::eval(expr, scope, budget);
                item.and_then(|item| item.into_value(budget, Span::at(0, 0))).map_err(|error| {
                    let hole = Span { start: error.span.start + span.start + 2, end: error.span.end + span.start + 2 };
                    EvalError::new(error.kind, hole, error.message.clone())
                })
            }
        }
    }
}

/// Bytes that a value takes, roughly.
fn size(value: &Value) -> usize {
    SMALLEST
        + match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(size).sum(),
            Value::Object(object) => object.iter().map(|(key, value)| key.len() + size(value)).sum(),
        }
}

//! Values, properties and calls of an expression.

use super::super::lex::{Token, tokens};
use super::super::operator::REFUSED;
use super::super::pattern::Pattern;
use super::super::term::{Element, Property, Term, TermId};
use super::super::{ExprError, Read, method};
use super::{Parsed, Parser};
use crate::span::Span;
use alloc::{
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};

impl<'a> Parser<'a> {
    pub(super) fn postfix(&mut self) -> Parsed {
        let start = self.start();
        let mut term = self.primary()?;
        // The static path so far, for lints.
        let mut path = match self.terms.get(term.0) {
            Some(Term::Name(name)) if !self.locals.contains(name) && !method::is_global(name) => Some(self.reads.len()),
            _ => None,
        };
        if let (Some(_), Some(Term::Name(name))) = (path, self.terms.get(term.0)) {
            // A property follows more often than not.
            let mut path = Vec::with_capacity(2);
            path.push(name.clone());
            let span = self.spans.get(term.0).copied().unwrap_or_default();
            self.reads.push(Read { span, path, guarded: false });
        }
        loop {
            let optional = self.peek() == &Token::Mark("?.");
            let after = if optional { self.tokens.get(self.at + 1).map(|(token, _)| token) } else { Some(self.peek()) };
            match after {
                Some(Token::Mark("[")) => {
                    self.at += 1 + usize::from(optional);
                    let index = self.sequence()?;
                    self.expect("]", "`]`")?;
                    let step = match self.terms.get(index.0) {
                        Some(Term::Text(text)) => Some(text.to_string()),
                        Some(Term::Number(number)) => Some(crate::value::number_text(*number)),
                        _ => None,
                    };
                    self.lengthen(&mut path, step);
                    term = self.add(Term::Index { object: term, index, optional }, start, &[term, index])?;
                }
                Some(Token::Mark("(")) => {
                    self.at += 1 + usize::from(optional);
                    // The last step was a method, not a variable.
                    if let (Some(read), Some(Term::Member { .. })) =
                        (path.and_then(|at| self.reads.get_mut(at)), self.terms.get(term.0))
                    {
                        read.path.pop();
                    }
                    path = None;
                    let arguments = self.elements(")")?;
                    let mut children: Vec<TermId> = arguments.iter().map(|element| element.term).collect();
                    children.push(term);
                    term = self.add(Term::Call { callee: term, arguments, optional }, start, &children)?;
                }
                _ if optional || after == Some(&Token::Mark(".")) => {
                    self.at += 1;
                    let Token::Name(name) = self.peek().clone() else {
                        return Err(self.unexpected("a property name"));
                    };
                    self.at += 1;
                    self.lengthen(&mut path, Some(name.to_string()));
                    term = self.add(Term::Member { object: term, name: name.to_string(), optional }, start, &[term])?;
                }
                Some(Token::Template(..)) => return Err(self.error("tagged templates cannot be used in an expression")),
                Some(Token::Mark("++" | "--")) => {
                    return Err(self.error("variables cannot be changed in an expression"));
                }
                _ => return Ok(term),
            }
        }
    }

    /// Adds a step to the path that is being read, or ends it.
    fn lengthen(&mut self, path: &mut Option<usize>, step: Option<String>) {
        let end = self.tokens.get(self.at.saturating_sub(1)).map_or(0, |(_, span)| span.end);
        match (path.and_then(|at| self.reads.get_mut(at)), step) {
            (Some(read), Some(step)) => {
                read.path.push(step);
                read.span.end = end;
            }
            _ => *path = None,
        }
    }

    /// The next token, which is behind us then.
    fn token(&mut self) -> (Token<'a>, Span) {
        let next = self.tokens.get_mut(self.at);
        let (token, span) = next.map_or((Token::End, Span::default()), |(token, span)| {
            // Nobody looks back at a text.
            let taken = match token {
                Token::Text(text) => Token::Text(core::mem::take(text)),
                other => other.clone(),
            };
            (taken, *span)
        });
        self.at += 1;
        (token, span)
    }

    fn primary(&mut self) -> Parsed {
        let start = self.start();
        let (token, span) = self.token();
        match token {
            Token::Number(number) => self.add(Term::Number(number), start, &[]),
            Token::Text(text) => self.add(Term::Text(text.into()), start, &[]),
            Token::Template(texts, holes) => self.template(texts, &holes, start),
            Token::Name("new") => self.new_object(start),
            Token::Name(name) => self.name(name, start),
            Token::Mark("(") => {
                let inner = self.sequence()?;
                self.expect(")", "`)`")?;
                let inner = match self.terms.get(inner.0) {
                    Some(Term::Member { .. } | Term::Index { .. } | Term::Call { .. }) => {
                        self.add(Term::Brackets(inner), start, &[inner])?
                    }
                    _ => inner,
                };
                self.bracketed.push(inner);
                Ok(inner)
            }
            Token::Mark("[") => {
                let items = self.elements("]")?;
                let children: Vec<TermId> = items.iter().map(|element| element.term).collect();
                self.add(Term::Array(items), start, &children)
            }
            Token::Mark("{") => self.object(start),
            Token::Pattern(source, flags) => match Pattern::new(&source, &flags) {
                Ok(pattern) => self.add(Term::Pattern(Arc::new(pattern)), start, &[]),
                Err(message) => Err(ExprError { span, message }),
            },
            Token::Mark(_) | Token::End => {
                let message = format!("expected a value, found {}", token.describe());
                Err(ExprError { span, message })
            }
        }
    }

    fn name(&mut self, name: &str, start: u32) -> Parsed {
        let term = match name {
            "true" => Term::Bool(true),
            "false" => Term::Bool(false),
            "null" => Term::Null,
            "undefined" => Term::Undefined,
            word if REFUSED.contains(&word) => {
                self.at -= 1;
                return Err(self.error(&format!("`{word}` cannot be used in an expression")));
            }
            _ => Term::Name(name.to_string()),
        };
        self.add(term, start, &[])
    }

    fn template(&mut self, texts: Vec<String>, holes: &[Span], start: u32) -> Parsed {
        let mut terms = Vec::new();
        for hole in holes {
            let inner = tokens(hole.of(self.source), hole.start)?;
            let outer = core::mem::replace(&mut self.tokens, inner);
            let at = core::mem::replace(&mut self.at, 0);
            let term = self.sequence()?;
            if self.peek() != &Token::End {
                return Err(self.unexpected("`}`"));
            }
            self.tokens = outer;
            self.at = at;
            terms.push(term);
        }
        let children = terms.clone();
        self.add(Term::Template(texts, terms), start, &children)
    }

    /// Items up to the closing bracket.
    fn elements(&mut self, close: &'static str) -> Result<Vec<Element>, ExprError> {
        let mut elements = Vec::new();
        loop {
            if self.take(close) {
                return Ok(elements);
            }
            let spread = self.take("...");
            elements.push(Element { term: self.expression()?, spread });
            if !self.take(",") {
                self.expect(close, &format!("`,` or `{close}`"))?;
                return Ok(elements);
            }
        }
    }

    fn object(&mut self, start: u32) -> Parsed {
        let mut properties = Vec::new();
        let mut children = Vec::new();
        loop {
            if self.take("}") {
                break;
            }
            let (token, span) = self.token();
            let property = match token {
                Token::Mark("...") => {
                    let term = self.expression()?;
                    children.push(term);
                    Property::Spread(term)
                }
                Token::Mark("[") => {
                    let key = self.expression()?;
                    self.expect("]", "`]`")?;
                    self.expect(":", "`:` behind the key")?;
                    let value = self.expression()?;
                    children.extend([key, value]);
                    Property::Computed(key, value)
                }
                Token::Name(name) if !matches!(self.peek(), Token::Mark(":")) => {
                    let value = self.name(name, span.start)?;
                    if !self.locals.iter().any(|local| local == name) && !method::is_global(name) {
                        self.reads.push(Read { span, path: Vec::from([name.to_string()]), guarded: false });
                    }
                    children.push(value);
                    Property::Named(name.to_string(), value)
                }
                Token::Name(name) => self.named(name.to_string(), &mut children)?,
                Token::Text(name) => self.named(name, &mut children)?,
                Token::Number(number) => self.named(crate::value::number_text(number), &mut children)?,
                other => {
                    let message = format!("expected a key, found {}", other.describe());
                    return Err(ExprError { span, message });
                }
            };
            properties.push(property);
            if !self.take(",") {
                self.expect("}", "`,` or `}`")?;
                break;
            }
        }
        self.add(Term::Object(properties), start, &children)
    }

    fn named(&mut self, name: String, children: &mut Vec<TermId>) -> Result<Property, ExprError> {
        self.expect(":", "`:` behind the key")?;
        if name == "__proto__" {
            return Err(self.error("`__proto__` cannot be set in an expression"));
        }
        let value = self.expression()?;
        children.push(value);
        Ok(Property::Named(name, value))
    }

    /// Whether `name =>` or `(…) =>` stands here.
    pub(super) fn is_arrow(&self) -> bool {
        let token = |at: usize| self.tokens.get(at).map(|(token, _)| token);
        let mut at = self.at;
        match token(at) {
            Some(Token::Name(_)) => {}
            Some(Token::Mark("(")) => {
                let mut open = 1;
                while open > 0 {
                    at += 1;
                    match token(at) {
                        Some(Token::Mark("(" | "[" | "{")) => open += 1,
                        Some(Token::Mark(")" | "]" | "}")) => open -= 1,
                        Some(Token::End) | None => return false,
                        _ => {}
                    }
                }
            }
            _ => return false,
        }
        token(at + 1) == Some(&Token::Mark("=>"))
    }

    pub(super) fn arrow(&mut self, start: u32) -> Parsed {
        let bracketed = self.take("(");
        let mut parameters = Vec::new();
        while let Token::Name(name) = self.peek() {
            if REFUSED.contains(name) {
                return Err(self.unexpected("the name of a parameter"));
            }
            parameters.push(name.to_string());
            self.at += 1;
            if !bracketed || !self.take(",") {
                break;
            }
        }
        if bracketed && !self.take(")") {
            let message = match self.peek() {
                Token::Mark("=") => "defaults of parameters cannot be used in an expression",
                Token::Mark("...") => "`...` before a parameter cannot be used in an expression",
                _ => "expected the name of a parameter; taking lists and objects apart cannot be used in an expression",
            };
            return Err(self.error(message));
        }
        self.expect("=>", "`=>`")?;
        if self.peek() == &Token::Mark("{") {
            return Err(self.error("expected an expression behind `=>`, found `{`; statements cannot be used"));
        }
        let before = self.locals.len();
        self.locals.extend(parameters.iter().cloned());
        let body = self.expression()?;
        self.locals.truncate(before);
        self.add(Term::Arrow { parameters, body }, start, &[body])
    }

    /// What stands behind `new`.
    fn new_object(&mut self, start: u32) -> Parsed {
        let Token::Name(name) = self.peek().clone() else {
            return Err(self.unexpected("the name of a type behind `new`"));
        };
        if !matches!(name, "Date" | "RegExp" | "Array" | "Object") {
            return Err(self.error(&format!("`new {name}` cannot be used in an expression")));
        }
        self.at += 1;
        let arguments = if self.take("(") { self.elements(")")? } else { Vec::new() };
        let children: Vec<TermId> = arguments.iter().map(|element| element.term).collect();
        self.add(Term::New { name: name.to_string(), arguments }, start, &children)
    }
}

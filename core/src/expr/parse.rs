//! Tokens to terms: precedence climbing with a bound on nesting.

use super::lex::{Token, tokens};
use super::operator::{OPERATORS, Operator, REFUSED};
use super::term::{Binary, Element, Logical, Property, Term, TermId, Unary};
use super::{Expr, ExprError, LONGEST, Read};
use crate::span::Span;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

pub(super) fn parse(source: &str) -> Result<Expr, ExprError> {
    let length = source.chars().count();
    if length > LONGEST {
        let message = format!("expected an expression of at most {LONGEST} characters, found {length}");
        return Err(ExprError { span: Span::at(0, source.len()), message });
    }
    let mut parser = Parser {
        source,
        tokens: tokens(source, 0)?,
        at: 0,
        nesting: 0,
        terms: Vec::new(),
        spans: Vec::new(),
        heights: Vec::new(),
        bracketed: Vec::new(),
        locals: Vec::new(),
        reads: Vec::new(),
    };
    let root = parser.expression()?;
    if parser.peek() == &Token::Mark(";") {
        parser.at += 1;
    }
    match parser.peek() {
        Token::End => {}
        Token::Mark("=") => return Err(parser.error("expected an expression, found an assignment; compare with `==`")),
        Token::Mark(mark)
            if mark.ends_with('=') && mark.len() > 1 && !matches!(*mark, "==" | "===" | "!=" | "!==" | "<=" | ">=") =>
        {
            return Err(parser.error("expected an expression, found an assignment"));
        }
        _ => return Err(parser.unexpected("an operator or the end")),
    }
    let Parser { terms, spans, reads, .. } = parser;
    Ok(Expr { terms, spans, root, reads })
}

struct Parser<'a> {
    source: &'a str,
    tokens: Vec<(Token, Span)>,
    at: usize,
    nesting: usize,
    terms: Vec<Term>,
    spans: Vec<Span>,
    /// For each term how deep evaluating it recurses.
    heights: Vec<usize>,
    /// Terms in brackets: `(-1) ** 2` is told from `-1 ** 2`.
    bracketed: Vec<TermId>,
    /// Parameters of the arrow functions around.
    locals: Vec<String>,
    reads: Vec<Read>,
}

type Parsed = Result<TermId, ExprError>;

impl Parser<'_> {
    /// Anything but a comma.
    fn expression(&mut self) -> Parsed {
        self.nesting += 1;
        if self.nesting > DEEPEST {
            return Err(self.error("the expression nests too deep"));
        }
        let start = self.start();
        let result = if self.is_arrow() { self.arrow(start) } else { self.conditional(start) };
        self.nesting -= 1;
        result
    }

    fn conditional(&mut self, start: u32) -> Parsed {
        let test = self.binary(0)?;
        if !self.take("?") {
            return Ok(test);
        }
        let yes = self.expression()?;
        self.expect(":", "`:` of the condition")?;
        let no = self.expression()?;
        self.add(Term::Conditional(test, yes, no), start, &[test, yes, no])
    }

    /// Operators that bind at least as tight as `floor`.
    fn binary(&mut self, floor: u8) -> Parsed {
        let start = self.start();
        let mut left = self.unary()?;
        loop {
            let Some((operator, strength)) = self.operator() else { return Ok(left) };
            if strength < floor {
                return Ok(left);
            }
            if operator == Operator::Binary(Binary::Power) && self.is_bare_unary(left) {
                return Err(self.error("expected brackets around the left side of `**`"));
            }
            self.at += 1;
            // `**` alone groups to the right.
            let right = if operator == Operator::Binary(Binary::Power) {
                self.nesting += 1;
                if self.nesting > DEEPEST {
                    return Err(self.error("the expression nests too deep"));
                }
                let right = self.binary(strength)?;
                self.nesting -= 1;
                right
            } else {
                self.binary(strength + 1)?
            };
            let term = match operator {
                Operator::Binary(binary) => Term::Binary(binary, left, right),
                Operator::Logical(logical) => Term::Logical(logical, left, right),
            };
            if self.mixes(operator, left) || self.mixes(operator, right) {
                return Err(self.error("`??` cannot stand beside `&&` or `||` without brackets"));
            }
            left = self.add(term, start, &[left, right])?;
        }
    }

    fn operator(&self) -> Option<(Operator, u8)> {
        let mark = match self.peek() {
            Token::Mark(mark) => *mark,
            Token::Name(name) if name == "in" => "in",
            Token::Number(_) | Token::Text(_) | Token::Template(..) | Token::Name(_) | Token::Pattern | Token::End => {
                return None;
            }
        };
        OPERATORS.iter().find(|(text, ..)| *text == mark).map(|(_, operator, strength)| (*operator, *strength))
    }

    fn is_bare_unary(&self, id: TermId) -> bool {
        matches!(self.terms.get(id.0), Some(Term::Unary(..))) && !self.is_bracketed(id)
    }

    /// Whether `??` meets `&&` or `||` without brackets, which JavaScript forbids.
    fn mixes(&self, operator: Operator, operand: TermId) -> bool {
        match (operator, self.terms.get(operand.0)) {
            (Operator::Logical(outer), Some(Term::Logical(inner, ..))) if !self.is_bracketed(operand) => {
                (outer == Logical::Coalesce) != (*inner == Logical::Coalesce)
            }
            _ => false,
        }
    }

    fn is_bracketed(&self, id: TermId) -> bool {
        self.bracketed.contains(&id)
    }

    fn unary(&mut self) -> Parsed {
        let start = self.start();
        let operator = match self.peek() {
            Token::Mark("!") => Unary::Not,
            Token::Mark("-") => Unary::Minus,
            Token::Mark("+") => Unary::Plus,
            Token::Mark("~") => Unary::BitNot,
            Token::Name(name) if name == "typeof" => Unary::TypeOf,
            Token::Name(name) if name == "void" => Unary::Void,
            Token::Mark("++" | "--") => return Err(self.error("variables cannot be changed in an expression")),
            _ => return self.postfix(),
        };
        self.at += 1;
        self.nesting += 1;
        if self.nesting > DEEPEST {
            return Err(self.error("the expression nests too deep"));
        }
        let operand = self.unary()?;
        self.nesting -= 1;
        self.add(Term::Unary(operator, operand), start, &[operand])
    }

    fn postfix(&mut self) -> Parsed {
        let start = self.start();
        let mut term = self.primary()?;
        // The static path so far, for lints.
        let mut path = match self.terms.get(term.0) {
            Some(Term::Name(name)) if !self.locals.contains(name) && !super::eval::is_global(name) => {
                Some(self.reads.len())
            }
            _ => None,
        };
        if let (Some(_), Some(Term::Name(name))) = (path, self.terms.get(term.0)) {
            let read =
                Read { span: self.spans.get(term.0).copied().unwrap_or_default(), path: Vec::from([name.clone()]) };
            self.reads.push(read);
        }
        loop {
            let optional = self.peek() == &Token::Mark("?.");
            let after = if optional { self.tokens.get(self.at + 1).map(|(token, _)| token) } else { Some(self.peek()) };
            match after {
                Some(Token::Mark("[")) => {
                    self.at += 1 + usize::from(optional);
                    let index = self.expression()?;
                    self.expect("]", "`]`")?;
                    let step = match self.terms.get(index.0) {
                        Some(Term::Text(text)) => Some(text.clone()),
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
                    self.lengthen(&mut path, Some(name.clone()));
                    term = self.add(Term::Member { object: term, name, optional }, start, &[term])?;
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

    fn primary(&mut self) -> Parsed {
        let start = self.start();
        let (token, span) = self.tokens.get(self.at).cloned().unwrap_or((Token::End, Span::default()));
        self.at += 1;
        match token {
            Token::Number(number) => self.add(Term::Number(number), start, &[]),
            Token::Text(text) => self.add(Term::Text(text), start, &[]),
            Token::Template(texts, holes) => self.template(texts, &holes, start),
            Token::Name(name) => self.name(name, start),
            Token::Mark("(") => {
                let inner = self.expression()?;
                self.expect(")", "`)`")?;
                self.bracketed.push(inner);
                Ok(inner)
            }
            Token::Mark("[") => {
                let items = self.elements("]")?;
                let children: Vec<TermId> = items.iter().map(|element| element.term).collect();
                self.add(Term::Array(items), start, &children)
            }
            Token::Mark("{") => self.object(start),
            Token::Pattern => {
                self.at -= 1;
                Err(self.error("regular expressions cannot be used in an expression"))
            }
            Token::Mark(_) | Token::End => {
                let message = format!("expected a value, found {}", token.describe());
                Err(ExprError { span, message })
            }
        }
    }

    fn name(&mut self, name: String, start: u32) -> Parsed {
        let term = match name.as_str() {
            "true" => Term::Bool(true),
            "false" => Term::Bool(false),
            "null" => Term::Null,
            "undefined" => Term::Undefined,
            word if REFUSED.contains(&word) => {
                self.at -= 1;
                return Err(self.error(&format!("`{word}` cannot be used in an expression")));
            }
            _ => Term::Name(name),
        };
        self.add(term, start, &[])
    }

    fn template(&mut self, texts: Vec<String>, holes: &[Span], start: u32) -> Parsed {
        let mut terms = Vec::new();
        for hole in holes {
            let inner = tokens(hole.of(self.source), hole.start)?;
            let outer = core::mem::replace(&mut self.tokens, inner);
            let at = core::mem::replace(&mut self.at, 0);
            let term = self.expression()?;
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
            let (token, span) = self.tokens.get(self.at).cloned().unwrap_or((Token::End, Span::default()));
            self.at += 1;
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
                    let value = self.name(name.clone(), span.start)?;
                    if !self.locals.contains(&name) && !super::eval::is_global(&name) {
                        self.reads.push(Read { span, path: Vec::from([name.clone()]) });
                    }
                    children.push(value);
                    Property::Named(name, value)
                }
                Token::Name(name) | Token::Text(name) => self.named(name, &mut children)?,
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
        let value = self.expression()?;
        children.push(value);
        Ok(Property::Named(name, value))
    }

    /// Whether `name =>` or `(…) =>` stands here.
    fn is_arrow(&self) -> bool {
        let token = |at: usize| self.tokens.get(at).map(|(token, _)| token);
        match token(self.at) {
            Some(Token::Name(_)) => token(self.at + 1) == Some(&Token::Mark("=>")),
            Some(Token::Mark("(")) => {
                let mut at = self.at + 1;
                while matches!(token(at), Some(Token::Name(_) | Token::Mark(","))) {
                    at += 1;
                }
                token(at) == Some(&Token::Mark(")")) && token(at + 1) == Some(&Token::Mark("=>"))
            }
            _ => false,
        }
    }

    fn arrow(&mut self, start: u32) -> Parsed {
        let mut parameters = Vec::new();
        while !self.take("=>") {
            if let Token::Name(name) = self.peek() {
                parameters.push(name.clone());
            }
            self.at += 1;
        }
        if self.peek() == &Token::Mark("{") {
            return Err(self.error("expected an expression behind `=>`, found `{`; statements cannot be used"));
        }
        let before = self.locals.len();
        self.locals.extend(parameters.iter().cloned());
        let body = self.expression()?;
        self.locals.truncate(before);
        self.add(Term::Arrow { parameters, body }, start, &[body])
    }

    /// Files a term that began at `start` and ends behind the last token.
    fn add(&mut self, term: Term, start: u32, children: &[TermId]) -> Parsed {
        let end = self.end();
        let height = |id: &TermId| self.heights.get(id.0).copied().unwrap_or(0);
        // Chains of operators are evaluated from the left without recursion.
        let level = match &term {
            Term::Binary(_, left, right) | Term::Logical(_, left, right) => {
                let chained = matches!(self.terms.get(left.0), Some(Term::Binary(..) | Term::Logical(..)));
                (height(left) + usize::from(!chained)).max(height(right) + 1)
            }
            _ => children.iter().map(height).max().unwrap_or(0) + 1,
        };
        if level > DEEPEST {
            return Err(self.error("the expression nests too deep"));
        }
        self.terms.push(term);
        self.spans.push(Span { start, end });
        self.heights.push(level);
        Ok(TermId(self.terms.len() - 1))
    }

    fn peek(&self) -> &Token {
        self.tokens.get(self.at).map_or(&Token::End, |(token, _)| token)
    }

    fn start(&self) -> u32 {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(0, |(_, span)| span.start)
    }

    fn end(&self) -> u32 {
        self.tokens.get(self.at.saturating_sub(1)).or(self.tokens.last()).map_or(0, |(_, span)| span.end)
    }

    fn take(&mut self, mark: &str) -> bool {
        let found = matches!(self.peek(), Token::Mark(next) if *next == mark);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, mark: &str, what: &str) -> Result<(), ExprError> {
        if self.take(mark) { Ok(()) } else { Err(self.unexpected(what)) }
    }

    fn unexpected(&self, expected: &str) -> ExprError {
        let found = self.peek().describe();
        let hint = if self.peek() == &Token::Mark("=") { "; compare with `==`" } else { "" };
        self.error(&format!("expected {expected}, found {found}{hint}"))
    }

    fn error(&self, message: &str) -> ExprError {
        let span = self.tokens.get(self.at).or(self.tokens.last()).map_or(Span::default(), |(_, span)| *span);
        ExprError { span, message: message.to_string() }
    }
}

/// How deep an expression may nest; an evaluation recurses no deeper.
const DEEPEST: usize = 40;

//! Tokens to terms: precedence climbing with a bound on nesting.

mod primary;

use super::lex::{Token, tokens};
use super::operator::{OPERATORS, Operator};
use super::term::{Binary, Logical, Term, TermId, Unary};
use super::{Expr, ExprError, LONGEST, Read};
use crate::span::Span;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

pub(super) fn parse(source: &str) -> Result<Expr, ExprError> {
    let length = if source.len() > LONGEST { source.chars().count() } else { source.len() };
    if length > LONGEST {
        let message = format!("expected an expression of at most {LONGEST} characters, found {length}");
        return Err(ExprError { span: Span::at(0, source.len()), message });
    }
    let tokens = tokens(source, 0)?;
    // Most tokens become a term.
    let room = tokens.len();
    let mut parser = Parser {
        source,
        tokens,
        at: 0,
        nesting: 0,
        terms: Vec::with_capacity(room),
        spans: Vec::with_capacity(room),
        heights: Vec::with_capacity(room),
        bracketed: Vec::new(),
        locals: Vec::new(),
        reads: Vec::new(),
    };
    let root = parser.sequence()?;
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
    tokens: Vec<(Token<'a>, Span)>,
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

impl<'a> Parser<'a> {
    /// Expressions with commas between them.
    fn sequence(&mut self) -> Parsed {
        let start = self.start();
        let mut left = self.expression()?;
        while self.take(",") {
            let right = self.expression()?;
            left = self.add(Term::Binary(Binary::Comma, left, right), start, &[left, right])?;
        }
        Ok(left)
    }

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
            Token::Name("in") => "in",
            Token::Name("instanceof") => "instanceof",
            Token::Number(_)
            | Token::Text(_)
            | Token::Template(..)
            | Token::Name(_)
            | Token::Pattern(..)
            | Token::End => {
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
            Token::Name("typeof") => Unary::TypeOf,
            Token::Name("void") => Unary::Void,
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

    /// Notes what is only asked for its presence.
    fn guard(&mut self, term: &Term) {
        let nothing = |id: &TermId| matches!(self.terms.get(id.0), Some(Term::Null | Term::Undefined));
        let asked = match term {
            Term::Logical(_, left, _) | Term::Conditional(left, ..) => *left,
            Term::Unary(Unary::TypeOf | Unary::Not, operand) => *operand,
            Term::Member { object, optional: true, .. } | Term::Index { object, optional: true, .. } => *object,
            Term::Binary(Binary::Equal | Binary::NotEqual | Binary::Same | Binary::NotSame, left, right) => {
                match (nothing(left), nothing(right)) {
                    (_, true) => *left,
                    (true, _) => *right,
                    _ => return,
                }
            }
            _ => return,
        };
        let Some(span) = self.spans.get(asked.0).copied() else { return };
        let inside = self.reads.iter_mut().filter(|read| span.start <= read.span.start && read.span.end <= span.end);
        inside.for_each(|read| read.guarded = true);
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
        self.guard(&term);
        self.terms.push(term);
        self.spans.push(Span { start, end });
        self.heights.push(level);
        Ok(TermId(self.terms.len() - 1))
    }

    fn peek(&self) -> &Token<'a> {
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

//! JSON (RFC 8259), read by hand because recovery and edit positions are what we exist for.
//!
//! There is no recursion: open brackets live on a stack of [`Frame`]s.

#[cfg(test)]
mod tests;
mod token;

use super::{Entry, Format, Key, Kind, Node, Problem, TextLimits, Tree, keys};
use crate::diag::{Severity, codes};
use crate::span::Span;
use alloc::{format, string::String, vec::Vec};

pub(super) fn read(source: &str, limits: &TextLimits) -> Tree {
    let mut reader = Reader {
        source,
        limits,
        at: 0,
        nodes: 0,
        problems: Vec::new(),
        comments: Vec::new(),
        items: Vec::new(),
        entries: Vec::new(),
    };
    let root = reader.document();
    Tree { format: Format::Json, root, comments: reader.comments, problems: reader.problems }
}

/// An open bracket: where it stands, and where what it has so far begins in the reader's list.
enum Frame {
    Array { start: usize, from: usize },
    Object { start: usize, from: usize, pending: Option<(Key, Span)> },
}

struct Reader<'a> {
    source: &'a str,
    limits: &'a TextLimits,
    at: usize,
    nodes: usize,
    problems: Vec<Problem>,
    comments: Vec<Span>,
    /// Items of all open arrays, the innermost last, so that each becomes a list of its own size.
    items: Vec<Node>,
    /// Entries of all open objects, likewise.
    entries: Vec<Entry>,
}

/// What the reader does next inside the innermost bracket.
enum Step {
    /// Reads an item, or a key with its value; the bracket may also close.
    Item { after_comma: Option<Span> },
    /// Reads the value that belongs to the pending key, or the top value.
    Value,
    /// Hands a finished value to the innermost bracket.
    Give(Node),
    /// Reads a comma or a closing bracket.
    Separator,
}

impl Reader<'_> {
    fn document(&mut self) -> Option<Node> {
        if self.source.starts_with(super::BYTE_ORDER_MARK) {
            self.at = super::BYTE_ORDER_MARK.len_utf8();
        }
        let mut stack: Vec<Frame> = Vec::new();
        self.skip();
        if self.peek().is_none() {
            self.error(self.here(), "expected a value, found nothing");
            return None;
        }
        let mut step = Step::Value;
        loop {
            step = match step {
                Step::Value => match self.peek() {
                    Some(b'[' | b'{') => {
                        if stack.len() >= self.limits.depth {
                            self.too_large(format!("values nest deeper than {} levels", self.limits.depth));
                            return self.close_all(stack);
                        }
                        let start = self.at;
                        stack.push(if self.peek() == Some(b'[') {
                            Frame::Array { start, from: self.items.len() }
                        } else {
                            Frame::Object { start, from: self.entries.len(), pending: None }
                        });
                        self.at += 1;
                        Step::Item { after_comma: None }
                    }
                    _ => Step::Give(self.scalar(!stack.is_empty())),
                },
                Step::Give(node) => {
                    self.nodes += 1;
                    if self.nodes > self.limits.nodes {
                        self.too_large(format!("more than {} values", self.limits.nodes));
                        return self.close_all(stack);
                    }
                    match stack.last_mut() {
                        None => {
                            self.rest();
                            return Some(node);
                        }
                        Some(frame) => {
                            self.give(frame, node);
                            Step::Separator
                        }
                    }
                }
                Step::Separator => self.separator(&mut stack),
                Step::Item { after_comma } => self.item(&mut stack, after_comma),
            };
        }
    }

    /// Expects an item or the closing bracket.
    fn item(&mut self, stack: &mut [Frame], after_comma: Option<Span>) -> Step {
        self.skip();
        let in_object = matches!(stack.last(), Some(Frame::Object { .. }));
        match self.peek() {
            None | Some(b']' | b'}') => {
                if let Some(comma) = after_comma {
                    self.report(
                        Problem::new(&codes::TRAILING_COMMA, comma, "a comma stands behind the last value")
                            .help("JSON allows no trailing comma, and strict readers refuse the document")
                            .fix(""),
                    );
                }
                Step::Separator
            }
            Some(b',') => {
                let span = self.here();
                let problem = Problem::new(&codes::SYNTAX, span, "expected a value, found `,`").fix("");
                self.report(problem);
                self.at += 1;
                Step::Item { after_comma: None }
            }
            Some(_) if in_object => {
                let (key, separator) = self.key();
                if let Some(Frame::Object { pending, .. }) = stack.last_mut() {
                    let nowhere = Span::new(key.span.end, key.span.end);
                    *pending = Some((key, separator.unwrap_or(nowhere)));
                }
                match separator {
                    Some(_) => {
                        self.skip();
                        Step::Value
                    }
                    None => Step::Give(self.null()),
                }
            }
            Some(b':') => {
                let problem = Problem::new(&codes::SYNTAX, self.here(), "expected a value, found `:`")
                    .help("named values belong in `{ }`");
                self.report(problem);
                self.at += 1;
                Step::Item { after_comma: None }
            }
            Some(_) => Step::Value,
        }
    }

    /// Expects a comma or the closing bracket behind a value.
    fn separator(&mut self, stack: &mut Vec<Frame>) -> Step {
        let behind = self.at;
        self.skip();
        let Some(frame) = stack.last() else { return Step::Give(self.null()) };
        let (close, noun, start) = frame.face();
        match self.peek() {
            Some(b',') => {
                let comma = self.here();
                self.at += 1;
                Step::Item { after_comma: Some(comma) }
            }
            Some(found @ (b']' | b'}')) if found == close => {
                self.at += 1;
                self.pop(stack, self.at)
            }
            Some(found @ (b']' | b'}')) => {
                let found = char::from(found);
                let close = char::from(close);
                let fits_outside = stack.iter().rev().skip(1).any(|outer| char::from(outer.face().0) == found);
                let message = format!("expected `{close}` to close the {noun}, found `{found}`");
                if fits_outside {
                    let span = Span::at(behind, behind);
                    self.report(Problem::new(&codes::SYNTAX, span, message).fix(String::from(close)));
                    self.pop(stack, behind)
                } else {
                    self.report(Problem::new(&codes::SYNTAX, self.here(), message).fix(String::from(close)));
                    self.at += 1;
                    self.pop(stack, self.at)
                }
            }
            None => {
                let span = Span::at(start, start + 1);
                let message = format!("this {noun} is never closed; expected `{}`", char::from(close));
                self.report(Problem::new(&codes::SYNTAX, span, message));
                self.pop(stack, self.at)
            }
            Some(b':') => {
                let problem = Problem::new(
                    &codes::SYNTAX,
                    self.here(),
                    format!("expected `,` or `{}`, found `:`", char::from(close)),
                );
                self.report(problem);
                self.at += 1;
                self.skip();
                match self.peek() {
                    Some(b',' | b']' | b'}') | None => Step::Separator,
                    Some(_) => Step::Item { after_comma: None },
                }
            }
            Some(_) => {
                let found = self.describe();
                let message = format!("expected `,` or `{}`, found {found}", char::from(close));
                let span = Span::at(behind, behind);
                self.report(Problem::new(&codes::SYNTAX, span, message).help("a comma is missing here").fix(","));
                Step::Item { after_comma: None }
            }
        }
    }

    /// A key and its colon; no colon when there is no value either.
    fn key(&mut self) -> (Key, Option<Span>) {
        let nowhere = Span::at(self.at, self.at);
        let key = match self.peek() {
            Some(b':') => {
                self.error(self.here(), "expected a key in double quotes, found `:`");
                Key { span: nowhere, text: String::new() }
            }
            Some(b'[' | b'{') => {
                let message = format!("expected a key in double quotes, found {}", self.describe());
                self.error(self.here(), &message);
                return (Key { span: nowhere, text: String::new() }, Some(nowhere));
            }
            _ => self.name(),
        };
        let behind = Span::at(self.at, self.at);
        self.skip();
        let found = self.peek();
        if found == Some(b':') {
            let separator = self.here();
            self.at += 1;
            return (key, Some(separator));
        }
        let message = format!("expected `:` behind the key, found {}", self.describe());
        let problem = Problem::new(&codes::SYNTAX, behind, message);
        match found {
            None | Some(b',' | b'}' | b']') => {
                self.report(problem);
                (key, None)
            }
            Some(b'=') => {
                let separator = self.here();
                self.report(Problem { span: separator, ..problem }.fix(":"));
                self.at += 1;
                (key, Some(separator))
            }
            Some(_) => {
                self.report(problem.fix(":"));
                (key, Some(behind))
            }
        }
    }

    /// Closes the innermost bracket, which ends at `end`.
    fn pop(&mut self, stack: &mut Vec<Frame>, end: usize) -> Step {
        let Some(frame) = stack.pop() else { return Step::Give(self.null()) };
        let node = self.close(frame, end);
        if let Kind::Object(entries) = &node.kind {
            for key in keys::repeated(entries) {
                let message = format!("the key `{}` is given twice; the last one counts", key.text);
                let problem = Problem::new(&codes::DUPLICATE_KEY, key.span, message);
                self.report(problem.severity(Severity::Warning));
            }
        }
        Step::Give(node)
    }

    /// What stands behind the top value.
    fn rest(&mut self) {
        self.skip();
        if self.at < self.source.len() {
            let found = self.describe();
            let span = Span::at(self.at, self.source.trim_end().len().max(self.at + 1));
            self.error(span, &format!("expected the end of the document, found {found}"));
            self.at = self.source.len();
        }
    }

    /// Hands a value to an open bracket.
    fn give(&mut self, frame: &mut Frame, value: Node) {
        match frame {
            Frame::Array { .. } => self.items.push(value),
            Frame::Object { pending, .. } => {
                let nowhere = Span::new(value.span.start, value.span.start);
                let (key, separator) = pending.take().unwrap_or((Key { span: nowhere, text: String::new() }, nowhere));
                self.entries.push(Entry { key, separator, value });
            }
        }
    }

    /// What a bracket that ends at `end` holds.
    fn close(&mut self, mut frame: Frame, end: usize) -> Node {
        if let Frame::Object { pending: Some(_), .. } = &frame {
            self.give(&mut frame, Node::new(Span::at(end, end), Kind::Null));
        }
        match frame {
            Frame::Array { start, from } => {
                Node::new(Span::at(start, end), Kind::Array(self.items.drain(from..).collect()))
            }
            Frame::Object { start, from, .. } => {
                Node::new(Span::at(start, end), Kind::Object(self.entries.drain(from..).collect()))
            }
        }
    }

    /// Closes what is open, so that a tree cut short is still a tree.
    fn close_all(&mut self, mut stack: Vec<Frame>) -> Option<Node> {
        let mut inner = stack.pop().map(|frame| self.close(frame, self.at))?;
        while let Some(mut frame) = stack.pop() {
            self.give(&mut frame, inner);
            inner = self.close(frame, self.at);
        }
        Some(inner)
    }

    fn null(&self) -> Node {
        Node::new(Span::at(self.at, self.at), Kind::Null)
    }

    /// Skips white space and comments, which JSON does not have.
    fn skip(&mut self) {
        loop {
            while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
                self.at += 1;
            }
            // Nothing else is blank or begins a comment.
            if self.peek().is_some_and(|byte| byte.is_ascii_graphic() && !matches!(byte, b'/' | b'#')) {
                return;
            }
            let rest = self.source.get(self.at..).unwrap_or("");
            let length = if rest.starts_with("//") || rest.starts_with('#') {
                rest.find(['\n', '\r']).unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else if let Some(space) =
                rest.chars().next().filter(|c| c.is_whitespace() || *c == super::BYTE_ORDER_MARK)
            {
                // A no-break space and its kin, pasted from a web page.
                let message = format!("expected a plain space, found U+{:04X}", u32::from(space));
                let span = Span::at(self.at, self.at + space.len_utf8());
                self.report(Problem::new(&codes::SYNTAX, span, message).fix(" "));
                self.at += space.len_utf8();
                continue;
            } else {
                return;
            };
            let span = Span::at(self.at, self.at + length);
            self.comments.push(span);
            let problem =
                Problem::new(&codes::SYNTAX, span, "JSON has no comments").help("take it away, or write YAML").fix("");
            self.report(problem);
            self.at += length;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    /// The next character's place.
    fn here(&self) -> Span {
        let length = self.source.get(self.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Span::at(self.at, self.at + length)
    }

    /// The next thing, for a message.
    fn describe(&self) -> String {
        let rest = self.source.get(self.at..).unwrap_or("");
        match rest.chars().next() {
            None => String::from("the end of the document"),
            Some('"') => String::from("a string"),
            Some(first) if first.is_alphanumeric() => {
                let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').take(20).collect();
                format!("`{word}`")
            }
            Some(first) => format!("`{}`", first.escape_debug()),
        }
    }

    fn error(&mut self, span: Span, message: &str) {
        self.report(Problem::new(&codes::SYNTAX, span, message));
    }

    fn too_large(&mut self, message: String) {
        self.report(Problem::new(&codes::TOO_LARGE, self.here(), message));
    }

    fn report(&mut self, problem: Problem) {
        self.limits.report(&mut self.problems, problem);
    }
}

impl Frame {
    /// Its closing bracket, its name and where it opened.
    fn face(&self) -> (u8, &'static str, usize) {
        match self {
            Frame::Array { start, .. } => (b']', "array", *start),
            Frame::Object { start, .. } => (b'}', "object", *start),
        }
    }
}

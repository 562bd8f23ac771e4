//! XML 1.0 without document types, read by hand so that a mistake is told and read past.
//!
//! There is no recursion: open elements live on a stack. Names are kept as written, prefix
//! included, because none of the dialects knows namespaces.

mod reference;
mod tag;
#[cfg(test)]
mod tests;

use super::{Child, Element, Format, Kind, Node, Problem, TextLimits, Tree};
use crate::diag::{codes, did_you_mean};
use crate::span::Span;
use alloc::{borrow::Cow, boxed::Box, format, string::String, vec::Vec};

pub(super) fn read(source: &str, limits: &TextLimits) -> Tree {
    let mut reader = Reader {
        source,
        limits,
        at: 0,
        nodes: 0,
        problems: Vec::new(),
        comments: Vec::new(),
        stack: Vec::new(),
        root: None,
    };
    reader.document();
    let Reader { root, comments, problems, .. } = reader;
    Tree { format: Format::Xml, root, comments, problems }
}

struct Reader<'a> {
    source: &'a str,
    limits: &'a TextLimits,
    at: usize,
    nodes: usize,
    problems: Vec<Problem>,
    comments: Vec<Span>,
    /// Elements whose closing tag was not seen yet.
    stack: Vec<Element>,
    root: Option<Node>,
}

impl<'a> Reader<'a> {
    fn document(&mut self) {
        self.prologue();
        while self.at < self.source.len() {
            let rest = self.rest();
            if self.nodes > self.limits.nodes {
                let message = format!("more than {} elements, attributes and texts", self.limits.nodes);
                self.report(Problem::new(&codes::TOO_LARGE, self.here(), message));
                break;
            }
            if !rest.starts_with('<') {
                self.text();
            } else if rest.starts_with("<!--") {
                self.comment();
            } else if rest.starts_with("<![CDATA[") {
                self.character_data();
            } else if rest.starts_with("<!") {
                self.doctype();
            } else if rest.starts_with("<?") {
                self.instruction();
            } else if rest.starts_with("</") {
                self.closing_tag();
            } else if rest.strip_prefix('<').is_some_and(|name| name.starts_with(tag::starts_name)) {
                if !self.opening_tag() {
                    break;
                }
            } else {
                self.text();
            }
        }
        let end = self.at;
        while let Some(open) = self.stack.pop() {
            if end == self.source.len() {
                let message = format!("`<{}>` is never closed; expected `</{}>`", open.name, open.name);
                self.error(open.open, message);
            }
            self.finish(open, end);
        }
        if self.root.is_none() && !self.problems.iter().any(|problem| problem.code == &codes::TOO_LARGE) {
            self.error(Span::at(end, end), "expected an element, found nothing".into());
        }
    }

    /// Byte order mark, white space and the declaration.
    fn prologue(&mut self) {
        let body = self.source.strip_prefix(super::BYTE_ORDER_MARK).unwrap_or(self.source);
        let start = self.source.len() - body.len();
        let trimmed = body.trim_start();
        let space = body.len() - trimmed.len();
        if space > 0 && trimmed.starts_with("<?xml") && !trimmed.starts_with("<?xml-") {
            let span = Span::at(start, start + space);
            let message = "white space stands before `<?xml`, which must be the first thing in the document";
            self.report(Problem::new(&codes::REPAIRED, span, message).fix("").repaired());
        }
        self.at = start + space;
        if trimmed.starts_with("<?xml") && trimmed.get(5..).is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
            let Some(length) = trimmed.find("?>") else { return self.instruction() };
            let span = Span::at(self.at, self.at + length + 2);
            let inner = trimmed.get(5..length).unwrap_or("");
            if !tag::declares(inner) {
                self.error(span, "expected `<?xml version=\"1.0\" encoding=\"UTF-8\"?>`".into());
            }
            self.at = span.end as usize;
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        let body = self.rest().get(4..).unwrap_or("");
        let Some(length) = body.find("-->") else {
            self.error(Span::at(start, start + 4), "this comment is never closed; expected `-->`".into());
            self.comments.push(Span::at(start, self.source.len()));
            self.at = self.source.len();
            return;
        };
        let inner = body.get(..length).unwrap_or("");
        if let Some(dashes) = inner.find("--").or(inner.strip_suffix('-').map(str::len)) {
            let dashes = start + 4 + dashes;
            self.error(Span::at(dashes, dashes + 2), "`--` may not stand inside a comment".into());
        }
        self.forbidden(start + 4, start + 4 + length);
        self.at = start + 4 + length + 3;
        self.comments.push(Span::at(start, self.at));
    }

    fn character_data(&mut self) {
        let start = self.at;
        let body = self.rest().get(9..).unwrap_or("");
        let length = match body.find("]]>") {
            Some(length) => {
                self.at += 9 + length + 3;
                length
            }
            None => {
                self.error(Span::at(start, start + 9), "this CDATA section is never closed; expected `]]>`".into());
                self.at = self.source.len();
                body.len()
            }
        };
        let text = reference::line_ends(body.get(..length).unwrap_or("")).into_owned();
        self.forbidden(start + 9, start + 9 + length);
        let span = Span::at(start, self.at);
        self.give_text(span, text);
    }

    /// `<!DOCTYPE …>` is skipped as a whole, internal subset included; it is never obeyed.
    fn doctype(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        let mut quote = None;
        let mut end = self.source.len();
        for (at, c) in self.rest().char_indices() {
            match (quote, c) {
                (Some(open), _) if c == open => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') if depth > 0 => quote = Some(c),
                (None, '<') => depth += 1,
                (None, '>') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        end = start + at + 1;
                        break;
                    }
                }
                (None, _) => {}
            }
        }
        let span = Span::at(start, end);
        self.at = end;
        if span.of(self.source).starts_with("<!DOCTYPE") {
            let message = "a document type (`<!DOCTYPE`) is refused: it can define entities that read files or explode";
            self.report(Problem::new(&codes::DTD, span, message).fix(""));
        } else {
            self.error(span, "expected a comment `<!--` or an element behind `<`, found `!`".into());
        }
    }

    fn instruction(&mut self) {
        let start = self.at;
        let body = self.rest().get(2..).unwrap_or("");
        let name: String = body.chars().take_while(|c| tag::continues_name(*c)).collect();
        match body.find("?>") {
            Some(length) => self.at += 2 + length + 2,
            None => {
                self.error(Span::at(start, start + 2), "this instruction is never closed; expected `?>`".into());
                self.at = self.source.len();
            }
        }
        let span = Span::at(start, self.at);
        if name.eq_ignore_ascii_case("xml") {
            self.error(span, "`<?xml` must be the first thing in the document".into());
        } else if !name.starts_with(tag::starts_name) {
            self.error(span, "expected a name behind `<?`".into());
        }
        self.forbidden(start, self.at);
    }

    /// Text up to the next tag.
    fn text(&mut self) {
        let start = self.at;
        let first = self.rest().starts_with('<');
        if first {
            let message = "a `<` in text must be written `&lt;`";
            self.report(Problem::new(&codes::SYNTAX, self.here(), message).fix("&lt;"));
            self.at += 1;
        }
        let rest = self.rest();
        let simple = |byte: u8| matches!(byte, b'\n' | b'\t') || byte != b']' && reference::simple(byte);
        let length = rest.bytes().position(|byte| !simple(byte)).unwrap_or(0);
        if !first && !self.stack.is_empty() && rest.as_bytes().get(length) == Some(&b'<') {
            self.at += length;
            let text = rest.get(..length).unwrap_or("").into();
            return self.give_text(Span::at(start, self.at), text);
        }
        self.at += rest.find('<').unwrap_or(rest.len());
        let span = Span::at(start, self.at);
        let raw = span.of(self.source);
        if self.stack.is_empty() {
            if !raw.trim().is_empty() {
                let leading = raw.len() - raw.trim_start().len();
                let span = Span::at(start + leading, start + raw.trim_end().len());
                let place = if self.root.is_some() { "behind" } else { "before" };
                self.error(span, format!("expected only one element, found text {place} it"));
            }
            return;
        }
        for (at, _) in raw.match_indices(']').filter(|(at, _)| raw.get(*at..).is_some_and(|r| r.starts_with("]]>"))) {
            let problem = Problem::new(
                &codes::SYNTAX,
                Span::at(start + at, start + at + 3),
                "`]]>` in text must be written `]]&gt;`",
            );
            self.report(problem.fix("]]&gt;"));
        }
        self.forbidden(start, self.at);
        let mut text = self.resolve(raw, start);
        if let Cow::Owned(mended) = reference::line_ends(&text) {
            text = mended;
        }
        self.give_text(span, text);
    }

    fn give_text(&mut self, span: Span, text: String) {
        self.nodes += 1;
        match self.stack.last_mut() {
            Some(open) => open.children.push(Child::Text { span, text }),
            None => self.error(span, "expected only one element, found text outside of it".into()),
        }
    }

    fn closing_tag(&mut self) {
        let start = self.at;
        self.at += 2;
        let name_start = self.at;
        let name = self.name();
        let name_span = Span::at(name_start, self.at);
        self.skip_space();
        if self.rest().starts_with('>') {
            self.at += 1;
        } else {
            let problem =
                Problem::new(&codes::SYNTAX, Span::at(self.at, self.at), format!("expected `>` to end `</{name}`"))
                    .fix(">");
            self.report(problem);
            let rest = self.rest();
            let stop = rest.find(['<', '>', '\n']).unwrap_or(rest.len());
            self.at += stop + usize::from(rest.get(stop..).is_some_and(|rest| rest.starts_with('>')));
        }
        let tag = Span::at(start, self.at);
        let Some(top) = self.stack.last() else {
            return self.error(tag, format!("`</{name}>` closes nothing"));
        };
        if top.name != name {
            let expected = top.name.clone();
            let misspelt = did_you_mean(name, [expected.as_str()]).is_some() || name.is_empty();
            if self.stack.iter().any(|open| open.name == name) {
                while let Some(open) = self.stack.pop_if(|open| open.name != name) {
                    let message =
                        format!("`<{}>` is never closed; expected `</{}>` before `</{name}>`", open.name, open.name);
                    self.error(open.open, message);
                    self.finish(open, start);
                }
            } else {
                let message = format!("expected `</{expected}>`, found `</{name}>`");
                let problem = Problem::new(&codes::SYNTAX, name_span, message);
                if !misspelt {
                    return self.report(problem.help(format!("no `<{name}>` is open here")));
                }
                self.report(problem.fix(expected));
            }
        }
        if let Some(mut open) = self.stack.pop() {
            open.close = Some(tag);
            self.finish(open, tag.end as usize);
        }
    }

    /// Hands a finished element to the one around it.
    fn finish(&mut self, element: Element, end: usize) {
        let span = Span { start: element.open.start, end: end as u32 };
        let node = Node::new(span, Kind::Element(Box::new(element)));
        match self.stack.last_mut() {
            Some(open) => open.children.push(Child::Element(node)),
            None if self.root.is_none() => self.root = Some(node),
            None => {}
        }
    }

    /// Reports characters that XML forbids.
    fn forbidden(&mut self, start: usize, end: usize) {
        let text = Span::at(start, end).of(self.source);
        if text.bytes().all(|byte| byte.is_ascii_graphic() || matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
            return;
        }
        let at = text.char_indices().filter(|(_, c)| !reference::allowed(*c));
        let found: Vec<(usize, char)> = at.take(self.limits.problems).collect();
        for (at, c) in found {
            let span = Span::at(start + at, start + at + c.len_utf8());
            let message = format!("the character U+{:04X} is not allowed in XML", u32::from(c));
            self.report(Problem::new(&codes::SYNTAX, span, message).fix(""));
        }
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or("")
    }

    fn here(&self) -> Span {
        Span::at(self.at, self.at + self.rest().chars().next().map_or(0, char::len_utf8))
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        let space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        self.at += rest.bytes().position(|byte| !space(byte)).unwrap_or(rest.len());
    }

    fn error(&mut self, span: Span, message: String) {
        self.report(Problem::new(&codes::SYNTAX, span, message));
    }

    fn report(&mut self, problem: Problem) {
        self.limits.report(&mut self.problems, problem);
    }
}

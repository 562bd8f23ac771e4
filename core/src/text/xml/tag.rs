//! Opening tags: names and attributes.

use super::{Reader, reference};
use crate::diag::codes;
use crate::span::Span;
use crate::text::{Attribute, Element, Problem};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

impl<'a> Reader<'a> {
    /// Reads `<Name …>`. `false` when it nests too deep to go on.
    pub(super) fn opening_tag(&mut self) -> bool {
        let start = self.at;
        if self.stack.len() >= self.limits.depth {
            let message = format!("elements nest deeper than {} levels", self.limits.depth);
            self.report(Problem::new(&codes::TOO_LARGE, self.here(), message));
            return false;
        }
        self.at += 1;
        let name = self.name();
        let name_span = Span::at(start + 1, self.at);
        let mut attributes = Vec::new();
        let empty = loop {
            let before = self.at;
            self.skip_space();
            let rest = self.rest();
            if rest.starts_with('>') {
                self.at += 1;
                break false;
            }
            if rest.starts_with("/>") {
                self.at += 2;
                break true;
            }
            if rest.is_empty() || rest.starts_with('<') {
                let span = Span::at(start, before);
                self.report(Problem::new(&codes::SYNTAX, span, format!("expected `>` to end the tag `<{name}`")));
                break false;
            }
            if !rest.starts_with(starts_name) {
                let found = rest.chars().next().unwrap_or(' ');
                let message = format!("expected an attribute, `>` or `/>`, found `{}`", found.escape_debug());
                self.error(self.here(), message);
                self.at += found.len_utf8();
                continue;
            }
            if before == self.at {
                let span = Span::at(self.at, self.at);
                self.report(Problem::new(&codes::SYNTAX, span, "expected white space before an attribute").fix(" "));
            }
            self.nodes += 1;
            if self.nodes > self.limits.nodes {
                // The document loop says so.
                break true;
            }
            let attribute = self.attribute();
            attributes.push(attribute);
        };
        self.duplicates(&attributes);
        if self.root.is_some() && self.stack.is_empty() {
            let message = format!("expected only one top element, found a second, `<{name}>`");
            self.error(Span::at(start, self.at), message);
        }
        self.nodes += 1;
        let open = Span::at(start, self.at);
        let element =
            Element { name: name.to_string(), name_span, open, close: None, attributes, children: Vec::new() };
        if empty {
            self.finish(element, open.end as usize);
        } else {
            self.stack.push(element);
        }
        true
    }

    /// `name="value"`, or what people write instead.
    fn attribute(&mut self) -> Attribute {
        let start = self.at;
        let name = self.name();
        let name_span = Span::at(start, self.at);
        let behind = self.at;
        if let Some(value) = self.simple_value() {
            let value_span = Span::at(behind + 2, behind + 2 + value.len());
            return Attribute { name: name.to_string(), name_span, value: value.to_string(), value_span };
        }
        self.skip_space();
        let nowhere = Span::at(behind, behind);
        if !self.rest().starts_with('=') {
            let problem =
                Problem::new(&codes::SYNTAX, name_span, format!("the attribute `{name}` has no value; expected `=`"));
            self.report(problem.fix(format!("{name}=\"\"")));
            self.at = behind;
            return Attribute { name: name.to_string(), name_span, value: String::new(), value_span: nowhere };
        }
        self.at += 1;
        self.skip_space();
        let open = self.here();
        let quote = open.of(self.source).chars().next();
        let value_span = match quote {
            Some(quote @ ('"' | '\'')) => {
                self.at += 1;
                self.value(quote, open)
            }
            Some('“' | '”' | '„' | '‘' | '’' | '«' | '»' | '`' | '″') => self.typographic(open),
            _ => self.unquoted(name),
        };
        let raw = value_span.of(self.source);
        self.forbidden(value_span.start as usize, value_span.end as usize);
        // White space in attributes is plain space, unless it came from a reference.
        let normal = reference::line_ends(raw);
        let value = if !normal.contains(['\n', '\t']) {
            self.resolve(raw, value_span.start as usize)
        } else if normal.len() == raw.len() {
            self.resolve(&normal.replace(['\n', '\t'], " "), value_span.start as usize)
        } else {
            // Line ends shrank; positions inside are near enough.
            self.resolve(raw, value_span.start as usize).replace("\r\n", " ").replace(['\r', '\n', '\t'], " ")
        };
        Attribute { name: name.to_string(), name_span, value, value_span }
    }

    /// Most values: `="…"` with nothing in it that XML treats in a special way.
    fn simple_value(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let quote = match rest.as_bytes() {
            [b'=', quote @ (b'"' | b'\''), ..] => *quote,
            _ => return None,
        };
        let inner = rest.get(2..)?;
        let length = inner.bytes().position(|byte| byte == quote || !reference::simple(byte))?;
        let value = inner.get(..length).filter(|_| inner.as_bytes().get(length) == Some(&quote))?;
        self.at += 2 + length + 1;
        Some(value)
    }

    /// The value behind an opening quote, up to the closing one.
    fn value(&mut self, quote: char, open: Span) -> Span {
        let start = self.at;
        let rest = self.rest();
        let closed = rest.find(quote);
        let inner = rest.get(..closed.unwrap_or(rest.len())).unwrap_or("");
        // A value that runs over a `>` and then a `<` has lost its closing quote.
        let lost = match (inner.find('>'), inner.find('<')) {
            (Some(end), Some(next)) if end < next => Some(end),
            (Some(end), None) if closed.is_none() => Some(end),
            _ if closed.is_none() => Some(inner.find(['<', '\n']).unwrap_or(inner.len())),
            _ => None,
        };
        if let Some(end) = lost {
            let text = inner.get(..end).unwrap_or("");
            let text = text.strip_suffix('/').unwrap_or(text).trim_end();
            self.at = start + text.len();
            let message = format!("this attribute value is never closed; expected `{quote}`");
            self.report(Problem::new(&codes::SYNTAX, Span::at(open.start as usize, self.at), message));
            return Span::at(start, self.at);
        }
        for (at, _) in inner.match_indices('<') {
            let span = Span::at(start + at, start + at + 1);
            self.limits.report(
                &mut self.problems,
                Problem::new(&codes::SYNTAX, span, "a `<` in an attribute must be written `&lt;`").fix("&lt;"),
            );
        }
        self.at = start + inner.len() + quote.len_utf8();
        Span::at(start, start + inner.len())
    }

    /// A value in the quotes of a word processor.
    fn typographic(&mut self, open: Span) -> Span {
        let start = open.end as usize;
        self.at = start;
        let rest = self.rest();
        let length = rest.find(['“', '”', '‘', '’', '«', '»', '`', '″', '"', '>', '<', '\n']);
        let length = length.unwrap_or(rest.len());
        let inner = rest.get(..length).unwrap_or("").to_string();
        let close = rest.get(length..).and_then(|rest| rest.chars().next()).filter(|c| !matches!(c, '>' | '<' | '\n'));
        self.at = start + length + close.map_or(0, char::len_utf8);
        let span = Span::at(open.start as usize, self.at);
        let message = format!("expected `\"` around the value, found the typographic quote `{}`", open.of(self.source));
        self.report(Problem::new(&codes::SYNTAX, span, message).fix(format!("\"{inner}\"")));
        Span::at(start, start + length)
    }

    fn unquoted(&mut self, name: &str) -> Span {
        let start = self.at;
        let rest = self.rest();
        let length =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '<' | '"' | '\'')).unwrap_or(rest.len());
        let inner = rest.get(..length).unwrap_or("");
        let inner = if rest.get(length..).is_some_and(|rest| rest.starts_with('>')) {
            inner.strip_suffix('/').unwrap_or(inner)
        } else {
            inner
        };
        self.at = start + inner.len();
        let span = Span::at(start, self.at);
        let message = format!("the value of `{name}` must stand in quotes");
        let fix = format!("\"{}\"", span.of(self.source));
        self.report(Problem::new(&codes::SYNTAX, span, message).fix(fix));
        span
    }

    fn duplicates(&mut self, attributes: &[Attribute]) {
        // Most tags are small, and repeat nothing.
        let again = |(at, one): (usize, &Attribute)| attributes.iter().take(at).any(|before| before.name == one.name);
        if attributes.len() <= SMALL && !attributes.iter().enumerate().any(again) {
            return;
        }
        let mut sorted: Vec<&Attribute> = attributes.iter().collect();
        crate::order::sort_by_key(&mut sorted, |attribute| attribute.name.as_str());
        for pair in sorted.windows(2) {
            if let [a, b] = pair
                && a.name == b.name
            {
                let message = format!("the attribute `{}` is given twice", b.name);
                self.report(Problem::new(&codes::DUPLICATE_KEY, b.name_span, message));
            }
        }
    }

    /// A name; empty where none starts.
    pub(super) fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let ascii = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len());
        let length = match bytes.get(ascii) {
            // Most names are letters, and end before a character that no name has.
            Some(b' ' | b'=' | b'>' | b'/' | b'\n') if bytes.first().is_some_and(u8::is_ascii_alphabetic) => ascii,
            _ if !rest.starts_with(starts_name) => return "",
            _ => rest.find(|c| !continues_name(c)).unwrap_or(rest.len()),
        };
        let name = rest.get(..length).unwrap_or("");
        self.at += length;
        name
    }
}

/// So few attributes are compared each with each.
const SMALL: usize = 12;

/// XML's `NameStartChar`.
pub(super) fn starts_name(c: char) -> bool {
    matches!(c, ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}'
        | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}'
        | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

/// XML's `NameChar`.
pub(super) fn continues_name(c: char) -> bool {
    if c.is_ascii_alphanumeric() {
        return true;
    }
    starts_name(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// Whether the inside of `<?xml …?>` is in order.
pub(super) fn declares(inner: &str) -> bool {
    let names = declared(inner);
    matches!(
        names.as_deref(),
        Some(["version"] | ["version", "encoding" | "standalone"] | ["version", "encoding", "standalone"])
    )
}

/// The names in `version="1.0" encoding="UTF-8"`.
fn declared(inner: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let (name, behind) = rest.split_once('=')?;
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = behind.get(1..)?.split_once(quote)?;
        if !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)) {
            return None;
        }
        names.push(name.trim());
        rest = after.trim_start();
    }
    Some(names)
}

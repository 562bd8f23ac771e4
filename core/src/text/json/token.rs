//! What stands between JSON's brackets: strings, numbers, words, and what people write instead.

use super::Reader;
use crate::diag::codes;
use crate::span::Span;
use crate::text::{Key, Kind, Node, Problem, Scalar};
use alloc::{
    format,
    string::{String, ToString},
};

impl<'a> Reader<'a> {
    /// A value that is not a bracket; `null` without width where there is none.
    pub(super) fn scalar(&mut self, in_bracket: bool) -> Node {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'"') => string(self.quoted('"')),
            Some(b'-' | b'0'..=b'9' | b'+' | b'.') => return self.number(),
            None | Some(b',' | b']' | b'}' | b':') => {
                let message = format!("expected a value, found {}", self.describe());
                self.error(self.here(), &message);
                // Inside brackets these end the value that is not there.
                if !in_bracket {
                    self.at += self.here().of(self.source).len();
                }
                Kind::Null
            }
            Some(_) => match self.odd_quote() {
                Some(close) => self.badly_quoted(close),
                None => return self.word(),
            },
        };
        let end = if matches!(kind, Kind::Null) { start } else { self.at };
        Node::new(Span::at(start, end), kind)
    }

    /// A key, however it is written. Always moves on.
    pub(super) fn name(&mut self) -> Key {
        let start = self.at;
        let text = match self.peek() {
            Some(b'"') => self.quoted('"'),
            _ => match self.odd_quote() {
                Some(close) => match self.badly_quoted(close) {
                    Kind::String(scalar) => scalar.text,
                    _ => String::new(),
                },
                None => {
                    let text = self.bare(&[',', ':', '{', '}', '[', ']', '"', '=']);
                    let span = Span::at(start, self.at);
                    let message = format!("expected a key in double quotes, found `{text}`");
                    self.report(Problem::new(&codes::SYNTAX, span, message).fix(quote(text)));
                    text.to_string()
                }
            },
        };
        Key { span: Span::at(start, self.at), text }
    }

    /// Most strings: plain characters between double quotes.
    fn simple(&mut self) -> Option<&'a str> {
        let from = self.at + 1;
        let rest = self.source.as_bytes().get(from..)?;
        let length = rest.iter().position(|byte| !matches!(byte, b' '..=b'~') || matches!(byte, b'"' | b'\\'))?;
        if rest.get(length) != Some(&b'"') {
            return None;
        }
        self.at = from + length + 1;
        self.source.get(from..from + length)
    }

    /// A string in double quotes, or in others that were already complained about.
    fn quoted(&mut self, close: char) -> String {
        let start = self.at;
        if close == '"'
            && let Some(text) = self.simple()
        {
            return text.to_string();
        }
        self.at += self.here().of(self.source).len();
        let mut text = String::new();
        loop {
            let rest = self.source.get(self.at..).unwrap_or("");
            // What needs no thought is taken at once.
            let special = |byte: u8| byte < b' ' || byte == b'\\' || !byte.is_ascii() || char::from(byte) == close;
            let plain = rest.bytes().position(special).unwrap_or(rest.len());
            text.push_str(rest.get(..plain).unwrap_or(""));
            self.at += plain;
            let rest = rest.get(plain..).unwrap_or("");
            let Some(next) = rest.chars().next() else {
                self.unterminated(start);
                return text;
            };
            match next {
                _ if next == close => {
                    self.at += close.len_utf8();
                    return text;
                }
                '\\' => self.escape(&mut text),
                '\n' | '\r' if !goes_on(rest, close) => {
                    // What closed the line probably closed the string's bracket too.
                    let tail = text.len() - text.trim_end().trim_end_matches([',', ']', '}']).len();
                    if text.is_char_boundary(text.len() - tail) && self.source.is_char_boundary(self.at - tail) {
                        text.truncate(text.len() - tail);
                        self.at -= tail;
                    }
                    self.unterminated(start);
                    return text;
                }
                '\0'..='\x1f' => {
                    let escape = match next {
                        '\n' => "\\n".to_string(),
                        '\r' => "\\r".to_string(),
                        '\t' => "\\t".to_string(),
                        other => format!("\\u{:04x}", u32::from(other)),
                    };
                    let name = if next == '\n' || next == '\r' { "a line break" } else { "a control character" };
                    let message = format!("{name} in a string must be written `{escape}`");
                    self.report(Problem::new(&codes::SYNTAX, self.here(), message).fix(escape));
                    text.push(next);
                    self.at += 1;
                }
                _ => {
                    text.push(next);
                    self.at += next.len_utf8();
                }
            }
        }
    }

    fn unterminated(&mut self, start: usize) {
        let span = Span::at(start, self.at);
        let problem = Problem::new(&codes::SYNTAX, span, "this string is never closed; expected `\"`");
        self.report(problem);
    }

    fn escape(&mut self, text: &mut String) {
        let start = self.at;
        let rest = self.source.get(start..).unwrap_or("");
        let Some(letter) = rest.chars().nth(1) else {
            self.at = self.source.len();
            return;
        };
        let plain = match letter {
            '"' | '\\' | '/' => Some(letter),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            _ => None,
        };
        if let Some(plain) = plain {
            text.push(plain);
            self.at += 2;
            return;
        }
        if letter == 'u' {
            return self.unicode(text);
        }
        let span = Span::at(start, start + 1);
        let message = format!("`\\{}` is no escape of JSON", letter.escape_debug());
        self.report(Problem::new(&codes::SYNTAX, span, message).help("a backslash is written `\\\\`").fix(""));
        self.at += 1;
    }

    /// `\uXXXX`, and the second half where it is the first of a pair.
    fn unicode(&mut self, text: &mut String) {
        let start = self.at;
        let Some(first) = self.hex(start) else {
            let digits =
                self.source.get(start + 2..).unwrap_or("").bytes().take_while(u8::is_ascii_hexdigit).take(4).count();
            let span = Span::at(start, start + 2 + digits);
            self.error(span, "expected four hexadecimal digits behind `\\u`");
            text.push(char::REPLACEMENT_CHARACTER);
            self.at = start + 2 + digits;
            return;
        };
        self.at = start + 6;
        if let Some(plain) = char::from_u32(first) {
            return text.push(plain);
        }
        let pair = self.hex(self.at).filter(|low| first < 0xdc00 && (0xdc00..0xe000).contains(low));
        if let Some(low) = pair {
            self.at += 6;
            text.extend(char::from_u32(0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00)));
            return;
        }
        let message = format!("`\\u{first:04x}` is half a character; its other half is missing");
        self.error(Span::at(start, self.at), &message);
        text.push(char::REPLACEMENT_CHARACTER);
    }

    /// The number of the `\uXXXX` at `at`.
    fn hex(&self, at: usize) -> Option<u32> {
        let digits = self.source.get(at..at + 6)?.strip_prefix("\\u")?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(digits, 16).ok()
    }

    /// Most numbers: a few digits.
    fn whole_number(&mut self) -> Option<f64> {
        let rest = self.source.as_bytes().get(self.at..)?;
        let length = rest.iter().position(|byte| !byte.is_ascii_digit())?;
        let ends = matches!(rest.get(length), Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r'));
        if !ends || !(1..=9).contains(&length) || (length > 1 && rest.first() == Some(&b'0')) {
            return None;
        }
        self.at += length;
        let digit = |number: u32, byte: &u8| number * 10 + u32::from(byte - b'0');
        Some(f64::from(rest.iter().take(length).fold(0, digit)))
    }

    fn number(&mut self) -> Node {
        let start = self.at;
        if let Some(number) = self.whole_number() {
            return Node::new(Span::at(start, self.at), Kind::Number(number));
        }
        let text = self.bare(&[',', ':', '{', '}', '[', ']', '"', '\'']);
        let span = Span::at(start, self.at);
        if well_formed(text) {
            let value = text.parse::<f64>().unwrap_or(0.0);
            if value.is_infinite() {
                self.error(span, "this number is too large");
            }
            return Node::new(span, Kind::Number(value));
        }
        let digits = text.trim_start_matches(['+', '0']);
        let message = match text.as_bytes() {
            [b'+', ..] => format!("a number cannot start with `+`, found `{text}`"),
            [b'0', b'0'..=b'9', ..] => format!("a number cannot start with `0`, found `{text}`"),
            _ => format!("expected a number, found `{text}`"),
        };
        let problem = Problem::new(&codes::SYNTAX, span, message).fix(quote(text));
        let problem =
            if digits.len() >= 7 { problem.help("phone numbers are strings: put them in quotes") } else { problem };
        self.report(problem);
        Node::new(span, Kind::String(Scalar { text: text.to_string(), plain: true }))
    }

    /// `true`, `false`, `null`, or something without quotes.
    fn word(&mut self) -> Node {
        let start = self.at;
        let text = self.bare(&[',', ':', '{', '}', '[', ']', '"']);
        let span = Span::at(start, self.at);
        let kind = match text {
            "true" => return Node::new(span, Kind::Bool(true)),
            "false" => return Node::new(span, Kind::Bool(false)),
            "null" => return Node::new(span, Kind::Null),
            "True" | "TRUE" => Some(("true", Kind::Bool(true))),
            "False" | "FALSE" => Some(("false", Kind::Bool(false))),
            "None" | "nil" | "Null" | "NULL" | "undefined" | "NaN" | "Infinity" => Some(("null", Kind::Null)),
            _ => None,
        };
        let (fix, kind) = match kind {
            Some((fix, kind)) => (fix.to_string(), kind),
            None => (quote(text), Kind::String(Scalar { text: text.to_string(), plain: true })),
        };
        let message = format!("expected a value, found `{text}`");
        let problem = Problem::new(&codes::SYNTAX, span, message).fix(fix);
        self.report(if matches!(kind, Kind::String(_)) {
            problem.help("texts stand in double quotes")
        } else {
            problem
        });
        Node::new(span, kind)
    }

    /// Text without quotes, up to white space before one of `ends` or the end of the line.
    /// Takes at least one character.
    fn bare(&mut self, ends: &[char]) -> &'a str {
        let rest = self.source.get(self.at..).unwrap_or("");
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let stop = |c: char| ends.contains(&c) || c.is_whitespace() || c < ' ';
        let length = rest.get(first..).and_then(|tail| tail.find(stop)).map_or(rest.len(), |end| first + end);
        let text = rest.get(..length).unwrap_or("");
        self.at += length;
        text
    }

    /// The closing partner of a quote that JSON does not use.
    fn odd_quote(&self) -> Option<char> {
        match self.source.get(self.at..)?.chars().next()? {
            '\'' => Some('\''),
            '`' => Some('`'),
            '“' | '„' | '”' => Some('”'),
            '‘' | '’' => Some('’'),
            _ => None,
        }
    }

    fn badly_quoted(&mut self, close: char) -> Kind {
        let start = self.at;
        let open = self.here();
        let found = open.of(self.source).to_string();
        // A typographic string may be closed by the other kind of mark.
        let close = match self.source.get(open.end as usize..).and_then(|rest| rest.find(['“', '”', '"', '\n', '\r']))
        {
            Some(at) if close == '”' => self
                .source
                .get(open.end as usize + at..)
                .and_then(|rest| rest.chars().next())
                .filter(|c| *c > ' ')
                .unwrap_or(close),
            _ => close,
        };
        let before = self.problems.len();
        let text = self.quoted(close);
        let span = Span::at(start, self.at);
        // The wrong quotes are the mistake; what follows from them is not told.
        self.problems.truncate(before);
        let message = format!("expected a text in `\"`, found one in `{found}`");
        self.report(Problem::new(&codes::SYNTAX, span, message).fix(quote(&text)));
        string(text)
    }
}

fn string(text: String) -> Kind {
    Kind::String(Scalar { text, plain: false })
}

/// Whether a string with a line break in it is closed on the next line, and not merely unclosed.
fn goes_on(rest: &str, close: char) -> bool {
    let next = rest.trim_start_matches(['\n', '\r', ' ', '\t']);
    let line = next.lines().next().unwrap_or("");
    if line.starts_with(['"', '{', '}', '[', ']', '\'']) || line.is_empty() {
        return false;
    }
    match line.split_once(close) {
        Some((_, behind)) => {
            let behind = behind.trim_start();
            behind.is_empty() || behind.starts_with([',', ']', '}'])
        }
        None => false,
    }
}

/// RFC 8259's number.
fn well_formed(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let whole = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    if whole == 0 || (whole > 1 && unsigned.starts_with('0')) {
        return false;
    }
    let mut rest = unsigned.get(whole..).unwrap_or("");
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return false;
        }
        rest = fraction.get(digits..).unwrap_or("");
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        return !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    }
    rest.is_empty()
}

/// A text as JSON writes it.
pub(super) fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

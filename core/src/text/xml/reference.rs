//! Entity and character references, line ends, allowed characters.

use super::Reader;
use crate::diag::codes;
use crate::span::Span;
use crate::text::Problem;
use alloc::{borrow::Cow, format, string::String};

impl Reader<'_> {
    /// `raw`, which stands at `start`, with its references resolved; mistakes are reported and
    /// kept as they are written.
    pub(super) fn resolve(&mut self, raw: &str, start: usize) -> String {
        let mut text = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((before, behind)) = rest.split_once('&') {
            text.push_str(before);
            let at = start + (raw.len() - behind.len()) - 1;
            let length = behind
                .find(|c: char| !(c == '#' || c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '.'))
                .filter(|end| behind.get(*end..).is_some_and(|tail| tail.starts_with(';')));
            let name = length.and_then(|length| behind.get(..length)).filter(|name| !name.is_empty());
            let Some(name) = name else {
                let message = "a raw `&` must be written `&amp;`";
                self.report(Problem::new(&codes::RAW_AMPERSAND, Span::at(at, at + 1), message).fix("&amp;").repaired());
                text.push('&');
                rest = behind;
                continue;
            };
            let span = Span::at(at, at + name.len() + 2);
            match character(name) {
                Ok(c) => text.push(c),
                Err(problem) => {
                    self.report(problem.at(span, name));
                    text.push_str(span.of(self.source));
                }
            }
            rest = behind.get(name.len() + 1..).unwrap_or("");
        }
        text.push_str(rest);
        text
    }
}

/// Why a reference means nothing.
enum Unknown {
    Number,
    Name,
}

impl Unknown {
    fn at(self, span: Span, name: &str) -> Problem {
        match self {
            Unknown::Number => {
                let message = format!("`&{name};` is no character that XML allows");
                Problem::new(&codes::SYNTAX, span, message)
            }
            Unknown::Name => {
                let message = format!("expected one of `&amp;` `&lt;` `&gt;` `&quot;` `&apos;`, found `&{name};`");
                let problem = Problem::new(&codes::SYNTAX, span, message);
                match HTML.iter().find(|(html, _)| *html == name) {
                    Some((_, text)) => problem.help("XML does not know the names of HTML").fix(*text),
                    None => problem.fix(format!("&amp;{name};")),
                }
            }
        }
    }
}

fn character(name: &str) -> Result<char, Unknown> {
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix('x') {
            Some(hex) if hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16),
            None if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse(),
            Some(_) | None => return Err(Unknown::Number),
        };
        return number.ok().and_then(char::from_u32).filter(|c| allowed(*c)).ok_or(Unknown::Number);
    }
    match name {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(Unknown::Name),
    }
}

/// A byte that means itself in a value: nothing to resolve, mend or refuse.
pub(super) fn simple(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<' | b'>')
}

/// XML's `Char`.
pub(super) fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

/// Line ends as XML wants them.
pub(super) fn line_ends(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    }
}

/// Names that people carry over from HTML.
static HTML: &[(&str, &str)] = &[
    ("nbsp", "&#160;"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("euro", "€"),
    ("pound", "£"),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("szlig", "ß"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("agrave", "à"),
    ("ccedil", "ç"),
    ("ntilde", "ñ"),
];

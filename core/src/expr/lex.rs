//! Characters to tokens.

use super::ExprError;
use crate::span::Span;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Number(f64),
    Text(String),
    /// A template literal: its texts, and the source ranges of what stands between them.
    Template(Vec<String>, Vec<Span>),
    Name(&'a str),
    /// `/pattern/flags`.
    Pattern(String, String),
    /// An operator or bracket.
    Mark(&'static str),
    End,
}

impl Token<'_> {
    /// The token, for a message.
    pub(super) fn describe(&self) -> String {
        match self {
            Token::Number(_) => "a number".into(),
            Token::Text(_) | Token::Template(..) => "a text".into(),
            Token::Name(name) => format!("`{name}`"),
            Token::Pattern(..) => "a regular expression".into(),
            Token::Mark(mark) => format!("`{mark}`"),
            Token::End => "the end".into(),
        }
    }
}

/// All tokens of `source`, which begins at `base`, and the end.
pub(super) fn tokens(source: &str, base: u32) -> Result<Vec<(Token<'_>, Span)>, ExprError> {
    let mut lexer = Lexer { source, at: 0, base };
    let mut tokens = Vec::with_capacity(source.len() / 3 + 2);
    loop {
        lexer.skip()?;
        let start = lexer.at;
        // Behind a value `/` divides, anywhere else it begins a regular expression.
        let divides = match tokens.last() {
            None => false,
            Some((Token::Mark(mark), _)) => matches!(*mark, ")" | "]" | "}"),
            Some((Token::Name(name), _)) => !matches!(*name, "typeof" | "void" | "in" | "instanceof"),
            Some((Token::Number(_) | Token::Text(_) | Token::Template(..) | Token::Pattern(..) | Token::End, _)) => {
                true
            }
        };
        let token = if !divides && lexer.peek() == Some('/') { lexer.pattern()? } else { lexer.token()? };
        let end = token == Token::End;
        tokens.push((token, lexer.span(start)));
        if end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    base: u32,
}

impl<'a> Lexer<'a> {
    fn token(&mut self) -> Result<Token<'a>, ExprError> {
        let start = self.at;
        let Some(first) = self.peek() else { return Ok(Token::End) };
        let next = self.rest().chars().nth(1);
        match first {
            '0'..='9' => self.number(),
            '.' if next.is_some_and(|c| c.is_ascii_digit()) => self.number(),
            '"' | '\'' => self.text(first),
            '`' => self.template(),
            c if starts_name(c) => {
                let length = self.rest().find(|c| !continues_name(c)).unwrap_or(self.rest().len());
                self.at += length;
                Ok(Token::Name(self.source.get(start..self.at).unwrap_or("")))
            }
            _ => {
                for mark in MARKS.iter().filter(|mark| mark.starts_with(first)) {
                    if self.rest().starts_with(mark)
                        && !(*mark == "?."
                            && self.rest().get(2..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
                    {
                        self.at += mark.len();
                        return Ok(Token::Mark(mark));
                    }
                }
                self.at += first.len_utf8();
                Err(self.error(start, format!("unexpected `{}`", first.escape_debug())))
            }
        }
    }

    fn number(&mut self) -> Result<Token<'a>, ExprError> {
        let start = self.at;
        let rest = self.rest();
        let lower = rest.get(..2).unwrap_or("").to_ascii_lowercase();
        let base = match lower.as_str() {
            "0x" => 16,
            "0o" => 8,
            "0b" => 2,
            _ => 10,
        };
        let value = if base != 10 {
            let digits: String = rest.chars().skip(2).take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            self.at += 2 + digits.len();
            let digits = without_separators(&digits);
            let fold = |sum: f64, digit: char| Some(sum * f64::from(base) + f64::from(digit.to_digit(base)?));
            if digits.is_empty() { None } else { digits.chars().try_fold(0.0, fold) }
        } else {
            self.digits();
            if self.peek() == Some('.') {
                self.at += 1;
                self.digits();
            }
            if matches!(self.peek(), Some('e' | 'E')) {
                self.at += 1;
                if matches!(self.peek(), Some('+' | '-')) {
                    self.at += 1;
                }
                self.digits();
            }
            let text = self.source.get(start..self.at).unwrap_or("");
            let octal = text.starts_with('0') && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
            if octal { None } else { without_separators(text).parse().ok() }
        };
        let glued = self.peek().is_some_and(continues_name);
        match value {
            Some(value) if !glued => Ok(Token::Number(value)),
            _ => {
                self.at += self.rest().find(|c| !continues_name(c)).unwrap_or(self.rest().len());
                let text = self.source.get(start..self.at).unwrap_or("");
                Err(self.error(start, format!("expected a number, found `{text}`")))
            }
        }
    }

    fn digits(&mut self) {
        self.at += self.rest().bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'_').count();
    }

    fn text(&mut self, quote: char) -> Result<Token<'a>, ExprError> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.peek() {
                None | Some('\n' | '\r') => {
                    return Err(self.error(start, format!("this text is never closed; expected `{quote}`")));
                }
                Some(c) if c == quote => {
                    self.at += 1;
                    return Ok(Token::Text(text));
                }
                Some('\\') => self.escape(&mut text)?,
                Some(c) => {
                    text.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn template(&mut self) -> Result<Token<'a>, ExprError> {
        let start = self.at;
        self.at += 1;
        let mut texts = Vec::new();
        let mut holes = Vec::new();
        let mut text = String::new();
        loop {
            match self.peek() {
                None => return Err(self.error(start, "this text is never closed; expected a backtick".into())),
                Some('`') => {
                    self.at += 1;
                    texts.push(text);
                    return Ok(Token::Template(texts, holes));
                }
                Some('\\') => self.escape(&mut text)?,
                Some('$') if self.rest().starts_with("${") => {
                    self.at += 2;
                    let hole = self.at;
                    let length = closing(self.rest())
                        .ok_or_else(|| self.error(hole - 2, "expected `}` to close `${`".into()))?;
                    let start = self.base + hole as u32;
                    holes.push(Span { start, end: start + length as u32 });
                    self.at += length + 1;
                    texts.push(core::mem::take(&mut text));
                }
                Some(c) => {
                    text.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn pattern(&mut self) -> Result<Token<'a>, ExprError> {
        let start = self.at;
        let rest = self.rest();
        let Some(length) = pattern_length(rest) else {
            self.at = self.source.len();
            return Err(self.error(start, "this regular expression is never closed; expected `/`".into()));
        };
        let source = rest.get(1..length - 1).unwrap_or("").to_string();
        let flags = rest.get(length..).unwrap_or("");
        let flags = flags.get(..flags.find(|c| !continues_name(c)).unwrap_or(flags.len())).unwrap_or("");
        self.at += length + flags.len();
        Ok(Token::Pattern(source, flags.to_string()))
    }

    fn escape(&mut self, text: &mut String) -> Result<(), ExprError> {
        let start = self.at;
        self.at += 1;
        let Some(letter) = self.peek() else { return Ok(()) };
        self.at += letter.len_utf8();
        match letter {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'v' => text.push('\u{b}'),
            '0' if !self.peek().is_some_and(|c| c.is_ascii_digit()) => text.push('\0'),
            '\n' => {}
            'x' => text.push(
                self.hex(2)
                    .and_then(char::from_u32)
                    .ok_or_else(|| self.error(start, "expected two hexadecimal digits behind `\\x`".into()))?,
            ),
            'u' => {
                let code = if self.peek() == Some('{') {
                    let length = self.rest().find('}').filter(|length| (2..=7).contains(length));
                    let digits = length.and_then(|length| self.rest().get(1..length)).unwrap_or("?");
                    let code = u32::from_str_radix(digits, 16).ok();
                    self.at += length.map_or(0, |length| length + 1);
                    code
                } else {
                    let first = self.hex(4);
                    match first {
                        Some(high) if (0xd800..0xdc00).contains(&high) && self.rest().starts_with("\\u") => {
                            self.at += 2;
                            self.hex(4)
                                .filter(|low| (0xdc00..0xe000).contains(low))
                                .map(|low| 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
                        }
                        first => first,
                    }
                };
                text.push(
                    code.and_then(char::from_u32)
                        .ok_or_else(|| self.error(start, "expected a character's number behind `\\u`".into()))?,
                );
            }
            '0'..='7' => return Err(self.error(start, "octal escapes are not allowed".into())),
            other => text.push(other),
        }
        Ok(())
    }

    fn hex(&mut self, length: usize) -> Option<u32> {
        let digits = self.rest().get(..length)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += length;
        u32::from_str_radix(digits, 16).ok()
    }

    /// White space and comments.
    fn skip(&mut self) -> Result<(), ExprError> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                let length = trimmed
                    .find("*/")
                    .ok_or_else(|| self.error(self.at, "this comment is never closed; expected `*/`".into()))?;
                self.at += length + 2;
            } else {
                return Ok(());
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn span(&self, start: usize) -> Span {
        Span { start: self.base + start as u32, end: self.base + self.at as u32 }
    }

    fn error(&self, start: usize, message: String) -> ExprError {
        ExprError { span: self.span(start), message }
    }
}

/// Digits without the `_` between them; one that is not between digits stays, and is no number.
fn without_separators(digits: &str) -> String {
    let bytes = digits.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let kept = |(at, c): &(usize, char)| !(*c == '_' && digit(at.checked_sub(1)) && digit(Some(at + 1)));
    digits.char_indices().filter(kept).map(|(_, c)| c).collect()
}

/// The length of the regular expression that `source` begins with, both slashes included.
fn pattern_length(source: &str) -> Option<usize> {
    let (mut escaped, mut in_class) = (false, false);
    for (at, c) in source.char_indices().skip(1) {
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The length of what stands before the `}` that closes a placeholder. Texts, regular expressions
/// and nested brackets are skipped.
pub(super) fn closing(source: &str) -> Option<usize> {
    // Open quotes and brackets, innermost last.
    let mut open: Vec<char> = Vec::new();
    let mut skip_to = 0;
    // The last character that is not blank.
    let mut before = '(';
    for (at, c) in source.char_indices() {
        if at < skip_to {
            continue;
        }
        match (open.last().copied(), c) {
            (Some('"' | '\'' | '`'), '\\') => {
                let escaped = source.get(at + 1..).and_then(|rest| rest.chars().next());
                skip_to = at + 1 + escaped.map_or(0, char::len_utf8);
            }
            (Some('`'), '{') if before == '$' => open.push('{'),
            (Some(quote @ ('"' | '\'' | '`')), c) if c == quote => drop(open.pop()),
            (Some('"' | '\'' | '`'), _) => {}
            (_, '"' | '\'' | '`' | '{') => open.push(c),
            (None, '}') => return Some(at),
            (Some(_), '}') => drop(open.pop()),
            // Behind an operator or an open bracket a slash begins a regular expression.
            (_, '/') if "(,=:[!&|?{;+-*%<>~^".contains(before) => {
                let rest = source.get(at..).unwrap_or("");
                let comment = rest.starts_with("//") || rest.starts_with("/*");
                skip_to = at + pattern_length(rest).filter(|_| !comment).unwrap_or(1);
            }
            (_, _) => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    None
}

pub(super) fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '$'
}

pub(super) fn continues_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// Longest first.
static MARKS: &[&str] = &[
    ">>>=", "...", "===", "!==", ">>>", "**=", "<<=", ">>=", "&&=", "||=", "??=", "=>", "==", "!=", "<=", ">=", "&&",
    "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**", "{", "}", "(", ")",
    "[", "]", ".", ";", ",", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~", "?", ":", "=",
];

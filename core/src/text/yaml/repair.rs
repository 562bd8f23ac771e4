//! One YAML mistake named, and mended in the copy so that reading can go on.

use super::scratch::Scratch;
use crate::diag::codes;
use crate::text::Problem;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::ops::Range;
use granit_parser::{ErrorKind, ScanError};

/// Whether the parser stopped at a limit, where nothing can be mended.
pub(super) fn is_limit(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::RecursionLimitExceeded
            | ErrorKind::TooManyComments
            | ErrorKind::AnchorCountOverflow
            | ErrorKind::DirectiveByteLimitExceeded { .. }
            | ErrorKind::TooManyReservedDirectiveParams { .. }
    )
}

/// Where the parser stopped, one character wide, in the copy.
pub(super) fn place(error: &ScanError, text: &str) -> Range<usize> {
    let mut at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let next = text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| *c != '\n' && *c != '\r');
    at..at + next.map_or(0, char::len_utf8)
}

/// What the parser said, in our words where they are better.
pub(super) fn message(error: &ScanError) -> String {
    match error.kind() {
        ErrorKind::UnclosedQuotedScalar => "this quoted text is never closed".into(),
        ErrorKind::UnclosedFlowCollection { open } => format!("this `{open}` is never closed"),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => format!("`{open}` is closed by `{close}`"),
        ErrorKind::MisplacedFlowCollectionEnd => "a closing bracket without an opening one".into(),
        ErrorKind::MappingValueNotAllowed => "expected a plain value, found a second `:` in it".into(),
        ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation | ErrorKind::TabNotAllowed => {
            "expected spaces as indentation, found a tab".into()
        }
        ErrorKind::ExpectedBlockMappingKey => "expected a key, found something else at this indentation".into(),
        ErrorKind::ExpectedBlockSequenceEntry => "expected `- ` at this indentation".into(),
        ErrorKind::InvalidSimpleKey | ErrorKind::SimpleKeyExpected => "expected `: ` behind the key".into(),
        ErrorKind::ExpectedFlowMappingSeparator => "expected `,` or `}`".into(),
        ErrorKind::ExpectedFlowSequenceSeparator => "expected `,` or `]`".into(),
        ErrorKind::UnknownQuotedScalarEscape => "unknown escape in a text in double quotes".into(),
        ErrorKind::InvalidIndentation => "unexpected indentation".into(),
        ErrorKind::BlockSequenceEntryNotAllowed => "a list item may not stand here".into(),
        kind => {
            let text = kind.to_string();
            text.split_once(", ")
                .filter(|(lead, _)| lead.starts_with("while "))
                .map_or(text.clone(), |(_, rest)| rest.into())
        }
    }
}

/// Names the mistake and mends the copy; nothing when nothing is left to mend.
pub(super) fn mend(error: &ScanError, scratch: &mut Scratch) -> Vec<Problem> {
    let place = place(error, scratch.text());
    let line = Line::around(scratch.text(), place.start);
    let above = line.above(scratch.text());
    if let Some(problem) = hole(place.start, scratch) {
        return Vec::from([problem]);
    }
    let is_tab = matches!(
        error.kind(),
        ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabNotAllowed
            | ErrorKind::TabInPlainScalar
    );
    if is_tab || line.indentation().contains('\t') {
        let problems = tabs(scratch);
        if !problems.is_empty() {
            return problems;
        }
    }
    for line in [Some(&line), above.as_ref()].into_iter().flatten() {
        let found = reserved(line, scratch)
            .or_else(|| glued(line, scratch))
            .or_else(|| open_quote(line, scratch))
            .or_else(|| open_bracket(line, error, scratch))
            .or_else(|| second_colon(line, error, scratch));
        if let Some(problem) = found {
            return Vec::from([problem]);
        }
    }
    let deeper = above.and_then(|above| deeper(&line, &above, error, scratch));
    deeper.or_else(|| blank(error, place, scratch)).into_iter().collect()
}

/// One line of the copy.
struct Line {
    start: usize,
    text: String,
}

impl Line {
    fn around(text: &str, at: usize) -> Line {
        let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let rest = text.get(start..).unwrap_or("");
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        Line { start, text: rest.get(..length).unwrap_or("").to_string() }
    }

    fn indentation(&self) -> &str {
        let length = self.text.len() - self.text.trim_start_matches([' ', '\t']).len();
        self.text.get(..length).unwrap_or("")
    }

    /// The nearest line above that is not blank.
    fn above(&self, text: &str) -> Option<Line> {
        let mut end = self.start.checked_sub(1)?;
        loop {
            let line = Line::around(text, end);
            if !line.text.trim().is_empty() {
                return Some(line);
            }
            end = line.start.checked_sub(1)?;
        }
    }

    /// Where the value begins: behind `- ` and `key: `. `None` for a line without either.
    fn value(&self) -> Option<Range<usize>> {
        let mut at = self.text.len() - self.text.trim_start().len();
        let mut led = false;
        while let Some(rest) = self.text.get(at..).and_then(|rest| rest.strip_prefix('-')) {
            let trimmed = rest.trim_start_matches([' ', '\t']);
            if trimmed.len() == rest.len() {
                break;
            }
            at = self.text.len() - trimmed.len();
            led = true;
        }
        let rest = self.text.get(at..)?;
        let key = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-.\"'".contains(byte)).count();
        if let Some(behind) = rest.get(key..).filter(|_| key > 0).and_then(|rest| rest.strip_prefix(':')) {
            let trimmed = behind.trim_start_matches([' ', '\t']);
            if trimmed.len() < behind.len() {
                at = self.text.len() - trimmed.len();
                led = true;
            }
        }
        let value = self.text.get(at..)?;
        let end = value.find(" #").unwrap_or(value.len());
        let value = value.get(..end)?.trim_end();
        if led && !value.is_empty() { Some(self.start + at..self.start + at + value.len()) } else { None }
    }
}

/// Tabs as indentation become spaces, on every line at once: two each in a document that uses
/// nothing else, otherwise the indentation of the line above.
fn tabs(scratch: &mut Scratch) -> Vec<Problem> {
    let mut problems = Vec::new();
    let spaces_too = scratch.text().lines().any(|line| line.starts_with(' '));
    let mut above = 0;
    let mut start = 0;
    while let Some(rest) = scratch.text().get(start..).filter(|rest| !rest.is_empty()) {
        let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = Line { start, text: rest.get(..length).unwrap_or("").to_string() };
        start += length;
        let indentation = line.indentation();
        if line.text.trim().is_empty() {
            continue;
        }
        if !indentation.contains('\t') {
            above = indentation.len();
            continue;
        }
        let width = if spaces_too { above } else { indentation.replace('\t', "  ").len() };
        let spaces = " ".repeat(width);
        let range = line.start..line.start + indentation.len();
        let message = "expected spaces as indentation, found a tab";
        let problem = Problem::new(&codes::SYNTAX, scratch.span(range.clone()), message)
            .help("YAML indents with spaces only")
            .fix(spaces.clone());
        problems.push(problem);
        start = start + width - range.len();
        scratch.replace(range, &spaces);
    }
    problems
}

/// `to: %{call.from}`: a character that plain values cannot start with.
fn reserved(line: &Line, scratch: &mut Scratch) -> Option<Problem> {
    let range = line.value()?;
    let value = scratch.text().get(range.clone())?;
    let first = value.chars().next().filter(|c| matches!(c, '%' | '@' | '`'))?;
    let quoted = format!("'{}'", value.replace('\'', "''"));
    let message = format!("a plain value cannot start with `{first}`; it was read as if it stood in quotes");
    let problem = Problem::new(&codes::REPAIRED, scratch.span(range.clone()), message).fix(quoted).repaired();
    scratch.quote(range);
    Some(problem)
}

/// `{to: %{call.from}}`: a placeholder among brackets.
fn hole(at: usize, scratch: &mut Scratch) -> Option<Problem> {
    let rest = scratch.text().get(at..).filter(|rest| rest.starts_with("%{"))?;
    let mut depth = 0_usize;
    let end = rest.char_indices().take_while(|(_, c)| *c != '\n').find_map(|(index, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (c == '}' && depth == 0).then_some(index + 1)
    })?;
    let quoted = format!("'{}'", rest.get(..end)?.replace('\'', "''"));
    let message = "a plain value cannot start with `%`; it was read as if it stood in quotes";
    let problem = Problem::new(&codes::REPAIRED, scratch.span(at..at + end), message).fix(quoted).repaired();
    scratch.quote(at..at + end);
    Some(problem)
}

/// `key:value`: a colon needs a space behind it.
fn glued(line: &Line, scratch: &mut Scratch) -> Option<Problem> {
    let body = line.text.trim_start_matches([' ', '-']);
    let at = line.text.len() - body.len();
    let key = body.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let behind = body.get(key..)?.strip_prefix(':')?;
    if key == 0 || behind.is_empty() || behind.starts_with([' ', '\t', '/', ':']) {
        return None;
    }
    let colon = line.start + at + key;
    let name = body.get(..key)?;
    let message = format!("expected a space behind `{name}:`");
    let problem = Problem::new(&codes::SYNTAX, scratch.span(colon..colon + 1), message).fix(": ");
    scratch.replace(colon + 1..colon + 1, " ");
    Some(problem)
}

/// A quote that opens a value and is not closed, or closed too early, on its line.
fn open_quote(line: &Line, scratch: &mut Scratch) -> Option<Problem> {
    let range = line.value()?;
    let value = scratch.text().get(range.clone())?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = value.get(1..)?;
    let span = scratch.span(range.clone());
    match inner.find(quote) {
        None => {
            let message = format!("this quoted text is never closed; expected `{quote}`");
            let problem = Problem::new(&codes::SYNTAX, span, message).fix(format!("{value}{quote}"));
            let end: String = [quote].iter().collect();
            scratch.replace(range.end..range.end, &end);
            Some(problem)
        }
        Some(end)
            if end + 1 < inner.len() && !inner.get(end + 1..)?.starts_with(quote) && quote == '\''
                || end_is_early(inner, quote) =>
        {
            let message = "a quote inside a quoted text ends it too early";
            let text = inner.strip_suffix(quote).unwrap_or(inner).replace('\\', "\\\\").replace('"', "\\\"");
            let text = format!("\"{text}\"");
            let problem = Problem::new(&codes::SYNTAX, span, message).fix(text.clone());
            scratch.replace(range, &text);
            Some(problem)
        }
        Some(_) => None,
    }
}

/// Whether a text in double quotes goes on behind its closing quote.
fn end_is_early(inner: &str, quote: char) -> bool {
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' && quote == '"' {
            escaped = true;
        } else if c == quote {
            return quote == '"' && !inner.get(at + 1..).unwrap_or("").trim().is_empty();
        }
    }
    false
}

/// `[` or `{` that opens a value and is not closed on its line.
fn open_bracket(line: &Line, error: &ScanError, scratch: &mut Scratch) -> Option<Problem> {
    if !matches!(
        error.kind(),
        ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::InvalidColonPlacement
            | ErrorKind::InvalidFlowScalarIndent
    ) {
        return None;
    }
    let range = line.value()?;
    let value = scratch.text().get(range.clone())?;
    let mut open = Vec::new();
    for c in value.chars() {
        match c {
            '[' => open.push(']'),
            '{' => open.push('}'),
            ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
    if !value.starts_with(['[', '{']) || open.is_empty() || value.ends_with(['[', '{', ',']) {
        return None;
    }
    let closing: String = open.into_iter().rev().collect();
    let message = format!("this bracket is never closed; expected `{closing}`");
    let problem = Problem::new(&codes::SYNTAX, scratch.span(range.clone()), message).fix(format!("{value}{closing}"));
    scratch.replace(range.end..range.end, &closing);
    Some(problem)
}

/// A line indented deeper than the one above, which has its value already.
fn deeper(line: &Line, above: &Line, error: &ScanError, scratch: &mut Scratch) -> Option<Problem> {
    let (wide, narrow) = (line.indentation().len(), above.indentation().len());
    if !matches!(error.kind(), ErrorKind::MappingValueNotAllowed) || wide <= narrow || above.value().is_none() {
        return None;
    }
    let range = line.start..line.start + wide;
    let message = "this line is indented deeper than the one above, which has its value already";
    let indentation = above.indentation();
    let problem = Problem::new(&codes::SYNTAX, scratch.span(range.clone()), message).fix(indentation);
    scratch.replace(range, indentation);
    Some(problem)
}

/// `say: url: foo`: a value with `: ` in it must be quoted.
fn second_colon(line: &Line, error: &ScanError, scratch: &mut Scratch) -> Option<Problem> {
    if !matches!(error.kind(), ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement) {
        return None;
    }
    let range = line.value()?;
    let value = scratch.text().get(range.clone())?;
    if value.starts_with(['"', '\'', '{', '[', '|', '>', '&', '*', '!'])
        || !(value.contains(": ") || value.ends_with(':'))
    {
        return None;
    }
    let quoted = format!("'{}'", value.replace('\'', "''"));
    let message = "expected a plain value, found another `: ` in it";
    let problem = Problem::new(&codes::SYNTAX, scratch.span(range.clone()), message)
        .help("a text with `: ` in it must be quoted")
        .fix(quoted);
    scratch.quote(range);
    Some(problem)
}

/// Whatever it is: the line is read past.
fn blank(error: &ScanError, place: Range<usize>, scratch: &mut Scratch) -> Option<Problem> {
    let mut line = Line::around(scratch.text(), place.start);
    if line.text.trim().is_empty() {
        line = line.above(scratch.text())?;
    }
    let span = if place.is_empty() {
        let start = line.text.len() - line.text.trim_start().len();
        scratch.span(line.start + start..line.start + line.text.trim_end().len())
    } else {
        scratch.span(place)
    };
    let spaces = " ".repeat(line.text.len());
    scratch.replace(line.start..line.start + line.text.len(), &spaces);
    Some(Problem::new(&codes::SYNTAX, span, message(error)))
}

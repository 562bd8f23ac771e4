//! The piece of a source line that a diagnostic shows.

use crate::span::Span;
use crate::text::LineIndex;
use alloc::string::String;

/// One line, printable, and where the carets go.
pub(super) struct Excerpt {
    /// The line, or the piece of it around the carets.
    pub(super) line: String,
    /// Columns before the carets.
    pub(super) indent: usize,
    /// Columns of carets, at least one.
    pub(super) width: usize,
}

impl Excerpt {
    /// The first line of `span`.
    pub(super) fn new(lines: &LineIndex<'_>, span: Span) -> Excerpt {
        let (line, _) = lines.line_column(span.start);
        let text = lines.text(line);
        let start = (span.start.saturating_sub(lines.start(line)) as usize).min(text.len());
        let end = ((span.end.max(span.start) - lines.start(line)) as usize).min(text.len());
        let (first, last) = window(text, start);
        let mut excerpt = Excerpt { line: String::new(), indent: 0, width: 0 };
        if first > 0 {
            excerpt.line.push('…');
            excerpt.indent += 1;
        }
        for (at, c) in text.char_indices().skip_while(|(at, _)| *at < first).take_while(|(at, _)| *at < last) {
            let width = match c {
                '\t' => {
                    excerpt.line.push_str(TAB);
                    TAB.len()
                }
                _ => {
                    let c = printable(c);
                    excerpt.line.push(c);
                    columns(c)
                }
            };
            if at < start {
                excerpt.indent += width;
            } else if at < end {
                excerpt.width += width;
            }
        }
        if last < text.len() {
            excerpt.line.push('…');
        }
        excerpt.width = excerpt.width.max(1);
        excerpt
    }
}

/// The bytes of a line to show: all of it, or the piece around `at` when it is long.
fn window(line: &str, at: usize) -> (usize, usize) {
    if line.chars().count() <= LONGEST {
        return (0, line.len());
    }
    let before = line.get(..at).unwrap_or("");
    let first = before.char_indices().rev().take(BEFORE).last().map_or(at, |(at, _)| at);
    let rest = line.get(first..).unwrap_or("");
    let last = rest.char_indices().nth(LONGEST - 10).map_or(line.len(), |(at, _)| first + at);
    (first, last)
}

/// The character, or a stand-in where it would move the cursor or turn the text around.
fn printable(c: char) -> char {
    match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// How many columns a terminal gives a character.
fn columns(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f6ff}'
        | '\u{1f900}'..='\u{1f9ff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// Longer lines are cut.
const LONGEST: usize = 160;
/// Characters kept before the carets of a long line.
const BEFORE: usize = 60;
/// What a tab looks like.
const TAB: &str = "    ";

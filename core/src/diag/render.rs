//! Diagnostics as text for a terminal, and as data for an editor.

use super::excerpt::Excerpt;
use super::{Diagnostic, Severity};
use crate::text::LineIndex;
use crate::wire::{Report, ReportFix};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::Write as _;

/// How the terminal is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Plain,
    /// ANSI escape sequences.
    Ansi,
}

/// All diagnostics of one document, in order of place, each with its source line and a caret.
#[must_use]
pub fn human(file: &str, source: &str, diagnostics: &[Diagnostic], colour: Colour) -> String {
    let lines = LineIndex::new(source);
    let mut text = String::new();
    for diagnostic in sorted(diagnostics) {
        one(&mut text, file, &lines, diagnostic, colour);
        text.push('\n');
    }
    text
}

/// All diagnostics of one document, in order of place, as data.
#[must_use]
pub fn json(file: &str, source: &str, diagnostics: &[Diagnostic]) -> Vec<Report> {
    if diagnostics.is_empty() {
        return Vec::new();
    }
    let lines = LineIndex::new(source);
    sorted(diagnostics).into_iter().map(|diagnostic| report(file, &lines, diagnostic)).collect()
}

fn sorted(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    crate::order::sort_by_key(&mut sorted, |diagnostic| diagnostic.span);
    sorted
}

fn one(text: &mut String, file: &str, lines: &LineIndex<'_>, diagnostic: &Diagnostic, colour: Colour) {
    let paint = Paint { colour, severity: diagnostic.severity };
    let (line, column) = lines.line_column(diagnostic.span.start);
    let excerpt = Excerpt::new(lines, diagnostic.span);
    let gutter = line.to_string().len();
    let bar = paint.frame("|");
    let title = format!("{}[{}]", diagnostic.severity.name(), diagnostic.code.id);
    let _ = writeln!(text, "{}{}", paint.severe(&title), paint.bold(&format!(": {}", shown(&diagnostic.message))));
    let _ = writeln!(text, "{:gutter$}{} {file}:{line}:{column}", "", paint.frame("-->"));
    let _ = writeln!(text, "{:gutter$} {bar}", "");
    let _ = writeln!(text, "{} {bar} {}", paint.frame(&line.to_string()), excerpt.line);
    let carets = "^".repeat(excerpt.width);
    let _ = writeln!(text, "{:gutter$} {bar} {:indent$}{}", "", "", paint.severe(&carets), indent = excerpt.indent);
    let mut note = |kind: &str, note: &str| {
        // Later lines of a note stand under its first.
        let body = shown(note).replace('\n', &format!("\n{:1$}", "", gutter + kind.len() + 5));
        let _ = writeln!(text, "{:gutter$} {} {}: {body}", "", paint.frame("="), paint.bold(kind));
    };
    for line in &diagnostic.notes {
        match line.strip_prefix("help: ") {
            Some(help) => note("help", help),
            None => note("note", line),
        }
    }
    if let Some(vendor) = diagnostic.vendor {
        note("note", &format!("the platform calls this `{vendor}`"));
    }
    if let Some(fix) = &diagnostic.fix {
        if fix.text.is_empty() || fix.text.contains('\n') {
            note("help", &fix.title);
        } else {
            note("help", &format!("{}: `{}`", fix.title, fix.text));
        }
    }
}

fn report(file: &str, lines: &LineIndex<'_>, diagnostic: &Diagnostic) -> Report {
    let (line, column) = lines.line_column(diagnostic.span.start);
    let (end_line, end_column) = lines.line_column(diagnostic.span.end);
    let fix = diagnostic.fix.as_ref().map(|fix| {
        let (line, column) = lines.line_column(fix.span.start);
        let (end_line, end_column) = lines.line_column(fix.span.end);
        ReportFix {
            title: fix.title.clone(),
            line,
            column,
            end_line,
            end_column,
            start: fix.span.start,
            end: fix.span.end,
            text: fix.text.clone(),
        }
    });
    Report {
        file: file.to_string(),
        code: diagnostic.code.id.to_string(),
        severity: diagnostic.severity.name().to_string(),
        line,
        column,
        end_line,
        end_column,
        message: diagnostic.message.clone(),
        notes: diagnostic.notes.clone(),
        fix,
        vendor: diagnostic.vendor.map(ToString::to_string),
    }
}

/// A message without characters that would move a terminal's cursor.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

struct Paint {
    colour: Colour,
    severity: Severity,
}

impl Paint {
    fn severe(&self, text: &str) -> String {
        self.paint(
            text,
            match self.severity {
                Severity::Error => "1;31",
                Severity::Warning => "1;33",
                Severity::Hint => "1;36",
            },
        )
    }

    fn bold(&self, text: &str) -> String {
        self.paint(text, "1")
    }

    fn frame(&self, text: &str) -> String {
        self.paint(text, "1;34")
    }

    fn paint(&self, text: &str, code: &str) -> String {
        match self.colour {
            Colour::Plain => text.to_string(),
            Colour::Ansi => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, human, json};
    use crate::diag::{Diagnostic, codes};
    use crate::span::Span;
    use alloc::{
        format,
        string::{String, ToString},
    };

    fn check(source: &str, found: &str, expected: &str) {
        let start = source.find(found).unwrap_or(0);
        let span = Span::at(start, start + found.len());
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, span, "unknown field");
        assert_eq!(human("a.yaml", source, &[diagnostic], Colour::Plain), expected);
    }

    #[test]
    fn shows_the_line_and_a_caret() {
        check(
            "a: 1\nbb: 22\n",
            "bb",
            "error[unknown-field]: unknown field\n --> a.yaml:2:1\n  |\n2 | bb: 22\n  | ^^\n\n",
        );
        check(
            "\tä: 日本 x",
            "x",
            "error[unknown-field]: unknown field\n --> a.yaml:1:8\n  |\n1 |     ä: 日本 x\n  |             ^\n\n",
        );
        check(
            "a: \u{202e}b",
            "b",
            "error[unknown-field]: unknown field\n --> a.yaml:1:5\n  |\n1 | a: \u{fffd}b\n  |     ^\n\n",
        );
        check("", "", "error[unknown-field]: unknown field\n --> a.yaml:1:1\n  |\n1 | \n  | ^\n\n");
        check("a\r\nb\nc", "b\nc", "error[unknown-field]: unknown field\n --> a.yaml:2:1\n  |\n2 | b\n  | ^\n\n");
    }

    #[test]
    fn long_lines_are_cut_around_the_caret() {
        let source = format!("{}here{}", "x".repeat(300), "y".repeat(300));
        let start = 300;
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, Span::at(start, start + 4), "unknown field");
        let text = human("a", &source, &[diagnostic], Colour::Plain);
        let lines: alloc::vec::Vec<&str> = text.lines().collect();
        assert!(lines[3].starts_with("1 | …xxx") && lines[3].ends_with("yyy…"), "{text}");
        assert!(lines[3].chars().count() < 170, "{text}");
        let caret = lines[4].find('^').unwrap_or(0);
        let shown: String = lines[3].chars().skip(caret).take(4).collect();
        assert_eq!(shown, "here", "{text}");
    }

    #[test]
    fn notes_fixes_and_order() {
        let first = Diagnostic::new(&codes::UNQUOTED_NUMBER, Span::new(3, 5), "a phone number is a number")
            .note("quote it")
            .note("help: see the manual\nor not")
            .vendor("E1")
            .fix("quote the number", Span::new(3, 5), "\"+1\"");
        let second = Diagnostic::new(&codes::SYNTAX, Span::new(0, 1), "bad");
        let source = "a: +1";
        assert_eq!(
            human("f", source, &[first.clone(), second.clone()], Colour::Plain),
            "error[syntax]: bad\n --> f:1:1\n  |\n1 | a: +1\n  | ^\n\nwarning[unquoted-number]: a phone number is a number\n --> f:1:4\n  |\n1 | a: +1\n  |    ^^\n  = note: quote it\n  = help: see the manual\n          or not\n  = note: the platform calls this `E1`\n  = help: quote the number: `\"+1\"`\n\n"
        );
        assert!(
            human("f", source, core::slice::from_ref(&second), Colour::Ansi)
                .starts_with("\u{1b}[1;31merror[syntax]\u{1b}[0m\u{1b}[1m: bad\u{1b}[0m\n")
        );
        let reports = json("f", source, &[first, second]);
        assert_eq!(
            serde_json::to_string(&reports).unwrap_or_default(),
            r#"[{"file":"f","code":"syntax","severity":"error","line":1,"column":1,"end_line":1,"end_column":2,"message":"bad","notes":[]},{"file":"f","code":"unquoted-number","severity":"warning","line":1,"column":4,"end_line":1,"end_column":6,"message":"a phone number is a number","notes":["quote it","help: see the manual\nor not"],"fix":{"title":"quote the number","line":1,"column":4,"end_line":1,"end_column":6,"start":3,"end":5,"text":"\"+1\""},"vendor":"E1"}]"#.to_string()
        );
    }
}

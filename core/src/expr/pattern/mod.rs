//! Regular expressions as JavaScript has them, matched within the budget of the expression.
//!
//! `syntax` reads a pattern, `program` makes it a list of operations, and `run` tries them with an
//! explicit stack, so that neither a pattern nor a text can make the matcher hang or overflow.

mod fold;
mod program;
mod run;
mod set;
mod syntax;

use super::budget::{Budget, EvalError};
use crate::span::Span;
use alloc::{format, string::String, vec::Vec};

/// A compiled pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pattern {
    /// What stands between the slashes.
    pub(super) source: String,
    pub(super) flags: Flags,
    /// The name of each group, the whole match first.
    pub(super) names: Vec<Option<String>>,
    program: program::Program,
}

/// The letters behind the pattern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags {
    pub(super) global: bool,
    pub(super) ignore_case: bool,
    pub(super) multiline: bool,
    pub(super) dot_all: bool,
    pub(super) unicode: bool,
    pub(super) sticky: bool,
}

/// Where the whole match and each group lie, in UTF-16 units.
pub(super) type Places = Vec<Option<(usize, usize)>>;

impl Pattern {
    /// Compiles a pattern; the message says what is wrong with it.
    pub(super) fn new(source: &str, flags: &str) -> Result<Pattern, String> {
        let flags = Flags::parse(flags)?;
        let (node, names) = syntax::parse(source, flags)?;
        let program = program::compile(&node, names.len(), flags)?;
        Ok(Pattern { source: escaped(source), flags, names, program })
    }

    /// The first match at or behind `from`; at `from` only, for a sticky pattern.
    pub(super) fn find(
        &self,
        text: &[u16],
        from: usize,
        sticky: bool,
        budget: &mut Budget,
        span: Span,
    ) -> Result<Option<Places>, EvalError> {
        let mut run = run::Run::new(&self.program, self.flags, text, budget, span);
        let mut at = from;
        while at <= text.len() {
            if let Some(places) = run.at(at)? {
                return Ok(Some(places));
            }
            if sticky {
                break;
            }
            at = self.next(text, at);
        }
        Ok(None)
    }

    /// The position behind the character at `at`.
    pub(super) fn next(&self, text: &[u16], at: usize) -> usize {
        at + if self.flags.unicode { run::width(text, at) } else { 1 }
    }
}

impl Flags {
    fn parse(text: &str) -> Result<Flags, String> {
        let mut flags = Flags::default();
        for letter in text.chars() {
            let flag = match letter {
                'g' => &mut flags.global,
                'i' => &mut flags.ignore_case,
                'm' => &mut flags.multiline,
                's' => &mut flags.dot_all,
                'u' => &mut flags.unicode,
                'y' => &mut flags.sticky,
                'd' | 'v' => return Err(format!("the flag `{letter}` of a regular expression is not supported")),
                _ => return Err(format!("expected flags among `gimsuy`, found `{letter}`")),
            };
            if core::mem::replace(flag, true) {
                return Err(format!("the flag `{letter}` is given twice"));
            }
        }
        Ok(flags)
    }

    /// The letters, in the order that JavaScript shows them.
    pub(super) fn letters(self) -> String {
        let all = [
            (self.global, 'g'),
            (self.ignore_case, 'i'),
            (self.multiline, 'm'),
            (self.dot_all, 's'),
            (self.unicode, 'u'),
            (self.sticky, 'y'),
        ];
        all.iter().filter(|(set, _)| *set).map(|(_, letter)| *letter).collect()
    }
}

/// A pattern as it stands between slashes.
fn escaped(source: &str) -> String {
    let (mut skip, mut in_class) = (false, false);
    let mut escaped = String::new();
    for c in source.chars() {
        match c {
            '\n' => escaped.push_str(if skip { "n" } else { "\\n" }),
            '/' if !skip && !in_class => escaped.push_str("\\/"),
            _ => escaped.push(c),
        }
        match c {
            _ if skip => skip = false,
            '\\' => skip = true,
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
    }
    escaped
}

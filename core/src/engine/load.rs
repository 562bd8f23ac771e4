//! A document made ready to run: read, lowered, checked.

use crate::check;
use crate::diag::Diagnostic;
use crate::dialect::{self, Reading, Strictness};
use crate::id::DocumentId;
use crate::ir::Program;
use crate::order::sort_by_key;
use crate::span::Span;
use crate::text::{LineIndex, Lines, TextLimits};
use crate::wire::{Dialect, Place};
use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};

/// A document made ready to run. Many calls may share one.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its text.
    pub source: String,
    /// Its dialect, if one was given or recognised.
    pub dialect: Option<Dialect>,
    /// Its meaning.
    pub program: Arc<Program>,
    /// What there is to say about it, in document order.
    pub diagnostics: Vec<Diagnostic>,
    lines: Lines,
}

/// Reads, lowers and checks a document, as the platform does.
#[must_use]
pub fn load(source: &str, dialect: Option<Dialect>) -> Loaded {
    load_by(Strictness::Platform, source, dialect)
}

/// Like [`load`], by the rules of somebody else. What only their schema accepts must not be run:
/// run what [`load`] gives.
#[must_use]
pub fn load_by(strictness: Strictness, source: &str, dialect: Option<Dialect>) -> Loaded {
    let reading = study(strictness, source, dialect);
    Loaded {
        source: source.to_string(),
        dialect: reading.dialect,
        program: Arc::new(reading.program),
        diagnostics: reading.diagnostics,
        lines: LineIndex::new(source).keep(),
    }
}

/// What there is to say about a document that is not kept to be run; what [`load_by`] says.
#[must_use]
pub fn check_by(strictness: Strictness, source: &str, dialect: Option<Dialect>) -> Vec<Diagnostic> {
    study(strictness, source, dialect).diagnostics
}

fn study(strictness: Strictness, source: &str, dialect: Option<Dialect>) -> Reading {
    let mut reading = dialect::read(source, dialect, strictness, &TextLimits::default());
    if reading.runs() {
        reading.diagnostics.extend(check::check(&reading.program));
        sort_by_key(&mut reading.diagnostics, |diagnostic| diagnostic.span);
    }
    reading
}

impl Loaded {
    /// Whether it can be run.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.dialect.is_some() && !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Where its lines begin.
    #[must_use]
    pub fn lines(&self) -> LineIndex<'_> {
        self.lines.of(&self.source)
    }

    /// A span of this document as traces show it.
    #[must_use]
    pub fn place(&self, document: DocumentId, span: Span) -> Place {
        let (line, column) = self.lines().line_column(span.start);
        Place { document, start: span.start, end: span.end, line, column }
    }

    /// Where the first error stands.
    #[must_use]
    pub fn first_mistake(&self) -> Option<Span> {
        self.diagnostics.iter().find(|diagnostic| diagnostic.is_error()).map(|error| error.span)
    }

    /// The first error in a line, for one who cannot show them all.
    #[must_use]
    pub fn first_error(&self) -> Option<String> {
        let error = self.diagnostics.iter().find(|diagnostic| diagnostic.is_error())?;
        let (line, column) = self.lines().line_column(error.span.start);
        Some(alloc::format!("{line}:{column}: {}", error.message))
    }
}

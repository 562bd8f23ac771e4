//! What is wrong with a document, told to its author.
//!
//! A [`Diagnostic`] is data: a stable [`Code`], a severity, a place, a message that stands alone,
//! notes and perhaps a fix. Rendering is separate and chosen by the caller.

mod code;
mod excerpt;
mod nearest;
mod render;

pub use code::{Code, Severity, codes};
pub use nearest::did_you_mean;
pub use render::{Colour, human, json};

use crate::span::Span;
use alloc::{string::String, vec::Vec};

/// One thing worth telling the author of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: &'static Code,
    /// How bad it is; usually the code's own severity.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// First line, stands alone: what was expected and what was found. Lower case, no full stop.
    pub message: String,
    /// More to know, and what to do.
    pub notes: Vec<String>,
    /// A text edit that mends it.
    pub fix: Option<Fix>,
    /// The platform's own name of this error (`relay_script_…`, a Twilio number), if it has one.
    pub vendor: Option<&'static str>,
}

/// A text edit that mends a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the edit does, for a button: `quote the number`.
    pub title: String,
    /// The text to replace.
    pub span: Span,
    /// Its replacement.
    pub text: String,
}

impl Diagnostic {
    /// A diagnostic with the severity of its code.
    #[must_use]
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity,
            span,
            message: message.into(),
            notes: Vec::new(),
            fix: None,
            vendor: None,
        }
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }

    /// Adds a fix.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix { title: title.into(), span, text: text.into() });
        self
    }

    /// Names the platform's own error.
    #[must_use]
    pub fn vendor(mut self, vendor: &'static str) -> Diagnostic {
        self.vendor = Some(vendor);
        self
    }

    /// Whether the document cannot be run because of it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

//! What `check` says about a document, with places that people and editors count.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// One diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The document's name.
    pub file: String,
    /// Which kind: the stable id of its code.
    pub code: String,
    /// `error`, `warning` or `hint`.
    pub severity: String,
    /// First line, from 1.
    pub line: u32,
    /// First column, from 1, in characters.
    pub column: u32,
    /// Line of the place behind the last character.
    pub end_line: u32,
    /// Column of the place behind the last character.
    pub end_column: u32,
    /// What was expected and what was found.
    pub message: String,
    /// More to know.
    pub notes: Vec<String>,
    /// An edit that mends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<ReportFix>,
    /// The platform's own name of this error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
}

/// An edit that mends a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFix {
    /// What the edit does.
    pub title: String,
    /// First line of the text to replace, from 1.
    pub line: u32,
    /// Its first column, in characters.
    pub column: u32,
    /// Line of the place behind the text to replace.
    pub end_line: u32,
    /// Column of the place behind the text to replace.
    pub end_column: u32,
    /// Offset of the text to replace, in bytes of UTF-8.
    pub start: u32,
    /// Offset behind the text to replace, in bytes of UTF-8.
    pub end: u32,
    /// Its replacement.
    pub text: String,
}

//! Syntax: JSON, YAML and XML text into one tree with positions.
//!
//! Knows nothing of calls. Reports every problem, not only the first, and keeps what minimal
//! text edits need later: spans of keys, values, separators and comments.

mod json;
mod keys;
mod limits;
mod lines;
mod node;
#[cfg(test)]
mod told;
mod xml;
mod yaml;

pub use limits::TextLimits;
pub use lines::LineIndex;
pub(crate) use lines::Lines;
pub use node::{Attribute, Child, Element, Entry, Format, Key, Kind, Node, Problem, Scalar, Tree};

use crate::diag::codes;
use crate::order::sort_by_key;
use crate::span::Span;
use alloc::{format, vec, vec::Vec};

/// Reads a document; without a `format`, [`detect`] decides.
#[must_use]
pub fn read(source: &str, format: Option<Format>, limits: &TextLimits) -> Tree {
    let format = format.unwrap_or_else(|| detect(source));
    if source.len() > limits.bytes || u32::try_from(source.len()).is_err() {
        let message = format!("the document has {} bytes; at most {} are read", source.len(), limits.bytes);
        let problem = Problem::new(&codes::TOO_LARGE, Span::new(0, 0), message);
        return Tree { format, root: None, comments: Vec::new(), problems: vec![problem] };
    }
    let mut tree = match format {
        Format::Json => json::read(source, limits),
        Format::Yaml => yaml::read(source, limits),
        Format::Xml => xml::read(source, limits),
    };
    sort_by_key(&mut tree.problems, |problem| problem.span);
    sort_by_key(&mut tree.comments, |comment| *comment);
    tree
}

/// Guesses the syntax from the first character: `<` is XML, `{` or `[` JSON, anything else YAML.
#[must_use]
pub fn detect(source: &str) -> Format {
    let start = source.trim_start_matches(|c: char| c == BYTE_ORDER_MARK || c.is_whitespace());
    match start.chars().next() {
        Some('<') => Format::Xml,
        Some('{' | '[') => Format::Json,
        _ => Format::Yaml,
    }
}

/// U+FEFF, which some editors put before the text.
const BYTE_ORDER_MARK: char = '\u{feff}';

#[cfg(test)]
mod tests {
    use super::{Format, detect};

    #[test]
    fn the_first_character_decides() {
        assert_eq!(detect("\u{feff}\n <Response/>"), Format::Xml);
        assert_eq!(detect(" {}"), Format::Json);
        assert_eq!(detect("\t[]"), Format::Json);
        assert_eq!(detect("sections:\n"), Format::Yaml);
        assert_eq!(detect("# note\n{}"), Format::Yaml);
        assert_eq!(detect(""), Format::Yaml);
    }
}

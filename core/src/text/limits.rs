//! Bounds against bombs.

use super::Problem;
use alloc::vec::Vec;

/// How much of a document is read, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLimits {
    /// Bytes of source text.
    pub bytes: usize,
    /// Values inside values.
    pub depth: usize,
    /// Values, elements, attributes and texts, after aliases were expanded.
    pub nodes: usize,
    /// Problems reported; the rest is dropped.
    pub problems: usize,
}

impl Default for TextLimits {
    fn default() -> TextLimits {
        TextLimits { bytes: 4 << 20, depth: 200, nodes: 200_000, problems: 100 }
    }
}

impl TextLimits {
    /// Adds a problem unless there are enough already.
    pub(super) fn report(&self, problems: &mut Vec<Problem>, problem: Problem) {
        if problems.len() < self.problems {
            problems.push(problem);
        }
    }
}

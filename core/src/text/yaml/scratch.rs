//! A repaired copy of the source that remembers where each byte came from.

use crate::span::Span;
use alloc::{string::String, vec::Vec};
use core::ops::Range;

pub(super) struct Scratch {
    text: String,
    /// For each byte, and the end, its offset in the source; empty while nothing was changed.
    origins: Vec<u32>,
}

impl Scratch {
    pub(super) fn new(source: &str) -> Scratch {
        Scratch { text: source.into(), origins: Vec::new() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Puts `new` in the place of `range`. Ranges that do not fit change nothing.
    pub(super) fn replace(&mut self, range: Range<usize>, new: &str) {
        if self.text.get(range.clone()).is_none() {
            return;
        }
        if self.origins.is_empty() {
            self.origins = (0..=self.text.len() as u32).collect();
        }
        let start = self.origin(range.start);
        let end = self.origin(range.end);
        // New bytes belong to the first replaced one, and never reach beyond the last.
        let same = new.len() == range.len();
        let bytes = (0..new.len() as u32).map(|at| if same { start + at } else { start });
        self.origins.splice(range.clone(), bytes.map(|at| at.min(end)));
        self.text.replace_range(range, new);
    }

    /// Puts quotes around `range`, escaping what must be.
    pub(super) fn quote(&mut self, range: Range<usize>) {
        let Some(inner) = self.text.get(range.clone()) else { return };
        let quotes: Vec<usize> = inner.match_indices('\'').map(|(at, _)| range.start + at).collect();
        self.replace(range.end..range.end, "'");
        for at in quotes.into_iter().rev() {
            self.replace(at..at, "'");
        }
        self.replace(range.start..range.start, "'");
    }

    /// The place in the source of a place in the copy.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span { start: self.origin(range.start), end: self.origin(range.end.max(range.start)) }
    }

    pub(super) fn origin(&self, at: usize) -> u32 {
        match self.origins.get(at).or(self.origins.last()) {
            Some(origin) => *origin,
            None => at.min(self.text.len()) as u32,
        }
    }
}

//! Sets of characters.

use super::Flags;
use super::fold::{family, fold};
use alloc::vec::Vec;

/// Ranges of characters, both ends included.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Set {
    ranges: Vec<(u32, u32)>,
    negated: bool,
}

/// The sets that have a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Digit,
    Space,
    Word,
}

impl Set {
    pub(super) fn add(&mut self, from: u32, to: u32) {
        self.ranges.push((from, to));
    }

    /// Adds a set that has a letter, or all that it lacks.
    pub(super) fn add_named(&mut self, named: Named, negated: bool, flags: Flags) {
        let mut ranges: Vec<(u32, u32)> = match named {
            Named::Digit => Vec::from(DIGITS),
            Named::Space => Vec::from(SPACES),
            Named::Word => Vec::from(WORDS),
        };
        if named == Named::Word && flags.unicode && flags.ignore_case {
            // They fold to `s` and `k`.
            ranges.extend([(0x17f, 0x17f), (0x212a, 0x212a)]);
        }
        if !negated {
            self.ranges.extend(ranges);
            return;
        }
        let mut from = 0;
        for (first, last) in ranges {
            if first > from {
                self.ranges.push((from, first - 1));
            }
            from = last + 1;
        }
        self.ranges.push((from, HIGHEST));
    }

    pub(super) fn negate(&mut self) {
        self.negated = true;
    }

    /// All characters that do not end a line.
    pub(super) fn within_line() -> Set {
        let lines = [(0xa, 0xa), (0xd, 0xd), (0x2028, 0x2029)];
        Set { ranges: Vec::from(lines), negated: true }
    }

    /// Whether a character is in it.
    pub(super) fn has(&self, code: u32, flags: Flags) -> bool {
        let inside = |code: u32| self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&code));
        let found = if !flags.ignore_case || self.ranges.is_empty() {
            inside(code)
        } else if code < 128 && !flags.unicode {
            // No letter outside ASCII has one inside as its capital.
            let folded = fold(code, false);
            inside(code) || inside(folded) || inside(u32::from((folded as u8).to_ascii_lowercase()))
        } else {
            family(code, flags.unicode).into_iter().any(inside)
        };
        found != self.negated
    }
}

/// Whether `\w` has it.
pub(super) fn is_word(code: u32, flags: Flags) -> bool {
    let folds = flags.unicode && flags.ignore_case && matches!(code, 0x17f | 0x212a);
    folds || WORDS.iter().any(|(from, to)| (*from..=*to).contains(&code))
}

const DIGITS: [(u32, u32); 1] = [(0x30, 0x39)];
const WORDS: [(u32, u32); 4] = [(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
const SPACES: [(u32, u32); 10] = [
    (0x9, 0xd),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];
const HIGHEST: u32 = 0x10_ffff;

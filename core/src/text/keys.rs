//! Keys given more than once.

use super::{Entry, Key};
use crate::order::sort_by_key;
use alloc::vec::Vec;

/// The keys that an earlier entry has already, in order.
pub(super) fn repeated(entries: &[Entry]) -> Vec<&Key> {
    // Most objects are small, and repeat nothing.
    let again = |(at, entry): (usize, &Entry)| entries.iter().take(at).any(|before| before.key.text == entry.key.text);
    if entries.len() <= SMALL && !entries.iter().enumerate().any(again) {
        return Vec::new();
    }
    // A key without width is one that recovery made up.
    let mut sorted: Vec<&Key> =
        entries.iter().map(|entry| &entry.key).filter(|key| key.span.start < key.span.end).collect();
    // Stable, so equal keys stay in source order and only the first is spared.
    sort_by_key(&mut sorted, |key| key.text.as_str());
    let mut again: Vec<&Key> = sorted
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if a.text == b.text => Some(*b),
            _ => None,
        })
        .collect();
    sort_by_key(&mut again, |key| key.span);
    again
}

/// So few entries are compared each with each.
const SMALL: usize = 12;

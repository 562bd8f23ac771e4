//! Keys given more than once.

use super::{Entry, Key};
use alloc::vec::Vec;

/// The keys that an earlier entry has already, in order.
pub(super) fn repeated(entries: &[Entry]) -> Vec<&Key> {
    // A key without width is one that recovery made up.
    let mut sorted: Vec<&Key> =
        entries.iter().map(|entry| &entry.key).filter(|key| key.span.start < key.span.end).collect();
    // Stable, so equal keys stay in source order and only the first is spared.
    sorted.sort_by(|a, b| a.text.cmp(&b.text));
    let mut again: Vec<&Key> = sorted
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if a.text == b.text => Some(*b),
            _ => None,
        })
        .collect();
    again.sort_by_key(|key| key.span);
    again
}

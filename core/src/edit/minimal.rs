//! The least that must change between two texts, line by line.

use crate::wire::TextEdit;
use alloc::{string::ToString, vec, vec::Vec};

/// The edits that make `new` of `old`.
pub(super) fn edits(old: &str, new: &str) -> Vec<TextEdit> {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(head..).unwrap_or(&[]), b.get(head..).unwrap_or(&[]));
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(..a.len() - tail).unwrap_or(&[]), b.get(..b.len() - tail).unwrap_or(&[]));
    let start: usize = old.split_inclusive('\n').take(head).map(str::len).sum();
    let mut edits = Vec::new();
    let mut at = start;
    let mut push = |at: usize, a: &[&str], b: &[&str]| {
        if !a.is_empty() || !b.is_empty() {
            edits.push(trimmed(at, &a.concat(), &b.concat()));
        }
    };
    if a.len() * b.len() > MOST {
        push(at, a, b);
        return edits;
    }
    let kept = common(a, b);
    let (mut i, mut j) = (0, 0);
    for (x, y) in kept.into_iter().chain([(a.len(), b.len())]) {
        let (gone, come) = (a.get(i..x).unwrap_or(&[]), b.get(j..y).unwrap_or(&[]));
        push(at, gone, come);
        at += gone.iter().map(|line| line.len()).sum::<usize>() + a.get(x).map_or(0, |line| line.len());
        (i, j) = (x + 1, y + 1);
    }
    edits
}

/// Lines that stay, as pairs of places: a longest common subsequence.
fn common(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut best = vec![0_u32; (a.len() + 1) * width];
    let get = |best: &[u32], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or(0);
    for (i, left) in a.iter().enumerate().rev() {
        for (j, right) in b.iter().enumerate().rev() {
            let value = match left == right {
                true => get(&best, i + 1, j + 1) + 1,
                false => get(&best, i + 1, j).max(get(&best, i, j + 1)),
            };
            if let Some(slot) = best.get_mut(i * width + j) {
                *slot = value;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while let (Some(left), Some(right)) = (a.get(i), b.get(j)) {
        if left == right {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if get(&best, i + 1, j) >= get(&best, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// One edit without what both texts begin and end with.
fn trimmed(at: usize, old: &str, new: &str) -> TextEdit {
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (old.get(head..).unwrap_or(""), new.get(head..).unwrap_or(""));
    let tail: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let from = at + head;
    TextEdit {
        from: from as u32,
        to: (from + old.len() - tail) as u32,
        text: new.get(..new.len() - tail).unwrap_or("").to_string(),
    }
}

/// Pairs of lines that are compared at most.
const MOST: usize = 1 << 22;

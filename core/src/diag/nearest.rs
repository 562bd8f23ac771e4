//! What a misspelt word may have meant.

use alloc::{vec, vec::Vec};

/// The candidate that `word` is a slip of, if one is close enough. Case does not count; the first
/// of equally close ones wins.
#[must_use]
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = folded(word);
    if word.len() > LONGEST {
        return None;
    }
    let allowed = match word.len() {
        0 => return None,
        1 => 0,
        2..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let mut best = None;
    for candidate in candidates {
        let letters = folded(candidate);
        if letters.len().abs_diff(word.len()) > allowed {
            continue;
        }
        let distance = distance(&word, &letters);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Letters without case and without the marks that separate words.
fn folded(word: &str) -> Vec<char> {
    word.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).take(LONGEST + 1).collect()
}

/// Insertions, deletions, replacements and swaps of neighbours that make `a` into `b`.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut least =
                (at(&above, j) + usize::from(letter != other)).min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(other) && b.get(j - 1) == Some(letter);
            if swapped && letter != other {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
        }
        before = above;
        above = row;
    }
    above.last().copied().unwrap_or(0)
}

/// Longer words are no slips.
const LONGEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    fn check(word: &str, meant: Option<&str>) {
        let words = ["connect", "answer", "answer_on_bridge", "to", "timeout", "statusCallback"];
        assert_eq!(did_you_mean(word, words), meant, "{word}");
    }

    #[test]
    fn finds_slips_and_leaves_other_words_alone() {
        check("conect", Some("connect"));
        check("cnonect", Some("connect"));
        check("Timeout", Some("timeout"));
        check("time_out", Some("timeout"));
        check("answerOnBridge", Some("answer_on_bridge"));
        check("status_callback", Some("statusCallback"));
        check("ot", Some("to"));
        check("hangup", None);
        check("x", None);
        check("", None);
        check(&"timeout".repeat(100), None);
    }
}

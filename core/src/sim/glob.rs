//! Wildcards.

/// Whether `text` matches `pattern`, in which `*` stands for any text.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(first) = parts.next() else { return text.is_empty() };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(previous) = last.replace(part) {
            match find(rest, previous) {
                Some(after) => rest = after,
                None => return false,
            }
        }
    }
    match last {
        None => rest.is_empty(),
        Some(end) => rest.len() >= end.len() && rest.ends_with(end),
    }
}

fn find<'t>(text: &'t str, part: &str) -> Option<&'t str> {
    text.find(part).and_then(|at| text.get(at + part.len()..))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, text) in [
            ("*", ""),
            ("*", "x"),
            ("sip:alice@*", "sip:alice@example.com"),
            ("a*c*e", "abcde"),
            ("*b", "ab"),
            ("x", "x"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("sip:alice@*", "sip:bob@x"), ("a*c*e", "ace-"), ("x", "xy"), ("*ab*ab", "ab")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}

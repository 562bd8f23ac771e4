//! Placeholders of templates and examples that nobody filled in: `<YOUR_SPACE>`, `{{name}}`.

use crate::diag::{Diagnostic, codes};
use crate::dialect::reader::Reader;
use crate::text::{Kind, Node};
use alloc::format;

impl Reader<'_> {
    /// Tells of the first leftover in every text.
    pub(super) fn leftovers(&mut self, node: &Node) {
        match &node.kind {
            Kind::String(scalar) => {
                if let Some(found) = leftover(&scalar.text) {
                    let message = format!("`{found}` was never filled in");
                    self.report(
                        Diagnostic::new(&codes::LEFTOVER, node.span, message)
                            .note("SWML fills in `${…}` and `%{…}`, nothing else"),
                    );
                }
            }
            Kind::Array(items) => items.iter().for_each(|item| self.leftovers(item)),
            Kind::Object(entries) => entries.iter().for_each(|entry| self.leftovers(&entry.value)),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Element(_) => {}
        }
    }
}

fn leftover(text: &str) -> Option<&str> {
    if !text.contains(['{', '<']) {
        return None;
    }
    moustache(text).or_else(|| pointed(text))
}

/// `{{name}}`.
fn moustache(text: &str) -> Option<&str> {
    let from = text.find("{{")?;
    let length = text.get(from..)?.find("}}")?;
    text.get(from..from + length + 2).filter(|found| !found.contains('\n') && found.len() <= 64)
}

/// `<YOUR_NAME>`, `<your name>`: capitals, or the word `your`.
fn pointed(text: &str) -> Option<&str> {
    for (from, _) in text.match_indices('<') {
        let Some(length) = text.get(from..).and_then(|rest| rest.find('>')) else { continue };
        let inner = text.get(from + 1..from + length).unwrap_or("");
        let capitals = inner.len() >= 3
            && inner.starts_with(|c: char| c.is_ascii_uppercase())
            && inner.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | ' '));
        let your = inner.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("your")) && inner.len() <= 64;
        if capitals || your {
            return text.get(from..=from + length);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::leftover;

    #[test]
    fn what_was_left_over() {
        fn check(text: &str, expected: Option<&str>) {
            assert_eq!(leftover(text), expected, "{text}");
        }
        check("https://<YOUR_SPACE>.example.com", Some("<YOUR_SPACE>"));
        check("say:hello {{caller.name}}", Some("{{caller.name}}"));
        check("<your number here>", Some("<your number here>"));
        check("say:<break time='1s'/> ${name} %{call.from}", None);
        check("a < b > c {{", None);
    }
}

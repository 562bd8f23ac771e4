//! The methods as words of a vocabulary.

use super::method::{FAMILIES, Method, Role};
use crate::dialect::vocabulary::Word;
use alloc::vec::Vec;

/// Every method, in the order of the manual.
pub(crate) fn vocabulary() -> Vec<Word> {
    let words = |(_, category, methods): &(&'static str, &'static str, &'static [Method])| {
        methods.iter().map(|method| word(method, category)).collect::<Vec<_>>()
    };
    FAMILIES.iter().flat_map(words).collect()
}

/// What kind of step a method is.
pub(crate) fn category(name: &str) -> &'static str {
    let named = |methods: &[Method]| methods.iter().any(|method| method.schema.name == name);
    FAMILIES.iter().find(|(.., methods)| named(methods)).map_or("other", |(_, category, _)| category)
}

fn word(method: &'static Method, category: &'static str) -> Word {
    let name = method.schema.name;
    Word {
        schema: Some(method.schema),
        category,
        runs: match method.role {
            Role::Engine => "engine",
            Role::Extension => "extension",
            Role::Trial => "nobody",
        },
        first: method.first,
        bare: method.bare,
        sets: method.sets.iter().map(|variable| (variable.name, variable.values, variable.says.text())).collect(),
        sample: sample(name),
        ..Word::unknown(name)
    }
}

/// Parameters of an example that the tables cannot make up, or would make up badly.
fn sample(name: &str) -> Option<&'static str> {
    Some(match name {
        "goto" => r#"{"label": "again", "goto": {"label": "again", "when": "vars.tries < 3"}}"#,
        "label" => r#""again""#,
        "switch" => r#"{"variable": "call.type", "case": {"phone": [], "sip": []}}"#,
        "cond" => r#"[{"when": "vars.tries > 1", "then": []}, {"else": []}]"#,
        "if" => r#"{"condition": "vars.tries > 1", "then": [], "else": []}"#,
        "set" => r#"{"name": "value"}"#,
        "eval" => r#"{"sum": "1 + 1"}"#,
        "unset" => r#""name""#,
        "return" => r#""done""#,
        "sleep" => r#"{"duration": 1000}"#,
        "connect" => r#"{"to": "sip:alice@example.com"}"#,
        "play" => r#"{"url": "say:Hello"}"#,
        _ => return None,
    })
}

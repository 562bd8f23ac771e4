//! The verbs as words of a vocabulary.

use super::verb::{NOT_YET, VERBS};
use crate::dialect::vocabulary::{Word, category};
use alloc::vec::Vec;

/// Every verb; those that are not run stand behind those that are.
pub(crate) fn vocabulary() -> Vec<Word> {
    let runs = VERBS.iter().map(|schema| Word {
        schema: Some(schema),
        category: category(schema.name),
        runs: "engine",
        bare: schema.name == "answer" || schema.name == "hangup",
        sample: match schema.name {
            "say" => Some(r#"{"text": "Hello"}"#),
            "gather" => {
                Some(r#"{"input": ["digits"], "numDigits": 1, "say": {"text": "Press one"}, "actionHook": "/digits"}"#)
            }
            "config" => Some(r#"{"amd": {"actionHook": "/amd"}}"#),
            "listen" | "stream" => Some(r#"{"url": "wss://example.com/audio"}"#),
            "dial" => Some(r#"{"target": [{"type": "phone", "number": "+15551234567"}]}"#),
            _ => None,
        },
        ..Word::unknown(schema.name)
    });
    runs.chain(NOT_YET.iter().map(|name| Word::unknown(name))).collect()
}

//! The elements as words of a vocabulary.

use super::dial::{NO_EFFECT, NOUNS, attributes_of};
use super::document::{NOT_YET, VERBS};
use super::{gather, record};
use crate::dialect::vocabulary::{Word, category};
use alloc::vec::Vec;

/// Every verb; those that are not run stand behind those that are.
pub(crate) fn vocabulary() -> Vec<Word> {
    let runs = VERBS.iter().map(|(name, attributes)| Word {
        attributes,
        idle: match *name {
            "Dial" => &NO_EFFECT,
            "Gather" => &gather::NO_EFFECT,
            "Record" => &record::NO_EFFECT,
            _ => &[],
        },
        nouns: match *name {
            "Dial" => &NOUNS,
            "Gather" => &gather::PROMPTS,
            _ => &[],
        },
        category: category(name),
        runs: "engine",
        first: match *name {
            "Say" | "Play" | "Redirect" | "Dial" => Some("text"),
            _ => None,
        },
        bare: !matches!(*name, "Say" | "Play" | "Redirect" | "Dial"),
        sample: match *name {
            "Say" => Some(r#"{"text": "Hello"}"#),
            "Play" => Some(r#"{"text": "https://example.com/hello.wav"}"#),
            "Redirect" => Some(r#"{"text": "https://example.com/flow"}"#),
            "Dial" => Some(r#"{"text": "+15551234567"}"#),
            "Pause" => Some(r#"{"length": "1"}"#),
            "Gather" => Some(r#"{"action": "https://example.com/digits", "numDigits": "1"}"#),
            "Record" => Some(r#"{"action": "https://example.com/recorded", "maxLength": "60"}"#),
            _ => None,
        },
        ..Word::unknown(name)
    });
    runs.chain(NOT_YET.iter().map(|name| Word::unknown(name))).collect()
}

/// What may stand inside a `Dial`, with its attributes.
pub(crate) fn nouns() -> Vec<(&'static str, Vec<&'static str>)> {
    NOUNS.iter().map(|noun| (*noun, attributes_of(noun))).collect()
}

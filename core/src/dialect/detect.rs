//! Which platform a document was written for.

use crate::dialect::reader::{entries, items};
use crate::text::{Format, Kind, Node, Tree};
use crate::wire::Dialect;

/// Verbs that SWML does not have, and the other way round.
const ONLY_VERBS: [&str; 14] = [
    "say",
    "gather",
    "dial",
    "config",
    "redirect",
    "listen",
    "conference",
    "enqueue",
    "dequeue",
    "llm",
    "tag",
    "pause",
    "message",
    "sip:decline",
];
const ONLY_SWML: [&str; 28] = [
    "connect",
    "prompt",
    "execute",
    "transfer",
    "switch",
    "cond",
    "set",
    "goto",
    "label",
    "record_call",
    "return",
    "ai",
    "sleep",
    "request",
    "unset",
    "if",
    "eval",
    "send_digits",
    "send_sms",
    "sip_refer",
    "record",
    "detect_machine",
    "join_room",
    "join_conference",
    "enter_queue",
    "tap",
    "pay",
    "denoise",
];

/// The dialect that a document looks like.
#[must_use]
pub fn detect(tree: &Tree) -> Option<Dialect> {
    let root = tree.root.as_ref()?;
    match &root.kind {
        Kind::Element(_) => Some(Dialect::Rcml),
        Kind::Object(_) if root.entry("verb").is_some() => Some(Dialect::Verbs),
        Kind::Object(_) if root.entry("sections").is_some() || root.entry("version").is_some() => Some(Dialect::Swml),
        Kind::Object(_) if tree.format == Format::Yaml => Some(Dialect::Swml),
        Kind::Array(_)
            if tree.format == Format::Yaml && !items(root).iter().any(|item| item.entry("verb").is_some()) =>
        {
            Some(Dialect::Swml)
        }
        Kind::Array(_) => Some(list(root)),
        Kind::Object(_) | Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => None,
    }
}

/// A bare array is an application of verbs, unless its steps are SWML's.
fn list(root: &Node) -> Dialect {
    for item in items(root) {
        if item.entry("verb").is_some() {
            return Dialect::Verbs;
        }
        if item.as_str().is_some() {
            return Dialect::Swml;
        }
        for entry in entries(item) {
            let name = entry.key.text.as_str();
            if ONLY_VERBS.contains(&name) {
                return Dialect::Verbs;
            }
            if ONLY_SWML.contains(&name) {
                return Dialect::Swml;
            }
            if name == "play" && entry.value.entry("urls").is_some() {
                return Dialect::Swml;
            }
        }
    }
    Dialect::Verbs
}

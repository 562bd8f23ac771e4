//! The cases of the YAML test suite, which come as YAML themselves.

use patchcord_core::text::{Kind, Node, Tree};

/// Our own hostile files that must be refused; the others are read.
pub(crate) const REFUSED: &[&str] = &[
    "bom16.yaml",
    "bomb-alias.yaml",
    "bomb-merge.yaml",
    "deep-block-2000.yaml",
    "deep-flow-10000.yaml",
    "dup-keys.yaml",
    "multi-doc.yaml",
    "self-ref.yaml",
    "tabs.yaml",
    "tag-js.yaml",
    "tag-python.yaml",
    "tag-ruby.yaml",
];

/// Invalid, and read all the same: the suite wants a list in brackets to be indented deeper than
/// its key; without that it has but one reading.
pub(crate) const READ_ANYWAY: &[&str] = &["9C9N.yaml #0"];

/// Whether a valid text is refused for what it is: a document of ours is one value as JSON has it.
pub(crate) fn is_no_document(message: &str) -> bool {
    let several = message.starts_with("expected one document");
    let key = message.starts_with("expected a text as key");
    let tag = message.starts_with("the tag ");
    let nothing = message == "expected a value, found nothing";
    several || key || tag || nothing
}

pub(crate) struct Case {
    pub(crate) text: String,
    pub(crate) fails: bool,
}

/// Whether a file belongs to the suite: four letters or digits.
pub(crate) fn is_suite(name: &str) -> bool {
    let stem = name.trim_end_matches(".yaml");
    stem.len() == 4 && stem.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// The cases of a file; each has the text of the one before, unless it brings its own.
pub(crate) fn cases(tree: &Tree) -> Vec<Case> {
    let Some(Node { kind: Kind::Array(items), .. }) = &tree.root else { panic!("{:?}", tree.problems) };
    let mut cases = Vec::new();
    let (mut text, mut skips) = (String::new(), false);
    for item in items {
        let Kind::Object(entries) = &item.kind else { continue };
        let get = |key: &str| entries.iter().find(|entry| entry.key.text == key).map(|entry| &entry.value.kind);
        if let Some(Kind::String(source)) = get("yaml") {
            text = visible(&source.text);
        }
        // The suite advises against these, whichever way they are read.
        skips |= get("skip").is_some();
        if !skips {
            cases.push(Case { text: text.clone(), fails: get("fail") == Some(&Kind::Bool(true)) });
        }
    }
    cases
}

/// Signs of the suite for what cannot be seen.
fn visible(text: &str) -> String {
    let mut text = text.replace('␣', " ");
    // A tab may be drawn longer.
    while text.contains("—»") {
        text = text.replace("—»", "»");
    }
    text.replace('»', "\t").replace('↵', "").replace('←', "\r").replace('⇔', "\u{feff}").replace("∎\n", "")
}

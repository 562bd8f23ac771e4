//! Changes of documents, and the words that they may be written in.

// wasm-bindgen exports only what is public.
#![allow(unreachable_pub)]

use crate::browser::{from_js, to_js};
use crate::refusal::range;
use patchcord_core::dialect::vocabulary as words_of;
use patchcord_core::edit;
use patchcord_core::text::LineIndex;
use patchcord_core::wire::{Dialect, Edit, Range, TextEdit};
use serde::Serialize;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// What an edit comes to.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Edits(Vec<TextEdit>),
    Refused {
        message: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        range: Option<Range>,
    },
}

/// The text that must change for an edit, in UTF-16, or why it is refused.
#[wasm_bindgen]
pub fn apply_edit(text: &str, dialect: JsValue, op: JsValue) -> Result<JsValue, JsError> {
    let dialect: Option<Dialect> = from_js(dialect)?;
    let op: Edit = from_js(op)?;
    to_js(&match edit::apply_edit(text, dialect, &op) {
        Ok(edits) => Answer::Edits(in_utf16(text, edits)),
        Err(refused) => {
            let range = edit::place(text, dialect, &op).map(|span| range(text, span));
            Answer::Refused { message: refused.0, range }
        }
    })
}

/// The text that must change for a document to be written evenly, in UTF-16.
#[wasm_bindgen]
pub fn format(text: &str, dialect: JsValue) -> Result<JsValue, JsError> {
    let dialect: Option<Dialect> = from_js(dialect)?;
    to_js(&in_utf16(text, edit::format(text, dialect)))
}

/// What may be written in a dialect.
#[wasm_bindgen]
pub fn vocabulary(dialect: JsValue) -> Result<JsValue, JsError> {
    let dialect: Dialect = from_js(dialect)?;
    to_js(&words_of(dialect))
}

fn in_utf16(text: &str, edits: Vec<TextEdit>) -> Vec<TextEdit> {
    let lines = LineIndex::new(text);
    let count = |edit: TextEdit| TextEdit { from: lines.utf16(edit.from), to: lines.utf16(edit.to), ..edit };
    edits.into_iter().map(count).collect()
}

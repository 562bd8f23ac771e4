//! The door for browsers, Node and bundlers: the module behind the npm package.
//!
//! Documents cross as strings, everything else as plain objects in the one JSON form of `wire`.
//! Nothing of this is seen by users of the package; its hand-written face is in `pkg/src`.
//! Here is what the first file does: read documents. The rest is behind [`crate::seam`].

// wasm-bindgen exports only what is public.
#![allow(unreachable_pub)]

use patchcord_core::dialect::Strictness;
use patchcord_core::engine::check_by;
use patchcord_core::graph;
use patchcord_core::layout;
use patchcord_core::text::LineIndex;
use patchcord_core::wire::{Dialect, Graph, Layout, LayoutSizes};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// Says what is wrong with a document.
#[wasm_bindgen]
pub fn check(text: &str, dialect: JsValue, file: &str, strict: JsValue) -> Result<JsValue, JsError> {
    let dialect: Option<Dialect> = from_js(dialect)?;
    let strict: Option<Strictness> = from_js(strict)?;
    let found = check_by(strict.unwrap_or_default(), text, dialect);
    to_js(&patchcord_core::diag::json(file, text, &found))
}

/// A graph, and where its nodes stand.
#[derive(Serialize)]
struct Drawn {
    #[serde(flatten)]
    graph: Graph,
    #[serde(skip_serializing_if = "Option::is_none")]
    layout: Option<Layout>,
}

/// A document as nodes and edges, placed when sizes are given. Ranges are in UTF-16.
#[wasm_bindgen]
pub fn graph(text: &str, dialect: JsValue, sizes: JsValue) -> Result<JsValue, JsError> {
    let dialect: Option<Dialect> = from_js(dialect)?;
    let sizes: Option<LayoutSizes> = from_js(sizes)?;
    let graph = graph::graph(text, dialect);
    let layout = sizes.map(|sizes| layout::layout(&graph, sizes));
    let lines = LineIndex::new(text);
    to_js(&Drawn { graph: graph.count_by(&|offset| lines.utf16(offset)), layout })
}

/// Objects cross as JSON text: one reader and one writer for everything, and the runtime's own
/// JSON is quicker than a call for each value.
pub(crate) fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, JsError> {
    let text = js_sys::JSON::stringify(&value).map_err(refused)?;
    // What has no JSON, such as `undefined`, is nothing.
    let text = JsValue::from(text).as_string().unwrap_or_else(|| "null".to_owned());
    serde_json::from_str(&text).map_err(|error| JsError::new(&error.to_string()))
}

pub(crate) fn to_js<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    let text = serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))?;
    js_sys::JSON::parse(&text).map_err(refused)
}

fn refused(error: JsValue) -> JsError {
    JsError::new(&js_sys::Error::from(error).message().as_string().unwrap_or_default())
}

//! The browser's door to what documents can do.

#![allow(unreachable_pub)] // wasm-bindgen exports only what is public

use crate::browser::{from_js, to_js};
use crate::refusal::Refusal;
use patchcord_core::diag::{self, Diagnostic};
use patchcord_core::engine::{Loaded, load};
use patchcord_core::explore::{self, Bounds};
use serde::Deserialize;
use std::sync::Arc;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// What several scenarios went through together.
#[wasm_bindgen]
pub fn coverage(text: &str, dialect: JsValue, scenarios: Vec<String>) -> Result<JsValue, JsError> {
    let loaded = Arc::new(load(text, from_js(dialect)?));
    let coverage = explore::coverage(&loaded, &scenarios).map_err(|wrong| refused(&scenarios, &wrong))?;
    to_js(&coverage.value())
}

/// How far to look.
#[derive(Deserialize)]
struct Limits {
    paths: Option<u32>,
    steps: Option<u32>,
    decisions: Option<u32>,
    repeats: Option<u32>,
}

/// Every way that a call may go.
#[wasm_bindgen]
pub fn enumerate(text: &str, dialect: JsValue, limits: JsValue) -> Result<JsValue, JsError> {
    let loaded = runs("", text, dialect)?;
    let limits: Limits = from_js(limits)?;
    let usual = Bounds::default();
    let or = |given: Option<u32>, usual: usize| given.map_or(usual, |given| given as usize);
    let bounds = Bounds {
        paths: or(limits.paths, usual.paths),
        steps: or(limits.steps, usual.steps),
        decisions: or(limits.decisions, usual.decisions),
        repeats: or(limits.repeats, usual.repeats),
    };
    to_js(&explore::enumerate(&loaded, &bounds).value())
}

/// How two documents differ in what they do.
#[wasm_bindgen]
pub fn differ(one: &str, other: &str, dialect: JsValue, scenarios: Vec<String>) -> Result<JsValue, JsError> {
    let (one, other) = (runs("a", one, dialect.clone())?, runs("b", other, dialect)?);
    to_js(&explore::differ(&one, &other, &scenarios).map_err(|wrong| refused(&scenarios, &wrong))?)
}

/// A document that can be run. `file` is its name in reports.
pub(crate) fn runs(file: &str, text: &str, dialect: JsValue) -> Result<Arc<Loaded>, JsError> {
    let loaded = load(text, from_js(dialect)?);
    if loaded.runs() { Ok(Arc::new(loaded)) } else { Err(Refusal::document(file, &loaded).into()) }
}

/// A scenario that is refused.
fn refused(scenarios: &[String], (at, problems): &(usize, Vec<Diagnostic>)) -> JsError {
    let source = scenarios.get(*at).map_or("", String::as_str);
    Refusal::scenario(source, diag::json(&format!("scenario {}", at + 1), source, problems)).into()
}

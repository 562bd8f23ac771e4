//! What stands in the second file: calls, edits, words.

use crate::browser::{from_js, to_js};
use crate::expression::Read;
use crate::live::Call;
use crate::refusal::Refusal;
use crate::seam::{Asking, Expression, Live, Second};
use crate::session::{Asked, replayed};
use patchcord_core::diag::{self, Diagnostic};
use patchcord_core::dialect;
use patchcord_core::edit;
use patchcord_core::engine::{Loaded, load};
use patchcord_core::explore::{self, Bounds};
use patchcord_core::sim::Rehearsal;
use patchcord_core::text::LineIndex;
use patchcord_core::wire::{Dialect, Edit, Range, TextEdit};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use wasm_bindgen::prelude::{JsError, JsValue};

/// The second file.
pub(crate) struct Run;

/// Names of what is simulated, for reports.
#[derive(Deserialize)]
struct Options {
    #[serde(default)]
    dialect: Option<Dialect>,
    #[serde(default)]
    file: String,
    #[serde(default)]
    scenario_file: String,
}

/// How far to look.
#[derive(Deserialize)]
struct Limits {
    paths: Option<u32>,
    steps: Option<u32>,
    decisions: Option<u32>,
    repeats: Option<u32>,
}

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

impl Second for Run {
    fn simulate(&self, text: &str, scenario: Option<String>, options: JsValue) -> Result<JsValue, JsError> {
        let options: Options = from_js(options)?;
        let scenario = scenario.as_deref().map(|source| (options.scenario_file.as_str(), source));
        let rehearsal = Rehearsal::new(&options.file, text, options.dialect, scenario)
            .map_err(|reports| Refusal::scenario(scenario.map_or("", |(_, source)| source), reports))?;
        let simulation = if rehearsal.loaded.runs() { rehearsal.run_native() } else { None };
        to_js(&rehearsal.report(simulation.as_ref(), scenario))
    }

    fn replay(&self, journal: &str) -> Result<JsValue, JsError> {
        replayed(journal)
    }

    fn coverage(&self, text: &str, dialect: JsValue, scenarios: Vec<String>) -> Result<JsValue, JsError> {
        let loaded = Arc::new(load(text, from_js(dialect)?));
        let coverage = explore::coverage(&loaded, &scenarios).map_err(|wrong| refused(&scenarios, &wrong))?;
        to_js(&coverage.value())
    }

    fn enumerate(&self, text: &str, dialect: JsValue, limits: JsValue) -> Result<JsValue, JsError> {
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

    fn differ(&self, one: &str, other: &str, dialect: JsValue, scenarios: Vec<String>) -> Result<JsValue, JsError> {
        let (one, other) = (runs("a", one, dialect.clone())?, runs("b", other, dialect)?);
        to_js(&explore::differ(&one, &other, &scenarios).map_err(|wrong| refused(&scenarios, &wrong))?)
    }

    fn apply_edit(&self, text: &str, dialect: JsValue, op: JsValue) -> Result<JsValue, JsError> {
        let dialect: Option<Dialect> = from_js(dialect)?;
        let op: Edit = from_js(op)?;
        to_js(&match edit::apply_edit(text, dialect, &op) {
            Ok(edits) => Answer::Edits(in_utf16(text, edits)),
            Err(refused) => {
                let range = edit::place(text, dialect, &op).map(|span| crate::refusal::range(text, span));
                Answer::Refused { message: refused.0, range }
            }
        })
    }

    fn format(&self, text: &str, dialect: JsValue) -> Result<JsValue, JsError> {
        let dialect: Option<Dialect> = from_js(dialect)?;
        to_js(&in_utf16(text, edit::format(text, dialect)))
    }

    fn vocabulary(&self, dialect: JsValue) -> Result<JsValue, JsError> {
        let dialect: Dialect = from_js(dialect)?;
        to_js(&dialect::vocabulary(dialect))
    }

    fn expression(&self, source: &str) -> Result<Box<dyn Expression>, JsError> {
        Ok(Box::new(Read::new(source)?))
    }

    fn engine(&self, start: JsValue) -> Result<Box<dyn Live>, JsError> {
        Ok(Box::new(Call::new(start)?))
    }

    fn session(&self, text: &str, dialect: JsValue, scenario: Option<String>) -> Result<Box<dyn Asking>, JsError> {
        Ok(Box::new(Asked::new(&runs("", text, dialect)?, scenario.as_deref())?))
    }
}

/// A document that can be run. `file` is its name in reports.
fn runs(file: &str, text: &str, dialect: JsValue) -> Result<Arc<Loaded>, JsError> {
    let loaded = load(text, from_js(dialect)?);
    if loaded.runs() { Ok(Arc::new(loaded)) } else { Err(Refusal::document(file, &loaded).into()) }
}

/// A scenario that is refused.
fn refused(scenarios: &[String], (at, problems): &(usize, Vec<Diagnostic>)) -> JsError {
    let source = scenarios.get(*at).map_or("", String::as_str);
    Refusal::scenario(source, diag::json(&format!("scenario {}", at + 1), source, problems)).into()
}

fn in_utf16(text: &str, edits: Vec<TextEdit>) -> Vec<TextEdit> {
    let lines = LineIndex::new(text);
    let count = |edit: TextEdit| TextEdit { from: lines.utf16(edit.from), to: lines.utf16(edit.to), ..edit };
    edits.into_iter().map(count).collect()
}

//! The door for browsers, Node and bundlers: the module behind the npm package.
//!
//! Documents cross as strings, everything else as plain objects in the one JSON form of `wire`.
//! Nothing of this is seen by users of the package; its hand-written face is in `pkg/src`.

// wasm-bindgen exports only what is public.
#![allow(unreachable_pub)]

use crate::refusal::{Refusal, range};
use patchcord_core::dialect::{Strictness, vocabulary as words_of};
use patchcord_core::edit;
use patchcord_core::engine::{Engine, check_by};
use patchcord_core::expr::{Budget, Expr, ExprError, Scope};
use patchcord_core::graph;
use patchcord_core::layout;
use patchcord_core::sim::Rehearsal;
use patchcord_core::text::LineIndex;
use patchcord_core::time::Instant;
use patchcord_core::value::Value;
use patchcord_core::wire::{Dialect, Edit, Event, Graph, Layout, LayoutSizes, Range, Start, TextEdit};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// Says what is wrong with a document.
#[wasm_bindgen]
pub fn check(text: &str, dialect: JsValue, file: &str, strict: JsValue) -> Result<JsValue, JsError> {
    let dialect: Option<Dialect> = from_js(dialect)?;
    let strict: Option<Strictness> = from_js(strict)?;
    let found = check_by(strict.unwrap_or_default(), text, dialect);
    to_js(&patchcord_core::diag::json(file, text, &found))
}

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

/// Runs a document against a scenario.
#[wasm_bindgen]
pub fn simulate(text: &str, scenario: Option<String>, options: JsValue) -> Result<JsValue, JsError> {
    let options: Options = from_js(options)?;
    let scenario = scenario.as_deref().map(|source| (options.scenario_file.as_str(), source));
    let rehearsal = Rehearsal::new(&options.file, text, options.dialect, scenario)
        .map_err(|reports| Refusal::scenario(scenario.map_or("", |(_, source)| source), reports))?;
    let simulation = if rehearsal.loaded.runs() { rehearsal.run_native() } else { None };
    to_js(&rehearsal.report(simulation.as_ref(), scenario))
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

/// One live call.
#[wasm_bindgen]
pub struct RawEngine {
    engine: Engine,
}

#[wasm_bindgen]
impl RawEngine {
    /// Begins a call.
    #[wasm_bindgen(constructor)]
    pub fn new(start: JsValue) -> Result<RawEngine, JsError> {
        let start: Start = from_js(start)?;
        Ok(RawEngine { engine: Engine::new(start) })
    }

    /// What happened since the last step: orders, deadline, trace.
    pub fn take(&mut self) -> Result<JsValue, JsError> {
        to_js(&self.engine.take_step())
    }

    /// Reports a fact.
    pub fn event(&mut self, now: f64, event: JsValue) -> Result<JsValue, JsError> {
        let event: Event = from_js(event)?;
        self.engine.handle_event(Instant(now as u64), event);
        self.take()
    }

    /// Reports that the deadline came.
    pub fn timeout(&mut self, now: f64) -> Result<JsValue, JsError> {
        self.engine.handle_timeout(Instant(now as u64));
        self.take()
    }
}

/// An expression and what it reads.
#[wasm_bindgen]
pub struct RawExpression {
    source: String,
    expression: Expr,
    world: World,
}

struct World {
    names: Value,
    now: f64,
}

impl Scope for World {
    fn lookup(&self, name: &str) -> Option<Value> {
        self.names.as_object().and_then(|names| names.get(name)).cloned()
    }

    fn property(&self, root: &str, name: &str) -> Option<Option<&Value>> {
        let root = self.names.as_object()?.get(root)?.as_object()?;
        Some(root.get(name))
    }

    fn now_ms(&self) -> f64 {
        self.now
    }
}

#[wasm_bindgen]
impl RawExpression {
    /// Reads an expression.
    #[wasm_bindgen(constructor)]
    pub fn new(source: &str) -> Result<RawExpression, JsError> {
        let refused = |error: ExprError| Refusal::at("expression", source, error.span, error.message);
        let expression = Expr::parse(source).map_err(refused)?;
        Ok(RawExpression { source: source.to_string(), expression, world: World { names: Value::Null, now: 0.0 } })
    }

    /// Takes the names that it may read, as the text of a JSON object, and the time.
    pub fn scope(&mut self, names: &str, now: f64) -> Result<(), JsError> {
        self.world = World { names: Value::from_json(names).map_err(|error| JsError::new(&error))?, now };
        Ok(())
    }

    /// Its value.
    pub fn evaluate(&self) -> Result<JsValue, JsError> {
        let value = self.expression.eval(&self.world, &mut Budget::default());
        match value.map_err(|error| Refusal::at("expression", &self.source, error.span, error.message.clone()))? {
            Value::Null => Ok(JsValue::NULL),
            Value::Bool(truth) => Ok(JsValue::from_bool(truth)),
            Value::Number(number) => Ok(JsValue::from_f64(number)),
            Value::String(text) => Ok(JsValue::from_str(&text)),
            other => to_js(&other),
        }
    }
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

//! Calls: simulated at once, or one live call, fact by fact; and expressions.

// wasm-bindgen exports only what is public.
#![allow(unreachable_pub)]

use crate::browser::{from_js, to_js};
use crate::refusal::Refusal;
use patchcord_core::engine::Engine;
use patchcord_core::expr::{Budget, Expr, ExprError, Scope};
use patchcord_core::sim::Rehearsal;
use patchcord_core::time::Instant;
use patchcord_core::value::Value;
use patchcord_core::wire::{Dialect, Event, Start};
use serde::Deserialize;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

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

//! Expressions, read once and evaluated often.

use crate::browser::to_js;
use crate::refusal::Refusal;
use crate::seam::Expression;
use patchcord_core::expr::{Budget, Expr, ExprError, Scope};
use patchcord_core::value::Value;
use wasm_bindgen::prelude::{JsError, JsValue};

/// An expression and what it reads.
pub(crate) struct Read {
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

impl Read {
    /// Reads an expression.
    pub(crate) fn new(source: &str) -> Result<Read, JsError> {
        let refused = |error: ExprError| Refusal::at("expression", source, error.span, error.message);
        let expression = Expr::parse(source).map_err(refused)?;
        Ok(Read { source: source.to_string(), expression, world: World { names: Value::Null, now: 0.0 } })
    }
}

impl Expression for Read {
    fn scope(&mut self, names: &str, now: f64) -> Result<(), JsError> {
        self.world = World { names: Value::from_json(names).map_err(|error| JsError::new(&error))?, now };
        Ok(())
    }

    fn evaluate(&mut self) -> Result<JsValue, JsError> {
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

//! How two documents differ in what they do.

use super::paths::{Bounds, enumerate};
use super::run;
use crate::diag::Diagnostic;
use crate::engine::Loaded;
use crate::sim::{Session, SessionEvent};
use crate::value::{Object, Value};
use crate::wire::Kind;
use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};

/// Runs both through each scenario, or through those that cover them when there are none, and tells
/// what they do that is not the same: an object with `same` and `scenarios`.
///
/// # Errors
/// What is wrong with the first scenario that cannot be read, and which one it is.
pub fn differ(one: &Arc<Loaded>, other: &Arc<Loaded>, scenarios: &[String]) -> Result<Value, (usize, Vec<Diagnostic>)> {
    let mut all: Vec<String> = scenarios.to_vec();
    if all.is_empty() {
        let bounds = Bounds::default();
        for scenario in enumerate(one, &bounds).scenarios().into_iter().chain(enumerate(other, &bounds).scenarios()) {
            if !all.contains(&scenario) {
                all.push(scenario);
            }
        }
    }
    let mut same = true;
    let mut told = Vec::new();
    for (at, scenario) in all.iter().enumerate() {
        let wrong = |problems: Vec<Diagnostic>| (at, problems);
        let (one, other) = (run(one, scenario).map_err(wrong)?, run(other, scenario).map_err(wrong)?);
        let mut object = Object::new().with("scenario", scenario.as_str());
        let apart = first_apart(&one, &other);
        same &= apart.is_none();
        object.set("same", Value::Bool(apart.is_none()));
        if let Some(apart) = apart {
            object.set("divergence", apart);
        }
        told.push(Value::Object(object));
    }
    Ok(Value::Object(Object::new().with("same", Value::Bool(same)).with("scenarios", Value::Array(told))))
}

/// The first fact or order that is not the same.
fn first_apart(one: &Session, other: &Session) -> Option<Value> {
    let (all, others) = (one.events(0, usize::MAX), other.events(0, usize::MAX));
    let acts = |event: &&SessionEvent<'_>| !matches!(event.entry.kind, Kind::Note(_));
    let (mut before, mut after) = (all.iter().filter(acts), others.iter().filter(acts));
    loop {
        match (before.next(), after.next()) {
            (None, None) => return None,
            (Some(one), Some(other)) if one.t == other.t && one.entry.kind == other.entry.kind => {}
            (one, other) => {
                let at = one.into_iter().chain(other).map(|event| event.t.0).min().unwrap_or(0);
                let mut apart = Object::new().with("t", Value::Number(at as f64));
                for (name, event) in [("a", one), ("b", other)] {
                    if let Some(event) = event {
                        apart.set(name, shown(event));
                    }
                }
                return Some(Value::Object(apart));
            }
        }
    }
}

fn shown(event: &SessionEvent<'_>) -> Value {
    let number = |number: u32| Value::Number(f64::from(number));
    let mut object = Object::new()
        .with("index", Value::Number(event.index as f64))
        .with("t", Value::Number(event.t.0 as f64))
        .with("text", event.text.as_str());
    if let Some(leg) = event.leg {
        object.set("leg", leg.to_string());
    }
    if let Some(node) = event.node {
        object.set("node", node);
    }
    if let Some(range) = event.range {
        object.set("range", Object::new().with("from", number(range.from)).with("to", number(range.to)));
    }
    if let Some(line) = event.line {
        object.set("line", number(line));
    }
    Value::Object(object)
}

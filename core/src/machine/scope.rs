//! What expressions see, and their evaluation.

use super::Machine;
use super::flow::FlowId;
use crate::expr::{Budget, Expr, Scope, Template, text_of};
use crate::ir::{Condition, Data, HookPlan};
use crate::time::Millis;
use crate::url::resolve;
use crate::value::{Object, Value};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Names are looked up in `vars`, then `envs`, then `call`; the three and `params` can be named.
struct Names<'m> {
    machine: &'m Machine,
    flow: FlowId,
}

impl Scope for Names<'_> {
    fn lookup(&self, name: &str) -> Option<Value> {
        let flow = self.machine.flows.get(&self.flow)?;
        let call = || (self.machine.call_object)(&self.machine.start, self.machine.now, &self.machine.facts, flow.leg);
        let envs = &self.machine.start.application.envs;
        match name {
            "vars" => Some(Value::Object(flow.vars.clone())),
            "params" => Some(flow.params().cloned().unwrap_or(Value::Null)),
            "envs" => Some(envs.clone()),
            "call" => Some(call()),
            other => flow
                .vars
                .get(other)
                .or_else(|| envs.as_object().and_then(|envs| envs.get(other)))
                .cloned()
                .or_else(|| call().as_object().and_then(|call| call.get(other)).cloned()),
        }
    }

    fn property(&self, root: &str, name: &str) -> Option<Option<&Value>> {
        let flow = self.machine.flows.get(&self.flow)?;
        let object = match root {
            "vars" => Some(&flow.vars),
            "params" => flow.params().and_then(Value::as_object),
            "envs" => self.machine.start.application.envs.as_object(),
            _ => return None,
        };
        Some(object.and_then(|object| object.get(name)))
    }

    fn now_ms(&self) -> f64 {
        let machine = self.machine;
        machine.start.unix_ms.saturating_add(machine.now.since(machine.start.now).0) as f64
    }
}

impl Machine {
    /// A template's value; a broken one is reported and empty.
    pub(super) fn value(&mut self, flow: FlowId, template: &Template) -> Value {
        if let Some(literal) = template.literal() {
            return Value::from(literal);
        }
        let result = template.render(&Names { machine: self, flow }, &mut Budget::default());
        result.unwrap_or_else(|error| {
            self.script_error(
                flow,
                "relay_script_js_eval_error",
                &format!("`{}`: {}", template.source(), error.message),
            );
            Value::Null
        })
    }

    /// A template as text.
    pub(super) fn text(&mut self, flow: FlowId, template: &Template) -> String {
        if let Some(literal) = template.literal() {
            return literal.to_string();
        }
        text_of(&self.value(flow, template))
    }

    /// A template as a length of time in `unit_ms`; `None` when it is no number.
    pub(super) fn number(&mut self, flow: FlowId, template: &Template) -> Option<f64> {
        match self.value(flow, template) {
            Value::Number(number) => Some(number),
            other => text_of(&other).trim().parse().ok(),
        }
    }

    /// A positive number of seconds.
    pub(super) fn seconds(&mut self, flow: FlowId, template: &Template) -> Option<Millis> {
        self.number(flow, template).filter(|seconds| *seconds > 0.0).map(Millis::from_secs)
    }

    /// A value with placeholders filled in.
    pub(super) fn data(&mut self, flow: FlowId, data: &Data) -> Value {
        match data {
            Data::Literal(value) => value.clone(),
            Data::Text(template) => self.value(flow, template),
            Data::Array(items) => Value::Array(items.iter().map(|item| self.data(flow, item)).collect::<Vec<_>>()),
            Data::Object(entries) => {
                let object: Object = entries.iter().map(|(key, data)| (key.clone(), self.data(flow, data))).collect();
                Value::Object(object)
            }
        }
    }

    /// Named values with placeholders filled in.
    pub(super) fn object(&mut self, flow: FlowId, pairs: &[(&'static str, Data)]) -> Object {
        pairs.iter().map(|(name, data)| (String::from(*name), self.data(flow, data))).collect()
    }

    /// Whether a condition holds; a broken one does not.
    pub(super) fn holds(&mut self, flow: FlowId, condition: &Condition) -> bool {
        let parsed;
        let expr = match condition {
            Condition::Expr { expr, .. } => expr,
            Condition::Text { text, .. } => {
                let source = self.text(flow, text);
                match Expr::parse(&source) {
                    Ok(expr) => {
                        parsed = expr;
                        &parsed
                    }
                    Err(error) => {
                        let message = format!("`{source}`: {}", error.message);
                        self.script_error(flow, "relay_script_js_eval_error", &message);
                        return false;
                    }
                }
            }
        };
        let result = expr.test(&Names { machine: self, flow }, &mut Budget::default());
        match result {
            Ok(truth) => truth,
            Err(error) => {
                self.script_error(flow, "relay_script_js_eval_error", &error.message);
                false
            }
        }
    }

    /// The variable of a path (`x`, `vars.x`, `call.from`, `params.a.b`) as text; `None` when unset.
    pub(super) fn variable(&self, flow: FlowId, path: &str) -> Option<String> {
        let template = Template::parse(&format!("${{{path}}}")).ok()?;
        let value = template.render(&Names { machine: self, flow }, &mut Budget::default()).ok()?;
        Some(match value {
            Value::String(text) => text,
            other => text_of(&other),
        })
    }

    /// A hook's complete URL.
    pub(super) fn hook_url(&mut self, flow: FlowId, hook: &HookPlan) -> String {
        let reference = self.text(flow, &hook.url);
        resolve(self.base(flow), &reference)
    }

    /// What relative addresses of the running document are resolved against.
    pub(super) fn base(&self, flow: FlowId) -> Option<&str> {
        let flow = self.flows.get(&flow)?;
        let document = flow.current.map(|(document, _)| document).or(flow.frames.last().map(|frame| frame.document))?;
        self.documents.get(document.0 as usize)?.url.as_deref()
    }

    /// Sets a variable.
    pub(super) fn set(&mut self, flow: FlowId, name: &str, value: Value) {
        let limit = self.start.limits.variable_bytes as usize;
        let weight = value.weight();
        let shown = if self.start.quiet { String::new() } else { shorten(&value.to_json()) };
        let Some(running) = self.flows.get_mut(&flow) else { return };
        if weight > limit || running.vars.len() >= 10_000 {
            return self.script_error(
                flow,
                "relay_script_internal_error",
                &format!("`{name}` is too large to be kept"),
            );
        }
        let leg = running.leg;
        running.vars.set(name, value);
        if !self.start.quiet {
            self.note("set", Some(leg), format!("{name} = {shown}"));
        }
    }

    /// An error of the document while it runs: a variable and a note, and the flow goes on.
    pub(super) fn script_error(&mut self, flow: FlowId, code: &'static str, message: &str) {
        let leg = self.flows.get(&flow).map(|flow| flow.leg);
        if let Some(running) = self.flows.get_mut(&flow) {
            running.vars.set("script_error", code);
        }
        self.problem(leg, &format!("{code}: {message}"));
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text.to_string(),
    }
}

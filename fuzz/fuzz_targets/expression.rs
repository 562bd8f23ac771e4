//! Any text as an expression and as a template: a value or an error, within bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchcord_core::expr::{Budget, Expr, Scope, Template};
use patchcord_core::value::{Object, Value};

struct Names;

impl Scope for Names {
    fn lookup(&self, name: &str) -> Option<Value> {
        let inner = Object::new().with("text", "a,b").with("list", vec![Value::from(1.0), Value::from("x")]);
        match name {
            "vars" => Some(Value::Object(Object::new().with("inner", inner))),
            "n" => Some(Value::from(3.5)),
            _ => None,
        }
    }
}

fuzz_target!(|text: &str| {
    if let Ok(expr) = Expr::parse(text) {
        let _ = expr.eval(&Names, &mut Budget::default());
    }
    if let Ok(template) = Template::parse(text) {
        let _ = template.render(&Names, &mut Budget::default());
    }
});

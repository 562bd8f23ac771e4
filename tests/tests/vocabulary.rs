//! What palettes and forms are made of.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::dialect::{flow, vocabulary};
use patchcord_core::engine::load;
use patchcord_core::value::{Object, Value};
use patchcord_core::wire::Dialect;

const DIALECTS: [Dialect; 3] = [Dialect::Swml, Dialect::Verbs, Dialect::Rcml];

fn list<'v>(object: &'v Object, key: &str) -> &'v [Value] {
    match object.get(key) {
        Some(Value::Array(items)) => items,
        _ => &[],
    }
}

fn steps(dialect: Dialect) -> Vec<Object> {
    let words = vocabulary(dialect);
    list(words.as_object().unwrap(), "steps").iter().map(|step| step.as_object().unwrap().clone()).collect()
}

fn text<'v>(object: &'v Object, key: &str) -> &'v str {
    object.get(key).and_then(Value::as_str).unwrap_or("")
}

#[test]
fn every_example_is_right() {
    let mut wrong = Vec::new();
    for dialect in DIALECTS {
        for step in steps(dialect).iter().filter(|step| text(step, "runs") != "nobody") {
            let flow = flow(dialect, step.get("example").unwrap());
            for problem in load(&flow, Some(dialect)).diagnostics.iter().filter(|problem| problem.is_error()) {
                wrong.push(format!("{flow}: {}", problem.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_step_has_its_words() {
    let kinds = ["call", "media", "input", "dial", "logic", "data", "queue", "ai", "other"];
    for dialect in DIALECTS {
        for step in steps(dialect) {
            assert!(kinds.contains(&text(&step, "category")), "{}", text(&step, "name"));
        }
    }
    let swml = steps(Dialect::Swml);
    assert!(swml.len() >= 50);
    let connect = swml.iter().find(|step| text(step, "name") == "connect").unwrap();
    let outcomes: Vec<&str> =
        list(connect, "outcomes").iter().map(|port| text(port.as_object().unwrap(), "label")).collect();
    assert_eq!(outcomes, ["answered", "busy", "no answer", "declined", "failed"]);
    let timeout = list(connect, "parameters")
        .iter()
        .map(|field| field.as_object().unwrap())
        .find(|field| text(field, "name") == "timeout");
    assert_eq!(timeout.unwrap().get("kinds").unwrap().to_json(), r#"[{"type":"integer","min":1}]"#);
    assert_eq!(text(timeout.unwrap(), "default"), "60");
}

#[test]
fn every_object_that_is_named_is_described() {
    fn named(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| named(item, found)),
            Value::Object(object) => {
                if object.get("type").and_then(Value::as_str) == Some("object") {
                    found.push(text(object, "object").to_owned());
                }
                object.iter().for_each(|(_, value)| named(value, found));
            }
            _ => {}
        }
    }
    for dialect in DIALECTS {
        let words = vocabulary(dialect);
        let mut found = Vec::new();
        named(&words, &mut found);
        let objects = words.as_object().unwrap().get("objects").unwrap().as_object().unwrap().clone();
        assert!(found.iter().all(|name| objects.get(name).is_some()));
        println!("{dialect:?}: {} objects, {} bytes", objects.len(), words.to_json().len());
    }
}

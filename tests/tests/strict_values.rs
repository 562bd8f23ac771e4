//! The official schema of SWML and our tables say the same about values that no real document has:
//! every field of every object, with every kind of value, right and wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::dialect::Strictness;
use patchcord_core::engine::load_by;
use patchcord_core::wire::Dialect;
use patchcord_tests::shared;
use serde_json::{Map, Value, json};

struct Explorer<'s> {
    root: &'s Value,
}

impl<'s> Explorer<'s> {
    fn resolve(&self, schema: &'s Value) -> &'s Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some("#" | "SWMLObject.json") => self.root,
            Some(name) => self.resolve(&self.root["$defs"][name.rsplit('/').next().unwrap()]),
            None => schema,
        }
    }

    fn options(&self, schema: &'s Value) -> Option<&'s Vec<Value>> {
        schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array)
    }

    /// A small value of this schema.
    fn least(&self, schema: &'s Value) -> Value {
        let schema = self.resolve(schema);
        if let Some(value) = schema.get("const").or_else(|| schema.get("enum").and_then(|list| list.get(0))) {
            return value.clone();
        }
        if let Some(options) = self.options(schema) {
            return self.least(&options[0]);
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("string") if schema.get("pattern").is_some() => json!("${x}"),
            Some("string") => json!("a"),
            Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
            Some("boolean") => json!(true),
            Some("array") if schema.get("minItems").is_some() => json!([self.least(&schema["items"])]),
            Some("array") => json!([]),
            Some("object") => Value::Object(self.base(schema)),
            _ => Value::Null,
        }
    }

    /// An object of this schema with its required fields only.
    fn base(&self, schema: &'s Value) -> Map<String, Value> {
        let required = schema.get("required").and_then(Value::as_array);
        let names = required.into_iter().flatten().map(|name| name.as_str().unwrap().to_owned());
        names.map(|name| (name.clone(), self.least(&schema["properties"][&name]))).collect()
    }

    /// Values that this schema accepts, and values that it may reject.
    ///
    /// `inside` names the definitions around it: what contains itself is looked into once.
    fn values(&self, schema: &'s Value, inside: &mut Vec<&'s str>) -> Vec<Value> {
        let name = schema.get("$ref").and_then(Value::as_str);
        if name.is_some_and(|name| inside.contains(&name)) {
            return vec![self.least(schema)];
        }
        inside.extend(name);
        let found = self.inner_values(self.resolve(schema), inside);
        inside.truncate(inside.len() - usize::from(name.is_some()));
        found
    }

    fn inner_values(&self, schema: &'s Value, inside: &mut Vec<&'s str>) -> Vec<Value> {
        let mut found = vec![self.least(schema)];
        if let Some(options) = self.options(schema) {
            // Steps inside steps are steps again.
            if options.len() < 30 && !schema.to_string().contains("#/$defs/Hangup\"") {
                found.extend(options.iter().flat_map(|option| self.values(option, inside)));
            }
            found.extend(strangers(schema));
            return found;
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("array") => {
                let items = self.values(&schema["items"], inside);
                found.extend(items.into_iter().map(|item| json!([item])));
                let least = self.least(&schema["items"]);
                found.push(json!([least, least, least, least]));
            }
            Some("object") => found.extend(self.objects(schema, inside)),
            _ => {}
        }
        found.extend(strangers(schema));
        found
    }

    fn objects(&self, schema: &'s Value, inside: &mut Vec<&'s str>) -> Vec<Value> {
        let base = self.base(schema);
        let mut found = Vec::new();
        let mut with = |name: &str, value: Value| {
            let mut object = base.clone();
            object.insert(name.to_owned(), value);
            found.push(Value::Object(object));
        };
        for (name, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            self.values(inner, inside).into_iter().for_each(|value| with(name, value));
        }
        let rest = schema.get("unevaluatedProperties").filter(|rest| rest.get("not").is_none());
        match rest {
            Some(rest) => self.values(rest, inside).into_iter().for_each(|value| with("stranger", value)),
            None => with("stranger", json!("a")),
        }
        for name in base.keys() {
            let mut object = base.clone();
            object.remove(name);
            found.push(Value::Object(object));
        }
        found
    }
}

/// Values of every kind, and at the schema's own bounds.
fn strangers(schema: &Value) -> Vec<Value> {
    let mut found = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(2.5),
        json!(-3),
        json!("a"),
        json!(""),
        json!("${x}"),
        json!("a ${x}"),
        json!("%{x}"),
        json!({}),
        json!({"a": 1}),
        json!([]),
        json!(["a"]),
        json!([1]),
        json!(["${x}"]),
        json!("1h30m"),
        json!("say: a"),
        json!("next"),
        json!("prompt:a"),
        json!("ring:2:us"),
        json!("https://example.com"),
    ];
    for (name, step) in [("minimum", -1.0), ("maximum", 1.0)] {
        if let Some(bound) = schema.get(name).and_then(Value::as_f64) {
            found.extend([json!(bound), json!(bound + step)]);
        }
    }
    found
}

#[test]
fn the_official_schema_and_the_tables_agree_on_every_field() {
    let Some(shared) = shared() else {
        println!("skipped: the schema is not here (0 values compared)");
        return;
    };
    let path = shared.join("swml-schema/swml-calling.2026-08-21.docs-main.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let explorer = Explorer { root: &schema };
    let (mut compared, mut valid) = (0, 0);
    let mut wrong = Vec::new();
    for method in schema["$defs"]["SWMLMethod"]["anyOf"].as_array().unwrap() {
        for step in explorer.values(method, &mut Vec::new()) {
            let document = json!({"sections": {"main": [step]}});
            let theirs = validator.is_valid(&document);
            let text = document.to_string();
            let ours = load_by(Strictness::Schema, &text, Some(Dialect::Swml));
            compared += 1;
            valid += u32::from(theirs);
            if ours.runs() != theirs {
                let why = ours.first_error().unwrap_or_default();
                wrong.push(format!("{}: theirs {theirs}, ours {why}", text.chars().take(300).collect::<String>()));
            }
        }
    }
    println!("{compared} values compared, {valid} of them valid");
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong[..wrong.len().min(60)].join("\n"));
}

//! An example of a step: as little as the checker is content with.

use super::{Word, is_open};
use crate::dialect::schema::{Field, Holds, Need, Rule, Schema, bound};
use crate::value::{Object, Value};
use crate::wire::Dialect;
use alloc::vec::Vec;

/// What is written where a text has a form; the first that fits.
const TEXTS: [&str; 8] =
    ["say:Hello", "https://example.com/", "wss://example.com/", "+15551234567", "main", "en-US", "1", "hello"];

/// A step with what it needs.
pub(super) fn example(word: &Word, dialect: Dialect) -> Value {
    let given = word.sample.and_then(|text| Value::from_json(text).ok());
    let value = given.unwrap_or_else(|| match word.schema {
        Some(schema) => Value::Object(object(schema, 0)),
        None => Value::Object(Object::new()),
    });
    match (dialect, value) {
        (Dialect::Verbs, Value::Object(fields)) => {
            let named = Object::new().with("verb", word.name);
            Value::Object(fields.into_iter().fold(named, |object, (name, value)| object.with(&name, value)))
        }
        // A whole step, because its parameters do not do.
        (_, Value::Object(fields)) if fields.get(word.name).is_some() => Value::Object(fields),
        (_, value) => Value::Object(Object::new().with(word.name, value)),
    }
}

fn object(schema: &'static Schema, depth: usize) -> Object {
    let mut object = Object::new();
    if depth > 6 || is_open(schema) {
        return object;
    }
    if let Some((name, Some(word))) = schema.tag {
        object.set(name, word);
    }
    for field in schema.fields.iter().filter(|field| field.need != Need::Optional && field.instead.is_none()) {
        add(&mut object, field, depth);
    }
    for rule in schema.rules.iter().chain(schema.official_rules) {
        let (Rule::One(names) | Rule::Any(names)) = rule else { continue };
        let given = names.iter().any(|name| object.get(name).is_some());
        if let Some(field) = names.first().filter(|_| !given).and_then(|name| schema.field(name)) {
            add(&mut object, field, depth);
        }
    }
    object
}

fn add(object: &mut Object, field: &'static Field, depth: usize) {
    if object.get(field.name).is_none() {
        object.set(field.name, value(field.shown(), field.name, depth + 1));
    }
}

fn value(holds: &'static Holds, name: &str, depth: usize) -> Value {
    match holds {
        Holds::Text => Value::from(text(name)),
        Holds::Like(form) => {
            let fits = |text: &&&str| (form.fits)(text);
            Value::from(TEXTS.iter().find(fits).copied().unwrap_or("rtp://192.0.2.1:4000"))
        }
        Holds::Word(words) => Value::from(words.first().copied().unwrap_or_default()),
        Holds::Number(min, max) | Holds::Integer(min, max) => Value::Number(1.0_f64.clamp(bound(*min), bound(*max))),
        Holds::Bool => Value::Bool(true),
        Holds::Null | Holds::Any => Value::Null,
        Holds::Map => Value::Object(Object::new()),
        Holds::List | Holds::By(_) => Value::Array(Vec::new()),
        Holds::MapOf(inner) => Value::Object(Object::new().with("name", value(inner, name, depth))),
        Holds::ListOf(inner) => Value::Array(Vec::from([value(inner, name, depth)])),
        Holds::Sized(_, _, inner) | Holds::Literal(inner) => value(inner, name, depth),
        Holds::Object(schema) => Value::Object(object(schema, depth)),
        Holds::Placeholder => Value::from("${vars.value}"),
        Holds::Either(options) => options.first().map_or(Value::Null, |first| value(first, name, depth)),
    }
}

/// What a parameter without a form may say.
fn text(name: &str) -> &'static str {
    let ends = |end: &str| name.ends_with(end);
    match name {
        "play" => "say:Hello",
        "dest" => "https://example.com/flow",
        "to_uri" => "sip:alice@example.com",
        "to" | "to_number" | "from_number" | "number" => "+15551234567",
        "digits" => "1",
        "lang" | "language" => "en-US",
        _ if ends("lang") => "en-US",
        _ if ends("url") || ends("Hook") || ends("document") => "https://example.com/",
        _ if ends("uri") => "wss://example.com/",
        _ => "hello",
    }
}

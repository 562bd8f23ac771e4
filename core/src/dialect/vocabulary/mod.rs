//! What may be written in a dialect: its steps, their parameters, and one example of each, told
//! from the tables that documents are checked with.

mod sample;
mod shape;

use super::schema::{Rest, Schema};
use super::{Outline, outline, rcml, swml, verbs};
use crate::value::{Object, Value};
use crate::wire::Dialect;
use alloc::{format, string::String, vec::Vec};
use shape::{Shapes, texts};

/// A step that a dialect knows.
pub(super) struct Word {
    /// The vendor's name.
    pub(super) name: &'static str,
    /// Its parameters, where a table has them.
    pub(super) schema: Option<&'static Schema>,
    /// Parameters that are nothing but names.
    pub(super) attributes: &'static [&'static str],
    /// Parameters that are accepted without effect, and why.
    pub(super) idle: &'static [(&'static str, &'static str)],
    /// Elements that may stand inside.
    pub(super) nouns: &'static [&'static str],
    /// What kind of step it is.
    pub(super) category: &'static str,
    /// Who runs it: `engine`, `extension` or `nobody`.
    pub(super) runs: &'static str,
    /// The parameter that a value which is no object stands for.
    pub(super) first: Option<&'static str>,
    /// May be written without parameters.
    pub(super) bare: bool,
    /// The variables it sets, the values each may have, and a sentence.
    pub(super) sets: Vec<(&'static str, &'static [&'static str], &'static str)>,
    /// The parameters of an example, or all of it, as JSON, where the tables cannot make one up.
    pub(super) sample: Option<&'static str>,
}

impl Word {
    /// A step that is only known by name.
    pub(super) fn unknown(name: &'static str) -> Word {
        Word {
            name,
            schema: None,
            attributes: &[],
            idle: &[],
            nouns: &[],
            category: category(name),
            runs: "nobody",
            first: None,
            bare: false,
            sets: Vec::new(),
            sample: None,
        }
    }
}

/// Everything that may be written in a dialect, for palettes, forms and completion: an object with
/// `steps` (in the order of the manual) and `objects` (what parameters may hold, by name).
#[must_use]
pub fn vocabulary(dialect: Dialect) -> Value {
    let words = match dialect {
        Dialect::Swml => swml::vocabulary(),
        Dialect::Verbs => verbs::vocabulary(),
        Dialect::Rcml => rcml::vocabulary(),
    };
    let mut shapes = Shapes::default();
    let mut steps = Vec::new();
    for word in &words {
        steps.push(Value::Object(step(word, dialect, &mut shapes)));
    }
    if dialect == Dialect::Rcml {
        for (noun, attributes) in rcml::nouns() {
            shapes.add(noun, &attributes);
        }
    }
    let objects = shapes.objects();
    Value::Object(Object::new().with("steps", Value::Array(steps)).with("objects", objects))
}

fn step(word: &Word, dialect: Dialect, shapes: &mut Shapes) -> Object {
    let mut step = Object::new().with("name", word.name).with("category", word.category).with("runs", word.runs);
    if let Some(schema) = word.schema {
        if !schema.says.text().is_empty() {
            step.set("says", schema.says.text());
        }
        shapes.fill(&mut step, schema);
    } else {
        step.set("parameters", shape::attributes(word.attributes, word.idle));
    }
    if !word.nouns.is_empty() {
        step.set("children", texts(word.nouns));
    }
    if let Some(first) = word.first {
        step.set("shorthand", first);
    }
    if word.bare {
        step.set("bare", Value::Bool(true));
    }
    let sets = word.sets.iter().map(|(name, values, says)| {
        let mut result = Object::new().with("name", *name).with("values", texts(values));
        if !says.is_empty() {
            result.set("says", *says);
        }
        Value::Object(result)
    });
    step.set("results", Value::Array(sets.collect()));
    let example = sample::example(word, dialect);
    step.set("outcomes", Value::Array(if word.runs == "nobody" { Vec::new() } else { outcomes(dialect, &example) }));
    step.set("example", example);
    step
}

/// The ways that an example may end.
fn outcomes(dialect: Dialect, example: &Value) -> Vec<Value> {
    let (_, outline) = outline(&flow(dialect, example), Some(dialect));
    let first = outline.as_ref().and_then(|outline: &Outline| outline.parts.first()?.steps.list.first());
    let ports = first.map(|step| step.ports.as_slice()).unwrap_or_default();
    ports
        .iter()
        .map(|port| {
            let mut object = Object::new().with("name", port.name.as_str()).with("label", port.label.as_str());
            if port.aside {
                object.set("aside", Value::Bool(true));
            }
            Value::Object(object)
        })
        .collect()
}

/// A flow of one step.
#[must_use]
pub fn flow(dialect: Dialect, step: &Value) -> String {
    match dialect {
        Dialect::Swml => format!("{{\"sections\": {{\"main\": [{}]}}}}", step.to_json()),
        Dialect::Verbs => format!("[{}]", step.to_json()),
        Dialect::Rcml => {
            let (name, value) = step.as_object().and_then(|object| object.iter().next()).unwrap_or(("Say", step));
            let mut element = format!("<{name}");
            let mut inside = "";
            for (name, value) in value.as_object().into_iter().flat_map(Object::iter) {
                match (name, value.as_str()) {
                    ("text", Some(text)) => inside = text,
                    (_, text) => element.push_str(&format!(" {name}=\"{}\"", text.unwrap_or_default())),
                }
            }
            format!("<Response>{element}>{inside}</{name}></Response>")
        }
    }
}

/// What kind of step a name is.
#[must_use]
pub fn category_of(dialect: Dialect, name: &str) -> &'static str {
    match dialect {
        Dialect::Swml => swml::category(name),
        Dialect::Verbs | Dialect::Rcml => category(name),
    }
}

/// What kind of step a name is, in any dialect without families.
pub(super) fn category(name: &str) -> &'static str {
    match name.to_ascii_lowercase().as_str() {
        "answer" | "hangup" | "reject" | "redirect" | "transfer" | "refer" | "sip:decline" | "sip:refer"
        | "sip:request" => "call",
        "say" | "play" | "pause" | "record" | "listen" | "stream" | "start" | "stop" | "siprec" | "dub" | "config" => {
            "media"
        }
        "gather" | "dtmf" | "prompt" | "pay" | "ussdcollect" => "input",
        "dial" | "connect" | "rest:dial" => "dial",
        "enqueue" | "dequeue" | "leave" | "conference" | "room" => "queue",
        "tag" | "message" | "sms" | "email" | "alert" | "geolocation" => "data",
        "agent" | "cognigy" | "dialogflow" | "lex" | "llm" | "pipeline" | "rasa" | "s2s" | "transcribe" => "ai",
        other if other.ends_with("_s2s") => "ai",
        _ => "other",
    }
}

/// Whether an object may have fields that its table does not name.
pub(super) fn is_open(schema: &Schema) -> bool {
    matches!(schema.rest, Rest::Open)
}

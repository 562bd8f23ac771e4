//! Parameters and what they may hold, as data.

use crate::dialect::schema::{Field, Holds, Need, Rest, Rule, Schema, Support, bound};
use crate::value::{Object, Value};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Objects that parameters hold, each described once and named.
#[derive(Default)]
pub(super) struct Shapes {
    seen: Vec<(&'static Schema, String)>,
    others: Vec<(String, Value)>,
}

impl Shapes {
    /// Everything that a table says of an object's fields.
    pub(super) fn fill(&mut self, object: &mut Object, schema: &'static Schema) {
        let fields = schema.fields.iter().filter(|field| field.name != "verb");
        let parameters = fields.map(|field| Value::Object(self.parameter(field))).collect();
        object.set("parameters", Value::Array(parameters));
        match &schema.rest {
            Rest::Closed => {}
            Rest::Open => object.set("others", Value::Array(Vec::from([of("anything")]))),
            Rest::Of(holds) => {
                let kinds = self.kinds(holds);
                object.set("others", Value::Array(kinds));
            }
        }
        let rules: Vec<Value> = schema.rules.iter().chain(schema.official_rules).map(rule).collect();
        if !rules.is_empty() {
            object.set("rules", Value::Array(rules));
        }
    }

    /// An object whose fields are nothing but names.
    pub(super) fn add(&mut self, name: &str, names: &[&str]) {
        let object = Object::new().with("parameters", attributes(names, &[]));
        self.others.push((name.to_string(), Value::Object(object)));
    }

    /// Every object that was named.
    pub(super) fn objects(mut self) -> Value {
        let mut objects = Object::new();
        let mut at = 0;
        while let Some((schema, name)) = self.seen.get(at).cloned() {
            let mut object = Object::new();
            if !schema.says.text().is_empty() {
                object.set("says", schema.says.text());
            }
            self.fill(&mut object, schema);
            objects.set(name, Value::Object(object));
            at += 1;
        }
        for (name, object) in self.others {
            objects.set(name, object);
        }
        Value::Object(objects)
    }

    fn name(&mut self, schema: &'static Schema) -> String {
        if let Some((_, name)) = self.seen.iter().find(|(known, _)| core::ptr::eq(*known, schema)) {
            return name.clone();
        }
        let same = self.seen.iter().filter(|(known, _)| known.name == schema.name).count();
        let name = if same == 0 { schema.name.to_string() } else { format!("{}-{}", schema.name, same + 1) };
        self.seen.push((schema, name.clone()));
        name
    }

    fn parameter(&mut self, field: &'static Field) -> Object {
        let mut parameter = Object::new().with("name", field.name);
        if !field.says.text().is_empty() {
            parameter.set("says", field.says.text());
        }
        let kinds = self.kinds(field.shown());
        parameter.set("kinds", Value::Array(kinds));
        if let Some(default) = field.default {
            parameter.set("default", default);
        }
        if field.need == Need::Required {
            parameter.set("required", Value::Bool(true));
        }
        if let Some(other) = field.beside {
            parameter.set("beside", other);
        }
        if let Some(instead) = field.instead {
            parameter.set("instead", instead);
        }
        match field.support {
            Support::Runs => {}
            Support::NotYet => parameter.set("runs", Value::Bool(false)),
            Support::NoEffect(why) => parameter.set("idle", why),
        }
        parameter
    }

    fn kinds(&mut self, holds: &'static Holds) -> Vec<Value> {
        let one = |kind: Object| Vec::from([Value::Object(kind)]);
        match holds {
            Holds::Text => one(kind("text")),
            Holds::Like(form) => one(kind("text").with("form", form.noun)),
            Holds::Word(words) => one(kind("word").with("words", texts(words))),
            Holds::Number(min, max) => one(bounds("number", bound(*min), bound(*max))),
            Holds::Integer(min, max) => one(bounds("integer", bound(*min), bound(*max))),
            Holds::Bool => one(kind("bool")),
            Holds::Null => one(kind("null")),
            Holds::Any => one(kind("anything")),
            Holds::Map => one(kind("map")),
            Holds::List => one(kind("list")),
            Holds::MapOf(inner) => one(kind("map").with("of", Value::Array(self.kinds(inner)))),
            Holds::ListOf(inner) => one(kind("list").with("of", Value::Array(self.kinds(inner)))),
            Holds::Object(schema) => one(kind("object").with("object", self.name(schema))),
            Holds::Placeholder => one(kind("placeholder")),
            Holds::Literal(inner) => self.kinds(inner),
            Holds::By(own) => one(kind("steps").with("form", own.noun)),
            Holds::Either(options) => options.iter().flat_map(|option| self.kinds(option)).collect(),
            Holds::Sized(least, most, inner) => {
                let sized = |mut value: Value| {
                    if let Value::Object(object) = &mut value {
                        object.set("least", f64::from(*least));
                        if *most < u16::MAX {
                            object.set("most", f64::from(*most));
                        }
                    }
                    value
                };
                self.kinds(inner).into_iter().map(sized).collect()
            }
        }
    }
}

/// Parameters that are nothing but names with texts.
pub(super) fn attributes(names: &[&str], idle: &[(&str, &str)]) -> Value {
    let parameter = |name: &&str| {
        let mut parameter = Object::new().with("name", *name).with("kinds", Value::Array(Vec::from([of("text")])));
        if let Some((_, why)) = idle.iter().find(|(other, _)| other == name) {
            parameter.set("idle", *why);
        }
        Value::Object(parameter)
    };
    Value::Array(names.iter().map(parameter).collect())
}

/// A list of texts.
pub(super) fn texts(list: &[&str]) -> Value {
    Value::Array(list.iter().map(|text| Value::from(*text)).collect())
}

fn kind(name: &str) -> Object {
    Object::new().with("type", name)
}

fn of(name: &str) -> Value {
    Value::Object(kind(name))
}

fn bounds(name: &str, min: f64, max: f64) -> Object {
    let mut kind = kind(name);
    if min.is_finite() {
        kind.set("min", min);
    }
    if max.is_finite() {
        kind.set("max", max);
    }
    kind
}

fn rule(rule: &Rule) -> Value {
    let (kind, names) = match rule {
        Rule::One(names) => ("one", texts(names)),
        Rule::Any(names) => ("some", texts(names)),
        Rule::Most(names) => ("most", texts(names)),
        Rule::Both(one, other) => ("both", texts(&[one, other])),
    };
    Value::Object(Object::new().with("kind", kind).with("names", names))
}

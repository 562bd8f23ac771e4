//! What fields an object may have: one table serves checking and documentation.

use super::reader::Reader;
use crate::diag::{Diagnostic, codes, did_you_mean};
use crate::text::{Entry, Kind as Shape, Node};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// The fields of one vendor object.
#[derive(Debug)]
pub(crate) struct Schema {
    /// What the vendor calls it: `connect`, `dial`, `target` …
    pub(crate) name: &'static str,
    /// Its fields.
    pub(crate) fields: &'static [Field],
}

/// One field.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) holds: Holds,
    /// Whether it must be there.
    pub(crate) required: bool,
    /// What we do with it.
    pub(crate) support: Support,
}

/// What a field holds.
#[derive(Debug)]
pub(crate) enum Holds {
    /// Any text.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A number between two bounds.
    Number(f64, f64),
    /// A whole number between two bounds.
    Integer(f64, f64),
    /// A truth value.
    Bool,
    /// Anything.
    Any,
    /// An object of any shape.
    Map,
    /// A list of any values.
    List,
    /// A list of these.
    ListOf(&'static Holds),
    /// An object with these fields.
    Object(&'static Schema),
    /// Any of these.
    Either(&'static [Holds]),
}

/// What we do with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Support {
    /// It is run.
    Runs,
    /// The platform runs it, we do not: the document is refused.
    NotYet,
    /// It has no effect here, for this reason; the author is told.
    NoEffect(&'static str),
}

/// A field that is run.
pub(crate) const fn field(name: &'static str, holds: Holds) -> Field {
    Field { name, holds, required: false, support: Support::Runs }
}

/// A field that must be there.
pub(crate) const fn required(name: &'static str, holds: Holds) -> Field {
    Field { name, holds, required: true, support: Support::Runs }
}

/// A field that the platform runs and we do not.
pub(crate) const fn not_yet(name: &'static str) -> Field {
    Field { name, holds: Holds::Any, required: false, support: Support::NotYet }
}

/// A field without effect here.
pub(crate) const fn no_effect(name: &'static str, why: &'static str) -> Field {
    Field { name, holds: Holds::Any, required: false, support: Support::NoEffect(why) }
}

/// No bound.
pub(crate) const ANY: f64 = f64::INFINITY;

impl Schema {
    /// The field that an unknown key was probably meant to be.
    pub(crate) fn meant(&self, entry: &Entry) -> Option<&'static str> {
        let known = self.fields.iter().any(|field| field.name == entry.key.text);
        if known { None } else { did_you_mean(&entry.key.text, self.fields.iter().map(|field| field.name)) }
    }
}

impl Reader<'_> {
    /// Checks an object against its schema; true when it can be lowered.
    pub(crate) fn check(&mut self, schema: &'static Schema, node: &Node) -> bool {
        let Shape::Object(entries) = &node.kind else {
            self.wrong_type(schema.name, "an object", node);
            return false;
        };
        let before = self.errors();
        for entry in entries {
            match schema.fields.iter().find(|field| field.name == entry.key.text) {
                Some(field) => self.check_field(schema, field, entry),
                None => self.unknown_field(schema, entry),
            }
        }
        for field in schema.fields.iter().filter(|field| field.required) {
            // A misspelt field is one mistake, not two.
            if !entries.iter().any(|entry| schema.meant(entry) == Some(field.name))
                && !entries.iter().any(|entry| entry.key.text == field.name)
            {
                let vendor = self.vendor.missing_field;
                let message = format!("`{}` needs `{}`", schema.name, field.name);
                self.report_vendor(Diagnostic::new(&codes::MISSING_FIELD, node.span, message), vendor);
            }
        }
        self.errors() == before
    }

    fn check_field(&mut self, schema: &'static Schema, field: &'static Field, entry: &Entry) {
        let name = format!("{}.{}", schema.name, field.name);
        match field.support {
            Support::Runs => self.check_value(&name, &field.holds, &entry.value),
            Support::NotYet => self.report(
                Diagnostic::new(&codes::UNSUPPORTED, entry.key.span, format!("`{name}` is not run by this version"))
                    .note("the platform runs it; remove it to preview the rest of the flow"),
            ),
            Support::NoEffect(why) => {
                let message = format!("`{name}` has no effect here: {why}");
                self.report(Diagnostic::new(&codes::IGNORED, entry.key.span, message));
            }
        }
    }

    fn unknown_field(&mut self, schema: &'static Schema, entry: &Entry) {
        let message = format!("`{}` has no field `{}`", schema.name, entry.key.text);
        let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, entry.key.span, message);
        if let Some(near) = schema.meant(entry) {
            let key = self.requote(entry.key.span, near);
            diagnostic = diagnostic.note(format!("did you mean `{near}`?")).fix(
                format!("rename to `{near}`"),
                entry.key.span,
                key,
            );
        } else if let Some((_, meant)) = self.vendor.aliases.iter().find(|(name, _)| *name == entry.key.text) {
            diagnostic = diagnostic.note(format!("write `{meant}`"));
        }
        let vendor = self.vendor.unknown_field;
        self.report_vendor(diagnostic, vendor);
    }

    /// Checks one value.
    pub(crate) fn check_value(&mut self, name: &str, holds: &'static Holds, node: &Node) {
        if self.vendor.placeholders && node.as_str().is_some_and(has_placeholder) {
            return;
        }
        match holds {
            Holds::Any => {}
            Holds::Text => self.check_text(name, node),
            Holds::Word(words) => match node.as_str() {
                Some(word) if words.contains(&word) => {}
                Some(word) => self.invalid_word(name, word, words, node),
                None => self.wrong_type(name, &words_text(words), node),
            },
            Holds::Number(min, max) => self.check_number(name, node, *min, *max, "a number"),
            Holds::Integer(min, max) => self.check_number(name, node, *min, *max, "a whole number"),
            Holds::Bool => self.check_bool(name, node),
            Holds::Map => {
                if !matches!(node.kind, Shape::Object(_)) {
                    self.wrong_type(name, "an object", node);
                }
            }
            Holds::List => {
                if !matches!(node.kind, Shape::Array(_)) {
                    self.wrong_type(name, "an array", node);
                }
            }
            Holds::ListOf(item) => match &node.kind {
                Shape::Array(items) => items.iter().for_each(|node| self.check_value(name, item, node)),
                Shape::Null
                | Shape::Bool(_)
                | Shape::Number(_)
                | Shape::String(_)
                | Shape::Object(_)
                | Shape::Element(_) => {
                    self.wrong_type(name, "an array", node);
                }
            },
            Holds::Object(schema) => {
                self.check(schema, node);
            }
            Holds::Either(options) => match options.iter().find(|option| fits(option, node)) {
                Some(option) => self.check_value(name, option, node),
                None => {
                    let nouns: Vec<&str> = options.iter().map(noun).collect();
                    self.wrong_type(name, &nouns.join(" or "), node);
                }
            },
        }
    }

    fn check_text(&mut self, name: &str, node: &Node) {
        match &node.kind {
            Shape::String(_) => {}
            Shape::Number(_) if self.vendor.coerces => {
                let text = node.span.of(self.source).to_string();
                let message = format!("`{name}` without quotes is a number; taken as the text `{text}`");
                self.report(
                    Diagnostic::new(&codes::UNQUOTED_NUMBER, node.span, message)
                        .note("YAML reads an unquoted number as a number and loses its `+` and leading zeros")
                        .fix("quote it", node.span, format!("\"{text}\"")),
                );
            }
            Shape::Null
            | Shape::Bool(_)
            | Shape::Number(_)
            | Shape::Array(_)
            | Shape::Object(_)
            | Shape::Element(_) => {
                self.wrong_type(name, "a string", node);
            }
        }
    }

    fn check_number(&mut self, name: &str, node: &Node, min: f64, max: f64, noun: &str) {
        let number = match &node.kind {
            Shape::Number(number) => Some(*number),
            Shape::String(scalar) if self.vendor.coerces => {
                let number = scalar.text.trim().parse::<f64>().ok();
                if number.is_some() {
                    let message = format!("`{name}` is a text; taken as the number {}", scalar.text.trim());
                    self.report(Diagnostic::new(&codes::COERCED, node.span, message));
                }
                number
            }
            Shape::String(_)
            | Shape::Null
            | Shape::Bool(_)
            | Shape::Array(_)
            | Shape::Object(_)
            | Shape::Element(_) => None,
        };
        let Some(number) = number else { return self.wrong_type(name, noun, node) };
        let whole = noun == "a number" || libm::trunc(number) == number;
        if !whole || number < min || number > max {
            let bounds = match (min == -ANY, max == ANY) {
                (true, true) => noun.to_string(),
                (false, true) => format!("{noun} of at least {min}"),
                (true, false) => format!("{noun} of at most {max}"),
                (false, false) => format!("{noun} from {min} to {max}"),
            };
            let vendor = self.vendor.invalid_value;
            let message = format!("`{name}` must be {bounds}, found {}", node.span.of(self.source));
            self.report_vendor(Diagnostic::new(&codes::INVALID_VALUE, node.span, message), vendor);
        }
    }

    fn check_bool(&mut self, name: &str, node: &Node) {
        match &node.kind {
            Shape::Bool(_) => {}
            Shape::String(scalar) if self.vendor.coerces && matches!(scalar.text.as_str(), "true" | "false") => {
                let message = format!("`{name}` is a text; taken as {}", scalar.text);
                self.report(Diagnostic::new(&codes::COERCED, node.span, message).fix(
                    "remove the quotes",
                    node.span,
                    scalar.text.clone(),
                ));
            }
            Shape::Null
            | Shape::Number(_)
            | Shape::String(_)
            | Shape::Array(_)
            | Shape::Object(_)
            | Shape::Element(_) => {
                self.wrong_type(name, "true or false", node);
            }
        }
    }

    /// A word that is not one of those allowed.
    pub(crate) fn invalid_word(&mut self, name: &str, word: &str, words: &[&str], node: &Node) {
        let message = format!("`{name}` must be {}, found `{word}`", words_text(words));
        let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, node.span, message);
        if let Some(near) = did_you_mean(word, words.iter().copied()) {
            let text = self.requote(node.span, near);
            diagnostic =
                diagnostic.note(format!("did you mean `{near}`?")).fix(format!("use `{near}`"), node.span, text);
        }
        let vendor = self.vendor.invalid_value;
        self.report_vendor(diagnostic, vendor);
    }

    /// A value of another type than expected.
    pub(crate) fn wrong_type(&mut self, name: &str, expected: &str, node: &Node) {
        let message = format!("`{name}` must be {expected}, found {}", node.noun());
        let vendor = self.vendor.wrong_type;
        self.report_vendor(Diagnostic::new(&codes::WRONG_TYPE, node.span, message), vendor);
    }
}

/// Whether a text holds `${…}` or `%{…}`.
pub(crate) fn has_placeholder(text: &str) -> bool {
    text.contains("${") || text.contains("%{")
}

fn words_text(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

fn fits(holds: &Holds, node: &Node) -> bool {
    match (holds, &node.kind) {
        (Holds::Any, _)
        | (Holds::Text | Holds::Word(_), Shape::String(_))
        | (Holds::Number(..) | Holds::Integer(..), Shape::Number(_))
        | (Holds::Bool, Shape::Bool(_))
        | (Holds::Map | Holds::Object(_), Shape::Object(_))
        | (Holds::List | Holds::ListOf(_), Shape::Array(_)) => true,
        (Holds::Either(options), _) => options.iter().any(|option| fits(option, node)),
        (
            Holds::Text
            | Holds::Word(_)
            | Holds::Number(..)
            | Holds::Integer(..)
            | Holds::Bool
            | Holds::Map
            | Holds::Object(_)
            | Holds::List
            | Holds::ListOf(_),
            _,
        ) => false,
    }
}

fn noun(holds: &Holds) -> &'static str {
    match holds {
        Holds::Text | Holds::Word(_) => "a string",
        Holds::Number(..) => "a number",
        Holds::Integer(..) => "a whole number",
        Holds::Bool => "true or false",
        Holds::Any => "anything",
        Holds::Map | Holds::Object(_) => "an object",
        Holds::List | Holds::ListOf(_) => "an array",
        Holds::Either(_) => "another form",
    }
}

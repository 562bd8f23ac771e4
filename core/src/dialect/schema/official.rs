//! What the vendor's published schema says about a value.
//!
//! It coerces nothing, and takes a placeholder only where it says so: for numbers and truth values.

use super::check::{any_of, fits, noun, words_text};
use super::{Field, Holds, Need, Rest, Schema, bound};
use crate::diag::{Diagnostic, codes};
use crate::dialect::reader::Reader;
use crate::text::{Entry, Kind as Shape, Node};
use alloc::{format, string::ToString, vec::Vec};
use core::fmt::Display;

impl Reader<'_> {
    /// Judges an object by its table.
    pub(crate) fn official_object(&mut self, schema: &'static Schema, node: &Node) {
        let Shape::Object(entries) = &node.kind else {
            return self.wrong_type(&schema.name, "an object", node);
        };
        for entry in entries {
            let name = format_args!("{}.{}", schema.name, entry.key.text);
            match (schema.field(&entry.key.text).filter(|field| !field.unofficial), schema.rest) {
                (Some(field), _) => self.official_field(&name, field, entry, entries),
                (None, Rest::Closed) => self.unknown_field(schema, entry),
                (None, Rest::Open) => {}
                (None, Rest::Of(holds)) => self.official_value(&name, holds, &entry.value),
            }
        }
        for field in schema.fields.iter().filter(|field| field.need != Need::Optional && !field.unofficial) {
            self.missing_unless(schema, node, entries, &[field.name]);
        }
        for rule in schema.rules.iter().chain(schema.official_rules) {
            self.check_rule(schema, rule, node, entries);
        }
    }

    fn official_field(&mut self, name: &dyn Display, field: &'static Field, entry: &Entry, entries: &[Entry]) {
        if let Some(other) = field.beside
            && !entries.iter().any(|entry| entry.key.text == other)
        {
            let message = format!("`{name}` may only stand beside `{other}`");
            self.report(Diagnostic::new(&codes::UNKNOWN_FIELD, entry.key.span, message));
        }
        self.official_value(name, field.official.as_ref().unwrap_or(&field.holds), &entry.value);
    }

    /// Judges one value.
    pub(crate) fn official_value(&mut self, name: &dyn Display, holds: &'static Holds, node: &Node) {
        match holds {
            Holds::Any => {}
            Holds::By(own) => (own.official)(self, node),
            Holds::Number(..) | Holds::Integer(..) | Holds::Bool if node.as_str().is_some_and(is_placeholder) => {}
            Holds::Literal(inner) => self.official_plain(name, inner, node),
            Holds::Either(options) => self.official_choice(name, options, node),
            Holds::Placeholder => {
                if !node.as_str().is_some_and(is_placeholder) {
                    self.misformed(name, "a placeholder such as `${name}`", node);
                }
            }
            Holds::MapOf(value) => match &node.kind {
                Shape::Object(entries) => entries.iter().for_each(|entry| {
                    self.official_value(&format_args!("{name}.{}", entry.key.text), value, &entry.value)
                }),
                _ => self.wrong_type(name, "an object", node),
            },
            Holds::ListOf(item) => match &node.kind {
                Shape::Array(items) => items.iter().for_each(|node| self.official_value(name, item, node)),
                _ => self.wrong_type(name, "an array", node),
            },
            Holds::Sized(min, max, inner) => {
                self.official_value(name, inner, node);
                self.check_size(name, node, *min, *max);
            }
            Holds::Object(schema) => self.official_object(schema, node),
            Holds::Text
            | Holds::Like(_)
            | Holds::Word(_)
            | Holds::Number(..)
            | Holds::Integer(..)
            | Holds::Bool
            | Holds::Null
            | Holds::Map
            | Holds::List => self.official_plain(name, holds, node),
        }
    }

    /// A value without parts and without placeholders.
    fn official_plain(&mut self, name: &dyn Display, holds: &'static Holds, node: &Node) {
        if !fits(holds, node) {
            let expected = match holds {
                Holds::Word(words) => words_text(words),
                _ => noun(holds).to_string(),
            };
            return self.wrong_type(name, &expected, node);
        }
        match (holds, &node.kind) {
            (Holds::Word(words), Shape::String(scalar)) if !words.contains(&scalar.text.as_str()) => {
                self.invalid_word(name, &scalar.text, words, node);
            }
            (Holds::Like(form), Shape::String(scalar)) if !(form.fits)(&scalar.text) => {
                self.misformed(name, form.noun, node);
            }
            (Holds::Number(min, max), _) => self.check_number(name, node, bound(*min), bound(*max), "a number"),
            (Holds::Integer(min, max), _) => self.check_number(name, node, bound(*min), bound(*max), "a whole number"),
            _ => {}
        }
    }

    /// The option of the value's shape; of several, the one it comes closest to.
    fn official_choice(&mut self, name: &dyn Display, options: &'static [Holds], node: &Node) {
        let shaped = |option: &&Holds| {
            fits(option, node)
                || (matches!(option, Holds::Placeholder) && matches!(node.kind, Shape::String(_)))
                || (takes_placeholder(option) && node.as_str().is_some_and(is_placeholder))
        };
        let start = self.diagnostics.len();
        let mut best: Option<Vec<Diagnostic>> = None;
        for option in options.iter().filter(shaped) {
            self.official_value(name, option, node);
            let found = self.diagnostics.split_off(start);
            if found.is_empty() {
                return;
            }
            if best.as_ref().is_none_or(|best| found.len() < best.len()) {
                best = Some(found);
            }
        }
        match best {
            Some(found) => self.diagnostics.extend(found),
            None => self.wrong_type(name, &any_of(options), node),
        }
    }
}

fn takes_placeholder(holds: &Holds) -> bool {
    match holds {
        Holds::Number(..) | Holds::Integer(..) | Holds::Bool | Holds::Placeholder => true,
        Holds::Either(options) => options.iter().any(takes_placeholder),
        Holds::Sized(_, _, inner) => takes_placeholder(inner),
        _ => false,
    }
}

/// Whether a text is one placeholder from its first letter to its last.
fn is_placeholder(text: &str) -> bool {
    (text.starts_with("${") || text.starts_with("%{"))
        && text.ends_with('}')
        && !text.contains(['\n', '\r', '\u{2028}', '\u{2029}'])
}

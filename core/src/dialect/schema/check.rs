//! What the platform says about a value.

use super::{Field, Holds, Need, Rest, Rule, Schema, Support, bound};
use crate::diag::{Diagnostic, Severity, codes, did_you_mean};
use crate::dialect::reader::Reader;
use crate::text::{Entry, Kind as Shape, Node};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::Display;

impl Reader<'_> {
    /// Checks an object against its schema; true when it can be lowered.
    pub(crate) fn check(&mut self, schema: &'static Schema, node: &Node) -> bool {
        let Shape::Object(entries) = &node.kind else {
            self.wrong_type(&schema.name, "an object", node);
            return false;
        };
        let (before, first) = (self.errors(), self.diagnostics.len());
        for entry in entries {
            match (schema.field(&entry.key.text), schema.rest) {
                (Some(field), _) => self.check_field(schema, field, entry),
                (None, Rest::Closed) => self.unknown_field(schema, entry),
                (None, Rest::Open) => {}
                (None, Rest::Of(holds)) => {
                    self.check_value(&format_args!("{}.{}", schema.name, entry.key.text), holds, &entry.value);
                }
            }
        }
        for field in schema.fields.iter().filter(|field| field.need == Need::Required) {
            self.missing_unless(schema, node, entries, &[field.name]);
        }
        if schema.tolerant {
            for diagnostic in self.diagnostics.iter_mut().skip(first).filter(|diagnostic| diagnostic.is_error()) {
                diagnostic.severity = Severity::Warning;
            }
        }
        for rule in schema.rules {
            self.check_rule(schema, rule, node, entries);
        }
        self.errors() == before
    }

    /// Tells that an object has none of these fields.
    pub(super) fn missing_unless(&mut self, schema: &Schema, node: &Node, entries: &[Entry], names: &[&str]) {
        // A misspelt field is one mistake, not two.
        let there = |entry: &Entry| names.contains(&entry.key.text.as_str());
        let meant = |entry: &Entry| schema.meant(entry).is_some_and(|meant| names.contains(&meant));
        if !entries.iter().any(there) && !entries.iter().any(meant) {
            let vendor = self.vendor.missing_field;
            let message = match names {
                [name] => format!("`{}` needs `{name}`", schema.name),
                names => format!("`{}` needs one of {}", schema.name, words_text(names)),
            };
            self.report_vendor(Diagnostic::new(&codes::MISSING_FIELD, node.span, message), vendor);
        }
    }

    /// Tells what one rule finds wrong.
    pub(super) fn check_rule(&mut self, schema: &Schema, rule: &Rule, node: &Node, entries: &[Entry]) {
        let has = |name: &str| entries.iter().any(|entry| entry.key.text == name);
        match rule {
            Rule::Any(names) => self.missing_unless(schema, node, entries, names),
            Rule::Most(names) => self.conflict(schema, entries, names),
            Rule::One(names) => {
                self.missing_unless(schema, node, entries, names);
                self.conflict(schema, entries, names);
            }
            Rule::Both(one, other) => match (has(one), has(other)) {
                (true, false) => self.missing_unless(schema, node, entries, &[other]),
                (false, true) => self.missing_unless(schema, node, entries, &[one]),
                (true, true) | (false, false) => {}
            },
        }
    }

    /// Tells that an object has more than one of these fields.
    fn conflict(&mut self, schema: &Schema, entries: &[Entry], names: &[&str]) {
        let mut found = entries.iter().filter(|entry| names.contains(&entry.key.text.as_str()));
        if let (Some(first), Some(second)) = (found.next(), found.next()) {
            let message = format!("`{}` takes `{}` or `{}`, not both", schema.name, first.key.text, second.key.text);
            let vendor = self.vendor.conflict;
            self.report_vendor(Diagnostic::new(&codes::CONFLICT, second.key.span, message), vendor);
        }
    }

    fn check_field(&mut self, schema: &'static Schema, field: &'static Field, entry: &Entry) {
        let name = format_args!("{}.{}", schema.name, field.name);
        if let Some(instead) = field.instead {
            let message = format!("`{name}` is outdated");
            self.report(Diagnostic::new(&codes::DEPRECATED, entry.key.span, message).note(format!("write {instead}")));
        }
        match field.support {
            Support::Runs => self.check_value(&name, &field.holds, &entry.value),
            Support::NotYet => self.report(
                Diagnostic::new(&codes::UNSUPPORTED, entry.key.span, format!("`{name}` is not run by this version"))
                    .note("the platform runs it; remove it to preview the rest of the flow"),
            ),
            Support::NoEffect(why) => {
                let message = format!("`{name}` has no effect here: {why}");
                self.report(Diagnostic::new(&codes::IGNORED, entry.key.span, message));
                self.check_value(&name, &field.holds, &entry.value);
            }
        }
    }

    pub(super) fn unknown_field(&mut self, schema: &'static Schema, entry: &Entry) {
        let message = format!("`{}` has no field `{}`", schema.name, entry.key.text);
        let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, entry.key.span, message);
        if let Some(alias) = schema.alias(&entry.key.text) {
            diagnostic = diagnostic.note(alias.note);
            if let (Some(prefix), Some(text)) = (alias.prefix, entry.value.as_str()) {
                let quoted = serde_json::to_string(&format!("{prefix}{text}")).unwrap_or_default();
                let whole = entry.key.span.to(entry.value.span);
                diagnostic = diagnostic.fix("write it so", whole, format!("\"{}\": {quoted}", alias.meant));
            }
        } else if let Some(near) = schema.meant(entry) {
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
    pub(crate) fn check_value(&mut self, name: &dyn Display, holds: &'static Holds, node: &Node) {
        if self.vendor.placeholders && node.as_str().is_some_and(has_placeholder) {
            return;
        }
        match holds {
            Holds::Any | Holds::By(_) => {}
            Holds::Text => self.check_text(name, node),
            Holds::Like(form) => {
                self.check_text(name, node);
                if node.as_str().is_some_and(|text| !(form.fits)(text)) {
                    self.misformed(name, form.noun, node);
                }
            }
            Holds::Placeholder => self.wrong_type(name, "a placeholder", node),
            Holds::Literal(inner) => self.check_value(name, inner, node),
            Holds::Null => {
                if !matches!(node.kind, Shape::Null) {
                    self.wrong_type(name, "nothing", node);
                }
            }
            Holds::MapOf(value) => match &node.kind {
                Shape::Object(entries) => entries.iter().for_each(|entry| {
                    self.check_value(&format_args!("{name}.{}", entry.key.text), value, &entry.value)
                }),
                Shape::Null
                | Shape::Bool(_)
                | Shape::Number(_)
                | Shape::String(_)
                | Shape::Array(_)
                | Shape::Element(_) => self.wrong_type(name, "an object", node),
            },
            Holds::Sized(min, max, inner) => {
                self.check_value(name, inner, node);
                self.check_size(name, node, *min, *max);
            }
            Holds::Word(words) => match node.as_str() {
                Some(word) if words.contains(&word) => {}
                Some(word) => self.invalid_word(name, word, words, node),
                None => self.wrong_type(name, &words_text(words), node),
            },
            Holds::Number(min, max) => self.check_number(name, node, bound(*min), bound(*max), "a number"),
            Holds::Integer(min, max) => self.check_number(name, node, bound(*min), bound(*max), "a whole number"),
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
                    self.wrong_type(name, &any_of(options), node);
                }
            },
        }
    }

    fn check_text(&mut self, name: &dyn Display, node: &Node) {
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

    pub(super) fn check_number(&mut self, name: &dyn Display, node: &Node, min: f64, max: f64, noun: &str) {
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
            let bounds = match (min == f64::NEG_INFINITY, max == f64::INFINITY) {
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

    fn check_bool(&mut self, name: &dyn Display, node: &Node) {
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

    /// Tells that there are too many items or fields, or too few.
    pub(super) fn check_size(&mut self, name: &dyn Display, node: &Node, min: u16, max: u16) {
        let (count, noun) = match &node.kind {
            Shape::Array(items) => (items.len(), "item"),
            Shape::Object(entries) => (entries.len(), "field"),
            Shape::String(scalar) => (scalar.text.chars().count(), "letter"),
            Shape::Null | Shape::Bool(_) | Shape::Number(_) | Shape::Element(_) => return,
        };
        let (word, bound) = match (count < usize::from(min), count > usize::from(max)) {
            (true, _) => ("at least", min),
            (_, true) => ("at most", max),
            (false, false) => return,
        };
        let vendor = self.vendor.invalid_value;
        let plural = if bound == 1 { "" } else { "s" };
        let message = format!("`{name}` must have {word} {bound} {noun}{plural}, found {count}");
        self.report_vendor(Diagnostic::new(&codes::INVALID_VALUE, node.span, message), vendor);
    }

    /// A text that has not the form it must have.
    pub(super) fn misformed(&mut self, name: &dyn Display, noun: &str, node: &Node) {
        let vendor = self.vendor.invalid_value;
        let message = format!("`{name}` must be {noun}, found {}", node.span.of(self.source));
        self.report_vendor(Diagnostic::new(&codes::INVALID_VALUE, node.span, message), vendor);
    }

    /// A word that is not one of those allowed.
    pub(crate) fn invalid_word(&mut self, name: &dyn Display, word: &str, words: &[&str], node: &Node) {
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
    pub(crate) fn wrong_type(&mut self, name: &dyn Display, expected: &str, node: &Node) {
        let message = format!("`{name}` must be {expected}, found {}", node.noun());
        let vendor = self.vendor.wrong_type;
        self.report_vendor(Diagnostic::new(&codes::WRONG_TYPE, node.span, message), vendor);
    }
}

/// Whether a text holds `${…}` or `%{…}`.
pub(crate) fn has_placeholder(text: &str) -> bool {
    crate::expr::next_hole(text).is_some()
}

pub(super) fn words_text(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

/// Whether a value has the shape of one, whatever stands inside.
pub(super) fn fits(holds: &Holds, node: &Node) -> bool {
    match (holds, &node.kind) {
        (Holds::Any | Holds::By(_), _)
        | (Holds::Text | Holds::Like(_) | Holds::Word(_), Shape::String(_))
        | (Holds::Number(..) | Holds::Integer(..), Shape::Number(_))
        | (Holds::Bool, Shape::Bool(_))
        | (Holds::Null, Shape::Null)
        | (Holds::Map | Holds::MapOf(_), Shape::Object(_))
        | (Holds::List | Holds::ListOf(_), Shape::Array(_)) => true,
        (Holds::Object(schema), Shape::Object(_)) => schema.claims(node),
        (Holds::Either(options), _) => options.iter().any(|option| fits(option, node)),
        (Holds::Sized(_, _, inner) | Holds::Literal(inner), _) => fits(inner, node),
        (
            Holds::Text
            | Holds::Like(_)
            | Holds::Word(_)
            | Holds::Placeholder
            | Holds::Number(..)
            | Holds::Integer(..)
            | Holds::Bool
            | Holds::Null
            | Holds::Map
            | Holds::MapOf(_)
            | Holds::Object(_)
            | Holds::List
            | Holds::ListOf(_),
            _,
        ) => false,
    }
}

/// What several options are called.
pub(super) fn any_of(options: &[Holds]) -> String {
    let mut nouns: Vec<String> = options
        .iter()
        .map(|option| match option {
            Holds::Object(Schema { tag: Some((key, None)), .. }) => format!("an object with `{key}`"),
            Holds::Object(Schema { tag: Some((key, Some(word))), .. }) => {
                format!("an object whose `{key}` is `{word}`")
            }
            Holds::Word(words) => words_text(words),
            option => noun(option).to_string(),
        })
        .collect();
    nouns.dedup();
    nouns.join(" or ")
}

/// What a value is called, with an article.
pub(super) fn noun(holds: &Holds) -> &'static str {
    match holds {
        Holds::Text | Holds::Word(_) => "a string",
        Holds::Like(form) => form.noun,
        Holds::Placeholder => "a placeholder",
        Holds::Number(..) => "a number",
        Holds::Integer(..) => "a whole number",
        Holds::Bool => "true or false",
        Holds::Null => "nothing",
        Holds::Any => "anything",
        Holds::Map | Holds::MapOf(_) | Holds::Object(_) => "an object",
        Holds::List | Holds::ListOf(_) => "an array",
        Holds::Sized(_, _, inner) | Holds::Literal(inner) => noun(inner),
        Holds::By(own) => own.noun,
        Holds::Either(_) => "another form",
    }
}

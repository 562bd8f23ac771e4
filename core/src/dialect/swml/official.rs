//! What the official JSON schema (of 2026-08-21) says about a document.
//!
//! It is not the platform's own validator: it knows no shorthands, and sees neither labels nor
//! expressions. So it is asked separately, and its word is an error only where somebody wants it.

use super::method::{INVENTED, Method, Official, Screens, find, methods};
use crate::diag::{Diagnostic, Severity, codes, did_you_mean};
use crate::dialect::reader::{Reader, entries};
use crate::text::{Entry, Kind, Node};
use alloc::{format, string::String, vec::Vec};

/// Turns what was said about a document into what the schema says about it.
pub(super) fn judge(reader: &mut Reader<'_>, root: &Node) {
    let told = core::mem::take(&mut reader.diagnostics);
    document(reader, root);
    let mut found = core::mem::take(&mut reader.diagnostics);
    for mut diagnostic in told {
        let same = found.iter().position(|one| core::ptr::eq(one.code, diagnostic.code) && one.span == diagnostic.span);
        if let Some(same) = same {
            // Both have something against it: the platform's word has more to it.
            diagnostic.severity = found.remove(same).severity;
        } else if diagnostic.is_error() {
            diagnostic.severity = Severity::Warning;
            diagnostic.notes.push(String::from("the official schema does not see it"));
        }
        reader.report(diagnostic);
    }
    for mut diagnostic in found {
        diagnostic.vendor = None;
        diagnostic.notes.push(String::from("the official schema asks for it"));
        reader.report(diagnostic);
    }
}

/// A whole document.
pub(super) fn document(reader: &mut Reader<'_>, node: &Node) {
    let Kind::Object(fields) = &node.kind else {
        return reader.wrong_type(&"document", "an object with `sections`", node);
    };
    let mut sections = None;
    for field in fields {
        match field.key.text.as_str() {
            "sections" => sections = Some(&field.value),
            "version" if field.value.as_str() == Some("1.0.0") => {}
            "version" => reader.report(Diagnostic::new(
                &codes::INVALID_VALUE,
                field.value.span,
                format!("`version` must be the string `1.0.0`, found {}", field.value.span.of(reader.source)),
            )),
            other => {
                let message = format!("a document has no field `{other}`");
                reader.report(Diagnostic::new(&codes::UNKNOWN_FIELD, field.key.span, message));
            }
        }
    }
    let Some(sections) = sections else {
        let at = crate::span::Span::new(node.span.start, node.span.start.saturating_add(1).min(node.span.end));
        return reader.report(Diagnostic::new(&codes::MISSING_FIELD, at, "a document needs `sections`"));
    };
    if !matches!(sections.kind, Kind::Object(_)) {
        return reader.wrong_type(&"sections", "an object", sections);
    }
    if sections.entry("main").is_none() {
        reader.report(Diagnostic::new(
            &codes::MISSING_FIELD,
            sections.span,
            "a document needs a section called `main`",
        ));
    }
    for section in entries(sections) {
        list(reader, &format!("sections.{}", section.key.text), &section.value, false);
    }
}

/// Steps of a flow.
pub(super) fn steps(reader: &mut Reader<'_>, node: &Node) {
    list(reader, "steps", node, false);
}

/// Steps on a callee's leg.
pub(super) fn screening(reader: &mut Reader<'_>, node: &Node) {
    list(reader, "confirm", node, true);
}

fn list(reader: &mut Reader<'_>, name: &str, node: &Node, screening: bool) {
    match &node.kind {
        Kind::Array(items) => items.iter().for_each(|item| step(reader, item, screening)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Object(_) | Kind::Element(_) => {
            reader.wrong_type(&name, "an array of steps", node);
        }
    }
}

fn step(reader: &mut Reader<'_>, node: &Node, screening: bool) {
    let Kind::Object(fields) = &node.kind else {
        let mut diagnostic = Diagnostic::new(
            &codes::WRONG_TYPE,
            node.span,
            format!("a step must be an object with one method, found {}", node.noun()),
        );
        if let Some(name) = node.as_str().filter(|name| find(name).is_some()) {
            diagnostic = diagnostic.fix("write it out", node.span, format!("{{\"{name}\": {{}}}}"));
        }
        return reader.report(diagnostic);
    };
    let Some((first, rest)) = fields.split_first() else {
        return reader.report(Diagnostic::new(&codes::MISSING_FIELD, node.span, "a step needs a method"));
    };
    for extra in rest {
        let message = format!("a step has one method: `{}` stands beside `{}`", extra.key.text, first.key.text);
        reader.report(Diagnostic::new(&codes::UNKNOWN_STEP, extra.key.span, message));
    }
    match find(&first.key.text).filter(|method| method.is_official()) {
        Some(method) if screening && method.screens != Screens::Always => reader.report(Diagnostic::new(
            &codes::SCREENING,
            first.key.span,
            format!("`{}` may not be used inside `confirm`", first.key.text),
        )),
        Some(method) => value(reader, method, first),
        None => unknown(reader, first),
    }
}

fn unknown(reader: &mut Reader<'_>, entry: &Entry) {
    let name = entry.key.text.as_str();
    let mut diagnostic =
        Diagnostic::new(&codes::UNKNOWN_STEP, entry.key.span, format!("the official schema has no method `{name}`"));
    let known: Vec<&str> = methods().map(|method| method.schema.name).collect();
    if let Some((_, help)) = INVENTED.iter().find(|(invented, _)| *invented == name) {
        diagnostic = diagnostic.note(*help);
    } else if name == "if" {
        diagnostic = diagnostic.note("write `cond: [{when: …, then: […]}, {else: […]}]`");
    } else if let Some(near) = did_you_mean(name, known.iter().copied()).filter(|near| *near != name) {
        diagnostic = diagnostic.note(format!("did you mean `{near}`?"));
    }
    reader.report(diagnostic);
}

fn value(reader: &mut Reader<'_>, method: &'static Method, entry: &Entry) {
    let name = method.schema.name;
    match method.official {
        Official::Value(holds) => reader.official_value(&name, holds, &entry.value),
        Official::Object if matches!(entry.value.kind, Kind::Object(_)) => {
            reader.official_object(method.schema, &entry.value);
        }
        Official::Object => shorthand(reader, method, entry),
        Official::Unknown => {}
    }
}

/// A value in place of the parameters, which only the platform takes.
fn shorthand(reader: &mut Reader<'_>, method: &Method, entry: &Entry) {
    let (name, node) = (method.schema.name, &entry.value);
    let message = format!("`{name}` must be an object, found {}", node.noun());
    let mut diagnostic = Diagnostic::new(&codes::WRONG_TYPE, node.span, message);
    let text = node.span.of(reader.source);
    match (&node.kind, method.first) {
        (Kind::Null, _) if method.bare && text.is_empty() => {
            diagnostic = diagnostic.fix("write it out", node.span, " {}")
        }
        (Kind::Null, _) if method.bare => diagnostic = diagnostic.fix("write it out", node.span, "{}"),
        (Kind::String(scalar), Some(first)) => {
            let quoted = if scalar.plain { quote(&scalar.text) } else { String::from(text) };
            diagnostic = diagnostic.fix("write it out", node.span, format!("{{\"{first}\": {quoted}}}"));
        }
        (Kind::Number(_), Some(first)) => {
            diagnostic = diagnostic.fix("write it out", node.span, format!("{{\"{first}\": {text}}}"));
        }
        _ => {}
    }
    reader.report(diagnostic);
}

fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

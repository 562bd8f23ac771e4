//! Documents and sections.

use super::method::{INVENTED, find};
use super::{VENDOR, official, step::Steps};
use crate::diag::{Diagnostic, codes, did_you_mean};
use crate::dialect::Strictness;
use crate::dialect::reader::{Reader, entries};
use crate::ir::{GotoBudget, Policy, Section, SectionId};
use crate::span::Span;
use crate::text::{Entry, Kind, Node};
use crate::time::Millis;
use alloc::{format, string::ToString};

/// Debug markers that may stand anywhere and mean nothing.
pub(super) const MARKERS: &[&str] = &[":l", ":c", ":i"];

/// Reads a whole document.
pub(crate) fn read<'a>(source: &'a str, root: &Node, strictness: Strictness) -> Reader<'a> {
    read_into(Reader::new(source, &VENDOR), root, strictness)
}

/// Reads a document that stands in a text of another one.
pub(super) fn read_inner<'a>(source: &'a str, root: &Node) -> Reader<'a> {
    read_into(Reader { inner: true, ..Reader::new(source, &VENDOR) }, root, Strictness::Platform)
}

fn read_into<'a>(mut reader: Reader<'a>, root: &Node, strictness: Strictness) -> Reader<'a> {
    reader.program.policy = Policy {
        screening_keeps: None,
        unanswered_end: 486,
        refused: 500,
        goto_budget: Some(GotoBudget { total: 32, silent: 8 }),
        ring_window: Some(Millis(20_000)),
    };
    match &root.kind {
        Kind::Array(_) => compact(&mut reader, root),
        Kind::Object(_) => full(&mut reader, root),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Element(_) => {
            reader.wrong_type(&"document", "an object with `sections`, or an array of steps", root);
        }
    }
    reader.leftovers(root);
    match strictness {
        Strictness::Platform => {}
        Strictness::Schema => official::judge(&mut reader, root),
    }
    reader
}

/// A bare list of steps is a document of just `main`.
fn compact(reader: &mut Reader<'_>, root: &Node) {
    let body = reader.program.block(alloc::vec::Vec::new());
    reader.program.sections.push(Section { name: "main".to_string(), span: root.span, body });
    reader.program.entry = Some(SectionId(0));
    section_body(reader, SectionId(0), root);
}

fn full(reader: &mut Reader<'_>, root: &Node) {
    let mut sections = None;
    for entry in entries(root) {
        match entry.key.text.as_str() {
            "sections" => sections = Some(entry),
            "version" => version(reader, entry),
            "meta" => {
                let message = "`meta` at the top of a document has no effect".to_string();
                reader.report(Diagnostic::new(&codes::IGNORED, entry.key.span, message));
            }
            marker if MARKERS.contains(&marker) => {}
            other => {
                let message = format!("a document has no field `{other}`");
                let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, entry.key.span, message)
                    .vendor("relay_script_element_undefined");
                if let Some(near) = did_you_mean(other, ["sections", "version"]) {
                    diagnostic = diagnostic.note(format!("did you mean `{near}`?"));
                } else if other == "main" {
                    diagnostic = diagnostic.note("sections stand inside `sections:`");
                }
                reader.report(diagnostic);
            }
        }
    }
    let Some(sections) = sections else {
        let at = Span::new(root.span.start, root.span.start.saturating_add(1).min(root.span.end));
        return reader.report(
            Diagnostic::new(&codes::MISSING_FIELD, at, "a document needs `sections`")
                .vendor("relay_script_sections_missing"),
        );
    };
    if !matches!(sections.value.kind, Kind::Object(_)) {
        return reader.wrong_type(&"sections", "an object", &sections.value);
    }
    // All names first: a step may name a section that comes later.
    for entry in entries(&sections.value).iter().filter(|entry| !MARKERS.contains(&entry.key.text.as_str())) {
        let body = reader.program.block(alloc::vec::Vec::new());
        let (name, span) = (entry.key.text.clone(), entry.key.span);
        if !plain_name(&name) {
            let message = format!("the section name `{name}` is outside letters, digits, `_`, `$` and `-`");
            reader.report(Diagnostic::new(&codes::SILENT, span, message));
        }
        reader.program.sections.push(Section { name, span, body });
    }
    reader.program.entry = reader.program.find_section("main");
    if reader.program.entry.is_none() {
        reader.report(
            Diagnostic::new(&codes::MISSING_FIELD, sections.key.span, "a document needs a section called `main`")
                .vendor("relay_script_main_section_missing"),
        );
    }
    let bodies = entries(&sections.value).iter().filter(|entry| !MARKERS.contains(&entry.key.text.as_str()));
    for (index, entry) in bodies.enumerate() {
        section(reader, SectionId(index as u32), entry);
    }
}

fn plain_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '$' | '-'))
        && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '-'))
}

fn version(reader: &mut Reader<'_>, entry: &Entry) {
    let text = reader.scalar(&entry.value);
    if text != "1.0.0" {
        let fixed = reader.requote(entry.value.span, "1.0.0");
        reader.report(
            Diagnostic::new(
                &codes::INVALID_VALUE,
                entry.value.span,
                format!("`version` must be `1.0.0`, found `{text}`"),
            )
            .vendor("relay_script_version_invalid")
            .note("leave it out, or write it so: there is no other version")
            .fix("use 1.0.0", entry.value.span, fixed),
        );
    }
}

/// A section is a list of steps, one step, or an object with `code`.
fn section(reader: &mut Reader<'_>, id: SectionId, entry: &Entry) {
    let Some(code) = entry.value.entry("code") else {
        if let Kind::Object(fields) = &entry.value.kind
            && !fields.iter().any(|field| is_step(&field.key.text))
        {
            return code_missing(reader, entry, fields);
        }
        return section_body(reader, id, &entry.value);
    };
    for other in entries(&entry.value) {
        if !["code", "meta"].contains(&other.key.text.as_str()) && !MARKERS.contains(&other.key.text.as_str()) {
            let message = format!("a section in object form has only `code` and `meta`, found `{}`", other.key.text);
            reader.report(
                Diagnostic::new(&codes::UNKNOWN_FIELD, other.key.span, message)
                    .vendor("relay_script_section_parameter_undefined"),
            );
        }
    }
    section_body(reader, id, &code.value);
}

/// Whether a key makes an object a step, rather than a section in object form.
fn is_step(key: &str) -> bool {
    find(key).is_some() || INVENTED.iter().any(|(invented, _)| *invented == key)
}

fn code_missing(reader: &mut Reader<'_>, entry: &Entry, fields: &[Entry]) {
    let message = format!("the section `{}` needs `code`", entry.key.text);
    let mut diagnostic = Diagnostic::new(&codes::MISSING_FIELD, entry.value.span, message)
        .vendor("relay_script_section_code_missing")
        .note("a section is a list of steps, one step, or an object with `code` and perhaps `meta`");
    let near = |field: &&Entry| {
        did_you_mean(&field.key.text, ["code"]).is_some() || ["steps", "main"].contains(&field.key.text.as_str())
    };
    if let Some(field) = fields.iter().find(near) {
        let text = reader.requote(field.key.span, "code");
        diagnostic = diagnostic.fix("rename to `code`", field.key.span, text);
    }
    reader.report(diagnostic);
}

fn section_body(reader: &mut Reader<'_>, id: SectionId, node: &Node) {
    let mut steps = Steps::new(reader);
    let block = steps.list(node, 0);
    steps.finish(&block);
    if let Some(section) = reader.program.sections.get(id.0 as usize) {
        let body = section.body;
        reader.program.replace_block(body, block);
    }
}

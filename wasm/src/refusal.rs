//! What is thrown: the JSON text of an object that `pkg/src/errors.ts` makes an error of.

use patchcord_core::diag;
use patchcord_core::dialect::outline;
use patchcord_core::engine::Loaded;
use patchcord_core::span::Span;
use patchcord_core::text::LineIndex;
use patchcord_core::wire::{Range, Report};
use serde::Serialize;
use wasm_bindgen::prelude::JsError;

/// Why something is refused.
#[derive(Serialize)]
pub(crate) struct Refusal {
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
    #[serde(skip_serializing_if = "Option::is_none")]
    node: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reports: Vec<Report>,
}

impl Refusal {
    /// A text that is refused for what stands at a place of it.
    pub(crate) fn at(code: &'static str, text: &str, span: Span, message: String) -> Refusal {
        Refusal { code, message, range: Some(range(text, span)), node: None, reports: Vec::new() }
    }

    /// A document that cannot be run.
    pub(crate) fn document(file: &str, loaded: &Loaded) -> Refusal {
        let why = loaded.first_error().unwrap_or_else(|| "no dialect was recognised".to_string());
        let place = loaded.first_mistake();
        let mut node = None;
        if let (Some(place), (_, Some(outline))) = (place, outline(&loaded.source, loaded.dialect)) {
            // Outer steps come first: the last one around the place is the innermost.
            outline.each(&mut |step| {
                if step.span.start <= place.start && place.end <= step.span.end {
                    node = Some(step.id.clone());
                }
            });
        }
        Refusal {
            code: "document",
            message: format!("the document cannot be run: {why}"),
            range: place.map(|place| range(&loaded.source, place)),
            node,
            reports: diag::json(file, &loaded.source, &loaded.diagnostics),
        }
    }

    /// A scenario that cannot be read.
    pub(crate) fn scenario(text: &str, reports: Vec<Report>) -> Refusal {
        let first = reports.first().map(|report| {
            let lines = LineIndex::new(text);
            let offset = |line: u32, column: u32| {
                let before = lines.text(line).chars().take(column.saturating_sub(1) as usize);
                lines.utf16(lines.start(line)) + before.map(|letter| letter.len_utf16() as u32).sum::<u32>()
            };
            Range { from: offset(report.line, report.column), to: offset(report.end_line, report.end_column) }
        });
        let message = "the scenario is refused".to_string();
        Refusal { code: "scenario", message, range: first, node: None, reports }
    }
}

impl From<Refusal> for JsError {
    fn from(refusal: Refusal) -> JsError {
        JsError::new(&serde_json::to_string(&refusal).unwrap_or_default())
    }
}

/// A place of a text as JavaScript counts.
pub(crate) fn range(text: &str, span: Span) -> Range {
    let lines = LineIndex::new(text);
    Range { from: lines.utf16(span.start), to: lines.utf16(span.end) }
}

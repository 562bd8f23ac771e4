//! Changes of a document's text, asked for by its meaning.
//!
//! Text is the only truth: an operation gives the least text that must change, and leaves comments,
//! order, quotes, indentation and line ends as they are. What cannot be done so is refused.

mod draft;
mod field;
mod format;
mod fragment;
mod list;
mod minimal;
mod port;
mod section;
mod step;
#[cfg(test)]
mod tests;
mod xml;

pub use format::format;

use crate::dialect;
use crate::span::Span;
use crate::wire::{Dialect, Edit, EditKind, TextEdit};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use draft::Draft;

/// Why an edit is not made: what was expected, and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

/// The least text that must change for an edit. Offsets are in bytes; edits are in order and do
/// not touch each other.
pub fn apply_edit(source: &str, dialect: Option<Dialect>, edit: &Edit) -> Result<Vec<TextEdit>, Refused> {
    let mut draft = Draft::new(source, dialect)?;
    let before = draft.mistakes();
    match edit.op {
        EditKind::InsertAfter => step::insert_after(&mut draft, edit)?,
        EditKind::InsertOnEdge => step::insert_on_edge(&mut draft, edit)?,
        EditKind::SetProp => field::set_prop(&mut draft, edit)?,
        EditKind::UnsetProp => field::unset_prop(&mut draft, edit)?,
        EditKind::Delete => step::delete(&mut draft, edit)?,
        EditKind::DeleteAndReconnect => step::reconnect(&mut draft, edit)?,
        EditKind::Move => step::relocate(&mut draft, edit)?,
        EditKind::Connect => port::connect(&mut draft, edit)?,
        EditKind::Disconnect => port::disconnect(&mut draft, edit)?,
        EditKind::ExtractSection => section::extract(&mut draft, edit)?,
        EditKind::InlineSection => section::inline(&mut draft, edit)?,
        EditKind::RenameSection => section::rename(&mut draft, edit)?,
        EditKind::Wrap => step::wrap(&mut draft, edit)?,
        EditKind::ConvertFormat => return format::convert(&draft, edit),
    }
    if draft.mistakes() > before {
        return Err(Refused("this cannot be written into the document without breaking its syntax".to_string()));
    }
    Ok(minimal::edits(source, &draft.text))
}

/// Where the step or section stands that an edit is about, if there is one.
#[must_use]
pub fn place(source: &str, dialect: Option<Dialect>, edit: &Edit) -> Option<Span> {
    let outline = dialect::outline(source, dialect).1?;
    let mut found = None;
    if let Some(node) = &edit.node {
        outline.each(&mut |step| {
            if step.id == *node {
                found = Some(step.span);
            }
        });
    } else if let Some(section) = &edit.section {
        found = outline.parts.iter().find(|part| part.name == *section).map(|part| part.name_span);
    }
    found
}

/// The text with edits made.
#[must_use]
pub fn edited(source: &str, edits: &[TextEdit]) -> String {
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for edit in edits {
        text.push_str(source.get(at..edit.from as usize).unwrap_or(""));
        text.push_str(&edit.text);
        at = edit.to as usize;
    }
    text.push_str(source.get(at..).unwrap_or(""));
    text
}

/// What an operation cannot do without.
fn need<'e, T>(field: &'e Option<T>, name: &str) -> Result<&'e T, Refused> {
    field.as_ref().ok_or_else(|| Refused(format!("expected `{name}` for this operation")))
}

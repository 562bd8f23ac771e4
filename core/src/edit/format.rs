//! Whole documents: written in another syntax, or evenly.

use super::draft::Draft;
use super::fragment::{Style, tall, value_of, write};
use super::{Refused, minimal, need};
use crate::dialect;
use crate::text::{Child, Format, Kind, Node, Tree};
use crate::wire::{Dialect, Edit, TextEdit};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// The edits that write a document evenly: brackets, indentation and blank lines, nothing else.
/// A document that cannot be read is left alone.
#[must_use]
pub fn format(source: &str, dialect: Option<Dialect>) -> Vec<TextEdit> {
    let (tree, _) = dialect::outline(source, dialect);
    let Some(root) = tree.root.as_ref().filter(|_| !tree.is_refused()) else { return Vec::new() };
    let even = match tree.format {
        Format::Json if tree.comments.is_empty() && tree.problems.is_empty() => json(source, root, 0) + "\n",
        Format::Json => return Vec::new(),
        Format::Yaml => yaml(source, root),
        Format::Xml => xml(source, &tree, root),
    };
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let even = if tree.format == Format::Json { even.replace('\n', newline) } else { even };
    minimal::edits(source, &even)
}

/// JSON with two spaces a level. What was on one line stays there while it fits.
fn json(source: &str, node: &Node, indent: usize) -> String {
    let text = node.span.of(source);
    let (open, close, parts): (char, char, Vec<String>) = match &node.kind {
        Kind::Array(items) => ('[', ']', items.iter().map(|item| json(source, item, indent + 2)).collect()),
        Kind::Object(entries) => {
            let entry = |entry: &crate::text::Entry| {
                format!("{}: {}", entry.key.span.of(source), json(source, &entry.value, indent + 2))
            };
            ('{', '}', entries.iter().map(entry).collect())
        }
        _ => return text.to_string(),
    };
    if parts.is_empty() {
        return format!("{open}{close}");
    }
    let inside = text.get(1..).unwrap_or("");
    let apart = inside.get(..inside.len() - inside.trim_start().len()).is_some_and(|gap| gap.contains('\n'));
    let length: usize = parts.iter().map(|part| part.len() + 2).sum();
    if !apart && indent + length <= 100 && !parts.iter().any(|part| part.contains('\n')) {
        return format!("{open}{}{close}", parts.join(", "));
    }
    let pad = " ".repeat(indent);
    let lines: Vec<String> = parts.iter().map(|part| format!("{pad}  {part}")).collect();
    format!("{open}\n{}\n{pad}{close}", lines.join(",\n"))
}

/// YAML without space at the ends of lines, and without several blank lines. Texts stay.
fn yaml(source: &str, root: &Node) -> String {
    let mut kept: Vec<(usize, usize)> = Vec::new();
    texts(source, root, &mut kept);
    let mut out = String::with_capacity(source.len());
    let (mut at, mut blank) = (0, false);
    for line in source.split_inclusive('\n') {
        let end = at + line.len();
        let inside = kept.iter().any(|(from, to)| *from < end && at < *to);
        let body = line.trim_end_matches(['\n', '\r']);
        let newline = line.get(body.len()..).unwrap_or("");
        let even = if inside { body } else { body.trim_end_matches([' ', '\t']) };
        let is_blank = even.is_empty() && !inside;
        if !(is_blank && blank) {
            out.push_str(even);
            out.push_str(newline);
        }
        blank = is_blank;
        at = end;
    }
    let body = out.trim_end_matches(['\n', '\r', ' ']).len();
    if !kept.iter().any(|(_, to)| *to >= source.len()) {
        out.truncate(body);
        out.push_str(if source.contains("\r\n") { "\r\n" } else { "\n" });
    }
    out
}

/// Texts over several lines, with the blank lines behind them.
fn texts(source: &str, node: &Node, kept: &mut Vec<(usize, usize)>) {
    match &node.kind {
        Kind::String(_) if node.span.of(source).contains('\n') || node.span.of(source).starts_with(['|', '>']) => {
            let (start, end) = (node.span.start as usize, node.span.end as usize);
            let rest = source.get(end..).unwrap_or("");
            kept.push((start, end + rest.len() - rest.trim_start().len()));
        }
        Kind::Array(items) => items.iter().for_each(|item| texts(source, item, kept)),
        Kind::Object(entries) => entries.iter().for_each(|entry| texts(source, &entry.value, kept)),
        _ => {}
    }
}

/// XML with two spaces a level, where nothing but elements stands in an element.
fn xml(source: &str, tree: &Tree, root: &Node) -> String {
    let mut levels: Vec<(usize, usize)> = Vec::new();
    elements(source, tree, root, 0, &mut levels);
    crate::order::sort_by_key(&mut levels, |(at, _)| *at);
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let body = line.trim_start_matches([' ', '\t']);
        let start = at + line.len() - body.len();
        match levels.binary_search_by_key(&start, |(place, _)| *place).ok().and_then(|found| levels.get(found)) {
            Some((_, depth)) => {
                out.push_str(&"  ".repeat(*depth));
                out.push_str(body);
            }
            None => out.push_str(line),
        }
        at += line.len();
    }
    out
}

/// Where elements, closing tags and comments begin that may be moved, and how deep they stand.
fn elements(source: &str, tree: &Tree, node: &Node, depth: usize, levels: &mut Vec<(usize, usize)>) {
    let Kind::Element(element) = &node.kind else { return };
    levels.push((node.span.start as usize, depth));
    let mixed =
        element.children.iter().any(|child| matches!(child, Child::Text { text, .. } if !text.trim().is_empty()));
    if mixed {
        return;
    }
    if let Some(close) = element.close {
        levels.push((close.start as usize, depth));
        let own = |start: u32| element.open.end <= start && start < close.start;
        let children: Vec<&Node> = element
            .children
            .iter()
            .filter_map(|child| match child {
                Child::Element(node) => Some(node),
                Child::Text { .. } => None,
            })
            .collect();
        let inner = |start: u32| children.iter().any(|node| node.span.start <= start && start < node.span.end);
        let comments = tree.comments.iter().filter(|comment| own(comment.start) && !inner(comment.start));
        let short = comments.filter(|comment| !comment.of(source).contains('\n'));
        levels.extend(short.map(|comment| (comment.start as usize, depth + 1)));
        children.iter().for_each(|node| elements(source, tree, node, depth + 1, levels));
    }
}

/// The document in the other syntax.
pub(super) fn convert(draft: &Draft, edit: &Edit) -> Result<Vec<TextEdit>, Refused> {
    let wanted = match need(&edit.format, "format")?.as_str() {
        "json" => Format::Json,
        "yaml" => Format::Yaml,
        other => return Err(Refused(format!("expected `json` or `yaml`, found `{other}`"))),
    };
    if draft.tree.format == Format::Xml {
        return Err(Refused("this platform's documents are XML".to_string()));
    }
    if draft.tree.is_refused() {
        return Err(Refused("expected a document without mistakes in its syntax".to_string()));
    }
    if wanted == draft.tree.format {
        return Ok(Vec::new());
    }
    let style = Style { format: wanted, flow: false, unit: 2, tight: false };
    let value = value_of(draft.root()?, &draft.text);
    let mut text = if wanted == Format::Json { tall(&value, style, 0) } else { write(&value, style, 0) };
    text.push('\n');
    let after = Draft::new(&text, Some(draft.outline.dialect))?;
    if after.mistakes() > 0 || after.tree.format != wanted {
        return Err(Refused("this platform's documents are JSON".to_string()));
    }
    let to = draft.text.len() as u32;
    Ok(Vec::from([TextEdit { from: 0, to, text }]))
}

//! Pieces of a document on their way into it: values to be written, or text that was taken out.

use super::draft::Draft;
use crate::text::{Format, Kind, Node, TextLimits, read};
use crate::value::{Object, Value, number_text};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Something to put into a document.
#[derive(Clone)]
pub(super) enum Fragment {
    /// A value to be written.
    Value(Value),
    /// Text as it was written; its lines begin where they began relative to the first one.
    Text {
        /// The text.
        text: String,
        /// It is YAML by indentation.
        block: bool,
        /// The same as a value, for where it cannot be put as it is.
        value: Value,
    },
}

/// How a document writes values.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) format: Format,
    /// In brackets, on one line.
    pub(super) flow: bool,
    /// Spaces of one level.
    pub(super) unit: usize,
    /// No spaces behind `:` and `,`.
    pub(super) tight: bool,
}

impl Draft {
    /// A value as text that can be put elsewhere: with the comment behind it in its line.
    pub(super) fn take(&self, node: &Node) -> Fragment {
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        let block = self.block(node);
        let end = if self.tree.format == Format::Yaml && self.leads_item(start) { self.comment_end(end) } else { end };
        let pad = if block { " ".repeat(self.column(start)) } else { self.lead(start).to_string() };
        let text = dedent(self.text.get(start..end).unwrap_or(""), &pad);
        Fragment::Text { text, block, value: value_of(node, &self.text) }
    }

    /// Whether a value is an item written behind a dash.
    fn leads_item(&self, at: usize) -> bool {
        let head = self.text.get(self.line_start(at)..at).unwrap_or("");
        head.trim() == "-"
    }

    /// The end of a comment behind a value in its line, or the end of the value.
    pub(super) fn comment_end(&self, end: usize) -> usize {
        let line = self.text.get(end..self.line_end(end)).unwrap_or("");
        if line.trim_start().starts_with('#') && line.starts_with([' ', '\t']) { end + line.len() } else { end }
    }

    /// How values are written beside what stands in a collection.
    pub(super) fn style(&self, flow: bool) -> Style {
        let json = self.tree.format == Format::Json;
        let tight = json && !self.text.contains("\": ") && self.text.contains("\":");
        Style { format: self.tree.format, flow, unit: self.unit, tight }
    }
}

impl Fragment {
    /// As text for a place; its lines but the first are indented by `indent`.
    pub(super) fn write(&self, style: Style, indent: usize) -> String {
        self.write_behind(style, indent, &" ".repeat(indent))
    }

    /// The same for lines that begin with `pad`, which may be of tabs.
    pub(super) fn write_behind(&self, style: Style, indent: usize, pad: &str) -> String {
        match self {
            Fragment::Value(value) => write(value, style, indent),
            Fragment::Text { block: true, value, .. } if style.flow || style.format != Format::Yaml => {
                write(value, style, indent)
            }
            Fragment::Text { text, .. } => {
                let mut lines = text.split('\n');
                let mut out = lines.next().unwrap_or("").to_string();
                for line in lines {
                    out.push('\n');
                    if !line.is_empty() {
                        out.push_str(pad);
                        out.push_str(line);
                    }
                }
                out
            }
        }
    }

    /// As a value.
    pub(super) fn value(&self) -> &Value {
        match self {
            Fragment::Value(value) | Fragment::Text { value, .. } => value,
        }
    }
}

/// A value as text.
pub(super) fn write(value: &Value, style: Style, indent: usize) -> String {
    match (style.format, style.flow) {
        (Format::Yaml, false) => block(value, style, indent),
        (Format::Yaml, true) => inline(value, style),
        (Format::Json | Format::Xml, true) => inline(value, style),
        (Format::Json | Format::Xml, false) => {
            let short = inline(value, style);
            if short.len() + indent <= WIDTH && nests(value) < 3 { short } else { tall(value, style, indent) }
        }
    }
}

/// JSON over several lines.
pub(super) fn tall(value: &Value, style: Style, indent: usize) -> String {
    let inner = " ".repeat(indent + style.unit);
    let pad = " ".repeat(indent);
    match value {
        Value::Array(items) if !items.is_empty() => {
            let items: Vec<String> =
                items.iter().map(|item| format!("{inner}{}", write(item, style, indent + style.unit))).collect();
            format!("[\n{}\n{pad}]", items.join(",\n"))
        }
        Value::Object(object) if !object.is_empty() => {
            let pairs: Vec<String> = object
                .iter()
                .map(|(key, value)| format!("{inner}{}: {}", quoted(key), write(value, style, indent + style.unit)))
                .collect();
            format!("{{\n{}\n{pad}}}", pairs.join(",\n"))
        }
        other => inline(other, style),
    }
}

/// A value in one line.
fn inline(value: &Value, style: Style) -> String {
    let (colon, comma) = if style.tight { (":", ",") } else { (": ", ", ") };
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(item, style)).collect();
            format!("[{}]", items.join(comma))
        }
        Value::Object(object) => {
            let pairs: Vec<String> = object
                .iter()
                .map(|(key, value)| format!("{}{colon}{}", text(key, style, true), inline(value, style)))
                .collect();
            format!("{{{}}}", pairs.join(comma))
        }
        scalar => scalar_text(scalar, style, true),
    }
}

/// YAML by indentation. The first line is not indented.
fn block(value: &Value, style: Style, indent: usize) -> String {
    let pad = " ".repeat(indent);
    match value {
        Value::Array(items) if !items.is_empty() => {
            let items: Vec<String> = items.iter().map(|item| format!("- {}", block(item, style, indent + 2))).collect();
            items.join(&format!("\n{pad}"))
        }
        Value::Object(object) if !object.is_empty() => {
            let pairs: Vec<String> = object
                .iter()
                .map(|(key, value)| {
                    let key = text(key, style, false);
                    match value {
                        Value::Array(items) if !items.is_empty() => {
                            format!("{key}:\n{pad}  {}", block(value, style, indent + 2))
                        }
                        Value::Object(inner) if !inner.is_empty() => {
                            format!("{key}:\n{pad}  {}", block(value, style, indent + 2))
                        }
                        scalar => format!("{key}: {}", block(scalar, style, indent + 2)),
                    }
                })
                .collect();
            pairs.join(&format!("\n{pad}"))
        }
        Value::Array(_) => "[]".to_string(),
        Value::Object(_) => "{}".to_string(),
        scalar => scalar_text(scalar, style, false),
    }
}

/// A scalar as text.
pub(super) fn scalar_text(value: &Value, style: Style, flow: bool) -> String {
    match value {
        Value::Null => "null".to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number_text(*number),
        Value::String(string) => text(string, style, flow),
        Value::Array(_) | Value::Object(_) => inline(value, style),
    }
}

/// A text, in quotes where it needs them.
fn text(string: &str, style: Style, flow: bool) -> String {
    if style.format == Format::Yaml && plain(string, flow) { string.to_string() } else { quoted(string) }
}

/// A text in double quotes.
pub(super) fn quoted(string: &str) -> String {
    Value::String(string.to_string()).to_json()
}

/// Whether YAML reads a text without quotes as that text.
fn plain(string: &str, flow: bool) -> bool {
    if string.is_empty() || string.contains(['\n', '\r', '\t']) || string.trim() != string {
        return false;
    }
    if matches!(string.to_ascii_lowercase().as_str(), "yes" | "no" | "on" | "off" | "y" | "n" | "~" | "null") {
        return false;
    }
    let source = if flow { format!("[{string}]") } else { format!("- {string}") };
    let tree = read(&source, Some(Format::Yaml), &TextLimits::default());
    let only = match tree.root.map(|root| root.kind) {
        Some(Kind::Array(items)) => items,
        _ => return false,
    };
    tree.problems.is_empty()
        && tree.comments.is_empty()
        && matches!(only.as_slice(), [Node { kind: Kind::String(scalar), .. }] if scalar.text == string && scalar.plain)
}

fn nests(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(nests).max().unwrap_or(0),
        Value::Object(object) => 1 + object.iter().map(|(_, value)| nests(value)).max().unwrap_or(0),
        _ => 0,
    }
}

/// A node as a value.
pub(super) fn value_of(node: &Node, source: &str) -> Value {
    match &node.kind {
        Kind::Null | Kind::Element(_) => Value::Null,
        Kind::Bool(truth) => Value::Bool(*truth),
        // `+1555…` without quotes is more than its number.
        Kind::Number(_) if node.span.of(source).starts_with('+') => Value::String(node.span.of(source).to_string()),
        Kind::Number(number) => Value::Number(*number),
        Kind::String(scalar) => Value::String(scalar.text.clone()),
        Kind::Array(items) => Value::Array(items.iter().map(|item| value_of(item, source)).collect()),
        Kind::Object(entries) => {
            let pairs = entries.iter().map(|entry| (entry.key.text.clone(), value_of(&entry.value, source)));
            Value::Object(pairs.collect::<Object>())
        }
    }
}

/// A text whose lines but the first lose what they begin with, or as much of it as they have.
fn dedent(text: &str, pad: &str) -> String {
    let mut lines = text.lines();
    let mut out = lines.next().unwrap_or("").to_string();
    for line in lines {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        out.push('\n');
        out.push_str(line.strip_prefix(pad).or_else(|| line.get(spaces.min(pad.len())..)).unwrap_or(""));
    }
    out
}

/// Characters of a line, at most, that something new is written into.
const WIDTH: usize = 100;

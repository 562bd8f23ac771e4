//! What the tests of this room compare: a tree and its problems as short text.

use super::{Child, Format, Kind, LineIndex, Node, TextLimits, read};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Reads `source`; the tree must look like `tree` and the problems like `problems`, one a line:
/// `line:column code: message` and, where there is a fix, ` => ` and the fix.
pub(super) fn check(format: Format, source: &str, tree: &str, problems: &[&str]) {
    let read = read(source, Some(format), &TextLimits::default());
    let lines = LineIndex::new(source);
    let told: Vec<String> = read
        .problems
        .iter()
        .map(|problem| {
            let (line, column) = lines.line_column(problem.span.start);
            let fix = problem.fix.as_ref().map(|fix| format!(" => {fix}")).unwrap_or_default();
            format!("{line}:{column} {}: {}{fix}", problem.code.id, problem.message)
        })
        .collect();
    assert_eq!(told, problems, "{source}");
    assert_eq!(read.root.as_ref().map(shape).unwrap_or_default(), tree, "{source}");
}

/// The tree as JSON-like text; XML as XML-like text.
fn shape(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "null".into(),
        Kind::Bool(truth) => truth.to_string(),
        Kind::Number(number) => number.to_string(),
        Kind::String(scalar) => format!("{:?}", scalar.text),
        Kind::Array(items) => format!("[{}]", items.iter().map(shape).collect::<Vec<_>>().join(", ")),
        Kind::Object(entries) => {
            let entry = |entry: &super::Entry| format!("{}: {}", entry.key.text, shape(&entry.value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Kind::Element(element) => {
            let attribute = |a: &super::Attribute| format!(" {}={:?}", a.name, a.value);
            let child = |child: &Child| match child {
                Child::Element(node) => shape(node),
                Child::Text { text, .. } => format!("{text:?}"),
            };
            format!(
                "<{}{}>{}</>",
                element.name,
                element.attributes.iter().map(attribute).collect::<String>(),
                element.children.iter().map(child).collect::<String>()
            )
        }
    }
}

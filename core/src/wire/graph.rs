//! A document as nodes and edges, for people who look at it.

use crate::span::Span;
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// A document as nodes and edges.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Graph {
    /// The platform, if the document's own shape or somebody told it.
    pub dialect: Option<super::Dialect>,
    /// Sections, in document order.
    pub groups: Vec<GraphGroup>,
    /// Steps, in document order, outer ones first.
    pub nodes: Vec<GraphNode>,
    /// What leads where.
    pub edges: Vec<GraphEdge>,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphGroup {
    /// Its name.
    pub name: String,
    /// The call begins here.
    pub entry: bool,
    /// Where its steps stand.
    pub range: Range,
    /// Where its name stands.
    pub name_range: Range,
    /// The node it begins with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// What happens at its end.
    pub end: &'static str,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphNode {
    /// Its path in the document: the same as long as nothing is put before it in its list.
    pub id: String,
    /// A number made from its text: the same when the step only moved.
    pub print: u32,
    /// A step, or one that cannot be read.
    pub kind: NodeKind,
    /// The vendor's name of it.
    pub verb: String,
    /// What kind of step that is, as the vocabulary has it.
    pub category: &'static str,
    /// What it does, in a few words of the document.
    pub summary: String,
    /// Which group it stands in.
    pub group: u32,
    /// Where it stands.
    pub range: Range,
    /// Its first line, from 1.
    pub line: u32,
    /// The node that it stands inside of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The port of that node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_port: Option<String>,
    /// The name that jumps know it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How it may end.
    pub ports: Vec<GraphPort>,
    /// Whom it dials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<GraphRows>,
    /// The first mistake in it, or why it cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Nothing leads here.
    #[serde(skip_serializing_if = "is_false")]
    pub unreachable: bool,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// A step.
    Step,
    /// A part of the document that cannot be read.
    Error,
}

/// One way a step may end.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphPort {
    /// The platform's word.
    pub name: String,
    /// The same for people.
    pub label: String,
    /// The node it leads to, if the author said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What happens where the author said nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Something can be put there.
    pub open: bool,
    /// It is no outcome: it runs while the step goes on.
    #[serde(skip_serializing_if = "is_false")]
    pub aside: bool,
}

/// Those whom a step dials.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphRows {
    /// In which order.
    pub order: RowOrder,
    /// One after another in the document.
    pub targets: Vec<GraphRow>,
}

/// In which order targets are dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowOrder {
    /// All at once.
    Parallel,
    /// One after another.
    Sequential,
    /// Groups one after another, the targets of a group at once.
    SerialParallel,
}

/// One who is dialled.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphRow {
    /// The address as written.
    pub to: String,
    /// Seconds it rings, as written or as the platform has it.
    pub timeout: String,
    /// Its turn among those tried one after another, from 0.
    pub turn: u32,
    /// Where it stands.
    pub range: Range,
}

/// What leads where.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GraphEdge {
    /// How.
    pub kind: EdgeKind,
    /// The node that it leaves.
    pub from: String,
    /// The port that it leaves by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<String>,
    /// The node that it reaches, if that is in this document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What it reaches outside, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Words beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// How an edge leads on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EdgeKind {
    /// The next step.
    Sequence,
    /// An outcome of a step.
    Outcome,
    /// There and back again.
    Call,
    /// There, for good.
    Jump,
    /// A jump to what came before.
    Loop,
    /// Another document.
    Document,
    /// A web server that is told or asked.
    Webhook,
}

/// A range that a door may count in other units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Range {
    /// The offset of the first character: in bytes, until [`Graph::count_by`].
    pub from: u32,
    /// The offset behind the last character.
    pub to: u32,
}

impl From<Span> for Range {
    fn from(span: Span) -> Range {
        Range { from: span.start, to: span.end }
    }
}

impl Graph {
    /// The same with every offset counted anew, for a door that counts otherwise than in bytes.
    #[must_use]
    pub fn count_by(mut self, offset: &dyn Fn(u32) -> u32) -> Graph {
        let count = |range: &mut Range| *range = Range { from: offset(range.from), to: offset(range.to) };
        for group in &mut self.groups {
            count(&mut group.range);
            count(&mut group.name_range);
        }
        for node in &mut self.nodes {
            count(&mut node.range);
            node.rows.iter_mut().flat_map(|rows| &mut rows.targets).for_each(|row| count(&mut row.range));
        }
        self
    }

    /// The node of an id.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&GraphNode> {
        self.nodes.iter().find(|node| node.id == id)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde calls it so
fn is_false(truth: &bool) -> bool {
    !*truth
}

//! Edits of a document: what is wanted, and the text that changes.

use crate::value::Value;
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// What is wanted. Which fields count depends on `op`; nodes are named by the ids of the graph.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Edit {
    /// The operation.
    pub op: EditKind,
    /// The node it is about; for an edge, the one that it leaves.
    pub node: Option<String>,
    /// The last node of those it is about, when they are several of one list.
    pub last: Option<String>,
    /// The port it is about.
    pub port: Option<String>,
    /// The node or section that is reached; for an edge, the node that it reaches.
    pub to: Option<String>,
    /// Move: behind this node.
    pub after: Option<String>,
    /// Move: in front of this node.
    pub before: Option<String>,
    /// A section by name.
    pub section: Option<String>,
    /// A new name.
    pub name: Option<String>,
    /// Where a property stands in the parameters of the node.
    pub path: Vec<String>,
    /// The property's new value.
    pub value: Option<Value>,
    /// A new step, as its dialect writes it.
    pub step: Option<Value>,
    /// Wrap: in what; `condition` or `loop`.
    pub with: Option<String>,
    /// A condition.
    pub when: Option<String>,
    /// How often a loop runs at most.
    pub max: Option<u32>,
    /// The syntax to write: `json` or `yaml`.
    pub format: Option<String>,
}

/// The operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditKind {
    /// Put `step` behind `node`, or at the beginning of `section`.
    #[default]
    InsertAfter,
    /// Put `step` on the edge from `node` (by `port`) to `to`.
    InsertOnEdge,
    /// Set the property at `path` to `value`.
    SetProp,
    /// Take the property at `path` away.
    UnsetProp,
    /// Take `node` away, with all it runs.
    Delete,
    /// Take `node` away; what its `port` runs, or the first port that runs anything, takes its place.
    DeleteAndReconnect,
    /// Put `node` elsewhere: `after` or `before` a node, or at the end of `section`.
    Move,
    /// Let `port` of `node` lead to `to`.
    Connect,
    /// Let `port` of `node` lead nowhere.
    Disconnect,
    /// Make the steps from `node` to `last` a section called `name`, and call it there.
    ExtractSection,
    /// Put the steps of the section that `node` calls in its place.
    InlineSection,
    /// Call `section` `name`, wherever it is named.
    RenameSection,
    /// Put the steps from `node` to `last` into a condition or a loop.
    Wrap,
    /// Write the document as JSON or as YAML.
    ConvertFormat,
}

/// A piece of text that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextEdit {
    /// The offset of the first character that goes: in bytes, until a door counts it otherwise.
    pub from: u32,
    /// The offset behind the last character that goes.
    pub to: u32,
    /// What comes instead.
    pub text: String,
}

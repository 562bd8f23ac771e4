//! Where the nodes and edges of a graph stand.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// Where everything stands, in pixels; the origin is at the top left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Layout {
    /// Nodes, in the order of the graph.
    pub nodes: Vec<NodePlace>,
    /// Edges, in the order of the graph.
    pub edges: Vec<EdgePath>,
    /// Groups, in the order of the graph.
    pub groups: Vec<Area>,
    /// All of it.
    pub width: i32,
    /// All of it.
    pub height: i32,
}

/// Where a node stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NodePlace {
    /// The node.
    pub id: String,
    /// Its column within the group, from 0.
    pub column: u32,
    /// Its layer within the group, from 0.
    pub layer: u32,
    /// Where and how large.
    #[serde(flatten)]
    pub area: Area,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Area {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// The way an edge goes: straight lines, each level or upright, from point to point.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EdgePath {
    /// `[x, y, x, y …]`.
    pub points: Vec<i32>,
}

/// Sizes, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct LayoutSizes {
    /// Width of a node.
    pub width: i32,
    /// Height of a node without ports and rows.
    pub height: i32,
    /// Height of a port or a row.
    pub row: i32,
    /// Between columns, and between layers.
    pub gap: i32,
    /// Above the nodes of a group.
    pub header: i32,
}

impl Default for LayoutSizes {
    fn default() -> LayoutSizes {
        LayoutSizes { width: 240, height: 56, row: 24, gap: 48, header: 40 }
    }
}

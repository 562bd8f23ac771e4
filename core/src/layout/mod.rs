//! Where the nodes of a graph stand.
//!
//! Layers by the longest path, columns by the document: a list of steps is one column, and what an
//! outcome runs stands in a column of its own to the right of it, outcomes in the order of the
//! document. Nothing has to be crossed for that, so no heuristic reorders what the author ordered,
//! and a step put in anywhere moves the others by one layer or one column at most. Whole numbers
//! only: equal graphs give equal pictures everywhere.

mod columns;
mod route;
#[cfg(test)]
mod tests;

use crate::wire::{Area, Graph, GraphNode, Layout, LayoutSizes, NodePlace};
use alloc::{vec, vec::Vec};
use columns::Columns;

/// Places everything.
#[must_use]
pub fn layout(graph: &Graph, sizes: LayoutSizes) -> Layout {
    let sizes = sane(sizes);
    let columns = Columns::new(graph);
    let mut nodes: Vec<NodePlace> = Vec::with_capacity(graph.nodes.len());
    let mut groups: Vec<Area> = Vec::with_capacity(graph.groups.len());
    let mut left = 0;
    let mut begin = 0;
    for group in 0..graph.groups.len() {
        let count =
            graph.nodes.get(begin..).unwrap_or(&[]).iter().take_while(|node| node.group as usize == group).count();
        let members = graph.nodes.get(begin..begin + count).unwrap_or(&[]);
        let cell = |at: usize| columns.cells.get(begin + at).copied().unwrap_or_default();
        let layers = (0..count).map(|at| cell(at).1 + 1).max().unwrap_or(0);
        let width = (0..count).map(|at| cell(at).0 + 1).max().unwrap_or(1);
        let mut heights = vec![0; layers as usize];
        for (at, node) in members.iter().enumerate() {
            if let Some(slot) = heights.get_mut(cell(at).1 as usize) {
                *slot = height(node, sizes).max(*slot);
            }
        }
        let mut tops = Vec::with_capacity(heights.len());
        let mut top = sizes.header + sizes.gap;
        for height in &heights {
            tops.push(top);
            top += height + sizes.gap;
        }
        for (at, node) in members.iter().enumerate() {
            let (column, layer) = cell(at);
            let area = Area {
                x: left + sizes.gap + column as i32 * (sizes.width + sizes.gap),
                y: tops.get(layer as usize).copied().unwrap_or(0),
                width: sizes.width,
                height: height(node, sizes),
            };
            nodes.push(NodePlace { id: node.id.clone(), column, layer, area });
        }
        let area = Area { x: left, y: 0, width: width as i32 * (sizes.width + sizes.gap) + sizes.gap, height: top };
        left += area.width + sizes.gap;
        groups.push(area);
        begin += count;
    }
    let width = (left - sizes.gap).max(0);
    let height = groups.iter().map(|group| group.height).max().unwrap_or(0);
    let edges = route::edges(graph, &nodes, &groups, sizes);
    Layout { nodes, edges, groups, width, height }
}

/// Ports and rows stand below each other in a node.
fn height(node: &GraphNode, sizes: LayoutSizes) -> i32 {
    let rows = node.rows.as_ref().map_or(0, |rows| rows.targets.len()) + node.ports.len();
    sizes.height + sizes.row * rows.min(MOST_ROWS) as i32
}

/// Sizes that cannot overflow, however many nodes there are.
fn sane(sizes: LayoutSizes) -> LayoutSizes {
    LayoutSizes {
        width: sizes.width.clamp(8, 1000),
        height: sizes.height.clamp(8, 1000),
        row: sizes.row.clamp(0, 100),
        gap: sizes.gap.clamp(8, 500),
        header: sizes.header.clamp(0, 500),
    }
}

/// More rows are not drawn below each other.
const MOST_ROWS: usize = 100;

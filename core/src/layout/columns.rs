//! Which column and which layer a node stands in.

use crate::wire::{Graph, GraphNode};
use alloc::{vec, vec::Vec};

/// Column and layer of every node.
pub(super) struct Columns {
    pub(super) cells: Vec<(u32, u32)>,
}

/// A list of steps that is being placed: nodes come in document order, outer ones first.
struct List<'g> {
    owner: Option<&'g str>,
    port: Option<&'g str>,
    /// Its column.
    column: u32,
    /// Columns that it and what stands inside take.
    width: u32,
    /// The layer for its next step.
    layer: u32,
    /// The step that was placed last.
    last: &'g str,
    /// The first column for what that step runs next.
    inner_column: u32,
    /// The layer where that begins.
    inner_layer: u32,
}

impl Columns {
    pub(super) fn new(graph: &Graph) -> Columns {
        let mut cells = vec![(0, 0); graph.nodes.len()];
        let mut open: Vec<List<'_>> = Vec::new();
        let mut group = None;
        for (node, cell) in graph.nodes.iter().zip(&mut cells) {
            if group != Some(node.group) {
                group = Some(node.group);
                open.clear();
            }
            *cell = place(node, &mut open);
        }
        Columns { cells }
    }
}

fn place<'g>(node: &'g GraphNode, open: &mut Vec<List<'g>>) -> (u32, u32) {
    let (owner, port) = (node.owner.as_deref(), node.owner_port.as_deref());
    // Lists that end here hand their extent to the list around them.
    while open.last().is_some_and(|list| (list.owner, list.port) != (owner, port) && owner != Some(list.last)) {
        close(open);
    }
    if open.last().is_none_or(|list| (list.owner, list.port) != (owner, port)) {
        let (column, layer) = open.last().map_or((0, 0), |outer| (outer.inner_column, outer.inner_layer));
        open.push(List {
            owner,
            port,
            column,
            width: 1,
            layer,
            last: &node.id,
            inner_column: column + 1,
            inner_layer: layer + 1,
        });
    }
    let Some(list) = open.last_mut() else { return (0, 0) };
    let cell = (list.column, list.layer);
    list.last = &node.id;
    list.layer += 1;
    list.inner_column = list.column + 1;
    list.inner_layer = cell.1 + 1;
    cell
}

fn close(open: &mut Vec<List<'_>>) {
    let Some(done) = open.pop() else { return };
    if let Some(outer) = open.last_mut() {
        outer.inner_column = done.column + done.width;
        outer.width = outer.width.max(outer.inner_column - outer.column);
        // What comes next stands below all that runs before it.
        outer.layer = outer.layer.max(done.layer);
    }
}

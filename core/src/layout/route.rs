//! The way edges go: level and upright lines, around nodes.

use crate::wire::{Area, EdgeKind, EdgePath, Graph, GraphEdge, LayoutSizes, NodePlace};
use alloc::vec::Vec;

/// Knows where nodes stand.
struct Router<'g> {
    graph: &'g Graph,
    nodes: &'g [NodePlace],
    groups: &'g [Area],
    /// Indices of nodes, by id.
    by_id: Vec<(&'g str, u32)>,
    sizes: LayoutSizes,
}

/// The ways of all edges, in the order of the graph.
pub(super) fn edges(graph: &Graph, nodes: &[NodePlace], groups: &[Area], sizes: LayoutSizes) -> Vec<EdgePath> {
    let mut by_id: Vec<(&str, u32)> = nodes.iter().zip(0..).map(|(node, at)| (node.id.as_str(), at)).collect();
    crate::order::sort_by_key(&mut by_id, |(id, _)| *id);
    let router = Router { graph, nodes, groups, by_id, sizes };
    graph.edges.iter().zip(0..).map(|(edge, index)| EdgePath { points: router.path(edge, index) }).collect()
}

impl Router<'_> {
    fn path(&self, edge: &GraphEdge, index: u32) -> Vec<i32> {
        let Some((at, from)) = self.node(&edge.from) else { return Vec::new() };
        let y = self.port(at, from.area, edge.port.as_deref());
        let (right, bottom) = (from.area.x + from.area.width, from.area.y + from.area.height);
        // Edges that share a gap keep some distance from each other.
        let lane = 4 + (index % LANES) as i32 * ((self.sizes.gap - 8) / LANES as i32).max(0);
        let Some((other, to)) = edge.to.as_deref().and_then(|id| self.node(id)) else {
            return Vec::from([right, y, right + self.sizes.gap / 2, y]);
        };
        let head = (to.area.x + to.area.width / 2, to.area.y);
        let foot = from.area.x + from.area.width / 2;
        let group = |at: usize| self.graph.nodes.get(at).map_or(0, |node| node.group);
        let below = to.area.y > from.area.y;
        if group(at) != group(other) || edge.kind == EdgeKind::Call {
            // Around on the right of the column, then above the other group's first layer.
            let over = to.area.y - lane;
            return Vec::from([right, y, right + lane, y, right + lane, over, head.0, over, head.0, head.1]);
        }
        match edge.kind {
            EdgeKind::Sequence if below && foot == head.0 => Vec::from([foot, bottom, head.0, head.1]),
            EdgeKind::Outcome if below && head.0 > right => Vec::from([right, y, head.0, y, head.0, head.1]),
            EdgeKind::Sequence if below => {
                let over = to.area.y - lane;
                Vec::from([foot, bottom, foot, over, head.0, over, head.0, head.1])
            }
            EdgeKind::Loop | EdgeKind::Jump => {
                // Outside of everything, on the left of the group.
                let out = self.groups.get(group(at) as usize).map_or(0, |group| group.x) + lane;
                let (side, level) = (to.area.x, to.area.y + to.area.height / 2);
                let under = bottom + lane;
                Vec::from([foot, bottom, foot, under, out, under, out, level, side, level])
            }
            EdgeKind::Sequence | EdgeKind::Outcome | EdgeKind::Call | EdgeKind::Document | EdgeKind::Webhook => {
                let over = to.area.y - lane;
                Vec::from([right, y, right + lane, y, right + lane, over, head.0, over, head.0, head.1])
            }
        }
    }

    fn node(&self, id: &str) -> Option<(usize, &NodePlace)> {
        let found = self.by_id.binary_search_by(|(other, _)| (*other).cmp(id)).ok()?;
        let at = self.by_id.get(found)?.1 as usize;
        self.nodes.get(at).map(|node| (at, node))
    }

    /// The height at which a port leaves its node: ports stand below all else.
    fn port(&self, at: usize, area: Area, port: Option<&str>) -> i32 {
        let ports = self.graph.nodes.get(at).map_or(&[][..], |node| &node.ports);
        match port.and_then(|name| ports.iter().position(|port| port.name == name)) {
            Some(place) => area.y + area.height - (ports.len() - place) as i32 * self.sizes.row + self.sizes.row / 2,
            None => area.y + self.sizes.height / 2,
        }
    }
}

/// Ways side by side in one gap.
const LANES: u32 = 5;

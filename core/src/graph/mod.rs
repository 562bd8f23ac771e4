//! A document as nodes and edges: what people see of it.
//!
//! Made from the outline, not from the program, so that a document with mistakes has a graph too.

mod edges;
#[cfg(test)]
mod tests;

use crate::dialect::{self, ForkOrder, Goes, Link, Outline, Part, Port, Step, Steps, Strictness};
use crate::span::Span;
use crate::text::LineIndex;
use crate::wire::{Dialect, Graph, GraphGroup, GraphNode, GraphPort, GraphRow, GraphRows, NodeKind, RowOrder};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use edges::Edges;

/// The graph of a document of a given dialect, or of the one it looks like. Ranges are in bytes.
#[must_use]
pub fn graph(source: &str, dialect: Option<Dialect>) -> Graph {
    let (tree, outline) = dialect::outline(source, dialect);
    let reading = dialect::read_tree(source, &tree, dialect, Strictness::Platform);
    let mut mistakes: Vec<(Span, String)> = reading
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| (diagnostic.span, diagnostic.message.clone()))
        .collect();
    let Some(outline) = outline else {
        return Graph { dialect: reading.dialect, ..Graph::default() };
    };
    mistakes.reverse();
    let mut builder = Builder {
        lines: LineIndex::new(source),
        source,
        mistakes,
        graph: Graph::default(),
        edges: Edges::new(&outline),
    };
    builder.graph.dialect = Some(outline.dialect);
    for (index, part) in outline.parts.iter().enumerate() {
        builder.part(&outline, part, index as u32);
    }
    builder.finish()
}

struct Builder<'a> {
    source: &'a str,
    lines: LineIndex<'a>,
    /// Mistakes that no node has yet, the last one first.
    mistakes: Vec<(Span, String)>,
    graph: Graph,
    edges: Edges,
}

/// What comes behind the end of a list of steps.
#[derive(Clone, Copy)]
enum Behind<'o> {
    /// A step.
    Step(&'o Step),
    /// The end of the section.
    End(&'static str),
}

impl<'a> Builder<'a> {
    fn part(&mut self, outline: &Outline, part: &Part, index: u32) {
        let end = match (outline.dialect, part.entry) {
            (_, true) => "the call ends",
            (_, false) => "the section comes back to where it was called",
        };
        self.graph.groups.push(GraphGroup {
            name: part.name.clone(),
            entry: part.entry,
            range: part.steps.span.into(),
            name_range: part.name_span.into(),
            first: part.steps.list.first().map(|step| step.id.clone()),
            end,
        });
        self.steps(&part.steps, index, None, Behind::End(end));
    }

    fn steps(&mut self, steps: &Steps, group: u32, owner: Option<(&Step, &Port)>, behind: Behind<'_>) {
        for (at, step) in steps.list.iter().enumerate() {
            let behind = steps.list.get(at + 1).map_or(behind, Behind::Step);
            let place = self.graph.nodes.len();
            let node = self.node(step, group, owner, behind);
            self.graph.nodes.push(node);
            self.edges.step(step, behind, &mut self.graph.edges);
            for port in &step.ports {
                let Some(body) = &port.body else { continue };
                let end = if port.aside { Behind::End("the step goes on") } else { behind };
                self.steps(body, group, Some((step, port)), end);
            }
            // What is wrong with a step inside is said there.
            let inside = |(span, _): &(Span, String)| step.span.start <= span.start && span.start < step.span.end;
            let mut problem = None;
            while let Some(at) = self.mistakes.iter().rposition(inside) {
                problem = problem.or(Some(self.mistakes.remove(at).1));
            }
            if let Some(node) = self.graph.nodes.get_mut(place) {
                node.problem = node.problem.take().or(problem);
            }
        }
    }

    fn node(&self, step: &Step, group: u32, owner: Option<(&Step, &Port)>, behind: Behind<'_>) -> GraphNode {
        let default = |port: &Port| {
            let empty = port.body.as_ref().is_none_or(|body| body.list.is_empty());
            match (empty, port.aside, asked(step, port)) {
                (true, _, Some(link)) => Some(format!("asks {}", link.to)),
                (true, false, None) => Some(otherwise(step, behind)),
                (true, true, None) | (false, ..) => None,
            }
        };
        let first = |port: &Port| port.body.as_ref()?.list.first().map(|step| step.id.clone());
        let ports = step.ports.iter().map(|port| GraphPort {
            name: port.name.clone(),
            label: port.label.clone(),
            to: first(port),
            default: default(port),
            open: !port.path.is_empty() || port.body.is_some(),
            aside: port.aside,
        });
        GraphNode {
            id: step.id.clone(),
            print: print(step.span.of(self.source)),
            kind: if step.error.is_some() { NodeKind::Error } else { NodeKind::Step },
            verb: step.verb.clone(),
            category: self.graph.dialect.map_or("other", |dialect| dialect::category_of(dialect, &step.verb)),
            summary: step.summary.clone(),
            group,
            range: step.span.into(),
            line: self.lines.line_column(step.span.start).0,
            owner: owner.map(|(owner, _)| owner.id.clone()),
            owner_port: owner.map(|(_, port)| port.name.clone()),
            label: step.label.clone(),
            ports: ports.collect(),
            rows: step.fork.as_ref().map(|fork| GraphRows {
                order: match fork.order {
                    ForkOrder::Parallel => RowOrder::Parallel,
                    ForkOrder::Sequential => RowOrder::Sequential,
                    ForkOrder::SerialParallel => RowOrder::SerialParallel,
                },
                targets: fork
                    .rows
                    .iter()
                    .map(|row| GraphRow {
                        to: row.to.clone(),
                        timeout: row.timeout.clone(),
                        turn: row.turn,
                        range: row.span.into(),
                    })
                    .collect(),
            }),
            problem: step.error.clone(),
            unreachable: false,
        }
    }

    /// Marks what nothing leads to.
    fn finish(mut self) -> Graph {
        let mut reached: Vec<&str> = self.graph.edges.iter().filter_map(|edge| edge.to.as_deref()).collect();
        reached.extend(self.graph.groups.iter().filter_map(|group| group.first.as_deref()));
        crate::order::sort_by_key(&mut reached, |id| *id);
        let dead: Vec<bool> =
            self.graph.nodes.iter().map(|node| reached.binary_search(&node.id.as_str()).is_err()).collect();
        self.graph.nodes.iter_mut().zip(dead).for_each(|(node, dead)| node.unreachable = dead);
        self.graph
    }
}

/// The web server that a port asks.
fn asked<'s>(step: &'s Step, port: &Port) -> Option<&'s Link> {
    step.links.iter().find(|link| link.label.split('.').eq(port.path.iter().map(String::as_str)))
}

/// What happens on an outcome for which the author said nothing.
fn otherwise(step: &Step, behind: Behind<'_>) -> String {
    match (step.goes, behind) {
        (Goes::Ends, _) => "the call ends".to_string(),
        (_, Behind::Step(next)) => format!("falls through to {}", next.verb),
        (_, Behind::End(end)) => end.to_string(),
    }
}

/// FNV-1a, which is short and the same everywhere.
fn print(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

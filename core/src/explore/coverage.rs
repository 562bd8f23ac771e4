//! Which steps and which of their outcomes calls went through.

use crate::graph::graph;
use crate::id::LegId;
use crate::sim::{Session, SessionEvent};
use crate::value::{Object, Value};
use crate::wire::{Command, Dialect, Event, Graph, GraphNode, GraphPort, Kind};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use litemap::LiteMap;

/// How often each step and each outcome of a document was gone through.
#[derive(Clone, Debug)]
pub struct Coverage {
    graph: Graph,
    places: LiteMap<String, usize>,
    nodes: Vec<u32>,
    ports: Vec<Vec<u32>>,
}

/// A step that a flow is at.
#[derive(Default)]
struct Visit {
    node: usize,
    bridged: bool,
    status: Option<u16>,
    /// Values that variables got.
    values: Vec<String>,
}

impl Coverage {
    /// Nothing was gone through yet.
    #[must_use]
    pub fn new(source: &str, dialect: Option<Dialect>) -> Coverage {
        let graph = graph(source, dialect);
        let places = graph.nodes.iter().enumerate().map(|(at, node)| (node.id.clone(), at)).collect();
        let nodes = alloc::vec![0; graph.nodes.len()];
        let ports = graph.nodes.iter().map(|node| alloc::vec![0; node.ports.len()]).collect();
        Coverage { graph, places, nodes, ports }
    }

    /// What a session went through on its branch.
    #[must_use]
    pub fn of(session: &Session) -> Option<Coverage> {
        let document = session.document()?;
        let mut coverage = Coverage::new(&document.source, document.dialect);
        coverage.add(&session.events(0, usize::MAX));
        Some(coverage)
    }

    /// The document's graph, in bytes.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// How often a step was gone through, by its place in the graph.
    #[must_use]
    pub fn node(&self, at: usize) -> u32 {
        self.nodes.get(at).copied().unwrap_or(0)
    }

    /// How often an outcome was.
    #[must_use]
    pub fn port(&self, node: usize, port: usize) -> u32 {
        self.ports.get(node).and_then(|ports| ports.get(port)).copied().unwrap_or(0)
    }

    /// Adds a call. Gives the outcomes that are new, as steps and ports.
    pub fn add(&mut self, events: &[SessionEvent<'_>]) -> Vec<(usize, usize)> {
        let before = self.ports.clone();
        let mut visits: LiteMap<LegId, Visit> = LiteMap::new();
        for event in events {
            match &event.entry.kind {
                Kind::Note(note) if note.name == "step" => {
                    let leg = note.leg.unwrap_or(LegId::CALLER);
                    let next = event.node.and_then(|node| self.places.get(node).copied());
                    if let Some(visit) = visits.remove(&leg) {
                        self.leave(&visit, next);
                    }
                    if let Some(node) = next {
                        self.enter(node);
                        visits.insert(leg, Visit { node, ..Visit::default() });
                    }
                }
                Kind::Note(note) if note.name == "set" => {
                    let visit = visits.get_mut(&note.leg.unwrap_or(LegId::CALLER));
                    if let (Some(visit), Some((_, value))) = (visit, note.text.split_once(" = ")) {
                        visit.values.push(value.trim_matches('"').to_string());
                    }
                }
                Kind::Note(note) if matches!(note.name.as_str(), "collected" | "outcome") => {
                    self.meanwhile(event.node, &note.text);
                    let visit = visits.get_mut(&note.leg.unwrap_or(LegId::CALLER));
                    if let (Some(visit), Some(word)) = (visit, note.text.split_whitespace().next()) {
                        visit.values.push(word.to_string());
                    }
                }
                Kind::Command(Command::Bridge { .. }) => {
                    visits.get_mut(&LegId::CALLER).into_iter().for_each(|visit| visit.bridged = true);
                }
                Kind::Event(Event::Failed { status, .. }) => {
                    visits.get_mut(&LegId::CALLER).into_iter().for_each(|visit| visit.status = Some(*status));
                }
                Kind::Note(_) | Kind::Command(_) | Kind::Event(_) => {}
            }
        }
        visits.values().for_each(|visit| self.leave(visit, None));
        let new = |node: usize, port: usize| before.get(node).and_then(|ports| ports.get(port)) == Some(&0);
        let all = self.ports.iter().enumerate().flat_map(|(node, ports)| {
            ports.iter().enumerate().filter(|(_, count)| **count > 0).map(move |(port, _)| (node, port))
        });
        all.filter(|(node, port)| new(*node, *port)).collect()
    }

    fn enter(&mut self, node: usize) {
        if let Some(count) = self.nodes.get_mut(node) {
            *count += 1;
        }
        // What runs while another step goes on is an outcome of nothing.
        let Some(inside) = self.graph.nodes.get(node) else { return };
        let owner = inside.owner.as_ref().and_then(|owner| self.places.get(owner).copied());
        let Some((owner, name)) = owner.zip(inside.owner_port.clone()) else { return };
        let aside = |port: &GraphPort| port.aside && port.name == name && port.to.as_ref() == Some(&inside.id);
        if let Some(port) = self.graph.nodes.get(owner).and_then(|owner| owner.ports.iter().position(aside)) {
            self.count(owner, port);
        }
    }

    /// News of something that goes on, told at the step that began it.
    fn meanwhile(&mut self, node: Option<&str>, word: &str) {
        let Some(node) = node.and_then(|node| self.places.get(node).copied()) else { return };
        let told = |port: &GraphPort| port.aside && port.to.is_none() && port.name == word;
        if let Some(port) = self.graph.nodes.get(node).and_then(|node| node.ports.iter().position(told)) {
            self.count(node, port);
        }
    }

    fn leave(&mut self, visit: &Visit, next: Option<usize>) {
        let Some(node) = self.graph.nodes.get(visit.node) else { return };
        let next = next.and_then(|next| self.graph.nodes.get(next));
        if let Some(port) = outcome(node, visit, next) {
            self.count(visit.node, port);
        }
    }

    fn count(&mut self, node: usize, port: usize) {
        if let Some(count) = self.ports.get_mut(node).and_then(|ports| ports.get_mut(port)) {
            *count += 1;
        }
    }

    /// All of it: counts by node and port, and how much of everything that is.
    #[must_use]
    pub fn value(&self) -> Value {
        let number = |number: usize| Value::Number(number as f64);
        let mut nodes = Vec::new();
        let mut totals = [(0, 0); 2];
        for (at, node) in self.graph.nodes.iter().enumerate() {
            let count = self.node(at);
            totals[0] = (totals[0].0 + usize::from(count > 0), totals[0].1 + 1);
            let ports = node.ports.iter().enumerate().map(|(port, told)| {
                let count = self.port(at, port);
                totals[1] = (totals[1].0 + usize::from(count > 0), totals[1].1 + 1);
                let name = Object::new().with("name", told.name.as_str()).with("label", told.label.as_str());
                Value::Object(name.with("count", number(count as usize)))
            });
            let ports = ports.collect();
            let object = Object::new().with("id", node.id.as_str()).with("count", number(count as usize));
            nodes.push(Value::Object(object.with("ports", Value::Array(ports))));
        }
        let total =
            |(some, all): (usize, usize)| Object::new().with("covered", number(some)).with("total", number(all));
        let [of_nodes, of_ports] = totals;
        let (some, all) = if of_ports.1 == 0 { of_nodes } else { of_ports };
        let percent = (some * 100).checked_div(all).unwrap_or(100);
        let object = Object::new().with("steps", total(of_nodes)).with("outcomes", total(of_ports));
        Value::Object(object.with("percent", number(percent)).with("nodes", Value::Array(nodes)))
    }
}

/// The port by which a step was left.
fn outcome(node: &GraphNode, visit: &Visit, next: Option<&GraphNode>) -> Option<usize> {
    let ports = || node.ports.iter().enumerate().filter(|(_, port)| !port.aside);
    let find = |fits: &dyn Fn(&GraphPort) -> bool| ports().find(|(_, port)| fits(port)).map(|(at, _)| at);
    let inside = next.filter(|next| next.owner.as_ref() == Some(&node.id)).and_then(|next| next.owner_port.clone());
    let entered = inside.and_then(|name| find(&|port| port.name == name));
    let named = || visit.values.iter().rev().find_map(|value| find(&|port| port.name == *value));
    let dialled = || {
        node.rows.as_ref()?;
        let label = match visit.status {
            _ if visit.bridged => "answered",
            Some(486 | 600) => "busy",
            None | Some(408 | 480 | 487) => "no answer",
            Some(603) => "declined",
            Some(_) => "failed",
        };
        find(&|port| port.label == label)
    };
    let otherwise = || find(&|port| port.name == "default" || port.name == "else");
    entered.or_else(named).or_else(dialled).or_else(otherwise)
}

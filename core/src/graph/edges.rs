//! What leads where.

use super::Behind;
use crate::dialect::{Goes, Link, LinkKind, Outline, Port, Step};
use crate::wire::{EdgeKind, GraphEdge};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// Knows the names that edges lead to.
pub(super) struct Edges {
    /// First steps of sections.
    sections: Vec<(String, String)>,
    /// Labels: section, name, step, and where that stands.
    labels: Vec<(String, String, String, u32)>,
}

impl Edges {
    pub(super) fn new(outline: &Outline) -> Edges {
        let mut labels = Vec::new();
        for part in &outline.parts {
            for step in &part.steps.list {
                if let Some(label) = &step.label {
                    labels.push((part.steps.id.clone(), label.clone(), step.id.clone(), step.span.start));
                }
            }
        }
        let sections = outline
            .parts
            .iter()
            .filter_map(|part| Some((part.name.clone(), part.steps.list.first()?.id.clone())))
            .collect();
        Edges { sections, labels }
    }

    /// Everything that leaves a step.
    pub(super) fn step(&self, step: &Step, behind: Behind<'_>, edges: &mut Vec<GraphEdge>) {
        let edge = |kind, port: Option<&Port>, to: Option<&str>| GraphEdge {
            kind,
            from: step.id.clone(),
            port: port.map(|port| port.name.clone()),
            to: to.map(ToString::to_string),
            url: None,
            label: port.map(|port| port.label.clone()),
        };
        for port in &step.ports {
            if let Some(first) = port.body.as_ref().and_then(|body| body.list.first()) {
                edges.push(edge(EdgeKind::Outcome, Some(port), Some(&first.id)));
            }
        }
        for link in &step.links {
            let (kind, to, url) = self.leads(step, link);
            let label = Some(link.label.clone()).filter(|_| link.kind == LinkKind::Hook);
            edges.push(GraphEdge { url, label, ..edge(kind, None, to.as_deref()) });
        }
        if let (Goes::On, Behind::Step(next), true) = (step.goes, behind, falls_through(step)) {
            edges.push(edge(EdgeKind::Sequence, None, Some(&next.id)));
        }
    }

    fn leads(&self, step: &Step, link: &Link) -> (EdgeKind, Option<String>, Option<String>) {
        let section = || self.sections.iter().find(|(name, _)| *name == link.to).map(|(_, first)| first.clone());
        let outside = || Some(link.to.clone());
        match link.kind {
            LinkKind::Label => {
                let found = self.labels.iter().find(|(section, name, ..)| {
                    *name == link.to && step.id.strip_prefix(section.as_str()).is_some_and(|rest| rest.starts_with('['))
                });
                match found {
                    Some((.., id, start)) if *start <= step.span.start => (EdgeKind::Loop, Some(id.clone()), None),
                    Some((.., id, _)) => (EdgeKind::Jump, Some(id.clone()), None),
                    None => (EdgeKind::Jump, None, outside()),
                }
            }
            LinkKind::Call | LinkKind::Jump => {
                let kind = if link.kind == LinkKind::Call { EdgeKind::Call } else { EdgeKind::Jump };
                match section() {
                    Some(first) if step.id == first => (EdgeKind::Loop, Some(first), None),
                    Some(first) => (kind, Some(first), None),
                    None if link.to.starts_with("http") => (EdgeKind::Document, None, outside()),
                    None => (kind, None, outside()),
                }
            }
            LinkKind::Document => (EdgeKind::Document, None, outside()),
            LinkKind::Hook => (EdgeKind::Webhook, None, outside()),
        }
    }
}

/// Whether a step may come to its end with none of its ports leading elsewhere for good.
fn falls_through(step: &Step) -> bool {
    let outcomes: Vec<&Port> = step.ports.iter().filter(|port| !port.aside).collect();
    let chosen = matches!(step.verb.as_str(), "cond" | "switch" | "if");
    if !chosen || !outcomes.iter().any(|port| port.otherwise) {
        return true;
    }
    // Every way has steps; those that come to their end lead on by themselves.
    outcomes.iter().any(|port| port.body.as_ref().is_none_or(|body| body.list.is_empty()))
}

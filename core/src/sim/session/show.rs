//! What a session shows: events with their nodes, and places in UTF-16.

use super::super::line::line;
use super::told::Told;
use crate::dialect::outline;
use crate::engine::Loaded;
use crate::id::LegId;
use crate::time::Instant;
use crate::value::{Object, Value};
use crate::wire::{Entry, Event, Kind, Place, Range};
use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use serde::Serialize;

/// A line of a call's trace, linked with its document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SessionEvent<'s> {
    /// Its place in the timeline, from 0.
    pub index: usize,
    /// When, in milliseconds.
    pub t: Instant,
    /// Whom it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leg: Option<LegId>,
    /// The step of the graph that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<&'s str>,
    /// Where that step stands in the document, in UTF-16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// Its line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Another document than the first, by its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<u32>,
    /// In a few words.
    pub text: String,
    /// The whole of it.
    pub entry: &'s Entry,
}

/// Where the steps of a document stand.
#[derive(Debug, Default)]
pub(super) struct Map {
    document: Option<Arc<Loaded>>,
    /// Steps, outer ones first: first byte, behind the last byte, id.
    nodes: Vec<(u32, u32, String)>,
}

impl Map {
    pub(super) fn new(loaded: &Arc<Loaded>) -> Map {
        let mut nodes = Vec::new();
        if let (_, Some(outline)) = outline(&loaded.source, loaded.dialect) {
            outline.each(&mut |step| nodes.push((step.span.start, step.span.end, step.id.clone())));
        }
        crate::order::sort_by_key(&mut nodes, |node| (node.0, u32::MAX - node.1));
        Map { document: Some(Arc::clone(loaded)), nodes }
    }

    /// Whether there is a document.
    pub(super) fn is_made(&self) -> bool {
        self.document.is_some()
    }

    /// The innermost step around a place of the first document.
    pub(super) fn node(&self, place: &Place) -> Option<&str> {
        if place.document.0 != 0 {
            return None;
        }
        let behind = self.nodes.partition_point(|node| node.0 <= place.start);
        let around = self.nodes.get(..behind)?.iter().rev().find(|node| node.1 >= place.end);
        around.map(|node| node.2.as_str())
    }

    /// Adds the node, the range and the line of a place.
    pub(super) fn place(&self, item: &mut Object, place: Option<Place>) {
        let Some(place) = place else { return };
        if let Some(node) = self.node(&place) {
            item.set("node", node);
            let Range { from, to } = self.range(&place);
            let number = |offset: u32| Value::Number(f64::from(offset));
            item.set("range", Object::new().with("from", number(from)).with("to", number(to)));
            item.set("line", Value::Number(f64::from(place.line)));
        }
    }

    /// A place of the document in UTF-16.
    fn range(&self, place: &Place) -> Range {
        let utf16 = |offset: u32| self.document.as_ref().map_or(0, |document| document.lines().utf16(offset));
        Range { from: utf16(place.start), to: utf16(place.end) }
    }

    /// Events as they are shown.
    pub(super) fn events<'s>(&'s self, first: usize, told: impl Iterator<Item = &'s Told>) -> Vec<SessionEvent<'s>> {
        let show = |(at, told): (usize, &'s Told)| {
            let node = told.place.as_ref().and_then(|place| self.node(place));
            let place = told.place.filter(|place| place.document.0 == 0);
            SessionEvent {
                index: first + at,
                t: told.entry.at,
                leg: leg_of(&told.entry.kind),
                node,
                range: place.map(|place| self.range(&place)),
                line: place.map(|place| place.line),
                document: told.place.map(|place| place.document.0).filter(|document| *document > 0),
                text: text_of(&told.entry.kind),
                entry: &told.entry,
            }
        };
        told.enumerate().map(show).collect()
    }
}

/// The leg that a line is about.
fn leg_of(kind: &Kind) -> Option<LegId> {
    match kind {
        Kind::Note(note) => note.leg,
        Kind::Event(event) => match event {
            Event::Ringing { leg, .. }
            | Event::EarlyMedia { leg, .. }
            | Event::Answered { leg, .. }
            | Event::Failed { leg, .. }
            | Event::Ended { leg, .. }
            | Event::Digit { leg, .. }
            | Event::Progress { leg, .. }
            | Event::MediaDone { leg, .. } => Some(*leg),
            Event::Fetched { .. } | Event::Notified { .. } => None,
        },
        Kind::Command(command) => command.leg(),
    }
}

/// A line in a few words.
fn text_of(kind: &Kind) -> String {
    match kind {
        Kind::Command(command) => line(command),
        Kind::Note(note) if note.text.is_empty() => note.name.clone(),
        Kind::Note(note) => alloc::format!("{}: {}", note.name, note.text),
        Kind::Event(event) => match event {
            Event::Ringing { leg, status } => alloc::format!("ringing {leg} {status}"),
            Event::EarlyMedia { leg, status } => alloc::format!("early-media {leg} {status}"),
            Event::Answered { leg, .. } => alloc::format!("answered {leg}"),
            Event::Failed { leg, status, .. } => alloc::format!("failed {leg} {status}"),
            Event::Ended { leg, .. } => alloc::format!("ended {leg}"),
            Event::Digit { leg, digit } => alloc::format!("digit {leg} {digit}"),
            Event::Progress { leg, .. } => alloc::format!("progress {leg}"),
            Event::MediaDone { leg, .. } => alloc::format!("media-done {leg}"),
            Event::Fetched { status, .. } => alloc::format!("fetched {status}"),
            Event::Notified { status, .. } => alloc::format!("notified {status}"),
        },
    }
}

/// What makes two lines the same in two documents: everything but where they stand.
pub(super) fn same(one: &Told, other: &Told) -> bool {
    one.entry.at == other.entry.at && one.entry.kind == other.entry.kind
}

/// A line as a value.
pub(super) fn value(map: &Map, index: usize, told: &Told) -> Value {
    let mut item = Object::new()
        .with("index", Value::Number(index as f64))
        .with("t", Value::Number(told.entry.at.0 as f64))
        .with("text", text_of(&told.entry.kind));
    if let Some(leg) = leg_of(&told.entry.kind) {
        item.set("leg", leg.to_string());
    }
    map.place(&mut item, told.place);
    Value::Object(item)
}

//! The events of one YAML document put together into a tree.

use super::scalar;
use super::scratch::Scratch;
use crate::diag::codes;
use crate::span::Span;
use crate::text::{Entry, Key, Kind, Node, Problem, Scalar, TextLimits, keys};
use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::ops::Range;
use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};
use litemap::LiteMap;

/// Why reading ended.
pub(super) enum Stop {
    Done,
    TooLarge(Span, String),
    Error(ScanError),
}

pub(super) struct Builder<'a> {
    scratch: &'a Scratch,
    limits: &'a TextLimits,
    pub(super) root: Option<Node>,
    pub(super) comments: Vec<Span>,
    pub(super) problems: Vec<Problem>,
    stack: Vec<Open>,
    anchors: LiteMap<usize, Anchored>,
    /// Values so far, aliases expanded; long texts count more.
    weight: usize,
}

/// What an alias stands for, and how much and how deep it is.
struct Anchored {
    node: Node,
    weight: usize,
    height: usize,
}

/// A collection whose end was not seen yet.
struct Open {
    shape: Shape,
    range: Range<usize>,
    style: StructureStyle,
    anchor: usize,
    weight_before: usize,
    height: usize,
}

enum Shape {
    Sequence(Vec<Node>),
    /// Entries, and the key whose value comes next with the end of it in the copy.
    Mapping(Vec<Entry>, Option<(Key, usize)>),
}

impl<'a> Builder<'a> {
    pub(super) fn new(scratch: &'a Scratch, limits: &'a TextLimits) -> Builder<'a> {
        Builder {
            scratch,
            limits,
            root: None,
            comments: Vec::new(),
            problems: Vec::new(),
            stack: Vec::new(),
            anchors: LiteMap::new(),
            weight: 0,
        }
    }

    pub(super) fn run(&mut self) -> Stop {
        let stop = self.read();
        // A tree cut short is still a tree.
        while let Some(open) = self.stack.pop() {
            let end = open.range.end;
            let _ = self.close(open, end);
        }
        stop
    }

    fn read(&mut self) -> Stop {
        let mut options = granit_parser::Options::default();
        options.max_buffered_comment_events = 10_000;
        options.emit_unresolved_aliases = true;
        options.block_nesting_limit = self.limits.depth + 1;
        options.flow_nesting_limit = self.limits.depth + 1;
        let scratch = self.scratch;
        let mut documents = 0;
        for result in Parser::new_from_str_with_options(scratch.text(), options) {
            let (event, span) = match result {
                Ok(event) => event,
                Err(error) => return Stop::Error(error),
            };
            let range = span.byte_range().unwrap_or(0..0);
            let given = match event {
                Event::Comment(..) => {
                    self.comments.push(scratch.span(range));
                    Ok(())
                }
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        let message = "expected one document, found a second behind `---`";
                        self.report(Problem::new(&codes::SYNTAX, scratch.span(range), message));
                        return Stop::Done;
                    }
                    Ok(())
                }
                Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag.as_deref(), range),
                Event::SequenceStart(style, anchor, tag) => {
                    self.open(Shape::Sequence(Vec::new()), "seq", style, anchor, tag.as_deref(), range)
                }
                Event::MappingStart(style, anchor, tag) => {
                    self.open(Shape::Mapping(Vec::new(), None), "map", style, anchor, tag.as_deref(), range)
                }
                Event::SequenceEnd | Event::MappingEnd => match self.stack.pop() {
                    Some(open) => self.close(open, range.end),
                    None => Ok(()),
                },
                Event::Alias(id) => self.alias(id, range),
                Event::UnresolvedAlias(name) => {
                    let span = scratch.span(range.clone());
                    let message = format!("the alias `*{name}` is used before any `&{name}`");
                    self.report(
                        Problem::new(&codes::SYNTAX, span, message).help("a text that begins with `*` must be quoted"),
                    );
                    let text = scratch.text().get(range.clone()).unwrap_or("").to_owned();
                    self.give(Node::new(span, Kind::String(Scalar { text, plain: true })), range, 0)
                }
                _ => Ok(()),
            };
            if let Err(stop) = given {
                return stop;
            }
        }
        Stop::Done
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        mut range: Range<usize>,
    ) -> Result<(), Stop> {
        let quoted = || Kind::String(Scalar { text: text.to_owned(), plain: false });
        let mut span = self.scratch.span(range.clone());
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            let source = self.scratch.text().get(range.clone()).unwrap_or("");
            // What it stands in ends with its last line, too.
            range.end = range.start + source.trim_end().len();
            span = self.scratch.span(range.clone());
        }
        let kind = match tag.map(|tag| (tag.core_suffix(), tag.original())) {
            None if style == ScalarStyle::Plain => scalar::plain(text),
            None | Some((Some("str"), _)) => quoted(),
            Some((Some("int" | "float" | "bool" | "null"), _)) => scalar::plain(text),
            Some((None, name)) if name == "!" => quoted(),
            Some((_, name)) => {
                self.unknown_tag(span, &name);
                quoted()
            }
        };
        let node = Node::new(span, kind);
        let weight = 1 + text.len() / TEXT_PER_NODE;
        if anchor != 0 {
            self.anchors.insert(anchor, Anchored { node: node.clone(), weight, height: 0 });
        }
        if let Some(Shape::Mapping(_, key @ None)) = self.stack.last_mut().map(|open| &mut open.shape) {
            let end = range.end;
            *key = Some((Key { span, text: text.to_string() }, end));
            return self.grow(weight, span);
        }
        self.grow(weight, span)?;
        self.give(node, range, 0)
    }

    fn open(
        &mut self,
        shape: Shape,
        name: &str,
        style: StructureStyle,
        anchor: usize,
        tag: Option<&Tag>,
        range: Range<usize>,
    ) -> Result<(), Stop> {
        let span = self.scratch.span(range.clone());
        if let Some(tag) = tag.filter(|tag| tag.core_suffix() != Some(name) && tag.original() != "!") {
            self.unknown_tag(span, &tag.original());
        }
        if self.stack.len() >= self.limits.depth {
            return Err(self.too_deep(span));
        }
        self.stack.push(Open { shape, range, style, anchor, weight_before: self.weight, height: 0 });
        self.grow(1, span)
    }

    fn close(&mut self, open: Open, end: usize) -> Result<(), Stop> {
        let Open { shape, mut range, style, anchor, weight_before, height } = open;
        if style == StructureStyle::Flow {
            range.end = range.end.max(end);
        }
        let span = self.scratch.span(range.clone());
        let kind = match shape {
            Shape::Sequence(items) => Kind::Array(items),
            Shape::Mapping(mut entries, pending) => {
                if let Some((key, _)) = pending {
                    let nowhere = Span::new(key.span.end, key.span.end);
                    entries.push(Entry { key, separator: nowhere, value: Node::new(nowhere, Kind::Null) });
                }
                let again: Vec<(Span, String)> =
                    keys::repeated(&entries).into_iter().map(|key| (key.span, key.text.clone())).collect();
                for (span, key) in again {
                    self.report(Problem::new(&codes::DUPLICATE_KEY, span, format!("the key `{key}` is given twice")));
                }
                Kind::Object(self.merged(entries)?)
            }
        };
        let node = Node::new(span, kind);
        if anchor != 0 {
            let weight = self.weight.saturating_sub(weight_before);
            self.anchors.insert(anchor, Anchored { node: node.clone(), weight, height: height + 1 });
        }
        self.give(node, range, height + 1)
    }

    fn alias(&mut self, id: usize, range: Range<usize>) -> Result<(), Stop> {
        let span = self.scratch.span(range.clone());
        let Some(Anchored { weight, height, .. }) = self.anchors.get(&id) else {
            self.report(Problem::new(&codes::SYNTAX, span, "an alias stands inside of what it stands for"));
            return self.give(Node::new(span, Kind::Null), range, 0);
        };
        let (weight, height) = (*weight, *height);
        self.grow(weight, span)?;
        if self.stack.len() + height > self.limits.depth {
            return Err(self.too_deep(span));
        }
        let Some(node) = self.anchors.get(&id).map(|anchored| anchored.node.clone()) else { return Ok(()) };
        self.give(node, range, height)
    }

    /// Hands a finished value to the innermost collection.
    fn give(&mut self, mut node: Node, range: Range<usize>, height: usize) -> Result<(), Stop> {
        let scratch = self.scratch;
        let Some(open) = self.stack.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        open.height = open.height.max(height);
        open.range.end = open.range.end.max(range.end);
        match &mut open.shape {
            Shape::Sequence(items) => items.push(node),
            Shape::Mapping(entries, pending) => match pending.take() {
                Some((key, key_end)) => {
                    let between = scratch.text().get(key_end..range.start.max(key_end)).unwrap_or("");
                    let colon = between.find(':').map_or(key_end..key_end, |at| key_end + at..key_end + at + 1);
                    if range.is_empty() {
                        node.span = scratch.span(colon.end..colon.end);
                        open.range.end = open.range.end.min(range.end).max(colon.end);
                    }
                    entries.push(Entry { key, separator: scratch.span(colon), value: node });
                }
                None => {
                    let text = node.span.of(scratch.text()).to_owned();
                    let key = Key { span: node.span, text };
                    let noun = node.noun();
                    *pending = Some((key, range.end));
                    if !matches!(node.kind, Kind::String(_)) {
                        let message = format!("expected a text as key, found {noun}");
                        let problem = Problem::new(&codes::SYNTAX, node.span, message);
                        self.report(problem);
                    }
                }
            },
        }
        Ok(())
    }

    /// Entries of `<<: *other` taken over where the mapping has no such key itself.
    fn merged(&mut self, entries: Vec<Entry>) -> Result<Vec<Entry>, Stop> {
        let is_merge = |entry: &Entry| entry.key.text == "<<" && entry.key.span.end - entry.key.span.start == 2;
        if !entries.iter().any(is_merge) {
            return Ok(entries);
        }
        let (merges, mut own): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(is_merge);
        for merge in merges {
            let sources = match merge.value.kind {
                Kind::Array(items) => items,
                other => Vec::from([Node::new(merge.value.span, other)]),
            };
            for source in sources {
                let noun = source.noun();
                let Kind::Object(others) = source.kind else {
                    let message = format!("expected a mapping to merge, found {noun}");
                    self.report(Problem::new(&codes::SYNTAX, merge.key.span, message));
                    continue;
                };
                let mut known: Vec<String> = own.iter().map(|entry| entry.key.text.clone()).collect();
                crate::order::sort_by_key(&mut known, String::clone);
                let fresh: Vec<Entry> =
                    others.into_iter().filter(|entry| known.binary_search(&entry.key.text).is_err()).collect();
                self.grow(fresh.len(), merge.key.span)?;
                own.extend(fresh);
            }
        }
        Ok(own)
    }

    fn unknown_tag(&mut self, span: Span, name: &str) {
        let message = format!("the tag `{name}` means nothing here");
        self.report(
            Problem::new(&codes::SYNTAX, span, message).help("take it away, or quote a text that begins with `!`"),
        );
    }

    fn grow(&mut self, weight: usize, span: Span) -> Result<(), Stop> {
        self.weight = self.weight.saturating_add(weight);
        if self.weight > self.limits.nodes {
            let message = format!("more than {} values, once aliases are expanded", self.limits.nodes);
            return Err(Stop::TooLarge(span, message));
        }
        Ok(())
    }

    fn too_deep(&self, span: Span) -> Stop {
        Stop::TooLarge(span, format!("values nest deeper than {} levels", self.limits.depth))
    }

    fn report(&mut self, problem: Problem) {
        self.limits.report(&mut self.problems, problem);
    }
}

/// So many bytes of text weigh as much as a value.
pub(super) const TEXT_PER_NODE: usize = 64;

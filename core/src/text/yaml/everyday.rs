//! The everyday part of YAML, read line by line: blocks of keys and items, texts and numbers on
//! one line, comments. Whatever else stands in a document, every mistake included, makes it give
//! up, and the whole grammar takes over; a test compares the two.

use super::scalar;
use crate::span::Span;
use crate::text::{Entry, Format, Key, Kind, Node, Scalar, TextLimits, Tree, keys};
use alloc::{string::ToString, vec::Vec};

/// The tree of a document that holds nothing but everyday YAML, and no mistake.
pub(super) fn read(source: &str, limits: &TextLimits) -> Option<Tree> {
    let odd = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{2000}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'..='\u{ffff}');
    if !source.contains('\n')
        || source.bytes().any(|byte| byte < b' ' && byte != b'\n' || byte == 0x7f)
        || !source.is_ascii() && source.chars().any(odd)
    {
        return None;
    }
    let mut reader = Reader { source, limits, stack: Vec::new(), root: None, comments: Vec::new(), weight: 0 };
    let mut at = 0;
    while at < source.len() {
        let rest = source.get(at..)?;
        let end = at + rest.bytes().position(|byte| byte == b'\n').unwrap_or(rest.len());
        reader.line(at, end)?;
        at = end + 1;
    }
    while let Some(open) = reader.stack.pop() {
        reader.close(open)?;
    }
    Some(Tree { format: Format::Yaml, root: Some(reader.root?), comments: reader.comments, problems: Vec::new() })
}

struct Reader<'a> {
    source: &'a str,
    limits: &'a TextLimits,
    stack: Vec<Open>,
    root: Option<Node>,
    comments: Vec<Span>,
    /// Values so far; long texts count more.
    weight: usize,
}

/// A block whose last line was not seen yet.
struct Open {
    /// The column of its keys or marks.
    indent: usize,
    start: usize,
    end: usize,
    shape: Shape,
}

enum Shape {
    Sequence(Vec<Node>),
    /// Entries, and a key with its colon whose value stands on the next lines.
    Mapping(Vec<Entry>, Option<(Key, Span)>),
}

/// Everything in here gives up with `None`.
impl<'a> Reader<'a> {
    fn line(&mut self, start: usize, end: usize) -> Option<()> {
        let indent = self.spaces(start, end);
        let at = start + indent;
        let Some(first) = self.byte(at).filter(|_| at < end) else { return Some(()) };
        if first == b'#' {
            self.comments.push(Span::at(at, end));
            return Some(());
        }
        let is_item = first == b'-' && self.byte(at + 1) == Some(b' ');
        while let Some(open) = self.stack.pop_if(|open| {
            open.indent > indent || open.indent == indent && !is_item && matches!(open.shape, Shape::Sequence(_))
        }) {
            self.close(open)?;
        }
        if !is_item {
            return self.entry(indent, at, end);
        }
        let content = at + 1 + self.spaces(at + 1, end);
        match self.stack.last() {
            Some(Open { indent: own, shape: Shape::Sequence(_), .. }) if *own == indent => {}
            Some(Open { indent: own, shape: Shape::Mapping(_, Some(_)), .. }) => {
                // The grammar has it so: without indentation of its own, a list begins with its first item.
                let start = if *own == indent { content } else { at };
                self.open(indent, start, Shape::Sequence(Vec::new()))?;
            }
            None => self.open(indent, at, Shape::Sequence(Vec::new()))?,
            Some(_) => return None,
        }
        if self.is_key(content, end)? {
            return self.entry(content - start, content, end);
        }
        let node = self.value(content, end)?;
        self.give(node)
    }

    /// `key: value`, or `key:` with the value on the lines below.
    fn entry(&mut self, indent: usize, at: usize, end: usize) -> Option<()> {
        match self.stack.last() {
            Some(Open { indent: own, shape: Shape::Mapping(_, None), .. }) if *own == indent => {}
            Some(Open { indent: own, shape: Shape::Mapping(_, Some(_)), .. }) if *own < indent => {
                self.open(indent, at, Shape::Mapping(Vec::new(), None))?;
            }
            // The item that was just begun.
            Some(Open { indent: own, shape: Shape::Sequence(_), .. }) if *own < indent && self.begins(at) => {
                self.open(indent, at, Shape::Mapping(Vec::new(), None))?;
            }
            None => self.open(indent, at, Shape::Mapping(Vec::new(), None))?,
            Some(_) => return None,
        }
        let (text, key_end) = self.word(at, end)?;
        if self.byte(key_end) != Some(b':') || text == "<<" {
            return None;
        }
        let key = Key { span: Span::at(at, key_end), text: text.to_string() };
        self.grow(text)?;
        let separator = Span::at(key_end, key_end + 1);
        let value = key_end + 1 + self.spaces(key_end + 1, end);
        let last = self.stack.last_mut()?;
        last.end = key_end + 1;
        let Shape::Mapping(_, pending) = &mut last.shape else { return None };
        *pending = Some((key, separator));
        if value == end {
            return Some(());
        }
        if value == key_end + 1 {
            return None;
        }
        if self.byte(value) == Some(b'#') {
            return self.comment(value, end);
        }
        let node = self.value(value, end)?;
        self.give(node)
    }

    /// Whether `at` stands behind the mark of an item, and not on a line of its own.
    fn begins(&self, at: usize) -> bool {
        let line = self.source.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or("");
        line.contains('-')
    }

    /// A value on one line, and the comment behind it.
    fn value(&mut self, at: usize, end: usize) -> Option<Node> {
        let rest = self.source.get(at..end)?;
        let (kind, stop) = if rest.starts_with("{}") {
            (Kind::Object(Vec::new()), at + 2)
        } else if rest.starts_with("[]") {
            (Kind::Array(Vec::new()), at + 2)
        } else {
            let (text, stop) = self.word(at, end)?;
            let plain = !rest.starts_with(['"', '\'']);
            (if plain { scalar::plain(text) } else { Kind::String(Scalar { text: text.to_string(), plain }) }, stop)
        };
        self.grow(self.source.get(at..stop)?)?;
        let behind = stop + self.spaces(stop, end);
        if behind < end {
            if behind == stop || self.byte(behind) != Some(b'#') {
                return None;
            }
            self.comment(behind, end)?;
        }
        Some(Node::new(Span::at(at, stop), kind))
    }

    /// Whether what stands at `at` is a key.
    fn is_key(&self, at: usize, end: usize) -> Option<bool> {
        if self.source.get(at..end)?.starts_with(['{', '[']) {
            return Some(false);
        }
        let (_, stop) = self.word(at, end)?;
        Some(self.byte(stop) == Some(b':'))
    }

    /// A text in quotes or without, and where it ends: before a colon, a comment, or the line's end.
    fn word(&self, at: usize, end: usize) -> Option<(&'a str, usize)> {
        let rest = self.source.get(at..end)?;
        let bytes = rest.as_bytes();
        let first = *bytes.first()?;
        if matches!(first, b'"' | b'\'') {
            let inner = rest.get(1..)?;
            let length = inner.bytes().position(|byte| byte == first || byte == b'\\' && first == b'"')?;
            let behind = inner.as_bytes().get(length + 1);
            if inner.as_bytes().get(length) != Some(&first) || behind == Some(&b'\'') {
                return None;
            }
            return Some((inner.get(..length)?, at + length + 2));
        }
        let begins = match first {
            b'-' => bytes.get(1).is_some_and(u8::is_ascii_alphanumeric),
            b'.' => !rest.starts_with("..."),
            b'_' | b'/' | b'+' | b'$' | b'(' | b'~' | b'=' | b'^' | b'<' => true,
            _ => first.is_ascii_alphanumeric() || !first.is_ascii(),
        };
        if !begins {
            return None;
        }
        let mut length = bytes.len();
        for (index, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b':' => matches!(bytes.get(index + 1), None | Some(b' ')),
                b'#' => bytes.get(index.wrapping_sub(1)) == Some(&b' '),
                _ => false,
            };
            if ends {
                length = index;
                break;
            }
        }
        let text = rest.get(..length)?.trim_end_matches(' ');
        if text.len() < length && bytes.get(length) == Some(&b':') {
            return None;
        }
        Some((text, at + text.len()))
    }

    fn open(&mut self, indent: usize, start: usize, shape: Shape) -> Option<()> {
        if self.stack.len() >= self.limits.depth || (self.stack.is_empty() && self.root.is_some()) {
            return None;
        }
        self.grow("")?;
        self.stack.push(Open { indent, start, end: start, shape });
        Some(())
    }

    fn close(&mut self, open: Open) -> Option<()> {
        let kind = match open.shape {
            Shape::Sequence(items) => Kind::Array(items),
            Shape::Mapping(entries, None) if keys::repeated(&entries).is_empty() => Kind::Object(entries),
            Shape::Mapping(..) => return None,
        };
        self.give(Node::new(Span::at(open.start, open.end), kind))
    }

    /// Hands a finished value to the innermost block.
    fn give(&mut self, node: Node) -> Option<()> {
        let Some(open) = self.stack.last_mut() else {
            self.root = Some(node);
            return Some(());
        };
        open.end = node.span.end as usize;
        match &mut open.shape {
            Shape::Sequence(items) => items.push(node),
            Shape::Mapping(entries, pending) => {
                let (key, separator) = pending.take()?;
                entries.push(Entry { key, separator, value: node });
            }
        }
        Some(())
    }

    fn comment(&mut self, at: usize, end: usize) -> Option<()> {
        self.comments.push(Span::at(at, end));
        Some(())
    }

    fn grow(&mut self, text: &str) -> Option<()> {
        self.weight += 1 + text.len() / super::tree::TEXT_PER_NODE;
        (self.weight <= self.limits.nodes).then_some(())
    }

    fn spaces(&self, at: usize, end: usize) -> usize {
        let line = self.source.as_bytes().get(at..end).unwrap_or(&[]);
        line.iter().position(|byte| *byte != b' ').unwrap_or(line.len())
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied()
    }
}

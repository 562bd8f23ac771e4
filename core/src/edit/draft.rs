//! A document that is being changed: its text, read again after each change.

use super::Refused;
use crate::diag::Severity;
use crate::dialect::{self, Form, Outline, Step, Steps};
use crate::span::Span;
use crate::text::{Format, Kind, Node, Tree};
use crate::wire::Dialect;
use alloc::{
    format,
    string::{String, ToString},
};

/// A document that is being changed.
pub(super) struct Draft {
    pub(super) text: String,
    pub(super) tree: Tree,
    pub(super) outline: Outline,
    pub(super) newline: &'static str,
    /// Spaces of one level.
    pub(super) unit: usize,
}

impl Draft {
    pub(super) fn new(source: &str, dialect: Option<Dialect>) -> Result<Draft, Refused> {
        let (tree, outline) = dialect::outline(source, dialect);
        let outline = outline.ok_or_else(|| Refused("expected a call flow, found nothing that can be read".into()))?;
        let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
        let unit = unit(source);
        Ok(Draft { text: source.to_string(), tree, outline, newline, unit })
    }

    /// How many mistakes the syntax has.
    pub(super) fn mistakes(&self) -> usize {
        let errors = self.tree.problems.iter().filter(|problem| problem.severity == Severity::Error);
        errors.count() + usize::from(self.tree.root.is_none())
    }

    /// Puts `text` in the place of a range and reads the document again.
    pub(super) fn splice(&mut self, from: usize, to: usize, text: &str) -> Result<(), Refused> {
        let text = if self.newline == "\r\n" { text.replace('\n', "\r\n") } else { text.to_string() };
        let (Some(head), Some(tail)) = (self.text.get(..from), self.text.get(to..)) else {
            return Err(Refused("expected a place in the document".to_string()));
        };
        let whole = [head, &text, tail].concat();
        let (tree, outline) = dialect::outline(&whole, Some(self.outline.dialect));
        self.outline = outline.ok_or_else(|| Refused("the document cannot be read after this change".to_string()))?;
        (self.text, self.tree) = (whole, tree);
        Ok(())
    }

    pub(super) fn root(&self) -> Result<&Node, Refused> {
        self.tree.root.as_ref().ok_or_else(|| Refused("expected a document, found nothing".to_string()))
    }

    /// The value at a route, if it stands where the route says. What an alias stands for, or was
    /// merged, stands elsewhere, and a change would be seen there too.
    pub(super) fn node(&self, route: &[u32]) -> Result<&Node, Refused> {
        let root = self.root()?;
        let mut node = root;
        for end in 1..=route.len() {
            let next = route.get(..end).and_then(|route| root.follow(route));
            let next = next.ok_or_else(|| Refused("expected a value there, found none".to_string()))?;
            if next.span.start < node.span.start || next.span.end > node.span.end {
                return Err(Refused("this is written in another place, behind an anchor".to_string()));
            }
            node = next;
        }
        Ok(node)
    }

    /// The step of an id.
    pub(super) fn step(&self, id: &str) -> Result<&Step, Refused> {
        self.outline.step(id).ok_or_else(|| Refused(format!("there is no node `{id}`")))
    }

    /// The list of a step, and its place there.
    pub(super) fn home(&self, id: &str) -> Result<(&Steps, usize), Refused> {
        self.outline.home_of(id).ok_or_else(|| Refused(format!("there is no node `{id}`")))
    }

    /// Where a step stands in its list: the index of the item, or of the child.
    pub(super) fn place(steps: &Steps, at: usize) -> usize {
        match steps.form {
            Form::Children => {
                let route = steps.list.get(at).and_then(|step| step.route.last());
                // Behind the last one.
                route.map_or(u32::MAX as usize, |at| *at as usize)
            }
            Form::List | Form::One | Form::Nothing => at,
        }
    }

    /// Whether a collection is written in brackets.
    pub(super) fn flow(&self, node: &Node) -> bool {
        self.tree.format == Format::Json || node.span.of(&self.text).starts_with(['[', '{'])
    }

    /// Whether a value is a collection written by indentation.
    pub(super) fn block(&self, node: &Node) -> bool {
        matches!(node.kind, Kind::Array(_) | Kind::Object(_)) && !self.flow(node)
    }

    /// Where the line of an offset begins.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|head| head.rfind('\n')).map_or(0, |newline| newline + 1)
    }

    /// Where the line of an offset ends, its line break left out.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        let end = at + rest.find('\n').unwrap_or(rest.len());
        if end > at && self.text.as_bytes().get(end - 1) == Some(&b'\r') { end - 1 } else { end }
    }

    /// Characters between the beginning of the line and an offset.
    pub(super) fn column(&self, at: usize) -> usize {
        self.text.get(self.line_start(at)..at).map_or(0, |head| head.chars().count())
    }

    /// Spaces that the line of an offset begins with.
    pub(super) fn indent(&self, at: usize) -> usize {
        let line = self.text.get(self.line_start(at)..).unwrap_or("");
        line.len() - line.trim_start_matches([' ', '\t']).len()
    }

    /// The space that the line of an offset begins with.
    pub(super) fn lead(&self, at: usize) -> &str {
        let start = self.line_start(at);
        self.text.get(start..start + self.indent(at)).unwrap_or("")
    }

    /// Whether nothing but space stands before an offset in its line.
    pub(super) fn leads(&self, at: usize) -> bool {
        self.text.get(self.line_start(at)..at).is_some_and(|head| head.trim().is_empty())
    }

    /// The text of a range.
    pub(super) fn of(&self, span: Span) -> &str {
        span.of(&self.text)
    }
}

/// The indentation of the first line that has one.
fn unit(source: &str) -> usize {
    let mut indents = source.lines().map(|line| line.len() - line.trim_start_matches(' ').len());
    indents.find(|indent| (1..=8).contains(indent)).unwrap_or(2)
}

//! The tree that all three syntaxes share.

use crate::diag::{Code, Severity};
use crate::span::Span;
use alloc::{boxed::Box, string::String, vec::Vec};

/// The syntax of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// YAML 1.2, core schema.
    Yaml,
    /// XML 1.0 without DTD.
    Xml,
}

/// A read document: a tree, or as much of one as could be saved, and what is wrong with the text.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Its syntax.
    pub format: Format,
    /// The top value; `None` when nothing could be saved.
    pub root: Option<Node>,
    /// Comments, in order, delimiters included.
    pub comments: Vec<Span>,
    /// What is wrong with the syntax, in order.
    pub problems: Vec<Problem>,
}

/// Something wrong with the syntax, or repaired in passing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What was expected and what was found; lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A replacement for the text of `span` that mends it.
    pub fix: Option<String>,
    /// It was repaired while reading; the tree is whole.
    pub repaired: bool,
    /// Which kind of problem.
    pub code: &'static Code,
    /// How bad it is here; usually the code's own severity.
    pub severity: Severity,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The whole value, quotes and brackets included.
    pub span: Span,
    /// The value.
    pub kind: Kind,
}

/// The shapes of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `null`, or nothing at all.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number. Its source text is `span.of(source)`: an unquoted `+1555…` is a number here.
    Number(f64),
    /// A text, unescaped.
    String(Scalar),
    /// A list.
    Array(Vec<Node>),
    /// Named values in source order; duplicates are kept (and reported).
    Object(Vec<Entry>),
    /// An XML element.
    Element(Box<Element>),
}

/// A text value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The text, unescaped and unfolded.
    pub text: String,
    /// Written without quotes (YAML plain).
    pub plain: bool,
}

/// One entry of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its key.
    pub key: Key,
    /// The separator (`:`), for text edits.
    pub separator: Span,
    /// Its value.
    pub value: Node,
}

/// A key. YAML keys that are not strings (`1:`, `yes:`) keep their source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key, quotes included.
    pub span: Span,
    /// Its text.
    pub text: String,
}

/// An XML element.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// The name as written, prefix included.
    pub name: String,
    /// The name in the opening tag.
    pub name_span: Span,
    /// The opening tag, `<` to `>`.
    pub open: Span,
    /// The closing tag; `None` for `<Empty/>`.
    pub close: Option<Span>,
    /// Attributes in order.
    pub attributes: Vec<Attribute>,
    /// Children in order, comments left out.
    pub children: Vec<Child>,
}

/// An XML attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The name as written, prefix included.
    pub name: String,
    /// The name.
    pub name_span: Span,
    /// The value, entities resolved.
    pub value: String,
    /// The value between its quotes.
    pub value_span: Span,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq)]
pub enum Child {
    /// Another element (a node whose kind is `Element`).
    Element(Node),
    /// Text, entities resolved, white space as written.
    Text {
        /// Where.
        span: Span,
        /// The text.
        text: String,
    },
}

impl Tree {
    /// Whether the text must be refused, however much of a tree was saved.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.root.is_none() || self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }
}

impl Problem {
    /// A problem with the severity of its code.
    #[must_use]
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Problem {
        Problem { span, message: message.into(), help: None, fix: None, repaired: false, code, severity: code.severity }
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    /// Gives the text that should stand there instead.
    #[must_use]
    pub fn fix(mut self, text: impl Into<String>) -> Problem {
        self.fix = Some(text.into());
        self
    }

    /// The tree is as it would be had the author written it well.
    #[must_use]
    pub fn repaired(mut self) -> Problem {
        self.repaired = true;
        self
    }

    /// Another severity than the code's own.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Problem {
        self.severity = severity;
        self
    }
}

impl Node {
    /// A value at a place.
    #[must_use]
    pub fn new(span: Span, kind: Kind) -> Node {
        Node { span, kind }
    }

    /// The value that a route leads to: which entry, item or child at each level.
    #[must_use]
    pub fn follow(&self, route: &[u32]) -> Option<&Node> {
        route.iter().try_fold(self, |node, at| match &node.kind {
            Kind::Array(items) => items.get(*at as usize),
            Kind::Object(entries) => entries.get(*at as usize).map(|entry| &entry.value),
            Kind::Element(element) => match element.children.get(*at as usize) {
                Some(Child::Element(node)) => Some(node),
                Some(Child::Text { .. }) | None => None,
            },
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => None,
        })
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(scalar) => Some(&scalar.text),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Array(_) | Kind::Object(_) | Kind::Element(_) => None,
        }
    }

    /// The entry called `key` of an object; the last one counts, as in `JSON.parse`.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.kind {
            Kind::Object(entries) => entries.iter().rev().find(|entry| entry.key.text == key),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Array(_) | Kind::Element(_) => None,
        }
    }

    /// What it is, for messages: `a string`, `an object` …
    #[must_use]
    pub fn noun(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "nothing",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "an array",
            Kind::Object(_) => "an object",
            Kind::Element(_) => "an element",
        }
    }
}

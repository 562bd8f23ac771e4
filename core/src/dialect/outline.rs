//! A document's steps as its author wrote them: what stands where, in any dialect, with all that
//! may follow. Unlike a program, an outline has the parts that cannot be run, too.

use super::{detect, rcml, swml, verbs};
use crate::span::Span;
use crate::text::{self, Node, Tree};
use crate::wire::Dialect;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// The way to a value in a tree: which entry, item or child at each level.
pub type Route = Vec<u32>;

/// A document's steps.
#[derive(Clone, Debug)]
pub struct Outline {
    /// Its platform.
    pub dialect: Dialect,
    /// Where the named sections stand, in a dialect that has them, and the document has.
    pub home: Option<Route>,
    /// Named lists of steps, in document order.
    pub parts: Vec<Part>,
}

/// A named list of steps.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// The call begins here.
    pub entry: bool,
    /// Its steps.
    pub steps: Steps,
}

/// Steps that run one after another.
#[derive(Clone, Debug)]
pub struct Steps {
    /// What the ids of its steps begin with.
    pub id: String,
    /// The way to the list, or to the one step.
    pub route: Route,
    /// Where.
    pub span: Span,
    /// How it is written.
    pub form: Form,
    /// The steps.
    pub list: Vec<Step>,
}

/// How steps are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As a list.
    List,
    /// One step without a list around it.
    One,
    /// Nothing stands there.
    Nothing,
    /// Children of an element.
    Children,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its path in the document.
    pub id: String,
    /// The way to it.
    pub route: Route,
    /// All of it.
    pub span: Span,
    /// The vendor's name of what it does.
    pub verb: String,
    /// Where that name stands.
    pub verb_span: Span,
    /// The way to its parameters.
    pub parameters: Route,
    /// The parameter that a value which is no object stands for.
    pub first: Option<&'static str>,
    /// What it does, in a few words of the document.
    pub summary: String,
    /// The name that jumps know it by.
    pub label: Option<String>,
    /// How it may end.
    pub ports: Vec<Port>,
    /// Whom it dials.
    pub fork: Option<Fork>,
    /// Whom else it names.
    pub links: Vec<Link>,
    /// What comes behind it.
    pub goes: Goes,
    /// Why it cannot be read.
    pub error: Option<String>,
}

/// What comes behind a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes {
    /// The next step.
    On,
    /// Nothing: the call ends.
    Ends,
    /// Whoever called the section.
    Returns,
    /// What it names.
    Leaves,
}

/// One way a step may end, or something that it runs meanwhile.
#[derive(Clone, Debug, Default)]
pub struct Port {
    /// The platform's word for it.
    pub name: String,
    /// The same for people.
    pub label: String,
    /// What runs then.
    pub body: Option<Steps>,
    /// Where in the parameters those steps stand, or would stand; nothing if nowhere.
    pub path: Vec<String>,
    /// The variable that is compared, where it must be named.
    pub variable: Option<&'static str>,
    /// It takes whatever the other ports do not.
    pub otherwise: bool,
    /// It is no outcome: it runs while the step goes on.
    pub aside: bool,
}

/// Whom a step dials.
#[derive(Clone, Debug)]
pub struct Fork {
    /// How.
    pub order: ForkOrder,
    /// The targets.
    pub rows: Vec<Target>,
}

/// In which order targets are dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForkOrder {
    /// All at once.
    Parallel,
    /// One after another.
    Sequential,
    /// Groups one after another, the targets of a group at once.
    SerialParallel,
}

/// One who is dialled.
#[derive(Clone, Debug)]
pub struct Target {
    /// The address as written.
    pub to: String,
    /// Seconds it rings, as written.
    pub timeout: String,
    /// Its place among those tried one after another, from 0.
    pub turn: u32,
    /// Where it stands.
    pub span: Span,
}

/// Something that a step names.
#[derive(Clone, Debug)]
pub struct Link {
    /// What it is to the step.
    pub kind: LinkKind,
    /// Its name or address as written.
    pub to: String,
    /// The parameter that names it.
    pub label: String,
    /// Where it stands.
    pub span: Span,
    /// The way to the text that names it.
    pub route: Route,
}

/// What something named is to a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// A section or document that comes back.
    Call,
    /// A section or document that does not.
    Jump,
    /// A label of the same section.
    Label,
    /// A document that runs instead.
    Document,
    /// An address that is told or asked.
    Hook,
}

impl Outline {
    /// Whether steps of this platform can hold others that run on a condition.
    #[must_use]
    pub fn has_conditions(&self) -> bool {
        self.dialect == Dialect::Swml
    }

    /// The step of an id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.parts.iter().find_map(|part| part.steps.find(id))
    }

    /// The list that a step stands in, and its place there.
    #[must_use]
    pub fn home_of(&self, id: &str) -> Option<(&Steps, usize)> {
        self.parts.iter().find_map(|part| part.steps.home_of(id))
    }

    /// The section called `name`.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The section that a step stands in.
    #[must_use]
    pub fn part_of(&self, id: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.steps.find(id).is_some())
    }

    /// Calls `visit` with every step, in document order.
    pub fn each<'o>(&'o self, visit: &mut dyn FnMut(&'o Step)) {
        self.parts.iter().for_each(|part| part.steps.each(visit));
    }
}

impl Steps {
    /// The step of an id, in here or inside of a step.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Step> {
        let (steps, at) = self.home_of(id)?;
        steps.list.get(at)
    }

    fn home_of(&self, id: &str) -> Option<(&Steps, usize)> {
        if let Some(at) = self.list.iter().position(|step| step.id == id) {
            return Some((self, at));
        }
        let inside = self.list.iter().filter(|step| id.starts_with(step.id.as_str()));
        inside.flat_map(|step| &step.ports).filter_map(|port| port.body.as_ref()).find_map(|body| body.home_of(id))
    }

    /// Calls `visit` with every step, outer ones first.
    pub fn each<'o>(&'o self, visit: &mut dyn FnMut(&'o Step)) {
        for step in &self.list {
            visit(step);
            step.ports.iter().filter_map(|port| port.body.as_ref()).for_each(|body| body.each(visit));
        }
    }
}

impl Step {
    /// A step of which only the place is known.
    pub(super) fn at(id: String, route: Route, span: Span) -> Step {
        Step {
            id,
            parameters: route.clone(),
            route,
            span,
            verb: String::new(),
            verb_span: span,
            first: None,
            summary: String::new(),
            label: None,
            ports: Vec::new(),
            fork: None,
            links: Vec::new(),
            goes: Goes::On,
            error: None,
        }
    }
}

/// Reads a document and outlines it. No outline when nothing could be read, or no dialect was
/// given or recognised.
#[must_use]
pub fn outline(source: &str, dialect: Option<Dialect>) -> (Tree, Option<Outline>) {
    let format = match dialect {
        Some(Dialect::Rcml) => Some(text::Format::Xml),
        Some(Dialect::Verbs) => Some(text::Format::Json),
        Some(Dialect::Swml) | None => None,
    };
    let tree = text::read(source, format, &text::TextLimits::default());
    let outline = dialect.or_else(|| detect(&tree)).zip(tree.root.as_ref()).map(|(dialect, root)| match dialect {
        Dialect::Swml => swml::outline(source, root),
        Dialect::Verbs => verbs::outline(source, root),
        Dialect::Rcml => rcml::outline(root),
    });
    (tree, outline)
}

/// A route that goes one further.
pub(super) fn further(route: &[u32], at: usize) -> Route {
    let mut longer = route.to_vec();
    longer.push(at as u32);
    longer
}

/// The entry `key` of an object with the way to its value.
pub(super) fn field<'n>(node: &'n Node, route: &[u32], key: &str) -> Option<(&'n text::Entry, Route)> {
    let entries = super::reader::entries(node);
    let at = entries.iter().rposition(|entry| entry.key.text == key)?;
    entries.get(at).map(|entry| (entry, further(route, at)))
}

/// A text short enough for a box.
pub(super) fn clipped(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or("");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or("")),
        None if line.len() < text.trim().len() => format!("{line} …"),
        None => line.to_string(),
    }
}

/// Characters of a summary.
const MOST: usize = 60;

/// The ways a dial may end, by a platform's words.
pub(super) fn dial_ports(words: [&str; 5]) -> Vec<Port> {
    let labels = ["answered", "busy", "no answer", "declined", "failed"];
    let port = |(word, label): (&str, &str)| Port { name: word.into(), label: label.into(), ..Port::default() };
    words.into_iter().zip(labels).map(port).collect()
}

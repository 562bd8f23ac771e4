//! The ways a call of a document may go: at each decision every kind of answer is tried.

use super::coverage::Coverage;
use crate::engine::Loaded;
use crate::id::LegId;
use crate::sim::{Session, SessionEvent, Stopped, Until};
use crate::time::Millis;
use crate::value::{Object, Value};
use crate::wire::{Command, Event, GraphNode, Kind};
use alloc::collections::BTreeSet;
use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use litemap::LiteMap;

/// How far to look.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Most ways.
    pub paths: usize,
    /// Most inputs of one way between two decisions.
    pub steps: usize,
    /// Most decisions of one way.
    pub decisions: usize,
    /// How often one answer is given at one step on one way.
    pub repeats: usize,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds { paths: 200, steps: 2_000, decisions: 40, repeats: 2 }
    }
}

/// What was found.
#[derive(Debug)]
pub struct Exploration {
    /// There is more than was looked at.
    pub bounded: bool,
    /// Every way that is not the same as one before.
    pub paths: Vec<Path>,
    /// What they went through together.
    pub coverage: Coverage,
}

/// One way.
#[derive(Debug)]
pub struct Path {
    /// A scenario that makes a call go this way.
    pub scenario: String,
    /// How the call went, if it ended.
    pub outcome: Option<String>,
    /// When it ended.
    pub t: u64,
    /// Outcomes that no way before went through, as steps and ports.
    pub adds: Vec<(usize, usize)>,
    /// The last step, if the call came to its end without anybody hanging up.
    pub runs_out: Option<String>,
    /// Steps that it ran again and again.
    pub cycle: Vec<String>,
}

/// A way that is not at its end.
struct Open {
    session: Session,
    /// How often each answer was given at each step.
    given: LiteMap<(String, String), usize>,
    decisions: usize,
}

/// Tries every kind of answer at every decision.
#[must_use]
pub fn enumerate(loaded: &Arc<Loaded>, bounds: &Bounds) -> Exploration {
    let coverage = Coverage::new(&loaded.source, loaded.dialect);
    let mut found = Exploration { bounded: false, paths: Vec::new(), coverage };
    let Ok(session) = Session::new(Arc::clone(loaded), None) else { return found };
    if !loaded.runs() {
        return found;
    }
    let words = Words::new(&found.coverage);
    let mut seen: BTreeSet<Vec<String>> = BTreeSet::new();
    // Steps at which the caller gave up on some way.
    let mut left: BTreeSet<String> = BTreeSet::new();
    let mut ends = 0;
    let mut open = Vec::from([Open { session, given: LiteMap::new(), decisions: 0 }]);
    while let Some(mut way) = open.pop() {
        if found.paths.len() >= bounds.paths || ends >= bounds.paths * 4 {
            found.bounded = true;
            break;
        }
        let stopped = way.session.run_until(&Until::decision().within(bounds.steps));
        let item = way.session.awaiting().into_iter().next();
        let over = match stopped {
            Stopped::Decision => way.decisions >= bounds.decisions,
            Stopped::Waiting => false,
            Stopped::End | Stopped::Time | Stopped::Breakpoint(_) | Stopped::Limit => true,
        };
        found.bounded |= stopped == Stopped::Limit || (stopped == Stopped::Decision && over);
        let Some(item) = item.as_ref().and_then(Value::as_object).filter(|_| !over) else {
            ends += 1;
            found.end(&way.session, &stopped, &mut seen);
            continue;
        };
        let node = item.get("node").and_then(Value::as_str).unwrap_or_default().to_string();
        let mut answers = match stopped {
            Stopped::Waiting => Vec::new(),
            _ => answers(item, &words, way.given.keys().any(|(other, _)| *other == node)),
        };
        if answers.is_empty() || left.insert(node.clone()) {
            answers.push(("the caller hangs up".to_string(), hangs_up(), 1_000));
        }
        let mut tried = false;
        // The first answer is looked at first.
        for (label, fact, after) in answers.into_iter().rev() {
            let mut given = way.given.clone();
            let count = given.entry((node.clone(), label)).or_insert(0);
            *count += 1;
            if *count > bounds.repeats {
                continue;
            }
            let mut session = way.session.clone();
            if session.answer(&fact, Millis(after)).is_ok() {
                tried = true;
                open.push(Open { session, given, decisions: way.decisions + 1 });
            }
        }
        if !tried {
            found.bounded = true;
            ends += 1;
            found.end(&way.session, &stopped, &mut seen);
        }
    }
    found
}

impl Exploration {
    /// A way is at its end.
    fn end(&mut self, session: &Session, stopped: &Stopped, seen: &mut BTreeSet<Vec<String>>) {
        let events = session.events(0, usize::MAX);
        let steps = events.iter().filter(|event| matches!(&event.entry.kind, Kind::Note(note) if note.name == "step"));
        let nodes: Vec<&str> = steps.filter_map(|event| event.node).collect();
        let status = session.status(Some(stopped));
        let status = status.as_object();
        let text = |name: &str| status.and_then(|status| status.get(name)).and_then(Value::as_str);
        let outcome = text("outcome").map(ToString::to_string);
        let adds = self.coverage.add(&events);
        let mut key: Vec<String> = nodes.iter().map(ToString::to_string).collect();
        key.extend(outcome.clone());
        key.extend(events.iter().filter_map(|event| match &event.entry.kind {
            Kind::Event(Event::Failed { status, .. }) => Some(status.to_string()),
            Kind::Note(note) if note.name == "limit" => Some(note.text.clone()),
            Kind::Event(_) | Kind::Note(_) | Kind::Command(_) => None,
        }));
        if !seen.insert(key) && adds.is_empty() {
            return;
        }
        let last = nodes.last().and_then(|id| self.coverage.graph().node(id));
        let ends = |node: &&GraphNode| !matches!(node.verb.to_ascii_lowercase().as_str(), "hangup" | "reject");
        let over = *stopped == Stopped::End && !caller_left(&events);
        let runs_out = last.filter(ends).filter(|_| over).map(|node| node.id.clone());
        self.paths.push(Path {
            scenario: session.scenario(false),
            outcome,
            t: session.clock().0,
            adds,
            runs_out,
            cycle: session.cycle(),
        });
    }

    /// The scenarios of all ways.
    #[must_use]
    pub fn scenarios(&self) -> Vec<String> {
        self.paths.iter().map(|path| path.scenario.clone()).collect()
    }

    /// All of it, for people: ways, what none of them reached, what nobody handles, what never ends.
    #[must_use]
    pub fn value(&self) -> Value {
        let number = |number: usize| Value::Number(number as f64);
        let texts = |list: &[String]| Value::Array(list.iter().map(|text| Value::from(text.as_str())).collect());
        let graph = self.coverage.graph();
        let port = |node: usize, port: usize| {
            let node = graph.nodes.get(node)?;
            let told = node.ports.get(port)?;
            let object = Object::new().with("node", node.id.as_str()).with("port", told.name.as_str());
            let object = object.with("label", told.label.as_str());
            Some(match &told.default {
                Some(default) => object.with("default", default.as_str()),
                None => object,
            })
        };
        let mut paths = Vec::new();
        let (mut ends, mut loops) = (Vec::new(), Vec::new());
        for (at, path) in self.paths.iter().enumerate() {
            let adds = path.adds.iter().filter_map(|(node, at)| port(*node, *at)).map(Value::Object).collect();
            let mut object = Object::new().with("scenario", path.scenario.as_str());
            if let Some(outcome) = &path.outcome {
                object.set("outcome", outcome.as_str());
            }
            object.set("t", Value::Number(path.t as f64));
            object.set("adds", Value::Array(adds));
            paths.push(Value::Object(object));
            if let Some(node) = &path.runs_out {
                ends.push(Value::Object(Object::new().with("node", node.as_str()).with("path", number(at))));
            }
            if !path.cycle.is_empty() {
                let cycle = Object::new().with("nodes", texts(&path.cycle));
                loops.push(Value::Object(cycle.with("path", number(at))));
            }
        }
        let nodes = graph.nodes.iter().enumerate();
        let unreached: Vec<String> =
            nodes.clone().filter(|(at, _)| self.coverage.node(*at) == 0).map(|(_, node)| node.id.clone()).collect();
        let ports = nodes.flat_map(|(at, node)| (0..node.ports.len()).map(move |port| (at, port)));
        let (mut unhandled, mut untried) = (Vec::new(), Vec::new());
        for (node, at) in ports {
            let Some(told) = graph.nodes.get(node).and_then(|node| node.ports.get(at)) else { continue };
            let object = port(node, at).map(Value::Object);
            match (self.coverage.port(node, at) > 0, told.default.is_some()) {
                (true, true) => unhandled.extend(object),
                (false, _) => untried.extend(object),
                (true, false) => {}
            }
        }
        let object = Object::new()
            .with("bounded", Value::Bool(self.bounded))
            .with("paths", Value::Array(paths))
            .with("unreached", texts(&unreached))
            .with("untried", Value::Array(untried))
            .with("unhandled", Value::Array(unhandled))
            .with("runs_out", Value::Array(ends))
            .with("loops", Value::Array(loops));
        Value::Object(object.with("coverage", self.coverage.value()))
    }
}

/// Whether the caller went before anybody sent it away.
fn caller_left(events: &[SessionEvent<'_>]) -> bool {
    let first = events.iter().find_map(|event| match &event.entry.kind {
        Kind::Event(Event::Ended { leg: LegId::CALLER, .. }) => Some(true),
        Kind::Command(Command::Hangup { leg: LegId::CALLER, .. } | Command::Reject { .. }) => Some(false),
        Kind::Event(_) | Kind::Command(_) | Kind::Note(_) => None,
    });
    first == Some(true)
}

/// What may be pressed or said, as the document compares it.
struct Words {
    keys: Vec<String>,
    said: Vec<String>,
    /// Somebody listens for machines.
    detects: bool,
}

impl Words {
    fn new(coverage: &Coverage) -> Words {
        let mut words = Words { keys: Vec::new(), said: Vec::new(), detects: false };
        let nodes = &coverage.graph().nodes;
        words.detects = nodes.iter().any(|node| node.verb.contains("detect"));
        let chooses = |node: &&GraphNode| matches!(node.verb.as_str(), "switch" | "cond" | "if" | "prompt");
        for port in nodes.iter().filter(chooses).flat_map(|node| &node.ports) {
            let quoted = port.label.split(['\'', '"']).skip(1).step_by(2);
            for word in quoted.chain([port.name.as_str()]).filter(|word| !["default", "else", "then"].contains(word)) {
                let is_key = |key: char| key.is_ascii_digit() || matches!(key, '*' | '#');
                let list = if word.chars().all(is_key) { &mut words.keys } else { &mut words.said };
                if !word.is_empty() && list.len() < MOST_WORDS && !list.iter().any(|known| known == word) {
                    list.push(word.to_string());
                }
            }
        }
        // And one that the document does not know.
        let other = ["9", "8", "7", "0"].iter().find(|key| !words.keys.iter().any(|known| known == *key));
        words.keys.extend(other.map(ToString::to_string));
        words.said.push("something else".to_string());
        words
    }
}

/// Words of a kind that are tried.
const MOST_WORDS: usize = 12;

/// One answer of each kind, with its name and its delay. Of several who are dialled by a step, only
/// the first is tried in every way.
fn answers(item: &Object, words: &Words, again: bool) -> Vec<(String, Value, u64)> {
    let mut answers = Vec::new();
    let Some(Value::Array(options)) = item.get("options") else { return answers };
    let dials = options.iter().any(|option| named(option).1 == "rejects");
    for option in options {
        let (label, fact) = named(option);
        let Some(object) = option.as_object() else { continue };
        let Some(given) = object.get("fact").and_then(Value::as_object) else { continue };
        let after = match object.get("after") {
            Some(Value::Number(after)) => *after as u64,
            _ => 0,
        };
        let with = |name: &str, word: &str| Value::Object(given.clone().with(name, word));
        match fact {
            "rings" | "early-media" => {}
            "answers" if label.contains("machine") && !words.detects => {}
            "rejects" if again && label != "busy" => {}
            "hangs-up" if dials || options.len() > 1 => {}
            "presses" => {
                answers.extend(words.keys.iter().map(|keys| (keys.clone(), with("keys", keys), after)));
            }
            "says" if label == "says" => {
                answers.extend(words.said.iter().map(|said| (said.clone(), with("words", said), after)));
            }
            "replies" if label == "replies nonsense" || label == "is not there" => {}
            _ => answers.push((label.to_string(), Value::Object(given.clone()), after)),
        }
    }
    answers
}

/// An option's label, and the name of its fact.
fn named(option: &Value) -> (&str, &str) {
    let object = option.as_object();
    let fact = object.and_then(|object| object.get("fact")).and_then(Value::as_object);
    let label = object.and_then(|object| object.get("label")).and_then(Value::as_str);
    let name = fact.and_then(|fact| fact.get("fact")).and_then(Value::as_str);
    (label.unwrap_or_default(), name.unwrap_or_default())
}

fn hangs_up() -> Value {
    Value::Object(Object::new().with("fact", "hangs-up").with("leg", "a"))
}

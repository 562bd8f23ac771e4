//! Running on until something.

use super::state::State;
use super::told::Told;
use super::{MOST_INPUTS, Session};
use crate::expr::{Budget, Expr, Scope};
use crate::time::Instant;
use crate::value::{Object, Value};
use crate::wire::{Kind, Outcome};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// What a run stops at, whichever comes first. It always stops when the call ends, or nothing more will happen.
#[derive(Debug)]
pub struct Until {
    time: Option<Instant>,
    decision: bool,
    breaks: Vec<Break>,
    /// Inputs after which it is given up.
    most: usize,
}

/// Why a run stopped.
#[derive(Clone, Debug, PartialEq)]
pub enum Stopped {
    /// The call is over.
    End,
    /// Somebody must be asked.
    Decision,
    /// The time is reached.
    Time,
    /// Nothing happens by itself any more.
    Waiting,
    /// This breakpoint, by its place in the list.
    Breakpoint(usize),
    /// It ran and ran.
    Limit,
}

#[derive(Debug)]
enum Break {
    Node(String),
    Line(u32),
    Kind(String, Option<String>),
    When(Expr),
}

impl Default for Until {
    fn default() -> Until {
        Until { time: None, decision: false, breaks: Vec::new(), most: MOST_INPUTS }
    }
}

impl Until {
    /// Reads `{time?, decision?, breakpoints?: [{node} | {line} | {kind, name?} | {when}]}`.
    ///
    /// # Errors
    /// A breakpoint of another form, or a condition that is no expression.
    pub fn read(value: &Value) -> Result<Until, String> {
        let mut until = Until::default();
        let Some(object) = value.as_object() else { return Ok(until) };
        if let Some(Value::Number(time)) = object.get("time") {
            until.time = Some(Instant(*time as u64));
        }
        until.decision = object.get("decision") == Some(&Value::Bool(true));
        let Some(Value::Array(list)) = object.get("breakpoints") else { return Ok(until) };
        for item in list {
            let text = |name: &str| item.as_object()?.get(name)?.as_str().map(ToString::to_string);
            let line = item.as_object().and_then(|item| item.get("line"));
            until.breaks.push(match (text("node"), line, text("kind"), text("when")) {
                (Some(node), ..) => Break::Node(node),
                (_, Some(Value::Number(line)), ..) => Break::Line(*line as u32),
                (_, _, Some(kind), _) => Break::Kind(kind, text("name")),
                (.., Some(when)) => {
                    let expr = Expr::parse(&when);
                    Break::When(expr.map_err(|error| format!("`{when}` is no condition: {}", error.message))?)
                }
                _ => return Err(format!("expected a breakpoint, found {}", item.to_json())),
            });
        }
        Ok(until)
    }

    /// The same within so many inputs.
    #[must_use]
    pub fn within(self, most: usize) -> Until {
        Until { most, ..self }
    }

    /// Until somebody must be asked.
    #[must_use]
    pub fn decision() -> Until {
        Until { decision: true, ..Until::default() }
    }
}

struct Names {
    vars: Value,
    now: f64,
}

impl Scope for Names {
    fn lookup(&self, name: &str) -> Option<Value> {
        match name {
            "vars" => Some(self.vars.clone()),
            other => self.vars.as_object()?.get(other).cloned(),
        }
    }

    fn property(&self, root: &str, name: &str) -> Option<Option<&Value>> {
        (root == "vars").then(|| self.vars.as_object().and_then(|vars| vars.get(name)))
    }

    fn now_ms(&self) -> f64 {
        self.now
    }
}

impl Session {
    /// Runs on.
    pub fn run_until(&mut self, until: &Until) -> Stopped {
        let mut was = self.held(&until.breaks);
        for _ in 0..until.most {
            let end = self.end_of_moment();
            if let Some((index, stop)) = self.hit(&until.breaks, end) {
                self.position = index + 1;
                self.clock = self.clock.max(self.state.now);
                return Stopped::Breakpoint(stop);
            }
            self.position = end;
            self.clock = self.clock.max(self.state.now);
            for (at, (stop, was)) in until.breaks.iter().zip(&mut was).enumerate() {
                let holds = self.holds(stop, &self.state);
                if core::mem::replace(was, holds) != holds && holds {
                    return Stopped::Breakpoint(at);
                }
            }
            if self.ended() {
                return Stopped::End;
            }
            let known = self.timeline().and_then(|timeline| timeline.moments.get(self.moment + 1)).map(|next| next.at);
            if until.decision && known.is_none() && !self.state.undecided().is_empty() {
                return Stopped::Decision;
            }
            let Some(next) = known.or_else(|| self.state.next().map(|next| next.0)) else { return Stopped::Waiting };
            if let Some(time) = until.time.filter(|time| next > *time) {
                self.clock = self.clock.max(time);
                return Stopped::Time;
            }
            if !self.advance() {
                return Stopped::Waiting;
            }
        }
        self.position = self.end_of_moment();
        self.clock = self.clock.max(self.state.now);
        Stopped::Limit
    }

    /// The first event of this moment, from the position on, that a breakpoint is set on.
    fn hit(&self, breaks: &[Break], end: usize) -> Option<(usize, usize)> {
        if breaks.is_empty() {
            return None;
        }
        let timeline = self.timeline()?;
        let map = &timeline.document.map;
        let of = |told: &Told, at: &Break| match at {
            Break::Node(node) => {
                begins(told) && told.place.as_ref().and_then(|place| map.node(place)) == Some(node.as_str())
            }
            Break::Line(line) => begins(told) && told.place.is_some_and(|place| place.line == *line),
            Break::Kind(kind, name) => {
                let (of_kind, named) = kind_of(&told.entry.kind);
                of_kind == kind.as_str() && name.as_ref().is_none_or(|name| *name == named)
            }
            Break::When(_) => false,
        };
        let events = timeline.told(self.position).take(end.saturating_sub(self.position));
        events
            .enumerate()
            .find_map(|(at, told)| breaks.iter().position(|stop| of(told, stop)).map(|stop| (self.position + at, stop)))
    }

    /// Which conditions held before what comes next. Amid a moment that is before all of it: its state is the one
    /// behind it.
    fn held(&self, breaks: &[Break]) -> Vec<bool> {
        let amid = self.position < self.end_of_moment() && breaks.iter().any(|stop| matches!(stop, Break::When(_)));
        let before = self.timeline().filter(|_| amid && self.moment > 0);
        let before = before.and_then(|timeline| timeline.state(self.moment - 1, None));
        breaks
            .iter()
            .map(|stop| match &before {
                Some(state) => self.holds(stop, state),
                // Before the call there was nothing.
                None => !amid && self.holds(stop, &self.state),
            })
            .collect()
    }

    fn holds(&self, stop: &Break, state: &State) -> bool {
        let Break::When(expr) = stop else { return false };
        let now = (self.scenario.start_unix_ms + state.now.0) as f64;
        let names = Names { vars: state.variables(), now };
        expr.test(&names, &mut Budget::default()).unwrap_or(false)
    }

    /// The steps that the call ran again and again at its end, if it did.
    #[must_use]
    pub fn cycle(&self) -> Vec<String> {
        let failed = self.state.ended.as_ref().is_none_or(|ended| ended.outcome == Outcome::Failed);
        let Some(timeline) = self.timeline().filter(|_| failed) else { return Vec::new() };
        let from = timeline.len().saturating_sub(2_000);
        let nodes: Vec<&str> = timeline
            .told(from)
            .filter(|told| begins(told))
            .filter_map(|told| timeline.document.map.node(told.place.as_ref()?))
            .collect();
        // Three times the same at the end is a cycle; its shortest form is told.
        for length in 1..=nodes.len() / 3 {
            let tail = nodes.get(nodes.len() - 3 * length..).unwrap_or_default();
            let (one, rest) = tail.split_at(length.min(tail.len()));
            if rest.chunks(length).all(|other| other == one) {
                return one.iter().map(ToString::to_string).collect();
            }
        }
        Vec::new()
    }

    /// Why a run stopped, and where it stands.
    #[must_use]
    pub fn status(&self, stopped: Option<&Stopped>) -> Value {
        let number = |number: usize| Value::Number(number as f64);
        let mut status = Object::new();
        if let Some(stopped) = stopped {
            status.set(
                "stopped",
                match stopped {
                    Stopped::End => "end",
                    Stopped::Decision => "decision",
                    Stopped::Time => "time",
                    Stopped::Waiting => "waiting",
                    Stopped::Breakpoint(_) => "breakpoint",
                    Stopped::Limit => "limit",
                },
            );
        }
        if let Some(Stopped::Breakpoint(at)) = stopped {
            status.set("breakpoint", number(*at));
        }
        status.set("position", number(self.position));
        status.set("length", number(self.length()));
        status.set("t", Value::Number(self.clock.0 as f64));
        status.set("branch", number(self.current));
        status.set("ended", Value::Bool(self.ended()));
        if let Some(ended) = &self.state.ended {
            status.set("outcome", super::super::line::word(&ended.outcome));
        }
        let cycle = match stopped {
            Some(Stopped::Limit | Stopped::End) => self.cycle(),
            _ => Vec::new(),
        };
        if !cycle.is_empty() {
            status.set("cycle", Value::Array(cycle.into_iter().map(Value::from).collect()));
        }
        Value::Object(status)
    }
}

/// Whether a step begins here.
fn begins(told: &Told) -> bool {
    matches!(&told.entry.kind, Kind::Note(note) if note.name == "step")
}

/// `event`, `command` or `note`, and its name.
fn kind_of(kind: &Kind) -> (&'static str, String) {
    match kind {
        Kind::Event(event) => ("event", named(event)),
        Kind::Command(command) => ("command", named(command)),
        Kind::Note(note) => ("note", note.name.clone()),
    }
}

/// The name that a variant has in JSON.
fn named(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.split('"').nth(3).unwrap_or_default().to_string()
}

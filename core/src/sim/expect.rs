//! Whether what came out is what must come out.

use super::glob::matches;
use super::line::line;
use super::run::Simulation;
use super::scenario::Expect;
use crate::diag::{Diagnostic, codes};
use crate::span::Span;
use crate::value::Value;
use crate::wire::{Command, Kind};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Everything that is not as expected.
pub(super) fn mismatches(expect: &Expect, simulation: &Simulation) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut report = |span: Span, message: String, note: String| {
        let diagnostic = Diagnostic::new(&codes::EXPECTATION, span, message);
        found.push(if note.is_empty() { diagnostic } else { diagnostic.note(note) });
    };
    let outcome = simulation.commands.iter().rev().find_map(|command| match command {
        Command::Done { .. } => line(command).strip_prefix("done ").map(ToString::to_string),
        _ => None,
    });
    let outcome = outcome.unwrap_or_else(|| "none: the call never ended".to_string());
    if let Some((expected, span)) = &expect.outcome
        && *expected != outcome
    {
        report(*span, format!("expected the outcome `{expected}`, found `{outcome}`"), problems(simulation));
    }
    let commands: Vec<(String, String)> =
        simulation.commands.iter().map(|c| (line(c), address(c, simulation))).collect();
    let mut from = 0;
    for (expected, span) in expect.commands.iter().filter(|(expected, _)| expected != "...") {
        let rest = commands.get(from..).unwrap_or(&[]);
        match rest.iter().position(|(line, address)| fits(expected, line, address)) {
            Some(at) => from += at + 1,
            None => {
                let after = if from == 0 {
                    "from the beginning".to_string()
                } else {
                    format!("after `{}`", commands.get(from - 1).map_or("", |c| c.0.as_str()))
                };
                let came: Vec<&str> = rest.iter().map(|(line, _)| line.as_str()).collect();
                let note =
                    format!("{after} came: {}", if came.is_empty() { "nothing".to_string() } else { came.join(", ") });
                report(*span, format!("expected the order `{expected}`"), note);
            }
        }
    }
    for (unwanted, span) in &expect.never {
        if let Some((line, _)) = commands.iter().find(|(line, address)| fits(unwanted, line, address)) {
            report(*span, format!("the order `{unwanted}` must not come, found `{line}`"), String::new());
        }
    }
    let mut from = 0;
    for (expected, span) in expect.requests.iter().filter(|(expected, _)| expected != "...") {
        let rest = simulation.requests.get(from..).unwrap_or(&[]);
        let request = |r: &super::SimulatedRequest| format!("{} {} {}", r.method, r.url, r.body);
        match rest.iter().position(|r| matches(&format!("{expected}*"), &request(r))) {
            Some(at) => from += at + 1,
            None => {
                let came: Vec<String> = rest.iter().map(|r| format!("{} {}", r.method, r.url)).collect();
                report(*span, format!("expected the request `{expected}`"), format!("found: {}", came.join(", ")));
            }
        }
    }
    let vars = simulation.ended.as_ref().map(|ended| &ended.vars);
    for (name, expected, span) in &expect.vars {
        let value = vars.and_then(Value::as_object).and_then(|vars| vars.get(name));
        if value != Some(expected) {
            let shown = value.map_or("nothing".to_string(), Value::to_json);
            report(*span, format!("expected {name} = {}, found {shown}", expected.to_json()), String::new());
        }
    }
    found
}

/// Every word of `expected`, in order, is a word of the line or the start of its rest; a leg may be
/// named by its address.
fn fits(expected: &str, line: &str, address: &str) -> bool {
    let mut words = line.split(' ');
    let mut wanted = expected.split_whitespace();
    if wanted.next() != words.next() {
        return false;
    }
    let rest: Vec<&str> = words.collect();
    let mut at = 0;
    wanted.all(|word| {
        if matches(word, address) && !address.is_empty() {
            return true;
        }
        // A spoken word may be followed by punctuation: addresses and words are matched from their start.
        let open = if word.contains(':') { format!("{word}*") } else { word.to_string() };
        let spoken = |other: &str| matches(&open, other.trim_end_matches(['.', ',', '!', '?', ':', ';']));
        match rest.get(at..).unwrap_or(&[]).iter().position(|other| matches(&open, other) || spoken(other)) {
            Some(found) => {
                at += found + 1;
                true
            }
            None => false,
        }
    })
}

/// The dialled address of the leg that an order is about.
fn address(command: &Command, simulation: &Simulation) -> String {
    let leg = match command {
        Command::Cancel { leg } | Command::Hangup { leg, .. } | Command::Bridge { b: leg, .. } => *leg,
        _ => return String::new(),
    };
    let dialled = simulation.commands.iter().find_map(|command| match command {
        Command::Originate { leg: other, to, .. } if *other == leg => Some(to.clone()),
        _ => None,
    });
    dialled.unwrap_or_default()
}

fn problems(simulation: &Simulation) -> String {
    let problems: Vec<&str> = simulation
        .trace
        .iter()
        .filter_map(|entry| match &entry.kind {
            Kind::Note(note) if note.name == "problem" => Some(note.text.as_str()),
            Kind::Note(_) | Kind::Event(_) | Kind::Command(_) => None,
        })
        .collect();
    problems.join("; ")
}

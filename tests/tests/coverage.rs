//! Nothing of SWML is missing from the scenarios: every method, every parameter of `connect` at both
//! levels, every status event in every state, every error that a call can meet.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::dialect::manual::{connect_parameters, names, status_events};
use patchcord_core::sim::{Rehearsal, Simulation};
use patchcord_core::text::{self, Kind, Node, TextLimits};
use patchcord_core::wire::{self, Dialect};
use patchcord_tests::{Scene, scenes};
use std::collections::BTreeSet;

/// Every SWML scenario with what came of it.
fn runs() -> Vec<(Scene, Simulation)> {
    let rehearse = |scene: Scene| {
        let name = scene.path.display().to_string();
        let rehearsal = Rehearsal::new("flow", &scene.flow, None, Some((&name, &scene.scenario))).unwrap();
        let swml = rehearsal.loaded.dialect == Some(Dialect::Swml);
        swml.then(|| (scene, rehearsal.run_native().unwrap()))
    };
    scenes().into_iter().filter_map(rehearse).collect()
}

/// Methods that a scenario cannot run: the platform's experiments do nothing.
const TRIALS: &[&str] = &["dial", "bind_digit", "clear_digit_bindings", "execute_rpc"];

#[test]
fn every_method_runs_in_a_scenario() {
    let mut ran: BTreeSet<String> = BTreeSet::new();
    for (_, simulation) in runs() {
        for entry in &simulation.trace {
            if let wire::Kind::Note(note) = &entry.kind
                && note.name == "step"
            {
                ran.insert(note.text.clone());
            }
        }
    }
    let missing: Vec<&str> =
        names().into_iter().filter(|name| !ran.contains(*name) && !TRIALS.contains(name)).collect();
    assert!(missing.is_empty(), "no scenario runs {missing:?}");
}

/// The parameters that the flows give to `connect` and to its destinations.
fn given(node: &Node, inside: Option<&str>, found: &mut [BTreeSet<String>; 2]) {
    match &node.kind {
        Kind::Object(entries) => {
            for entry in entries {
                let key = entry.key.text.as_str();
                let level = match inside {
                    Some("connect") => Some(0),
                    Some("serial" | "parallel" | "serial_parallel") => Some(1),
                    _ => None,
                };
                if let Some(level) = level {
                    found[level].insert(key.to_owned());
                }
                given(&entry.value, Some(key), found);
            }
        }
        Kind::Array(items) => items.iter().for_each(|item| given(item, inside, found)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Element(_) => {}
    }
}

#[test]
fn every_parameter_of_connect_is_given_at_both_levels() {
    let mut found = [BTreeSet::new(), BTreeSet::new()];
    for (scene, _) in runs() {
        if let Some(root) = text::read(&scene.flow, None, &TextLimits::default()).root {
            given(&root, None, &mut found);
        }
    }
    for ((parameters, found), level) in connect_parameters().iter().zip(&found).zip(["connect", "destination"]) {
        let missing: Vec<_> = parameters.iter().filter(|name| !found.contains(**name)).collect();
        assert!(missing.is_empty(), "no scenario gives {missing:?} of `{level}`");
    }
}

/// States that the platform lists and an engine that plays, records and listens in one piece never has.
const NEVER: &[(&str, &str)] = &[
    ("calling.call.play", "paused"),
    ("calling.call.record", "paused"),
    ("calling.call.collect", "start_of_input"),
    ("calling.call.collect", "finished"),
];

#[test]
fn every_status_event_is_told_in_every_state() {
    let bodies: Vec<String> = runs()
        .iter()
        .flat_map(|(_, simulation)| &simulation.requests)
        .map(|request| format!("{} {}", request.url, request.body))
        .collect();
    let mut missing = Vec::new();
    for (method, kind, states) in status_events() {
        let of: Vec<&String> = bodies.iter().filter(|body| body.contains(kind)).collect();
        if of.is_empty() {
            missing.push(format!("{method}: {kind}"));
        }
        for state in states.iter().filter(|state| !NEVER.contains(&(kind, state))) {
            let told =
                of.iter().any(|body| body.contains(&format!("\"{state}\"")) || body.contains(&format!("={state}")));
            if !told {
                missing.push(format!("{method}: {kind} {state}"));
            }
        }
    }
    assert!(missing.is_empty(), "no scenario tells {missing:#?}");
}

/// Errors that a call can meet; those of a document before it runs are in `platform_codes.rs`.
const RUNNING: &[&str] = &[
    "relay_script_internal_error",
    "relay_script_js_eval_error",
    "relay_script_method_execute_failed",
    "relay_script_method_no_matching_condition",
    "relay_script_method_parameter_invalid_value",
    "relay_script_nested_too_deep",
    "relay_script_parse_error",
    "relay_script_too_many_transfers",
];

#[test]
fn every_error_of_a_call_is_met() {
    let mut told = String::new();
    for (_, simulation) in runs() {
        for entry in &simulation.trace {
            if let wire::Kind::Note(note) = &entry.kind {
                told += &note.text;
                told.push('\n');
            }
        }
    }
    let missing: Vec<_> = RUNNING.iter().filter(|code| !told.contains(**code)).collect();
    assert!(missing.is_empty(), "no scenario meets {missing:?}");
}

/// A host reads the very orders that the guest writes, and writes the facts that it reads.
#[test]
fn every_order_and_fact_survives_its_json() {
    for (scene, simulation) in runs() {
        for command in &simulation.commands {
            let json = serde_json::to_string(command).unwrap();
            let back: wire::Command =
                serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}: {json}", scene.path.display()));
            assert_eq!(&back, command, "{}", scene.path.display());
        }
        for (_, event) in &simulation.inputs {
            let Some(event) = event else { continue };
            let json = serde_json::to_string(event).unwrap();
            assert_eq!(&serde_json::from_str::<wire::Event>(&json).unwrap(), event, "{json}");
        }
    }
}

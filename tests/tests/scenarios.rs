//! Every scenario does what it expects, and the same thing twice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::diag::{Colour, human};
use patchcord_core::sim::Rehearsal;
use patchcord_core::wire::{Command, Entry, Kind};
use patchcord_tests::{Scene, scenes};
use std::collections::BTreeMap;

fn rehearse(scene: &Scene) -> (Rehearsal, String) {
    let name = scene.path.display().to_string();
    let rehearsal = Rehearsal::new("flow", &scene.flow, None, Some((&name, &scene.scenario)));
    (rehearsal.unwrap_or_else(|problems| panic!("{name}: {problems:#?}")), name)
}

#[test]
fn every_scenario_does_what_it_expects() {
    let scenes = scenes();
    assert!(scenes.len() > 30, "only {} scenarios were found", scenes.len());
    let mut failures = String::new();
    for scene in &scenes {
        let (rehearsal, name) = rehearse(scene);
        assert!(
            rehearsal.loaded.runs(),
            "{name}: {}",
            human("flow", &scene.flow, &rehearsal.loaded.diagnostics, Colour::Plain)
        );
        let simulation = rehearsal.run_native().expect("the engine cannot fail");
        if simulation.ended.is_none() || !simulation.mismatches.is_empty() {
            failures += &human(&name, &scene.scenario, &simulation.mismatches, Colour::Plain);
            for entry in &simulation.trace {
                failures += &format!("    {}\n", serde_json::to_string(entry).unwrap());
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn equal_inputs_give_equal_bytes() {
    for scene in scenes() {
        let (rehearsal, name) = rehearse(&scene);
        let run = || serde_json::to_string(&rehearsal.report(rehearsal.run_native().as_ref(), None)).unwrap();
        assert_eq!(run(), run(), "{name}");
    }
}

/// What holds for every call, whatever its flow: the prohibitions of ARCHITECTURE.md.
#[test]
fn every_call_keeps_the_rules() {
    for scene in scenes() {
        let (rehearsal, name) = rehearse(&scene);
        let simulation = rehearsal.run_native().unwrap();
        check_rules(&name, &simulation.trace, &simulation.commands);
    }
}

fn check_rules(name: &str, trace: &[Entry], commands: &[Command]) {
    assert!(matches!(commands.last(), Some(Command::Done { .. })), "{name}: Done is not the last order");
    let done = commands.iter().filter(|command| matches!(command, Command::Done { .. })).count();
    assert_eq!(done, 1, "{name}: Done is said once");
    let answers = commands.iter().filter(|command| matches!(command, Command::Answer { .. })).count();
    assert!(answers <= 1, "{name}: the caller is answered once");
    // Every leg we dialled ends exactly once, and before Done.
    let mut ends: BTreeMap<String, u32> = BTreeMap::new();
    let mut bridged: BTreeMap<String, bool> = BTreeMap::new();
    for entry in trace {
        match &entry.kind {
            Kind::Command(Command::Originate { leg, .. }) => {
                ends.insert(leg.to_string(), 0);
            }
            Kind::Command(Command::Bridge { b, early: false, .. }) => {
                assert!(bridged.insert(b.to_string(), true).is_none(), "{name}: {b} is bridged twice");
            }
            Kind::Event(
                patchcord_core::wire::Event::Failed { leg, .. } | patchcord_core::wire::Event::Ended { leg, .. },
            ) => {
                *ends.entry(leg.to_string()).or_default() += 1;
            }
            _ => {}
        }
    }
    for (leg, count) in ends {
        assert_eq!(count, 1, "{name}: {leg} was seen to its end {count} times");
    }
}

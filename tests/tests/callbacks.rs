//! What is told over HTTP, byte for byte, and what must never be told.
//!
//! `UPDATE=1 cargo test -p patchcord-tests --test callbacks` writes the expectations anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::sim::{Rehearsal, Simulation};
use patchcord_tests::{scenes, top};

fn run(name: &str) -> Simulation {
    let scene = scenes()
        .into_iter()
        .find(|scene| scene.path.ends_with(format!("{name}.scenario.yaml")))
        .unwrap_or_else(|| panic!("there is no scenario {name}"));
    let rehearsal = Rehearsal::new("flow", &scene.flow, None, Some((name, &scene.scenario))).unwrap();
    rehearsal.run_native().unwrap()
}

/// Scenarios whose every request is written down: one for each shape that the platform documents.
const TOLD: &[&str] = &[
    "swml/connect/top",
    "swml/connect/destination",
    "swml/connect/queue",
    "swml/connect/stream",
    "swml/connect/stream.refused",
    "swml/play-status",
    "swml/speech.words",
    "swml/speech-or-keys.keys",
    "swml/queue.timeout",
    "swml/conference",
    "rcml/record.key",
    "rcml/record.caller-leaves",
    "examples/swml/record",
    "examples/swml/record_call",
    "examples/swml/tap",
    "examples/swml/stream",
    "examples/swml/detect_machine",
    "examples/swml/enter_queue",
    "examples/swml/sip_refer",
    "examples/swml/transcribe",
    "examples/swml/pay",
    "examples/swml/send_fax",
    "examples/swml/send_sms",
    "examples/swml/execute",
];

#[test]
fn requests_are_as_written_down() {
    let update = std::env::var_os("UPDATE").is_some() && std::env::var_os("CI").is_none();
    let mut wrong = Vec::new();
    for name in TOLD {
        let mut text = String::new();
        for request in run(name).requests {
            let headers: Vec<String> = request.headers.iter().map(|h| format!("{}: {}\n", h.name, h.value)).collect();
            let head = format!("{} {} at {} ms\n{}", request.method, request.url, request.at.0, headers.concat());
            text += &format!("{head}{}\n\n", request.body);
        }
        let file = top().join("tests/callbacks").join(format!("{}.http", name.replace('/', "-")));
        if update {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, &text).unwrap();
        } else if std::fs::read_to_string(&file).unwrap_or_default() != text {
            wrong.push(*name);
        }
    }
    assert!(wrong.is_empty(), "told otherwise: {wrong:?}; look at it, then write it anew");
}

#[test]
fn no_trace_shows_a_secret() {
    // Flows give these words as passwords and tokens, and nowhere else.
    const SECRETS: [&str; 2] = ["hidden-word", "secret-word"];
    let mut looked = 0;
    for scene in scenes() {
        let name = scene.path.display().to_string();
        if !SECRETS.iter().any(|secret| scene.flow.contains(secret)) {
            continue;
        }
        let rehearsal = Rehearsal::new("flow", &scene.flow, None, Some((&name, &scene.scenario))).unwrap();
        let trace = serde_json::to_string(&rehearsal.run_native().unwrap().trace).unwrap();
        assert!(!SECRETS.iter().any(|secret| trace.contains(secret)), "{name}");
        looked += 1;
    }
    assert!(looked >= 4, "only {looked} flows have secrets");
}

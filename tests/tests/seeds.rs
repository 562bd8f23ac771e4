//! The documents that the project was created from: every example in them is accepted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::diag::{Colour, Severity, human};
use patchcord_core::sim::Rehearsal;
use patchcord_tests::shared;

/// The examples of a seed, cut out of its text.
fn examples(seed: &str) -> Vec<String> {
    let Some(shared) = shared() else { return Vec::new() };
    let name = std::fs::read_dir(shared.join("seeds")).unwrap().filter_map(Result::ok).map(|entry| entry.path());
    let path = name.into_iter().find(|path| path.file_name().unwrap().to_string_lossy().starts_with(seed)).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let mut found = Vec::new();
    match seed {
        "000" => {
            let lines: Vec<&str> = text.lines().collect();
            let mut at = 0;
            while at < lines.len() {
                let yaml = lines[at] == "sections:" || lines[at] == "version: 1.0.0";
                let json = lines[at] == "{";
                let end = if yaml {
                    (at..lines.len()).find(|i| lines[*i] == "{")
                } else if json {
                    (at + 1..=lines.len())
                        .find(|end| serde_json::from_str::<serde_json::Value>(&lines[at..*end].join("\n")).is_ok())
                } else {
                    None
                };
                match end {
                    Some(end) => {
                        found.push(lines[at..end].join("\n"));
                        at = end;
                    }
                    None => at += 1,
                }
            }
        }
        // One long line: every example begins behind `andJson` and ends before the next heading or note.
        "001" => {
            for part in text.split("yaml andJson ").skip(1) {
                let end = ["###", "{/*", "*/}"].iter().filter_map(|mark| part.find(mark)).min().unwrap_or(part.len());
                let example = part[..end].trim();
                // The author's own note says that one of them does not work.
                if !example.contains("execute: dest: voicemail") {
                    found.push(example.to_owned());
                }
            }
        }
        _ => {
            let start = text.find("{\n\"verb\"").unwrap();
            let end = start + text[start..].find("\nWhen ").unwrap();
            found.push(text[start..end].to_owned());
        }
    }
    found
}

fn check(seed: &str, expected: usize) {
    let examples = examples(seed);
    if examples.is_empty() {
        println!("skipped: the seeds are not here");
        return;
    }
    assert_eq!(examples.len(), expected, "{examples:#?}");
    for example in examples {
        let rehearsal = Rehearsal::new("seed", &example, None, None).unwrap();
        let told = human("seed", &example, &rehearsal.loaded.diagnostics, Colour::Plain);
        assert!(rehearsal.loaded.runs(), "{told}\n{example}");
        assert!(rehearsal.loaded.diagnostics.iter().all(|d| d.severity < Severity::Error));
        let simulation = rehearsal.run_native().unwrap();
        assert!(simulation.ended.is_some(), "never ended: {example}");
        let dialled = simulation.commands.iter().any(|c| matches!(c, patchcord_core::wire::Command::Originate { .. }));
        assert!(dialled, "nobody was dialled: {example}");
    }
}

#[test]
fn swml_connect_of_2023() {
    check("000", 10);
}

#[test]
fn swml_connect_of_2024() {
    check("001", 4);
}

#[test]
fn verbs_dial() {
    check("003", 1);
}

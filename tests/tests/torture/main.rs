//! Hostile documents: each has the verdict that its suite says, soon and in little memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cost;
mod yaml;

use cost::{alone, cost};
use patchcord_core::diag::codes;
use patchcord_core::engine::load;
use patchcord_core::sim::Rehearsal;
use patchcord_core::text::{Format, TextLimits, read};
use patchcord_core::wire::Kind;
use patchcord_tests::{files, shared};
use std::time::Duration;

/// What a case may take.
const TIME: Duration = Duration::from_millis(50);
const BYTES: usize = 16 << 20;

struct Case {
    name: String,
    /// Nothing for what is not UTF-8: every door refuses that.
    text: Option<String>,
}

/// The cases of a folder; none where there is no torture.
fn cases(folder: &str) -> Vec<Case> {
    let place = shared().map(|shared| shared.join("torture").join(folder)).filter(|place| place.is_dir());
    let Some(place) = place else {
        println!("1 skipped: there is no torture folder for {folder}");
        return Vec::new();
    };
    let case = |path: std::path::PathBuf| Case {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        text: String::from_utf8(std::fs::read(&path).unwrap()).ok(),
    };
    files(&place).into_iter().map(case).collect()
}

/// What was too slow or too large.
fn excess(name: &str, what: &str, time: Duration, bytes: usize) -> Option<String> {
    (time > TIME || bytes > BYTES).then(|| format!("{name}: {what} took {time:?} and {bytes} bytes"))
}

#[test]
fn json_has_the_verdicts_of_its_suite() {
    let _alone = alone();
    let mut wrong = Vec::new();
    for Case { name, text } in cases("json") {
        let refused = match &text {
            None => true,
            Some(text) => {
                let (tree, time, bytes) = cost(|| read(text, Some(Format::Json), &TextLimits::default()));
                wrong.extend(excess(&name, "reading", time, bytes));
                let (_, time, bytes) = cost(|| load(text, None));
                wrong.extend(excess(&name, "loading", time, bytes));
                tree.is_refused()
            }
        };
        match name.split('_').next() {
            Some("y") if refused => wrong.push(format!("{name} is refused")),
            Some("n") if !refused => wrong.push(format!("{name} is accepted")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn yaml_has_the_verdicts_of_its_suite() {
    let _alone = alone();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for Case { name, text } in cases("yaml") {
        let Some(text) = text else {
            assert!(yaml::REFUSED.contains(&name.as_str()), "{name} is refused");
            continue;
        };
        let (tree, time, bytes) = cost(|| read(&text, Some(Format::Yaml), &TextLimits::default()));
        wrong.extend(excess(&name, "reading", time, bytes));
        let (_, time, bytes) = cost(|| load(&text, None));
        wrong.extend(excess(&name, "loading", time, bytes));
        if !yaml::is_suite(&name) {
            if tree.is_refused() != yaml::REFUSED.contains(&name.as_str()) {
                wrong.push(format!("{name}: {:?}", tree.problems));
            }
            continue;
        }
        for (index, case) in yaml::cases(&tree).into_iter().enumerate() {
            count += 1;
            let (tree, time, bytes) = cost(|| read(&case.text, Some(Format::Yaml), &TextLimits::default()));
            let name = format!("{name} #{index}");
            wrong.extend(excess(&name, "reading", time, bytes));
            let refused = tree.is_refused();
            let sound = match case.fails {
                true => yaml::READ_ANYWAY.contains(&name.as_str()),
                false => tree.problems.iter().any(|problem| yaml::is_no_document(&problem.message)),
            };
            if refused != case.fails && !sound {
                wrong.push(format!("{name}: expected {}: {:?}\n{}", case.fails, tree.problems, case.text));
            }
        }
    }
    println!("{count} cases of the suite");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count == 0 || count > 350, "only {count} cases were found");
}

/// A flow is refused, or its call is stopped by a limit that tells its name.
#[test]
fn hostile_flows_are_refused_or_stopped() {
    let _alone = alone();
    let mut wrong = Vec::new();
    for Case { name, text } in cases("flows") {
        let text = text.unwrap();
        let (loaded, time, bytes) = cost(|| load(&text, None));
        wrong.extend(excess(&name, "loading", time, bytes));
        if !loaded.runs() {
            continue;
        }
        drop(loaded);
        // Whoever is asked for a document gives the same one again.
        let scenario = format!(
            "url: https://app.example/self\nhttp:\n  - {{request: \"POST *\", reply: {{headers: {{content-type: application/json}}, body: {}}}}}\n",
            quoted(&text)
        );
        let rehearsal = Rehearsal::new("flow", &text, None, Some(("scenario", &scenario))).unwrap();
        let (simulation, time, bytes) = cost(|| rehearsal.run_native().unwrap());
        wrong.extend(excess(&name, "running", time, bytes));
        let limited = rehearsal.loaded.diagnostics.iter().any(|diagnostic| diagnostic.code == &codes::TOO_MANY);
        let problem = |kind: &Kind| matches!(kind, Kind::Note(note) if note.name == "problem");
        let stopped = simulation.trace.iter().any(|entry| problem(&entry.kind));
        if simulation.ended.is_none() || !(limited || stopped) {
            wrong.push(format!("{name} is not stopped: {:?}", simulation.trace.last()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

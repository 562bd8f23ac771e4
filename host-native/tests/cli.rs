//! The command line, as a stranger meets it: the built binary, its output, its exit codes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_tests::{Scene, scenes, top};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn patchcord(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_patchcord"))
        .args(arguments)
        .current_dir(top())
        .env("NO_COLOR", "1")
        .output()
        .expect("the binary runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

/// A file that lives as long as the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, text: &str) -> Scratch {
        // Tests run side by side, and may use the same name.
        let thread = format!("{:?}", std::thread::current().id()).replace(['(', ')'], "-");
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{}-{thread}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        Scratch(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

fn simulate(scene: &Scene, more: &[&str]) -> Output {
    // The scenario names its flow, or is called like it; the flow's text is at hand either way.
    let flow = Scratch::new(&format!("{}.flow", scene.path.file_name().unwrap().to_string_lossy()), &scene.flow);
    let mut arguments = vec!["simulate", flow.path(), "--scenario", scene.path.to_str().unwrap(), "--format", "json"];
    arguments.extend(more);
    patchcord(&arguments)
}

#[test]
fn the_guest_and_the_engine_beside_it_print_the_same_bytes() {
    for scene in scenes() {
        let guest = simulate(&scene, &[]);
        let native = simulate(&scene, &["--native"]);
        assert_eq!(code(&guest), 0, "{}: {}", scene.path.display(), stdout(&guest));
        assert_eq!(stdout(&guest), stdout(&native), "{}", scene.path.display());
    }
}

#[test]
fn a_journal_gives_the_same_call_again() {
    for (number, scene) in scenes().iter().enumerate() {
        let journal = Scratch::new(&format!("{number}.jsonl"), "");
        let simulated: Value = serde_json::from_str(&stdout(&simulate(scene, &["--journal", journal.path()]))).unwrap();
        for native in [&[][..], &["--native"]] {
            let mut arguments = vec!["replay", journal.path(), "--format", "json"];
            arguments.extend(native);
            let output = patchcord(&arguments);
            assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
            let replayed: Value = serde_json::from_str(&stdout(&output)).unwrap();
            assert_eq!(replayed["trace"], simulated["trace"], "{}", scene.path.display());
            assert_eq!(replayed["outcome"], simulated["outcome"]);
        }
    }
}

#[test]
fn a_simulation_tells_all_that_the_contract_names() {
    let output = patchcord(&[
        "simulate",
        "tests/scenarios/swml/ring-two.yaml",
        "--scenario",
        "tests/scenarios/swml/ring-two.second-wins.scenario.yaml",
        "--format",
        "json",
    ]);
    let report: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(report["outcome"], "completed");
    assert_eq!(report["vars"]["connect_result"], "connected");
    assert_eq!(report["legs"].as_array().unwrap().len(), 3);
    assert_eq!(report["diagnostics"], serde_json::json!([]));
    let trace = report["trace"].as_array().unwrap();
    let find = |kind: &str, name: &str| {
        trace
            .iter()
            .find(|entry| entry["kind"] == kind && entry["name"] == name)
            .unwrap_or_else(|| panic!("no {kind} {name}"))
    };
    assert_eq!(find("command", "originate")["leg"], "b1");
    assert_eq!(find("command", "originate")["span"]["line"], 4);
    assert_eq!((&find("command", "bridge")["a"], &find("command", "bridge")["b"]), (&"a".into(), &"b2".into()));
    assert_eq!(find("event", "answered")["at"], 3000);
    let request = &report["requests"][0];
    assert_eq!((request["method"].as_str(), request["at"].as_u64()), (Some("POST"), Some(0)));
    let body: Value = serde_json::from_str(request["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["params"]["connect_state"], "connecting");
}

#[test]
fn check_tells_every_mistake_with_its_place() {
    let bad = Scratch::new(
        "bad.yaml",
        "sections:\n  main:\n    - answr\n    - connect: {to: \"+1555\", timout: 3}\n    - goto: nowhere\n",
    );
    let human = patchcord(&["check", bad.path()]);
    assert_eq!(code(&human), 1);
    for needle in [
        "bad.yaml:3:7",
        "did you mean `answer`?",
        "bad.yaml:4:30",
        "bad.yaml:5:13",
        "3 errors and 0 warnings in 1 file",
    ] {
        assert!(stdout(&human).contains(needle), "{needle} is not in\n{}", stdout(&human));
    }
    let json = patchcord(&["check", "--format", "json", bad.path()]);
    assert_eq!(code(&json), 1);
    let reports: Value = serde_json::from_str(&stdout(&json)).unwrap();
    let reports = reports.as_array().unwrap();
    assert_eq!(reports.len(), 3);
    for key in ["file", "code", "severity", "line", "column", "end_line", "end_column", "message", "notes"] {
        assert!(reports.iter().all(|report| !report[key].is_null()), "{key}");
    }
    assert_eq!(reports[0]["fix"]["text"], "answer");
}

#[test]
fn exit_codes_say_whose_fault_it_is() {
    let fine = Scratch::new("fine.xml", "<Response><Say>hi</Say></Response>");
    assert_eq!(code(&patchcord(&["check", fine.path()])), 0);
    assert_eq!(code(&patchcord(&["check"])), 2);
    assert_eq!(code(&patchcord(&["nonsense"])), 2);
    assert_eq!(code(&patchcord(&["check", "no/such/file.yaml"])), 3);
    let wrong = Scratch::new("wrong.scenario.yaml", "flow: fine.xml\nexpect: {outcome: rejected}\n");
    assert_eq!(code(&patchcord(&["test", wrong.path()])), 1);
    let unknown = Scratch::new("unknown.scenario.yaml", "flow: fine.xml\ncalees: []\n");
    let output = patchcord(&["test", unknown.path()]);
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).contains("unknown.scenario.yaml:2:1"), "{}", stdout(&output));
}

#[test]
fn a_document_may_please_the_platform_and_not_its_schema() {
    let bare = Scratch::new("bare.yaml", "sections:\n  main:\n    - answer\n");
    assert_eq!(code(&patchcord(&["check", bare.path()])), 0);
    assert_eq!(code(&patchcord(&["check", "--strict", "platform", bare.path()])), 0);
    let strict = patchcord(&["check", "--strict", "schema", bare.path()]);
    assert_eq!(code(&strict), 1);
    assert!(stdout(&strict).contains("bare.yaml:3:7"), "{}", stdout(&strict));
    assert_eq!(code(&patchcord(&["check", "--strict", "very", bare.path()])), 2);
}

#[test]
fn codes_and_methods_are_explained() {
    let page = std::fs::read_to_string(top().join("docs/swml/connect.md")).unwrap();
    assert_eq!(stdout(&patchcord(&["explain", "connect"])), page);
    assert!(stdout(&patchcord(&["explain", "unknown-field"])).starts_with("unknown-field (error)"));
    let output = patchcord(&["explain", "conect"]);
    assert_eq!(code(&output), 1);
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `connect`?"));
}

#[test]
fn every_command_has_help() {
    for command in ["check", "explain", "simulate", "test", "ir", "replay", "serve", "demo"] {
        let output = patchcord(&[command, "--help"]);
        assert_eq!(code(&output), 0, "{command}");
        assert!(stdout(&output).contains("Usage: patchcord"), "{command}");
    }
}

#[test]
fn the_examples_are_fine_and_do_what_they_say() {
    let examples: Vec<PathBuf> = patchcord_tests::files(&top().join("examples"));
    let flows = examples.iter().filter(|path| is_flow(path));
    for flow in flows {
        let output = patchcord(&["check", flow.to_str().unwrap()]);
        assert_eq!(code(&output), 0, "{}", stdout(&output));
    }
    let output = patchcord(&["test", "examples", "tests/scenarios"]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
}

fn is_flow(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    !name.contains(".scenario.") && ["yaml", "json", "xml"].iter().any(|end| name.ends_with(end))
}

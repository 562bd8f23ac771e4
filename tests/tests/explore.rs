//! What documents can do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::engine::{Loaded, load};
use patchcord_core::explore::{Bounds, Coverage, coverage, differ, enumerate};
use patchcord_core::sim::{Session, Until};
use patchcord_core::time::Millis;
use patchcord_core::value::Value;
use std::sync::Arc;

const MENU: &str = "\
sections:
  main:
    - prompt: {play: 'say:One or two?', max_digits: 1}
    - switch:
        variable: prompt_value
        case:
          '1': [{transfer: sales}]
          '2': [{play: 'say:Two'}]
    - hangup
    - play: say:never
  sales:
    - connect:
        to: sip:ann@x
        timeout: 20
        result: {case: {connected: [hangup]}}
    - play: say:Nobody
";

fn loaded(text: &str) -> Arc<Loaded> {
    let loaded = Arc::new(load(text, None));
    assert!(loaded.runs(), "{:?}", loaded.diagnostics);
    loaded
}

fn get<'v>(value: &'v Value, path: &[&str]) -> &'v Value {
    path.iter().fold(value, |value, name| value.as_object().unwrap().get(name).unwrap())
}

fn list<'v>(value: &'v Value, path: &[&str]) -> &'v [Value] {
    match get(value, path) {
        Value::Array(items) => items,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_call_covers_what_it_went_through() {
    let mut session = Session::new(loaded(MENU), None).unwrap();
    session.run_until(&Until::decision());
    session.answer(&Value::from_json(r#"{"fact": "presses", "leg": "a", "keys": "1"}"#).unwrap(), Millis(100)).unwrap();
    session.run_until(&Until::decision());
    session.answer(&Value::from_json(r#"{"fact": "rejects", "leg": "b1"}"#).unwrap(), Millis(100)).unwrap();
    session.run_until(&Until::default());
    let covered = Coverage::of(&session).unwrap();
    let count = |id: &str, port: &str| {
        let at = covered.graph().nodes.iter().position(|node| node.id == id).unwrap();
        let port = covered.graph().nodes[at].ports.iter().position(|told| told.name == port).unwrap();
        covered.port(at, port)
    };
    assert_eq!(count("sections.main[1]", "1"), 1);
    assert_eq!(count("sections.main[1]", "2"), 0);
    assert_eq!(count("sections.sales[0]", "connected"), 0);
    assert_eq!(count("sections.sales[0]", "failed"), 1);
}

#[test]
fn scenarios_cover_together() {
    let busy = "callees: [{to: '*', does: [{at: 1s, reject: 486}]}]".to_owned();
    let fine = "callees: [{to: '*', does: [{at: 1s, answer: 200}, {at: 9s, hang_up: normal}]}]".to_owned();
    let verbs =
        loaded(r#"[{"verb": "dial", "target": [{"type": "phone", "number": "+15551234567"}]}, {"verb": "hangup"}]"#);
    let percent = |scenarios: &[String]| get(&coverage(&verbs, scenarios).unwrap().value(), &["percent"]).to_json();
    assert_eq!(percent(&[]), "0");
    assert_eq!(percent(std::slice::from_ref(&busy)), "20");
    assert_eq!(percent(&[busy, fine]), "40");
    assert!(coverage(&verbs, &["callee: []".to_owned()]).is_err());
}

#[test]
fn every_way_is_found() {
    let menu = loaded(MENU);
    let found = enumerate(&menu, &Bounds::default());
    let told = found.value();
    println!("{}", told.to_json());
    assert!(!found.bounded);
    assert_eq!(list(&told, &["unreached"]), [Value::from("sections.main[3]")]);
    assert!(list(&told, &["runs_out"])[0].to_json().contains("sections.sales[1]"));
    let together = coverage(&menu, &found.scenarios()).unwrap();
    assert_eq!(get(&together.value(), &["outcomes"]), get(&told, &["coverage", "outcomes"]));
    assert_eq!(enumerate(&menu, &Bounds::default()).value(), told);
    let few = enumerate(&menu, &Bounds { paths: 2, ..Bounds::default() });
    assert!(few.bounded && few.paths.len() == 2);
}

#[test]
fn loops_are_found() {
    let forever =
        loaded("sections:\n  main:\n    - label: again\n    - prompt: {play: 'say:x'}\n    - goto: {label: again}\n");
    let told = enumerate(&forever, &Bounds::default()).value();
    assert!(!list(&told, &["loops"]).is_empty(), "{}", told.to_json());
}

#[test]
fn every_example_can_be_explored() {
    let folder = patchcord_tests::top().join("examples");
    let mut ways = 0;
    let began = std::time::Instant::now();
    for path in patchcord_tests::files(&folder) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let document = Arc::new(load(&text, None));
        if path.to_string_lossy().contains("scenario") || !document.runs() {
            continue;
        }
        let found = enumerate(&document, &Bounds { paths: 30, ..Bounds::default() });
        assert!(!found.paths.is_empty(), "{}", path.display());
        for scenario in found.scenarios() {
            assert!(coverage(&document, std::slice::from_ref(&scenario)).is_ok(), "{}: {scenario}", path.display());
        }
        ways += found.paths.len();
    }
    println!("{ways} ways in {:?}", began.elapsed());
}

#[test]
fn documents_differ_where_they_do() {
    let (one, same) = (loaded(MENU), loaded(&MENU.replace("    - prompt", "    # a remark\n    - prompt")));
    assert_eq!(get(&differ(&one, &same, &[]).unwrap(), &["same"]), &Value::Bool(true));
    let other = loaded(&MENU.replace("timeout: 20", "timeout: 30"));
    let told = differ(&one, &other, &[]).unwrap();
    assert_eq!(get(&told, &["same"]), &Value::Bool(false));
    let apart =
        list(&told, &["scenarios"]).iter().find_map(|told| told.as_object().unwrap().get("divergence")).unwrap();
    assert_eq!(get(apart, &["a", "text"]).as_str(), Some("cancel b1"), "{}", apart.to_json());
    assert_eq!(get(apart, &["a", "node"]).as_str(), Some("sections.sales[0]"));
}

#[test]
fn a_gather_is_left_by_what_came() {
    for (text, id, silence) in [
        (r#"[{"verb": "gather", "numDigits": 1, "say": {"text": "One?"}}, {"verb": "hangup"}]"#, "/[0]", "timeout"),
        (
            "<Response><Gather numDigits='1'><Say>One?</Say></Gather><Hangup/></Response>",
            "/Response/Gather[1]",
            "no-input",
        ),
    ] {
        for (presses, port) in [(true, "digits"), (false, silence)] {
            let mut session = Session::new(loaded(text), None).unwrap();
            session.run_until(&Until::decision());
            let fact = if presses {
                r#"{"fact": "presses", "leg": "a", "keys": "1"}"#
            } else {
                r#"{"fact": "waits", "leg": "a"}"#
            };
            session.answer(&Value::from_json(fact).unwrap(), Millis(100)).unwrap();
            session.run_until(&Until::default());
            let covered = Coverage::of(&session).unwrap();
            let node = covered.graph().nodes.iter().position(|node| node.id == id).unwrap();
            let ports: Vec<(&str, u32)> = covered.graph().nodes[node]
                .ports
                .iter()
                .enumerate()
                .filter(|(_, told)| !told.aside)
                .map(|(at, told)| (told.name.as_str(), covered.port(node, at)))
                .collect();
            assert!(ports.iter().all(|(name, count)| *count == u32::from(*name == port)), "{text}: {ports:?}");
        }
    }
}

#[test]
fn a_record_is_left_by_whether_something_was_said() {
    let text = "<Response><Record/><Hangup/></Response>";
    for (fact, port) in [
        (r#"{"fact": "records", "media": 1, "duration": 3000}"#, "recorded"),
        (r#"{"fact": "no-input", "media": 1}"#, "no-input"),
        (r#"{"fact": "fails", "media": 1}"#, "no-input"),
        (r##"{"fact": "presses", "leg": "a", "keys": "#"}"##, "recorded"),
    ] {
        let mut session = Session::new(loaded(text), None).unwrap();
        session.run_until(&Until::decision());
        session.answer(&Value::from_json(fact).unwrap(), Millis(1000)).unwrap();
        session.run_until(&Until::default());
        let covered = Coverage::of(&session).unwrap();
        let node = covered.graph().nodes.iter().position(|node| node.id == "/Response/Record[1]").unwrap();
        let ports = covered.graph().nodes[node].ports.iter().enumerate();
        let ports: Vec<(&str, u32)> = ports.map(|(at, told)| (told.name.as_str(), covered.port(node, at))).collect();
        assert_eq!(ports.len(), 2);
        assert!(ports.iter().all(|(name, count)| *count == u32::from(*name == port)), "{fact}: {ports:?}");
    }
}

#[test]
fn what_is_heard_of_a_machine_is_told_where_the_listening_began() {
    let text =
        r#"[{"verb": "config", "amd": {"actionHook": "https://a.example/amd"}}, {"verb": "pause", "length": 30}]"#;
    for (fact, heard) in [
        (r#"{"fact": "detects", "media": 1, "what": "machine"}"#, &["machine"][..]),
        (r#"{"fact": "detects", "media": 1, "what": "ready", "beep": true}"#, &["machine", "tone", "ready"]),
        (r#"{"fact": "detects", "media": 1, "what": "human"}"#, &["human"]),
        (r#"{"fact": "no-input", "media": 1}"#, &["no-speech"]),
        (r#"{"fact": "fails", "media": 1}"#, &["error"]),
    ] {
        let mut session = Session::new(loaded(text), None).unwrap();
        session.run_until(&Until::decision());
        session.answer(&Value::from_json(fact).unwrap(), Millis(1000)).unwrap();
        session.run_until(&Until::default());
        let covered = Coverage::of(&session).unwrap();
        let ports = covered.graph().nodes[0].ports.iter().enumerate();
        let ports: Vec<(&str, u32)> = ports.map(|(at, told)| (told.name.as_str(), covered.port(0, at))).collect();
        assert!(ports.iter().all(|(name, count)| *count == u32::from(heard.contains(name))), "{fact}: {ports:?}");
    }
}

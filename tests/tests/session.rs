//! Simulations that ask.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::engine::load;
use patchcord_core::sim::{Native, Session, Stopped, Until, read, simulate, start_of};
use patchcord_core::time::Millis;
use patchcord_core::value::{Object, Value};
use patchcord_core::wire::Dialect;
use std::sync::Arc;
use std::time::Instant;

const MENU: &str = "\
sections:
  main:
    - prompt: {play: 'say:One or two?', max_digits: 1}
    - switch:
        variable: prompt_value
        case:
          '1': [{transfer: sales}]
    - hangup
  sales:
    - connect:
        serial: [{to: 'sip:ann@x', timeout: 20}, {to: 'sip:bob@x', timeout: 20}]
        result: {case: {connected: [hangup], failed: [{play: 'say:Nobody'}, hangup]}}
";

fn session(text: &str) -> Session {
    let loaded = Arc::new(load(text, None));
    assert!(loaded.runs(), "{:?}", loaded.diagnostics);
    Session::new(loaded, None).unwrap()
}

fn json(text: &str) -> Value {
    Value::from_json(text).unwrap()
}

fn answer(session: &mut Session, fact: &str, after: u64) {
    session.answer(&json(fact), Millis(after)).unwrap();
}

fn decide(session: &mut Session) {
    assert_eq!(session.run_until(&Until::decision()), Stopped::Decision, "{:?}", lines(session));
}

fn lines(session: &Session) -> Vec<String> {
    session.events(0, usize::MAX).iter().map(|event| format!("{} {}", event.t.0, event.text)).collect()
}

fn options(session: &Session) -> Vec<String> {
    let of = |item: &Object| match item.get("options") {
        Some(Value::Array(options)) => options.clone(),
        _ => Vec::new(),
    };
    let all = session.awaiting().iter().flat_map(|item| of(item.as_object().unwrap())).collect::<Vec<_>>();
    all.iter().map(|option| option.as_object().unwrap().get("label").unwrap().as_str().unwrap().to_owned()).collect()
}

/// What a session did is what its scenario makes happen.
fn written(session: &Session, text: &str, expectations: bool) {
    let source = session.scenario(expectations);
    let scenario = read(&source).unwrap_or_else(|problems| panic!("{source}\n{problems:?}"));
    let loaded = Arc::new(load(text, None));
    let start = start_of(&scenario, &loaded.source, loaded.dialect);
    let simulation = simulate(&mut Native::new(Some(loaded)), &scenario, start).unwrap();
    let trace = simulation.trace.iter().map(|entry| (entry.at, &entry.kind)).collect::<Vec<_>>();
    let events = session.events(0, usize::MAX);
    let told = events.iter().map(|event| (event.t, &event.entry.kind)).collect::<Vec<_>>();
    for (at, (one, other)) in told.iter().zip(&trace).enumerate() {
        assert_eq!(one, other, "event {at}\n{source}");
    }
    assert!(trace.len() >= told.len(), "{source}");
    if expectations {
        assert!(simulation.mismatches.is_empty(), "{source}\n{:?}", simulation.mismatches);
    }
}

#[test]
fn a_call_asks_for_what_it_needs() {
    let mut session = session(MENU);
    decide(&mut session);
    assert_eq!(options(&session), ["presses keys", "does nothing", "hangs up", "comes to its end", "cannot be played"]);
    answer(&mut session, r#"{"fact": "presses", "leg": "a", "keys": "1"}"#, 1_500);
    decide(&mut session);
    let first = session.awaiting().remove(0);
    let first = first.as_object().unwrap();
    assert_eq!(first.get("node").unwrap().as_str(), Some("sections.sales[0]"));
    assert_eq!(first.get("name").unwrap().as_str(), Some("sip:ann@x"));
    answer(&mut session, r#"{"fact": "rings", "leg": "b1"}"#, 200);
    decide(&mut session);
    answer(&mut session, r#"{"fact": "rejects", "leg": "b1", "status": 486}"#, 3_000);
    decide(&mut session);
    answer(&mut session, r#"{"fact": "answers", "leg": "b2"}"#, 4_000);
    decide(&mut session);
    assert!(options(&session).contains(&"hangs up".to_owned()));
    answer(&mut session, r#"{"fact": "hangs-up", "leg": "b2"}"#, 60_000);
    assert_eq!(session.run_until(&Until::decision()), Stopped::End);
    assert!(lines(&session).last().unwrap().starts_with("68700 done completed"), "{:?}", lines(&session));
    written(&session, MENU, true);
    println!("{}", session.scenario(true));
}

#[test]
fn the_past_can_be_answered_otherwise() {
    let mut session = session(MENU);
    decide(&mut session);
    answer(&mut session, r#"{"fact": "presses", "leg": "a", "keys": "1"}"#, 1_500);
    decide(&mut session);
    let dialled = session.position();
    answer(&mut session, r#"{"fact": "answers", "leg": "b1"}"#, 2_000);
    decide(&mut session);
    let before = lines(&session);
    session.jump(dialled);
    assert_eq!(session.length(), before.len());
    answer(&mut session, r#"{"fact": "waits", "leg": "b1"}"#, 0);
    assert_eq!(session.branches().len(), 2);
    decide(&mut session);
    answer(&mut session, r#"{"fact": "rejects", "leg": "b2", "status": 603}"#, 1_000);
    assert_eq!(session.run_until(&Until::decision()), Stopped::End);
    assert_eq!(session.variables(None).as_object().unwrap().get("connect_result").unwrap().as_str(), Some("failed"));
    written(&session, MENU, true);
    let after = lines(&session);
    assert!(session.switch(0));
    assert_eq!(lines(&session), before);
    assert!(session.switch(1));
    assert_eq!(lines(&session), after);
    for index in (0..=session.length()).rev() {
        session.jump(index);
        assert_eq!(session.position(), index);
    }
    while session.step() {}
    assert_eq!(lines(&session), after);
    assert!(session.ended());
}

#[test]
fn a_changed_document_goes_through_the_same_answers() {
    let mut session = session(MENU);
    decide(&mut session);
    answer(&mut session, r#"{"fact": "presses", "leg": "a", "keys": "1"}"#, 1_500);
    decide(&mut session);
    answer(&mut session, r#"{"fact": "rejects", "leg": "b1", "status": 486}"#, 3_000);
    decide(&mut session);
    answer(&mut session, r#"{"fact": "answers", "leg": "b2"}"#, 4_000);
    decide(&mut session);
    let before = lines(&session);
    assert_eq!(session.reload(&MENU.replace("  sales:", "  # a remark\n  sales:")).unwrap(), None);
    assert_eq!(lines(&session), before);
    let longer = MENU.replace("    - connect:", "    - sleep: {duration: 500}\n    - connect:");
    let apart = session.reload(&longer).unwrap().unwrap();
    assert!(apart.to_json().contains("sleep"), "{}", apart.to_json());
    assert!(session.reload("sections: {}").is_err());
    assert_eq!(session.run_until(&Until::decision()), Stopped::Decision);
    written(&session, &longer, false);
}

#[test]
fn web_servers_are_asked_for() {
    let text = r#"[{"verb": "dial", "target": [{"type": "phone", "number": "+15551234567"}], "actionHook": "https://app.example/after", "timeout": 20},
        {"verb": "say", "text": "on"}]"#;
    let mut session = session(text);
    decide(&mut session);
    answer(&mut session, r#"{"fact": "rejects", "leg": "b1", "status": 486}"#, 700);
    decide(&mut session);
    assert_eq!(
        options(&session)[..6],
        ["replies", "does not know it", "is broken", "replies nonsense", "is not there", "does not reply in time"]
    );
    let fork = session.position();
    answer(&mut session, r#"{"fact": "replies", "fetch": 1, "status": 200, "body": "[{\"verb\": \"hangup\"}]"}"#, 80);
    assert_eq!(session.run_until(&Until::decision()), Stopped::End);
    written(&session, text, true);
    session.jump(fork);
    answer(&mut session, r#"{"fact": "waits", "fetch": 1}"#, 0);
    assert_eq!(session.run_until(&Until::decision()), Stopped::End);
    written(&session, text, true);
}

#[test]
fn what_goes_on_for_a_while_is_asked_for() {
    let text = "sections:\n  main:\n    - answer\n    - record: {beep: true}\n    - detect_machine: {}\n    - play: say:x\n    - play: say:x\n    - hangup\n";
    let mut session = session(text);
    decide(&mut session);
    let leg = |session: &Session, order: &str| {
        let all = session.awaiting();
        let found = all
            .iter()
            .map(|item| item.as_object().unwrap())
            .find(|item| item.get("name").and_then(Value::as_str).is_some_and(|name| name.starts_with(order)));
        found.unwrap_or_else(|| panic!("{all:?}")).get("media").unwrap().to_json()
    };
    let media = leg(&session, "record");
    answer(&mut session, &format!(r#"{{"fact": "records", "media": {media}, "duration": 2500}}"#), 2_500);
    decide(&mut session);
    let media = leg(&session, "detect");
    answer(&mut session, &format!(r#"{{"fact": "detects", "media": {media}, "what": "machine"}}"#), 1_000);
    let again = json(r#"{"breakpoints": [{"kind": "command", "name": "play"}]}"#);
    let again = Until::read(&again).unwrap();
    assert_eq!(session.run_until(&again), Stopped::Breakpoint(0));
    assert_eq!(session.run_until(&again), Stopped::Breakpoint(0));
    let media = leg(&session, "play");
    answer(&mut session, &format!(r#"{{"fact": "fails", "media": {media}}}"#), 300);
    assert_eq!(session.run_until(&Until::default()), Stopped::End);
    written(&session, text, true);
}

#[test]
fn a_scenario_says_what_it_says() {
    let loaded = Arc::new(load(MENU, None));
    let scenario = "caller: {does: [{at: 1s, press: '1'}, {at: 50s, hang_up: normal}]}\ncallees:\n  - {to: 'sip:ann@*', does: [{at: 1s, reject: 486}]}\n";
    let mut session = Session::new(loaded, Some(scenario)).unwrap();
    decide(&mut session);
    assert_eq!(session.awaiting()[0].as_object().unwrap().get("name").unwrap().as_str(), Some("sip:bob@x"));
    answer(&mut session, r#"{"fact": "answers", "leg": "b2"}"#, 4_000);
    assert_eq!(session.run_until(&Until::decision()), Stopped::End);
    written(&session, MENU, true);
    assert!(session.answer(&json(r#"{"fact": "answers", "leg": "b2"}"#), Millis(0)).is_err());
}

#[test]
fn runs_stop_where_they_are_told_to() {
    let mut session = session(MENU);
    let until = Until::read(&json(
        r#"{"breakpoints": [{"node": "sections.main[2]"}, {"when": "prompt_result == 'no_input'"}, {"line": 99}]}"#,
    ))
    .unwrap();
    assert_eq!(session.run_until(&until), Stopped::Breakpoint(0));
    let time = Until::read(&json(r#"{"time": 100}"#)).unwrap();
    session.jump(0);
    assert_eq!(session.run_until(&time), Stopped::Time);
    assert_eq!(session.clock().0, 100);
    assert!(Until::read(&json(r#"{"breakpoints": [{"when": "1 +"}]}"#)).is_err());
}

#[test]
fn a_condition_stops_in_what_is_known_too() {
    let mut session = session(
        "sections:\n  main:\n    - answer\n    - set: {tries: 1}\n    - play: 'say:one'\n    - set: {tries: 2}\n    - play: 'say:two'\n    - hangup\n",
    );
    let when = |condition: &str, more: &str| {
        Until::read(&json(&format!(r#"{{"breakpoints": [{more}{{"when": "vars.tries == {condition}"}}]}}"#))).unwrap()
    };
    assert_eq!(session.run_until(&Until::default()), Stopped::End);
    let length = session.length();
    // What the call begins with makes it true, or something later does.
    for condition in ["1", "2"] {
        session.jump(0);
        assert_eq!(session.run_until(&when(condition, "")), Stopped::Breakpoint(0), "{condition}");
        assert_eq!(session.variables(None).as_object().unwrap().get("tries"), Some(&json(condition)));
        // Once for each time.
        assert_eq!(session.run_until(&when(condition, "")), Stopped::End, "{condition}");
    }
    assert_eq!(session.length(), length);
    // A step of the same moment stops it first.
    session.jump(0);
    let both = when("2", r#"{"node": "sections.main[3]"}, "#);
    assert_eq!(session.run_until(&both), Stopped::Breakpoint(0));
    assert_eq!(session.run_until(&both), Stopped::Breakpoint(1));
}

#[test]
fn a_loop_is_told() {
    let mut session = session("sections:\n  main:\n    - label: again\n    - play: say:x\n    - transfer: main\n");
    let stopped = session.run_until(&Until::default());
    let status = session.status(Some(&stopped)).to_json();
    assert!(status.contains(r#""cycle":["#), "{status}");
    println!("{status}");
}

#[test]
fn numbers() {
    let music = "sections:\n  main:\n    - play: {urls: ['silence:1', 'silence:2'], loop: 0}\n";
    let mut session = session(music);
    let began = Instant::now();
    let until = Until::read(&json(r#"{"time": 7500000}"#)).unwrap();
    session.run_until(&until);
    let took = began.elapsed();
    let events = session.length();
    println!("{events} events in {took:?}: {:.0} a second", events as f64 / took.as_secs_f64());
    let worst = (0..200).map(|at| at * 7_919 % events).map(|at| {
        let began = Instant::now();
        session.jump(at);
        began.elapsed()
    });
    println!("the slowest of 200 jumps over {events} events: {:?}", worst.max().unwrap());
    let day =
        "sections:\n  main:\n    - answer: {max_duration: 100000}\n    - sleep: {duration: 86400000}\n    - hangup\n";
    let began = Instant::now();
    let mut long = self::session(day);
    assert_eq!(long.run_until(&Until::default()), Stopped::End);
    println!("a day in {:?}", began.elapsed());
    assert_eq!(load(day, None).dialect, Some(Dialect::Swml));
}

/// Steps of a sequence that is the same every time.
fn next(seed: &mut u64, most: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize % most
}

#[test]
fn whatever_is_answered_can_be_written_down() {
    let folder = patchcord_tests::top().join("examples");
    let mut calls = 0;
    for (number, path) in patchcord_tests::files(&folder).into_iter().enumerate() {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if path.to_string_lossy().contains("scenario") || !load(&text, None).runs() {
            continue;
        }
        for round in 0..6 {
            let mut seed = (number * 31 + round) as u64;
            let mut session = session(&text);
            for _ in 0..12 {
                let until =
                    if next(&mut seed, 3) == 0 { Until::default().within(3) } else { Until::decision().within(200) };
                if session.run_until(&until) == Stopped::End {
                    break;
                }
                let all = session.awaiting();
                let Some(item) = all.get(next(&mut seed, all.len().max(1))) else { break };
                let Some(Value::Array(options)) = item.as_object().unwrap().get("options") else { break };
                let option = options[next(&mut seed, options.len())].as_object().unwrap();
                let after = next(&mut seed, 4) as u64 * 700;
                session
                    .answer(option.get("fact").unwrap(), Millis(after))
                    .unwrap_or_else(|why| panic!("{}: {why}", path.display()));
                if next(&mut seed, 5) == 0 {
                    session.jump(next(&mut seed, session.length() + 1));
                }
            }
            session.run_until(&Until::default().within(300));
            written(&session, &text, false);
            let lines = lines(&session);
            assert_eq!(session.reload(&text).unwrap(), None, "{} {}", path.display(), session.scenario(false));
            assert_eq!(self::lines(&session), lines);
            calls += 1;
        }
    }
    assert!(calls > 100);
}

//! SWML over real SIP: two sipp phones ring at once, the second answers.

use crate::stage::{Folder, Reply, Role, Serve, Server, Sipp, Voice, no_sipp};
use serde_json::Value;

fn flow(one: u16, two: u16, server: &Server, rest: &str) -> String {
    format!(
        r#"version: 1.0.0
sections:
  main:
    - connect:
        answer_on_bridge: true
        timeout: 30
        from: "+15550009999"
        headers:
          - name: X-Flow
            value: demo
        call_state_url: "{state}"
        call_state_events: [created, ringing, answered, ended]
        status_url: "{status}"
        parallel:
          - to: "sip:one@127.0.0.1:{one}"
          - to: "sip:two@127.0.0.1:{two}"
{rest}"#,
        state = server.url("/state"),
        status = server.url("/status"),
    )
}

/// `(what, which leg)` of each callback about a leg.
fn states(server: &Server, count: usize) -> Vec<(String, String, Option<String>)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    server
        .wait_for("/state", count)
        .iter()
        .map(|asked| {
            let body = asked.json();
            assert_eq!((asked.method.as_str(), asked.header("content-type")), ("POST", Some("application/json")));
            assert_eq!(body["event_type"], "calling.call.state");
            let params = &body["params"];
            assert_eq!(
                (&params["direction"], &params["device"]["type"]),
                (&Value::from("outbound"), &Value::from("sip"))
            );
            let to = text(&params["device"]["params"]["to"]);
            let to = to.trim_start_matches("sip:").split('@').next().unwrap_or_default().to_owned();
            (to, text(&params["call_state"]), params["end_reason"].as_str().map(str::to_owned))
        })
        .collect()
}

#[test]
fn two_phones_ring_the_second_answers_and_each_side_hears_the_other() {
    if no_sipp() {
        return;
    }
    let (ada, one, two) = (Voice::start(), Voice::start(), Voice::start());
    let server = Server::start(|_| Reply::empty());
    let mut first = Sipp::callee(Role::RingsUntilCancelled, &one);
    let mut second = Sipp::callee(Role::AnswersAndWaits, &two);
    let folder = Folder::new("swml");
    let path = folder.file("flow.yaml", &flow(first.port, second.port, &server, ""));
    let host = Serve::start(path.to_str().unwrap(), &[]);
    let mut caller = Sipp::call(Role::CallsAndHangsUp, "100", host.address, &ada);

    let to_two = second.audio();
    first.said("CALL ");
    second.nudge();
    let to_ada = caller.audio();
    first.said("CANCELLED");
    first.done();
    second.said("ACKED");

    ada.open_path(to_ada, &two);
    two.open_path(to_two, &ada);
    ada.say(to_ada, &two, 1, 50);
    two.say(to_two, &ada, 2, 50);
    assert_eq!(one.heard(), 0);

    // The caller hangs up: the other side is told.
    caller.nudge();
    caller.done();
    second.done();
    let invite = second.messages();
    assert!(invite.contains("X-Flow: demo") && invite.contains("From: <sip:+15550009999@"), "{invite}");

    let states = states(&server, 7);
    let of = |leg: &str| -> Vec<(&str, Option<&str>)> {
        states
            .iter()
            .filter(|(to, ..)| to == leg)
            .map(|(_, state, reason)| (state.as_str(), reason.as_deref()))
            .collect()
    };
    assert_eq!(of("one"), [("created", None), ("ringing", None), ("ended", Some("cancel"))]);
    assert_eq!(of("two")[..3], [("created", None), ("ringing", None), ("answered", None)]);
    assert_eq!(of("two").last(), Some(&("ended", Some("hangup"))));
    assert_eq!(states.len(), 7, "{states:?}");
    // In the order in which it happened.
    let at = |leg: &str, state: &str| states.iter().position(|(to, is, _)| to == leg && is == state).unwrap();
    assert_eq!((at("one", "created"), at("two", "created")), (0, 1));
    assert!(at("two", "answered") < at("one", "ended") && at("one", "ended") < at("two", "ended"), "{states:?}");
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let body = server.asked_on("/state")[0].json();
    assert_eq!(keys(&body), ["event_type", "event_channel", "timestamp", "project_id", "space_id", "params"]);
    assert_eq!(keys(&body["params"]), ["call_id", "node_id", "call_state", "direction", "device"]);
    host.wait_for_line(&["completed"]);
}

/// The orders of a trace.
fn orders(lines: impl Iterator<Item = Value>) -> Vec<Value> {
    lines
        .filter(|line| line["kind"] == "command")
        .map(|mut line| {
            line.as_object_mut().unwrap().remove("call");
            line
        })
        .collect()
}

#[test]
fn the_result_branches_and_the_journal_replays_to_the_same_orders() {
    if no_sipp() {
        return;
    }
    let (ada, one, two) = (Voice::start(), Voice::start(), Voice::start());
    let server = Server::start(|_| Reply::empty());
    let mut busy = Sipp::callee(Role::Busy, &one);
    let mut second = Sipp::callee(Role::AnswersAndHangsUp, &two);
    let mut third = Sipp::callee(Role::AnswersAndHangsUp, &one);
    let rest = format!(
        r#"        result:
          case:
            connected:
              - connect: {{ to: "sip:three@127.0.0.1:{}" }}
          default:
            - hangup: busy
    - hangup
"#,
        third.port
    );
    let folder = Folder::new("swml");
    let path = folder.file("flow.yaml", &flow(busy.port, second.port, &server, &rest));
    let host = Serve::start(path.to_str().unwrap(), &["--format", "json"]);
    let mut caller = Sipp::call(Role::CallsAndWaits, "100", host.address, &ada);

    busy.nudge();
    busy.done();
    let to_two = second.audio();
    second.nudge();
    second.said("ACKED");
    let to_ada = caller.audio();
    two.open_path(to_two, &ada);
    ada.open_path(to_ada, &two);
    second.nudge();
    second.done();

    // The callee's BYE took the flow to its result, and that to the third phone.
    let to_three = third.audio();
    third.nudge();
    third.said("ACKED");
    one.open_path(to_three, &ada);
    ada.say(to_ada, &one, 7, 25);
    // Its BYE ends the flow, and that the caller.
    third.nudge();
    third.done();
    caller.done();
    host.wait_for_line(&["\"kind\":\"over\"", "completed"]);

    let told = server.wait_for("/status", 3);
    let words: Vec<Value> = told.iter().map(|asked| asked.json()["params"]["connect_state"].clone()).collect();
    assert_eq!(words, ["connecting", "connected", "disconnected"]);

    let journals = host.journals();
    assert_eq!(journals.len(), 1);
    let seen = orders(host.lines().iter().skip(1).map(|line| serde_json::from_str(line).unwrap()));
    assert!(seen.len() > 8, "{seen:#?}");
    for native in [false, true] {
        let mut replay = std::process::Command::new(env!("CARGO_BIN_EXE_patchcord"));
        replay.args(["replay", "--format", "json"]).arg(&journals[0]);
        if native {
            replay.arg("--native");
        }
        let output = replay.output().unwrap();
        assert!(output.status.success());
        let replayed: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(orders(replayed["trace"].as_array().unwrap().iter().cloned()), seen);
    }
}

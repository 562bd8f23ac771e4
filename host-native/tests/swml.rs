//! SWML over real SIP: two sipp phones ring at once, the second answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod stage;

use serde_json::Value;
use stage::{Folder, Reply, Role, Serve, Server, Sipp, Voice};

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
            assert_eq!((&params["direction"], &params["device"]["type"]), (&Value::from("outbound"), &Value::from("sip")));
            let to = text(&params["device"]["params"]["to"]);
            let to = to.trim_start_matches("sip:").split('@').next().unwrap_or_default().to_owned();
            (to, text(&params["call_state"]), params["end_reason"].as_str().map(str::to_owned))
        })
        .collect()
}

#[test]
fn two_phones_ring_the_second_answers_and_each_side_hears_the_other() {
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
        states.iter().filter(|(to, ..)| to == leg).map(|(_, state, reason)| (state.as_str(), reason.as_deref())).collect()
    };
    assert_eq!(of("one"), [("created", None), ("ringing", None), ("ended", Some("cancel"))]);
    assert_eq!(of("two")[..3], [("created", None), ("ringing", None), ("answered", None)]);
    assert_eq!(of("two").last(), Some(&("ended", Some("hangup"))));
    assert_eq!(states.len(), 7, "{states:?}");
    host.wait_for_line(&["completed"]);
}

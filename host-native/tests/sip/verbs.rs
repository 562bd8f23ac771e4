//! Verbs over real SIP, served over real HTTP: the `actionHook`'s reply replaces the application.

use crate::stage::{Reply, Role, Serve, Server, Sipp, Voice, no_sipp};
use serde_json::json;

#[test]
fn the_reply_to_an_action_hook_replaces_the_application() {
    if no_sipp() {
        return;
    }
    let (ada, one, two) = (Voice::start(), Voice::start(), Voice::start());
    let mut first = Sipp::callee(Role::AnswersAndHangsUp, &one);
    let mut second = Sipp::callee(Role::AnswersAndWaits, &two);
    let dial = |name: &str, port: u16| {
        json!({
            "verb": "dial",
            "answerOnBridge": true,
            "callerId": "+15550009999",
            "timeout": 30,
            "headers": { "X-Flow": name },
            "actionHook": format!("/{name}"),
            "target": [{ "type": "sip", "sipUri": format!("sip:{name}@127.0.0.1:{port}") }],
        })
    };
    let application = json!([dial("one", first.port), { "verb": "hangup" }]).to_string();
    // Relative hooks, and a step that must never run because the reply replaces it.
    let replacement = json!([dial("two", second.port)]).to_string();
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/app" => Reply::json(application.clone()),
        "/one" => Reply::json(replacement.clone()),
        "/two" => Reply::json("[]"),
        _ => Reply::empty(),
    });
    let status = server.url("/status");
    let host = Serve::start(&server.url("/app"), &["--dialect", "verbs", "--status-hook", &status]);
    let mut caller = Sipp::call(Role::CallsAndHangsUp, "100", host.address, &ada);

    let to_one = first.audio();
    first.nudge();
    first.said("ACKED");
    let to_ada = caller.audio();
    ada.open_path(to_ada, &one);
    one.open_path(to_one, &ada);
    ada.say(to_ada, &one, 1, 25);
    one.say(to_one, &ada, 2, 25);
    // The callee hangs up: the caller stays, and the hook decides.
    first.nudge();
    first.done();
    let to_two = second.audio();
    second.nudge();
    second.said("ACKED");
    two.open_path(to_two, &ada);
    ada.open_path(to_ada, &two);
    two.say(to_two, &ada, 3, 25);
    ada.say(to_ada, &two, 4, 25);
    caller.nudge();
    caller.done();
    second.done();
    host.wait_for_line(&["completed"]);
    assert!(second.messages().contains("X-Flow: two"));

    let asked = server.wait_for("/app", 1);
    assert_eq!(asked.len(), 1);
    let body = asked[0].json();
    assert_eq!((asked[0].method.as_str(), asked[0].header("content-type")), ("POST", Some("application/json")));
    assert_eq!(
        (&body["direction"], &body["from"], &body["to"]),
        (&json!("inbound"), &json!("+15550001111"), &json!("100"))
    );
    assert_eq!(body["sip"]["headers"]["X-Trace"], json!("abc"));
    let call_sid = body["call_sid"].as_str().unwrap().to_owned();

    let hook = &server.wait_for("/one", 1)[0].json();
    assert_eq!(hook["call_sid"], json!(call_sid));
    assert_eq!((&hook["dial_call_status"], &hook["dial_sip_status"]), (&json!("completed"), &json!(200)));
    assert_eq!(server.asked_on("/one").len(), 1);

    // Every change of every leg, in order, about the caller and both callees.
    let statuses: Vec<(bool, String)> = server
        .asked_on("/status")
        .iter()
        .map(|asked| {
            let body = asked.json();
            let caller = body["call_sid"] == json!(call_sid);
            assert!(caller || body["parent_call_sid"] == json!(call_sid), "{body}");
            (caller, body["call_status"].as_str().unwrap().to_owned())
        })
        .collect();
    let of = |caller: bool| -> Vec<&str> {
        statuses.iter().filter(|(who, _)| *who == caller).map(|(_, status)| status.as_str()).collect()
    };
    assert_eq!(
        of(false),
        ["trying", "ringing", "in-progress", "completed", "trying", "ringing", "in-progress", "completed"]
    );
    assert_eq!(of(true).first(), Some(&"trying"));
    assert_eq!(of(true).iter().filter(|status| **status == "in-progress").count(), 1);
    assert_eq!(of(true).last(), Some(&"completed"));
}

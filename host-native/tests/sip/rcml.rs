//! RCML over real SIP, served over real HTTP: several nouns, `action`, `statusCallback`.

use crate::stage::{Reply, Role, Serve, Server, Sipp, Voice, no_sipp};

#[test]
fn nouns_ring_together_and_action_and_status_callback_are_told() {
    if no_sipp() {
        return;
    }
    let (ada, one, two) = (Voice::start(), Voice::start(), Voice::start());
    let mut first = Sipp::callee(Role::RingsUntilCancelled, &one);
    let mut second = Sipp::callee(Role::AnswersAndHangsUp, &two);
    let (one_port, two_port) = (first.port, second.port);
    let server = Server::start(move |asked| match asked.path.split('?').next() {
        Some("/app.xml") => Reply::xml(format!(
            r#"<?xml version="1.0"?>
<Response>
  <Dial timeout="30" callerId="+15550009999" action="after.xml" method="POST">
    <Sip statusCallback="/status/one" statusCallbackEvent="initiated ringing answered completed">sip:one@127.0.0.1:{one_port}?X-Color=blue</Sip>
    <Sip statusCallback="/status/two" statusCallbackEvent="initiated ringing answered completed">sip:two@127.0.0.1:{two_port}?X-Color=red</Sip>
  </Dial>
  <Say>This is never said: the action's reply replaces the document.</Say>
</Response>"#
        )),
        Some("/after.xml") => Reply::xml("<Response><Pause length=\"1\"/><Hangup/></Response>"),
        _ => Reply::empty(),
    });
    let host = Serve::start(&server.url("/app.xml"), &["--dialect", "rcml"]);
    let mut caller = Sipp::call(Role::CallsAndWaits, "100", host.address, &ada);

    let to_two = second.audio();
    first.said("CALL ");
    second.nudge();
    second.said("ACKED");
    first.said("CANCELLED");
    first.done();
    let to_ada = caller.audio();
    ada.open_path(to_ada, &two);
    two.open_path(to_two, &ada);
    ada.say(to_ada, &two, 1, 25);
    two.say(to_two, &ada, 2, 25);
    // The callee hangs up; the action's reply hangs up the caller.
    second.nudge();
    second.done();
    caller.done();
    host.wait_for_line(&["completed"]);
    assert!(second.messages().contains("X-Color: red") && first.messages().contains("X-Color: blue"));

    let asked = server.asked();
    assert_eq!(asked[0].path, "/app.xml");
    assert_eq!(
        asked[0].header("content-type").map(|kind| kind.split(';').next().unwrap()),
        Some("application/x-www-form-urlencoded")
    );
    for (name, value) in [
        ("From", "+15550001111"),
        ("To", "100"),
        ("CallStatus", "ringing"),
        ("Direction", "inbound"),
        ("SipHeader_X-Trace", "abc"),
    ] {
        assert_eq!(asked[0].field(name).as_deref(), Some(value), "{name} in {}", asked[0].body);
    }
    let call_sid = asked[0].field("CallSid").unwrap();
    let after = server.wait_for("/after.xml", 1);
    assert_eq!(after.len(), 1);
    assert_eq!(after[0].field("CallSid").as_deref(), Some(call_sid.as_str()));
    assert_eq!(after[0].field("DialCallStatus").as_deref(), Some("completed"));

    let statuses = |path: &str, count: usize| -> Vec<String> {
        server
            .wait_for(path, count)
            .iter()
            .map(|asked| {
                assert_eq!(asked.field("ParentCallSid").as_deref(), Some(call_sid.as_str()), "{}", asked.body);
                asked.field("CallStatus").unwrap()
            })
            .collect()
    };
    assert_eq!(statuses("/status/two", 4), ["initiated", "ringing", "in-progress", "completed"]);
    let lost = statuses("/status/one", 3);
    assert_eq!(lost[..2], ["initiated", "ringing"]);
    assert_eq!(lost.len(), 3, "{lost:?}");
}

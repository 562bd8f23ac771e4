//! What a caller hears of a flow: a file from the web, silence, a ringing tone, speech.

use crate::stage::{Folder, Reply, Role, Serve, Server, Sipp, Voice, no_sipp, until};

/// A WAV file in µ-law whose bytes can be found again in the packets.
fn recording() -> (Vec<u8>, Vec<u8>) {
    let samples: Vec<u8> = (0..1600u32).map(|at| 0x80 | (at % 96) as u8).collect();
    let mut file = b"RIFF\0\0\0\0WAVEfmt \x12\0\0\0\x07\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0\0\0data".to_vec();
    file.extend((samples.len() as u32).to_le_bytes());
    file.extend(&samples);
    (file, samples)
}

#[test]
fn clips_are_heard_one_after_the_other_in_one_stream() {
    if no_sipp() {
        return;
    }
    let (file, samples) = recording();
    let folder = Folder::new("audio");
    std::fs::write(folder.0.join("a.wav"), &file).unwrap();
    let server = Server::start(|_| Reply::empty());
    let flow = folder.file(
        "flow.yaml",
        &format!(
            r#"version: 1.0.0
sections:
  main:
    - answer
    - play: {{ url: "file:{}" }}
    - play: {{ urls: ["silence: 0.3", "ring:0.4:uk", "say: Hello", "{}"] }}
    - hangup
"#,
            folder.0.join("a.wav").display(),
            server.url("/missing.wav"),
        ),
    );
    let host = Serve::start(flow.to_str().unwrap(), &[]);
    let ada = Voice::start();
    let mut caller = Sipp::call(Role::CallsAndWaits, "100", host.address, &ada);
    caller.done();
    host.wait_for_line(&["completed"]);
    // An empty file is no audio: said, and not heard.
    host.wait_for_line(&["clip", "failed"]);

    let payloads = ada.payloads();
    let first: Vec<u8> = payloads.iter().take(10).flatten().copied().collect();
    assert_eq!(first, samples);
    let (silent, loud): (Vec<_>, Vec<_>) =
        payloads[10..].iter().partition(|payload| payload.iter().all(|byte| *byte == 0xff));
    assert!(silent.len() >= 15, "{}", silent.len());
    assert!(loud.len() >= 19, "{}", loud.len());
    ada.heard_one_unbroken_stream();
}

#[test]
fn a_caller_who_gives_up_stops_the_ringing() {
    if no_sipp() {
        return;
    }
    let (ada, one) = (Voice::start(), Voice::start());
    let mut phone = Sipp::callee(Role::RingsUntilCancelled, &one);
    let folder = Folder::new("cancel");
    let flow = folder.file(
        "flow.json",
        &format!(
            r#"{{"version":"1.0.0","sections":{{"main":[{{"connect":{{"answer_on_bridge":true,"to":"sip:one@127.0.0.1:{}"}}}}]}}}}"#,
            phone.port
        ),
    );
    let host = Serve::start(flow.to_str().unwrap(), &[]);
    let mut caller = Sipp::call(Role::CallsAndCancels, "100", host.address, &ada);
    caller.said("RINGS");
    caller.nudge();
    phone.said("CANCELLED");
    phone.done();
    caller.done();
    host.wait_for_line(&["abandoned"]);
}

#[test]
fn a_caller_hears_music_while_it_rings_and_then_the_callee_in_the_same_stream() {
    if no_sipp() {
        return;
    }
    let (ada, one) = (Voice::start(), Voice::start());
    let mut phone = Sipp::callee(Role::AnswersAndWaits, &one);
    let (file, _) = recording();
    let folder = Folder::new("music");
    std::fs::write(folder.0.join("a.wav"), &file).unwrap();
    let flow = folder.file(
        "flow.json",
        &serde_json::json!([{
            "verb": "dial",
            "answerOnBridge": true,
            "dialMusic": format!("file:{}", folder.0.join("a.wav").display()),
            "target": [{ "type": "sip", "sipUri": format!("sip:one@127.0.0.1:{}", phone.port) }],
        }])
        .to_string(),
    );
    let host = Serve::start(flow.to_str().unwrap(), &[]);
    let mut caller = Sipp::call(Role::CallsAndHangsUp, "100", host.address, &ada);
    let to_one = phone.audio();
    until("music before the answer", || (ada.heard() >= 10).then_some(()));
    phone.nudge();
    phone.said("ACKED");
    caller.audio();
    one.open_path(to_one, &ada);
    one.say(to_one, &ada, 3, 25);
    ada.heard_one_unbroken_stream();
    caller.nudge();
    caller.done();
    phone.done();
    host.wait_for_line(&["completed"]);
}

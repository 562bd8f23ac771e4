//! How documents are asked for: the request's shape, its signatures, its fallback, and what bad replies do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::engine::Engine;
use patchcord_core::id::FetchId;
use patchcord_core::time::Instant;
use patchcord_core::wire::{
    Application, Caller, Command, Dialect, Event, Header, Hook, Limits, Outcome, Request, Source, Start, Trace,
};

const FLOW: &str = "https://ann:s3cret@app.example/flow?v=1";

fn call(application: Application) -> Engine {
    Engine::new(Start {
        source: Source::Url { hook: Hook { url: FLOW.into(), method: None } },
        dialect: Some(Dialect::Swml),
        now: Instant::ZERO,
        unix_ms: 1_767_225_600_000,
        seed: 1,
        caller: Caller { from: "+15550001111".into(), to: "+15552220000".into(), ..Caller::default() },
        application,
        limits: Limits::default(),
        quiet: false,
    })
}

/// Orders since the last input.
fn orders(engine: &mut Engine) -> Vec<Command> {
    std::iter::from_fn(|| engine.poll_command()).collect()
}

fn asked(orders: &[Command]) -> (FetchId, Request) {
    orders
        .iter()
        .find_map(|order| match order {
            Command::Fetch { fetch, request } => Some((*fetch, request.clone())),
            _ => None,
        })
        .unwrap_or_else(|| panic!("nothing is fetched: {orders:?}"))
}

fn reply(engine: &mut Engine, fetch: FetchId, status: u16, body: &str) {
    let error = (status == 0).then(|| "no reply within 5000 ms".to_owned());
    let headers = vec![Header { name: "content-type".into(), value: "text/plain".into() }];
    engine.handle_event(Instant(40), Event::Fetched { fetch, status, headers, body: body.into(), error });
}

fn problems(trace: &Trace) -> String {
    serde_json::to_string(trace).unwrap()
}

#[test]
fn the_first_request_has_the_platforms_shape_and_both_signatures() {
    let mut engine = call(Application { signing_key: Some("PSK_1".into()), ..Application::default() });
    let (_, request) = asked(&orders(&mut engine));
    assert_eq!((request.method.as_str(), request.url.as_str()), ("POST", "https://app.example/flow?v=1"));
    assert_eq!(request.auth.as_deref(), Some("ann:s3cret"));
    let body: serde_json::Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
    let at = |key: &str| request.body.as_deref().unwrap().find(&format!("\"{key}\":{{")).unwrap();
    assert!(at("call") < at("vars") && at("vars") < at("envs") && at("envs") < at("params"), "{body}");
    assert_eq!(body["call"]["call_state"], "created");
    assert_eq!((&body["vars"], &body["params"]), (&serde_json::json!({}), &serde_json::json!({})));
    let header = |name: &str| request.headers.iter().find(|header| header.name == name).map(|h| h.value.len());
    assert_eq!(header("X-Signalwire-Signature"), Some(40));
    assert_eq!(header("X-Signalwire-SHA256-Signature"), Some(64));
    let told = problems(&engine.take_trace());
    assert!(!told.contains("s3cret") && !told.contains("PSK_1"), "{told}");
}

#[test]
fn no_key_no_signature() {
    let mut engine = call(Application::default());
    let (_, request) = asked(&orders(&mut engine));
    assert!(request.headers.iter().all(|header| !header.name.starts_with("X-Signalwire")));
}

#[test]
fn the_body_decides_about_the_format() {
    for body in [
        "sections: {main: [{play: \"say:hi\"}]}",
        "{\"sections\": {\"main\": [{\"play\": {\"url\": \"say:hi\"}}]}}",
        "[{\"play\": \"say:hi\"}]",
    ] {
        let mut engine = call(Application::default());
        let (fetch, _) = asked(&orders(&mut engine));
        reply(&mut engine, fetch, 200, body);
        let came = orders(&mut engine);
        assert!(came.iter().any(|order| matches!(order, Command::Play { .. })), "{body}: {came:?}");
    }
}

#[test]
fn a_fallback_is_asked_once() {
    let fallback = Some(Hook { url: "https://backup.example/flow".into(), method: None });
    for (status, body) in [(500, "no"), (0, ""), (200, "sections: {main: [{say: hi}]}")] {
        let mut engine = call(Application { fallback: fallback.clone(), ..Application::default() });
        let (fetch, _) = asked(&orders(&mut engine));
        reply(&mut engine, fetch, status, body);
        let (second, request) = asked(&orders(&mut engine));
        assert_eq!(request.url, "https://backup.example/flow");
        reply(&mut engine, second, 404, "");
        let came = orders(&mut engine);
        assert!(
            matches!(
                came.as_slice(),
                [Command::Reject { status: 500, .. }, Command::Done { outcome: Outcome::Failed }]
            ),
            "{came:?}"
        );
    }
}

#[test]
fn a_document_on_the_way_that_cannot_be_had_ends_the_call_and_says_why() {
    for (status, body) in [(0, ""), (302, ""), (500, "oops"), (200, "<html>"), (200, "sections: {"), (200, "")] {
        let mut engine = call(Application::default());
        let (fetch, _) = asked(&orders(&mut engine));
        reply(&mut engine, fetch, 200, "sections: {main: [{execute: \"https://app.example/sub\"}]}");
        let (sub, request) = asked(&orders(&mut engine));
        assert_eq!(request.url, "https://app.example/sub");
        reply(&mut engine, sub, status, body);
        let came = orders(&mut engine);
        assert!(matches!(came.last(), Some(Command::Done { outcome: Outcome::Failed })), "{status} {body}: {came:?}");
        assert!(problems(&engine.take_trace()).contains("relay_script_parse_error"), "{status} {body}");
    }
}

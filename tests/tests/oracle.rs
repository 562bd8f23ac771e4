//! jambonz itself, recorded: the same application against the same parties gives the same hooks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::id::LegId;
use patchcord_core::sim::{
    Action, Callee, Doing, Native, Reply, Rule, Scenario, Staging, Tells, Turn, simulate, start_of,
};
use patchcord_core::time::Millis;
use patchcord_core::wire::{Caller, Cause, Dialect, Header, Hook, MediaResult};
use patchcord_tests::{files, shared};
use serde_json::Value;
use std::sync::Arc;

/// The recording answers the caller and sends the INVITE this much later than we do.
const HEAD_START: u64 = 16;
/// What a hook's body is compared by.
const FIELDS: &[&str] = &[
    "call_sid",
    "parent_call_sid",
    "direction",
    "sip_status",
    "call_status",
    "call_termination_by",
    "duration",
    "dtmf",
    "digits",
    "reason",
    "dial_call_status",
    "dial_sip_status",
    "dial_call_sid",
];

/// Recordings that we do not follow, and why. `verbs.md` §9 has the decisions.
const DIFFERENT: &[(&str, &str)] = &[
    ("017", "decided: the result waits for the 487"),
    ("018", "decided: the result waits for the 487"),
    ("019", "decided: the result waits for the 487"),
    ("022", "decided: every leg gets a final status"),
    ("027", "decided: the result waits for the 487, and every leg gets a final status"),
    ("047", "needs `sip:decline`"),
    ("028", "fixed: the second answer is a call that was up, and is told as one"),
    ("029", "fixed: one winner only"),
    ("033", "fixed: a declined leg is completed, and no dial is left in progress"),
    ("034", "fixed: the dial result has its SIP status"),
    ("036", "fixed: a declined leg is completed"),
    ("037", "fixed: a declined leg is completed"),
    ("038", "fixed: a declined leg is completed"),
    ("040", "fixed: a declined leg is completed"),
    ("041", "fixed: the winner's leg is not forgotten"),
    ("042", "fixed: the ring limit survives a decline"),
    ("048", "decided: every leg gets a final status"),
    ("049", "decided: every leg gets a final status"),
    ("053", "decided: every leg gets a final status"),
    ("063", "fixed: the caller's patterns are the caller's"),
    ("067", "decided: every leg gets a final status"),
    ("081", "fixed: an answer that crosses our CANCEL is hung up"),
    ("098", "the platform goes on once its status hook was answered, 10 ms later: across the boundary of a second"),
];

fn number(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or(0)
}

fn doing(step: &Value, shift: u64) -> Option<Doing> {
    let at = Millis(number(step, "at").saturating_sub(shift));
    let action = match step["do"].as_str()? {
        "bye" | "cancel" => Action::HangUp(Cause::Normal),
        "info" | "dtmf" => Action::Press(step["key"].as_str()?.to_owned()),
        "200" => Action::Answer(Vec::new()),
        "180" | "183" if step["sdp"].as_bool() == Some(true) => Action::EarlyMedia(step["do"].as_str()?.parse().ok()?),
        "180" | "181" | "182" | "183" => Action::Ring(step["do"].as_str()?.parse().ok()?),
        status => Action::Reject(status.parse().ok()?),
    };
    Some(Doing { at, action })
}

fn scenario(input: &Value) -> Option<Scenario> {
    let mut scenario = Scenario::ordinary();
    scenario.url = Some("http://app.example/app".into());
    scenario.caller = Caller { from: "15551110000".into(), to: "15552220000".into(), ..Caller::default() };
    scenario.caller_does = Vec::new();
    for step in input["a"].as_array().into_iter().flatten() {
        scenario.caller_does.push(doing(step, HEAD_START)?);
    }
    scenario.delay = Millis(input["cancelMs"].as_u64().unwrap_or(40));
    scenario.application.status_hook = Some(Hook { url: "/status".into(), method: None });
    // The recorded platform could not hear words: nothing is detected.
    let done = Turn { at: Millis(0), tells: Tells::Done(MediaResult::Unsupported) };
    scenario.activities = vec![Staging { order: "detect *".into(), attempts: vec![vec![done]] }];
    scenario.callees = Vec::new();
    for (part, steps) in input["legs"].as_object().into_iter().flatten() {
        let does = steps.as_array()?.iter().map(|step| doing(step, 0)).collect::<Option<Vec<Doing>>>()?;
        // The recording matches the INVITE's URI, which has the number of a phone target.
        let to = part.trim_end_matches('@').trim_start_matches("sip:");
        scenario.callees.push(Callee { to: format!("*{to}*"), attempts: vec![does] });
    }
    if input["legs"].is_null() {
        // Nobody there ever replies.
        scenario.callees.push(Callee { to: "*".into(), attempts: vec![Vec::new()] });
    }
    let json = Header { name: "content-type".into(), value: "application/json".into() };
    scenario.http = Vec::new();
    for (path, answer) in input["hooks"].as_object().into_iter().flatten() {
        let (status, body) = match answer {
            Value::Number(status) => (status.as_u64()? as u16, String::new()),
            Value::Array(_) => (200, answer.to_string()),
            _ => return None,
        };
        let reply = Reply { after: Millis(10), status, headers: vec![json.clone()], body };
        scenario.http.push(Rule { method: "*".into(), url: format!("http://app.example{path}"), replies: vec![reply] });
    }
    let empty = Reply { after: Millis(10), status: 200, headers: Vec::new(), body: String::new() };
    scenario.http.push(Rule { method: "*".into(), url: "*".into(), replies: vec![empty] });
    scenario.play =
        Millis(input["playMs"].as_object().and_then(|p| p.values().next()).and_then(Value::as_u64).unwrap_or(1000));
    Some(scenario)
}

/// A hook as one line: its path and the fields that matter, legs by their names.
fn told(url: &str, body: &Value, name: impl Fn(&str) -> String) -> String {
    let mut line = url.trim_start_matches("http://app.example").to_owned();
    for field in FIELDS {
        match &body[*field] {
            Value::Null => {}
            Value::String(text) if field.ends_with("call_sid") => line += &format!(" {field}={}", name(text)),
            Value::String(text) => line += &format!(" {field}={text}"),
            other => line += &format!(" {field}={other}"),
        }
    }
    line
}

fn expected(trace: &Value) -> Vec<String> {
    let hooks = trace.as_array().unwrap().iter().filter(|entry| entry["ev"] == "hook");
    hooks.map(|hook| told(hook["url"].as_str().unwrap(), &hook["data"], str::to_owned)).collect()
}

#[test]
fn hooks_are_those_that_jambonz_sends() {
    let Some(shared) = shared() else {
        println!("skipped: the recordings are not here");
        return;
    };
    let (mut same, mut skipped, mut wrong) = (0, Vec::new(), String::new());
    for path in
        files(&shared.join("oracle/verbs")).iter().filter(|path| path.extension().is_some_and(|end| end == "json"))
    {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let recorded: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let app = recorded["input"]["app"].to_string();
        let loaded = Arc::new(patchcord_core::engine::load(&app, Some(Dialect::Verbs)));
        let known = DIFFERENT.iter().any(|(number, _)| name.starts_with(number));
        let Some(scenario) = scenario(&recorded["input"]).filter(|_| loaded.runs() && !known) else {
            skipped.push(name[..3].to_owned());
            continue;
        };
        let start = start_of(&scenario, &app, Some(Dialect::Verbs));
        let simulation = simulate(&mut Native::new(Some(loaded)), &scenario, start).unwrap();
        let sids: Vec<(String, String)> = (0..20)
            .map(|n| (patchcord_core::id::uuid(scenario.seed, n + 1), LegId(n as u32).to_string().to_uppercase()))
            .collect();
        let alias =
            |sid: &str| sids.iter().find(|(known, _)| known == sid).map_or(sid.to_owned(), |(_, name)| name.clone());
        let ours: Vec<String> = simulation
            .requests
            .iter()
            .map(|request| told(&request.url, &serde_json::from_str(&request.body).unwrap_or(Value::Null), alias))
            .collect();
        let theirs = expected(&recorded["trace"]);
        if ours == theirs {
            same += 1;
        } else {
            wrong += &format!("{name}\n  theirs\n    {}\n  ours\n    {}\n", theirs.join("\n    "), ours.join("\n    "));
        }
    }
    println!(
        "{same} recordings are followed, {} are decided otherwise or need what is not run yet: {}",
        skipped.len(),
        skipped.join(" ")
    );
    assert!(wrong.is_empty(), "{wrong}");
    assert!(same > 20, "only {same} recordings were compared");
}

//! A scenario as the YAML that reads as it.

use super::super::line::{line, word};
use super::super::scenario::{Action, Doing, Scenario};
use super::super::turn::{Tells, Turn};
use super::told::Told;
use crate::time::Millis;
use crate::value::{Object, Value, number_text};
use crate::wire::{Command, Ended, Header, Kind, Progress};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// A whole scenario; `expect` is added as it is.
pub(super) fn scenario(scenario: &Scenario, expect: Option<Object>) -> String {
    let ordinary = Scenario::ordinary();
    let mut out = Object::new();
    if scenario.start_unix_ms != ordinary.start_unix_ms {
        out.set("start", moment(scenario.start_unix_ms));
    }
    if scenario.seed != ordinary.seed {
        out.set("seed", Value::Number(scenario.seed as f64));
    }
    texts(&mut out, &[("url", scenario.url.as_ref())]);
    let caller = &scenario.caller;
    let mut by = Object::new().with("from", caller.from.as_str()).with("to", caller.to.as_str());
    texts(&mut by, &[("name", caller.name.as_ref()), ("source", caller.source.as_ref())]);
    if !caller.headers.is_empty() {
        by.set("headers", headers(&caller.headers));
    }
    by.set("does", list(&scenario.caller_does, doing));
    out.set("caller", by);
    let callee = |callee: &super::super::scenario::Callee| {
        Value::Object(attempts(Object::new().with("to", callee.to.as_str()), &callee.attempts, doing))
    };
    out.set("callees", list(&scenario.callees, callee));
    let rule = |rule: &super::super::scenario::Rule| {
        let replies = list(&rule.replies, |reply| {
            let mut object = Object::new().with("after", time(reply.after)).with("status", f64::from(reply.status));
            if !reply.headers.is_empty() {
                object.set("headers", headers(&reply.headers));
            }
            if !reply.body.is_empty() {
                object.set("body", reply.body.as_str());
            }
            Value::Object(object)
        });
        let request = format!("{} {}", rule.method, rule.url);
        Value::Object(Object::new().with("request", request).with("replies", replies))
    };
    out.set("http", list(&scenario.http, rule));
    if !scenario.activities.is_empty() {
        let staging = |staging: &super::super::turn::Staging| {
            Value::Object(attempts(Object::new().with("order", staging.order.as_str()), &staging.attempts, turn))
        };
        out.set("activities", list(&scenario.activities, staging));
    }
    let media = Object::new().with("play", time(scenario.play)).with("record", time(scenario.record));
    if scenario.play != ordinary.play || scenario.record != ordinary.record {
        out.set("media", media);
    }
    if scenario.delay != ordinary.delay {
        out.set("network", Object::new().with("delay", time(scenario.delay)));
    }
    let application = application(scenario);
    if !application.is_empty() {
        out.set("application", application);
    }
    if let Some(expect) = expect {
        out.set("expect", expect);
    }
    let mut text = String::new();
    for (key, value) in out.iter() {
        match value {
            Value::Array(items) if !items.is_empty() => {
                text.push_str(&format!("{key}:\n"));
                items.iter().for_each(|item| text.push_str(&format!("  - {}\n", flow(item))));
            }
            Value::Object(pairs) if key == "expect" => {
                text.push_str("expect:\n");
                for (key, value) in pairs.iter() {
                    match value {
                        Value::Array(items) if !items.is_empty() => {
                            text.push_str(&format!("  {key}:\n"));
                            items.iter().for_each(|item| text.push_str(&format!("    - {}\n", flow(item))));
                        }
                        other => text.push_str(&format!("  {key}: {}\n", flow(other))),
                    }
                }
            }
            other => text.push_str(&format!("{key}: {}\n", flow(other))),
        }
    }
    text
}

/// What came out, as what must come out.
pub(super) fn expectations(told: &[&Told], ended: Option<&Ended>) -> Object {
    let mut expect = Object::new();
    if let Some(ended) = ended {
        expect.set("outcome", word(&ended.outcome));
    }
    let commands = told.iter().filter_map(|told| match &told.entry.kind {
        Kind::Command(Command::Notify { .. } | Command::Fetch { .. }) => None,
        Kind::Command(command) => Some(Value::from(line(command))),
        Kind::Event(_) | Kind::Note(_) => None,
    });
    expect.set("commands", Value::Array(commands.collect()));
    let requests = told.iter().filter_map(|told| match &told.entry.kind {
        Kind::Command(Command::Fetch { request, .. } | Command::Notify { request, .. }) => {
            Some(Value::from(format!("{} {}", request.method, request.url)))
        }
        Kind::Command(_) | Kind::Event(_) | Kind::Note(_) => None,
    });
    let requests: Vec<Value> = requests.collect();
    if !requests.is_empty() {
        expect.set("requests", Value::Array(requests));
    }
    if let Some(vars) =
        ended.map(|ended| &ended.vars).filter(|vars| vars.as_object().is_some_and(|vars| !vars.is_empty()))
    {
        expect.set("vars", vars.clone());
    }
    expect
}

fn application(scenario: &Scenario) -> Object {
    let given = &scenario.application;
    let url = |hook: &Option<crate::wire::Hook>| hook.as_ref().map(|hook| hook.url.clone());
    let (status, message, fallback) = (url(&given.status_hook), url(&given.message_hook), url(&given.fallback));
    let mut out = Object::new();
    texts(
        &mut out,
        &[
            ("account", given.account.as_ref()),
            ("application", given.application.as_ref()),
            ("realm", given.realm.as_ref()),
            ("status_hook", status.as_ref()),
            ("message_hook", message.as_ref()),
            ("fallback", fallback.as_ref()),
            ("signing_key", given.signing_key.as_ref()),
        ],
    );
    if given.envs.as_object().is_some_and(|envs| !envs.is_empty()) {
        out.set("envs", given.envs.clone());
    }
    out
}

fn texts(object: &mut Object, pairs: &[(&str, Option<&String>)]) {
    for (name, text) in pairs {
        if let Some(text) = text {
            object.set(*name, text.as_str());
        }
    }
}

fn headers(headers: &[Header]) -> Object {
    headers.iter().map(|header| (header.name.clone(), Value::from(header.value.as_str()))).collect()
}

fn list<T>(items: &[T], one: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(one).collect())
}

/// `does` for one attempt, `attempts` for several.
fn attempts<T>(object: Object, attempts: &[Vec<T>], one: fn(&T) -> Value) -> Object {
    match attempts {
        [only] => object.with("does", list(only, one)),
        several => object.with("attempts", list(several, |does| list(does, one))),
    }
}

fn doing(doing: &Doing) -> Value {
    let object = Object::new().with("at", time(doing.at));
    let status = |status: u16| Value::Number(f64::from(status));
    Value::Object(match &doing.action {
        Action::Ring(code) => object.with("ring", status(*code)),
        Action::EarlyMedia(code) => object.with("early_media", status(*code)),
        Action::Answer(given) if given.is_empty() => object.with("answer", status(200)),
        Action::Answer(given) => object.with("answer", status(200)).with("headers", headers(given)),
        Action::Reject(code) => object.with("reject", status(*code)),
        Action::HangUp(cause) => object.with("hang_up", word(cause)),
        Action::Press(keys) => object.with("press", keys.as_str()),
        Action::Say(words, sure) => object.with("say", words.as_str()).with("confidence", Value::Number(*sure)),
    })
}

fn turn(turn: &Turn) -> Value {
    let object = Object::new().with("at", time(turn.at));
    let number = |number: u32| Value::Number(f64::from(number));
    let progress = match &turn.tells {
        Tells::Done(result) => return Value::Object(object.with("done", word(result))),
        Tells::Progress(progress) => progress,
    };
    Value::Object(match progress {
        Progress::Started { facts } if facts.is_null() => object.with("started", Object::new()),
        Progress::Started { facts } => object.with("started", facts.clone()),
        Progress::Recorded { url, duration, size } => object
            .with("recorded", url.as_str())
            .with("duration", time(*duration))
            .with("size", Value::Number(*size as f64)),
        Progress::Speech { text, confidence, partial } => object
            .with("speech", text.as_str())
            .with("confidence", Value::Number(*confidence))
            .with("partial", Value::Bool(*partial)),
        Progress::Detected { what, beep } => object.with("detected", word(what)).with("beep", Value::Bool(*beep)),
        Progress::Queued { position, size, .. } => object.with("queued", number(*position)).with("of", number(*size)),
        Progress::Connected { peer } => object.with("connected", peer.as_deref().unwrap_or_default()),
        Progress::Conference { status } => object.with("conference", status.as_str()),
        Progress::Referred { status, notify } => {
            let object = object.with("referred", number(u32::from(*status)));
            match notify {
                Some(notify) => object.with("notify", number(u32::from(*notify))),
                None => object,
            }
        }
        Progress::Transcript { text } => object.with("transcript", text.as_str()),
        Progress::Result { variables } => object.with("result", variables.clone()),
    })
}

/// `0`, `3s` or `250ms`.
fn time(ms: Millis) -> Value {
    Value::from(match ms.0 {
        0 => "0".to_string(),
        ms if ms % 1_000 == 0 => format!("{}s", ms / 1_000),
        ms => format!("{ms}ms"),
    })
}

/// A value in one line, as YAML has it in brackets.
fn flow(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(object) => {
            let pairs: Vec<String> =
                object.iter().map(|(key, value)| format!("{}: {}", plain(key), flow(value))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        Value::String(text) => plain(text),
        Value::Number(number) => number_text(*number),
        other => other.to_json(),
    }
}

/// A text without quotes where nobody can take it for something else.
fn plain(text: &str) -> String {
    let letters = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '-');
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    let is_time = text == "0" || number && matches!(text.strip_prefix(digits), Some("s" | "ms"));
    let taken = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text) || text.starts_with('-');
    if is_time || letters(text) && !taken { text.to_string() } else { Value::from(text).to_json() }
}

/// A time as `2026-01-02T03:04:05.678Z`.
fn moment(unix_ms: u64) -> String {
    let (days, ms) = (unix_ms / 86_400_000, unix_ms % 86_400_000);
    // Days since 0000-03-01, in eras of 400 years that begin in March.
    let shifted = days + 719_468;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    let (seconds, ms) = (ms / 1_000, ms % 1_000);
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let part = if ms == 0 { String::new() } else { format!(".{ms:03}") };
    format!("{year:04}-{month:02}-{date:02}T{clock}{part}Z")
}

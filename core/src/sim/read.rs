//! Scenario files: YAML (or JSON), unknown keys are errors.

use super::scenario::{Action, Callee, Doing, Expect, Reply, Rule, Scenario};
use super::turn::{STAGING, check_order, staging};
use crate::diag::{Diagnostic, codes};
use crate::dialect::reader::{Reader, Vendor, entries, get, items, number, value_of};
use crate::dialect::schema::{Holds, Schema, field, required};
use crate::span::Span;
use crate::text::{self, Node, TextLimits};
use crate::time::Millis;
use crate::wire::{Cause, Header, Hook};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

static VENDOR: Vendor = Vendor {
    unknown_field: None,
    missing_field: None,
    invalid_value: None,
    wrong_type: None,
    conflict: None,
    placeholders: false,
    aliases: &[("hangup", "hang_up"), ("on", "at")],
    coerces: true,
};

macro_rules! schemas {
    ($($name:ident = $object:literal [$($field:expr),* $(,)?];)*) => {
        $(static $name: Schema = Schema::new($object, &[$($field),*]);)*
    };
}

const TIME: Holds = Holds::Either(&[Holds::Text, Holds::Number(0.0, 0.0)]);
const SCALAR: Holds = Holds::Either(&[Holds::Text, Holds::Number(f32::NEG_INFINITY, f32::INFINITY)]);

schemas! {
    SCENARIO = "scenario" [
        field("flow", Holds::Text), field("start", Holds::Text), field("seed", Holds::Integer(0.0, 9_007_199_254_740_992.0)), field("url", Holds::Text),
        field("caller", Holds::Object(&CALLER)), field("callees", Holds::ListOf(&Holds::Object(&CALLEE))),
        field("http", Holds::ListOf(&Holds::Object(&RULE))), field("activities", Holds::ListOf(&Holds::Object(&STAGING))), field("media", Holds::Object(&MEDIA)),
        field("network", Holds::Object(&NETWORK)), field("application", Holds::Object(&APPLICATION)),
        field("expect", Holds::Object(&EXPECT)),
    ];
    CALLER = "caller" [
        field("from", Holds::Text), field("to", Holds::Text), field("name", Holds::Text), field("headers", Holds::Map),
        field("source", Holds::Text), field("does", Holds::ListOf(&Holds::Object(&CALLER_DOES))),
    ];
    CALLER_DOES = "caller.does" [
        required("at", TIME), field("press", SCALAR), field("say", Holds::Text),
        field("confidence", Holds::Number(0.0, 100.0)), field("hang_up", CAUSE),
    ];
    CALLEE = "callee" [
        required("to", Holds::Text), field("does", Holds::ListOf(&Holds::Object(&CALLEE_DOES))),
        field("attempts", Holds::ListOf(&Holds::ListOf(&Holds::Object(&CALLEE_DOES)))),
    ];
    CALLEE_DOES = "callee.does" [
        required("at", TIME),
        field("ring", Holds::Integer(180.0, 199.0)), field("early_media", Holds::Integer(180.0, 199.0)),
        field("answer", Holds::Integer(200.0, 299.0)), field("reject", Holds::Integer(300.0, 699.0)),
        field("headers", Holds::Map), field("press", SCALAR), field("say", Holds::Text),
        field("confidence", Holds::Number(0.0, 100.0)), field("hang_up", CAUSE),
    ];
    RULE = "http" [
        required("request", Holds::Text), field("reply", Holds::Object(&REPLY)),
        field("replies", Holds::ListOf(&Holds::Object(&REPLY))),
    ];
    REPLY = "reply" [
        field("after", TIME), field("status", Holds::Integer(0.0, 599.0)), field("headers", Holds::Map),
        field("body", Holds::Text),
    ];
    MEDIA = "media" [field("play", TIME), field("record", TIME)];
    NETWORK = "network" [field("delay", TIME)];
    APPLICATION = "application" [
        field("account", Holds::Text), field("application", Holds::Text), field("status_hook", Holds::Text),
        field("envs", Holds::Map), field("realm", Holds::Text), field("message_hook", Holds::Text),
        field("signing_key", Holds::Text), field("fallback", Holds::Text),
    ];
    EXPECT = "expect" [
        field("outcome", Holds::Word(&["completed", "rejected", "abandoned", "failed"])),
        field("commands", Holds::ListOf(&Holds::Text)), field("requests", Holds::ListOf(&Holds::Text)),
        field("never", Holds::ListOf(&Holds::Text)), field("vars", Holds::Map),
    ];
}

const CAUSE: Holds =
    Holds::Word(&["normal", "busy", "decline", "no-answer", "cancel", "not-found", "time-limit", "error"]);

/// Reads a scenario; what it leaves out is as in [`Scenario::ordinary`], but a scenario with a
/// `callees` or `http` list knows nobody else.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(source: &str) -> Result<Scenario, Vec<Diagnostic>> {
    read_onto(source, Scenario { caller_does: Vec::new(), ..Scenario::ordinary() })
}

/// Reads a scenario; what it leaves out is as in `scenario`.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn read_onto(source: &str, mut scenario: Scenario) -> Result<Scenario, Vec<Diagnostic>> {
    let tree = text::read(source, None, &TextLimits::default());
    let mut reader = Reader::new(source, &VENDOR);
    for problem in tree.problems.iter().filter(|problem| !problem.repaired) {
        let mut diagnostic = Diagnostic::new(problem.code, problem.span, problem.message.clone());
        diagnostic.notes.extend(problem.help.clone());
        reader.report(diagnostic);
    }
    if let Some(root) = &tree.root
        && reader.check(&SCENARIO, root)
    {
        fill(&mut reader, &mut scenario, root);
    }
    if reader.errors() > 0 { Err(reader.diagnostics) } else { Ok(scenario) }
}

/// Whether a text is a scenario rather than a flow: it says what the world does, or what is expected.
#[must_use]
pub fn is_scenario(source: &str) -> bool {
    let tree = text::read(source, None, &TextLimits::default());
    let has = |key: &str| tree.root.as_ref().is_some_and(|root| root.entry(key).is_some());
    ["expect", "callees", "caller", "http"].iter().any(|key| has(key)) && !has("sections") && !has("verb")
}

/// The flow that a scenario names (`flow:`), relative to its own folder.
#[must_use]
pub fn flow_of(source: &str) -> Option<String> {
    let tree = text::read(source, None, &TextLimits::default());
    let flow = tree.root.as_ref().and_then(|root| get(root, "flow"))?;
    flow.as_str().map(ToString::to_string)
}

fn fill(reader: &mut Reader<'_>, scenario: &mut Scenario, root: &Node) {
    if let Some(start) = get(root, "start") {
        match unix_ms(&reader.scalar(start)) {
            Some(ms) => scenario.start_unix_ms = ms,
            None => invalid(reader, start, "`start` must be a time like 2026-01-02T03:04:05Z"),
        }
    }
    if let Some(seed) = number(root, "seed") {
        scenario.seed = seed as u64;
    }
    scenario.url = get(root, "url").map(|url| reader.scalar(url));
    if let Some(caller) = get(root, "caller") {
        let text = |reader: &Reader<'_>, key: &str| get(caller, key).map(|node| reader.scalar(node));
        if let Some(from) = text(reader, "from") {
            scenario.caller.from = from;
        }
        if let Some(to) = text(reader, "to") {
            scenario.caller.to = to;
        }
        scenario.caller.name = text(reader, "name");
        scenario.caller.source = text(reader, "source");
        scenario.caller.headers = headers(reader, get(caller, "headers"));
        scenario.caller_does = get(caller, "does").map(|does| doings(reader, does)).unwrap_or_default();
    }
    if let Some(callees) = get(root, "callees") {
        scenario.callees = items(callees).iter().map(|node| callee(reader, node)).collect();
    }
    if let Some(http) = get(root, "http") {
        scenario.http = items(http).iter().filter_map(|node| rule(reader, node)).collect();
    }
    if let Some(list) = get(root, "activities") {
        items(list).iter().for_each(|node| check_order(reader, node));
        scenario.activities = items(list).iter().map(|node| staging(reader, node)).collect();
    }
    if let Some(record) = get(root, "media").and_then(|media| get(media, "record")) {
        scenario.record = time(reader, record);
    }
    if let Some(play) = get(root, "media").and_then(|media| get(media, "play")) {
        scenario.play = time(reader, play);
    }
    if let Some(delay) = get(root, "network").and_then(|network| get(network, "delay")) {
        scenario.delay = time(reader, delay);
    }
    if let Some(node) = get(root, "application") {
        let text = |reader: &Reader<'_>, key: &str| get(node, key).map(|node| reader.scalar(node));
        scenario.application.account = text(reader, "account");
        scenario.application.application = text(reader, "application");
        scenario.application.realm = text(reader, "realm");
        scenario.application.status_hook = text(reader, "status_hook").map(|url| Hook { url, method: None });
        let hook = |reader: &Reader<'_>, key: &str| text(reader, key).map(|url| Hook { url, method: None });
        scenario.application.message_hook = hook(reader, "message_hook");
        scenario.application.fallback = hook(reader, "fallback");
        scenario.application.signing_key = text(reader, "signing_key");
        scenario.application.envs = get(node, "envs").map(value_of).unwrap_or_default();
    }
    scenario.expect = get(root, "expect").map(|node| expect(reader, node));
}

pub(super) fn invalid(reader: &mut Reader<'_>, node: &Node, message: &str) {
    reader.report(Diagnostic::new(&codes::INVALID_VALUE, node.span, message));
}

/// `200ms`, `3s`, `1.5m`, `2h`, or 0.
pub(super) fn time(reader: &mut Reader<'_>, node: &Node) -> Millis {
    let text = reader.scalar(node);
    let text = text.trim();
    if text == "0" {
        return Millis(0);
    }
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let factor = match unit {
        "ms" => 1.0,
        "s" => 1_000.0,
        "m" => 60_000.0,
        "h" => 3_600_000.0,
        _ => 0.0,
    };
    match text.strip_suffix(unit).and_then(|digits| digits.parse::<f64>().ok()) {
        Some(number) if factor > 0.0 => Millis(libm::round(number * factor) as u64),
        Some(_) | None => {
            let message = format!("a time is a number with `ms`, `s`, `m` or `h`, found `{text}`");
            invalid(reader, node, &message);
            Millis(0)
        }
    }
}

fn headers(reader: &Reader<'_>, node: Option<&Node>) -> Vec<Header> {
    let list = node.map(entries).unwrap_or_default();
    list.iter().map(|e| Header { name: e.key.text.clone(), value: reader.scalar(&e.value) }).collect()
}

fn doings(reader: &mut Reader<'_>, list: &Node) -> Vec<Doing> {
    let mut doings: Vec<Doing> = items(list).iter().filter_map(|node| doing(reader, node)).collect();
    crate::order::sort_by_key(&mut doings, |doing| doing.at);
    doings
}

fn doing(reader: &mut Reader<'_>, node: &Node) -> Option<Doing> {
    let at = time(reader, get(node, "at")?);
    let status = |key: &str| number(node, key).map(|status| status as u16);
    let mut actions: Vec<Action> = Vec::new();
    actions.extend(status("ring").map(Action::Ring));
    actions.extend(status("early_media").map(Action::EarlyMedia));
    actions.extend(status("answer").map(|_| Action::Answer(headers(reader, get(node, "headers")))));
    actions.extend(status("reject").map(Action::Reject));
    actions.extend(get(node, "press").map(|keys| Action::Press(reader.scalar(keys))));
    actions.extend(
        get(node, "say").map(|text| Action::Say(reader.scalar(text), number(node, "confidence").unwrap_or(90.0))),
    );
    actions.extend(get(node, "hang_up").map(|node| Action::HangUp(cause(&reader.scalar(node)))));
    if actions.len() != 1 {
        invalid(reader, node, "one thing is done at a time: `at` and one action");
    }
    actions.pop().map(|action| Doing { at, action })
}

fn cause(word: &str) -> Cause {
    match word {
        "busy" => Cause::Busy,
        "decline" => Cause::Decline,
        "no-answer" => Cause::NoAnswer,
        "cancel" => Cause::Cancel,
        "not-found" => Cause::NotFound,
        "time-limit" => Cause::TimeLimit,
        "error" => Cause::Error,
        _ => Cause::Normal,
    }
}

fn callee(reader: &mut Reader<'_>, node: &Node) -> Callee {
    let to = get(node, "to").map(|to| reader.scalar(to)).unwrap_or_default();
    Callee { to, attempts: attempts(reader, node, doings) }
}

/// `does`, or one list for each time in `attempts`.
pub(super) fn attempts<T>(
    reader: &mut Reader<'_>,
    node: &Node,
    list: fn(&mut Reader<'_>, &Node) -> Vec<T>,
) -> Vec<Vec<T>> {
    match (get(node, "does"), get(node, "attempts")) {
        (Some(_), Some(both)) => {
            let diagnostic = Diagnostic::new(&codes::CONFLICT, both.span, "`does` or `attempts`, not both");
            reader.report(diagnostic);
            Vec::new()
        }
        (Some(does), None) => Vec::from([list(reader, does)]),
        (None, Some(attempts)) => items(attempts).iter().map(|attempt| list(reader, attempt)).collect(),
        (None, None) => Vec::new(),
    }
}

fn rule(reader: &mut Reader<'_>, node: &Node) -> Option<Rule> {
    let request = get(node, "request")?;
    let text = reader.scalar(request);
    let Some((method, url)) = text.trim().split_once(' ') else {
        invalid(reader, request, "a request is a method and a URL pattern: `POST https://app.example/*`");
        return None;
    };
    let replies = match (get(node, "reply"), get(node, "replies")) {
        (_, Some(list)) => items(list).iter().map(|node| reply(reader, node)).collect(),
        (Some(one), None) => Vec::from([reply(reader, one)]),
        (None, None) => Vec::from([Reply { after: Millis(0), status: 200, headers: Vec::new(), body: String::new() }]),
    };
    Some(Rule { method: method.to_string(), url: url.trim().to_string(), replies })
}

fn reply(reader: &mut Reader<'_>, node: &Node) -> Reply {
    Reply {
        after: get(node, "after").map(|after| time(reader, after)).unwrap_or_default(),
        status: number(node, "status").map_or(200, |status| status as u16),
        headers: headers(reader, get(node, "headers")),
        body: get(node, "body").map(|body| reader.scalar(body)).unwrap_or_default(),
    }
}

fn expect(reader: &Reader<'_>, node: &Node) -> Expect {
    let list = |key: &str| -> Vec<(String, Span)> {
        get(node, key).map(items).unwrap_or_default().iter().map(|item| (reader.scalar(item), item.span)).collect()
    };
    Expect {
        outcome: get(node, "outcome").map(|outcome| (reader.scalar(outcome), outcome.span)),
        commands: list("commands"),
        requests: list("requests"),
        never: list("never"),
        vars: get(node, "vars")
            .map(entries)
            .unwrap_or_default()
            .iter()
            .map(|entry| (entry.key.text.clone(), value_of(&entry.value), entry.key.span))
            .collect(),
    }
}

/// `2026-01-02T03:04:05Z`, with optional fractions of a second, as milliseconds since 1970 UTC.
fn unix_ms(text: &str) -> Option<u64> {
    let text = text.trim().strip_suffix('Z')?;
    let (date, time) = text.split_once(['T', ' '])?;
    let mut date = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let mut time = time.splitn(3, ':');
    let (hour, minute) = (time.next()?.parse::<i64>().ok()?, time.next()?.parse::<i64>().ok()?);
    let second = time.next()?.parse::<f64>().ok()?;
    let fits = (1970..10_000).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0.0..61.0).contains(&second);
    if !fits {
        return None;
    }
    // Days from 1970-01-01 (proleptic Gregorian calendar, years beginning in March).
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted - era * 400;
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    u64::try_from(((days * 24 + hour) * 60 + minute) * 60_000).ok().map(|ms| ms + (second * 1000.0) as u64)
}

#[cfg(test)]
mod tests {
    use super::unix_ms;

    #[test]
    fn times_of_day() {
        assert_eq!(unix_ms("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(unix_ms("2026-01-02T03:04:05Z"), Some(1_767_323_045_000));
        assert_eq!(unix_ms("2024-02-29T00:00:00.250Z"), Some(1_709_164_800_250));
        assert_eq!(unix_ms("tomorrow"), None);
    }
}

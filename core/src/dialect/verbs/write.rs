//! What jambonz tells and asks over HTTP: call status, dial:confirm and verb hooks.

use super::amd;
use crate::dialect::{Ask, View, json_request, with_query};
use crate::id::LegId;
use crate::ir::LegChange;
use crate::url::is_sip;
use crate::value::{Object, Value};
use crate::wire::{
    ActivityFacts, Collected, DialFacts, Direction, EndedBy, Header, LegFacts, LegState, Progress, Request, Why,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// JAMBONES_HTTP_TIMEOUT
const PATIENCE: u64 = 10_000;

/// A call status hook: one for every change of every leg.
pub(crate) fn leg_changed(
    view: &View<'_>,
    leg: &LegFacts,
    change: LegChange,
    method: &str,
    url: &str,
) -> Option<Request> {
    // The platform is silent about a caller whose application ran out before an answer.
    let ran_out = leg.id == LegId::CALLER
        && leg.state == LegState::Ended
        && leg.answered.is_none()
        && leg.ended_by == Some(EndedBy::Us);
    let mut body = call_info(view, leg);
    if change == LegChange::HookFailed {
        body.set("error", "invalid actionHook response");
        body.set("reason", "Unexpected HTTP Response");
    }
    (!ran_out).then(|| request(method, url, body))
}

/// A captured key sequence.
pub(crate) fn captured(view: &View<'_>, leg: &LegFacts, keys: &str, method: &str, url: &str) -> Request {
    let mut body = Object::new().with("dtmf", keys);
    body = call_info(view, leg).iter().fold(body, |body, (key, value)| body.with(key, value.clone()));
    request(method, url, body)
}

/// A hook that asks for verbs.
pub(crate) fn ask(view: &View<'_>, leg: &LegFacts, ask: &Ask<'_>, url: &str) -> Request {
    let mut body = call_info(view, leg);
    match ask.reason {
        Why::First => first(view, leg, &mut body),
        Why::Dialled(dial) => dial_result(view, dial, &mut body),
        Why::Collected(what) => gathered(what, &mut body),
        Why::Recorded(facts) => listened(facts, &mut body),
        Why::News(facts, word) => amd::told(facts, word, &mut body),
        Why::Screening | Why::Redirect | Why::Execute => {}
    }
    if let Some(id) = ask.id {
        body.set("verb_id", id);
    }
    request(ask.method, url, body)
}

/// GET sends no call data at all.
fn request(method: &str, url: &str, body: Object) -> Request {
    match method {
        "GET" => with_query("GET", url, &[], PATIENCE),
        _ => json_request(method, url, &Value::Object(body), PATIENCE),
    }
}

fn first(view: &View<'_>, leg: &LegFacts, body: &mut Object) {
    let headers =
        leg.headers.iter().fold(Object::new(), |headers, header| headers.with(&header.name, header.value.clone()));
    body.set("sip", Object::new().with("headers", headers).with("method", "INVITE").with("uri", sip_uri(&leg.to)));
    if let Value::Object(envs) = &view.start.application.envs {
        body.set("env_vars", envs.clone());
    }
}

fn sip_uri(address: &str) -> String {
    if is_sip(address) { address.to_string() } else { format!("sip:{address}") }
}

/// `dial_call_status` and its companions.
fn dial_result(view: &View<'_>, dial: &DialFacts, body: &mut Object) {
    let Some(leg) = dial.winner.or(dial.deciding).and_then(|id| view.leg(id)) else { return };
    let completed = leg.answered.is_some();
    body.set("dial_call_status", if completed { "completed" } else { leg_status(leg) });
    body.set("dial_sip_status", if completed { 200 } else { leg.status });
    body.set("dial_call_sid", leg.sid.clone());
    if let Some(id) = &leg.sip_call_id {
        body.set("dial_sbc_callid", id.clone());
    }
}

/// What a `gather` adds to its hook.
fn gathered(what: &Collected, body: &mut Object) {
    match what {
        Collected::Keys(keys) => {
            body.set("digits", keys.clone());
            body.set("reason", "dtmfDetected");
        }
        Collected::Words { text, confidence, language } => {
            let heard = Object::new().with("confidence", *confidence).with("transcript", text.clone());
            let mut speech = Object::new();
            if let Some(language) = language {
                speech.set("language_code", language.clone());
            }
            let speech = speech.with("channel_tag", 1_u64).with("is_final", Value::Bool(true));
            body.set("speech", speech.with("alternatives", Value::Array(Vec::from([Value::Object(heard)]))));
            body.set("reason", "speechDetected");
        }
        Collected::Nothing => body.set("reason", "timeout"),
        Collected::Failed => {
            body.set("reason", "error");
            body.set("details", "speech cannot be recognised here");
        }
    }
}

/// What a `listen` adds to its hook: the key that ended it, and its whole seconds (the platform calls them so).
fn listened(facts: &ActivityFacts, body: &mut Object) {
    if let Some(key) = facts.key {
        body.set("digits", key.to_string());
    }
    if let Some((began, _)) = facts.progress.iter().find(|(_, progress)| matches!(progress, Progress::Started { .. })) {
        body.set("dial_call_duration", facts.changed.0.saturating_sub(began.0) / 1000);
    }
}

/// What every body begins with.
fn call_info(view: &View<'_>, leg: &LegFacts) -> Object {
    let (status, reason) = sip_status(leg);
    let mut body = Object::new()
        .with("call_sid", leg.sid.clone())
        .with(
            "direction",
            match leg.direction {
                Direction::Inbound => "inbound",
                Direction::Outbound => "outbound",
            },
        )
        .with("from", user_part(&leg.from))
        .with("to", user_part(&leg.to));
    if let Some(id) = &leg.sip_call_id {
        body.set("call_id", id.clone());
        if leg.direction == Direction::Outbound {
            body.set("sbc_callid", id.clone());
        }
    }
    body.set("sip_status", status);
    body.set("sip_reason", reason);
    body.set("call_status", leg_status(leg));
    body.set("caller_id", leg.name.clone().unwrap_or_default());
    body.set("account_sid", view.account());
    body.set("trace_id", view.uuid(4_000).replace('-', ""));
    body.set("application_sid", view.application());
    body.set("fs_sip_address", "127.0.0.1:5060");
    if leg.id != LegId::CALLER
        && let Some(caller) = view.leg(LegId::CALLER)
    {
        body.set("parent_call_sid", caller.sid.clone());
    }
    if leg.id == LegId::CALLER {
        if let Some(source) = &view.start.caller.source {
            body.set("originating_sip_ip", source.split(':').next().unwrap_or(source));
        }
        match leg.ended_by {
            Some(EndedBy::Them) => body.set("call_termination_by", "caller"),
            Some(EndedBy::Us) => body.set("call_termination_by", "jambonz"),
            None => {}
        }
    }
    if leg.state == LegState::Ended
        && let Some(duration) = leg.duration(view.now)
    {
        body.set("duration", duration);
    }
    let custom: Vec<&Header> = leg
        .headers
        .iter()
        .filter(|_| leg.state == LegState::Ended && leg.ended_by == Some(EndedBy::Them))
        .filter(|header| header.is_extension())
        .collect();
    if !custom.is_empty() {
        let headers = custom.iter().fold(Object::new(), |object, header| {
            object.with(&header.name.to_lowercase().replace('-', "_"), header.value.clone())
        });
        body.set("headers", headers);
    }
    body
}

/// The user part of a SIP address; numbers as they are.
fn user_part(address: &str) -> String {
    match address.strip_prefix("sips:").or_else(|| address.strip_prefix("sip:")) {
        Some(rest) => rest.split(['@', ';', '?']).next().unwrap_or(rest).to_string(),
        None => address.to_string(),
    }
}

fn sip_status(leg: &LegFacts) -> (u16, String) {
    match leg.state {
        LegState::Created => (100, "Trying".to_string()),
        LegState::Answered => (200, "OK".to_string()),
        LegState::Ended if leg.answered.is_some() => (200, "OK".to_string()),
        LegState::Ringing | LegState::EarlyMedia | LegState::Ended => (leg.status, leg.reason.clone()),
    }
}

/// `call_status` of a leg.
fn leg_status(leg: &LegFacts) -> &'static str {
    match leg.state {
        LegState::Created => "trying",
        LegState::Ringing => "ringing",
        LegState::EarlyMedia => "early-media",
        LegState::Answered => "in-progress",
        LegState::Ended if leg.answered.is_some() => "completed",
        LegState::Ended => match leg.status {
            487 => "no-answer",
            486 | 600 => "busy",
            _ => "failed",
        },
    }
}

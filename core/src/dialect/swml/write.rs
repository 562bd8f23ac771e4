//! What SWML tells and asks over HTTP (`calling.call.*` events, webhook requests).

use super::connect::cause_word;
use super::signature::sign;
use crate::dialect::{Ask, HookAt, View, json_request, with_query};
use crate::id::LegId;
use crate::ir::LegChange;
use crate::url::is_sip;
use crate::value::{Object, Value};
use crate::wire::{DialFacts, DialState, Direction, LegFacts, LegState, Request};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Seconds that the platform waits for a webhook (not documented; messaging says 5).
const PATIENCE: u64 = 5_000;

/// The `call` object of a leg, as expressions and webhooks see it.
pub(crate) fn call_object(view: &View<'_>, leg: &LegFacts) -> Value {
    let phone = !is_sip(&leg.from) && !is_sip(&leg.to);
    let state = match leg.state {
        LegState::Created => "created",
        LegState::Ringing | LegState::EarlyMedia => "ringing",
        LegState::Answered => "answered",
        LegState::Ended => "ended",
    };
    let mut call = Object::new()
        .with("call_id", leg.sid.clone())
        .with("node_id", view.node())
        .with("segment_id", view.segment(leg.id))
        .with("call_state", state)
        .with("direction", direction(leg))
        .with("type", if phone { "phone" } else { "sip" })
        .with("from", leg.from.clone())
        .with("to", leg.to.clone());
    if phone {
        call.set("from_number", leg.from.clone());
        call.set("to_number", leg.to.clone());
    }
    if leg.winner {
        call.set("dial_winner", "true");
    }
    let headers = leg.headers.iter().map(|header| {
        Value::Object(Object::new().with("name", header.name.clone()).with("value", header.value.clone()))
    });
    call.set("headers", headers.collect::<Vec<Value>>());
    if leg.id != LegId::CALLER
        && let Some(caller) = view.leg(LegId::CALLER)
    {
        let kind = if is_sip(&caller.from) { "sip" } else { "phone" };
        let parent =
            Object::new().with("device_type", kind).with("call_id", caller.sid.clone()).with("node_id", view.node());
        call.set("parent", parent);
    }
    if let Some(peer) = leg.peer.and_then(|peer| view.leg(peer)) {
        call.set("peer", Object::new().with("call_id", peer.sid.clone()).with("node_id", view.node()));
    }
    if !phone {
        call.set("sip_data", sip_data(leg));
    }
    call.set("project_id", view.account());
    call.set("space_id", view.application());
    Value::Object(call)
}

fn sip_data(leg: &LegFacts) -> Object {
    let mut data = Object::new();
    for (name, uri) in [("from", &leg.from), ("to", &leg.to), ("req", &leg.to)] {
        let (user, host) = user_and_host(uri);
        data.set(format!("sip_{name}_user"), user);
        data.set(format!("sip_{name}_uri"), if host.is_empty() { user.to_string() } else { format!("{user}@{host}") });
        data.set(format!("sip_{name}_host"), host);
    }
    data
}

fn user_and_host(uri: &str) -> (&str, &str) {
    let bare = uri.strip_prefix("sips:").or_else(|| uri.strip_prefix("sip:")).unwrap_or(uri);
    let bare = bare.split([';', '?']).next().unwrap_or(bare);
    bare.split_once('@').unwrap_or((bare, ""))
}

fn direction(leg: &LegFacts) -> &'static str {
    match leg.direction {
        Direction::Inbound => "inbound",
        Direction::Outbound => "outbound",
    }
}

/// A call state callback (`call_state_url`).
pub(crate) fn leg_changed(view: &View<'_>, leg: &LegFacts, change: LegChange, hook: &HookAt<'_>) -> Option<Request> {
    let state = match change {
        LegChange::Created => "created",
        LegChange::Ringing => "ringing",
        LegChange::Answered => "answered",
        LegChange::Ended => "ended",
        LegChange::EarlyMedia | LegChange::HookFailed => return None,
    };
    let mut params = Object::new()
        .with("call_id", leg.sid.clone())
        .with("node_id", view.node())
        .with("call_state", state)
        .with("direction", direction(leg))
        .with("device", device(leg));
    if change == LegChange::Ended {
        params.set("end_reason", leg.cause.map_or("hangup", cause_word));
    }
    Some(event(view, "calling.call.state", params, hook))
}

fn device(leg: &LegFacts) -> Object {
    if is_sip(&leg.to) {
        let params = Object::new().with("from", leg.from.clone()).with("to", leg.to.clone());
        return Object::new().with("type", "sip").with("params", params);
    }
    let params = Object::new().with("from_number", leg.from.clone()).with("to_number", leg.to.clone());
    Object::new().with("type", "phone").with("params", params)
}

/// A connect status callback (`status_url`); of a stream, a stream status callback.
pub(crate) fn dial_changed(view: &View<'_>, state: DialState, dial: &DialFacts, hook: &HookAt<'_>) -> Option<Request> {
    let caller = view.leg(LegId::CALLER)?;
    let peer = dial.winner.and_then(|winner| view.leg(winner));
    if let Some(peer) = peer.filter(|peer| peer.to.starts_with("stream:")) {
        return stream_changed(view, caller, peer, state, hook);
    }
    let word = match state {
        DialState::Connecting => "connecting",
        DialState::Connected => "connected",
        DialState::Failed => "failed",
        DialState::Disconnected => "disconnected",
    };
    let mut params = Object::new()
        .with("call_id", caller.sid.clone())
        .with("node_id", view.node())
        .with("segment_id", view.segment(caller.id))
        .with("connect_state", word);
    if state == DialState::Failed {
        params.set("failed_reason", dial.cause.map_or("error", cause_word));
    }
    if state == DialState::Connected
        && let Some(peer) = peer
    {
        let mut told = Object::new().with("call_id", peer.sid.clone()).with("node_id", view.node());
        if let Some(queue) = peer.to.strip_prefix("queue:") {
            told.set("queue_id", view.uuid(9_000));
            told.set("queue_name", queue);
        }
        told.set("device", device(peer));
        params.set("peer", told);
    }
    Some(event(view, "calling.call.connect", params, hook))
}

fn stream_changed(
    view: &View<'_>,
    caller: &LegFacts,
    peer: &LegFacts,
    state: DialState,
    hook: &HookAt<'_>,
) -> Option<Request> {
    let word = match state {
        DialState::Connecting => return None,
        DialState::Connected => "streaming",
        DialState::Failed | DialState::Disconnected => "finished",
    };
    let mut params = Object::new()
        .with("call_id", caller.sid.clone())
        .with("node_id", view.node())
        .with("segment_id", view.segment(caller.id))
        .with("control_id", peer.sid.clone())
        .with("state", word)
        .with("url", peer.to.trim_start_matches("stream:"));
    if let Some(name) = &peer.name {
        params.set("name", name.clone());
    }
    Some(event(view, "calling.call.stream", params, hook))
}

/// An event in its envelope; with GET, as a query.
pub(super) fn event(view: &View<'_>, kind: &str, params: Object, hook: &HookAt<'_>) -> Request {
    let mut body = Object::new().with("event_type", kind);
    // Transcripts come from a service of their own, which has no channel.
    if !kind.starts_with("calling.transcript.") {
        body.set("event_channel", format!("swml:{}", view.uuid(3_000)));
    }
    let body = body
        .with("timestamp", view.unix_ms() as f64 / 1000.0)
        .with("project_id", view.account())
        .with("space_id", view.application());
    if hook.method == "GET" {
        let texts = |object: &Object| -> Vec<(String, String)> {
            object.iter().map(|(name, value)| (name.to_string(), crate::expr::text_of(value))).collect()
        };
        let fields = [texts(&body), texts(&params)].concat();
        return with_query("GET", hook.url, &fields, PATIENCE);
    }
    json_request("POST", hook.url, &Value::Object(body.with("params", params)), PATIENCE)
}

/// A request for a document.
pub(crate) fn ask(view: &View<'_>, leg: &LegFacts, ask: &Ask<'_>, url: &str) -> Request {
    let body = Object::new()
        .with("call", call_object(view, leg))
        .with("vars", Value::Object(ask.vars.clone()))
        .with("envs", view.start.application.envs.as_object().cloned().unwrap_or_default())
        .with("params", ask.params.as_object().cloned().unwrap_or_default());
    let mut request = json_request("POST", url, &Value::Object(body), PATIENCE);
    if let Some(key) = &view.start.application.signing_key {
        sign(&mut request, key);
    }
    request
}

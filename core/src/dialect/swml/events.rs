//! Status events of activities (`calling.call.play`, `.record`, `.collect` …), sent to `status_url`.
//!
//! Shapes: SignalWire's SWML reference, "status callbacks" of each method.

use super::write::event;
use crate::dialect::{HookAt, View};
use crate::value::{Object, Value};
use crate::wire::{ActivityChange, ActivityFacts, ActivityState, Detected, MediaResult, Progress, Request};
use alloc::string::{String, ToString};

/// The event that tells of a change, where the platform has one.
pub(crate) fn activity_changed(
    view: &View<'_>,
    facts: &ActivityFacts,
    change: ActivityChange,
    hook: &HookAt<'_>,
) -> Option<Request> {
    let (kind, params) = match facts.family {
        "play" => ("calling.call.play", play(view, facts)),
        "prompt" => ("calling.call.collect", collect(view, facts)),
        "record" | "record_call" => ("calling.call.record", record(view, facts, change)?),
        "tap" => ("calling.call.tap", tap(view, facts, change)?),
        "stream" => ("calling.call.stream", stream(view, facts, change)?),
        "detect_machine" => ("calling.call.detect", detect(view, facts, change)?),
        "enter_queue" => ("calling.call.queue", queue(view, facts, change)?),
        "sip_refer" => ("calling.call.refer", refer(view, facts, change)?),
        "join_conference" => ("calling.conference", conference(view, facts, change)?),
        "transcribe" => return transcript(view, facts, change, hook),
        "pay" | "send_fax" | "receive_fax" => extension(view, facts, change)?,
        _ => return None,
    };
    Some(event(view, kind, params, hook))
}

/// The ids that every event begins with.
fn ids(view: &View<'_>, facts: &ActivityFacts) -> Object {
    let sid = view.leg(facts.leg).map(|leg| leg.sid.clone()).unwrap_or_default();
    Object::new().with("call_id", sid).with("node_id", view.node())
}

fn segment(view: &View<'_>, facts: &ActivityFacts) -> String {
    view.segment(facts.leg)
}

fn control(view: &View<'_>, facts: &ActivityFacts) -> Object {
    ids(view, facts).with("control_id", facts.control_id.clone())
}

fn given(facts: &ActivityFacts, name: &str) -> Value {
    facts.parameters.get(name).cloned().unwrap_or_default()
}

/// Whether it could not be done.
fn failed(facts: &ActivityFacts) -> bool {
    matches!(facts.state, ActivityState::Over(MediaResult::Failed | MediaResult::Unsupported))
}

fn play(view: &View<'_>, facts: &ActivityFacts) -> Object {
    let state = match facts.state {
        ActivityState::Ordered | ActivityState::Running => "playing",
        ActivityState::Over(MediaResult::Failed | MediaResult::Unsupported) => "error",
        ActivityState::Over(_) => "finished",
    };
    control(view, facts).with("state", state)
}

fn collect(view: &View<'_>, facts: &ActivityFacts) -> Object {
    let kind = given(facts, "type");
    let params: Object = facts
        .parameters
        .iter()
        .filter(|(name, _)| *name != "type")
        .map(|(name, value)| (name.to_string(), value.clone()))
        .collect();
    let mut result = Object::new().with("type", kind);
    if !params.is_empty() {
        result.set("params", params);
    }
    control(view, facts).with("result", result).with("final", true)
}

fn record(view: &View<'_>, facts: &ActivityFacts, change: ActivityChange) -> Option<Object> {
    let state = match (change, facts.state) {
        (ActivityChange::Started, _) => "recording",
        (ActivityChange::Progress, _) => return None,
        (ActivityChange::Over, ActivityState::Over(MediaResult::NoInput)) => "no_input",
        (ActivityChange::Over, _) if failed(facts) => "error",
        (ActivityChange::Over, _) => "finished",
    };
    let mut params = Object::new().with("state", state).with("control_id", facts.control_id.clone());
    for (name, value) in ids(view, facts).iter() {
        params.set(name, value.clone());
    }
    let recorded = facts.latest(|progress| match progress {
        Progress::Recorded { url, duration, size } => Some((url, duration, size)),
        _ => None,
    });
    if let Some((url, duration, size)) = recorded {
        params.set("url", url.clone());
        params.set("duration", duration.0 as f64 / 1000.0);
        params.set("size", *size);
    }
    let begun = view.unix_ms_at(facts.begun);
    params.set("recording_id", view.uuid(8_000 + u64::from(facts.media.0)));
    params.set("start_time", begun);
    if state != "recording" {
        params.set("end_time", view.unix_ms_at(facts.changed));
    }
    let audio = Object::new()
        .with("format", given(facts, "format"))
        .with("direction", given(facts, "side"))
        .with("stereo", facts.parameters.get("stereo").cloned().unwrap_or(Value::Bool(false)));
    Some(params.with("record", Object::new().with("audio", audio)))
}

fn tap(view: &View<'_>, facts: &ActivityFacts, change: ActivityChange) -> Option<Object> {
    let uri = facts.parameter("uri").unwrap_or_default();
    let device = match uri.strip_prefix("rtp://") {
        Some(place) => {
            let (addr, port) = place.rsplit_once(':').unwrap_or((place, ""));
            let port = port.parse::<f64>().map_or(Value::Null, Value::Number);
            Object::new().with("type", "rtp").with(
                "params",
                Object::new()
                    .with("addr", addr)
                    .with("port", port)
                    .with("codec", given(facts, "codec"))
                    .with("ptime", given(facts, "ptime")),
            )
        }
        None => Object::new().with("type", "ws").with("params", Object::new().with("uri", uri)),
    };
    let tap = Object::new().with("type", "audio").with("params", Object::new().with("direction", given(facts, "side")));
    Some(
        ids(view, facts)
            .with("segment_id", segment(view, facts))
            .with("control_id", facts.control_id.clone())
            .with("state", running(change, "tapping")?)
            .with("tap", tap)
            .with("device", device),
    )
}

/// The word for an activity that begins, `finished` for one that is over.
fn running(change: ActivityChange, word: &'static str) -> Option<&'static str> {
    match change {
        ActivityChange::Started => Some(word),
        ActivityChange::Progress => None,
        ActivityChange::Over => Some("finished"),
    }
}

fn stream(view: &View<'_>, facts: &ActivityFacts, change: ActivityChange) -> Option<Object> {
    let mut params = ids(view, facts)
        .with("segment_id", segment(view, facts))
        .with("control_id", facts.control_id.clone())
        .with("state", running(change, "streaming")?)
        .with("url", given(facts, "url"));
    if let Some(name) = facts.parameter("name") {
        params.set("name", name);
    }
    Some(params)
}

fn detect(view: &View<'_>, facts: &ActivityFacts, change: ActivityChange) -> Option<Object> {
    let (kind, word, beep) = match change {
        ActivityChange::Started => return None,
        ActivityChange::Over => ("machine", "finished", false),
        ActivityChange::Progress => match facts.progress.last() {
            Some((_, Progress::Detected { what, beep })) => match what {
                Detected::Human => ("machine", "HUMAN", *beep),
                Detected::Machine => ("machine", "MACHINE", *beep),
                Detected::Unknown => ("machine", "UNKNOWN", *beep),
                Detected::Ready => ("machine", "READY", *beep),
                Detected::NotReady => ("machine", "NOT_READY", *beep),
                Detected::Fax => ("fax", if facts.parameter("tone") == Some("CNG") { "CNG" } else { "CED" }, *beep),
            },
            Some(_) | None => return None,
        },
    };
    let mut params = Object::new().with("event", word);
    if beep {
        params.set("beep", true);
    }
    let detect = Object::new().with("type", kind).with("params", params);
    let mut out = Object::new().with("control_id", facts.control_id.clone()).with("detect", detect);
    for (name, value) in ids(view, facts).iter() {
        out.set(name, value.clone());
    }
    Some(out.with("segment_id", segment(view, facts)))
}

fn queue(view: &View<'_>, facts: &ActivityFacts, change: ActivityChange) -> Option<Object> {
    let taken = facts.latest(|progress| matches!(progress, Progress::Connected { .. }).then_some(()));
    let place = facts.latest(|progress| match progress {
        Progress::Queued { position, size, average } => Some((*position, *size, *average)),
        _ => None,
    });
    let last = facts.progress.last().map(|(_, progress)| progress);
    let status = match (change, last) {
        (ActivityChange::Over, _) if taken.is_some() => return None,
        (ActivityChange::Over, _) => "leave",
        (_, Some(Progress::Connected { .. })) => "dequeue",
        (_, Some(Progress::Queued { .. })) if facts.progress.len() == 1 => "enqueue",
        (ActivityChange::Started | ActivityChange::Progress, _) => return None,
    };
    let micros = |at| view.unix_ms_at(at).saturating_mul(1_000);
    let mut params =
        Object::new().with("status", status).with("id", view.uuid(9_000)).with("name", given(facts, "queue"));
    if let Some((position, size, average)) = place {
        params.set("position", u64::from(position));
        params.set("size", u64::from(size));
        params.set("avg_time", average.secs());
    }
    params.set("enqueue_ts", micros(facts.begun));
    match status {
        "dequeue" => params.set("dequeue_ts", micros(facts.changed)),
        "leave" => params.set("leave_ts", micros(facts.changed)),
        _ => {}
    }
    params.set("control_id", facts.control_id.clone());
    for (name, value) in ids(view, facts).iter() {
        params.set(name, value.clone());
    }
    Some(params)
}

fn refer(view: &View<'_>, facts: &ActivityFacts, change: ActivityChange) -> Option<Object> {
    let known = facts.latest(|progress| match progress {
        Progress::Referred { status, notify } => Some((*status, *notify)),
        _ => None,
    });
    let state = match change {
        ActivityChange::Started => "referring",
        ActivityChange::Progress => "in_progress",
        ActivityChange::Over if failed(facts) => "failed",
        ActivityChange::Over => "finished",
    };
    let mut params = ids(view, facts).with("sip_refer_to", given(facts, "to")).with("state", state);
    if let Some((status, notify)) = known {
        params.set("sip_refer_response_code", status);
        if let Some(notify) = notify {
            params.set("sip_notify_response_code", notify);
        }
    }
    Some(params)
}

/// Events of a conference that were asked for; all when none was named.
fn conference(view: &View<'_>, facts: &ActivityFacts, change: ActivityChange) -> Option<Object> {
    let status = match change {
        ActivityChange::Started => "participant-join",
        ActivityChange::Over => "participant-leave",
        ActivityChange::Progress => facts.latest(|progress| match progress {
            Progress::Conference { status } => Some(status.as_str()),
            _ => None,
        })?,
    };
    if let Some(wanted) = facts.parameter("events").filter(|wanted| !wanted.is_empty()) {
        let short = status.rsplit('-').next().unwrap_or(status);
        let mut wanted = wanted.split([' ', ',']).filter(|word| !word.is_empty());
        if !wanted.any(|word| word == status || word == short) {
            return None;
        }
    }
    Some(
        Object::new()
            .with("conference_id", view.uuid(9_500))
            .with("name", given(facts, "room"))
            .with("status", status)
            .with("call_id", view.leg(facts.leg).map(|leg| leg.sid.clone()).unwrap_or_default())
            .with("node_id", view.node()),
    )
}

fn transcript(view: &View<'_>, facts: &ActivityFacts, change: ActivityChange, hook: &HookAt<'_>) -> Option<Request> {
    if change != ActivityChange::Over {
        return None;
    }
    let text = facts.latest(|progress| match progress {
        Progress::Transcript { text } => Some(text.clone()),
        _ => None,
    });
    let mut params = Object::new()
        .with("id", facts.control_id.clone())
        .with("call_id", view.leg(facts.leg).map(|leg| leg.sid.clone()).unwrap_or_default())
        .with("segment_id", segment(view, facts));
    let kind =
        if text.is_some() && !failed(facts) { "calling.transcript.completed" } else { "calling.transcript.failed" };
    if let Some(text) = text {
        params.set("text", text);
    }
    Some(event(view, kind, params, hook))
}

/// What an extension's host calls its event: `{event: …}` among its variables.
fn extension(view: &View<'_>, facts: &ActivityFacts, change: ActivityChange) -> Option<(&'static str, Object)> {
    let known = facts.latest(|progress| match progress {
        Progress::Result { variables } => variables.as_object().cloned(),
        _ => None,
    });
    if facts.family == "pay" {
        let mut params = control(view, facts);
        params.set("state", if change == ActivityChange::Over { "finished" } else { "in_progress" });
        let result = known.as_ref().and_then(|known| known.get("pay_result")).cloned();
        let result = result.or_else(|| failed(facts).then(|| Value::from("internal-error")));
        if let Some(result) = result {
            params.set("result", result);
        }
        return Some(("calling.call.pay", params));
    }
    let kind = match change {
        ActivityChange::Started => return None,
        ActivityChange::Progress => "page",
        ActivityChange::Over if failed(facts) => "error",
        ActivityChange::Over => "finished",
    };
    let mut fax = Object::new().with("type", kind);
    let mut params = Object::new();
    for (name, value) in known.iter().flat_map(Object::iter) {
        let short = name.trim_start_matches("send_fax_").trim_start_matches("receive_fax_");
        params.set(short, value.clone());
    }
    fax.set("params", params);
    Some(("calling.call.fax", control(view, facts).with("fax", fax)))
}

//! What activities put into variables.

use crate::ir::ActivityWords;
use crate::value::{Object, Value};
use crate::wire::{ActivityFacts, ActivityState, Detected, MediaResult, Progress};
use alloc::vec::Vec;

type Variables = Vec<(&'static str, Value)>;

fn never(_: &ActivityFacts) -> bool {
    false
}

/// Its variables tell it.
fn unsaid(_: &ActivityFacts) -> Option<&'static str> {
    None
}

macro_rules! words {
    ($($name:ident: $variables:ident, $settled:ident;)*) => {
        $(pub(super) static $name: ActivityWords =
            ActivityWords { variables: $variables, settled: $settled, outcome: unsaid };)*
    };
}

words! {
    RECORD: record, never;
    RECORD_CALL: record_call, never;
    TAP: tap, never;
    STREAM: stream, never;
    DETECT: detect, detected;
    QUEUE: queue, never;
    CONFERENCE: conference, never;
    ROOM: room, never;
    DENOISE: denoise, never;
    TRANSCRIBE: transcribe, never;
    REFER: refer, never;
    EXTENSION: extension, never;
    PAY: pay, never;
    FAX_OUT: fax_out, never;
    FAX_IN: fax_in, never;
    QUIET: quiet, never;
}

fn quiet(_: &ActivityFacts) -> Variables {
    Vec::new()
}

/// Whether it could not be done.
fn failed(facts: &ActivityFacts) -> bool {
    matches!(facts.state, ActivityState::Over(MediaResult::Failed | MediaResult::Unsupported))
}

/// `success` while it runs and when it is over, `failed` when it could not be done.
fn result(facts: &ActivityFacts) -> Option<&'static str> {
    match facts.state {
        ActivityState::Ordered => None,
        ActivityState::Over(MediaResult::Failed | MediaResult::Unsupported) => Some("failed"),
        ActivityState::Running | ActivityState::Over(_) => Some("success"),
    }
}

fn recorded(facts: &ActivityFacts) -> Option<&str> {
    facts.latest(|progress| match progress {
        Progress::Recorded { url, .. } => Some(url.as_str()),
        _ => None,
    })
}

fn record(facts: &ActivityFacts) -> Variables {
    let mut out = Variables::new();
    out.extend(recorded(facts).map(|url| ("record_url", Value::from(url))));
    match facts.state {
        ActivityState::Over(MediaResult::Finished | MediaResult::Stopped) => {
            out.push(("record_result", Value::from("success")));
        }
        ActivityState::Over(MediaResult::NoInput | MediaResult::Failed | MediaResult::Unsupported) => {
            out.push(("record_result", Value::from("failed")));
        }
        ActivityState::Ordered | ActivityState::Running => {}
    }
    out
}

fn record_call(facts: &ActivityFacts) -> Variables {
    let mut out = Vec::from([("record_control_id", Value::from(facts.control_id.clone()))]);
    out.extend(result(facts).map(|word| ("record_call_result", Value::from(word))));
    out.extend(recorded(facts).map(|url| ("record_call_url", Value::from(url))));
    out
}

/// What the host told about it when it began.
fn started(facts: &ActivityFacts) -> Option<&Object> {
    facts.latest(|progress| match progress {
        Progress::Started { facts } => facts.as_object(),
        _ => None,
    })
}

fn tap(facts: &ActivityFacts) -> Variables {
    let given = |name: &str| facts.parameters.get(name).cloned().unwrap_or_default();
    let mut out = Vec::from([
        ("tap_uri", given("uri")),
        ("tap_control_id", Value::from(facts.control_id.clone())),
        ("tap_codec", given("codec")),
        ("tap_ptime", given("ptime")),
        ("tap_rate", Value::from(8_000.0)),
    ]);
    out.extend(result(facts).map(|word| ("tap_result", Value::from(word))));
    if let Some(known) = started(facts) {
        for (name, variable) in [("rtp_src_addr", "tap_rtp_src_addr"), ("rtp_src_port", "tap_rtp_src_port")] {
            out.extend(known.get(name).map(|value| (variable, value.clone())));
        }
    }
    out
}

fn stream(facts: &ActivityFacts) -> Variables {
    let mut out = Vec::from([("stream_control_id", Value::from(facts.control_id.clone()))]);
    out.extend(result(facts).map(|word| ("stream_result", Value::from(word))));
    out
}

/// The first thing found that says who or what is there.
fn who(facts: &ActivityFacts) -> Option<(&'static str, usize)> {
    facts.progress.iter().enumerate().find_map(|(at, (_, progress))| match progress {
        Progress::Detected { what: Detected::Human, .. } => Some(("human", at)),
        Progress::Detected { what: Detected::Machine, .. } => Some(("machine", at)),
        Progress::Detected { what: Detected::Fax, .. } => Some(("fax", at)),
        Progress::Detected { what: Detected::Unknown, .. } => Some(("unknown", at)),
        _ => None,
    })
}

fn beep(facts: &ActivityFacts) -> bool {
    facts.progress.iter().any(|(_, progress)| matches!(progress, Progress::Detected { beep: true, .. }))
}

fn detect(facts: &ActivityFacts) -> Variables {
    let found = who(facts);
    let word = match (found, facts.state) {
        (Some((word, _)), _) => word,
        (None, ActivityState::Over(MediaResult::Failed | MediaResult::Unsupported)) => "error",
        (None, ActivityState::Over(_)) => "unknown",
        (None, ActivityState::Ordered | ActivityState::Running) => "detecting",
    };
    let mut out = Vec::from([("detect_result", Value::from(word))]);
    if let Some((at, _)) = found.and_then(|(_, at)| facts.progress.get(at)) {
        out.push(("detect_ms", Value::from(at.since(facts.begun).0)));
    }
    if found.is_some() || matches!(facts.state, ActivityState::Over(_)) {
        out.push(("detect_machine_beep", Value::from(beep(facts))));
    }
    out
}

/// A human, a fax, or a machine whose greeting nobody waits for: enough is known.
fn detected(facts: &ActivityFacts) -> bool {
    let message_end = match facts.parameters.get("message_end") {
        Some(Value::Bool(truth)) => *truth,
        Some(other) => other.as_str() == Some("true"),
        None => false,
    };
    let ready =
        facts.progress.iter().any(|(_, progress)| matches!(progress, Progress::Detected { what: Detected::Ready, .. }));
    match who(facts) {
        Some(("machine", _)) => !message_end || ready,
        Some(_) => true,
        None => false,
    }
}

fn queue(facts: &ActivityFacts) -> Variables {
    let place = facts.progress.iter().find_map(|(_, progress)| match progress {
        Progress::Queued { position, size, .. } => Some((f64::from(*position), f64::from(*size))),
        _ => None,
    });
    let taken = facts.progress.iter().find(|(_, progress)| matches!(progress, Progress::Connected { .. }));
    let word = match (facts.state, taken) {
        (ActivityState::Over(MediaResult::Failed | MediaResult::Unsupported), None) => "failed",
        (ActivityState::Over(_), None) if facts.timed_out => "timeout",
        (ActivityState::Over(_), None) if facts.hung_up => "hangup",
        (ActivityState::Over(_), None) => "leaving",
        (_, Some(_)) => "connected",
        (ActivityState::Ordered | ActivityState::Running, None) => "entering",
    };
    let (position, size) = place.unwrap_or((-1.0, -1.0));
    let mut out = Vec::from([
        ("queue_result", Value::from(word)),
        ("entry_position", Value::from(position)),
        ("entry_size", Value::from(size)),
    ]);
    let until = taken.map(|(at, _)| *at).or(matches!(facts.state, ActivityState::Over(_)).then_some(facts.changed));
    out.extend(until.map(|until| ("wait_time", Value::from(until.since(facts.begun).secs()))));
    out
}

fn conference(facts: &ActivityFacts) -> Variables {
    let word = match facts.state {
        ActivityState::Ordered => return Variables::new(),
        ActivityState::Running => "answered",
        ActivityState::Over(MediaResult::Failed | MediaResult::Unsupported) => "failed",
        ActivityState::Over(MediaResult::NoInput) => "no-answer",
        ActivityState::Over(MediaResult::Finished | MediaResult::Stopped) => "completed",
    };
    Vec::from([("join_conference_result", Value::from(word)), ("return_value", Value::from(word))])
}

fn room(facts: &ActivityFacts) -> Variables {
    match facts.state {
        ActivityState::Ordered => Variables::new(),
        ActivityState::Running | ActivityState::Over(_) if !failed(facts) => {
            Vec::from([("join_room_result", Value::from("joined"))])
        }
        ActivityState::Running | ActivityState::Over(_) => Vec::from([("join_room_result", Value::from("failed"))]),
    }
}

fn denoise(facts: &ActivityFacts) -> Variables {
    match facts.state {
        ActivityState::Ordered => Variables::new(),
        ActivityState::Running => Vec::from([("denoise_result", Value::from("on"))]),
        ActivityState::Over(_) => {
            Vec::from([("denoise_result", Value::from(if failed(facts) { "failed" } else { "off" }))])
        }
    }
}

fn transcribe(facts: &ActivityFacts) -> Variables {
    let mut out = Vec::from([("transcribe_control_id", Value::from(facts.control_id.clone()))]);
    out.extend(result(facts).map(|word| ("transcribe_result", Value::from(word))));
    out
}

fn refer(facts: &ActivityFacts) -> Variables {
    let known = facts.latest(|progress| match progress {
        Progress::Referred { status, notify } => Some((*status, *notify)),
        _ => None,
    });
    let mut out = Vec::from([("sip_refer_to", facts.parameters.get("to").cloned().unwrap_or_default())]);
    if let Some((status, notify)) = known {
        out.push(("sip_refer_response_code", Value::from(status)));
        out.extend(notify.map(|notify| ("sip_refer_to_response_code", Value::from(notify))));
    }
    if matches!(facts.state, ActivityState::Over(_)) {
        let taken = |status: u16| (200..300).contains(&status);
        let fine = known.is_some_and(|(status, notify)| taken(status) && notify.is_none_or(taken));
        let word = if fine && !failed(facts) { "success" } else { "failed" };
        out.extend([("sip_refer_result", Value::from(word)), ("return_value", Value::from(word))]);
    }
    out
}

/// Variables that an extension gave, of those that its method sets.
fn given(facts: &ActivityFacts, names: &[&'static str]) -> Variables {
    let known = facts.latest(|progress| match progress {
        Progress::Result { variables } => variables.as_object(),
        _ => None,
    });
    let find = |name: &&'static str| known.and_then(|known| known.get(name)).map(|value| (*name, value.clone()));
    names.iter().filter_map(find).collect()
}

fn extension(facts: &ActivityFacts) -> Variables {
    given(facts, &["ai_agents_global_data"])
}

fn pay(facts: &ActivityFacts) -> Variables {
    let mut out = given(facts, &["pay_result", "pay_payment_results"]);
    if failed(facts) {
        out.push(("pay_result", Value::from("internal-error")));
    }
    out
}

fn fax(facts: &ActivityFacts, names: &[&'static str; 7]) -> Variables {
    let mut out = given(facts, names);
    if failed(facts) {
        out.extend(names.last().map(|name| (*name, Value::from("failed"))));
    }
    out
}

fn fax_out(facts: &ActivityFacts) -> Variables {
    fax(
        facts,
        &[
            "send_fax_document",
            "send_fax_identity",
            "send_fax_remote_identity",
            "send_fax_pages",
            "send_fax_result_code",
            "send_fax_result_text",
            "send_fax_result",
        ],
    )
}

fn fax_in(facts: &ActivityFacts) -> Variables {
    fax(
        facts,
        &[
            "receive_fax_document",
            "receive_fax_identity",
            "receive_fax_remote_identity",
            "receive_fax_pages",
            "receive_fax_result_code",
            "receive_fax_result_text",
            "receive_fax_result",
        ],
    )
}

//! Facts and sources as they arrive: one plain object with every field that any kind of them has.
//!
//! A derived reader of a tagged enum copies each object before it knows its kind, and has one more
//! reader for each kind; together they would be larger than the machine.

use super::activity::{Detected, Progress};
use super::event::{Cause, Event, MediaResult};
use super::start::{Header, Hook, Source};
use crate::id::{FetchId, LegId, MediaId, NotifyId};
use crate::time::Millis;
use crate::value::Value;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use serde::Deserialize;

/// Any event.
#[derive(Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PlainEvent {
    name: String,
    leg: Option<LegId>,
    status: Option<u16>,
    reason: Option<String>,
    headers: Option<Vec<Header>>,
    sip_call_id: Option<String>,
    cause: Option<Cause>,
    digit: Option<char>,
    media: Option<MediaId>,
    progress: Option<Progress>,
    result: Option<MediaResult>,
    error: Option<String>,
    fetch: Option<FetchId>,
    body: Option<String>,
    notify: Option<NotifyId>,
}

/// How any activity goes on.
#[derive(Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PlainProgress {
    kind: String,
    facts: Option<Value>,
    url: Option<String>,
    duration: Option<Millis>,
    size: Option<u64>,
    text: Option<String>,
    confidence: Option<f64>,
    partial: Option<bool>,
    what: Option<Detected>,
    beep: Option<bool>,
    position: Option<u32>,
    average: Option<Millis>,
    peer: Option<String>,
    status: Option<Value>,
    notify: Option<u16>,
    variables: Option<Value>,
}

/// Any source.
#[derive(Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct PlainSource {
    kind: String,
    text: Option<String>,
    url: Option<String>,
    hook: Option<Hook>,
}

impl TryFrom<PlainEvent> for Event {
    type Error = String;

    fn try_from(mut plain: PlainEvent) -> Result<Event, String> {
        let name = core::mem::take(&mut plain.name);
        let all = &mut plain;
        let event = match name.as_str() {
            "ringing" => Event::Ringing { leg: need(&mut all.leg, "leg")?, status: need(&mut all.status, "status")? },
            "early-media" => {
                Event::EarlyMedia { leg: need(&mut all.leg, "leg")?, status: need(&mut all.status, "status")? }
            }
            "answered" => Event::Answered {
                leg: need(&mut all.leg, "leg")?,
                headers: all.headers.take().unwrap_or_default(),
                sip_call_id: all.sip_call_id.take(),
            },
            "failed" => Event::Failed {
                leg: need(&mut all.leg, "leg")?,
                status: need(&mut all.status, "status")?,
                reason: all.reason.take().unwrap_or_default(),
                headers: all.headers.take().unwrap_or_default(),
                sip_call_id: all.sip_call_id.take(),
            },
            "ended" => Event::Ended {
                leg: need(&mut all.leg, "leg")?,
                cause: need(&mut all.cause, "cause")?,
                headers: all.headers.take().unwrap_or_default(),
            },
            "digit" => Event::Digit { leg: need(&mut all.leg, "leg")?, digit: need(&mut all.digit, "digit")? },
            "progress" => Event::Progress {
                leg: need(&mut all.leg, "leg")?,
                media: need(&mut all.media, "media")?,
                progress: need(&mut all.progress, "progress")?,
            },
            "media-done" => Event::MediaDone {
                leg: need(&mut all.leg, "leg")?,
                media: need(&mut all.media, "media")?,
                result: need(&mut all.result, "result")?,
                error: all.error.take(),
            },
            "fetched" => Event::Fetched {
                fetch: need(&mut all.fetch, "fetch")?,
                status: need(&mut all.status, "status")?,
                headers: all.headers.take().unwrap_or_default(),
                body: all.body.take().unwrap_or_default(),
                error: all.error.take(),
            },
            "notified" => {
                Event::Notified { notify: need(&mut all.notify, "notify")?, status: need(&mut all.status, "status")? }
            }
            other => return Err(format!("expected the name of an event, found `{other}`")),
        };
        nothing_left(&plain, &name).map(|()| event)
    }
}

impl TryFrom<PlainProgress> for Progress {
    type Error = String;

    fn try_from(mut plain: PlainProgress) -> Result<Progress, String> {
        let kind = core::mem::take(&mut plain.kind);
        let all = &mut plain;
        let progress = match kind.as_str() {
            "started" => Progress::Started { facts: all.facts.take().unwrap_or_default() },
            "recorded" => Progress::Recorded {
                url: need(&mut all.url, "url")?,
                duration: need(&mut all.duration, "duration")?,
                size: all.size.take().unwrap_or_default(),
            },
            "speech" => Progress::Speech {
                text: need(&mut all.text, "text")?,
                confidence: all.confidence.take().unwrap_or_default(),
                partial: all.partial.take().unwrap_or_default(),
            },
            "detected" => {
                Progress::Detected { what: need(&mut all.what, "what")?, beep: all.beep.take().unwrap_or_default() }
            }
            "queued" => Progress::Queued {
                position: need(&mut all.position, "position")?,
                size: small(need(&mut all.size, "size")?, "size")?,
                average: all.average.take().unwrap_or_default(),
            },
            "connected" => Progress::Connected { peer: all.peer.take() },
            "conference" => match need(&mut all.status, "status")? {
                Value::String(status) => Progress::Conference { status },
                other => return Err(format!("expected `status` as a text, found {}", other.to_json())),
            },
            "referred" => match need(&mut all.status, "status")? {
                Value::Number(status) if (0.0..=65_535.0).contains(&status) => {
                    Progress::Referred { status: status as u16, notify: all.notify.take() }
                }
                other => return Err(format!("expected `status` as a number, found {}", other.to_json())),
            },
            "transcript" => Progress::Transcript { text: need(&mut all.text, "text")? },
            "result" => Progress::Result { variables: all.variables.take().unwrap_or_default() },
            other => return Err(format!("expected the kind of a progress, found `{other}`")),
        };
        nothing_left(&plain, &kind).map(|()| progress)
    }
}

impl TryFrom<PlainSource> for Source {
    type Error = String;

    fn try_from(mut plain: PlainSource) -> Result<Source, String> {
        match plain.kind.as_str() {
            "document" => Ok(Source::Document { text: need(&mut plain.text, "text")?, url: plain.url }),
            "url" => Ok(Source::Url { hook: need(&mut plain.hook, "hook")? }),
            other => Err(format!("expected `document` or `url` as the kind of a source, found `{other}`")),
        }
    }
}

/// What must be there.
fn need<T>(field: &mut Option<T>, name: &str) -> Result<T, String> {
    field.take().ok_or_else(|| missing(name))
}

#[cold]
fn missing(name: &str) -> String {
    format!("missing field `{name}`")
}

fn small(number: u64, name: &str) -> Result<u32, String> {
    u32::try_from(number).map_err(|_| format!("`{name}` is too large"))
}

/// What is left is of another kind.
fn nothing_left<T: Default + PartialEq>(plain: &T, kind: &str) -> Result<(), String> {
    if *plain == T::default() { Ok(()) } else { Err("expected only the fields of `".to_string() + kind + "`") }
}

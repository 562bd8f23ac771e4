//! An order as one line, for expectations and ladders.

use crate::wire::{Clip, Command};
use alloc::{
    format,
    string::{String, ToString},
};

/// `originate b1 sip:alice@example.com`, `bridge a b1`, `done completed` …
#[must_use]
pub fn line(command: &Command) -> String {
    match command {
        Command::Ring { leg, media } => format!("ring {leg} {}", if *media { 183 } else { 180 }),
        Command::Answer { leg, .. } => format!("answer {leg}"),
        Command::Reject { leg, status, .. } => format!("reject {leg} {status}"),
        Command::Originate { leg, to, .. } => format!("originate {leg} {to}"),
        Command::Cancel { leg } => format!("cancel {leg}"),
        Command::Hangup { leg, reason, .. } => format!("hangup {leg} {}", word(reason)),
        Command::Bridge { a, b, early } => format!("bridge {a} {b}{}", if *early { " early" } else { "" }),
        Command::Unbridge { a, b } => format!("unbridge {a} {b}"),
        // In a long call most orders are this one.
        Command::Play { leg, clip, .. } => ["play ", &leg.to_string(), " ", &clip_line(clip)].concat(),
        Command::Stop { leg, .. } => format!("stop {leg}"),
        Command::SendDigits { leg, digits, .. } => format!("send-digits {leg} {digits}"),
        Command::Record { leg, recording, .. } => format!("record {leg} {}", recording.format),
        Command::Recognize { leg, .. } => format!("recognize {leg}"),
        Command::Tap { leg, tapping, .. } => format!("tap {leg} {}", tapping.uri),
        Command::Stream { leg, streaming, .. } => format!("stream {leg} {}", streaming.url),
        Command::Detect { leg, .. } => format!("detect {leg}"),
        Command::Denoise { leg, .. } => format!("denoise {leg}"),
        Command::Echo { leg, .. } => format!("echo {leg}"),
        Command::Transcribe { leg, live, .. } => format!("transcribe {leg}{}", if *live { " live" } else { "" }),
        Command::Enqueue { leg, queue, .. } => format!("enqueue {leg} {queue}"),
        Command::Join { leg, meeting, .. } => format!("join {leg} {}", meeting.room),
        Command::Refer { leg, to, .. } => format!("refer {leg} {to}"),
        Command::Extend { leg, extension, .. } => format!("extend {leg} {extension}"),
        Command::Adjust { leg, action, .. } => format!("adjust {leg} {}", action.to_json()),
        Command::UserEvent { leg, event } => format!("user-event {leg} {}", event.to_json()),
        Command::Fetch { request, .. } => format!("fetch {} {}", request.method, request.url),
        Command::Notify { request, .. } => format!("notify {} {}", request.method, request.url),
        Command::Done { outcome } => format!("done {}", word(outcome)),
    }
}

/// A clip as a play URI.
fn clip_line(clip: &Clip) -> String {
    match clip {
        Clip::Audio { url } => url.clone(),
        Clip::Say { text, .. } => format!("say:{text}"),
        Clip::Silence { ms } => ["silence:", &seconds(ms.0)].concat(),
        Clip::Ring { country, ms: Some(ms) } => format!("ring:{}:{country}", seconds(ms.0)),
        Clip::Ring { country, ms: None } => format!("ring:{country}"),
    }
}

fn seconds(ms: u64) -> String {
    crate::value::number_text(ms as f64 / 1000.0)
}

/// The name that an enum has in JSON.
pub(super) fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_string()
}

//! Orders of activities, from evaluated parameters.

use crate::id::{LegId, MediaId};
use crate::ir::ActivityKind;
use crate::time::Millis;
use crate::value::{Object, Value};
use crate::wire::{ActivityFacts, Command, Detection, Meeting, Recording, Side, Streaming, Tapping};
use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
};

/// The order that begins an activity.
pub(super) fn order(kind: ActivityKind, leg: LegId, media: MediaId, facts: &ActivityFacts) -> Result<Command, String> {
    let given = Given(&facts.parameters);
    Ok(match kind {
        ActivityKind::Record => Command::Record {
            leg,
            media,
            recording: Recording {
                format: given.text("format").unwrap_or_else(|| "wav".to_string()),
                stereo: given.flag("stereo"),
                side: given.side(Side::Speak),
                beep: given.flag("beep"),
                sensitivity: given.number("sensitivity").unwrap_or(44.0),
                begin_within: given.seconds("begin_within"),
                end_silence: given.seconds("end_silence"),
            },
        },
        ActivityKind::Tap => Command::Tap {
            leg,
            media,
            tapping: Tapping {
                uri: given.address("uri", &["rtp://", "ws://", "wss://"])?,
                side: given.side(Side::Speak),
                codec: given.text("codec").unwrap_or_else(|| "PCMU".to_string()),
                ptime: Millis(given.number("ptime").map_or(20, |ptime| ptime as u64)),
            },
        },
        ActivityKind::Stream => Command::Stream { leg, media, streaming: Box::new(streaming(&given)?) },
        ActivityKind::Detect => Command::Detect { leg, media, detection: detection(&given) },
        ActivityKind::Denoise => Command::Denoise { leg, media },
        ActivityKind::Echo => Command::Echo { leg, media },
        ActivityKind::Transcribe { live } => {
            Command::Transcribe { leg, media, live, parameters: given.value("parameters") }
        }
        ActivityKind::Enqueue => {
            Command::Enqueue { leg, media, queue: given.needed("queue")?, wait_url: given.text("wait_url") }
        }
        ActivityKind::Join => Command::Join { leg, media, meeting: Box::new(meeting(&given)?) },
        ActivityKind::Refer => Command::Refer {
            leg,
            media,
            to: given.needed("to")?,
            username: given.text("username"),
            password: given.text("password"),
        },
        ActivityKind::Extend => {
            Command::Extend { leg, media, extension: facts.family.to_string(), parameters: given.value("parameters") }
        }
    })
}

/// Where a WebSocket hears a leg.
pub(super) fn streaming(given: &Given<'_>) -> Result<Streaming, String> {
    Ok(Streaming {
        url: given.address("url", &["wss://", "ws://"])?,
        side: given.side(Side::Speak),
        name: given.text("name"),
        codec: given.text("codec"),
        realtime: given.flag("realtime"),
        token: given.text("token"),
        parameters: given.value("parameters"),
    })
}

fn detection(given: &Given<'_>) -> Detection {
    let detectors = given.text("detectors").unwrap_or_else(|| "amd,fax".to_string());
    let wants = |name: &str| detectors.split(',').any(|detector| detector.trim().eq_ignore_ascii_case(name));
    let end_silence = given.seconds("end_silence");
    Detection {
        machine: wants("amd"),
        fax: wants("fax"),
        tone: given.text("tone").unwrap_or_else(|| "CED".to_string()),
        message_end: given.flag("message_end"),
        begin_within: given.seconds("begin_within"),
        end_silence,
        ready_silence: Some(given.seconds("ready_silence")).filter(|silence| silence.0 > 0).unwrap_or(end_silence),
        voice_threshold: given.seconds("voice_threshold"),
        words_threshold: given.number("words_threshold").map_or(6, |words| words as u32),
    }
}

fn meeting(given: &Given<'_>) -> Result<Meeting, String> {
    let stream = match given.0.get("stream") {
        Some(Value::Object(stream)) => Some(streaming(&Given(stream))?),
        Some(_) | None => None,
    };
    Ok(Meeting {
        room: given.needed("room")?,
        video: given.flag("video"),
        muted: given.flag("muted"),
        beep: given.text("beep").unwrap_or_else(|| "true".to_string()),
        start_on_enter: given.flag("start_on_enter"),
        end_on_exit: given.flag("end_on_exit"),
        wait_url: given.text("wait_url"),
        max_participants: given.number("max_participants").map_or(100_000, |most| most as u32),
        record: given.text("record").as_deref() == Some("record-from-start"),
        trim: given.text("trim").as_deref() != Some("do-not-trim"),
        region: given.text("region"),
        coach: given.text("coach"),
        stream,
    })
}

/// Parameters as they came out of the document: numbers and truth values may be texts.
pub(super) struct Given<'a>(pub(super) &'a Object);

impl Given<'_> {
    /// A text that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).map(crate::expr::text_of).filter(|text| !text.is_empty())
    }

    fn needed(&self, name: &str) -> Result<String, String> {
        self.text(name).ok_or_else(|| format!("`{name}` is empty"))
    }

    fn address(&self, name: &str, schemes: &[&str]) -> Result<String, String> {
        let text = self.needed(name)?;
        if schemes.iter().any(|scheme| text.starts_with(scheme)) {
            return Ok(text);
        }
        Err(format!("`{text}` is no {} address", schemes.join(", ")))
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        match self.0.get(name) {
            Some(Value::Bool(truth)) => *truth,
            Some(Value::String(text)) => text == "true",
            Some(_) | None => false,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        match self.0.get(name)? {
            Value::Number(number) => Some(*number),
            other => crate::expr::text_of(other).trim().parse().ok(),
        }
    }

    /// A length in seconds; 0 when there is none.
    pub(super) fn seconds(&self, name: &str) -> Millis {
        self.number(name).filter(|seconds| *seconds > 0.0).map(Millis::from_secs).unwrap_or_default()
    }

    fn side(&self, usual: Side) -> Side {
        match self.text("side").as_deref() {
            Some("speak" | "inbound_track") => Side::Speak,
            Some("listen" | "hear" | "outbound_track") => Side::Listen,
            Some("both" | "both_tracks") => Side::Both,
            Some(_) | None => usual,
        }
    }

    fn value(&self, name: &str) -> Value {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

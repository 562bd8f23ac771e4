//! Activities: what a host does with a leg for a while, and tells about until it is over.
//!
//! Every order with a `media` name is followed by any number of [`Progress`] facts and by exactly
//! one `media-done`, whatever happens.

use super::command::as_javascript;
use super::plain::PlainProgress;
use crate::time::Millis;
use crate::value::Value;
use alloc::{string::String, vec::Vec};
use core::fmt;
use serde::{Deserialize, Serialize};

/// Which audio, seen from the party on the leg.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// What the party says.
    #[default]
    Speak,
    /// What the party hears.
    Listen,
    /// Both.
    Both,
}

/// How to record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// `wav`, `mp3` or `mp4`.
    pub format: String,
    /// One channel per side instead of a mix.
    pub stereo: bool,
    /// Whose audio.
    pub side: Side,
    /// A beep before it begins.
    pub beep: bool,
    /// What counts as silence: 0 (everything is loud) to 100.
    #[serde(serialize_with = "as_javascript")]
    pub sensitivity: f64,
    /// Without a voice for so long at the beginning it ends (`no-input`); 0 is never.
    pub begin_within: Millis,
    /// After a silence of this length it ends; 0 is never.
    pub end_silence: Millis,
}

/// How to recognise speech.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recognition {
    /// Language tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Words that are likely.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<String>,
    /// Recogniser, as the document names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    /// A silence of this length ends the utterance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_silence: Option<Millis>,
}

/// Where to send a copy of the audio (`rtp://host:port`, `ws:` or `wss:`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tapping {
    /// Where to.
    pub uri: String,
    /// Whose audio.
    pub side: Side,
    /// `PCMU` or `PCMA`.
    pub codec: String,
    /// Packet length.
    pub ptime: Millis,
}

/// A WebSocket that hears, or talks with, a leg.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Streaming {
    /// `wss:` address.
    pub url: String,
    /// Whose audio.
    pub side: Side,
    /// Its name; `name` is the order's.
    #[serde(default, rename = "stream_name", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Codec, `PCMU` or for example `L16@16000h@20i`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
    /// The far end may talk back without a delay.
    #[serde(default, skip_serializing_if = "is_false")]
    pub realtime: bool,
    /// Bearer token. Never in a trace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Sent with its `start`.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub parameters: Value,
}

/// How to find out who or what answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Detection {
    /// Tell a machine from a human.
    pub machine: bool,
    /// Listen for a fax.
    pub fax: bool,
    /// Which tone a fax makes: `CED` (called) or `CNG` (calling).
    pub tone: String,
    /// Go on until the machine's greeting is over.
    pub message_end: bool,
    /// Give up when nobody speaks for so long.
    pub begin_within: Millis,
    /// A silence of this length ends the greeting.
    pub end_silence: Millis,
    /// A silence of this length means that the machine records.
    pub ready_silence: Millis,
    /// A voice that goes on for so long is a machine's; at 0 its length does not count.
    pub voice_threshold: Millis,
    /// An utterance of so many words is a machine's.
    pub words_threshold: u32,
}

/// A conference or room.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its name.
    pub room: String,
    /// A video room; its audio is joined.
    pub video: bool,
    /// Join without being heard.
    pub muted: bool,
    /// When a beep is heard: `true`, `false`, `onEnter`, `onExit`.
    pub beep: String,
    /// It begins when this party is there.
    pub start_on_enter: bool,
    /// It ends when this party leaves.
    pub end_on_exit: bool,
    /// Heard until it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_url: Option<String>,
    /// No more than so many.
    pub max_participants: u32,
    /// Record it from its start.
    pub record: bool,
    /// Cut silence off the recording's ends.
    pub trim: bool,
    /// Where it is mixed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The participant (call id) who alone hears this party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coach: Option<String>,
    /// A WebSocket that hears it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<Streaming>,
}

/// How an activity goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", try_from = "PlainProgress")]
pub enum Progress {
    /// It runs. `facts` are what the document may know of it: addresses, ports, codecs.
    Started {
        /// By name.
        #[serde(skip_serializing_if = "Value::is_null")]
        facts: Value,
    },
    /// A recording can be fetched, or will be when it is over.
    Recorded {
        /// Where.
        url: String,
        /// How long it is.
        duration: Millis,
        /// Bytes.
        size: u64,
    },
    /// Words were recognised.
    Speech {
        /// The words so far.
        text: String,
        /// 0 to 100.
        #[serde(serialize_with = "as_javascript")]
        confidence: f64,
        /// More of the utterance may come.
        partial: bool,
    },
    /// Something was detected.
    Detected {
        /// What.
        what: Detected,
        /// A beep was heard.
        beep: bool,
    },
    /// The leg stands in a queue.
    Queued {
        /// From 1.
        position: u32,
        /// Legs in it.
        size: u32,
        /// How long legs wait there.
        average: Millis,
    },
    /// Somebody took the leg out of its queue.
    Connected {
        /// The call that did it.
        #[serde(skip_serializing_if = "Option::is_none")]
        peer: Option<String>,
    },
    /// Something happened in a conference: `participant-join`, `record-start` …
    Conference {
        /// What.
        status: String,
    },
    /// The other side was asked to call elsewhere (REFER).
    Referred {
        /// SIP status of the REFER.
        status: u16,
        /// SIP status of its latest NOTIFY.
        #[serde(skip_serializing_if = "Option::is_none")]
        notify: Option<u16>,
    },
    /// Text of the whole call.
    Transcript {
        /// The words.
        text: String,
    },
    /// An extension knows something: its variables, by the platform's names.
    Result {
        /// By name.
        variables: Value,
    },
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Progress::Started { .. } => f.write_str("runs"),
            Progress::Recorded { url, duration, .. } => write!(f, "recorded {} ms: {url}", duration.0),
            Progress::Speech { text, partial, .. } => write!(f, "hears “{text}”{}", if *partial { " …" } else { "" }),
            Progress::Detected { what, beep } => {
                write!(f, "detected {}{}", what.name(), if *beep { ", with a beep" } else { "" })
            }
            Progress::Queued { position, size, .. } => write!(f, "is number {position} of {size}"),
            Progress::Connected { peer: Some(peer) } => write!(f, "was taken by {peer}"),
            Progress::Connected { peer: None } => f.write_str("was taken"),
            Progress::Conference { status } => f.write_str(status),
            Progress::Referred { status, notify: None } => write!(f, "REFER got {status}"),
            Progress::Referred { status, notify: Some(notify) } => write!(f, "REFER got {status}, then {notify}"),
            Progress::Transcript { text } => write!(f, "wrote down {} characters", text.chars().count()),
            Progress::Result { .. } => f.write_str("has a result"),
        }
    }
}

impl Detected {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Detected::Human => "human",
            Detected::Machine => "machine",
            Detected::Fax => "fax",
            Detected::Unknown => "unknown",
            Detected::Ready => "ready",
            Detected::NotReady => "not-ready",
        }
    }
}

/// What a detection found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detected {
    /// A human speaks.
    Human,
    /// A machine speaks.
    Machine,
    /// A fax sends its tone.
    Fax,
    /// It cannot be told.
    Unknown,
    /// The machine records.
    Ready,
    /// The machine still speaks.
    NotReady,
}

fn is_false(truth: &bool) -> bool {
    !truth
}

//! Orders: what the host shall do. Completion, refusal and errors come back later as events.

use super::activity::{Detection, Meeting, Recognition, Recording, Streaming, Tapping};
use super::start::Header;
use crate::id::{FetchId, LegId, MediaId, NotifyId};
use crate::time::Millis;
use crate::value::Value;
use alloc::{boxed::Box, string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// One order. The names are the guest's imports (`send-digits` is imported as `send_digits`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum Command {
    /// Tell the caller that it rings: 180, or 183 with audio when `media` is set.
    Ring {
        /// The caller's leg.
        leg: LegId,
        /// Open an audio path before the answer (183 with SDP).
        media: bool,
    },
    /// Answer the caller (200).
    Answer {
        /// The caller's leg.
        leg: LegId,
        /// Codecs to take, in order; empty means the host's own.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        codecs: Vec<String>,
    },
    /// Refuse the caller; the leg is over, and no event follows.
    Reject {
        /// The caller's leg.
        leg: LegId,
        /// SIP status, 400–699.
        status: u16,
        /// Extra headers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        headers: Vec<Header>,
    },
    /// Dial somebody (INVITE). `ringing`, `early-media`, then `answered` or `failed` come back.
    Originate {
        /// The new leg's name.
        leg: LegId,
        /// Whom: a SIP URI, or a number that the host routes.
        to: String,
        /// Calling number or SIP URI to show.
        from: String,
        /// Display name to show.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_name: Option<String>,
        /// Extra headers of the INVITE.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        headers: Vec<Header>,
        /// Digest user.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        username: Option<String>,
        /// Digest password. Never in a trace.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<String>,
        /// `host:port` to send it to, when that is not the address itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proxy: Option<String>,
        /// Codecs to offer, in order; empty means the host's own.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        codecs: Vec<String>,
        /// `mandatory`, `optional` or `forbidden` SRTP; absent is the host's own way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encryption: Option<String>,
        /// Refresh the session at least so often (RFC 4028).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session_timeout: Option<Millis>,
        /// Offer ICE and DTLS-SRTP.
        #[serde(default, skip_serializing_if = "is_false")]
        webrtc: bool,
        /// What a `stream:` destination is told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stream: Option<Box<Streaming>>,
    },
    /// Give up an unanswered leg (CANCEL). `failed` (487) follows, or `answered` when they crossed.
    Cancel {
        /// Which leg.
        leg: LegId,
    },
    /// End an answered leg (BYE). `ended` follows.
    Hangup {
        /// Which leg.
        leg: LegId,
        /// Why.
        reason: HangupReason,
        /// Extra headers of the BYE.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        headers: Vec<Header>,
    },
    /// Let two legs hear each other, until `unbridge` or until one of them ends.
    Bridge {
        /// One leg.
        a: LegId,
        /// The other.
        b: LegId,
        /// Before the answer: `a` hears the early media of `b`.
        early: bool,
    },
    /// Separate two legs.
    Unbridge {
        /// One leg.
        a: LegId,
        /// The other.
        b: LegId,
    },
    /// Play one clip to a leg. `media-done` follows, always.
    Play {
        /// Who hears it.
        leg: LegId,
        /// Its name.
        media: MediaId,
        /// What.
        clip: Clip,
        /// Loudness change in dB.
        #[serde(default, skip_serializing_if = "is_zero", serialize_with = "as_javascript")]
        volume: f64,
    },
    /// Stop a play. Its `media-done` (stopped) follows.
    Stop {
        /// On which leg.
        leg: LegId,
        /// Which play.
        media: MediaId,
    },
    /// Send keys (RFC 4733); `w` waits half a second, `W` a whole one. `media-done` follows, always.
    SendDigits {
        /// To whom.
        leg: LegId,
        /// Its name.
        media: MediaId,
        /// `0`–`9`, `*`, `#`, `A`–`D`, `w`, `W`.
        digits: String,
    },
    /// Record. `started`, `recorded`, then `media-done` follow.
    Record {
        /// Whom.
        leg: LegId,
        /// Its name.
        media: MediaId,
        /// How.
        #[serde(flatten)]
        recording: Recording,
    },
    /// Recognise what a party says. `speech`, then `media-done` follow.
    Recognize {
        /// Whom.
        leg: LegId,
        /// Its name.
        media: MediaId,
        /// How.
        #[serde(flatten)]
        recognition: Recognition,
    },
    /// Send a copy of the audio somewhere. `started`, then `media-done` follow.
    Tap {
        /// Whose.
        leg: LegId,
        /// Its name.
        media: MediaId,
        /// Where to.
        #[serde(flatten)]
        tapping: Tapping,
    },
    /// Let a WebSocket hear a leg. `started`, then `media-done` follow.
    Stream {
        /// Whom.
        leg: LegId,
        /// Its name.
        media: MediaId,
        /// Where to.
        #[serde(flatten)]
        streaming: Box<Streaming>,
    },
    /// Find out who or what is there. `detected`, then `media-done` follow.
    Detect {
        /// Where.
        leg: LegId,
        /// Its name.
        media: MediaId,
        /// How.
        #[serde(flatten)]
        detection: Detection,
    },
    /// Take noise out of what a party says. `started`, then `media-done` follow.
    Denoise {
        /// Whom.
        leg: LegId,
        /// Its name.
        media: MediaId,
    },
    /// Let a party hear itself. `started`, then `media-done` follow.
    Echo {
        /// Whom.
        leg: LegId,
        /// Its name.
        media: MediaId,
    },
    /// Write down what is said. `started`, `transcript`, then `media-done` follow.
    Transcribe {
        /// Whom.
        leg: LegId,
        /// Its name.
        media: MediaId,
        /// While it is said, instead of when it is over.
        live: bool,
        /// The document's parameters, by the platform's names.
        #[serde(default, skip_serializing_if = "Value::is_null")]
        parameters: Value,
    },
    /// Put a leg into a queue. `queued`, perhaps `connected`, then `media-done` follow.
    Enqueue {
        /// Whom.
        leg: LegId,
        /// Its name.
        media: MediaId,
        /// Which queue.
        queue: String,
        /// Heard while waiting; fetched with GET.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wait_url: Option<String>,
    },
    /// Put a leg into a conference or room. `started`, `conference`, then `media-done` follow.
    Join {
        /// Whom.
        leg: LegId,
        /// Its name.
        media: MediaId,
        /// Which, and how.
        #[serde(flatten)]
        meeting: Box<Meeting>,
    },
    /// Ask the other side to call somebody else (REFER, RFC 3515). `referred`, then `media-done` follow.
    Refer {
        /// Whom.
        leg: LegId,
        /// Its name.
        media: MediaId,
        /// Whom to call.
        to: String,
        /// Digest user.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        username: Option<String>,
        /// Digest password. Never in a trace.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<String>,
    },
    /// Do what only some hosts can. `started`, `result`, then `media-done` follow; `unsupported` by hosts that cannot.
    Extend {
        /// Where.
        leg: LegId,
        /// Its name.
        media: MediaId,
        /// Which extension: `ai`, `pay`, `send_fax` …
        extension: String,
        /// The document's parameters, by the platform's names.
        parameters: Value,
    },
    /// Tell a running transcription or extension to do something: summarize, inject.
    Adjust {
        /// Where.
        leg: LegId,
        /// Which.
        media: MediaId,
        /// What, in the platform's shape.
        action: Value,
    },
    /// Tell the client on a leg something. Nothing follows.
    UserEvent {
        /// Whom.
        leg: LegId,
        /// What.
        event: Value,
    },
    /// Ask over HTTP. `fetched` follows, always.
    Fetch {
        /// Its name.
        fetch: FetchId,
        /// What to send.
        request: Request,
    },
    /// Tell somebody over HTTP; in order per host, nobody waits.
    Notify {
        /// Its name.
        notify: NotifyId,
        /// What to send.
        request: Request,
    },
    /// The call is over: every leg was seen to its end. The last command.
    Done {
        /// How it went.
        outcome: Outcome,
    },
}

impl Command {
    /// The leg that it is about; of a bridge, the callee's.
    #[must_use]
    pub fn leg(&self) -> Option<LegId> {
        match self {
            Command::Ring { leg, .. }
            | Command::Answer { leg, .. }
            | Command::Reject { leg, .. }
            | Command::Originate { leg, .. }
            | Command::Cancel { leg }
            | Command::Hangup { leg, .. }
            | Command::Bridge { b: leg, .. }
            | Command::Unbridge { b: leg, .. }
            | Command::Play { leg, .. }
            | Command::Stop { leg, .. }
            | Command::SendDigits { leg, .. }
            | Command::Adjust { leg, .. }
            | Command::UserEvent { leg, .. } => Some(*leg),
            Command::Fetch { .. } | Command::Notify { .. } | Command::Done { .. } => None,
            other => other.activity().map(|(leg, _)| leg),
        }
    }

    /// Leg and name of the activity that this order begins: `progress` and one `media-done` follow.
    #[must_use]
    pub fn activity(&self) -> Option<(LegId, MediaId)> {
        match self {
            Command::Record { leg, media, .. }
            | Command::Recognize { leg, media, .. }
            | Command::Tap { leg, media, .. }
            | Command::Stream { leg, media, .. }
            | Command::Detect { leg, media, .. }
            | Command::Denoise { leg, media }
            | Command::Echo { leg, media }
            | Command::Transcribe { leg, media, .. }
            | Command::Enqueue { leg, media, .. }
            | Command::Join { leg, media, .. }
            | Command::Refer { leg, media, .. }
            | Command::Extend { leg, media, .. } => Some((*leg, *media)),
            Command::Ring { .. }
            | Command::Answer { .. }
            | Command::Reject { .. }
            | Command::Originate { .. }
            | Command::Cancel { .. }
            | Command::Hangup { .. }
            | Command::Bridge { .. }
            | Command::Unbridge { .. }
            | Command::Play { .. }
            | Command::Stop { .. }
            | Command::SendDigits { .. }
            | Command::Adjust { .. }
            | Command::UserEvent { .. }
            | Command::Fetch { .. }
            | Command::Notify { .. }
            | Command::Done { .. } => None,
        }
    }
}

/// Whole numbers without `.0`, so that every door writes the same bytes.
pub(super) fn as_javascript<S: serde::Serializer>(number: &f64, to: S) -> Result<S::Ok, S::Error> {
    Value::Number(*number).serialize(to)
}

fn is_false(truth: &bool) -> bool {
    !truth
}

fn is_zero(number: &f64) -> bool {
    *number == 0.0
}

/// What to play.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Clip {
    /// An audio file: `http:`, `https:` or `file:` URL.
    Audio {
        /// Its address.
        url: String,
    },
    /// Speech from text.
    Say {
        /// The words.
        text: String,
        /// Voice, as the document names it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        voice: Option<String>,
        /// Language tag.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        /// `male` or `female`, where the voice leaves it open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        gender: Option<String>,
    },
    /// Nothing, for a while.
    Silence {
        /// How long.
        ms: Millis,
    },
    /// A country's ringing tone.
    Ring {
        /// Two-letter country code, in lower case.
        country: String,
        /// How long; one cadence when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ms: Option<Millis>,
    },
}

/// One HTTP request, exactly as the platform would send it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// `GET`, `POST` …
    pub method: String,
    /// Absolute URL, without credentials.
    pub url: String,
    /// Headers, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    /// The exact body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Basic credentials `user:password`. Never in a trace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth: Option<String>,
    /// How long to wait for the whole reply.
    pub timeout: Millis,
}

/// Why we hang up a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HangupReason {
    /// The flow says so, or the other side left.
    Normal,
    /// It answered, but somebody else won, or our CANCEL crossed its answer.
    NotWanted,
    /// Screening declined it.
    Declined,
    /// A time limit was reached.
    TimeLimit,
    /// Something went wrong.
    Error,
}

/// How a call went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was answered and came to its end.
    Completed,
    /// It was refused without an answer.
    Rejected,
    /// The caller gave up before an answer.
    Abandoned,
    /// The flow could not be run: a broken document, a dead hook, a limit.
    Failed,
}

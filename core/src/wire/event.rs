//! Facts: what the world did, in the past tense.

use super::activity::Progress;
use super::plain::PlainEvent;
use super::start::Header;
use crate::id::{FetchId, LegId, MediaId, NotifyId};
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// One fact. Late, repeated and strange facts are welcome: the engine absorbs and traces them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", try_from = "PlainEvent")]
pub enum Event {
    /// A dialled leg rings (180, 181, 182, or 183 without audio).
    Ringing {
        /// Which leg.
        leg: LegId,
        /// SIP status.
        status: u16,
    },
    /// A dialled leg sends audio before it answers (18x with SDP).
    EarlyMedia {
        /// Which leg.
        leg: LegId,
        /// SIP status.
        status: u16,
    },
    /// A dialled leg answered (2xx).
    Answered {
        /// Which leg.
        leg: LegId,
        /// `X-` headers of the answer.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        headers: Vec<Header>,
        /// Call-ID of the INVITE.
        #[serde(skip_serializing_if = "Option::is_none")]
        sip_call_id: Option<String>,
    },
    /// A dialled leg ended without an answer: a final response of 300 or more, or none at all.
    Failed {
        /// Which leg.
        leg: LegId,
        /// SIP status; 408 when nobody replied, 503 when it could not be sent.
        status: u16,
        /// Reason phrase.
        #[serde(skip_serializing_if = "String::is_empty")]
        reason: String,
        /// `X-` headers of the response.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        headers: Vec<Header>,
        /// Call-ID of the INVITE.
        #[serde(skip_serializing_if = "Option::is_none")]
        sip_call_id: Option<String>,
    },
    /// A leg is over: an answered leg hung up (by them, or as we ordered), or the caller gave up.
    Ended {
        /// Which leg.
        leg: LegId,
        /// Why.
        cause: Cause,
        /// `X-` headers of the BYE or CANCEL.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        headers: Vec<Header>,
    },
    /// A key was pressed.
    Digit {
        /// Who pressed it.
        leg: LegId,
        /// `0`–`9`, `*`, `#`, `A`–`D`.
        digit: char,
    },
    /// How an activity goes on.
    Progress {
        /// On which leg.
        leg: LegId,
        /// Which activity.
        media: MediaId,
        /// How.
        progress: Progress,
    },
    /// What an order with a `media` name asked for is over.
    MediaDone {
        /// On which leg.
        leg: LegId,
        /// Which.
        media: MediaId,
        /// How it ended.
        result: MediaResult,
        /// Why it failed.
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    },
    /// A `fetch` command has its reply, or will not get one.
    Fetched {
        /// Which fetch.
        fetch: FetchId,
        /// HTTP status; 0 when there was no reply.
        status: u16,
        /// Response headers, names in lower case.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        headers: Vec<Header>,
        /// The body, as text.
        #[serde(skip_serializing_if = "String::is_empty")]
        body: String,
        /// Why there was no reply.
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    },
    /// A `notify` command was delivered, or was not. Nothing depends on it.
    Notified {
        /// Which one.
        notify: NotifyId,
        /// HTTP status; 0 when there was no reply.
        status: u16,
    },
}

/// Why a leg ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Somebody hung up.
    Normal,
    /// Busy (486, 600).
    Busy,
    /// Refused (603).
    Decline,
    /// Nobody answered in time.
    NoAnswer,
    /// Given up before the answer.
    Cancel,
    /// No such address (404, 410, 484, 604).
    NotFound,
    /// The talk limit was reached.
    TimeLimit,
    /// Anything else that went wrong.
    Error,
}

/// How a play or another activity ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MediaResult {
    /// It came to its end.
    Finished,
    /// It was stopped: by a `stop` command or because the leg ended.
    Stopped,
    /// It could not be done.
    Failed,
    /// Nobody said anything.
    NoInput,
    /// This host cannot do it at all.
    Unsupported,
}

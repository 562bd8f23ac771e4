//! How a call begins.

use super::plain::PlainSource;
use crate::{time::Instant, value::Value};
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

/// Everything the engine is told when a call begins. Equal starts and events give equal commands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// Where the flow comes from.
    pub source: Source,
    /// The dialect, when it is known; otherwise the document's own shape decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialect: Option<Dialect>,
    /// The instant of this start, on the host's own scale.
    #[serde(default)]
    pub now: Instant,
    /// Wall-clock time at `now`, in milliseconds since 1970 UTC.
    pub unix_ms: u64,
    /// Seed of every id the engine makes up; at most 2⁵³, so that JavaScript can hold it.
    pub seed: u64,
    /// Who calls whom.
    pub caller: Caller,
    /// What the platform would know about the account.
    #[serde(default)]
    pub application: Application,
    /// Bounds on what one call may use.
    #[serde(default)]
    pub limits: Limits,
    /// Leave the trace out: nobody reads it, and it costs as much as the call itself.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub quiet: bool,
}

/// Where a flow comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", try_from = "PlainSource")]
pub enum Source {
    /// The text is here. `url` is what relative addresses in it are resolved against.
    Document {
        /// The document.
        text: String,
        /// Its own address, if it has one.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    },
    /// The engine asks for it as the platform would: its first command is a `fetch`.
    Url {
        /// Where to ask, and how.
        hook: Hook,
    },
}

/// A platform whose documents we run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// SignalWire SWML, JSON or YAML.
    Swml,
    /// jambonz verbs, JSON.
    Verbs,
    /// RestComm RCML and TwiML, XML.
    Rcml,
}

impl Dialect {
    /// All dialects.
    pub const ALL: [Dialect; 3] = [Dialect::Swml, Dialect::Verbs, Dialect::Rcml];

    /// The name used on the command line and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Dialect::Swml => "swml",
            Dialect::Verbs => "verbs",
            Dialect::Rcml => "rcml",
        }
    }
}

/// The calling party, as the host saw it arrive.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caller {
    /// Calling number (`+1555…`) or address (`sip:ada@example.com`).
    pub from: String,
    /// Called number or address.
    pub to: String,
    /// Display name of the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// SIP headers of the INVITE that a flow may read, in the order received.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    /// Call-ID of the INVITE.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sip_call_id: Option<String>,
    /// `address:port` the INVITE came from; numbers are dialled through it where the dialect says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A SIP or HTTP header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Its name, as written.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Header {
    /// Whether it is an extension header, `X-…` in any case.
    #[must_use]
    pub fn is_extension(&self) -> bool {
        self.name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("x-"))
    }
}

/// What the account knows besides the document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Application {
    /// Account (verbs, RCML) or project (SWML) id.
    pub account: Option<String>,
    /// Application id (verbs); space id (SWML).
    pub application: Option<String>,
    /// Told about every change of every leg (verbs call status hook).
    pub status_hook: Option<Hook>,
    /// Environment variables of the project (SWML `envs`).
    pub envs: Value,
    /// Asked to send text messages (SWML `send_sms`): JSON with `to`, `from`, `body`, `media` …
    pub message_hook: Option<Hook>,
    /// Signs requests for documents (SWML). Never in a trace.
    pub signing_key: Option<String>,
    /// Asked for the first document when the flow's own address gives none (SWML).
    pub fallback: Option<Hook>,
    /// Domain of users dialled without one (verbs `user` targets).
    pub realm: Option<String>,
}

/// A URL to ask or tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// Absolute URL; may carry `user:password@`.
    pub url: String,
    /// HTTP method; `POST` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
}

impl Hook {
    /// The HTTP method that flows are asked with: `GET` or `POST`.
    #[must_use]
    pub fn verb(&self) -> &'static str {
        if self.method.as_deref() == Some("GET") { "GET" } else { "POST" }
    }
}

/// Bounds on what one call may use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Instructions run between two inputs.
    pub steps_per_input: u32,
    /// Instructions run in the whole call.
    pub steps: u32,
    /// Documents fetched in the whole call.
    pub documents: u32,
    /// Sections and blocks inside each other.
    pub depth: u32,
    /// Bytes of one document.
    pub document_bytes: u32,
    /// Legs originated in the whole call.
    pub legs: u32,
    /// Bytes of variables (as JSON).
    pub variable_bytes: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            steps_per_input: 2_000,
            steps: 100_000,
            documents: 100,
            depth: 32,
            document_bytes: 1 << 20,
            legs: 500,
            variable_bytes: 1 << 20,
        }
    }
}

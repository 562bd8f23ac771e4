//! What the writers of requests share.

use crate::id::{LegId, uuid};
use crate::time::{Instant, Millis};
use crate::url::without_credentials;
use crate::value::{Object, Value};
use crate::wire::{Header, LegFacts, Request, Start, Why};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// The call as a writer sees it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// How it began.
    pub start: &'a Start,
    /// Now.
    pub now: Instant,
    /// Every leg so far; the caller's is the first.
    pub legs: &'a [LegFacts],
}

/// A question that a document answers.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Why it is asked.
    pub reason: &'a Why,
    /// HTTP method.
    pub method: &'static str,
    /// The `id` of the instruction.
    pub id: Option<&'a str>,
    /// Variables of the flow.
    pub vars: &'a Object,
    /// Parameters for the new document.
    pub params: &'a Value,
}

impl View<'_> {
    /// A leg's facts.
    #[must_use]
    pub fn leg(&self, id: LegId) -> Option<&LegFacts> {
        self.legs.get(id.0 as usize)
    }

    /// Wall-clock time now, in milliseconds since 1970 UTC.
    #[must_use]
    pub fn unix_ms(&self) -> u64 {
        self.start.unix_ms.saturating_add(self.now.since(self.start.now).0)
    }

    /// Wall-clock time at an instant of the call, in milliseconds since 1970 UTC.
    #[must_use]
    pub fn unix_ms_at(&self, at: Instant) -> u64 {
        self.start.unix_ms.saturating_add(at.since(self.start.now).0)
    }

    /// The segment of a leg.
    #[must_use]
    pub fn segment(&self, leg: LegId) -> String {
        self.uuid(2_000 + u64::from(leg.0))
    }

    /// A made-up id that stays the same for the whole call.
    #[must_use]
    pub fn uuid(&self, n: u64) -> String {
        uuid(self.start.seed, n)
    }

    /// Account (project) id.
    #[must_use]
    pub fn account(&self) -> String {
        self.start.application.account.clone().unwrap_or_else(|| uuid(0, 1))
    }

    /// Application (space) id.
    #[must_use]
    pub fn application(&self) -> String {
        self.start.application.application.clone().unwrap_or_else(|| uuid(0, 2))
    }

    /// The node that handles the call.
    #[must_use]
    pub fn node(&self) -> String {
        uuid(0, 3)
    }
}

/// A JSON request. Credentials in the URL become `auth`.
pub(crate) fn json_request(method: &str, url: &str, body: &Value, patience: u64) -> Request {
    let (url, auth) = without_credentials(url);
    Request {
        method: method.to_string(),
        url,
        headers: Vec::from([Header { name: "Content-Type".to_string(), value: "application/json".to_string() }]),
        body: Some(body.to_json()),
        auth,
        timeout: Millis(patience),
    }
}

/// A form request (`application/x-www-form-urlencoded`); for GET the fields go into the query.
pub(crate) fn form_request(method: &str, url: &str, fields: &[(String, String)], patience: u64) -> Request {
    if method == "GET" {
        return with_query("GET", url, fields, patience);
    }
    let (url, auth) = without_credentials(url);
    let value = "application/x-www-form-urlencoded; charset=UTF-8".to_string();
    Request {
        method: method.to_string(),
        url,
        headers: Vec::from([Header { name: "Content-Type".to_string(), value }]),
        body: Some(encode(fields)),
        auth,
        timeout: Millis(patience),
    }
}

/// A request whose fields are appended to the query.
pub(crate) fn with_query(method: &str, url: &str, fields: &[(String, String)], patience: u64) -> Request {
    let (mut url, auth) = without_credentials(url);
    if !fields.is_empty() {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(&encode(fields));
    }
    Request { method: method.to_string(), url, headers: Vec::new(), body: None, auth, timeout: Millis(patience) }
}

/// The same request, with credentials of its URL as `auth`.
#[must_use]
pub fn without_secrets(request: Request) -> Request {
    let (url, auth) = without_credentials(&request.url);
    Request { url, auth, ..request }
}

fn encode(fields: &[(String, String)]) -> String {
    let pairs: Vec<String> = fields.iter().map(|(key, value)| format!("{}={}", percent(key), percent(value))).collect();
    pairs.join("&")
}

/// Percent-encoding as forms do it: space is `+`.
fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => out.push(byte as char),
            b' ' => out.push('+'),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

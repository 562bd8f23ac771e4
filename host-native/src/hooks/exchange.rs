//! One request and its reply.

use patchcord_core::wire::{Header, Request};
use reqwest::header::{HeaderName, HeaderValue};
use std::time::Duration;

/// The largest reply we read.
const MAX_REPLY: usize = 1 << 20;

/// What came back.
#[derive(Debug, Default)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<Header>,
    pub(super) body: String,
}

/// Sends a request as it is; the error is for people and names no address or credential.
pub(super) async fn exchange(client: &reqwest::Client, request: &Request) -> Result<Reply, String> {
    let limit = Duration::from_millis(request.timeout.0.max(1));
    tokio::time::timeout(limit, attempt(client, request))
        .await
        .map_err(|_| format!("no reply within {} ms", request.timeout.0))?
}

async fn attempt(client: &reqwest::Client, request: &Request) -> Result<Reply, String> {
    let method = reqwest::Method::from_bytes(request.method.as_bytes())
        .map_err(|_| format!("`{}` is not an HTTP method", request.method))?;
    let mut sending = client.request(method, &request.url);
    for header in &request.headers {
        let name = HeaderName::from_bytes(header.name.as_bytes());
        let value = HeaderValue::from_str(&header.value);
        let (Ok(name), Ok(value)) = (name, value) else {
            return Err(format!("`{}` is not a possible HTTP header", header.name));
        };
        sending = sending.header(name, value);
    }
    if let Some((user, password)) = request.auth.as_deref().map(|auth| auth.split_once(':').unwrap_or((auth, ""))) {
        sending = sending.basic_auth(user, Some(password));
    }
    if let Some(body) = &request.body {
        sending = sending.body(body.clone());
    }
    let mut reply = sending.send().await.map_err(plain)?;
    let headers = reply
        .headers()
        .iter()
        .map(|(name, value)| Header {
            name: name.as_str().to_owned(),
            value: String::from_utf8_lossy(value.as_bytes()).into_owned(),
        })
        .collect();
    let mut body = Vec::new();
    while let Some(chunk) = reply.chunk().await.map_err(plain)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_REPLY {
            return Err(format!("the reply is larger than {} MiB", MAX_REPLY >> 20));
        }
    }
    let body = String::from_utf8(body).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Ok(Reply { status: reply.status().as_u16(), headers, body })
}

/// The innermost cause says most; the address may carry a password.
fn plain(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

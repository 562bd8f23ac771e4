//! Signatures of requests for documents: `X-Signalwire-Signature` (HMAC-SHA1) and
//! `X-Signalwire-SHA256-Signature`, in hex, over the URL and the exact body.
//!
//! Source: SignalWire, "Webhook security". Status callbacks and `request` are not signed.

use crate::wire::{Header, Request};
use alloc::{format, string::String};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

/// Adds both signatures.
pub(super) fn sign(request: &mut Request, key: &str) {
    let body = request.body.as_deref().unwrap_or_default();
    let parts = [request.url.as_bytes(), body.as_bytes()];
    let sha1 = mac::<Hmac<Sha1>>(key, &parts);
    let sha256 = mac::<Hmac<Sha256>>(key, &parts);
    for (name, value) in [("X-Signalwire-Signature", sha1), ("X-Signalwire-SHA256-Signature", sha256)] {
        request.headers.extend(value.map(|value| Header { name: String::from(name), value }));
    }
}

/// The code of the parts as hex; a key of any length will do, so there always is one.
fn mac<M: Mac + KeyInit>(key: &str, parts: &[&[u8]]) -> Option<String> {
    let mut mac = <M as KeyInit>::new_from_slice(key.as_bytes()).ok()?;
    parts.iter().for_each(|part| mac.update(part));
    Some(mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Millis;

    /// Compared with `printf … | openssl dgst -sha1 -hmac KEY` and `-sha256`.
    #[test]
    fn signatures_are_those_of_openssl() {
        let mut request = Request {
            method: "POST".into(),
            url: "https://app.example/flow?a=1".into(),
            headers: alloc::vec::Vec::new(),
            body: Some("{\"call\":{}}".into()),
            auth: None,
            timeout: Millis(5_000),
        };
        sign(&mut request, "PSK_secret");
        let values: alloc::vec::Vec<&str> = request.headers.iter().map(|header| header.value.as_str()).collect();
        assert_eq!(
            values,
            [
                "3d7d7703cd9c02ec3298750d6c9bb69782d51559",
                "387f62b1af3c577aa09e56ad3409a091402da30deeb940bc82d3f859017938ee",
            ]
        );
    }
}

//! Looks at every message on its way between the wire and the stack, and repairs what the stack
//! gets wrong: which digest challenge it answers, how it spells the algorithm, and headers that
//! it gives us no place for.

use rsipstack::{
    sip::{HasHeaders, Header, HeadersExt, Method, SipMessage, StatusCodeKind},
    transaction::endpoint::MessageInspector,
    transport::SipAddr,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// What we can do, on every message where it belongs.
pub(super) const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK";

/// The inspector of one user agent; the clones share what they know.
#[derive(Clone, Debug, Default)]
pub(super) struct Inspector {
    /// Headers for the final response to the INVITE with this Call-ID.
    extra: Arc<Mutex<BTreeMap<String, Vec<Header>>>>,
}

impl Inspector {
    /// Adds headers to the refusal of an INVITE; the stack's own call takes none.
    pub(super) fn add_to_refusal(&self, call_id: &str, headers: Vec<Header>) {
        if !headers.is_empty() {
            self.extra.lock().unwrap_or_else(PoisonError::into_inner).insert(call_id.to_owned(), headers);
        }
    }

    /// Forgets them.
    pub(super) fn forget(&self, call_id: &str) {
        self.extra.lock().unwrap_or_else(PoisonError::into_inner).remove(call_id);
    }
}

impl MessageInspector for Inspector {
    fn before_send(&self, mut message: SipMessage, _to: Option<&SipAddr>) -> SipMessage {
        match &mut message {
            SipMessage::Request(request) => {
                for header in request.headers.iter_mut() {
                    match header {
                        Header::Authorization(value) => *value = respell(value.value(), "SHA256", "SHA-256").into(),
                        Header::ProxyAuthorization(value) => {
                            *value = respell(value.value(), "SHA256", "SHA-256").into();
                        }
                        _ => {}
                    }
                }
                if request.method == Method::Invite {
                    offer_abilities(&mut request.headers.0);
                }
            }
            SipMessage::Response(response) => {
                let about_invite = response.cseq_header().and_then(|cseq| cseq.method()) == Ok(Method::Invite);
                if about_invite && response.status_code.kind() == StatusCodeKind::Successful {
                    offer_abilities(&mut response.headers.0);
                }
                if about_invite && response.status_code.code() >= 300 {
                    let call_id = response.call_id_header().map(|header| header.value().to_owned());
                    let extra = self.extra.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(headers) = call_id.ok().and_then(|call_id| extra.get(&call_id)) {
                        for header in headers
                            .iter()
                            .filter(|header| !response.headers.0.contains(header))
                            .cloned()
                            .collect::<Vec<_>>()
                        {
                            response.headers.push(header);
                        }
                    }
                }
            }
        }
        message
    }

    fn after_received(&self, mut message: SipMessage, _from: Option<&SipAddr>) -> SipMessage {
        if let SipMessage::Response(response) = &mut message
            && matches!(response.status_code.code(), 401 | 407)
        {
            choose(&mut response.headers_mut().0);
        }
        message
    }
}

fn offer_abilities(headers: &mut Vec<Header>) {
    if !headers.iter().any(|header| matches!(header, Header::Allow(_))) {
        headers.push(Header::Allow(ALLOW.into()));
    }
}

/// Leaves the best challenge that the stack can answer; when it can answer none, leaves all.
fn choose(headers: &mut Vec<Header>) {
    let best = headers.iter().filter_map(challenge).map(rank).max().unwrap_or(0);
    if best == 0 {
        return;
    }
    let mut taken = false;
    headers.retain(|header| match challenge(header) {
        Some(text) => rank(text) == best && !std::mem::replace(&mut taken, true),
        None => true,
    });
    for header in headers {
        match header {
            Header::WwwAuthenticate(value) => *value = simple(value.value()).into(),
            Header::ProxyAuthenticate(value) => *value = simple(value.value()).into(),
            _ => {}
        }
    }
}

fn challenge(header: &Header) -> Option<&str> {
    match header {
        Header::WwwAuthenticate(value) => Some(value.value()),
        Header::ProxyAuthenticate(value) => Some(value.value()),
        _ => None,
    }
}

/// 0 for what nobody here can compute.
fn rank(challenge: &str) -> u8 {
    if !challenge.trim_start().get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("digest")) {
        return 0;
    }
    match parameter(challenge, "algorithm").map(|value| value.to_ascii_uppercase()).as_deref() {
        Some("SHA-256") => 2,
        Some("MD5") | None => 1,
        Some(_) => 0,
    }
}

/// A challenge in the words of the stack: its spelling of SHA-256, one quality of protection.
fn simple(challenge: &str) -> String {
    let text = respell(challenge, "SHA-256", "SHA256");
    match parameter(&text, "qop") {
        Some(qop) if qop.contains(',') => {
            let one =
                if qop.split(',').any(|one| one.trim().eq_ignore_ascii_case("auth")) { "auth" } else { "auth-int" };
            text.replace(&format!("\"{qop}\""), &format!("\"{one}\""))
        }
        _ => text,
    }
}

/// Writes the algorithm differently, and nothing else.
fn respell(text: &str, from: &str, to: &str) -> String {
    const KEY: &str = "algorithm=";
    let lower = text.to_ascii_lowercase();
    for (at, _) in lower.match_indices(KEY) {
        let start = at + KEY.len();
        for written in [from.to_owned(), format!("\"{from}\"")] {
            let end = start + written.len();
            let whole = matches!(text.as_bytes().get(end), None | Some(b',' | b' '));
            if whole && text.get(start..end).is_some_and(|value| value.eq_ignore_ascii_case(&written)) {
                return format!("{}{to}{}", &text[..start], &text[end..]);
            }
        }
    }
    text.to_owned()
}

/// The value of a parameter, without its quotes. Commas inside quotes do not separate.
fn parameter<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut quoted = false;
    let parts = text.split(|letter| {
        if letter == '"' {
            quoted = !quoted;
        }
        !quoted && (letter == ',' || letter == ' ')
    });
    for part in parts {
        if let Some((key, value)) = part.trim().split_once('=')
            && key.trim().eq_ignore_ascii_case(name)
        {
            return Some(value.trim().trim_matches('"'));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(challenges: &[&str]) -> Vec<String> {
        let mut headers = challenges.iter().map(|text| Header::WwwAuthenticate((*text).into())).collect();
        choose(&mut headers);
        headers.iter().map(|header| header.value().to_owned()).collect()
    }

    #[test]
    fn the_best_challenge_is_left_in_the_words_of_the_stack() {
        let md5 = r#"Digest realm="a, b", nonce="1", algorithm=MD5"#;
        let sha = r#"Digest realm="r", nonce="2", qop="auth,auth-int", algorithm=SHA-256"#;
        let odd = r#"Digest realm="r", nonce="3", algorithm=SHA-512-256"#;
        let plain = r#"Digest realm="r", nonce="4""#;
        assert_eq!(chosen(&[sha, md5]), [r#"Digest realm="r", nonce="2", qop="auth", algorithm=SHA256"#]);
        assert_eq!(chosen(&[odd, md5]), [md5]);
        assert_eq!(chosen(&[odd, plain]), [plain]);
        assert_eq!(chosen(&[odd]), [odd]);
        assert_eq!(chosen(&[r#"Basic realm="r""#, md5]), [md5]);
    }

    #[test]
    fn the_reply_is_spelled_as_everybody_else_does() {
        let reply = r#"Digest username="SHA256", realm="r", algorithm=SHA256, response="x""#;
        assert_eq!(
            respell(reply, "SHA256", "SHA-256"),
            r#"Digest username="SHA256", realm="r", algorithm=SHA-256, response="x""#
        );
    }
}

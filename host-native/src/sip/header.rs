//! Headers as the engine sees them.

use patchcord_core::wire::Header;
use rsipstack::sip::{self, Headers};

/// Headers of an INVITE that no flow may read: hop-by-hop, about the body, or secret.
const HIDDEN: [&str; 11] = [
    "via",
    "route",
    "record-route",
    "max-forwards",
    "cseq",
    "content-length",
    "content-type",
    "authorization",
    "proxy-authorization",
    "www-authenticate",
    "proxy-authenticate",
];

/// Headers that an order must not set: the stack owns them.
const OWNED: [&str; 9] = ["via", "route", "record-route", "cseq", "call-id", "content-length", "contact", "from", "to"];

/// Everything a flow may read.
pub(super) fn readable(headers: &Headers) -> Vec<Header> {
    all(headers).filter(|header| !HIDDEN.iter().any(|name| name.eq_ignore_ascii_case(&header.name))).collect()
}

/// Just the custom ones.
pub(super) fn custom(headers: &Headers) -> Vec<Header> {
    all(headers).filter(|header| header.name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("x-"))).collect()
}

/// Headers of an order, as the stack wants them. A line break would start a new header: such a
/// value is left out, as is what the stack writes itself.
pub(super) fn native(headers: &[Header]) -> Vec<sip::Header> {
    headers
        .iter()
        .filter(|header| {
            let forged = [&header.name, &header.value].into_iter().any(|text| text.contains(['\r', '\n', '\0']));
            let token = !header.name.is_empty() && !header.name.contains([' ', ':', '\t']);
            !forged && token && !OWNED.iter().any(|name| name.eq_ignore_ascii_case(&header.name))
        })
        .map(|header| sip::headers::make_header(&header.name, header.value.clone()))
        .collect()
}

fn all(headers: &Headers) -> impl Iterator<Item = Header> {
    headers.iter().map(|header| Header { name: header.name().to_owned(), value: header.value().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(name: &str, value: &str) -> Header {
        Header { name: name.into(), value: value.into() }
    }

    #[test]
    fn an_order_cannot_forge_headers() {
        let made = native(&[
            header("X-Good", "yes"),
            header("X-Bad", "a\r\nRoute: <sip:evil>"),
            header("Via", "SIP/2.0/UDP evil"),
            header("X Bad", "a"),
            header("", "a"),
        ]);
        assert_eq!(made.iter().map(ToString::to_string).collect::<Vec<_>>(), ["X-Good: yes"]);
    }

    #[test]
    fn secrets_and_hops_are_hidden_from_flows() {
        let headers =
            Headers(native(&[header("Authorization", "Digest x"), header("X-Trace", "1"), header("Subject", "hi")]));
        let names = |headers: Vec<Header>| headers.into_iter().map(|header| header.name).collect::<Vec<_>>();
        assert_eq!(names(readable(&headers)), ["X-Trace", "Subject"]);
        assert_eq!(names(custom(&headers)), ["X-Trace"]);
    }
}

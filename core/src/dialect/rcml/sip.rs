//! The address of a noun: a number or SIP URI, with headers behind a `?`.

use super::dial::Target;
use crate::diag::{Diagnostic, Severity, codes};
use crate::dialect::reader::Reader;
use crate::span::Span;
use crate::url::is_sip;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// RCML counts both parts as written, percent-encoding included.
const LONGEST_URI: usize = 254;
const LONGEST_HEADERS: usize = 1023;
/// Headers that keep their names; every other gets an `X-` in front.
const STANDARD: [&str; 4] = ["user-to-user", "remote-party-id", "p-preferred-identity", "p-called-party-id"];

/// Reads the address of a noun; `None` when it cannot be dialled, and the author was told.
pub(super) fn target(reader: &mut Reader<'_>, kind: &str, text: &str, span: Span) -> Option<Target> {
    let (uri, query) = text.split_once('?').unwrap_or((text, ""));
    let uri = uri.trim();
    if uri.len() > LONGEST_URI {
        let message = format!("a SIP URI has at most {LONGEST_URI} characters, found {}; this noun fails", uri.len());
        return fails(reader, span, message, "13243");
    }
    if query.len() > LONGEST_HEADERS {
        let message =
            format!("headers have at most {LONGEST_HEADERS} characters, found {}; this noun fails", query.len());
        return fails(reader, span, message, "21227");
    }
    let is_sip = is_sip(uri);
    let address = match kind {
        "Number" => uri.to_string(),
        _ if is_sip => uri.to_string(),
        _ => format!("sip:{uri}"),
    };
    if kind == "Number"
        && !uri.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ' ' | '(' | ')' | '*' | '#'))
    {
        let message = format!("`{uri}` is no phone number; the dial will fail");
        let mut diagnostic = Diagnostic::new(&codes::NO_DESTINATION, span, message);
        if is_sip || uri.contains('@') {
            diagnostic = diagnostic.note("write it as `<Sip>`");
        }
        reader.report(diagnostic);
    }
    if let Some(transport) = parameter(&address, "transport")
        && !["udp", "tcp", "tls"].contains(&transport.to_ascii_lowercase().as_str())
    {
        let message = format!("unknown transport `{transport}`; this noun fails");
        return fails(reader, span, message, "13243");
    }
    Some(Target { address, headers: headers(reader, query, span) })
}

fn fails(reader: &mut Reader<'_>, span: Span, message: String, vendor: &'static str) -> Option<Target> {
    let mut diagnostic = Diagnostic::new(&codes::NO_DESTINATION, span, message).vendor(vendor);
    diagnostic.severity = Severity::Warning;
    reader.report(diagnostic);
    None
}

fn parameter<'u>(uri: &'u str, name: &str) -> Option<&'u str> {
    uri.split(';')
        .skip(1)
        .filter_map(|part| part.split_once('='))
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

fn headers(reader: &mut Reader<'_>, query: &str, span: Span) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let Some((name, value)) = pair.split_once('=') else {
            warn(reader, span, format!("the header `{pair}` has no value; it is dropped"));
            continue;
        };
        let (name, value) = (decode(reader, name, span), decode(reader, value, span));
        if name.chars().chain(value.chars()).any(char::is_control) {
            warn(
                reader,
                span,
                format!("the header `{}` holds a control character; it is dropped", name.escape_debug()),
            );
            continue;
        }
        let extension = name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("x-"));
        let standard = STANDARD.iter().any(|standard| name.eq_ignore_ascii_case(standard));
        let name = if extension || standard { name } else { format!("X-{name}") };
        if crate::dialect::header_is_ours(&name) {
            warn(reader, span, format!("`{name}` is no header name that can be set; it is dropped"));
            continue;
        }
        headers.push((name, value));
    }
    headers
}

fn warn(reader: &mut Reader<'_>, span: Span, message: String) {
    let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, span, message).vendor("13252");
    diagnostic.severity = Severity::Warning;
    reader.report(diagnostic);
}

/// Percent-decoding, once; `+` stays `+`, a bad escape stays as it is.
fn decode(reader: &mut Reader<'_>, text: &str, span: Span) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    let mut bad = false;
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut ahead = rest.clone();
        match ahead.next().zip(ahead.next()).and_then(|(high, low)| Some(hex(high)? * 16 + hex(low)?)) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = ahead;
            }
            None => {
                bad = true;
                bytes.push(b'%');
            }
        }
    }
    let decoded = String::from_utf8(bytes);
    if bad || decoded.is_err() {
        warn(reader, span, format!("`{text}` holds a broken percent escape; it is kept as written"));
    }
    decoded.unwrap_or_else(|_| text.to_string())
}

fn hex(digit: u8) -> Option<u8> {
    (digit as char).to_digit(16).map(|value| value as u8)
}

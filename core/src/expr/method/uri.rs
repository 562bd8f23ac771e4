//! `encodeURIComponent`, `encodeURI` and their opposites.

use alloc::{format, string::String, vec::Vec};

/// Characters that stand for themselves in an address as a whole.
const RESERVED: &[u8] = b";/?:@&=+$,#";

pub(super) fn encode(text: &str, whole: bool) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        let kept = byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte);
        if kept || (whole && RESERVED.contains(&byte)) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

pub(super) fn decode(text: &str, whole: bool) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        let digits = behind.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        match u8::from_str_radix(digits, 16).ok()? {
            byte if whole && RESERVED.contains(&byte) => {
                bytes.push(b'%');
                bytes.extend(digits.bytes());
            }
            byte => bytes.push(byte),
        }
        rest = behind.get(2..)?;
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).ok()
}

//! Addresses: relative ones (RFC 3986 §5.2, as far as hooks need it) and their credentials.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Whether an address is a SIP URI rather than a number.
#[must_use]
pub fn is_sip(address: &str) -> bool {
    address.starts_with("sip:") || address.starts_with("sips:")
}

/// `reference` against `base`; unchanged when it is absolute or there is no base.
#[must_use]
pub fn resolve(base: Option<&str>, reference: &str) -> String {
    let reference = reference.trim();
    if has_scheme(reference) {
        return reference.to_string();
    }
    let Some((scheme, rest)) = base.and_then(|base| base.split_once("://")) else {
        return reference.to_string();
    };
    if let Some(rest) = reference.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    let rest = rest.split('#').next().unwrap_or(rest);
    let without_query = rest.split('?').next().unwrap_or(rest);
    let (authority, path) = match without_query.find('/') {
        Some(at) => without_query.split_at(at),
        None => (without_query, "/"),
    };
    if reference.is_empty() {
        return format!("{scheme}://{rest}");
    }
    if reference.starts_with('?') {
        return format!("{scheme}://{authority}{path}{reference}");
    }
    let (target, query) = match reference.find(['?', '#']) {
        Some(at) => reference.split_at(at),
        None => (reference, ""),
    };
    let merged = if target.starts_with('/') {
        target.to_string()
    } else {
        let folder = path.rfind('/').map_or("/", |at| path.get(..=at).unwrap_or("/"));
        format!("{folder}{target}")
    };
    format!("{scheme}://{authority}{}{query}", without_dots(&merged))
}

/// Splits `user:password@` off a URL.
#[must_use]
pub fn without_credentials(url: &str) -> (String, Option<String>) {
    let Some((scheme, rest)) = url.split_once("://") else { return (url.to_string(), None) };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    match authority.rsplit_once('@') {
        Some((auth, host)) => (format!("{scheme}://{host}{path}"), Some(auth.to_string())),
        None => (url.to_string(), None),
    }
}

fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    parts.pop();
                }
                if last {
                    parts.push("");
                }
            }
            other => parts.push(other),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn references_against_a_base() {
        let base = Some("https://app.example/calls/first?x=1");
        let check = |reference: &str, expected: &str| assert_eq!(resolve(base, reference), expected, "{reference}");
        check("dial", "https://app.example/calls/dial");
        check("/dial?y=2", "https://app.example/dial?y=2");
        check("../a/./b", "https://app.example/a/b");
        check("?y", "https://app.example/calls/first?y");
        check("", "https://app.example/calls/first?x=1");
        check("//cdn.example/a.wav", "https://cdn.example/a.wav");
        check("http://u:p@h/x", "http://u:p@h/x");
        assert_eq!(resolve(None, "dial"), "dial");
    }
}

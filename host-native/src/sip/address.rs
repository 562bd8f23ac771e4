//! From what a flow dials to a URI and a place to send it to.

use super::header;
use patchcord_core::wire::Header;
use rsipstack::sip::{Host, Scheme, Transport, Uri};
use std::{net::SocketAddr, str::FromStr};

/// Where SIP listens unless told otherwise.
const PORT: u16 = 5060;

/// `PATTERN=sip:…`: what matches the pattern is dialled at the URI instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pattern: String,
    uri: String,
}

impl FromStr for Route {
    type Err = String;

    fn from_str(text: &str) -> Result<Route, String> {
        match text.split_once("=sip:") {
            Some((pattern, uri)) if !pattern.is_empty() && !uri.is_empty() => {
                Ok(Route { pattern: pattern.to_owned(), uri: format!("sip:{uri}") })
            }
            _ => Err("expected `PATTERN=sip:…`, for example `+1555*=sip:alice@192.0.2.7`".into()),
        }
    }
}

/// How addresses are dialled.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    /// Tried first, in order.
    pub overrides: Vec<Route>,
    /// `host:port` that takes bare numbers.
    pub trunk: Option<String>,
}

/// Where an INVITE goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its request URI.
    pub uri: String,
    /// Where the packet is sent.
    pub address: SocketAddr,
    /// Headers that the dialled URI asked for (`?X-Name=value`).
    pub headers: Vec<Header>,
}

/// An address that we cannot dial.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unroutable {
    /// A number, and nowhere to send it.
    #[error("no way to dial the number {0}: give `--trunk host:port`, or a `--route` for it")]
    NoTrunk(String),
    /// Neither a number nor a SIP URI.
    #[error("`{0}` is neither a number nor a SIP URI")]
    Strange(String),
    /// A transport that we do not speak.
    #[error("`{0}` asks for a transport other than UDP")]
    Transport(String),
    /// Its host has no address.
    #[error("cannot find the host of {0}")]
    NoHost(String),
}

impl Routes {
    /// Finds where to dial `to`. `proxy` is where the order wants it sent.
    pub async fn find(&self, to: &str, proxy: Option<&str>) -> Result<Target, Unroutable> {
        let to = to.trim();
        if let Some(route) = self.overrides.iter().find(|route| matches(&route.pattern, to)) {
            return locate(&route.uri, None).await;
        }
        if to.starts_with("sip:") || to.starts_with("sips:") {
            return locate(to, proxy).await;
        }
        let number = to.strip_prefix("tel:").unwrap_or(to);
        let number = number.split(';').next().unwrap_or(number);
        if number.is_empty()
            || number.contains(|letter: char| !letter.is_ascii_graphic() || "@<>\"?;:".contains(letter))
        {
            return Err(Unroutable::Strange(to.to_owned()));
        }
        let through = self.trunk.as_deref().or(proxy).ok_or_else(|| Unroutable::NoTrunk(number.to_owned()))?;
        locate(&format!("sip:{number}@{through}"), None).await
    }
}

async fn locate(text: &str, proxy: Option<&str>) -> Result<Target, Unroutable> {
    let strange = || Unroutable::Strange(text.to_owned());
    let mut uri = Uri::try_from(text).map_err(|_| strange())?;
    // A `sips` URI demands TLS on every hop.
    let other_transport = uri.scheme == Some(Scheme::Sips)
        || uri
            .params
            .iter()
            .any(|param| matches!(param, rsipstack::sip::Param::Transport(transport) if *transport != Transport::Udp));
    if other_transport || !matches!(uri.scheme, Some(Scheme::Sip) | None) {
        return Err(Unroutable::Transport(text.to_owned()));
    }
    let headers = std::mem::take(&mut uri.headers)
        .into_iter()
        .map(|(name, value)| Header { name, value: unescaped(&value) })
        .collect();
    let (host, port) = match proxy {
        Some(proxy) => split(proxy).ok_or_else(strange)?,
        None => {
            let host = match &uri.host_with_port.host {
                Host::IpAddr(ip) => ip.to_string(),
                Host::Domain(domain) => domain.0.clone(),
            };
            (host, uri.host_with_port.port.map_or(PORT, |port| port.0))
        }
    };
    let mut found =
        tokio::net::lookup_host((host.as_str(), port)).await.map_err(|_| Unroutable::NoHost(text.to_owned()))?;
    // We listen on IPv4 unless told otherwise: prefer what we can reach.
    let first = found.next();
    let address = found.find(SocketAddr::is_ipv4).filter(|_| first.is_some_and(|first| first.is_ipv6())).or(first);
    Ok(Target { uri: uri.to_string(), address: address.ok_or_else(strange)?, headers })
}

/// `host`, `host:port` or `[v6]:port`; also a SIP URI.
fn split(text: &str) -> Option<(String, u16)> {
    let text = text.strip_prefix("sip:").unwrap_or(text);
    let text = text.split(';').next()?;
    let text = text.rsplit('@').next()?;
    if let Some(rest) = text.strip_prefix('[') {
        let (host, port) = rest.split_once(']')?;
        return Some((host.to_owned(), port.strip_prefix(':').map_or(Some(PORT), |port| port.parse().ok())?));
    }
    match text.split_once(':') {
        Some((host, port)) => Some((host.to_owned(), port.parse().ok()?)),
        None => Some((text.to_owned(), PORT)),
    }
}

/// Whether `*` wildcards match, case-insensitively.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_ascii_lowercase(), text.to_ascii_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let mut last = None;
    for part in parts {
        last = Some(part);
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    match last {
        None => rest.is_empty(),
        // The last part has to be the end, wherever else it also occurs.
        Some(part) => text.ends_with(part),
    }
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(|_| *first == b'%') {
            Some(code) => {
                bytes.push(code);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A number when the user part of a URI looks like one, else the URI without its parameters.
pub(super) fn party(uri: &Uri) -> String {
    match uri.user() {
        Some(user) if is_number(user) => user.to_owned(),
        Some(user) => format!("sip:{user}@{}", uri.host_with_port),
        None => format!("sip:{}", uri.host_with_port),
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    !digits.is_empty() && digits.chars().all(|letter| letter.is_ascii_digit() || "*#".contains(letter))
}

/// Our URI for the From of an INVITE.
pub(super) fn caller(from: &str, ours: &SocketAddr) -> Uri {
    if let Some(uri) = from.contains(':').then(|| Uri::try_from(from).ok()).flatten() {
        return Uri { headers: Vec::new(), ..uri };
    }
    let user: String =
        from.chars().filter(|letter| letter.is_ascii_alphanumeric() || "+-._*#".contains(*letter)).collect();
    let user = if user.is_empty() { "anonymous".to_owned() } else { user };
    Uri {
        scheme: Some(Scheme::Sip),
        auth: Some(rsipstack::sip::Auth { user, password: None }),
        host_with_port: (*ours).into(),
        ..Uri::default()
    }
}

/// Makes sure that orders go through the same filter as the URI's own headers.
pub(super) fn headers(target: &Target, order: &[Header]) -> Vec<rsipstack::sip::Header> {
    let mut all = header::native(&target.headers);
    all.extend(header::native(order));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_a_shell() {
        for (pattern, text, expected) in [
            ("sip:alice@*", "sip:Alice@example.com", true),
            ("sip:alice@*", "sip:bob@example.com", false),
            ("+1555*", "+15550001", true),
            ("*", "", true),
            ("*01", "+155500010", false),
            ("a*b*c", "a-b-b-c", true),
            ("abc", "abcd", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[tokio::test]
    async fn numbers_uris_and_overrides_find_their_way() {
        let mut routes = Routes { overrides: vec!["+1999*=sip:desk@127.0.0.1:5071".parse().unwrap()], trunk: None };
        let find = |routes: Routes, to: &'static str, proxy: Option<&'static str>| async move {
            routes.find(to, proxy).await.map(|target| (target.uri, target.address.to_string()))
        };
        let place = |uri: &str, address: &str| Ok((uri.to_owned(), address.to_owned()));
        assert_eq!(find(routes.clone(), "+1999123", None).await, place("sip:desk@127.0.0.1:5071", "127.0.0.1:5071"));
        assert_eq!(find(routes.clone(), "sip:a@127.0.0.1", None).await, place("sip:a@127.0.0.1", "127.0.0.1:5060"));
        assert_eq!(
            find(routes.clone(), "sip:a@example.invalid", Some("127.0.0.1:7")).await,
            place("sip:a@example.invalid", "127.0.0.1:7")
        );
        assert_eq!(
            find(routes.clone(), "+1555", Some("127.0.0.1:8")).await,
            place("sip:+1555@127.0.0.1:8", "127.0.0.1:8")
        );
        assert_eq!(find(routes.clone(), "+1555", None).await, Err(Unroutable::NoTrunk("+1555".into())));
        assert!(matches!(find(routes.clone(), "sips:a@127.0.0.1", None).await, Err(Unroutable::Transport(_))));
        assert!(matches!(find(routes.clone(), "two words", None).await, Err(Unroutable::Strange(_))));
        routes.trunk = Some("127.0.0.1:9".into());
        assert_eq!(find(routes, "tel:+1555", Some("127.0.0.1:8")).await, place("sip:+1555@127.0.0.1:9", "127.0.0.1:9"));
    }

    #[tokio::test]
    async fn headers_in_a_uri_become_headers_of_the_invite() {
        let target = Routes::default().find("sip:a@127.0.0.1?X-One=a%20b&X-Two=2", None).await.unwrap();
        assert_eq!(target.uri, "sip:a@127.0.0.1");
        let texts: Vec<String> = headers(&target, &[]).iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["X-One: a b", "X-Two: 2"]);
    }

    #[test]
    fn callers_are_numbers_or_addresses() {
        let uri = |text: &str| Uri::try_from(text).unwrap();
        assert_eq!(party(&uri("sip:+1555@192.0.2.1;user=phone")), "+1555");
        assert_eq!(party(&uri("sip:ada@example.com:5080;x=y")), "sip:ada@example.com:5080");
        let ours = "127.0.0.1:5060".parse().unwrap();
        assert_eq!(caller("+15 55", &ours).to_string(), "sip:+1555@127.0.0.1:5060");
        assert_eq!(caller("", &ours).to_string(), "sip:anonymous@127.0.0.1:5060");
        assert_eq!(caller("sip:ada@example.com", &ours).to_string(), "sip:ada@example.com");
    }
}

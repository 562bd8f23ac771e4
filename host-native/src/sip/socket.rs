//! The socket under the stack. Requests that the stack would drop without a word, because their
//! method is none of its own or their version is another one, are answered here.

use super::inspector::ALLOW;
use rsipstack::{Result, platform::net::UdpSocket};
use std::net::SocketAddr;

/// Methods that the stack can read.
const READABLE: [&str; 14] = [
    "ACK",
    "BYE",
    "CANCEL",
    "INFO",
    "INVITE",
    "MESSAGE",
    "NOTIFY",
    "OPTIONS",
    "PRACK",
    "PUBLISH",
    "REFER",
    "REGISTER",
    "SUBSCRIBE",
    "UPDATE",
];

/// Headers that a response repeats, in their long and short forms.
const REPEATED: [&str; 9] = ["via", "v", "from", "f", "to", "t", "call-id", "i", "cseq"];

/// A UDP socket that answers what the stack cannot read.
pub(super) struct Socket(pub(super) tokio::net::UdpSocket);

#[async_trait::async_trait]
impl UdpSocket for Socket {
    async fn recv_from(&self, buffer: &mut [u8]) -> Result<(usize, SocketAddr)> {
        loop {
            let (length, from) = self.0.recv_from(buffer).await?;
            match buffer.get(..length).and_then(refusal) {
                // One response for each request, to where it came from: nothing is repeated.
                Some(reply) => drop(self.0.send_to(reply.as_bytes(), from).await),
                None => return Ok((length, from)),
            }
        }
    }

    async fn send_to(&self, bytes: &[u8], to: SocketAddr) -> Result<usize> {
        Ok(self.0.send_to(bytes, to).await?)
    }

    fn local_addr(&self) -> Result<SocketAddr> {
        Ok(self.0.local_addr()?)
    }
}

/// The response to a request that the stack cannot read.
fn refusal(bytes: &[u8]) -> Option<String> {
    // Only the head matters; a body may be anything.
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let mut lines = head.split("\r\n");
    let mut words = lines.next()?.split(' ');
    let (method, version) = (words.next()?, words.nth(1)?);
    let number = version.strip_prefix("SIP/")?;
    let token = !method.is_empty()
        && method.chars().all(|letter| letter.is_ascii_alphanumeric() || "-.!%*_+`'~".contains(letter));
    if !token || words.next().is_some() || method == "ACK" {
        return None;
    }
    let status = match (number, READABLE.contains(&method)) {
        ("2.0", true) => return None,
        ("2.0", false) => "501 Not Implemented",
        _ => "505 Version Not Supported",
    };
    let mut reply = format!("SIP/2.0 {status}\r\n");
    let mut seen = [false; REPEATED.len()];
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let name = name.trim().to_ascii_lowercase();
        if let Some(index) = REPEATED.iter().position(|repeated| *repeated == name) {
            seen[index] = true;
            let untagged = matches!(name.as_str(), "to" | "t") && !value.contains(";tag=");
            reply += line;
            reply += if untagged { ";tag=refused\r\n" } else { "\r\n" };
        }
    }
    let complete =
        (seen[0] || seen[1]) && (seen[2] || seen[3]) && (seen[4] || seen[5]) && (seen[6] || seen[7]) && seen[8];
    complete.then(|| reply + "Allow: " + ALLOW + "\r\nContent-Length: 0\r\n\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(line: &str) -> String {
        format!(
            "{line}\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nf: <sip:a@h>;tag=1\r\nTo: <sip:b@h>\r\ni: 7\r\nCSeq: 1 X\r\n\r\nbody"
        )
    }

    fn status(line: &str) -> Option<String> {
        refusal(request(line).as_bytes()).map(|reply| reply.lines().next().unwrap_or_default().to_owned())
    }

    #[test]
    fn what_the_stack_would_drop_is_answered() {
        assert_eq!(status("NEWMETHOD sip:b@h SIP/2.0").as_deref(), Some("SIP/2.0 501 Not Implemented"));
        assert_eq!(status("INVITE sip:b@h SIP/7.0").as_deref(), Some("SIP/2.0 505 Version Not Supported"));
        let reply = refusal(request("BREW sip:b@h SIP/2.0").as_bytes()).unwrap();
        assert!(reply.contains("To: <sip:b@h>;tag=refused\r\n") && reply.contains("\r\ni: 7\r\n"), "{reply}");
    }

    #[test]
    fn everything_else_is_left_to_the_stack() {
        for line in ["INVITE sip:b@h SIP/2.0", "ACK sip:b@h SIP/9.0", "SIP/2.0 200 OK", "hello", "", "A B C D SIP/2.0"]
        {
            assert_eq!(status(line), None, "{line}");
        }
        assert_eq!(refusal(b"BREW sip:b@h SIP/2.0\r\nVia: x\r\n\r\n"), None);
        assert_eq!(refusal(&[0xff; 600]), None);
    }
}

//! Offer and answer (RFC 3264) for one audio stream.

use super::Codec;
use std::{fmt::Write as _, net::SocketAddr};

/// Payload type under which we offer RFC 4733 keys.
pub(crate) const EVENT_TYPE: u8 = 101;

/// Why a session description is of no use to us.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SdpError {
    /// It is not SDP.
    #[error("the session description cannot be read: {0}")]
    Syntax(String),
    /// No audio line that we could use.
    #[error("the session description has no usable audio")]
    NoAudio,
    /// Audio, but neither PCMU nor PCMA.
    #[error("the session description has neither PCMU nor PCMA")]
    NoCodec,
}

/// What the other side says about its audio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Description {
    /// Where it wants its packets; `None` while it holds us.
    pub(crate) remote: Option<SocketAddr>,
    /// Codecs we share, in its order.
    pub(crate) codecs: Vec<Codec>,
    /// Payload type of its RFC 4733 events.
    pub(crate) event: Option<u8>,
    /// What we may do from its point of view, turned around for our answer.
    pub(crate) direction: Direction,
    /// All its media lines (kind, protocol, formats); an answer has to mirror them.
    lines: Vec<(String, String, String)>,
    /// Which of them is ours.
    chosen: usize,
}

/// Who sends, as seen by the side that writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Both,
    SendOnly,
    ReceiveOnly,
    Inactive,
}

impl Direction {
    const ALL: [Direction; 4] = [Direction::Both, Direction::SendOnly, Direction::ReceiveOnly, Direction::Inactive];

    const fn name(self) -> &'static str {
        match self {
            Direction::Both => "sendrecv",
            Direction::SendOnly => "sendonly",
            Direction::ReceiveOnly => "recvonly",
            Direction::Inactive => "inactive",
        }
    }

    const fn turned(self) -> Direction {
        match self {
            Direction::SendOnly => Direction::ReceiveOnly,
            Direction::ReceiveOnly => Direction::SendOnly,
            other => other,
        }
    }
}

impl Description {
    /// Reads an offer or an answer.
    pub(crate) fn parse(text: &str) -> Result<Description, SdpError> {
        let session =
            sdp_types::Session::parse(text.as_bytes()).map_err(|error| SdpError::Syntax(error.to_string()))?;
        let chosen = session
            .medias
            .iter()
            .position(|media| media.media == "audio" && media.port != 0 && media.proto.contains("RTP/AVP"))
            .ok_or(SdpError::NoAudio)?;
        let media = session.medias.get(chosen).ok_or(SdpError::NoAudio)?;
        let connection = media.connections.first().or(session.connection.as_ref());
        let ip = connection
            .and_then(|connection| connection.connection_address.split('/').next()?.parse().ok())
            .ok_or(SdpError::NoAudio)?;
        let remote = SocketAddr::new(ip, media.port);

        let mapping = |number: u8| {
            media.attributes.iter().find_map(|attribute| {
                let value = attribute.value.as_deref().filter(|_| attribute.attribute == "rtpmap")?;
                let (key, name) = value.split_once(' ')?;
                (key.parse() == Ok(number)).then(|| name.trim())
            })
        };
        let mut codecs = Vec::new();
        let mut event = None;
        for number in media.fmt.split_whitespace().filter_map(|number| number.parse().ok()) {
            let name = mapping(number).map(|name| name.to_ascii_lowercase());
            // The two laws have static numbers; a mapping of such a number to something else counts.
            match (name.as_deref(), Codec::of_payload_type(number)) {
                (None, Some(codec)) => codecs.push(codec),
                (Some(name), Some(codec)) if name.starts_with(&codec.name().to_ascii_lowercase()) => {
                    codecs.push(codec);
                }
                (Some(name), _) if name.starts_with("telephone-event/8000") => event = Some(number),
                _ => {}
            }
        }
        if codecs.is_empty() {
            return Err(SdpError::NoCodec);
        }
        let direction = [&media.attributes, &session.attributes]
            .into_iter()
            .flatten()
            .find_map(|attribute| Direction::ALL.into_iter().find(|direction| direction.name() == attribute.attribute))
            .unwrap_or(Direction::Both);
        Ok(Description {
            remote: (!remote.ip().is_unspecified()).then_some(remote),
            codecs,
            event,
            direction,
            lines: session
                .medias
                .iter()
                .map(|media| (media.media.clone(), media.proto.clone(), media.fmt.clone()))
                .collect(),
            chosen,
        })
    }

    /// Whether it wants to hear us.
    pub(crate) fn listens(&self) -> bool {
        matches!(self.direction, Direction::Both | Direction::ReceiveOnly)
    }
}

/// One version of our own description.
pub(crate) struct Own<'a> {
    pub(crate) local: SocketAddr,
    pub(crate) session: u32,
    pub(crate) version: u32,
    pub(crate) codecs: &'a [Codec],
    pub(crate) event: Option<u8>,
}

impl Own<'_> {
    /// Our offer.
    pub(crate) fn offer(&self) -> String {
        let mut out = self.head();
        self.audio(&mut out, "RTP/AVP", Direction::Both);
        out
    }

    /// Our answer to an offer: one line of ours for its audio, everything else refused.
    pub(crate) fn answer(&self, offer: &Description) -> String {
        let mut out = self.head();
        for (index, (kind, protocol, formats)) in offer.lines.iter().enumerate() {
            if index == offer.chosen {
                self.audio(&mut out, protocol, offer.direction.turned());
            } else {
                let _ = write!(out, "m={kind} 0 {protocol} {formats}\r\n");
            }
        }
        out
    }

    fn head(&self) -> String {
        let ip = self.local.ip();
        let family = if ip.is_ipv4() { "IP4" } else { "IP6" };
        format!(
            "v=0\r\no=patchcord {} {} IN {family} {ip}\r\ns=-\r\nc=IN {family} {ip}\r\nt=0 0\r\n",
            self.session, self.version
        )
    }

    fn audio(&self, out: &mut String, protocol: &str, direction: Direction) {
        let _ = write!(out, "m=audio {} {protocol}", self.local.port());
        for codec in self.codecs {
            let _ = write!(out, " {}", codec.payload_type());
        }
        if let Some(event) = self.event {
            let _ = write!(out, " {event}");
        }
        out.push_str("\r\n");
        for codec in self.codecs {
            let _ = write!(out, "a=rtpmap:{} {}/8000\r\n", codec.payload_type(), codec.name());
        }
        if let Some(event) = self.event {
            let _ = write!(out, "a=rtpmap:{event} telephone-event/8000\r\na=fmtp:{event} 0-15\r\n");
        }
        let _ = write!(out, "a=ptime:20\r\na={}\r\n", direction.name());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFER: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n\
        m=video 4000 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n\
        m=audio 4002 RTP/AVP 111 8 96 0\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:96 telephone-event/8000\r\na=sendonly\r\n";

    #[test]
    fn an_offer_is_read_and_answered_line_by_line() {
        let offer = Description::parse(OFFER).unwrap();
        assert_eq!(offer.remote, Some("192.0.2.1:4002".parse().unwrap()));
        assert_eq!(offer.codecs, [Codec::Pcma, Codec::Pcmu]);
        assert_eq!(offer.event, Some(96));
        assert!(!offer.listens());
        let own = Own {
            local: "127.0.0.1:9000".parse().unwrap(),
            session: 5,
            version: 1,
            codecs: &offer.codecs[..1],
            event: offer.event,
        };
        let answer = own.answer(&offer);
        assert!(answer.contains("m=video 0 RTP/AVP 96\r\nm=audio 9000 RTP/AVP 8 96\r\n"), "{answer}");
        assert!(answer.ends_with("a=recvonly\r\n"), "{answer}");
        let read = Description::parse(&answer).unwrap();
        assert_eq!((read.codecs.as_slice(), read.event), (&[Codec::Pcma][..], Some(96)));
    }

    #[test]
    fn hold_and_nonsense_are_told_apart() {
        let held = OFFER.replace("c=IN IP4 192.0.2.1", "c=IN IP4 0.0.0.0");
        assert_eq!(Description::parse(&held).unwrap().remote, None);
        assert_eq!(Description::parse("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nt=0 0\r\n"), Err(SdpError::NoAudio));
        assert_eq!(Description::parse(&OFFER.replace("111 8 96 0", "111")), Err(SdpError::NoCodec));
        assert!(matches!(Description::parse("hello"), Err(SdpError::Syntax(_))));
    }
}

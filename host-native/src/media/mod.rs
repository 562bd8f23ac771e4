//! Audio: RTP sockets, offer and answer, relaying, playing.
//!
//! A leg has one [`Stream`]: one socket. Packets are taken only from the address its SDP names.
//! Between bridged legs packets are passed on in the numbers of our own RTP session, so that
//! a phone does not notice when a clip ends and another person begins to speak.

mod clips;
mod law;
mod play;
mod rtp;
mod sdp;
mod sound;
mod stream;
mod tone;
mod voice;
mod wav;

pub use clips::Clips;
pub use law::Codec;
pub use sdp::SdpError;
pub use sound::Sound;
pub use stream::Stream;
pub use tone::Tone;

use crate::report::Report;
use patchcord_core::{id::MediaId, wire::MediaResult};
use std::{
    hash::{BuildHasher as _, Hasher as _, RandomState},
    io,
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    sync::atomic::{AtomicU16, Ordering},
};
use tokio::net::UdpSocket;

/// What a stream reports.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A key was pressed (RFC 4733).
    Key(char),
    /// A play is over.
    Played {
        /// Which one.
        media: MediaId,
        /// How it ended.
        result: MediaResult,
        /// Why it failed.
        error: Option<String>,
    },
}

/// Packets of one leg.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Sent to it.
    pub sent: u64,
    /// Taken from it.
    pub received: u64,
    /// Came to its socket from elsewhere, or were no RTP.
    pub refused: u64,
}

/// Where streams get their sockets.
#[derive(Debug)]
pub struct Ports {
    ip: IpAddr,
    advertised: IpAddr,
    range: Option<RangeInclusive<u16>>,
    next: AtomicU16,
}

impl Ports {
    /// Sockets on `ip`, in a range of ports or wherever the system likes. `advertised` is the
    /// address written into SDP.
    #[must_use]
    pub fn new(ip: IpAddr, advertised: IpAddr, range: Option<RangeInclusive<u16>>) -> Ports {
        Ports { ip, advertised, range, next: AtomicU16::new(0) }
    }

    /// Opens the audio of one leg.
    pub async fn open(&self, facts: Report<Fact>) -> io::Result<Stream> {
        let socket = self.socket().await?;
        let local = SocketAddr::new(self.advertised, socket.local_addr()?.port());
        Ok(Stream::new(socket, local, facts, random()))
    }

    async fn socket(&self) -> io::Result<UdpSocket> {
        let Some(range) = &self.range else {
            return UdpSocket::bind((self.ip, 0)).await;
        };
        let width = u32::from(*range.end()).saturating_sub(u32::from(*range.start())) + 1;
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for _ in 0..width {
            let step = u32::from(self.next.fetch_add(1, Ordering::Relaxed)) % width;
            let port = (u32::from(*range.start()) + step) as u16;
            match UdpSocket::bind((self.ip, port)).await {
                Ok(socket) => return Ok(socket),
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}

/// An unpredictable number, from the random keys that the standard library makes for its maps.
pub(crate) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests;

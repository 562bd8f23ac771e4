//! The audio of one leg: one UDP socket, what comes in, what goes out.

use super::{
    Codec, Counters, Fact, SdpError,
    rtp::{self, HEADER, MAX_PACKET, Packet},
    sdp::{Description, EVENT_TYPE, Own},
    sound::FRAME,
    voice::Voice,
};
use crate::report::Report;
use patchcord_core::id::MediaId;
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};
use tokio::net::UdpSocket;
use tokio_util::sync::CancellationToken;

/// The audio of one leg. Cheap to clone; [`Stream::close`] ends it for all clones.
#[derive(Clone, Debug)]
pub struct Stream {
    pub(super) shared: Arc<Shared>,
}

#[derive(Debug)]
pub(super) struct Shared {
    socket: UdpSocket,
    /// The address we write into SDP.
    local: SocketAddr,
    facts: Report<Fact>,
    pub(super) closed: CancellationToken,
    state: Mutex<State>,
}

#[derive(Debug)]
pub(super) struct State {
    /// The only address that we send to and accept packets from.
    remote: Option<SocketAddr>,
    /// What we send.
    pub(super) codec: Codec,
    /// Payload type of RFC 4733 events, in both directions.
    event: Option<u8>,
    /// Whether the other side wants to hear us.
    listens: bool,
    session: u32,
    version: u32,
    /// Who hears this leg.
    listener: Weak<Shared>,
    /// Our side of the RTP session: one unbroken voice, whoever speaks.
    voice: Voice,
    /// Plays under way, and how to stop them.
    pub(super) plays: BTreeMap<u32, CancellationToken>,
    /// The play that is heard; while there is one, the bridge is not.
    pub(super) on_air: Option<MediaId>,
    /// Timestamp of the key that was reported last.
    last_key: Option<u32>,
    pub(super) counters: Counters,
}

impl Stream {
    pub(super) fn new(socket: UdpSocket, local: SocketAddr, facts: Report<Fact>, seed: u64) -> Stream {
        let shared = Arc::new(Shared {
            socket,
            local,
            facts,
            closed: CancellationToken::new(),
            state: Mutex::new(State {
                remote: None,
                codec: Codec::Pcmu,
                event: None,
                listens: true,
                session: (seed >> 33) as u32,
                version: 0,
                listener: Weak::new(),
                voice: Voice::new(seed),
                plays: BTreeMap::new(),
                on_air: None,
                last_key: None,
                counters: Counters::default(),
            }),
        });
        tokio::spawn(receive(Arc::clone(&shared)));
        Stream { shared }
    }

    /// Our offer, with these codecs or, when there are none, with all.
    #[must_use]
    pub fn offer(&self, codecs: &[Codec]) -> String {
        let mut state = self.shared.state();
        state.event = Some(EVENT_TYPE);
        let codecs = if codecs.is_empty() { &Codec::ALL[..] } else { codecs };
        self.shared.own(&mut state, codecs).offer()
    }

    /// Takes the answer to our offer.
    pub fn accept(&self, answer: &str) -> Result<(), SdpError> {
        let answer = Description::parse(answer)?;
        self.shared.state().agree(&answer);
        Ok(())
    }

    /// Answers an offer, the first one or a later one.
    pub fn answer(&self, offer: &str) -> Result<String, SdpError> {
        let offer = Description::parse(offer)?;
        let mut state = self.shared.state();
        state.agree(&offer);
        let codec = [state.codec];
        Ok(self.shared.own(&mut state, &codec).answer(&offer))
    }

    /// Answers an offer with one codec of ours, when it is offered.
    pub fn answer_in(&self, codec: Codec, offer: &str) -> Result<String, SdpError> {
        let mut offer = Description::parse(offer)?;
        offer.codecs.retain(|offered| *offered == codec);
        let mut state = self.shared.state();
        state.agree(&offer);
        let codec = [*offer.codecs.first().ok_or(SdpError::NoCodec)?];
        Ok(self.shared.own(&mut state, &codec).answer(&offer))
    }

    /// The address in our SDP.
    #[must_use]
    pub fn local(&self) -> SocketAddr {
        self.shared.local
    }

    /// Packets so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.shared.state().counters
    }

    /// Lets `listener` hear this leg, instead of whoever heard it before.
    pub fn feed(&self, listener: &Stream) {
        self.shared.state().listener = Arc::downgrade(&listener.shared);
        // What a previous speaker sent belongs to another sequence.
        listener.shared.state().voice.interrupt();
    }

    /// Lets nobody hear this leg; with `listener`, only if it was that one.
    pub fn unfeed(&self, listener: &Stream) {
        let mut state = self.shared.state();
        if state.listener.as_ptr() == Arc::as_ptr(&listener.shared) {
            state.listener = Weak::new();
        }
    }

    /// Sends a key as an RFC 4733 event: three packets that start it and three that end it.
    pub fn press(&self, key: char) {
        let Some(code) = "0123456789*#ABCD".chars().position(|known| known == key) else { return };
        let mut state = self.shared.state();
        let Some(event) = state.event else { return };
        for index in 0..6u16 {
            let end = index >= 3;
            let duration = (index.min(3) + 1) * FRAME as u16;
            let [high, low] = duration.to_be_bytes();
            let payload = [code as u8, if end { 0x8a } else { 0x0a }, high, low];
            self.shared.say(&mut state, event, &payload, if index == 0 { FRAME as u32 } else { 0 });
        }
    }

    /// Ends the stream: every play is stopped, the socket is closed.
    pub fn close(&self) {
        self.shared.closed.cancel();
    }
}

impl State {
    fn agree(&mut self, theirs: &Description) {
        self.remote = theirs.remote;
        self.event = theirs.event;
        self.listens = theirs.listens();
        // An answer may still list both laws: the first one is what they like best.
        if let Some(codec) = theirs.codecs.first() {
            self.codec = *codec;
        }
    }
}

impl Shared {
    /// A poisoned lock only means that some task died between two packets.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn tell(&self, fact: Fact) {
        self.facts.tell(fact);
    }

    fn own<'a>(&self, state: &mut State, codecs: &'a [Codec]) -> Own<'a> {
        state.version += 1;
        Own { local: self.local, session: state.session, version: state.version, codecs, event: state.event }
    }

    /// Sends a payload of our own making, `advance` samples after the previous one.
    pub(super) fn say(&self, state: &mut State, payload_type: u8, payload: &[u8], advance: u32) {
        let packet = state.voice.say(payload_type, payload, advance);
        self.send(state, &packet);
    }

    fn send(&self, state: &mut State, packet: &Packet<'_>) {
        let mut bytes = [0; MAX_PACKET];
        let (Some(remote), true) = (state.remote, state.listens) else { return };
        let Some(length) = packet.write(&mut bytes) else { return };
        // Past the runtime, which knows of a new socket only later that it can be written to.
        // A full socket buffer drops a packet, as a full line would.
        let socket = socket2::SockRef::from(&self.socket);
        if socket.send_to(&bytes[..length], &remote.into()).is_ok() {
            state.counters.sent += 1;
        }
    }

    fn heard(&self, from: SocketAddr, bytes: &mut [u8]) {
        let (law, is_event);
        let listener = {
            let mut state = self.state();
            match state.remote {
                Some(remote) if remote == from => {}
                Some(_) => {
                    state.counters.refused += 1;
                    return;
                }
                // It may overtake the answer that names its sender; nobody is trusted before.
                None => return,
            }
            let Some(packet) = Packet::parse(bytes) else {
                state.counters.refused += 1;
                return;
            };
            state.counters.received += 1;
            is_event = state.event == Some(packet.payload_type);
            law = Codec::of_payload_type(packet.payload_type);
            if is_event
                && state.last_key != Some(packet.timestamp)
                && let Some(key) = rtp::key_of_event(packet.payload)
            {
                state.last_key = Some(packet.timestamp);
                self.tell(Fact::Key(key));
            }
            state.listener.upgrade()
        };
        if let Some(listener) = listener.filter(|_| is_event || law.is_some()) {
            listener.relay(bytes, law.filter(|_| !is_event));
        }
    }

    /// Passes on a packet that the bridged leg sent; `law` is absent for a key.
    fn relay(&self, bytes: &mut [u8], law: Option<Codec>) {
        let mut state = self.state();
        if state.on_air.is_some() {
            return;
        }
        let payload_type = match law {
            Some(law) => {
                let start = Packet::parse(bytes).map(|packet| bytes.len() - packet.payload.len());
                law.transcode(state.codec, &mut bytes[start.unwrap_or(HEADER)..]);
                state.codec.payload_type()
            }
            None => match state.event {
                Some(event) => event,
                None => return,
            },
        };
        let Some(packet) = Packet::parse(bytes) else { return };
        let packet = state.voice.relay(payload_type, &packet);
        self.send(&mut state, &packet);
    }
}

async fn receive(shared: Arc<Shared>) {
    let mut bytes = [0; MAX_PACKET];
    loop {
        tokio::select! {
            () = shared.closed.cancelled() => return,
            received = shared.socket.recv_from(&mut bytes) => {
                // An error here is an ICMP message about an earlier packet: of no interest.
                if let Ok((length, from)) = received {
                    shared.heard(from, &mut bytes[..length]);
                }
            }
        }
    }
}

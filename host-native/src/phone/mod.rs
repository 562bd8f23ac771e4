//! A SIP phone of a few lines: real sockets, real audio. The demo and the tests use it.

use crate::{
    hooks::Hooks,
    media::{Clips, Codec, Counters, Fact, Ports, Stream},
    report::Report,
    sip::{Dial, Invitation, Leg, Negotiate, Setting, Signal, Target, UserAgent},
};
use patchcord_core::{
    id::MediaId,
    time::Millis,
    wire::{Caller, Clip},
};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A phone on a loopback port of its own.
pub struct Phone {
    agent: UserAgent,
    invited: UnboundedReceiver<Invitation>,
    ports: Ports,
    clips: Arc<Clips>,
    codec: Codec,
}

/// One call of a phone.
pub struct PhoneCall {
    /// Who calls, when it was called.
    pub caller: Option<Caller>,
    leg: Leg,
    stream: Stream,
    sdp: String,
    happened: UnboundedReceiver<Happened>,
    clips: Arc<Clips>,
}

/// What a phone notices.
#[derive(Clone, Debug, PartialEq)]
pub enum Happened {
    /// Its leg says so.
    Signal(Signal),
    /// It was sent a key.
    Key(char),
}

impl Phone {
    /// Plugs a phone in. It speaks one codec.
    pub async fn start(name: &str, codec: Codec) -> Result<Phone, String> {
        let ip = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let setting = Setting { listen: SocketAddr::new(ip, 0), name: name.to_owned() };
        let (agent, invited) = UserAgent::start(setting).await.map_err(|error| error.to_string())?;
        let hooks = Hooks::new().map_err(|error| error.to_string())?;
        let clips = Arc::new(Clips::new(hooks.client()));
        Ok(Phone { agent, invited, ports: Ports::new(ip, ip, None), clips, codec })
    }

    /// Where it can be called.
    #[must_use]
    pub fn local(&self) -> SocketAddr {
        self.agent.local()
    }

    /// Calls a number at an address.
    pub async fn call(&self, from: &str, number: &str, address: SocketAddr) -> Result<PhoneCall, String> {
        let (told, happened) = unbounded_channel();
        let stream = self.stream(told.clone()).await?;
        let sdp = stream.offer(&[self.codec]);
        let dial = Dial {
            target: Target { uri: format!("sip:{number}@{address}"), address, headers: Vec::new() },
            from: from.to_owned(),
            from_name: None,
            headers: Vec::new(),
            login: None,
            offer: sdp.clone(),
        };
        let leg = self.agent.dial(dial, negotiate(&stream), signals(&stream, told))?;
        Ok(PhoneCall { caller: None, leg, stream, sdp, happened, clips: Arc::clone(&self.clips) })
    }

    /// Waits to be called. `None` when the phone is unplugged or the call is of no use.
    pub async fn called(&mut self) -> Option<PhoneCall> {
        let invitation = self.invited.recv().await?;
        let (told, happened) = unbounded_channel();
        let stream = self.stream(told.clone()).await.ok()?;
        let sdp = match &invitation.offer {
            Some(offer) => stream.answer_in(self.codec, offer).ok()?,
            None => stream.offer(&[self.codec]),
        };
        let caller = Some(invitation.caller.clone());
        let leg = invitation.take(negotiate(&stream), signals(&stream, told))?;
        Some(PhoneCall { caller, leg, stream, sdp, happened, clips: Arc::clone(&self.clips) })
    }

    /// Unplugs it.
    pub fn close(&self) {
        self.agent.close();
    }

    async fn stream(&self, told: UnboundedSender<Happened>) -> Result<Stream, String> {
        let keys = Report::new(move |fact| {
            if let Fact::Key(key) = fact {
                drop(told.send(Happened::Key(key)));
            }
        });
        self.ports.open(keys).await.map_err(|error| error.to_string())
    }
}

impl PhoneCall {
    /// What happened next; `None` when nothing more can.
    pub async fn next(&mut self) -> Option<Happened> {
        self.happened.recv().await
    }

    /// Says that it rings.
    pub fn ring(&self) {
        self.leg.ring(None);
    }

    /// Picks up.
    pub fn answer(&self) {
        self.leg.answer(self.sdp.clone());
    }

    /// Refuses the call.
    pub fn reject(&self, status: u16) {
        self.leg.reject(status, &[]);
    }

    /// Gives up before the answer.
    pub fn cancel(&self) {
        self.leg.cancel();
    }

    /// Hangs up.
    pub fn hang_up(&self) {
        self.leg.hangup(&[]);
    }

    /// Hums the ringing tone of a country, or plays another clip, for so long.
    pub fn hum(&self, country: &str, ms: u64) {
        let clip = Clip::Ring { country: country.to_owned(), ms: Some(Millis(ms)) };
        self.stream.play(MediaId(1), clip, 0.0, Arc::clone(&self.clips));
    }

    /// Presses a key.
    pub fn press(&self, key: char) {
        self.stream.press(key);
    }

    /// Its packets so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.stream.counters()
    }
}

impl Drop for PhoneCall {
    fn drop(&mut self) {
        self.stream.close();
    }
}

fn negotiate(stream: &Stream) -> Negotiate {
    let stream = stream.clone();
    Arc::new(move |offer| match offer {
        Some(offer) => stream.answer(offer).ok(),
        None => Some(stream.offer(&[])),
    })
}

/// Takes the answer to our offer on its way to whoever watches.
fn signals(stream: &Stream, told: UnboundedSender<Happened>) -> Report<Signal> {
    let stream = stream.clone();
    Report::new(move |signal| {
        let sdp = match &signal {
            Signal::EarlyMedia { sdp, .. } => Some(sdp),
            Signal::Answered { sdp, .. } | Signal::Acknowledged { sdp } => sdp.as_ref(),
            _ => None,
        };
        if let Some(Err(error)) = sdp.map(|sdp| stream.accept(sdp)) {
            tracing::warn!("the other side's audio is of no use: {error}");
        }
        drop(told.send(Happened::Signal(signal)));
    })
}

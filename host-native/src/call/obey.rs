//! Obeying the engine's orders.

use super::{
    What,
    line::{Line, Progress},
    pump::{Call, Input, negotiate},
};
use crate::{
    media::{Codec, Stream},
    sip::{Dial, Target, Unroutable},
};
use patchcord_core::{
    id::{LegId, MediaId},
    wire::{Cause, Command, Event, MediaResult},
};
use std::sync::Arc;

impl Call {
    /// Obeys one order. What comes of it arrives later, as a fact.
    pub(super) async fn obey(&mut self, command: Command) {
        match command {
            Command::Ring { leg, media } => {
                if let Some(line) = self.lines.get(&leg)
                    && let Some(dialog) = &line.leg
                {
                    dialog.ring(media.then(|| line.sdp.clone()));
                }
            }
            Command::Answer { leg, .. } => {
                if let Some(line) = self.lines.get_mut(&leg)
                    && let Some(dialog) = &line.leg
                {
                    dialog.answer(line.sdp.clone());
                    line.progress = Progress::Answered;
                }
            }
            Command::Reject { leg, status, headers } => {
                if let Some(line) = self.lines.get_mut(&leg) {
                    line.end(true, status, &headers);
                    self.drop_line(leg);
                }
            }
            Command::Originate { .. } => self.originate(command).await,
            Command::Cancel { leg } => {
                if let Some(line) = self.lines.get_mut(&leg) {
                    let routing = line.progress == Progress::Routing;
                    if line.progress != Progress::Answered {
                        line.end(false, 487, &[]);
                    }
                    // No INVITE was sent yet: nothing will come of it but this.
                    if routing {
                        self.fail(leg, 487, "Request Terminated");
                    }
                }
            }
            Command::Hangup { leg, headers, .. } => {
                let caller = leg == LegId::CALLER;
                if let Some(line) = self.lines.get_mut(&leg)
                    && !line.end(caller, 480, &headers)
                {
                    self.drop_line(leg);
                    self.tell(Event::Ended { leg, cause: Cause::Normal, headers: Vec::new() });
                }
            }
            Command::Bridge { a, b, early } => {
                if let (Some(a), Some(b)) = (self.lines.get(&a), self.lines.get(&b)) {
                    b.stream.feed(&a.stream);
                    if !early {
                        a.stream.feed(&b.stream);
                    }
                }
            }
            Command::Unbridge { a, b } => {
                if let (Some(a), Some(b)) = (self.lines.get(&a), self.lines.get(&b)) {
                    a.stream.unfeed(&b.stream);
                    b.stream.unfeed(&a.stream);
                }
            }
            Command::Play { leg, media, clip, volume } => {
                let clips = Arc::clone(&self.host.clips);
                self.start(leg, media, |stream| stream.play(media, clip, volume, clips));
            }
            Command::SendDigits { leg, media, digits } => {
                self.start(leg, media, |stream| stream.send_digits(media, digits));
            }
            Command::Stop { leg, media } => {
                if let Some(line) = self.lines.get(&leg) {
                    line.stream.stop(media);
                }
            }
            Command::Fetch { fetch, request } => self.desk.fetch(fetch, request),
            Command::Notify { notify, request } => self.desk.notify(notify, request),
            Command::Done { outcome } => self.outcome = Some(outcome),
            Command::UserEvent { leg, event } => {
                self.see(What::Note(format!("no client on {leg} listens for the event {}", event.to_json())));
            }
            Command::Adjust { leg, .. } => {
                self.see(What::Note(format!("nothing runs on {leg} that could be adjusted")))
            }
            order @ (Command::Record { .. }
            | Command::Recognize { .. }
            | Command::Tap { .. }
            | Command::Stream { .. }
            | Command::Detect { .. }
            | Command::Denoise { .. }
            | Command::Echo { .. }
            | Command::Transcribe { .. }
            | Command::Enqueue { .. }
            | Command::Join { .. }
            | Command::Refer { .. }
            | Command::Extend { .. }) => {
                // This host cannot do it yet: the flow is told, and goes on as the platform documents it.
                if let Some((leg, media)) = order.activity() {
                    let error = Some("this host cannot do it".into());
                    self.tell(Event::MediaDone { leg, media, result: MediaResult::Unsupported, error });
                }
            }
        }
    }

    /// Starts what a leg shall hear; on a leg that is gone, it failed.
    fn start(&mut self, leg: LegId, media: MediaId, begin: impl FnOnce(&Stream)) {
        match self.lines.get_mut(&leg) {
            Some(line) => {
                line.plays.insert(media.0);
                begin(&line.stream);
            }
            None => {
                let error = Some(format!("{leg} is gone"));
                self.tell(Event::MediaDone { leg, media, result: MediaResult::Failed, error });
            }
        }
    }

    /// Opens the audio of a new leg, and looks for the way to it beside the call's own task.
    async fn originate(&mut self, order: Command) {
        let Command::Originate { leg, to, proxy, codecs, encryption, .. } = &order else { return };
        let leg = *leg;
        if to.starts_with("queue:") || to.starts_with("stream:") {
            self.see(What::Note(format!("{leg}: this host cannot dial {to}")));
            return self.fail(leg, 501, "Not Implemented");
        }
        if encryption.as_deref() == Some("mandatory") {
            self.see(What::Note(format!("{leg}: encryption is mandatory, and this host has none")));
            return self.fail(leg, 488, "Not Acceptable Here");
        }
        let stream = match self.open_stream(leg).await {
            Ok(stream) => stream,
            Err(error) => {
                self.see(What::Note(format!("{leg}: no socket for its audio: {error}")));
                return self.fail(leg, 503, "Service Unavailable");
            }
        };
        let codecs: Vec<Codec> = codecs.iter().filter_map(|name| Codec::named(name)).collect();
        let offer = stream.offer(&codecs);
        self.lines.insert(leg, Line::new(None, stream, Progress::Routing, offer));
        let (host, to, proxy) = (Arc::clone(&self.host), to.clone(), proxy.clone());
        let inputs = self.inputs.clone();
        tokio::spawn(async move {
            let found = host.setting.routes.find(&to, proxy.as_deref()).await;
            drop(inputs.send(Input::Routed(leg, found, Box::new(order))));
        });
    }

    /// Sends the INVITE of an order whose way is known.
    pub(super) fn dial(&mut self, leg: LegId, found: Result<Target, Unroutable>, order: Command) -> Option<Event> {
        let line = self.lines.get(&leg).filter(|line| line.progress == Progress::Routing)?;
        let Command::Originate { from, from_name, headers, username, password, .. } = order else { return None };
        let dialled = found.map_err(|error| error.to_string()).and_then(|target| {
            let dial = Dial {
                target,
                from,
                from_name,
                headers,
                login: username.map(|username| (username, password.unwrap_or_default())),
                offer: line.sdp.clone(),
            };
            self.host.agent.dial(dial, negotiate(&line.stream), self.signals(leg))
        });
        match dialled {
            Ok(dialog) => {
                if let Some(line) = self.lines.get_mut(&leg) {
                    line.leg = Some(dialog);
                    line.progress = Progress::Ringing;
                }
            }
            Err(problem) => {
                tracing::warn!("{leg}: {problem}");
                self.see(What::Note(format!("{leg}: {problem}")));
                self.fail(leg, 503, "Service Unavailable");
            }
        }
        None
    }

    /// Reports that a leg ended before anything was sent.
    fn fail(&mut self, leg: LegId, status: u16, reason: &str) {
        self.drop_line(leg);
        self.tell(Event::Failed { leg, status, reason: reason.into(), headers: Vec::new(), sip_call_id: None });
    }

    fn tell(&self, event: Event) {
        drop(self.inputs.send(Input::Hook(event)));
    }
}

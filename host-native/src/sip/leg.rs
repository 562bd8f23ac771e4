//! One leg, steered.

use super::{Signal, agent::Agent, header};
use crate::report::Report;
use patchcord_core::wire::{Cause, Header};
use rsipstack::{
    dialog::invite_dialog::InviteDialog,
    sip::{self, StatusCode},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::watch;

/// How long the end of a leg waits for the other side to confirm a BYE. The stack goes on
/// repeating it in the background.
const PATIENCE: Duration = Duration::from_secs(4);

/// A cancelled INVITE whose final response never comes is over after 64·T1 (RFC 3261 §9.1).
const AFTER_CANCEL: Duration = Duration::from_secs(32);

/// One leg of a call, in either direction. Cheap to clone.
#[derive(Clone)]
pub struct Leg {
    inner: Arc<Inner>,
}

struct Inner {
    agent: Arc<Agent>,
    dialog: InviteDialog,
    report: Report<Signal>,
    /// Its end was reported, or needs no report.
    over: AtomicBool,
    /// Our answer was acknowledged, or theirs arrived.
    confirmed: watch::Sender<bool>,
}

impl Leg {
    pub(super) fn new(agent: Arc<Agent>, dialog: InviteDialog, report: Report<Signal>) -> Leg {
        let (confirmed, _) = watch::channel(false);
        Leg { inner: Arc::new(Inner { agent, dialog, report, over: AtomicBool::new(false), confirmed }) }
    }

    /// 180, or 183 with our session description.
    pub fn ring(&self, sdp: Option<String>) {
        let headers = sdp.is_some().then(sdp_headers);
        self.log("ring", self.inner.dialog.ringing(headers, sdp.map(String::into_bytes)));
    }

    /// 200.
    pub fn answer(&self, sdp: String) {
        self.log("answer", self.inner.dialog.accept(Some(sdp_headers()), Some(sdp.into_bytes())));
    }

    /// A final refusal. No signal follows.
    pub fn reject(&self, status: u16, headers: &[Header]) {
        self.inner.over.store(true, Ordering::SeqCst);
        let id = self.inner.dialog.id();
        self.inner.agent.inspector.add_to_refusal(&id.call_id, header::native(headers));
        self.log("reject", self.inner.dialog.reject(Some(StatusCode::from(status)), None));
    }

    /// Gives up an unanswered leg; waits for a provisional response first, as it has to.
    pub fn cancel(&self) {
        let leg = self.clone();
        tokio::spawn(async move {
            if let Err(error) = leg.inner.dialog.cancel().await {
                tracing::debug!("CANCEL: {error}");
            }
            tokio::time::sleep(AFTER_CANCEL).await;
            let answered = *leg.inner.confirmed.borrow();
            if !answered {
                leg.failed(487, "Request Terminated".into(), Vec::new());
            }
        });
    }

    /// Ends an answered leg. [`Signal::Ended`] follows.
    pub fn hangup(&self, headers: &[Header]) {
        let leg = self.clone();
        let headers = header::native(headers);
        tokio::spawn(async move {
            // A callee must not send BYE before the ACK of its answer (RFC 3261 §15).
            let mut confirmed = leg.inner.confirmed.subscribe();
            let _ = tokio::time::timeout(PATIENCE, confirmed.wait_for(|confirmed| *confirmed)).await;
            // Not dropped on the way: the stack's transactions must be driven to their end.
            let dialog = leg.inner.dialog.clone();
            let bye = tokio::spawn(async move { dialog.bye_with_headers(Some(headers)).await });
            match tokio::time::timeout(PATIENCE, bye).await {
                Ok(Ok(Ok(()))) => {}
                Ok(Ok(Err(error))) => tracing::debug!("BYE: {error}"),
                Ok(Err(_)) | Err(_) => tracing::debug!("BYE was not confirmed in time"),
            }
            leg.ended(Cause::Normal, Vec::new());
        });
    }

    /// The Call-ID of its dialog.
    #[must_use]
    pub fn call_id(&self) -> String {
        self.inner.dialog.id().call_id
    }

    pub(super) fn tell(&self, signal: Signal) {
        self.inner.report.tell(signal);
    }

    pub(super) fn acknowledged(&self, sdp: Option<String>) {
        if !self.inner.confirmed.send_replace(true) {
            self.tell(Signal::Acknowledged { sdp });
        }
    }

    pub(super) fn answered(&self) {
        self.inner.confirmed.send_replace(true);
    }

    /// Reports the end, once.
    pub(super) fn ended(&self, cause: Cause, headers: Vec<Header>) {
        if !self.inner.over.swap(true, Ordering::SeqCst) {
            self.tell(Signal::Ended { cause, headers });
        }
        self.inner.agent.forget(&self.inner.dialog.id());
    }

    /// Reports that it ended without an answer, once.
    pub(super) fn failed(&self, status: u16, reason: String, headers: Vec<Header>) {
        let call_id = self.call_id();
        if !self.inner.over.swap(true, Ordering::SeqCst) {
            self.tell(Signal::Failed { status, reason, headers, call_id: Some(call_id) });
        }
        self.inner.agent.forget(&self.inner.dialog.id());
    }

    fn log(&self, what: &str, result: rsipstack::Result<()>) {
        if let Err(error) = result {
            tracing::debug!("{what} {}: {error}", self.inner.dialog.id());
        }
    }
}

fn sdp_headers() -> Vec<sip::Header> {
    vec![sip::Header::ContentType("application/sdp".into())]
}

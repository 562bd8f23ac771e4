//! A call that goes out.

use super::{
    Leg, Negotiate, Signal, Target, UserAgent,
    address::{caller, headers},
    dialog::Inside,
    header,
};
use crate::report::Report;
use patchcord_core::wire::{Cause, Header};
use rsipstack::{
    dialog::{
        authenticate::Credential,
        dialog::{DialogState, TerminatedReason},
        invitation::InviteOption,
    },
    sip::{Response, StatusCodeKind, Uri},
};
use std::{collections::VecDeque, sync::Arc};

/// One INVITE.
#[derive(Clone, Debug)]
pub struct Dial {
    /// Where it goes.
    pub target: Target,
    /// Number or SIP URI to show.
    pub from: String,
    /// Name to show.
    pub from_name: Option<String>,
    /// Extra headers.
    pub headers: Vec<Header>,
    /// Digest user and password.
    pub login: Option<(String, String)>,
    /// Our session description.
    pub offer: String,
}

impl UserAgent {
    /// Sends an INVITE. Exactly one of [`Signal::Failed`] and [`Signal::Answered`] follows.
    pub fn dial(&self, dial: Dial, negotiate: Negotiate, report: Report<Signal>) -> Result<Leg, String> {
        let agent = &self.agent;
        let contact = agent.layer.build_local_contact(None, None).map_err(|error| error.to_string())?;
        let option = InviteOption {
            caller_display_name: dial.from_name.map(|name| name.replace(['"', '\r', '\n'], "")),
            caller: caller(&dial.from, &agent.local),
            callee: Uri::try_from(dial.target.uri.as_str()).map_err(|error| error.to_string())?,
            destination: Some(dial.target.address.into()),
            offer: Some(dial.offer.into_bytes()),
            contact,
            credential: dial.login.map(|(username, password)| Credential {
                username,
                password,
                ..Credential::default()
            }),
            headers: Some(headers(&dial.target, &dial.headers)),
            ..InviteOption::default()
        };
        let (states, mut changes) = agent.layer.new_dialog_state_channel();
        let (dialog, mut outcome) = agent.layer.do_invite_async(option, states).map_err(|error| error.to_string())?;
        let leg = Leg::new(Arc::clone(agent), dialog, report.clone());
        let driven = leg.clone();
        let agent = Arc::clone(agent);
        tokio::spawn(async move {
            let inside = Inside { negotiate, report };
            // Until the final response is known here. What the stack notices meanwhile is kept: a
            // BYE may be faster than the news of the answer.
            let mut kept = VecDeque::new();
            let outcome = loop {
                tokio::select! {
                    biased;
                    state = changes.recv() => match state {
                        Some(DialogState::Early(_, response)) => driven.tell(early(&response)),
                        Some(state) => kept.push_back(state),
                        None => break (&mut outcome).await,
                    },
                    outcome = &mut outcome => break outcome,
                }
            };
            let response = match outcome {
                Ok(Ok((_, Some(response)))) => response,
                Ok(Ok((_, None))) => return driven.failed(408, "Request Timeout".into(), Vec::new()),
                Ok(Err(error)) => {
                    tracing::warn!("INVITE failed: {error}");
                    return driven.failed(503, "Service Unavailable".into(), Vec::new());
                }
                Err(_) => return driven.failed(500, "Server Internal Error".into(), Vec::new()),
            };
            let status = response.status_code.code();
            if response.status_code.kind() != StatusCodeKind::Successful {
                let reason = response.reason_phrase().unwrap_or_else(|| response.status_code.text()).to_owned();
                return driven.failed(status, reason, header::custom(&response.headers));
            }
            driven.answered();
            driven.tell(Signal::Answered {
                sdp: body(&response),
                headers: header::custom(&response.headers),
                call_id: driven.call_id(),
            });
            loop {
                let state = match kept.pop_front() {
                    Some(state) => state,
                    None => match changes.recv().await {
                        Some(state) => state,
                        None => break,
                    },
                };
                let Some(state) = inside.take(state, &agent).await else { continue };
                if let DialogState::Terminated(id, reason) = state {
                    match reason {
                        // Ours: the order to hang up reports it. That order is still to come when
                        // their 200 crossed our CANCEL; the stack has sent the BYE already.
                        TerminatedReason::UacBye | TerminatedReason::UacCancel => {}
                        TerminatedReason::UasBye => driven.ended(Cause::Normal, agent.bye_headers(&id)),
                        TerminatedReason::Timeout
                        | TerminatedReason::UacBusy
                        | TerminatedReason::UasBusy
                        | TerminatedReason::UasDecline
                        | TerminatedReason::ProxyError(_)
                        | TerminatedReason::ProxyAuthRequired
                        | TerminatedReason::UacOther(_)
                        | TerminatedReason::UasOther(_) => driven.ended(Cause::Error, Vec::new()),
                    }
                    break;
                }
            }
        });
        Ok(leg)
    }
}

fn early(response: &Response) -> Signal {
    let status = response.status_code.code();
    match body(response) {
        Some(sdp) => Signal::EarlyMedia { status, sdp },
        None => Signal::Ringing { status },
    }
}

fn body(response: &Response) -> Option<String> {
    String::from_utf8(response.body.clone()).ok().filter(|body| !body.trim().is_empty())
}

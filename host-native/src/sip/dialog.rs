//! What arrives inside a dialog, the same for both directions.

use super::{Negotiate, Signal, agent::Agent};
use crate::report::Report;
use rsipstack::{
    dialog::dialog::{DialogState, TransactionHandle},
    sip::{Header, HeadersExt, Request, StatusCode},
};

/// Answers requests inside a dialog.
pub(super) struct Inside {
    pub(super) negotiate: Negotiate,
    pub(super) report: Report<Signal>,
}

impl Inside {
    /// Answers a request; any other change of state is handed back.
    pub(super) async fn take(&self, state: DialogState, _agent: &Agent) -> Option<DialogState> {
        let (reply, status, body) = match state {
            DialogState::Updated(_, request, reply) => {
                let (status, body) = self.renegotiate(&request);
                (reply, status, body)
            }
            DialogState::Info(_, request, reply) => (reply, self.info(&request), None),
            DialogState::Options(_, _, reply) | DialogState::Notify(_, _, reply) => (reply, StatusCode::OK, None),
            DialogState::Refer(_, _, reply) => (reply, StatusCode::Decline, None),
            DialogState::Message(_, _, reply) | DialogState::Publish(_, _, reply) => {
                (reply, StatusCode::MethodNotAllowed, None)
            }
            other => return Some(other),
        };
        respond(&reply, status, body).await;
        None
    }

    /// A re-INVITE or UPDATE: with SDP it changes the audio, without it asks for ours.
    fn renegotiate(&self, request: &Request) -> (StatusCode, Option<String>) {
        let body = String::from_utf8_lossy(&request.body);
        let offer = (!body.trim().is_empty()).then_some(&*body);
        if offer.is_none() && request.method == rsipstack::sip::Method::Update {
            return (StatusCode::OK, None);
        }
        match (self.negotiate)(offer) {
            Some(answer) => (StatusCode::OK, Some(answer)),
            None => (StatusCode::NotAcceptableHere, None),
        }
    }

    /// `application/dtmf-relay` has a line `Signal=5`, `application/dtmf` just the key.
    fn info(&self, request: &Request) -> StatusCode {
        let kind = request.header_value("Content-Type").unwrap_or_default().to_ascii_lowercase();
        let body = String::from_utf8_lossy(&request.body);
        let key = if kind.starts_with("application/dtmf-relay") {
            body.lines().find_map(|line| {
                let (name, value) = line.split_once('=')?;
                name.trim().eq_ignore_ascii_case("signal").then(|| value.trim().to_owned())
            })
        } else if kind.starts_with("application/dtmf") {
            Some(body.trim().to_owned())
        } else {
            return if body.trim().is_empty() { StatusCode::OK } else { StatusCode::UnsupportedMediaType };
        };
        let named = match key.as_deref() {
            Some("10") => Some('*'),
            Some("11") => Some('#'),
            Some(text) => text.chars().next().map(|key| key.to_ascii_uppercase()),
            None => None,
        };
        match named.filter(|key| "0123456789*#ABCD".contains(*key)) {
            Some(key) => {
                self.report.tell(Signal::Key(key));
                StatusCode::OK
            }
            None => StatusCode::BadRequest,
        }
    }
}

async fn respond(reply: &TransactionHandle, status: StatusCode, body: Option<String>) {
    let headers = body.is_some().then(|| vec![Header::ContentType("application/sdp".into())]);
    // The other side may have given up: then nobody waits for the reply.
    let _ = reply.respond(status, headers, body.map(String::into_bytes)).await;
}

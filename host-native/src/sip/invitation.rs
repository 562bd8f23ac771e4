//! A call that comes in.

use super::{
    Leg, Negotiate, Signal,
    address::party,
    agent::{Agent, drain},
    dialog::Inside,
    header,
};
use crate::report::Report;
use patchcord_core::wire::{Caller, Cause, Header};
use rsipstack::{
    dialog::dialog::{DialogState, TerminatedReason},
    sip::{HeadersExt, StatusCode, ToTypedHeader},
    transaction::transaction::Transaction,
    transport::SipConnection,
};
use std::sync::Arc;

/// An INVITE that nobody has taken yet.
pub struct Invitation {
    /// Who calls whom.
    pub caller: Caller,
    /// Their session description; absent when we are to offer.
    pub offer: Option<String>,
    agent: Arc<Agent>,
    transaction: Transaction,
}

impl Invitation {
    /// Reads an INVITE; one that misses what every INVITE has is answered 400.
    pub(super) fn new(agent: Arc<Agent>, mut transaction: Transaction) -> Option<Invitation> {
        match read(&transaction) {
            Some(caller) => {
                let body = String::from_utf8_lossy(&transaction.original.body).into_owned();
                let offer = (!body.trim().is_empty()).then_some(body);
                Some(Invitation { caller, offer, agent, transaction })
            }
            None => {
                tokio::spawn(async move {
                    let _ = transaction.reply(StatusCode::BadRequest).await;
                    drain(transaction).await;
                });
                None
            }
        }
    }

    /// Refuses the call before any dialog exists.
    pub fn refuse(self, status: u16, headers: &[Header]) {
        let Invitation { mut transaction, .. } = self;
        let headers = header::native(headers);
        tokio::spawn(async move {
            let _ = transaction.reply_with(StatusCode::from(status), headers, None).await;
            drain(transaction).await;
        });
    }

    /// Takes the call: 100 goes out, and the leg reports to `report`.
    pub fn take(self, negotiate: Negotiate, report: Report<Signal>) -> Option<Leg> {
        let Invitation { agent, mut transaction, .. } = self;
        let (states, mut changes) = agent.layer.new_dialog_state_channel();
        let contact = agent.layer.build_local_contact(None, None).ok();
        let mut dialog = match agent.layer.get_or_create_server_invite(&transaction, states, None, contact) {
            Ok(dialog) => dialog,
            Err(error) => {
                tracing::warn!("an INVITE was refused by the stack: {error}");
                tokio::spawn(async move {
                    let _ = transaction.reply(StatusCode::BadRequest).await;
                    drain(transaction).await;
                });
                return None;
            }
        };
        let leg = Leg::new(Arc::clone(&agent), dialog.clone(), report.clone());
        tokio::spawn({
            let (leg, agent, dialog) = (leg.clone(), Arc::clone(&agent), dialog.clone());
            async move {
                let inside = Inside { negotiate, report };
                while let Some(state) = changes.recv().await {
                    let Some(state) = inside.take(state, &agent).await else { continue };
                    match state {
                        DialogState::Confirmed(..) => {
                            let body = dialog.last_remote_ack().map(|ack| ack.body).unwrap_or_default();
                            let sdp = String::from_utf8(body).ok().filter(|body| !body.trim().is_empty());
                            leg.acknowledged(sdp);
                        }
                        DialogState::Terminated(id, reason) => {
                            let cause = match reason {
                                TerminatedReason::UacCancel => Some(Cause::Cancel),
                                TerminatedReason::UacBye | TerminatedReason::UacBusy => Some(Cause::Normal),
                                // Ours: the order that did it reports it, or nothing is to be reported.
                                TerminatedReason::UasBye
                                | TerminatedReason::UasBusy
                                | TerminatedReason::UasDecline
                                | TerminatedReason::UasOther(_) => None,
                                TerminatedReason::Timeout
                                | TerminatedReason::ProxyError(_)
                                | TerminatedReason::ProxyAuthRequired
                                | TerminatedReason::UacOther(_) => Some(Cause::Error),
                            };
                            if let Some(cause) = cause {
                                leg.ended(cause, agent.bye_headers(&id));
                            }
                            break;
                        }
                        _ => {}
                    }
                }
            }
        });
        tokio::spawn(async move {
            if let Err(error) = dialog.handle(&mut transaction).await {
                tracing::debug!("INVITE {}: {error}", dialog.id());
            }
            let id = dialog.id();
            let over = dialog.state().is_terminated();
            drain(transaction).await;
            if over {
                agent.forget(&id);
            }
        });
        Some(leg)
    }
}

fn read(transaction: &Transaction) -> Option<Caller> {
    let request = &transaction.original;
    let from = request.from_header().ok()?.typed().ok()?;
    let call_id = request.call_id_header().ok()?;
    request.contact_header().ok()?;
    let (_, source) = SipConnection::parse_target_from_via(request.via_header().ok()?).ok()?;
    let name = from.display_name.as_deref().map(|name| name.trim().trim_matches('"').to_owned());
    Some(Caller {
        from: party(&from.uri),
        to: party(&request.uri),
        name: name.filter(|name| !name.is_empty()),
        headers: header::readable(&request.headers),
        sip_call_id: Some(call_id.to_string().trim_start_matches("Call-ID:").trim().to_owned()),
        source: Some(source.to_string()),
    })
}

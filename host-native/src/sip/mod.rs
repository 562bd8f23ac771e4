//! A SIP user agent: calls come in as an [`Invitation`], calls go out with [`UserAgent::dial`],
//! both become a [`Leg`] that is steered by methods and reports [`Signal`]s.
//!
//! The stack underneath is rsipstack, pinned to one version; none of its types leaves this room.
//! What we add, and why (see the check with each):
//!
//! * every server transaction is driven until it is terminated, so that its final response is
//!   repeated until the ACK, and a request that the stack drops as stale is answered 500;
//! * `Require` with anything unknown is answered 420, methods that we do not serve 405, methods
//!   and versions that the stack cannot even read 501 and 505 ([`socket`]), all with `Allow`;
//! * of several digest challenges the best supported one is chosen, and `SHA-256` is spelled as
//!   the stack spells it ([`inspector`]);
//! * a dialog is removed from the stack's table at its end, which the stack never does;
//! * a 200 that crosses our CANCEL is reported as an answer: the engine decides what it means.

mod address;
mod agent;
mod dial;
mod dialog;
mod header;
mod inspector;
mod invitation;
mod leg;
mod socket;

pub use address::{Route, Routes, Target, Unroutable};
pub use agent::{Setting, UserAgent};
pub use dial::Dial;
pub use invitation::Invitation;
pub use leg::Leg;

use patchcord_core::wire::{Cause, Header};
use std::sync::Arc;

/// What a leg reports.
#[derive(Clone, Debug, PartialEq)]
pub enum Signal {
    /// It rings (18x without audio).
    Ringing {
        /// SIP status.
        status: u16,
    },
    /// It sends audio before it answers (18x with SDP).
    EarlyMedia {
        /// SIP status.
        status: u16,
        /// Its answer to our offer.
        sdp: String,
    },
    /// It answered.
    Answered {
        /// Its answer to our offer, unless it came earlier.
        sdp: Option<String>,
        /// `X-` headers of the answer.
        headers: Vec<Header>,
        /// Call-ID of the INVITE.
        call_id: String,
    },
    /// The ACK of our answer; with SDP when we were the one to offer.
    Acknowledged {
        /// Its answer to our offer.
        sdp: Option<String>,
    },
    /// It ended without an answer.
    Failed {
        /// SIP status.
        status: u16,
        /// Reason phrase.
        reason: String,
        /// `X-` headers of the response.
        headers: Vec<Header>,
        /// Call-ID of the INVITE.
        call_id: Option<String>,
    },
    /// It is over.
    Ended {
        /// Why.
        cause: Cause,
        /// `X-` headers of the BYE.
        headers: Vec<Header>,
    },
    /// A key, sent in an INFO.
    Key(char),
}

/// Answers an offer inside a call, or makes a new offer when there is none; `None` refuses.
pub type Negotiate = Arc<dyn Fn(Option<&str>) -> Option<String> + Send + Sync>;

/// A user agent could not be started.
#[derive(Debug, thiserror::Error)]
pub enum SipError {
    /// The socket could not be bound.
    #[error("cannot listen on {0}: {1}")]
    Bind(std::net::SocketAddr, String),
    /// The stack refused.
    #[error("the SIP stack failed: {0}")]
    Stack(String),
}

#[cfg(test)]
mod tests;

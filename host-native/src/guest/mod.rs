//! The engine of a call, inside its sandbox or beside it.
//!
//! A [`CallEngine`] is one call. Two things can be one: a seat in an instance of the guest
//! module under wasmtime ([`GuestFlow`]), and the core linked into this program ([`Native`]),
//! for debugging. Both take the same inputs and give the same [`Step`]s.
//!
//! What a trap means: an instance whose guest trapped is dropped for good, with the orders of
//! that step. The call that trapped gets [`EngineError::Trapped`] and is over. The instance's
//! other calls get [`EngineError::Lost`] at their next input; their owners take a new engine
//! and feed it their journal again.

mod code;
mod embedded;
mod flow;
mod import;
mod instance;
mod native;
mod overrun;

pub use code::{Code, GuestError, Limits};
pub use embedded::{GUEST, guest};
pub use flow::{GuestFlow, Seat};
pub use instance::Instance;
pub use native::Native;

pub use patchcord_core::wire::Step;

use patchcord_core::{
    time::Instant,
    wire::{Event, Start},
};

/// Why an engine gave no step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// This input made the guest trap: the call is over.
    #[error("the guest was stopped: {0}")]
    Trapped(String),
    /// Another call made the shared instance trap: this one can be restored from its journal.
    #[error("the instance is gone")]
    Lost,
    /// The guest refused the input.
    #[error("the guest refused: {0}")]
    Refused(String),
}

/// One call.
pub trait CallEngine: Send {
    /// Begins the call.
    fn open(&mut self, start: &Start) -> Result<Step, EngineError>;
    /// Tells it a fact.
    fn event(&mut self, now: Instant, event: &Event) -> Result<Step, EngineError>;
    /// Tells it that its deadline has come.
    fn timeout(&mut self, now: Instant) -> Result<Step, EngineError>;
}

#[cfg(test)]
pub(crate) mod tests;

//! The guest inside this program.

use super::{Code, GuestError, Limits};

/// The module that `build.rs` made of the `wasm` crate.
pub const GUEST: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/patchcord-guest.wasm"));

/// The guest inside this program, compiled for this machine or found in the user's cache.
pub fn guest(limits: Limits) -> Result<Code, GuestError> {
    Code::load(GUEST, limits, Code::cache_folder().as_deref())
}

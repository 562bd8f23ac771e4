//! The host: runs call flows as real SIP calls.

// Tests say what they expect by panicking.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod call;
pub mod cli;
pub mod console;
pub mod guest;
pub mod hooks;
pub mod media;
pub mod phone;
pub mod report;
pub mod sip;

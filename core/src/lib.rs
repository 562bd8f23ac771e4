//! The Patchcord engine: one call, as a deterministic state machine.
//!
//! # The run loop
//!
//! ```text
//! let mut engine = Engine::new(start);
//! loop {
//!     while let Some(command) = engine.poll_command() { host.obey(command) }
//!     let deadline = engine.poll_timeout();
//!     match host.next(deadline) {
//!         Fact(now, event) => engine.handle_event(now, event),
//!         Deadline(now)    => engine.handle_timeout(now),
//!     }
//! }
//! ```
//!
//! 1. One input, then drain.
//! 2. Time only moves forward, and only as an argument.
//! 3. Handlers cannot fail: late or strange facts are absorbed and traced.
//! 4. The engine names everything (legs, media, fetches); hosts echo ids.
//! 5. `Done` is the last command, after every leg ever originated was seen to its end.
//!
//! Equal inputs give equal bytes: there is no clock, no random source and no hash map in here.
#![no_std]
#![forbid(unsafe_code)]
// Tests say what they expect by panicking.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

extern crate alloc;

pub mod check;
pub mod diag;
pub mod dialect;
pub mod edit;
pub mod engine;
pub mod explore;
pub mod expr;
pub mod graph;
pub mod id;
pub mod ir;
pub mod layout;
pub mod machine;
pub mod order;
pub mod sim;
pub mod span;
pub mod text;
pub mod time;
pub mod url;
pub mod value;
pub mod wire;

//! End to end: the built binary, real sipp, real RTP, real HTTP; all on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod audio;
mod console;
mod rcml;
mod stage;
mod swml;
mod trap;
mod verbs;

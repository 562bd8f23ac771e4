//! The doors of the engine; no call logic here.
//!
//! `guest` is a plain module whose imports are the call primitives (CONTRACT.md). `browser` is the
//! module behind the npm package; `whole` adds to it everything but reading documents. The two doors
//! are features of one crate and never stand in one artifact.

#[cfg(feature = "browser")]
mod browser;
#[cfg(feature = "whole")]
mod change;
#[cfg(feature = "whole")]
mod explore;
#[cfg(feature = "guest")]
mod guest;
#[cfg(feature = "whole")]
mod live;
#[cfg(feature = "whole")]
mod refusal;
#[cfg(feature = "whole")]
mod session;

#[cfg(all(feature = "guest", feature = "browser"))]
compile_error!("an artifact has one door: choose `guest` or `browser`");

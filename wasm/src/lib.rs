//! The doors of the engine; no call logic here.
//!
//! `guest` is a plain module whose imports are the call primitives (CONTRACT.md). `browser` is what the
//! npm package is built on, cut in two along `seam`. The two doors are features of one crate and never
//! stand in one artifact.

#[cfg(feature = "browser")]
mod browser;
#[cfg(feature = "browser")]
mod expression;
#[cfg(feature = "guest")]
mod guest;
#[cfg(feature = "browser")]
mod live;
#[cfg(feature = "browser")]
mod refusal;
#[cfg(feature = "browser")]
mod run;
#[cfg(feature = "browser")]
mod seam;
#[cfg(feature = "browser")]
mod session;

#[cfg(all(feature = "guest", feature = "browser"))]
compile_error!("an artifact has one door: choose `guest` or `browser`");

//! Benchmarks against peers, in one run.

use crate::npm::{install, pkg};
use crate::run::{Failure, root, run};
use crate::wasm::plain_guest;

/// Checks, flows, expressions and readers beside their peers from npm, all in Node.
pub(crate) fn engine() -> Result<(), Failure> {
    pkg()?;
    let guest = plain_guest()?;
    let folder = root().join("benches");
    install(&folder)?;
    run(&folder, "node", &["engine.mjs", &guest.to_string_lossy()])
}

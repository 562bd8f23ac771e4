//! What a document can do, found out by simulating it: what calls went through, which ways there
//! are, and how two documents differ.

mod coverage;
mod differ;
mod paths;

pub use coverage::Coverage;
pub use differ::differ;
pub use paths::{Bounds, enumerate};

use crate::diag::Diagnostic;
use crate::engine::Loaded;
use crate::sim::{Session, Until, read};
use alloc::{string::String, sync::Arc, vec::Vec};

/// What several scenarios went through together.
///
/// # Errors
/// What is wrong with the first scenario that cannot be read, and which one it is.
pub fn coverage(loaded: &Arc<Loaded>, scenarios: &[String]) -> Result<Coverage, (usize, Vec<Diagnostic>)> {
    let mut coverage = Coverage::new(&loaded.source, loaded.dialect);
    for (at, source) in scenarios.iter().enumerate().filter(|_| loaded.runs()) {
        let session = run(loaded, source).map_err(|problems| (at, problems))?;
        coverage.add(&session.events(0, usize::MAX));
    }
    Ok(coverage)
}

/// A call from its beginning to its end.
fn run(loaded: &Arc<Loaded>, scenario: &str) -> Result<Session, Vec<Diagnostic>> {
    let mut session = Session::scripted(Arc::clone(loaded), read(scenario)?);
    session.run_until(&Until::default());
    Ok(session)
}

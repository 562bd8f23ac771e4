//! Where a room tells its user what happened.

use std::{fmt, sync::Arc};

/// Takes facts of one kind, from any task. It must not block.
pub struct Report<T>(Arc<dyn Fn(T) + Send + Sync>);

impl<T> Report<T> {
    /// Calls `take` with every fact.
    pub fn new(take: impl Fn(T) + Send + Sync + 'static) -> Report<T> {
        Report(Arc::new(take))
    }

    /// Tells one fact.
    pub fn tell(&self, fact: T) {
        (self.0)(fact);
    }
}

impl<T> Clone for Report<T> {
    fn clone(&self) -> Report<T> {
        Report(Arc::clone(&self.0))
    }
}

impl<T> fmt::Debug for Report<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Report")
    }
}

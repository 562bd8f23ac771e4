//! HTTP: asking hooks what to do, and telling them what happened.
//!
//! A request leaves exactly as the engine made it. A fetch answers with one event, always.
//! Notifies of one call to one host arrive in order, and nobody waits for them.

mod desk;
mod exchange;

pub use desk::Desk;

use crate::report::Report;
use patchcord_core::wire::Event;
use std::sync::Once;
use tokio_util::task::TaskTracker;

/// Redirects followed before we give up.
const MAX_REDIRECTS: usize = 10;

/// The HTTP client of the whole host.
#[derive(Clone, Debug)]
pub struct Hooks {
    client: reqwest::Client,
    tasks: TaskTracker,
}

/// The HTTP client could not be made.
#[derive(Debug, thiserror::Error)]
#[error("cannot make an HTTP client: {0}")]
pub struct NoClient(#[from] reqwest::Error);

impl Hooks {
    /// A client with our redirect policy and TLS provider.
    pub fn new() -> Result<Hooks, NoClient> {
        static PROVIDER: Once = Once::new();
        // A second provider would only be refused: the first one stays.
        PROVIDER.call_once(|| {
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::limited(MAX_REDIRECTS))
            .tcp_nodelay(true)
            .build()?;
        Ok(Hooks { client, tasks: TaskTracker::new() })
    }

    /// The client, for whoever loads audio.
    #[must_use]
    pub fn client(&self) -> reqwest::Client {
        self.client.clone()
    }

    /// The requests of one call; what comes back goes to `facts`.
    #[must_use]
    pub fn desk(&self, facts: Report<Event>) -> Desk {
        Desk::new(self.client.clone(), self.tasks.clone(), facts)
    }

    /// Waits until every notify of every call was delivered or given up.
    pub async fn drained(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }
}

#[cfg(test)]
mod tests;

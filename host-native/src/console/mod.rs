//! The console: the page, the calls of a host as they happen, and their journals, over HTTP.
//!
//! It only watches. Journals hold what was said and fetched, so it listens where it is told to and
//! answers nobody who asks for it by another name.

mod history;
pub(crate) mod page;
mod routes;

use crate::{
    call::{Sight, What},
    report::Report,
};
use history::History;
use std::{
    io,
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex},
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How a console is started.
#[derive(Debug)]
pub struct ConsoleSetting {
    /// Where HTTP listens; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// The folder of the built page; without one, a page says how to build it.
    pub page: Option<PathBuf>,
    /// Where the host writes journals.
    pub journals: PathBuf,
    /// The document that answers calls, when it is a file.
    pub flow: Option<Flow>,
}

/// The document that answers calls.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Flow {
    /// Its file name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its dialect, when it was given.
    pub dialect: Option<&'static str>,
}

/// A running console. Dropping it ends it.
#[derive(Debug)]
pub struct Console {
    local: SocketAddr,
    history: Arc<Mutex<History>>,
    stop: CancellationToken,
}

impl Console {
    /// Binds the socket and begins to answer.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(setting: ConsoleSetting) -> io::Result<Console> {
        let listener = TcpListener::bind(setting.listen).await?;
        let local = listener.local_addr()?;
        let history = Arc::new(Mutex::new(History::default()));
        let stop = CancellationToken::new();
        let router = routes::router(setting, local, Arc::clone(&history), stop.clone());
        let ended = stop.clone();
        tokio::spawn(async move {
            let serving = axum::serve(listener, router).with_graceful_shutdown(ended.cancelled_owned());
            if let Err(error) = serving.await {
                tracing::error!("the console ended: {error}");
            }
        });
        Ok(Console { local, history, stop })
    }

    /// Where it listens.
    #[must_use]
    pub fn local(&self) -> SocketAddr {
        self.local
    }

    /// Takes what a host tells, to be shown.
    #[must_use]
    pub fn watch(&self) -> Report<Sight> {
        let history = Arc::clone(&self.history);
        Report::new(move |sight: Sight| {
            if let Some(mut json) = sight.json() {
                // The folder is the console's own business.
                if let What::Over(end) = &sight.what {
                    json["journal"] = end.journal.file_name().map(|name| name.to_string_lossy()).into();
                }
                history::lock(&history).add(sight.call, json);
            }
        })
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

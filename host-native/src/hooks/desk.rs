//! The HTTP requests of one call.

use super::exchange::exchange;
use crate::report::Report;
use patchcord_core::{
    id::{FetchId, NotifyId},
    wire::{Event, Request},
};
use std::collections::BTreeMap;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_util::task::TaskTracker;

/// The HTTP requests of one call. Dropping it lets what was ordered be delivered.
#[derive(Debug)]
pub struct Desk {
    client: reqwest::Client,
    tasks: TaskTracker,
    facts: Report<Event>,
    /// One queue for each host that is told something.
    queues: BTreeMap<String, UnboundedSender<(NotifyId, Request)>>,
}

impl Desk {
    pub(super) fn new(client: reqwest::Client, tasks: TaskTracker, facts: Report<Event>) -> Desk {
        Desk { client, tasks, facts, queues: BTreeMap::new() }
    }

    /// Asks. [`Event::Fetched`] follows, always.
    pub fn fetch(&self, fetch: FetchId, request: Request) {
        let (client, facts) = (self.client.clone(), self.facts.clone());
        self.tasks.spawn(async move {
            let event = match exchange(&client, &request).await {
                Ok(reply) => Event::Fetched {
                    fetch,
                    status: reply.status,
                    headers: reply.headers,
                    body: reply.body,
                    error: None,
                },
                Err(error) => {
                    Event::Fetched { fetch, status: 0, headers: Vec::new(), body: String::new(), error: Some(error) }
                }
            };
            facts.tell(event);
        });
    }

    /// Tells. Behind everything that this call told the same host before.
    pub fn notify(&mut self, notify: NotifyId, request: Request) {
        let host = authority(&request.url).to_owned();
        let queue = self.queues.entry(host).or_insert_with(|| {
            let (queue, mut orders) = unbounded_channel::<(NotifyId, Request)>();
            let (client, facts) = (self.client.clone(), self.facts.clone());
            self.tasks.spawn(async move {
                while let Some((notify, request)) = orders.recv().await {
                    let status = match exchange(&client, &request).await {
                        Ok(reply) => reply.status,
                        Err(error) => {
                            tracing::warn!("{} {}: {error}", request.method, authority(&request.url));
                            0
                        }
                    };
                    facts.tell(Event::Notified { notify, status });
                }
            });
            queue
        });
        let _ = queue.send((notify, request));
    }
}

/// Scheme, host and port of a URL, without credentials.
fn authority(url: &str) -> &str {
    let rest = url.find("://").map_or(url, |at| &url[at + 3..]);
    let rest = rest.find(['/', '?', '#']).map_or(rest, |end| &rest[..end]);
    rest.rsplit('@').next().unwrap_or(rest)
}

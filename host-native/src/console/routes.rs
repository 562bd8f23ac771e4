//! What the console answers.

use super::{
    ConsoleSetting, Flow,
    history::{History, Seen, lock},
    page,
};
use axum::{
    Json, Router,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{self, Next},
    response::{
        Html, IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
    routing::get,
};
use futures_util::stream::{self, Stream, StreamExt as _};
use serde_json::{Value, json};
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::{Arc, Mutex},
    time::UNIX_EPOCH,
};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio_util::sync::CancellationToken;
use tower_http::services::ServeDir;

#[derive(Clone)]
struct Shared {
    history: Arc<Mutex<History>>,
    journals: Arc<PathBuf>,
    flow: Arc<Option<Flow>>,
    local: SocketAddr,
    stop: CancellationToken,
}

pub(super) fn router(
    setting: ConsoleSetting,
    local: SocketAddr,
    history: Arc<Mutex<History>>,
    stop: CancellationToken,
) -> Router {
    let shared = Shared { history, journals: Arc::new(setting.journals), flow: Arc::new(setting.flow), local, stop };
    let api = Router::new()
        .route("/api/calls", get(calls))
        .route("/api/calls/{number}", get(call))
        .route("/api/events", get(events))
        .route("/api/flow", get(flow))
        .route("/api/journals", get(journals))
        .route("/api/journals/{name}", get(journal));
    let whole = match setting.page {
        Some(folder) => {
            let index = Arc::new(folder.join("index.html"));
            let begin = get(move || front(Arc::clone(&index)));
            api.route("/", begin.clone()).route("/index.html", begin).fallback_service(ServeDir::new(folder))
        }
        None => api.route("/", get(|| async { Html(page::MISSING) })),
    };
    whole.layer(middleware::from_fn_with_state(shared.clone(), guard)).with_state(shared)
}

/// The page, told that a host serves it.
async fn front(index: Arc<PathBuf>) -> Response {
    match tokio::fs::read_to_string(&*index).await {
        Ok(text) => Html(text.replacen("<head>", page::HEAD, 1)).into_response(),
        Err(error) => (StatusCode::NOT_FOUND, format!("the page is gone: {error}\n")).into_response(),
    }
}

/// A page of somebody else whose name was made to point here must not read journals: on the loopback
/// only loopback's own names are answered.
async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    if shared.local.ip().is_loopback() && !is_loopback(host) {
        return (StatusCode::FORBIDDEN, "this console answers only as localhost\n").into_response();
    }
    let mut response = next.run(request).await;
    let no_store = header::HeaderValue::from_static("no-store");
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(no_store);
    response
}

/// Whether a `Host` header names this machine.
fn is_loopback(host: &str) -> bool {
    let bare = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(""),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    bare.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

async fn calls(State(shared): State<Shared>) -> Json<Value> {
    Json(lock(&shared.history).list())
}

async fn call(State(shared): State<Shared>, Path(number): Path<u64>) -> Response {
    match lock(&shared.history).of(number) {
        Some(events) => {
            ([(header::CONTENT_TYPE, "application/json")], format!("[{}]", events.join(","))).into_response()
        }
        None => (StatusCode::NOT_FOUND, "there is no such call here any more\n").into_response(),
    }
}

/// Events as they happen. A reader that comes back says what it saw last, and misses nothing.
async fn events(
    State(shared): State<Shared>,
    headers: HeaderMap,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let after = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let (past, live) = lock(&shared.history).follow(after);
    let coming = stream::unfold(Some((live, shared.stop)), |state| async {
        let (mut live, stop) = state?;
        tokio::select! {
            () = stop.cancelled() => None,
            event = next(&mut live) => {
                let event = event?;
                // After a gap the reader must start over, and asks for what it missed.
                let is_gap = event.is_err();
                Some((event, (!is_gap).then_some((live, stop))))
            }
        }
    });
    let told = |seen: Seen| Event::default().id(seen.id.to_string()).data(seen.data);
    let past = stream::iter(past.into_iter().map(Ok));
    let all = past.chain(coming).map(move |event: Result<Seen, ()>| {
        Ok(event.map_or_else(|()| Event::default().event("behind").data("{}"), told))
    });
    Sse::new(all).keep_alive(KeepAlive::default())
}

/// The next event, or that some were missed; nothing when the host is gone.
async fn next(live: &mut Receiver<Seen>) -> Option<Result<Seen, ()>> {
    match live.recv().await {
        Ok(seen) => Some(Ok(seen)),
        Err(RecvError::Lagged(_)) => Some(Err(())),
        Err(RecvError::Closed) => None,
    }
}

async fn flow(State(shared): State<Shared>) -> Response {
    match &*shared.flow {
        Some(flow) => Json(flow).into_response(),
        None => (StatusCode::NOT_FOUND, "the flow is fetched for each call: see its journal\n").into_response(),
    }
}

/// Journals in the folder, the newest first.
async fn journals(State(shared): State<Shared>) -> Json<Value> {
    let mut found = Vec::new();
    if let Ok(mut entries) = tokio::fs::read_dir(&*shared.journals).await {
        while let Ok(Some(entry)) = entries.next_entry().await {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(about) = entry.metadata().await else { continue };
            if !is_journal(&name) || !about.is_file() {
                continue;
            }
            let changed = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            let changed = changed.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX));
            found.push((changed, json!({ "name": name, "bytes": about.len(), "changed": changed })));
        }
    }
    found.sort_by(|(a, _), (b, _)| b.cmp(a));
    Json(found.into_iter().map(|(_, about)| about).collect())
}

async fn journal(State(shared): State<Shared>, Path(name): Path<String>) -> Response {
    let missing = || (StatusCode::NOT_FOUND, "there is no such journal\n").into_response();
    if !is_journal(&name) {
        return missing();
    }
    match tokio::fs::read(shared.journals.join(name)).await {
        Ok(text) => ([(header::CONTENT_TYPE, "application/jsonl; charset=utf-8")], text).into_response(),
        Err(_) => missing(),
    }
}

/// A name that a host gives to a journal: nothing that leads out of the folder.
fn is_journal(name: &str) -> bool {
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    name.strip_suffix(".jsonl").is_some_and(|stem| !stem.is_empty() && stem.chars().all(letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_answered() {
        for host in ["localhost", "localhost:5080", "127.0.0.1:5080", "[::1]:5080", "LOCALHOST"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["", "example.com:5080", "127.0.0.1.example.com", "[::2]:1", "localhost.example.com"] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        assert!(is_journal("call-1790000000000-1.jsonl"));
        for name in ["../x.jsonl", "a/b.jsonl", ".jsonl", "x.json", "x.jsonl.part", "..%2fx.jsonl"] {
            assert!(!is_journal(name), "{name}");
        }
    }
}

//! The console: a real call, watched over HTTP while it happens, and its journal afterwards.

use crate::stage::{PATIENCE, Role, Serve, Sipp, Voice, no_sipp, until};
use serde_json::Value;
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::{Arc, Mutex},
};

const FLOW: &str = "sections: {main: [answer, {play: \"silence:30\"}]}\n";

/// Asks, and gives status and body.
fn get(console: SocketAddr, path: &str, host: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(console).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

fn json(console: SocketAddr, path: &str) -> Value {
    let (status, body) = get(console, path, "localhost");
    assert_eq!(status, 200, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}

/// The events that the console sends from now on, as they come.
fn watch(console: SocketAddr) -> Arc<Mutex<Vec<Value>>> {
    let mut stream = TcpStream::connect(console).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET /api/events HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\n\r\n").unwrap();
    let events: Arc<Mutex<Vec<Value>>> = Arc::default();
    let told = Arc::clone(&events);
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if let Some(data) = line.strip_prefix("data: ") {
                told.lock().unwrap().push(serde_json::from_str(data).unwrap());
            }
        }
    });
    events
}

#[test]
fn a_call_is_watched_while_it_happens_and_its_journal_is_read_afterwards() {
    if no_sipp() {
        return;
    }
    let ada = Voice::start();
    let folder = crate::stage::Folder::new("console");
    let path = folder.file("flow.yaml", FLOW);
    let page = folder.0.join("page");
    std::fs::create_dir(&page).unwrap();
    std::fs::write(page.join("index.html"), "<!doctype html><html><head><title>page</title></head></html>").unwrap();
    let host =
        Serve::start(path.to_str().unwrap(), &["--console", "127.0.0.1:0", "--console-page", page.to_str().unwrap()]);
    let line = host.wait_for_line(&["console on http://"]);
    let console: SocketAddr = line.rsplit("http://").next().unwrap().parse().unwrap();

    assert!(
        get(console, "/", "localhost").1.contains(r#"<meta name="patchcord-host" content="1"><title>page</title>"#)
    );
    assert_eq!(json(console, "/api/flow")["text"], FLOW);
    assert_eq!(json(console, "/api/calls"), serde_json::json!([]));
    // Another site whose name was made to point here.
    assert_eq!(get(console, "/api/journals", "evil.example").0, 403);

    let events = watch(console);
    let seen = |kind: &str, name: &str| {
        until(&format!("{kind} {name} in {:?}", events.lock().unwrap()), || {
            let events = events.lock().unwrap();
            events.iter().find(|event| event["kind"] == kind && (name.is_empty() || event["name"] == name)).cloned()
        })
    };
    let mut caller = Sipp::call(Role::CallsAndHangsUp, "100", host.address, &ada);
    assert_eq!(seen("began", "")["call"], 1);
    let play = seen("command", "play");
    assert_eq!(play["span"]["line"], 1, "{play}");
    // Whoever comes later is told of the call from its beginning.
    let late = watch(console);
    until("the late one hears of the call", || {
        late.lock().unwrap().first().filter(|event| event["kind"] == "began").cloned()
    });
    assert_eq!(json(console, "/api/calls")[0]["over"], false);

    caller.nudge();
    caller.done();
    let over = seen("over", "");
    let name = over["journal"].as_str().unwrap();
    assert_eq!(json(console, "/api/calls")[0]["outcome"], over["outcome"]);
    assert_eq!(json(console, "/api/journals")[0]["name"], name);
    let (status, journal) = get(console, &format!("/api/journals/{name}"), "localhost");
    assert_eq!(status, 200);
    assert_eq!(journal, std::fs::read_to_string(&host.journals()[0]).unwrap());
    assert_eq!(get(console, "/api/journals/..%2Fflow.yaml", "localhost").0, 404);
    assert!(json(console, "/api/calls/1").as_array().unwrap().len() > 4);
}

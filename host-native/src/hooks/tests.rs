//! Hooks against a server of a few lines, so that every byte sent can be seen.

use super::*;
use patchcord_core::{
    id::{FetchId, NotifyId},
    time::Millis,
    wire::{Header, Request},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
};

/// Answers connections with the given texts, one each, and hands out what was asked.
async fn server(replies: Vec<String>) -> (String, UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (asked, requests) = unbounded_channel();
    tokio::spawn(async move {
        for reply in replies {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut bytes = Vec::new();
            while !complete(&bytes) {
                let mut chunk = [0; 1024];
                let length = socket.read(&mut chunk).await.unwrap();
                bytes.extend_from_slice(&chunk[..length]);
            }
            asked.send(String::from_utf8(bytes).unwrap()).unwrap();
            let _ = socket.write_all(reply.as_bytes()).await;
        }
    });
    (address, requests)
}

fn complete(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}

fn reply(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

fn request(method: &str, url: &str, body: Option<&str>) -> Request {
    Request {
        method: method.into(),
        url: url.into(),
        headers: vec![Header { name: "X-Thing".into(), value: "a b".into() }],
        body: body.map(Into::into),
        auth: Some("ann:s3:cret".into()),
        timeout: Millis(2000),
    }
}

#[tokio::test]
async fn a_fetch_sends_what_it_was_given_and_nothing_else() {
    let (url, mut asked) = server(vec![reply("201 Created\r\nX-Reply: Yes", "héllo")]).await;
    let (facts, mut events) = unbounded_channel();
    let desk = Hooks::new().unwrap().desk(Report::new(move |event| drop(facts.send(event))));
    desk.fetch(FetchId(7), request("POST", &format!("{url}/a?b=c"), Some("{ \"x\" : 1 }")));
    let Some(Event::Fetched { fetch, status, headers, body, error }) = events.recv().await else { unreachable!() };
    assert_eq!((fetch, status, body.as_str(), error), (FetchId(7), 201, "héllo", None));
    assert!(headers.contains(&Header { name: "x-reply".into(), value: "Yes".into() }));
    let asked = asked.recv().await.unwrap().to_lowercase();
    assert!(asked.starts_with("post /a?b=c http/1.1\r\n"), "{asked}");
    assert!(asked.contains("x-thing: a b\r\n") && asked.contains("authorization: basic yw5uonmzomnyzxq=\r\n"));
    assert!(asked.ends_with("\r\n\r\n{ \"x\" : 1 }") && !asked.contains("user-agent"), "{asked}");
}

#[tokio::test]
async fn redirects_are_followed_as_browsers_do() {
    let (url, mut asked) = server(vec![
        reply("303 See Other\r\nlocation: /two", ""),
        reply("307 Temporary Redirect\r\nlocation: /three", ""),
        reply("200 OK", "there"),
    ])
    .await;
    let (facts, mut events) = unbounded_channel();
    let desk = Hooks::new().unwrap().desk(Report::new(move |event| drop(facts.send(event))));
    desk.fetch(FetchId(1), request("POST", &url, Some("body")));
    let Some(Event::Fetched { status: 200, body, .. }) = events.recv().await else { unreachable!() };
    assert_eq!(body, "there");
    let lines = [asked.recv().await.unwrap(), asked.recv().await.unwrap(), asked.recv().await.unwrap()]
        .map(|text| text.lines().next().unwrap_or("").to_owned());
    assert_eq!(lines, ["POST / HTTP/1.1", "GET /two HTTP/1.1", "GET /three HTTP/1.1"]);
}

#[tokio::test]
async fn silence_refusal_and_floods_are_reported() {
    let (facts, mut events) = unbounded_channel();
    let desk = Hooks::new().unwrap().desk(Report::new(move |event| drop(facts.send(event))));
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    desk.fetch(FetchId(1), Request { timeout: Millis(50), ..request("GET", &url, None) });
    let Some(Event::Fetched { status: 0, error, .. }) = events.recv().await else { unreachable!() };
    assert_eq!(error.unwrap(), "no reply within 50 ms");
    drop(silent);

    desk.fetch(FetchId(2), request("GET", &url, None));
    let Some(Event::Fetched { status: 0, error, .. }) = events.recv().await else { unreachable!() };
    assert!(error.unwrap().contains("refused"));

    let (url, _asked) = server(vec![reply("200 OK", &"x".repeat(2 << 20))]).await;
    desk.fetch(FetchId(3), request("GET", &url, None));
    let Some(Event::Fetched { status: 0, error, .. }) = events.recv().await else { unreachable!() };
    assert_eq!(error.unwrap(), "the reply is larger than 1 MiB");
}

#[tokio::test]
async fn notifies_keep_their_order_and_outlive_the_call() {
    let (url, mut asked) = server((0..5).map(|_| reply("204 No Content", "")).collect()).await;
    let (facts, events) = unbounded_channel();
    let hooks = Hooks::new().unwrap();
    let mut desk = hooks.desk(Report::new(move |event| drop(facts.send(event))));
    for number in 0..5 {
        desk.notify(NotifyId(number), request("POST", &url, Some(&number.to_string())));
    }
    drop((desk, events));
    hooks.drained().await;
    for number in 0..5 {
        assert!(asked.recv().await.unwrap().ends_with(&format!("\r\n\r\n{number}")));
    }
}

//! Two user agents call each other over loopback; odd peers are a plain socket.

use super::*;
use crate::report::Report;
use std::time::Duration;
use tokio::{
    net::UdpSocket,
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    time::timeout,
};

const SDP: &str = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";

async fn agent() -> (UserAgent, UnboundedReceiver<Invitation>) {
    let setting = Setting { listen: "127.0.0.1:0".parse().unwrap(), name: "test".into() };
    UserAgent::start(setting).await.unwrap()
}

fn signals() -> (Report<Signal>, UnboundedReceiver<Signal>) {
    let (tell, told) = unbounded_channel();
    (Report::new(move |signal| drop(tell.send(signal))), told)
}

fn negotiate() -> Negotiate {
    Arc::new(|_| Some(SDP.to_owned()))
}

async fn next<T>(from: &mut UnboundedReceiver<T>) -> T {
    timeout(Duration::from_secs(5), from.recv()).await.expect("in time").expect("open")
}

fn dial_to(address: std::net::SocketAddr) -> Dial {
    Dial {
        target: Target { uri: format!("sip:bob@{address}"), address, headers: Vec::new() },
        from: "+15550001".into(),
        from_name: Some("Ada".into()),
        headers: vec![Header { name: "X-Trace".into(), value: "7".into() }],
        login: None,
        offer: SDP.into(),
    }
}

struct Pair {
    near: UserAgent,
    far: UserAgent,
    leg: Leg,
    told: UnboundedReceiver<Signal>,
    theirs: Leg,
    their: UnboundedReceiver<Signal>,
    invitation: patchcord_core::wire::Caller,
}

/// A call from `near` to `far` that nobody has answered yet.
async fn pair() -> Pair {
    let ((near, _n), (far, mut invited)) = (agent().await, agent().await);
    let (report, told) = signals();
    let leg = near.dial(dial_to(far.local()), negotiate(), report).unwrap();
    let invitation = next(&mut invited).await;
    let caller = invitation.caller.clone();
    assert_eq!(invitation.offer.as_deref(), Some(SDP));
    let (report, their) = signals();
    let theirs = invitation.take(negotiate(), report).unwrap();
    Pair { near, far, leg, told, theirs, their, invitation: caller }
}

async fn forgotten(agents: [&UserAgent; 2]) {
    let end = tokio::time::Instant::now() + Duration::from_secs(5);
    while agents.iter().any(|agent| agent.dialogs() > 0) {
        assert!(tokio::time::Instant::now() < end, "a dialog is never forgotten");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ring_answer_talk_hang_up() {
    let mut call = pair().await;
    assert_eq!((call.invitation.from.as_str(), call.invitation.name.as_deref()), ("+15550001", Some("Ada")));
    assert!(call.invitation.headers.contains(&Header { name: "X-Trace".into(), value: "7".into() }));
    assert_eq!(call.invitation.source, Some(call.near.local().to_string()));
    call.theirs.ring(None);
    assert_eq!(next(&mut call.told).await, Signal::Ringing { status: 180 });
    call.theirs.ring(Some(SDP.into()));
    assert_eq!(next(&mut call.told).await, Signal::EarlyMedia { status: 183, sdp: SDP.into() });
    call.theirs.answer(SDP.into());
    let Signal::Answered { sdp, call_id, .. } = next(&mut call.told).await else { panic!() };
    assert_eq!((sdp.as_deref(), Some(&call_id)), (Some(SDP), call.invitation.sip_call_id.as_ref()));
    assert_eq!(next(&mut call.their).await, Signal::Acknowledged { sdp: None });
    call.leg.hangup(&[Header { name: "X-Why".into(), value: "done".into() }]);
    let why = vec![Header { name: "X-Why".into(), value: "done".into() }];
    assert_eq!(next(&mut call.their).await, Signal::Ended { cause: Cause::Normal, headers: why });
    assert_eq!(next(&mut call.told).await, Signal::Ended { cause: Cause::Normal, headers: vec![] });
    forgotten([&call.near, &call.far]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_callee_hangs_up() {
    let mut call = pair().await;
    call.theirs.answer(SDP.into());
    let Signal::Answered { .. } = next(&mut call.told).await else { panic!() };
    call.theirs.hangup(&[]);
    assert_eq!(next(&mut call.told).await, Signal::Ended { cause: Cause::Normal, headers: vec![] });
    assert_eq!(next(&mut call.their).await, Signal::Acknowledged { sdp: None });
    assert_eq!(next(&mut call.their).await, Signal::Ended { cause: Cause::Normal, headers: vec![] });
    forgotten([&call.near, &call.far]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cancel_before_the_answer() {
    let mut call = pair().await;
    call.theirs.ring(None);
    next(&mut call.told).await;
    call.leg.cancel();
    assert_eq!(next(&mut call.their).await, Signal::Ended { cause: Cause::Cancel, headers: vec![] });
    let Signal::Failed { status: 487, .. } = next(&mut call.told).await else { panic!() };
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_carry_status_and_headers() {
    let mut call = pair().await;
    let header = Header { name: "X-Reason".into(), value: "lunch".into() };
    call.theirs.reject(486, std::slice::from_ref(&header));
    let Signal::Failed { status, reason, headers, .. } = next(&mut call.told).await else { panic!() };
    assert_eq!((status, reason.as_str(), headers), (486, "Busy Here", vec![header]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overloaded_host_refuses_before_there_is_a_dialog() {
    let ((near, _n), (far, mut invited)) = (agent().await, agent().await);
    let (report, mut told) = signals();
    near.dial(dial_to(far.local()), negotiate(), report).unwrap();
    next(&mut invited).await.refuse(503, &[Header { name: "Retry-After".into(), value: "5".into() }]);
    let Signal::Failed { status: 503, .. } = next(&mut told).await else { panic!() };
    assert_eq!(far.dialogs(), 0);
}

/// A peer of a few lines: it answers what it is told to answer.
struct Peer(UdpSocket);

impl Peer {
    async fn new() -> Peer {
        Peer(UdpSocket::bind("127.0.0.1:0").await.unwrap())
    }

    async fn receive(&self) -> String {
        let mut bytes = [0; 4000];
        let (length, _) =
            timeout(Duration::from_secs(5), self.0.recv_from(&mut bytes)).await.expect("in time").unwrap();
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    }

    /// The next message that starts so.
    async fn until(&self, start: &str) -> String {
        loop {
            let text = self.receive().await;
            if text.starts_with(start) {
                return text;
            }
        }
    }

    async fn reply(&self, request: &str, status: &str, extra: &str, to: std::net::SocketAddr) {
        let mut out = format!("SIP/2.0 {status}\r\n");
        for line in request.lines().take_while(|line| !line.is_empty()) {
            let name = line.split(':').next().unwrap_or("").to_ascii_lowercase();
            match name.as_str() {
                "via" | "from" | "call-id" | "cseq" => out += &format!("{line}\r\n"),
                "to" => out += &format!("{line};tag=peer\r\n"),
                _ => {}
            }
        }
        out += extra;
        if !extra.contains("\r\n\r\n") {
            out += "Content-Length: 0\r\n\r\n";
        }
        self.0.send_to(out.as_bytes(), to).await.unwrap();
    }
}

fn header_of(message: &str, name: &str) -> String {
    let found = message.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    });
    found.unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_crosses_our_cancel_is_an_answer_and_is_hung_up() {
    let (near, _n) = agent().await;
    let peer = Peer::new().await;
    let (report, mut told) = signals();
    let leg = near.dial(dial_to(peer.0.local_addr().unwrap()), negotiate(), report).unwrap();
    let invite = peer.until("INVITE").await;
    // Ordered before any response: it has to wait for one.
    leg.cancel();
    peer.reply(&invite, "180 Ringing", "", near.local()).await;
    assert_eq!(next(&mut told).await, Signal::Ringing { status: 180 });
    let cancel = peer.until("CANCEL").await;
    let contact = format!("Contact: <sip:bob@{}>\r\n", peer.0.local_addr().unwrap());
    peer.reply(&invite, "200 OK", &contact, near.local()).await;
    peer.reply(&cancel, "200 OK", "", near.local()).await;
    let Signal::Answered { .. } = next(&mut told).await else { panic!() };
    peer.until("ACK").await;
    leg.hangup(&[]);
    let bye = peer.until("BYE").await;
    peer.reply(&bye, "200 OK", "", near.local()).await;
    assert_eq!(next(&mut told).await, Signal::Ended { cause: Cause::Normal, headers: vec![] });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_is_answered_in_the_best_way_we_know() {
    let (near, _n) = agent().await;
    let peer = Peer::new().await;
    let (report, mut told) = signals();
    let dial = Dial { login: Some(("ann".into(), "secret".into())), ..dial_to(peer.0.local_addr().unwrap()) };
    near.dial(dial, negotiate(), report).unwrap();
    let invite = peer.until("INVITE").await;
    let challenges = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", qop=\"auth,auth-int\", algorithm=SHA-256\r\n\
                      WWW-Authenticate: Digest realm=\"r\", nonce=\"n2\", qop=\"auth\", algorithm=MD5\r\n";
    peer.reply(&invite, "401 Unauthorized", challenges, near.local()).await;
    let again = loop {
        let message = peer.until("INVITE").await;
        if message.contains("Authorization:") {
            break message;
        }
    };
    let authorization = header_of(&again, "Authorization");
    assert!(authorization.contains("algorithm=SHA-256") && authorization.contains("nonce=\"n1\""), "{authorization}");
    assert!(header_of(&again, "Call-ID").ends_with("@patchcord"), "{again}");
    peer.reply(&again, "404 Not Found", "X-Hint: try bob\r\n", near.local()).await;
    let Signal::Failed { status: 404, headers, .. } = next(&mut told).await else { panic!() };
    assert_eq!(headers, [Header { name: "X-Hint".into(), value: "try bob".into() }]);
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_requests_get_an_answer() {
    let (near, mut invited) = agent().await;
    let peer = Peer::new().await;
    let own = peer.0.local_addr().unwrap();
    let request = |method: &str, branch: &str, cseq: u32, to_tag: &str, extra: &str| {
        format!(
            "{method} sip:x@{near} SIP/2.0\r\nVia: SIP/2.0/UDP {own};rport;branch=z9hG4bK{branch}\r\n\
             From: <sip:+1777@{own}>;tag=f\r\nTo: <sip:x@{near}>{to_tag}\r\nCall-ID: c1\r\nCSeq: {cseq} {method}\r\n\
             Contact: <sip:p@{own}>\r\nMax-Forwards: 70\r\n{extra}",
            near = near.local(),
        )
    };
    let send = async |text: String| {
        peer.0.send_to(text.as_bytes(), near.local()).await.unwrap();
        peer.receive().await
    };
    let none = "Content-Length: 0\r\n\r\n";
    let reply = send(request("OPTIONS", "1", 1, "", none)).await;
    assert!(reply.starts_with("SIP/2.0 200") && header_of(&reply, "Allow").contains("INVITE"), "{reply}");
    let reply = send(request("MESSAGE", "2", 1, "", none)).await;
    assert!(reply.starts_with("SIP/2.0 405"), "{reply}");
    let reply = send(request("BREW", "2b", 1, "", none)).await;
    assert!(reply.starts_with("SIP/2.0 501") && header_of(&reply, "Allow").contains("INVITE"), "{reply}");
    let reply = send(request("BYE", "3", 1, ";tag=nobody", none)).await;
    assert!(reply.starts_with("SIP/2.0 481"), "{reply}");
    let reply = send(request("INVITE", "4", 1, "", &format!("Require: magic\r\n{none}"))).await;
    assert!(reply.starts_with("SIP/2.0 420") && header_of(&reply, "Unsupported") == "magic", "{reply}");

    // A real call, and then a request that is older than its INVITE.
    let reply = send(request("INVITE", "5", 20, "", none)).await;
    let invitation = next(&mut invited).await;
    assert_eq!(invitation.offer, None);
    let (report, mut told) = signals();
    let leg = invitation.take(negotiate(), report).unwrap();
    let _ = reply;
    leg.answer(SDP.into());
    let ok = peer.until("SIP/2.0 200").await;
    assert!(header_of(&ok, "Allow").contains("BYE"), "{ok}");
    let to = header_of(&ok, "To");
    let tag = format!(";tag={}", to.split(";tag=").nth(1).unwrap());
    let ack = request(
        "ACK",
        "6",
        20,
        &tag,
        &format!("Content-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{SDP}", SDP.len()),
    );
    peer.0.send_to(ack.as_bytes(), near.local()).await.unwrap();
    assert_eq!(next(&mut told).await, Signal::Acknowledged { sdp: Some(SDP.into()) });
    let relay = "Content-Type: application/dtmf-relay\r\nContent-Length: 10\r\n\r\nSignal= 5\n";
    peer.0.send_to(request("INFO", "7", 21, &tag, relay).as_bytes(), near.local()).await.unwrap();
    peer.until("SIP/2.0 200").await;
    assert_eq!(next(&mut told).await, Signal::Key('5'));
    peer.0.send_to(request("INFO", "8", 3, &tag, none).as_bytes(), near.local()).await.unwrap();
    peer.until("SIP/2.0 500").await;
    let again = format!("Content-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{SDP}", SDP.len());
    peer.0.send_to(request("INVITE", "9", 22, &tag, &again).as_bytes(), near.local()).await.unwrap();
    let ok = peer.until("SIP/2.0 200").await;
    assert!(ok.contains("m=audio") && header_of(&ok, "CSeq") == "22 INVITE", "{ok}");
    peer.0.send_to(request("ACK", "10", 22, &tag, none).as_bytes(), near.local()).await.unwrap();
    let bye = format!("X-Bye: ciao\r\n{none}");
    peer.0.send_to(request("BYE", "11", 23, &tag, &bye).as_bytes(), near.local()).await.unwrap();
    let Signal::Ended { cause: Cause::Normal, headers } = next(&mut told).await else { panic!() };
    assert_eq!(headers, [Header { name: "X-Bye".into(), value: "ciao".into() }]);
}

//! A real sipp. Its scenario is put together from a few roles; what it should do next is told to
//! it with an INFO of its own call ("nudge"), so that nothing depends on pauses.

use super::{Folder, PATIENCE, Voice, free_port, until};
use std::{
    net::{SocketAddr, UdpSocket},
    process::{Child, Command, Stdio},
    time::Instant,
};

/// What a sipp does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Calls, talks, hangs up when nudged.
    CallsAndHangsUp,
    /// Calls, talks, waits for a BYE.
    CallsAndWaits,
    /// Calls, hears it ring, gives up when nudged: CANCEL, 487, ACK.
    CallsAndCancels,
    /// Calls, sends this key in an INFO at the first nudge and at every other one, until a BYE.
    CallsAndPresses(char),
    /// Rings until it is cancelled: CANCEL, 487, ACK.
    RingsUntilCancelled,
    /// Rings, answers when nudged, hangs up when nudged again.
    AnswersAndHangsUp,
    /// Rings, answers when nudged, waits for a BYE.
    AnswersAndWaits,
    /// Rings, and is busy when nudged.
    Busy,
}

/// A sipp with one call.
pub(crate) struct Sipp {
    child: Child,
    pub(crate) port: u16,
    folder: Folder,
    role: Role,
}

impl Sipp {
    /// A sipp that calls.
    pub(crate) fn call(role: Role, number: &str, host: SocketAddr, voice: &Voice) -> Sipp {
        Sipp::start(role, number, Some(host), voice)
    }

    /// A sipp that is called.
    pub(crate) fn callee(role: Role, voice: &Voice) -> Sipp {
        Sipp::start(role, "", None, voice)
    }

    fn start(role: Role, number: &str, host: Option<SocketAddr>, voice: &Voice) -> Sipp {
        let folder = Folder::new("sipp");
        let scenario = folder.file("scenario.xml", &scenario(role, number, voice.port()));
        let port = free_port();
        let mut command = Command::new("sipp");
        command
            .current_dir(&folder.0)
            .arg("-sf")
            .arg(&scenario)
            .args(["-i", "127.0.0.1", "-p", &port.to_string(), "-m", "1", "-nostdin", "-timeout", "40s"])
            .args(["-timeout_error", "-trace_logs", "-log_file", "said.log", "-trace_err", "-error_file", "errors.log"])
            .args(["-trace_msg", "-message_file", "messages.log"])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if let Some(host) = host {
            command.arg(host.to_string());
        }
        let child = command.spawn().expect("sipp (Debian: sip-tester) is needed for this test");
        let sipp = Sipp { child, port, folder, role };
        if host.is_none() {
            // It is ready when nobody else can have its port.
            until("sipp to listen", || UdpSocket::bind(("127.0.0.1", port)).is_err().then_some(()));
        }
        sipp
    }

    /// Waits until it logged a word, and gives the rest of that line.
    pub(crate) fn said(&mut self, word: &str) -> String {
        let path = self.folder.0.join("said.log");
        until(&format!("{:?} says {word}", self.role), || {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let found = text.lines().find_map(|line| line.strip_prefix(word).map(|rest| rest.trim().to_owned()));
            if found.is_none() && self.child.try_wait().unwrap().is_some_and(|status| !status.success()) {
                panic!("{:?} failed: {}", self.role, self.errors());
            }
            found
        })
    }

    /// Where the other side wants its audio.
    pub(crate) fn audio(&mut self) -> SocketAddr {
        format!("127.0.0.1:{}", self.said("AUDIO ")).parse().unwrap()
    }

    /// Tells it to go on.
    pub(crate) fn nudge(&mut self) {
        let call = self.said("CALL ");
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let own = socket.local_addr().unwrap();
        let text = format!(
            "INFO sip:sipp@127.0.0.1:{port} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bKnudge{own}\r\n\
             From: <sip:test@{own}>;tag=test\r\nTo: <sip:sipp@127.0.0.1:{port}>\r\nCall-ID: {call}\r\n\
             CSeq: 1 INFO\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n",
            port = self.port,
        );
        socket.send_to(text.as_bytes(), ("127.0.0.1", self.port)).unwrap();
    }

    /// Waits for its end; its scenario must have gone as written.
    pub(crate) fn done(&mut self) {
        let status = until(&format!("the end of {:?}", self.role), || self.child.try_wait().unwrap());
        assert!(status.success(), "{:?}: {status}\n{}", self.role, self.errors());
    }

    /// Every message it sent and received.
    pub(crate) fn messages(&self) -> String {
        std::fs::read_to_string(self.folder.0.join("messages.log")).unwrap_or_default()
    }

    fn errors(&self) -> String {
        let errors = std::fs::read_to_string(self.folder.0.join("errors.log")).unwrap_or_default();
        format!("{errors}\n{}", self.messages())
    }
}

impl Drop for Sipp {
    fn drop(&mut self) {
        let end = Instant::now() + PATIENCE / 20;
        while Instant::now() < end {
            if let Ok(Some(_)) = self.child.try_wait() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn scenario(role: Role, number: &str, voice: u16) -> String {
    let body = match role {
        Role::CallsAndHangsUp => format!("{}{NUDGED}{}", caller(number, voice), bye(true)),
        Role::CallsAndWaits => format!("{}{BYE_COMES}", caller(number, voice)),
        Role::CallsAndCancels => format!("{}{NUDGED}{}", invite(number, voice), GIVE_UP),
        Role::CallsAndPresses(key) => format!("{}{}", caller(number, voice), presses(key)),
        Role::RingsUntilCancelled => format!("{CALLED}{}{}", ringing(), cancelled()),
        Role::AnswersAndHangsUp => format!("{CALLED}{}{NUDGED}{}{NUDGED}{}", ringing(), answer(voice), bye(false)),
        Role::AnswersAndWaits => format!("{CALLED}{}{NUDGED}{}{BYE_COMES}", ringing(), answer(voice)),
        Role::Busy => format!("{CALLED}{}{NUDGED}{}", ringing(), busy()),
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario name=\"test\">\n{body}\n</scenario>\n")
}

/// Logs the port of the other side's audio and the Call-ID, for the test.
const LOG_AUDIO: &str = r#"<action>
  <ereg regexp="m=audio ([0-9]+)" search_in="body" check_it="true" assign_to="line,port"/>
  <ereg regexp=".*" search_in="hdr" header="To:" assign_to="to"/>
  <log message="AUDIO [$port]"/>
  <log message="CALL [call_id]"/>
</action>"#;

const NUDGED: &str = r#"<recv request="INFO"/>"#;

fn sdp(voice: u16) -> String {
    format!(
        "v=0\no=sipp 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {voice} RTP/AVP 0\na=rtpmap:0 PCMU/8000\n"
    )
}

fn caller(number: &str, voice: u16) -> String {
    format!(
        r#"<send retrans="500"><![CDATA[
INVITE sip:{number}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: "Ada" <sip:+15550001111@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:{number}@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:ada@[local_ip]:[local_port]>
X-Trace: abc
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

{sdp}]]></send>
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="183" optional="true"/>
<recv response="200" rrs="true">{log}</recv>
<send><![CDATA[
ACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: "Ada" <sip:+15550001111@[local_ip]:[local_port]>;tag=[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
"#,
        sdp = sdp(voice),
        log = LOG_AUDIO,
    ) + "<nop><action><log message=\"ACKED\"/></action></nop>\n<Reference variables=\"line,to\"/>\n"
}

/// INVITE, and 180.
fn invite(number: &str, voice: u16) -> String {
    format!(
        r#"<send retrans="500"><![CDATA[
INVITE sip:{number}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bKgiveup[call_number]
From: "Ada" <sip:+15550001111@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:{number}@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:ada@[local_ip]:[local_port]>
X-Trace: abc
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

{sdp}]]></send>
"#,
        sdp = sdp(voice),
    ) + RINGS
}

const RINGS: &str = r#"<recv response="100" optional="true"/>
<recv response="180"><action><log message="CALL [call_id]"/><log message="RINGS"/></action></recv>
"#;

/// The CANCEL has the branch of its INVITE, which is the first message of this call.
const GIVE_UP: &str = r#"<send retrans="500"><![CDATA[
CANCEL sip:100@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bKgiveup[call_number]
From: "Ada" <sip:+15550001111@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:100@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 CANCEL
Max-Forwards: 70
Content-Length: 0

]]></send>
<recv response="200"/>
<recv response="487"/>
<send><![CDATA[
ACK sip:100@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bKgiveup[call_number]
From: "Ada" <sip:+15550001111@[local_ip]:[local_port]>;tag=[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
"#;

/// Keeps what later messages need: a nudge in between changes what sipp calls "last".
const CALLED: &str = r#"<recv request="INVITE">
<action>
  <ereg regexp="m=audio ([0-9]+)" search_in="body" check_it="true" assign_to="line,port"/>
  <ereg regexp=".*" search_in="hdr" header="Via:" assign_to="via"/>
  <ereg regexp=".*" search_in="hdr" header="From:" assign_to="theirs"/>
  <ereg regexp=".*" search_in="hdr" header="To:" assign_to="ours"/>
  <ereg regexp=".*" search_in="hdr" header="CSeq:" assign_to="cseq"/>
  <ereg regexp="sip:[^>;]*" search_in="hdr" header="Contact:" assign_to="target"/>
  <log message="AUDIO [$port]"/>
  <log message="CALL [call_id]"/>
</action>
</recv>
<Reference variables="line,target"/>
"#;

fn response(status: &str, retransmit: bool, body: Option<&str>) -> String {
    let retransmit = if retransmit { " retrans=\"500\"" } else { "" };
    let (kind, body) = match body {
        Some(body) => ("Content-Type: application/sdp\n", body),
        None => ("", ""),
    };
    format!(
        "<send{retransmit}><![CDATA[\nSIP/2.0 {status}\nVia:[$via]\nFrom:[$theirs]\nTo:[$ours];tag=[pid]x[call_number]\n\
         Call-ID: [call_id]\nCSeq:[$cseq]\nContact: <sip:callee@[local_ip]:[local_port]>\n{kind}Content-Length: [len]\n\n{body}]]></send>\n"
    )
}

fn ringing() -> String {
    response("180 Ringing", false, None)
}

fn answer(voice: u16) -> String {
    let ok = response("200 OK", true, Some(&sdp(voice)));
    format!("{ok}<recv request=\"ACK\"/>\n<nop><action><log message=\"ACKED\"/></action></nop>\n")
}

fn busy() -> String {
    response("486 Busy Here", true, None) + "<recv request=\"ACK\"/>\n"
}

fn cancelled() -> String {
    let cancel = r#"<recv request="CANCEL"/>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:];tag=[pid]x[call_number]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
"#;
    let gone = response("487 Request Terminated", true, None);
    format!("{cancel}{gone}<recv request=\"ACK\"/>\n<nop><action><log message=\"CANCELLED\"/></action></nop>\n")
}

/// A nudge is answered with a key; a BYE ends it. The label is where it waits for either.
fn presses(key: char) -> String {
    format!(
        r#"<label id="1"/>
<recv request="BYE" optional="true" next="2"/>
<recv request="INFO"/>
<send retrans="500"><![CDATA[
INFO [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: "Ada" <sip:+15550001111@[local_ip]:[local_port]>;tag=[call_number]
To:[$to]
Call-ID: [call_id]
CSeq: [cseq] INFO
Max-Forwards: 70
Content-Type: application/dtmf-relay
Content-Length: [len]

Signal={key}
Duration=160
]]></send>
<recv response="200" optional="true" next="1"/>
<recv request="BYE" next="2"/>
<label id="2"/>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
"#
    )
}

const BYE_COMES: &str = r#"<recv request="BYE"/>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
"#;

/// A BYE of the side that called, or of the one that was called.
fn bye(caller: bool) -> String {
    let (uri, from, to) = if caller {
        ("[next_url]", "From: \"Ada\" <sip:+15550001111@[local_ip]:[local_port]>;tag=[call_number]", "To:[$to]")
    } else {
        ("[$target]", "From:[$ours];tag=[pid]x[call_number]", "To:[$theirs]")
    };
    format!(
        "<send retrans=\"500\"><![CDATA[\nBYE {uri} SIP/2.0\n\
         Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\n{from}\n{to}\nCall-ID: [call_id]\n\
         CSeq: 2 BYE\nMax-Forwards: 70\nContent-Length: 0\n\n]]></send>\n<recv response=\"200\"/>\n"
    )
}

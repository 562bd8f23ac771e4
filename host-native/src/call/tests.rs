//! Calls between phones through a host, driven by an engine of a few lines: it dials everybody
//! at once, bridges the first who answers, and ends with either side.

use super::{JournalEntry as Entry, *};
use crate::{
    guest::{CallEngine, Code, EngineError, GuestFlow, Limits, Step},
    media::Codec,
    phone::{Happened, Phone, PhoneCall},
    report::Report,
    sip::{Routes, Signal},
};
use patchcord_core::{
    id::LegId,
    time::Instant,
    wire::{Application, Cause, Command, Event, HangupReason, Outcome, Source, Start},
};
use std::time::Duration;
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    time::timeout,
};

/// Dials all; the first to answer wins.
struct Simring {
    targets: Vec<String>,
    alive: Vec<LegId>,
    winner: Option<LegId>,
}

impl Simring {
    fn step(&mut self, commands: Vec<Command>) -> Result<Step, EngineError> {
        let mut commands = commands;
        if self.alive.is_empty() {
            let outcome = if self.winner.is_some() { Outcome::Completed } else { Outcome::Abandoned };
            commands.push(Command::Done { outcome });
        }
        Ok(Step { commands, ..Step::default() })
    }
}

impl CallEngine for Simring {
    fn open(&mut self, start: &Start) -> Result<Step, EngineError> {
        let mut commands = vec![Command::Ring { leg: LegId::CALLER, media: false }];
        self.alive.push(LegId::CALLER);
        for (number, to) in (1..).zip(&self.targets) {
            self.alive.push(LegId(number));
            commands.push(Command::Originate {
                leg: LegId(number),
                to: to.clone(),
                from: start.caller.from.clone(),
                from_name: None,
                headers: Vec::new(),
                username: None,
                password: None,
                proxy: None,
                codecs: Vec::new(),
                encryption: None,
                session_timeout: None,
                webrtc: false,
                stream: None,
            });
        }
        self.step(commands)
    }

    fn event(&mut self, _: Instant, event: &Event) -> Result<Step, EngineError> {
        let commands = match event {
            Event::Answered { leg, .. } if self.winner.is_none() => {
                self.winner = Some(*leg);
                let mut commands = vec![
                    Command::Answer { leg: LegId::CALLER, codecs: Vec::new() },
                    Command::Bridge { a: LegId::CALLER, b: *leg, early: false },
                ];
                let losers = self.alive.iter().filter(|other| **other != *leg && **other != LegId::CALLER);
                commands.extend(losers.map(|leg| Command::Cancel { leg: *leg }));
                commands
            }
            Event::Answered { leg, .. } => {
                vec![Command::Hangup { leg: *leg, reason: HangupReason::NotWanted, headers: Vec::new() }]
            }
            Event::Failed { leg, .. } | Event::Ended { leg, .. } => {
                self.alive.retain(|other| other != leg);
                let pair = *leg == LegId::CALLER || Some(*leg) == self.winner;
                let hang_up = |leg: &LegId| match self.winner {
                    Some(winner) if winner == *leg || *leg == LegId::CALLER => {
                        Command::Hangup { leg: *leg, reason: HangupReason::Normal, headers: Vec::new() }
                    }
                    _ => Command::Cancel { leg: *leg },
                };
                if pair { self.alive.iter().map(hang_up).collect() } else { Vec::new() }
            }
            _ => Vec::new(),
        };
        self.step(commands)
    }

    fn timeout(&mut self, _: Instant) -> Result<Step, EngineError> {
        self.step(Vec::new())
    }
}

fn setting(flow: Flow, journals: &std::path::Path) -> (HostSetting, UnboundedReceiver<Sight>) {
    let (saw, sights) = unbounded_channel();
    let setting = HostSetting {
        listen: "127.0.0.1:0".parse().unwrap(),
        advertise: None,
        rtp_ports: None,
        routes: Routes::default(),
        flow,
        source: Source::Document { text: "{}".into(), url: None },
        dialect: None,
        application: Application::default(),
        journals: journals.to_owned(),
        max_calls: 2,
        seed: Some(1),
        watch: Report::new(move |sight| drop(saw.send(sight))),
    };
    (setting, sights)
}

fn folder(name: &str) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("patchcord-{name}-{}", std::process::id()))
}

async fn simring(journals: &std::path::Path, targets: &[String]) -> (Host, UnboundedReceiver<Sight>) {
    let targets = targets.to_vec();
    let flow = Flow::new(move || Ok(Box::new(Simring { targets: targets.clone(), alive: Vec::new(), winner: None })));
    let (setting, sights) = setting(flow, journals);
    (Host::start(setting).await.unwrap(), sights)
}

async fn next(call: &mut PhoneCall) -> Happened {
    timeout(Duration::from_secs(5), call.next()).await.expect("in time").expect("open")
}

async fn called(phone: &mut Phone) -> PhoneCall {
    timeout(Duration::from_secs(5), phone.called()).await.expect("in time").expect("open")
}

async fn end(sights: &mut UnboundedReceiver<Sight>) -> End {
    loop {
        let sight = timeout(Duration::from_secs(10), sights.recv()).await.expect("in time").expect("open");
        if let What::Over(end) = sight.what {
            return end;
        }
    }
}

async fn until(what: &str, condition: impl Fn() -> bool) {
    let end = tokio::time::Instant::now() + Duration::from_secs(5);
    while !condition() {
        assert!(tokio::time::Instant::now() < end, "never: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn sip(phone: &Phone) -> String {
    format!("sip:x@{}", phone.local())
}

fn ended(cause: Cause) -> Happened {
    Happened::Signal(Signal::Ended { cause, headers: Vec::new() })
}

#[tokio::test(flavor = "multi_thread")]
async fn two_phones_ring_the_second_wins_and_both_talk() {
    let journals = folder("simring");
    let ada = Phone::start("ada", Codec::Pcmu).await.unwrap();
    let mut bob = Phone::start("bob", Codec::Pcmu).await.unwrap();
    let mut cyd = Phone::start("cyd", Codec::Pcma).await.unwrap();
    let (host, mut sights) = simring(&journals, &[sip(&bob), sip(&cyd)]).await;

    let mut at_ada = ada.call("+15550001", "100", host.local()).await.unwrap();
    let mut at_bob = called(&mut bob).await;
    let mut at_cyd = called(&mut cyd).await;
    assert_eq!(at_cyd.caller.as_ref().map(|caller| caller.from.as_str()), Some("+15550001"));
    at_bob.ring();
    assert_eq!(next(&mut at_ada).await, Happened::Signal(Signal::Ringing { status: 180 }));
    at_cyd.answer();
    assert_eq!(next(&mut at_bob).await, ended(Cause::Cancel));
    let Happened::Signal(Signal::Answered { .. }) = next(&mut at_ada).await else { panic!() };
    at_ada.hum("us", 60_000);
    at_cyd.hum("uk", 60_000);
    until("both hear each other", || at_ada.counters().received > 5 && at_cyd.counters().received > 5).await;
    at_ada.press('5');
    loop {
        match next(&mut at_cyd).await {
            Happened::Key(key) => break assert_eq!(key, '5'),
            Happened::Signal(signal) => assert_eq!(signal, Signal::Acknowledged { sdp: None }),
        }
    }
    at_cyd.hang_up();
    assert_eq!(next(&mut at_ada).await, ended(Cause::Normal));
    let end = end(&mut sights).await;
    assert_eq!((end.outcome, end.stopped), (Some(Outcome::Completed), None));
    let caller = end.audio.iter().find(|(leg, _)| *leg == LegId::CALLER).unwrap().1;
    assert!(caller.sent > 5 && caller.received > 5 && caller.refused == 0, "{caller:?}");
    let entries = Journal::read(&end.journal).unwrap();
    assert!(matches!(entries.first(), Some(Entry::Start { .. })));
    assert!(matches!(entries.last(), Some(Entry::Done { done: Outcome::Completed, .. })));
    timeout(Duration::from_secs(5), host.drain()).await.unwrap();
    std::fs::remove_dir_all(journals).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_gives_up_stops_the_ringing_and_unroutable_legs_fail() {
    let journals = folder("giveup");
    let ada = Phone::start("ada", Codec::Pcmu).await.unwrap();
    let mut bob = Phone::start("bob", Codec::Pcmu).await.unwrap();
    let (host, mut sights) = simring(&journals, &[sip(&bob), "+1999".into()]).await;
    let mut at_ada = ada.call("sip:ada@example.com", "100", host.local()).await.unwrap();
    let mut at_bob = called(&mut bob).await;
    at_bob.ring();
    next(&mut at_ada).await;
    at_ada.cancel();
    assert_eq!(next(&mut at_bob).await, ended(Cause::Cancel));
    let Happened::Signal(Signal::Failed { status: 487, .. }) = next(&mut at_ada).await else { panic!() };
    assert_eq!(end(&mut sights).await.outcome, Some(Outcome::Abandoned));
    std::fs::remove_dir_all(journals).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_calls_are_refused_and_a_shutdown_hangs_up() {
    let journals = folder("full");
    let ada = Phone::start("ada", Codec::Pcmu).await.unwrap();
    let mut bob = Phone::start("bob", Codec::Pcmu).await.unwrap();
    let (host, mut sights) = simring(&journals, &[sip(&bob)]).await;
    let mut first = ada.call("+1", "100", host.local()).await.unwrap();
    let at_bob = called(&mut bob).await;
    at_bob.answer();
    let mut second = ada.call("+1", "100", host.local()).await.unwrap();
    called(&mut bob).await.ring();
    let mut third = ada.call("+1", "100", host.local()).await.unwrap();
    let Happened::Signal(Signal::Failed { status: 503, .. }) = next(&mut third).await else { panic!() };
    let Happened::Signal(Signal::Ringing { .. }) = next(&mut first).await else { panic!() };
    let Happened::Signal(Signal::Answered { .. }) = next(&mut first).await else { panic!() };
    host.hang_up_all();
    assert_eq!(next(&mut first).await, ended(Cause::Normal));
    loop {
        if let Happened::Signal(Signal::Failed { status, .. }) = next(&mut second).await {
            break assert_eq!(status, 500);
        }
    }
    assert_eq!(end(&mut sights).await.stopped.as_deref(), Some("the host is shutting down"));
    timeout(Duration::from_secs(10), host.drain()).await.unwrap();
    std::fs::remove_dir_all(journals).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_that_traps_ends_its_call_and_the_others_are_restored() {
    for (key, reason) in [('9', "too long"), ('8', "more memory")] {
        let journals = folder(&format!("trap{key}"));
        // Answers at once, and otherwise behaves like its model.
        let wasm = wat::parse_str(
            crate::guest::tests::COUNTER
                .replace(
                    "(memory (export",
                    r#"(import "patchcord_v1" "answer" (func $answer (param i32 i32 i32)))
                    (data (i32.const 400) "{\"name\":\"answer\",\"leg\":\"a\"}")
                    (memory (export"#,
                )
                .replace("(call $reply (global.get $calls))", "(call $answer (global.get $calls) (i32.const 400) (i32.const 27)) (call $reply (global.get $calls))"),
        )
        .unwrap();
        let limits = Limits { memory: 16 << 20, input: Duration::from_millis(400) };
        let code = Code::load(&wasm, limits, None).unwrap();
        let source = Source::Document { text: "{}".into(), url: None };
        let (setting, mut sights) = setting(Flow::guest(GuestFlow::new(code, source, None, 100)), &journals);
        let setting = HostSetting { max_calls: 10, ..setting };
        let host = Host::start(setting).await.unwrap();
        let ada = Phone::start("ada", Codec::Pcmu).await.unwrap();
        let mut good = ada.call("+1", "100", host.local()).await.unwrap();
        let Happened::Signal(Signal::Answered { .. }) = next(&mut good).await else { panic!() };
        let mut bad = ada.call("+2", "100", host.local()).await.unwrap();
        let Happened::Signal(Signal::Answered { .. }) = next(&mut bad).await else { panic!() };
        good.press('1');
        stopped(&mut sights, 1).await;
        bad.press(key);
        assert_eq!(next(&mut bad).await, ended(Cause::Normal));
        let end = end(&mut sights).await;
        assert!(end.stopped.as_deref().is_some_and(|why| why.contains(reason)), "{end:?}");
        // The other call goes on where it was: its second key is counted as the second.
        good.press('2');
        stopped(&mut sights, 2).await;
        // And new calls are taken.
        let mut fresh = ada.call("+3", "100", host.local()).await.unwrap();
        let Happened::Signal(Signal::Answered { .. }) = next(&mut fresh).await else { panic!() };
        host.hang_up_all();
        timeout(Duration::from_secs(10), host.drain()).await.unwrap();
        std::fs::remove_dir_all(journals).unwrap();
    }
}

/// Waits for the order that counts a key.
async fn stopped(sights: &mut UnboundedReceiver<Sight>, count: u32) {
    loop {
        let sight = timeout(Duration::from_secs(5), sights.recv()).await.expect("in time").expect("open");
        if let What::Command(Command::Stop { media, .. }) = sight.what {
            return assert_eq!((sight.call, media.0), (1, count));
        }
    }
}

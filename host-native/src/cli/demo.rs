//! `patchcord demo`: a host, three phones, one call, all on this machine and all real.

use super::{
    Failure,
    ladder::Ladder,
    paint::{Ink, Paint},
};
use crate::{
    call::{End, Flow, Host, HostSetting, Sight, What},
    guest::{GuestFlow, Limits, guest},
    media::{Codec, Counters},
    phone::{Happened, Phone, PhoneCall},
    report::Report,
    sip::{Routes, Signal},
};
use clap::Args;
use patchcord_core::{
    id::LegId,
    wire::{Application, Cause, Command, Dialect, Event, Outcome, Source},
};
use std::{net::SocketAddr, path::PathBuf, time::Duration};
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    time::{sleep, timeout},
};

/// Columns of the ladder.
const ADA: usize = 0;
const HOST: usize = 1;
const BOB: usize = 2;
const CYD: usize = 3;

/// How long anything in the demo may take.
const PATIENCE: Duration = Duration::from_secs(8);
/// How long the second phone rings before it is answered.
const RINGING: Duration = Duration::from_millis(1000);
/// How long they talk.
const TALK: Duration = Duration::from_millis(2000);
/// Packets that each side has to hear: half of them, since a machine may be busy.
const HEARD: u64 = 50;

/// Options of `patchcord demo`.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Run the engine in this process, without the sandbox (for debugging)
    #[arg(long)]
    native: bool,
    /// Folder for the journal of the call
    #[arg(long, value_name = "DIR")]
    journal_dir: Option<PathBuf>,
}

/// What the phones saw.
struct Seen {
    ada: Counters,
    cyd: Counters,
    bob_was_cancelled: bool,
}

/// Plays the demo; anything unexpected fails it.
pub(super) async fn run(options: Options) -> Result<(), Failure> {
    let ada = Phone::start("ada", Codec::Pcmu).await.map_err(Failure::World)?;
    let bob = Phone::start("bob", Codec::Pcmu).await.map_err(Failure::World)?;
    let cyd = Phone::start("cyd", Codec::Pcma).await.map_err(Failure::World)?;
    let text = flow(bob.local(), cyd.local());
    let source = Source::Document { text: text.clone(), url: None };
    let engines = if options.native {
        Flow::native()
    } else {
        let code = guest(Limits::default()).map_err(Failure::world)?;
        Flow::guest(GuestFlow::new(code, source.clone(), Some(Dialect::Swml), 1))
    };
    let (saw, sights) = unbounded_channel();
    let host = Host::start(HostSetting {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        advertise: None,
        rtp_ports: None,
        routes: Routes::default(),
        flow: engines,
        source,
        dialect: Some(Dialect::Swml),
        application: Application::default(),
        journals: options
            .journal_dir
            .unwrap_or_else(|| std::env::temp_dir().join(format!("patchcord-demo-{}", std::process::id()))),
        max_calls: 1,
        seed: None,
        watch: Report::new(move |sight| drop(saw.send(sight))),
    })
    .await
    .map_err(Failure::world)?;

    let paint = Paint::of_stdout();
    println!("{}\n", paint.ink(Ink::Bold, "One real call: ada dials 100, two phones ring, the first to answer wins."));
    for line in text.lines() {
        println!("    {}", paint.ink(Ink::Faint, line));
    }
    println!();
    let drawing = tokio::spawn(draw(sights, paint));
    let playing = timeout(PATIENCE, play(&ada, bob, cyd, host.local())).await;
    let seen = playing.map_err(|_| Failure::World("the demo call did not come to its end".into()))??;
    let end = timeout(PATIENCE, drawing)
        .await
        .map_err(|_| Failure::World("the host did not see the end of the call".into()))?
        .map_err(Failure::world)?
        .ok_or_else(|| Failure::World("the host stopped".into()))?;
    // What a notify or a BYE still repeats is of no interest any more.
    let _ = timeout(Duration::from_secs(1), host.drain()).await;
    host.close();
    conclude(&seen, &end, paint)
}

/// The flow of the demo.
fn flow(bob: SocketAddr, cyd: SocketAddr) -> String {
    format!(
        "version: 1.0.0\nsections:\n  main:\n    - connect:\n        answer_on_bridge: true\n        timeout: 20\n        \
         parallel:\n          - to: \"sip:bob@{bob}\"\n          - to: \"sip:cyd@{cyd}\"\n    - hangup\n"
    )
}

/// What the three people do.
async fn play(ada: &Phone, bob: Phone, cyd: Phone, host: SocketAddr) -> Result<Seen, Failure> {
    let bob = tokio::spawn(ring_only(bob));
    let cyd = tokio::spawn(ring_and_answer(cyd));
    let mut call = ada.call("+15550100", "100", host).await.map_err(Failure::World)?;
    loop {
        match call.next().await {
            Some(Happened::Signal(Signal::Answered { .. })) => break,
            Some(Happened::Signal(Signal::Failed { status, reason, .. })) => {
                return Err(Failure::World(format!("the call was refused: {status} {reason}")));
            }
            Some(_) => {}
            None => return Err(Failure::World("ada's phone fell silent".into())),
        }
    }
    call.hum("us-old", 10_000);
    sleep(TALK).await;
    call.hang_up();
    let gone = Failure::World("a phone was never called".into());
    let (Some(cyd), Some(bob_was_cancelled)) = (cyd.await.map_err(Failure::world)?, bob.await.map_err(Failure::world)?)
    else {
        return Err(gone);
    };
    Ok(Seen { ada: call.counters(), cyd, bob_was_cancelled })
}

/// Rings until somebody else is faster. Whether it was cancelled.
async fn ring_only(mut phone: Phone) -> Option<bool> {
    let mut call = phone.called().await?;
    sleep(Duration::from_millis(120)).await;
    call.ring();
    Some(end_of(&mut call).await == Some(Cause::Cancel))
}

/// Rings, is picked up, and hums until the other side hangs up.
async fn ring_and_answer(mut phone: Phone) -> Option<Counters> {
    let mut call = phone.called().await?;
    sleep(Duration::from_millis(240)).await;
    call.ring();
    sleep(RINGING).await;
    call.answer();
    call.hum("fr", 10_000);
    end_of(&mut call).await;
    Some(call.counters())
}

async fn end_of(call: &mut PhoneCall) -> Option<Cause> {
    loop {
        if let Happened::Signal(Signal::Ended { cause, .. }) = call.next().await? {
            return Some(cause);
        }
    }
}

/// Draws what the host sees, until the call is over.
async fn draw(mut sights: UnboundedReceiver<Sight>, paint: Paint) -> Option<End> {
    let ladder = Ladder::new(vec!["ada", "patchcord", "bob", "cyd"], paint);
    ladder.head();
    while let Some(Sight { at, what, .. }) = sights.recv().await {
        let at = at.0;
        match what {
            What::Began { .. } => ladder.arrow(at, ADA, HOST, "INVITE 100", Ink::Bold),
            What::Event(event) => draw_event(&ladder, at, &event),
            What::Command(command) => draw_command(&ladder, at, &command),
            What::Trace(_) => {}
            What::Note(note) => ladder.remark(at, HOST, CYD, &note, Ink::Yellow),
            What::Over(end) => {
                ladder.foot();
                return Some(end);
            }
        }
    }
    None
}

fn draw_event(ladder: &Ladder, at: u64, event: &Event) {
    match event {
        Event::Ringing { leg, status } => ladder.arrow(at, lane(*leg), HOST, &format!("{status} ringing"), Ink::Blue),
        Event::EarlyMedia { leg, status } => ladder.arrow(at, lane(*leg), HOST, &format!("{status} early"), Ink::Blue),
        Event::Answered { leg, .. } => ladder.arrow(at, lane(*leg), HOST, "200 answered", Ink::Green),
        Event::Failed { leg, status, .. } => ladder.arrow(at, lane(*leg), HOST, &format!("{status} gone"), Ink::Yellow),
        Event::Ended { leg, cause: Cause::Normal, .. } if *leg == LegId::CALLER => {
            ladder.arrow(at, lane(*leg), HOST, "BYE", Ink::Magenta);
        }
        Event::Ended { leg, .. } => ladder.arrow(at, lane(*leg), HOST, "200 bye", Ink::Magenta),
        Event::Digit { .. }
        | Event::Progress { .. }
        | Event::MediaDone { .. }
        | Event::Fetched { .. }
        | Event::Notified { .. } => {}
    }
}

fn draw_command(ladder: &Ladder, at: u64, command: &Command) {
    match command {
        Command::Ring { .. } => ladder.arrow(at, HOST, ADA, "180 ringing", Ink::Blue),
        Command::Answer { .. } => ladder.arrow(at, HOST, ADA, "200 answered", Ink::Green),
        Command::Reject { status, .. } => ladder.arrow(at, HOST, ADA, &status.to_string(), Ink::Red),
        Command::Originate { leg, .. } => ladder.arrow(at, HOST, lane(*leg), "INVITE", Ink::Bold),
        Command::Cancel { leg } => ladder.arrow(at, HOST, lane(*leg), "CANCEL", Ink::Yellow),
        Command::Hangup { leg, .. } => ladder.arrow(at, HOST, lane(*leg), "BYE", Ink::Magenta),
        Command::Bridge { b, .. } => {
            let name =
                if lane(*b) == BOB { "♪ ada ⇄ bob: RTP both ways" } else { "♪ ada ⇄ cyd: RTP both ways" };
            ladder.remark(at, ADA, CYD, name, Ink::Green);
        }
        _ => {}
    }
}

/// The first phone dialled is bob's, the second cyd's.
const fn lane(leg: LegId) -> usize {
    match leg.0 {
        0 => ADA,
        1 => BOB,
        _ => CYD,
    }
}

/// Sums up, and says what was not as it should be.
fn conclude(seen: &Seen, end: &End, paint: Paint) -> Result<(), Failure> {
    let mut wrong = Vec::new();
    let mut check = |good: bool, text: String| {
        let mark = if good { paint.ink(Ink::Green, "✓") } else { paint.ink(Ink::Red, "✗") };
        println!("  {mark} {text}");
        if !good {
            wrong.push(text);
        }
    };
    println!();
    let refused: u64 = end.audio.iter().map(|(_, counters)| counters.refused).sum();
    check(end.outcome == Some(Outcome::Completed), "the call was completed".into());
    check(seen.bob_was_cancelled, "bob's phone rang and was cancelled when cyd answered".into());
    check(seen.ada.received >= HEARD, format!("ada heard cyd: {} RTP packets", seen.ada.received));
    check(seen.cyd.received >= HEARD, format!("cyd heard ada: {} RTP packets (PCMU became PCMA)", seen.cyd.received));
    check(
        refused == 0,
        format!("{} packets came from strangers", if refused == 0 { "no".into() } else { refused.to_string() }),
    );
    println!("\n  The call's journal: {}", end.journal.display());
    println!("  Next: {}", paint.ink(Ink::Bold, "patchcord serve FLOW"));
    if wrong.is_empty() { Ok(()) } else { Err(Failure::World(format!("not as expected: {}", wrong.join("; ")))) }
}

//! What a host makes of orders that go on for a while: as a scenario says, or as usual.

use super::glob::matches;
use super::line::line;
use super::read::{attempts, invalid, time};
use super::scenario::Scenario;
use crate::diag::{Diagnostic, codes};
use crate::dialect::reader::{Reader, get, items, number, value_of};
use crate::dialect::schema::{Holds, Schema, field, required};
use crate::id::{LegId, MediaId};
use crate::text::Node;
use crate::time::{Instant, Millis};
use crate::value::{Object, Value};
use crate::wire::{Command, Detected, MediaResult, Progress};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use litemap::LiteMap;

/// What becomes of orders that match.
#[derive(Clone, Debug)]
pub struct Staging {
    /// Pattern over the order's line: `record *`, `enqueue a support` …
    pub order: String,
    /// What happens at the first such order, the second … ; the last one counts for all later ones.
    pub attempts: Vec<Vec<Turn>>,
}

/// One thing that a host tells about an activity.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// When, from the order.
    pub at: Millis,
    /// What.
    pub tells: Tells,
}

/// What a host tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Tells {
    /// How it goes on.
    Progress(Progress),
    /// That it is over.
    Done(MediaResult),
}

pub(super) static STAGING: Schema = Schema::new(
    "activity",
    &[
        required("order", Holds::Text),
        field("does", Holds::ListOf(&Holds::Object(&TURN))),
        field("attempts", Holds::ListOf(&Holds::ListOf(&Holds::Object(&TURN)))),
    ],
);

static TURN: Schema = Schema::new(
    "activity.does",
    &[
        required("at", Holds::Either(&[Holds::Text, Holds::Number(0.0, 0.0)])),
        field("started", Holds::Map),
        field("recorded", Holds::Text),
        field("duration", Holds::Text),
        field("size", Holds::Integer(0.0, f32::INFINITY)),
        field("speech", Holds::Text),
        field("confidence", Holds::Number(0.0, 100.0)),
        field("partial", Holds::Bool),
        field("detected", Holds::Word(&["human", "machine", "fax", "unknown", "ready", "not-ready"])),
        field("beep", Holds::Bool),
        field("queued", Holds::Integer(1.0, f32::INFINITY)),
        field("of", Holds::Integer(1.0, f32::INFINITY)),
        field("connected", Holds::Text),
        field("conference", Holds::Text),
        field("referred", Holds::Integer(100.0, 699.0)),
        field("notify", Holds::Integer(100.0, 699.0)),
        field("transcript", Holds::Text),
        field("result", Holds::Map),
        field("done", Holds::Word(&["finished", "stopped", "failed", "no-input", "unsupported"])),
    ],
);

/// Reads one entry of `activities`.
pub(super) fn staging(reader: &mut Reader<'_>, node: &Node) -> Staging {
    let order = get(node, "order").map(|order| reader.scalar(order)).unwrap_or_default();
    Staging { order, attempts: attempts(reader, node, turns) }
}

fn turns(reader: &mut Reader<'_>, list: &Node) -> Vec<Turn> {
    let mut turns: Vec<Turn> = items(list).iter().filter_map(|node| turn(reader, node)).collect();
    crate::order::sort_by_key(&mut turns, |turn| turn.at);
    turns
}

fn turn(reader: &mut Reader<'_>, node: &Node) -> Option<Turn> {
    let at = time(reader, get(node, "at")?);
    let text = |reader: &Reader<'_>, name: &str| get(node, name).map(|node| reader.scalar(node));
    let whole = |name: &str| number(node, name).map(|number| number as u32);
    let truth = |name: &str| crate::dialect::reader::is_true(node, name) == Some(true);
    let mut tells: Vec<Tells> = Vec::new();
    let mut tell = |progress: Option<Progress>| tells.extend(progress.map(Tells::Progress));
    // Nothing is known of it, as of one that nobody scripted.
    let known = |facts: Value| if facts == Value::Object(Object::new()) { Value::Null } else { facts };
    tell(get(node, "started").map(|facts| Progress::Started { facts: known(value_of(facts)) }));
    let duration = get(node, "duration").map(|node| time(reader, node)).unwrap_or_default();
    tell(text(reader, "recorded").map(|url| Progress::Recorded {
        url,
        duration,
        size: number(node, "size").map_or(duration.0 * 16, |size| size as u64),
    }));
    tell(text(reader, "speech").map(|text| Progress::Speech {
        text,
        confidence: number(node, "confidence").unwrap_or(90.0),
        partial: truth("partial"),
    }));
    tell(text(reader, "detected").map(|word| Progress::Detected { what: detected(&word), beep: truth("beep") }));
    tell(whole("queued").map(|position| Progress::Queued {
        position,
        size: whole("of").unwrap_or(position),
        average: Millis(0),
    }));
    tell(
        text(reader, "connected").map(|peer| Progress::Connected { peer: Some(peer).filter(|peer| !peer.is_empty()) }),
    );
    tell(text(reader, "conference").map(|status| Progress::Conference { status }));
    tell(whole("referred").map(|status| Progress::Referred {
        status: status as u16,
        notify: whole("notify").map(|notify| notify as u16),
    }));
    tell(text(reader, "transcript").map(|text| Progress::Transcript { text }));
    tell(get(node, "result").map(|variables| Progress::Result { variables: value_of(variables) }));
    tells.extend(text(reader, "done").map(|word| Tells::Done(result(&word))));
    if tells.len() != 1 {
        invalid(reader, node, "one thing is told at a time: `at` and one of `started`, `recorded`, `done` …");
    }
    tells.pop().map(|tells| Turn { at, tells })
}

pub(super) fn detected(word: &str) -> Detected {
    match word {
        "human" => Detected::Human,
        "machine" => Detected::Machine,
        "fax" => Detected::Fax,
        "ready" => Detected::Ready,
        "not-ready" => Detected::NotReady,
        _ => Detected::Unknown,
    }
}

fn result(word: &str) -> MediaResult {
    match word {
        "stopped" => MediaResult::Stopped,
        "failed" => MediaResult::Failed,
        "no-input" => MediaResult::NoInput,
        "unsupported" => MediaResult::Unsupported,
        _ => MediaResult::Finished,
    }
}

/// What an order begins.
pub(super) struct Begun {
    pub(super) leg: LegId,
    pub(super) media: MediaId,
    pub(super) turns: Vec<Turn>,
    /// A scenario says so.
    pub(super) scripted: bool,
}

/// Activities that run, and what was staged for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Stage {
    running: LiteMap<MediaId, Running>,
    used: LiteMap<usize, usize>,
}

#[derive(Clone, Debug)]
struct Running {
    leg: LegId,
    begun: Instant,
    /// The file's ending, for one that records and has not told where.
    records: Option<String>,
    listens: bool,
}

impl Stage {
    /// An order begins an activity: what is going to be told, and whether the scenario says so.
    /// `None` for orders that begin none.
    pub(super) fn begin(&mut self, now: Instant, command: &Command, scenario: &Scenario) -> Option<Begun> {
        let (leg, media) = command.activity()?;
        let records = match command {
            Command::Record { recording, .. } => Some(recording.format.clone()),
            _ => None,
        };
        let listens = matches!(command, Command::Recognize { .. });
        self.running.insert(media, Running { leg, begun: now, records, listens });
        let staged = self.staged(command, scenario);
        let scripted = staged.is_some();
        let turns = staged.unwrap_or_else(|| usual(command, leg, media, scenario.record));
        Some(Begun { leg, media, turns, scripted })
    }

    /// What a scenario says of an order.
    pub(super) fn staged(&mut self, command: &Command, scenario: &Scenario) -> Option<Vec<Turn>> {
        let shown = if scenario.activities.is_empty() { return None } else { line(command) };
        let index = scenario.activities.iter().position(|staging| matches(&staging.order, &shown))?;
        let staging = scenario.activities.get(index)?;
        let count = self.used.entry(index).or_insert(0);
        let turns = staging.attempts.get(*count).or(staging.attempts.last()).cloned().unwrap_or_default();
        *count += 1;
        Some(turns)
    }

    pub(super) fn runs(&self, media: MediaId) -> bool {
        self.running.contains_key(&media)
    }

    /// Something is told about a running activity.
    pub(super) fn told(&mut self, media: MediaId, tells: &Tells) {
        match tells {
            Tells::Done(_) => drop(self.running.remove(&media)),
            Tells::Progress(Progress::Recorded { .. }) => {
                if let Some(running) = self.running.get_mut(&media) {
                    running.records = None;
                }
            }
            Tells::Progress(_) => {}
        }
    }

    /// One is stopped: what is told of it, last that it is over.
    pub(super) fn stop(&mut self, now: Instant, media: MediaId) -> Vec<Tells> {
        let Some(running) = self.running.remove(&media) else { return Vec::new() };
        let mut out = Vec::new();
        if let Some(format) = running.records {
            let duration = now.since(running.begun);
            out.push(Tells::Progress(recorded(running.leg, media, &format, duration)));
        }
        out.push(Tells::Done(MediaResult::Stopped));
        out
    }

    /// Activities of a leg.
    pub(super) fn of(&self, leg: LegId) -> Vec<MediaId> {
        self.running.iter().filter(|(_, running)| running.leg == leg).map(|(media, _)| *media).collect()
    }

    /// The recognition that hears a leg.
    pub(super) fn listener(&self, leg: LegId) -> Option<MediaId> {
        self.running.iter().find(|(_, running)| running.leg == leg && running.listens).map(|(media, _)| *media)
    }
}

pub(super) fn recorded(leg: LegId, media: MediaId, format: &str, duration: Millis) -> Progress {
    let url = format!("https://recordings.example/{leg}-{}.{format}", media.0);
    Progress::Recorded { url, duration, size: duration.0 * 16 }
}

/// What happens when a scenario does not say.
fn usual(command: &Command, leg: LegId, media: MediaId, record: Millis) -> Vec<Turn> {
    let turn = |at: u64, tells: Tells| Turn { at: Millis(at), tells };
    let tells = |at: u64, progress: Progress| turn(at, Tells::Progress(progress));
    let done = |at: u64| turn(at, Tells::Done(MediaResult::Finished));
    let started = || tells(0, Progress::Started { facts: Value::Null });
    match command {
        // One that silence ends is a message; any other goes on until it is stopped.
        Command::Record { recording, .. } if recording.end_silence.0 > 0 => {
            Vec::from([started(), tells(record.0, recorded(leg, media, &recording.format, record)), done(record.0)])
        }
        Command::Tap { .. } => {
            let facts = Object::new().with("rtp_src_addr", "192.0.2.1").with("rtp_src_port", 40_000.0);
            Vec::from([tells(0, Progress::Started { facts: Value::Object(facts) })])
        }
        Command::Detect { .. } => {
            Vec::from([tells(2_000, Progress::Detected { what: Detected::Human, beep: false }), done(2_000)])
        }
        Command::Enqueue { .. } => Vec::from([
            tells(0, Progress::Queued { position: 1, size: 1, average: Millis(0) }),
            tells(5_000, Progress::Connected { peer: None }),
            done(15_000),
        ]),
        Command::Join { .. } | Command::Echo { .. } => Vec::from([started(), done(10_000)]),
        Command::Refer { .. } => Vec::from([
            tells(200, Progress::Referred { status: 202, notify: None }),
            tells(1_000, Progress::Referred { status: 202, notify: Some(200) }),
            done(1_000),
        ]),
        Command::Extend { .. } => Vec::from([turn(0, Tells::Done(MediaResult::Unsupported))]),
        // It hears what the party is told to say.
        Command::Recognize { .. } => Vec::new(),
        _ => Vec::from([started()]),
    }
}

/// Says that a scenario may not stage an order that begins nothing.
pub(super) fn check_order(reader: &mut Reader<'_>, node: &Node) {
    const ORDERS: [&str; 14] = [
        "record",
        "recognize",
        "tap",
        "stream",
        "detect",
        "denoise",
        "echo",
        "transcribe",
        "enqueue",
        "join",
        "refer",
        "extend",
        "play",
        "send-digits",
    ];
    let Some(order) = get(node, "order") else { return };
    let text = reader.scalar(order);
    let name = text.split(' ').next().unwrap_or_default().to_string();
    if !ORDERS.iter().any(|known| matches(&name, known)) {
        let message = format!("`{name}` is no order that goes on for a while");
        reader.report(
            Diagnostic::new(&codes::INVALID_VALUE, order.span, message)
                .note(format!("it is one of {}", ORDERS.join(", "))),
        );
    }
}

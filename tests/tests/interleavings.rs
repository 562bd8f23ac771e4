//! Random worlds: whatever happens in whatever order, the rules hold and every call comes to its end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::engine::{Engine, Loaded, load};
use patchcord_core::id::{FetchId, LegId, MediaId};
use patchcord_core::sim::{Scenario, start_of};
use patchcord_core::time::{Instant, Millis};
use patchcord_core::value::Value;
use patchcord_core::wire::{Cause, Command, Detected, Event, Header, Hook, MediaResult, Progress};
use patchcord_tests::{files, top};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// SplitMix64: the same worlds everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    fn pick<'t, T>(&mut self, list: &'t [T]) -> Option<&'t T> {
        if list.is_empty() { None } else { list.get(self.roll(list.len() as u64) as usize) }
    }
}

/// What a host knows of a call, and the rules it watches.
#[derive(Default)]
struct Host {
    originated: BTreeMap<LegId, Phase>,
    caller: Option<Phase>,
    playing: Vec<(LegId, MediaId)>,
    running: Vec<(LegId, MediaId)>,
    stopping: BTreeSet<MediaId>,
    fetching: Vec<FetchId>,
    bridged: BTreeSet<LegId>,
    done: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    Ringing,
    Cancelling,
    Up,
    Leaving,
    Gone,
}

impl Host {
    fn obey(&mut self, command: &Command) {
        assert!(!self.done, "an order after Done: {command:?}");
        let leg_is = |host: &Host, leg: &LegId| {
            if *leg == LegId::CALLER { host.caller } else { host.originated.get(leg).copied() }
        };
        match command {
            Command::Ring { .. } => assert!(matches!(self.caller, None | Some(Phase::Ringing))),
            Command::Answer { .. } => {
                assert!(matches!(self.caller, None | Some(Phase::Ringing)), "answered as {:?}", self.caller);
                self.caller = Some(Phase::Up);
            }
            Command::Reject { .. } => {
                assert!(matches!(self.caller, None | Some(Phase::Ringing)), "rejected as {:?}", self.caller);
                self.caller = Some(Phase::Gone);
            }
            Command::Originate { leg, .. } => {
                assert!(self.originated.insert(*leg, Phase::Ringing).is_none(), "{leg} is dialled twice");
                assert_ne!(self.caller, Some(Phase::Gone), "somebody is dialled for a caller who is gone");
            }
            Command::Cancel { leg } => {
                assert_eq!(self.originated.insert(*leg, Phase::Cancelling), Some(Phase::Ringing), "{leg}");
            }
            Command::Hangup { leg, .. } => {
                assert_eq!(leg_is(self, leg), Some(Phase::Up), "{leg} is hung up");
                if *leg == LegId::CALLER {
                    self.caller = Some(Phase::Leaving);
                } else {
                    self.originated.insert(*leg, Phase::Leaving);
                }
            }
            Command::Bridge { a, b, early } => {
                assert_eq!(*a, LegId::CALLER);
                let wanted = if *early { Phase::Ringing } else { Phase::Up };
                assert_eq!(leg_is(self, b), Some(wanted), "{b} is bridged");
                assert!(*early || self.caller == Some(Phase::Up), "the caller is bridged unanswered");
                assert!(*early || self.bridged.insert(*b), "{b} is bridged twice");
            }
            Command::Unbridge { .. } => {}
            Command::Play { leg, media, .. } => {
                assert!(
                    !matches!(leg_is(self, leg), Some(Phase::Leaving | Phase::Gone)),
                    "a clip for {leg}, who is gone"
                );
                self.playing.push((*leg, *media));
            }
            Command::SendDigits { leg, media, .. } => self.playing.push((*leg, *media)),
            Command::Stop { leg, media } => {
                assert!(
                    self.playing.contains(&(*leg, *media)) || self.running.contains(&(*leg, *media)),
                    "something is stopped that does not run"
                );
                self.stopping.insert(*media);
            }
            Command::Fetch { fetch, .. } => self.fetching.push(*fetch),
            Command::Notify { .. } | Command::Adjust { .. } | Command::UserEvent { .. } => {}
            Command::Done { .. } => {
                assert!(
                    self.originated.values().all(|phase| *phase == Phase::Gone),
                    "Done with legs alive: {:?}",
                    self.originated
                );
                assert_eq!(self.caller, Some(Phase::Gone), "Done with the caller alive");
                assert!(self.running.is_empty(), "Done while something runs: {:?}", self.running);
                self.done = true;
            }
            activity => {
                let (leg, media) = activity.activity().expect("every other order begins something");
                assert!(
                    !matches!(leg_is(self, &leg), Some(Phase::Leaving | Phase::Gone)),
                    "{activity:?} of a leg that is gone"
                );
                // A prompt that is over forgets its recognition.
                if matches!(activity, Command::Recognize { .. }) {
                    self.playing.push((leg, media));
                } else {
                    self.running.push((leg, media));
                }
            }
        }
    }

    /// Something that may really happen now, or with a small chance anything at all.
    fn happens(&mut self, dice: &mut Dice) -> Option<Event> {
        if dice.roll(12) == 0 {
            return Some(strange(dice));
        }
        // What runs on a leg that is gone, or was told to stop, is over soon: the contract promises it.
        let gone = |leg: &LegId| match (*leg == LegId::CALLER, self.caller) {
            (true, phase) => matches!(phase, Some(Phase::Leaving | Phase::Gone)),
            (false, _) => matches!(self.originated.get(leg), Some(Phase::Leaving | Phase::Gone)),
        };
        let over = self.running.iter().find(|(leg, media)| gone(leg) || self.stopping.contains(media)).copied();
        if let Some((leg, media)) = over {
            self.running.retain(|(_, other)| *other != media);
            return Some(Event::MediaDone { leg, media, result: MediaResult::Stopped, error: None });
        }
        match dice.roll(8) {
            4 => {
                let (leg, media) = *dice.pick(&self.running)?;
                Some(Event::Progress { leg, media, progress: news(dice) })
            }
            5 => {
                let (leg, media) = *dice.pick(&self.running)?;
                self.running.retain(|(_, other)| *other != media);
                let results = [
                    MediaResult::Finished,
                    MediaResult::Stopped,
                    MediaResult::Failed,
                    MediaResult::NoInput,
                    MediaResult::Unsupported,
                ];
                Some(Event::MediaDone { leg, media, result: *dice.pick(&results)?, error: None })
            }
            0 => {
                let (leg, media) = *dice.pick(&self.playing)?;
                self.playing.retain(|(_, other)| *other != media);
                let result = *dice.pick(&[MediaResult::Finished, MediaResult::Finished, MediaResult::Failed])?;
                Some(Event::MediaDone { leg, media, result, error: None })
            }
            1 => {
                let fetch = *dice.pick(&self.fetching)?;
                self.fetching.retain(|other| *other != fetch);
                Some(fetched(fetch, dice))
            }
            2 => {
                let leg = if dice.roll(3) == 0 { LegId::CALLER } else { *dice.pick(&self.legs(|_| true))? };
                Some(Event::Digit { leg, digit: *dice.pick(&['1', '*', '2', '#'])? })
            }
            3 if dice.roll(8) == 0 && !matches!(self.caller, Some(Phase::Gone)) => {
                self.caller = Some(Phase::Gone);
                Some(Event::Ended { leg: LegId::CALLER, cause: Cause::Normal, headers: Vec::new() })
            }
            _ => {
                let alive = self.legs(|phase| phase != Phase::Gone);
                let leg = *dice.pick(&alive)?;
                Some(self.party(leg, dice))
            }
        }
    }

    fn legs(&self, keep: impl Fn(Phase) -> bool) -> Vec<LegId> {
        self.originated.iter().filter(|(_, phase)| keep(**phase)).map(|(leg, _)| *leg).collect()
    }

    /// What a dialled party does next.
    fn party(&mut self, leg: LegId, dice: &mut Dice) -> Event {
        let headers = Vec::new();
        let answers = |headers| Event::Answered { leg, headers, sip_call_id: None };
        let fails =
            |status| Event::Failed { leg, status, reason: String::new(), headers: Vec::new(), sip_call_id: None };
        match (self.originated[&leg], dice.roll(4)) {
            (Phase::Ringing | Phase::Cancelling, 0) => {
                self.originated.insert(leg, Phase::Up);
                answers(headers)
            }
            (Phase::Ringing, 1) => Event::Ringing { leg, status: 180 },
            (Phase::Ringing, 2) => Event::EarlyMedia { leg, status: 183 },
            (Phase::Ringing, _) => {
                self.originated.insert(leg, Phase::Gone);
                fails(*dice.pick(&[404, 408, 480, 486, 487, 503, 600, 603]).unwrap())
            }
            (Phase::Cancelling, _) => {
                self.originated.insert(leg, Phase::Gone);
                fails(487)
            }
            (Phase::Up | Phase::Leaving, _) => {
                self.originated.insert(leg, Phase::Gone);
                Event::Ended { leg, cause: Cause::Normal, headers }
            }
            (Phase::Gone, _) => fails(487),
        }
    }
}

fn fetched(fetch: FetchId, dice: &mut Dice) -> Event {
    const BODIES: &[(u16, &str, &str)] = &[
        (200, "application/json", "[]"),
        (200, "application/json", "[{\"verb\":\"say\",\"text\":\"hi\"}]"),
        (200, "application/json", "[{\"verb\":\"hangup\"}]"),
        (200, "application/json", "[{\"verb\":\"dial\",\"target\":[{\"type\":\"phone\",\"number\":\"1\"}]}]"),
        (200, "text/xml", "<Response><Say>hi</Say><Hangup/></Response>"),
        (200, "text/xml", "<Response><Dial>+15551</Dial></Response>"),
        (200, "text/xml", "<Response>"),
        (200, "application/yaml", "sections: {main: [{play: \"say:hi\"}]}"),
        (200, "application/yaml", "sections: {main: [{connect: {to: \"+1\"}}]}"),
        (404, "text/plain", "no"),
        (500, "text/plain", ""),
        (0, "", ""),
    ];
    let (status, kind, body) = *dice.pick(BODIES).unwrap();
    let headers = vec![Header { name: "content-type".into(), value: kind.into() }];
    let error = (status == 0).then(|| "no reply".to_owned());
    Event::Fetched { fetch, status, headers, body: body.into(), error }
}

/// What a host may tell about something that runs.
fn news(dice: &mut Dice) -> Progress {
    match dice.roll(7) {
        0 => Progress::Started { facts: Value::Null },
        1 => Progress::Recorded { url: "https://rec.example/1.wav".into(), duration: Millis(900), size: 7 },
        2 => Progress::Detected { what: Detected::Machine, beep: true },
        3 => Progress::Queued { position: 2, size: 3, average: Millis(1) },
        4 => Progress::Connected { peer: None },
        5 => Progress::Referred { status: 202, notify: None },
        _ => Progress::Speech { text: "yes".into(), confidence: 80.5, partial: dice.roll(2) == 0 },
    }
}

/// A fact about something that may not exist.
fn strange(dice: &mut Dice) -> Event {
    let leg = LegId(dice.roll(9) as u32 + 50);
    match dice.roll(7) {
        0 => Event::Ringing { leg, status: 180 },
        1 => Event::Answered { leg, headers: Vec::new(), sip_call_id: None },
        2 => Event::Failed { leg, status: 999, reason: String::new(), headers: Vec::new(), sip_call_id: None },
        3 => Event::Ended { leg, cause: Cause::Error, headers: Vec::new() },
        4 => Event::MediaDone { leg, media: MediaId(9_999), result: MediaResult::Finished, error: None },
        5 => Event::Fetched { fetch: FetchId(9_999), status: 200, headers: Vec::new(), body: "x".into(), error: None },
        _ => Event::Answered { leg: LegId::CALLER, headers: Vec::new(), sip_call_id: None },
    }
}

/// One random call; its trace, as text.
fn live(loaded: &Arc<Loaded>, seed: u64) -> String {
    let mut scenario = Scenario::ordinary();
    scenario.url = Some("https://app.example/flow".into());
    scenario.application.status_hook = Some(Hook { url: "/status".into(), method: None });
    let start = start_of(&scenario, &loaded.source, loaded.dialect);
    let mut engine = Engine::open(Arc::clone(loaded), start);
    let (mut host, mut dice, mut now, mut told) = (Host::default(), Dice(seed), 0_u64, String::new());
    for round in 0..3_000 {
        let step = engine.take_step();
        step.commands.iter().for_each(|command| host.obey(command));
        told += &serde_json::to_string(&step.trace).unwrap();
        if host.done {
            break;
        }
        now += dice.roll(3) * dice.roll(400);
        // Later on everybody wants to go home.
        let hurry = round > 150;
        if hurry && !matches!(host.caller, Some(Phase::Gone)) {
            host.caller = Some(Phase::Gone);
            engine.handle_event(
                Instant(now),
                Event::Ended { leg: LegId::CALLER, cause: Cause::Normal, headers: Vec::new() },
            );
            continue;
        }
        if host.caller == Some(Phase::Leaving) && dice.roll(3) == 0 {
            host.caller = Some(Phase::Gone);
            engine.handle_event(
                Instant(now),
                Event::Ended { leg: LegId::CALLER, cause: Cause::Normal, headers: Vec::new() },
            );
            continue;
        }
        if dice.roll(9) == 0 {
            // A deadline may be announced early, or when there is none: nothing happens then.
            engine.handle_timeout(Instant(now));
            continue;
        }
        match (engine.poll_timeout(), host.happens(&mut dice)) {
            (Some(deadline), None) => {
                now = now.max(deadline.0);
                engine.handle_timeout(Instant(now));
            }
            (_, Some(event)) => engine.handle_event(Instant(now), event),
            (None, None) => {}
        }
    }
    assert!(host.done, "seed {seed}: never done; caller {:?}, legs {:?}", host.caller, host.originated);
    // Whatever comes after Done changes nothing.
    engine.handle_event(Instant(now + 1), strange(&mut dice));
    engine.handle_event(Instant(now + 2), Event::Digit { leg: LegId::CALLER, digit: '1' });
    engine.handle_timeout(Instant(now + 3));
    assert!(engine.take_step().commands.is_empty(), "seed {seed}: orders after Done");
    told
}

#[test]
fn every_order_of_events_keeps_the_rules() {
    let all = ["tests/scenarios", "examples"].map(|folder| files(&top().join(folder)));
    let flows = all.iter().flatten().filter(|path| {
        let name = path.to_string_lossy();
        !name.contains(".scenario.") && ["yaml", "json", "xml"].iter().any(|end| name.ends_with(end))
    });
    let mut calls = 0;
    for path in flows {
        let text = std::fs::read_to_string(path).unwrap();
        let loaded = Arc::new(load(&text, None));
        assert!(loaded.runs(), "{}", path.display());
        for seed in 0..150 {
            let run = || live(&loaded, seed);
            let first = std::panic::catch_unwind(run).unwrap_or_else(|_| panic!("{} seed {seed}", path.display()));
            assert_eq!(first, live(&loaded, seed), "{} seed {seed}: two runs differ", path.display());
            calls += 1;
        }
    }
    println!("{calls} random calls");
}

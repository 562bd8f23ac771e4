//! What an order begins in the world: a clip, an activity, a request, a dialled leg.

use super::answers::open;
use super::glob::matches;
use super::line::line;
use super::scenario::{Callee, Doing, Reply, Rule};
use super::turn::{Tells, Turn};
use super::world::{Happening, Party, Subject, World, failed};
use crate::id::{FetchId, LegId, MediaId};
use crate::time::{Instant, Millis};
use crate::wire::{Clip, Command, Detected, Event, MediaResult, Progress, Request};
use alloc::{
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};

impl World {
    /// A clip begins: it lasts as long as it is, unless somebody says otherwise.
    pub(super) fn clip(&mut self, now: Instant, command: &Command, leg: LegId, media: MediaId, length: Millis) {
        if let Some(party) = self.legs.get_mut(&leg) {
            party.media = Some(media);
        }
        let scenario = Arc::clone(&self.scenario);
        let staged = self.stage.staged(command, &scenario);
        let scripted = staged.is_some();
        let turns =
            staged.unwrap_or_else(|| Vec::from([Turn { at: length, tells: Tells::Done(MediaResult::Finished) }]));
        let base = self.base();
        for (sub, turn) in turns.iter().enumerate() {
            if let Tells::Done(result) = turn.tells {
                self.queue.insert((now + turn.at, base, sub as u32), Happening::Clip(leg, media, result));
            }
        }
        if let Some(answers) = self.answers.as_mut().filter(|_| !scripted) {
            let name = line(command);
            let slot = open(&mut answers.orders, &name, turns, false);
            self.opens(Subject::Media(leg, media), now, base, Some(slot), false, name);
        }
    }

    /// An activity begins.
    pub(super) fn begin(&mut self, now: Instant, command: &Command) {
        let scenario = Arc::clone(&self.scenario);
        let Some(mut begun) = self.stage.begin(now, command, &scenario) else { return };
        let (leg, media) = (begun.leg, begun.media);
        let needs = !begun.scripted && self.answers.is_some() && needs_answer(command);
        if needs {
            begun.turns.retain(|turn| turn.at == Millis(0) && matches!(turn.tells, Tells::Progress(_)));
            if matches!(command, Command::Detect { .. }) && self.legs.get(&leg).is_some_and(|party| party.machine) {
                begun.turns = machine(Millis(2_000));
            }
        }
        let base = self.base();
        for (sub, turn) in begun.turns.iter().enumerate() {
            let happening = Happening::Turn(leg, media, turn.tells.clone());
            self.queue.insert((now + turn.at, base, sub as u32), happening);
        }
        if let Some(answers) = self.answers.as_mut().filter(|_| !begun.scripted) {
            let name = line(command);
            let asks = needs && !begun.turns.iter().any(|turn| matches!(turn.tells, Tells::Done(_)));
            let slot = open(&mut answers.orders, &name, begun.turns, needs);
            self.opens(Subject::Media(leg, media), now, base, Some(slot), asks, name);
        }
    }

    /// A request is sent.
    pub(super) fn fetch(&mut self, now: Instant, fetch: FetchId, request: &Request) {
        let timeout = request.timeout;
        let reply = self.reply(request);
        let name = format!("{} {}", request.method, request.url);
        let base = self.base();
        match (reply, &mut self.answers) {
            (Some(reply), _) => {
                self.queue.insert((now + reply.after.min(timeout), base, 0), replied(fetch, &reply, timeout));
            }
            (None, None) => {
                let nothing = Reply { after: Millis(0), status: 404, headers: Vec::new(), body: String::new() };
                self.queue.insert((now, base, 0), replied(fetch, &nothing, timeout));
            }
            (None, Some(answers)) => {
                let slot = open(&mut answers.replies, &name, Vec::new(), true);
                self.queue.insert((now + timeout, base, 0), replied(fetch, &Reply::never(), timeout));
                self.opens(Subject::Fetch(fetch), now, base, Some(slot), true, name);
                if let Some(open) = self.open.get_mut(&Subject::Fetch(fetch)) {
                    open.limit = timeout;
                }
            }
        }
    }

    pub(super) fn originate(&mut self, now: Instant, leg: LegId, to: &str) {
        let scenario = Arc::clone(&self.scenario);
        let found = scenario.callees.iter().position(|callee| matches(&callee.to, to));
        if let Some((index, callee)) = found.and_then(|index| Some((index, scenario.callees.get(index)?))) {
            let attempt = self.dialled.entry(index).or_insert(0);
            let does = attempt_of(callee, *attempt);
            *attempt += 1;
            let base = self.schedule_all(leg, now, does);
            return self.opens(Subject::Leg(leg), now, base, None, false, to.to_string());
        }
        let Some(answers) = &mut self.answers else {
            self.legs.insert(leg, Party::default());
            self.end(now, leg);
            return self.schedule(now, Happening::Fact(failed(leg, 404)));
        };
        let slot = open(&mut answers.callees, to, Vec::new(), true);
        let base = self.schedule_all(leg, now, &[]);
        self.opens(Subject::Leg(leg), now, base, Some(slot), true, to.to_string());
    }

    pub(super) fn length(&self, clip: &Clip) -> Millis {
        match clip {
            Clip::Silence { ms } | Clip::Ring { ms: Some(ms), .. } => *ms,
            Clip::Audio { .. } | Clip::Say { .. } | Clip::Ring { ms: None, .. } => self.scenario.play,
        }
    }

    fn reply(&mut self, request: &Request) -> Option<Reply> {
        let rules = &self.scenario.http;
        let fits = |rule: &Rule| matches(&rule.method, &request.method) && matches(&rule.url, &request.url);
        let index = rules.iter().position(fits)?;
        let rule = rules.get(index)?;
        let count = self.replied.entry(index).or_insert(0);
        let reply = rule.replies.get(*count).or(rule.replies.last()).cloned();
        *count += 1;
        let nothing = Reply { after: Millis(0), status: 404, headers: Vec::new(), body: String::new() };
        Some(reply.unwrap_or(nothing))
    }
}

/// The arrival of a reply, or that there will be none.
pub(super) fn replied(fetch: FetchId, reply: &Reply, timeout: Millis) -> Happening {
    let late = reply.after > timeout;
    let error = match (late, reply.status) {
        (true, _) => Some(format!("no reply within {} ms", timeout.0)),
        (false, 0) => Some("no reply".to_string()),
        (false, _) => None,
    };
    let Reply { status, headers, body, .. } = if late { Reply::never() } else { reply.clone() };
    Happening::Fact(Event::Fetched { fetch, status, headers, body, error })
}

/// Whether the flow depends on what comes of it.
fn needs_answer(command: &Command) -> bool {
    match command {
        Command::Record { recording, .. } => recording.end_silence.0 > 0,
        Command::Detect { .. }
        | Command::Enqueue { .. }
        | Command::Join { .. }
        | Command::Echo { .. }
        | Command::Refer { .. }
        | Command::Extend { .. } => true,
        _ => false,
    }
}

/// A machine is heard after so long.
fn machine(at: Millis) -> Vec<Turn> {
    let detected = Tells::Progress(Progress::Detected { what: Detected::Machine, beep: false });
    Vec::from([Turn { at, tells: detected }, Turn { at, tells: Tells::Done(MediaResult::Finished) }])
}

fn attempt_of(callee: &Callee, number: usize) -> &[Doing] {
    callee.attempts.get(number).or(callee.attempts.last()).map_or(&[], Vec::as_slice)
}

/// A key takes a fifth of a second, `w` half of one, `W` a whole one.
pub(super) fn digits_length(digits: &str) -> Millis {
    Millis(
        digits
            .chars()
            .map(|key| match key {
                'w' => 500,
                'W' => 1_000,
                _ => 200,
            })
            .sum(),
    )
}

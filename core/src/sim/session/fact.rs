//! What the user of a session answers: a fact of the world, and whom it is about.

use super::super::answers::attempt;
use super::super::begin::replied;
use super::super::scenario::{Action, Doing, Reply};
use super::super::turn::{Tells, Turn, detected, recorded};
use super::super::world::{Happening, Key, Subject, World};
use crate::id::{FetchId, LegId, MediaId};
use crate::time::{Instant, Millis};
use crate::value::Value;
use crate::wire::{Cause, Detected, Header, MediaResult, Progress};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// A fact that is answered.
#[derive(Clone, Debug)]
pub(super) enum Fact {
    /// A party does something; the second is whether it is a machine.
    Does(Action, bool),
    /// A web server replies.
    Replies(Reply),
    /// A clip or activity tells something.
    Tells(Vec<Tells>),
    /// Nothing happens: limits and timeouts take their course.
    Waits,
}

/// An answer that was given, in words that outlive a change of the document.
#[derive(Clone, Debug)]
pub(super) struct Given {
    /// What it is about: whose address, request or order, and which time.
    name: String,
    nth: usize,
    kind: u8,
    /// When it was given, from the beginning of what it is about, and behind how many inputs of that time.
    given: Millis,
    behind: u32,
    /// When it happens, likewise.
    at: Millis,
    fact: Fact,
}

impl Given {
    /// When it was given, of something that began then.
    pub(super) fn given_at(&self, begun: Instant) -> Instant {
        begun + self.given
    }

    /// Whether another answer is about the same.
    pub(super) fn is_about(&self, other: &Given) -> bool {
        self.kind == other.kind && self.name == other.name && self.nth == other.nth
    }

    /// Behind how many inputs of that time.
    pub(super) fn behind(&self) -> u32 {
        self.behind
    }
}

/// Reads a fact as the door gives it; `leg a` is the caller.
pub(super) fn read(value: &Value, media_leg: &dyn Fn(MediaId) -> Option<LegId>) -> Result<(Subject, Fact), String> {
    let object = value.as_object().ok_or("expected an object as a fact")?;
    let text = |name: &str| object.get(name).and_then(Value::as_str);
    let number = |name: &str| match object.get(name) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let status = |usual: f64| number("status").unwrap_or(usual) as u16;
    let kind = text("fact").ok_or("expected the name of a fact in `fact`")?;
    let leg = || -> Result<Subject, String> {
        let name = text("leg").ok_or("expected a leg in `leg`")?;
        let number = if name == "a" { Some(0) } else { name.strip_prefix('b').and_then(|number| number.parse().ok()) };
        number.map(|number| Subject::Leg(LegId(number))).ok_or_else(|| format!("there is no leg `{name}`"))
    };
    let does = |action| Ok((leg()?, Fact::Does(action, text("by") == Some("machine"))));
    let media = || -> Result<(LegId, MediaId), String> {
        let media = MediaId(number("media").ok_or("expected a number in `media`")? as u32);
        let leg = media_leg(media).ok_or("nothing of that number is waited for")?;
        Ok((leg, media))
    };
    let tells = |tells: Vec<Tells>| {
        let (leg, media) = media()?;
        Ok((Subject::Media(leg, media), Fact::Tells(tells)))
    };
    let over = |result| Tells::Done(result);
    match kind {
        "rings" => does(Action::Ring(status(180.0))),
        "early-media" => does(Action::EarlyMedia(status(183.0))),
        "answers" => does(Action::Answer(Vec::new())),
        "rejects" => does(Action::Reject(status(486.0))),
        "hangs-up" => does(Action::HangUp(cause(text("cause")))),
        "presses" => {
            let keys: String = text("keys").unwrap_or_default().to_string();
            let right = |key: char| key.is_ascii_digit() || matches!(key, '*' | '#' | 'A'..='D');
            if keys.is_empty() || !keys.chars().all(right) {
                return Err(format!("expected keys `0`–`9`, `*`, `#`, `A`–`D`, found `{keys}`"));
            }
            does(Action::Press(keys))
        }
        "says" => {
            does(Action::Say(text("words").unwrap_or_default().to_string(), number("confidence").unwrap_or(90.0)))
        }
        "replies" => {
            let fetch = FetchId(number("fetch").ok_or("expected a number in `fetch`")? as u32);
            let body = text("body").unwrap_or_default().to_string();
            let kind = text("content_type").filter(|kind| !kind.is_empty());
            let header = |kind: &str| Header { name: "content-type".to_string(), value: kind.to_string() };
            let headers = kind.map(header).into_iter().collect();
            let reply = Reply { after: Millis(0), status: status(200.0), headers, body };
            Ok((Subject::Fetch(fetch), Fact::Replies(reply)))
        }
        "waits" => {
            let subject = match (number("fetch"), number("media")) {
                (Some(fetch), _) => Subject::Fetch(FetchId(fetch as u32)),
                (_, Some(_)) => media().map(|(leg, media)| Subject::Media(leg, media))?,
                (None, None) => leg()?,
            };
            Ok((subject, Fact::Waits))
        }
        "finishes" => tells(Vec::from([over(MediaResult::Finished)])),
        "fails" => tells(Vec::from([over(MediaResult::Failed)])),
        "no-input" => tells(Vec::from([over(MediaResult::NoInput)])),
        "unsupported" => tells(Vec::from([over(MediaResult::Unsupported)])),
        "records" => {
            let (leg, media) = media()?;
            let duration = Millis(number("duration").unwrap_or(5_000.0) as u64);
            let mut progress = recorded(leg, media, text("format").unwrap_or("wav"), duration);
            if let (Progress::Recorded { url, .. }, Some(given)) = (&mut progress, text("url")) {
                *url = given.to_string();
            }
            tells(Vec::from([Tells::Progress(progress), over(MediaResult::Finished)]))
        }
        "detects" => {
            let what = detected(text("what").unwrap_or("human"));
            let beep = object.get("beep") == Some(&Value::Bool(true));
            let hears = |what, beep| Tells::Progress(Progress::Detected { what, beep });
            // What is ready to record was heard to be a machine.
            let first = (what == Detected::Ready).then(|| hears(Detected::Machine, false));
            tells(first.into_iter().chain([hears(what, beep), over(MediaResult::Finished)]).collect())
        }
        "connects" => tells(Vec::from([Tells::Progress(Progress::Connected {
            peer: text("peer").filter(|peer| !peer.is_empty()).map(Into::into),
        })])),
        "refers" => {
            let notify = Some(status(200.0));
            tells(Vec::from([Tells::Progress(Progress::Referred { status: 202, notify }), over(MediaResult::Finished)]))
        }
        "results" => {
            let variables = object.get("variables").cloned().unwrap_or_default();
            tells(Vec::from([Tells::Progress(Progress::Result { variables }), over(MediaResult::Finished)]))
        }
        other => Err(format!("there is no fact `{other}`")),
    }
}

fn cause(word: Option<&str>) -> Cause {
    match word {
        Some("busy") => Cause::Busy,
        Some("decline") => Cause::Decline,
        Some("no-answer") => Cause::NoAnswer,
        Some("error") => Cause::Error,
        _ => Cause::Normal,
    }
}

fn kind_of(subject: &Subject) -> u8 {
    match subject {
        Subject::Leg(_) => 0,
        Subject::Fetch(_) => 1,
        Subject::Media(..) => 2,
    }
}

/// Takes away what does not happen any more: of equal ones, the last.
fn take_away<T: PartialEq>(list: &mut Vec<T>, gone: &[T]) {
    for one in gone {
        if let Some(at) = list.iter().rposition(|other| other == one) {
            list.remove(at);
        }
    }
}

impl World {
    /// Writes an answer down, and lets it happen.
    ///
    /// # Errors
    /// Nobody waits for it.
    pub(super) fn answer(
        &mut self,
        (now, last, behind): (Instant, Key, u32),
        subject: Subject,
        after: Millis,
        fact: Fact,
    ) -> Result<Given, String> {
        let open = self.open.get(&subject).ok_or("nobody waits for this any more")?;
        let nth = open.slot.map_or(0, |slot| slot.1);
        let (name, begun) = (open.name.clone(), open.begun);
        let mut given = Given {
            name,
            nth,
            behind,
            kind: kind_of(&subject),
            given: now.since(begun),
            at: (now + after).since(begun),
            fact,
        };
        given.at = self.tell(last, subject, &given)?;
        Ok(given)
    }

    /// What an earlier answer is about, if that is there.
    pub(super) fn subject_of(&self, given: &Given) -> Option<Subject> {
        let fits = |subject: &Subject, open: &super::super::world::Open| {
            kind_of(subject) == given.kind && open.name == given.name && open.slot.map_or(0, |slot| slot.1) == given.nth
        };
        self.open.iter().find(|(subject, open)| fits(subject, open)).map(|(subject, _)| *subject)
    }

    /// Lets an answer happen. Gives when it does, which is later where its time is over.
    pub(super) fn tell(&mut self, last: Key, subject: Subject, given: &Given) -> Result<Millis, String> {
        let Some(open) = self.open.get_mut(&subject) else { return Err("nobody waits for this any more".into()) };
        let caller = subject == Subject::Leg(LegId::CALLER);
        if open.slot.is_none() && !caller {
            return Err("the scenario says what happens here".into());
        }
        open.silent = matches!(given.fact, Fact::Waits);
        let (begun, base) = (open.begun, open.base);
        let mut key = (begun + given.at, base, open.told);
        // What has happened has happened.
        if key <= last {
            key.0 = last.0.max(key.0);
            if key <= last {
                key.0 = key.0 + Millis(1);
            }
        }
        open.told += 1;
        let (slot, timeout) = (open.slot, open.limit);
        let scripted = if caller { self.scenario.caller_does.len() as u32 } else { 0 };
        let at = key.0.since(begun);
        let answers = self.answers.get_or_insert_default();
        match &given.fact {
            Fact::Waits => {}
            Fact::Does(action, is_machine) => {
                if let Subject::Leg(leg) = subject {
                    let deciding = |action: &Action| matches!(action, Action::Answer(_) | Action::Reject(_));
                    let replaces = |other: &Action| match action {
                        Action::Answer(_) | Action::Reject(_) => deciding(other) || matches!(other, Action::HangUp(_)),
                        Action::HangUp(_) => matches!(other, Action::HangUp(_)),
                        _ => false,
                    };
                    // What was going to happen and does not any more.
                    let mut gone = Vec::new();
                    self.queue.retain(|other, happening| match happening {
                        Happening::Does(_, old) if other.1 == base && other.2 >= scripted && replaces(old) => {
                            gone.push(Doing { at: other.0.since(begun), action: old.clone() });
                            false
                        }
                        _ => true,
                    });
                    let list = match slot {
                        Some(slot) => attempt(&mut answers.callees, slot),
                        None => Some(&mut answers.caller),
                    };
                    if let Some(list) = list {
                        take_away(list, &gone);
                        list.push(Doing { at, action: action.clone() });
                    }
                    if let Some(party) = self.legs.get_mut(&leg).filter(|_| deciding(action)) {
                        party.machine = *is_machine;
                    }
                    self.queue.insert(key, Happening::Does(leg, action.clone()));
                }
            }
            Fact::Replies(reply) => {
                if let (Subject::Fetch(fetch), Some(slot)) = (subject, slot) {
                    let reply = Reply { after: at, ..reply.clone() };
                    if let Some(replies) = attempt(&mut answers.replies, slot) {
                        *replies = Vec::from([reply.clone()]);
                    }
                    self.queue.retain(|other, _| other.1 != base);
                    let key = (begun + at.min(timeout), base, 0);
                    self.queue.insert(key, replied(fetch, &reply, timeout));
                }
            }
            Fact::Tells(tells) => {
                if let (Subject::Media(leg, media), Some(slot)) = (subject, slot) {
                    let over = tells.iter().any(|told| matches!(told, Tells::Done(_)));
                    let mut gone = Vec::new();
                    self.queue.retain(|other, happening| {
                        let at = other.0.since(begun);
                        match happening {
                            Happening::Turn(_, _, tells) if other.1 == base && over => {
                                gone.push(Turn { at, tells: tells.clone() });
                            }
                            Happening::Clip(_, _, result) if other.1 == base && over => {
                                gone.push(Turn { at, tells: Tells::Done(*result) });
                            }
                            _ => return true,
                        }
                        false
                    });
                    if let Some(turns) = attempt(&mut answers.orders, slot) {
                        take_away(turns, &gone);
                        turns.extend(tells.iter().map(|told| Turn { at, tells: told.clone() }));
                    }
                    let activity = self.stage.runs(media);
                    for (sub, told) in tells.iter().enumerate() {
                        let happening = match told {
                            Tells::Done(result) if !activity => Happening::Clip(leg, media, *result),
                            told => Happening::Turn(leg, media, told.clone()),
                        };
                        self.queue.insert((key.0, key.1, key.2 + sub as u32), happening);
                    }
                    if let Some(open) = self.open.get_mut(&subject) {
                        open.told += tells.len() as u32;
                    }
                }
            }
        }
        Ok(at)
    }
}

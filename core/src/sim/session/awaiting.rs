//! The facts that may come next: only those that the call can make something of.

use super::super::world::{Open, Subject};
use super::show::Map;
use super::state::State;
use crate::id::{LegId, MediaId};
use crate::value::{Object, Value};
use crate::wire::LegState;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// Who may be heard, and how an option says it.
const HEARD: [(&str, &str); 5] = [
    ("human", "human is heard"),
    ("machine", "machine is heard"),
    ("ready", "a machine is heard and falls silent"),
    ("fax", "fax is heard"),
    ("unknown", "unknown is heard"),
];

/// Options that are gathered for one subject.
struct Options {
    who: &'static str,
    id: Value,
    list: Vec<Value>,
}

/// Everything that may be answered now. One entry per party, request, clip or activity.
pub(super) fn awaiting(state: &State, map: &Map) -> Vec<Value> {
    if state.ended.is_some() {
        return Vec::new();
    }
    let undecided = state.undecided();
    let mut all = Vec::new();
    for (subject, open) in &state.world.open {
        let (who, id) = match subject {
            Subject::Leg(leg) => ("leg", Value::from(leg.to_string())),
            Subject::Fetch(fetch) => ("fetch", Value::Number(f64::from(fetch.0))),
            Subject::Media(_, media) => ("media", Value::Number(f64::from(media.0))),
        };
        let mut options = Options { who, id, list: Vec::new() };
        match subject {
            Subject::Leg(leg) => of_leg(&mut options, state, *leg, open),
            Subject::Fetch(_) => of_fetch(&mut options, open),
            Subject::Media(..) if open.slot.is_none() => {}
            Subject::Media(_, media) => of_media(&mut options, state, *media, open),
        }
        if options.list.is_empty() {
            continue;
        }
        let coming = state.world.queue.iter().find(|(key, _)| key.1 == open.base && (key.2 > 0 || who == "media"));
        let mut item = Object::new().with("kind", who).with(who, options.id);
        if !open.name.is_empty() {
            item.set("name", open.name.as_str());
        }
        if let Subject::Media(leg, _) = subject {
            item.set("leg", leg.to_string());
        }
        item.set("since", Value::Number(open.begun.0 as f64));
        item.set("decides", Value::Bool(undecided.contains(subject)));
        if let Some((key, _)) = coming {
            item.set("comes", Value::Number(key.0.0 as f64));
        }
        map.place(&mut item, state.waits_at(*subject));
        item.set("options", Value::Array(options.list));
        all.push(Value::Object(item));
    }
    // What holds up the call comes first.
    crate::order::sort_by_key(&mut all, |item| {
        item.as_object().and_then(|item| item.get("decides")) != Some(&Value::Bool(true))
    });
    all
}

fn of_leg(options: &mut Options, state: &State, leg: LegId, open: &Open) {
    let caller = leg == LegId::CALLER;
    if open.slot.is_none() && !caller {
        return;
    }
    let word = |name: &str, words: &[&str], value: &str| parameter(name, "word", Value::from(value), Some(words));
    if !caller && state.engine.is_dialling(leg) {
        let rang = state.engine.legs().get(leg.0 as usize).map(|leg| leg.state);
        if rang == Some(LegState::Created) {
            options.add("rings", "rings", 200, &[status(180, 180, 199)]);
        }
        if rang < Some(LegState::EarlyMedia) {
            options.add("early-media", "sends audio", 200, &[status(183, 180, 199)]);
        }
        options.add("answers", "answers", 4_000, &[word("by", &["human", "machine"], "human")]);
        let machine = word("by", &["human", "machine"], "machine");
        options.add("answers", "a machine answers", 4_000, &[machine]);
        for (code, label, after) in [
            (486, "busy", 500),
            (603, "declines", 2_000),
            (404, "does not exist", 100),
            (503, "cannot be reached", 100),
        ] {
            options.add("rejects", label, after, &[status(code, 300, 699)]);
        }
        options.add("waits", "does not answer", 0, &[]);
        return;
    }
    if !state.engine.is_there(leg) {
        return;
    }
    let hears = state.engine.hears_keys(leg);
    if hears {
        options.add("presses", "presses keys", 2_000, &[parameter("keys", "keys", Value::from("1"), None)]);
    }
    let listens = state.world.stage.listener(leg).is_some();
    if listens {
        let words = parameter("words", "text", Value::from("yes"), None);
        options.add("says", "says", 2_000, &[words, number("confidence", 90, 0, 100)]);
        let words = parameter("words", "text", Value::from(""), None);
        options.add("says", "is not understood", 2_000, &[words]);
    }
    if hears || listens {
        options.add("waits", "does nothing", 0, &[]);
    }
    let causes = ["normal", "busy", "decline", "no-answer", "error"];
    options.add("hangs-up", "hangs up", 3_000, &[word("cause", &causes, "normal")]);
}

fn of_fetch(options: &mut Options, open: &Open) {
    let text = |name: &str, value: &str| parameter(name, "text", Value::from(value), None);
    let kind = || text("content_type", "application/json");
    options.add("replies", "replies", 100, &[status(200, 100, 599), text("body", ""), kind()]);
    options.add("replies", "does not know it", 100, &[status(404, 100, 599), text("body", "")]);
    options.add("replies", "is broken", 100, &[status(500, 100, 599), text("body", "")]);
    options.add("replies", "replies nonsense", 100, &[status(200, 100, 599), text("body", "{\"half\":"), kind()]);
    options.add("replies", "is not there", 100, &[status(0, 0, 0)]);
    if open.told == 1 {
        options.add("waits", "does not reply in time", 0, &[]);
    }
}

fn of_media(options: &mut Options, state: &State, media: MediaId, open: &Open) {
    let order = open.name.split(' ').next().unwrap_or_default();
    match order {
        "play" | "send-digits" => {
            options.add("finishes", "comes to its end", 1_000, &[]);
            return options.add("fails", "cannot be played", 0, &[]);
        }
        _ if !state.world.stage.runs(media) => return,
        "record" => {
            let format = parameter("format", "text", open.name.rsplit(' ').next().unwrap_or("wav").into(), None);
            options.add("records", "is recorded", 5_000, &[number("duration", 5_000, 0, 86_400_000), format]);
            options.add("no-input", "nobody says anything", 4_000, &[]);
        }
        "detect" => {
            let words = HEARD.map(|(what, _)| what);
            for (what, label) in HEARD {
                let what = parameter("what", "word", what.into(), Some(&words));
                let beep = parameter("beep", "bool", Value::Bool(false), None);
                options.add("detects", label, 2_000, &[what, beep]);
            }
            options.add("no-input", "nobody says anything", 5_000, &[]);
        }
        "enqueue" => {
            options.add("connects", "somebody takes the call", 5_000, &[parameter("peer", "text", "".into(), None)]);
            options.add("finishes", "the talk is over", 15_000, &[]);
        }
        "join" | "echo" => options.add("finishes", "is over", 10_000, &[]),
        "refer" => {
            options.add("refers", "calls the other", 1_000, &[status(200, 100, 699)]);
            options.add("refers", "cannot call the other", 1_000, &[status(486, 100, 699)]);
        }
        "extend" => {
            let variables = parameter("variables", "json", Value::Object(Object::new()), None);
            options.add("results", "is done", 5_000, &[variables]);
            options.add("unsupported", "is not there", 0, &[]);
        }
        "recognize" => {
            options.add("no-input", "nobody says anything", 5_000, &[]);
        }
        _ => {}
    }
    options.add("fails", "fails", 0, &[]);
    if open.needs {
        options.add("waits", "goes on", 0, &[]);
    }
}

impl Options {
    /// One fact, with what of it the user may change.
    fn add(&mut self, fact: &str, label: &str, after: u32, parameters: &[Object]) {
        let mut given = Object::new().with("fact", fact).with(self.who, self.id.clone());
        for parameter in parameters {
            if let (Some(Value::String(name)), Some(value)) = (parameter.get("name"), parameter.get("value")) {
                given.set(name.clone(), value.clone());
            }
        }
        let typed = parameters.iter().map(|parameter| {
            let pairs = parameter.iter().filter(|(name, _)| *name != "value");
            Value::Object(pairs.map(|(name, value)| (String::from(name), value.clone())).collect())
        });
        let option = Object::new()
            .with("fact", Value::Object(given))
            .with("label", label)
            .with("after", Value::Number(f64::from(after)))
            .with("parameters", Value::Array(typed.collect()));
        self.list.push(Value::Object(option));
    }
}

fn parameter(name: &str, kind: &str, value: Value, words: Option<&[&str]>) -> Object {
    let mut parameter = Object::new().with("name", name).with("type", kind).with("value", value);
    if let Some(words) = words {
        parameter.set("words", Value::Array(words.iter().map(|word| Value::from(*word)).collect()));
    }
    parameter
}

fn number(name: &str, value: u32, min: u32, max: u32) -> Object {
    parameter(name, "number", Value::Number(f64::from(value)), None)
        .with("min", Value::Number(f64::from(min)))
        .with("max", Value::Number(f64::from(max)))
}

fn status(value: u32, min: u32, max: u32) -> Object {
    number("status", value, min, max)
}

//! A call again from its journal, shown as a session shows one.

use super::show::{Map, SessionEvent};
use super::told::{Places, Told};
use crate::engine::Engine;
use crate::span::Span;
use crate::time::Instant;
use crate::wire::{Command, Ended, Event, Start, Step};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use serde::Deserialize;

/// A call that was run again from its journal.
#[derive(Debug)]
pub struct Replay {
    engine: Engine,
    map: Map,
    places: Places,
    told: Vec<Told>,
    /// Every order.
    pub commands: Vec<Command>,
    /// How it ended, if it did.
    pub ended: Option<Ended>,
    /// Why its host gave it up, if it did.
    pub stopped: Option<String>,
}

/// Why a text is no journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoJournal {
    /// The line that is none.
    pub span: Span,
    /// What was expected and what was found; lower case, no full stop.
    pub message: String,
}

/// A line of a journal. How a call ended comes out of the engine again.
#[derive(Deserialize)]
struct Line {
    start: Option<Start>,
    at: Option<Instant>,
    event: Option<Event>,
    #[serde(default)]
    timeout: bool,
    done: Option<String>,
    stopped: Option<String>,
}

impl Replay {
    /// Runs a journal, one JSON object in each line.
    ///
    /// # Errors
    /// The first line that is none of a journal.
    pub fn run(journal: &str) -> Result<Replay, NoJournal> {
        let mut replay: Option<Replay> = None;
        let mut at = 0;
        for line in journal.split_inclusive('\n') {
            let span = Span::at(at, at + line.trim_end().len());
            at += line.len();
            if line.trim().is_empty() {
                continue;
            }
            let refuse = |message: String| NoJournal { span, message };
            let line: Line = serde_json::from_str(line).map_err(|error| refuse(error.to_string()))?;
            match (&mut replay, line) {
                (None, Line { start: Some(start), .. }) => replay = Some(Replay::begin(start)),
                (None, _) => return Err(refuse("expected a journal to begin with its start".to_string())),
                (Some(_), Line { start: Some(_), .. }) => {
                    return Err(refuse("expected the journal of one call, found a second start".to_string()));
                }
                (Some(replay), Line { at: Some(at), event: Some(event), .. }) => {
                    replay.engine.handle_event(at, event);
                    replay.drain();
                }
                (Some(replay), Line { at: Some(at), timeout: true, .. }) => {
                    replay.engine.handle_timeout(at);
                    replay.drain();
                }
                (Some(replay), Line { stopped: Some(why), .. }) => replay.stopped = Some(why),
                (Some(_), Line { done: Some(_), .. }) => {}
                (Some(_), _) => {
                    return Err(refuse("expected `at` with `event`, `timeout`, `done` or `stopped`".to_string()));
                }
            }
        }
        replay.ok_or_else(|| NoJournal {
            span: Span::default(),
            message: "expected a journal, found no line of one".to_string(),
        })
    }

    fn begin(start: Start) -> Replay {
        let mut replay = Replay {
            engine: Engine::new(Start { quiet: false, ..start }),
            map: Map::default(),
            places: Places::default(),
            told: Vec::new(),
            commands: Vec::new(),
            ended: None,
            stopped: None,
        };
        replay.drain();
        replay
    }

    fn drain(&mut self) {
        let Step { commands, trace, ended, .. } = self.engine.take_step();
        self.commands.extend(commands);
        self.told.extend(trace.into_iter().map(|entry| self.places.tell(entry)));
        self.ended = ended.or(self.ended.take());
        if let Some(first) = self.engine.documents().first()
            && !self.map.is_made()
        {
            self.map = Map::new(first);
        }
    }

    /// The first document that was run, if one was.
    #[must_use]
    pub fn document(&self) -> Option<&str> {
        self.engine.documents().first().map(|loaded| loaded.source.as_str())
    }

    /// What happened, linked with the first document.
    #[must_use]
    pub fn events(&self) -> Vec<SessionEvent<'_>> {
        self.map.events(0, self.told.iter())
    }
}

//! Simulations that ask, and calls that are run again.

use crate::browser::{from_js, to_js};
use crate::refusal::Refusal;
use crate::seam::Asking;
use patchcord_core::diag;
use patchcord_core::engine::Loaded;
use patchcord_core::explore::Coverage;
use patchcord_core::sim::{Replay, Session, SessionEvent, Until};
use patchcord_core::time::Millis;
use patchcord_core::value::Value;
use patchcord_core::wire::{Command, Ended};
use serde::Serialize;
use std::sync::Arc;
use wasm_bindgen::prelude::{JsError, JsValue};

/// An interactive simulation.
pub(crate) struct Asked(Session);

impl Asked {
    /// Begins a session.
    pub(crate) fn new(loaded: &Arc<Loaded>, scenario: Option<&str>) -> Result<Asked, JsError> {
        let session = Session::new(loaded.clone(), scenario).map_err(|problems| {
            let source = scenario.unwrap_or_default();
            Refusal::scenario(source, diag::json("", source, &problems))
        })?;
        Ok(Asked(session))
    }
}

impl Asking for Asked {
    fn status(&mut self) -> Result<JsValue, JsError> {
        to_js(&self.0.status(None))
    }

    fn step(&mut self) -> bool {
        self.0.step()
    }

    fn run_until(&mut self, until: JsValue) -> Result<JsValue, JsError> {
        let until: Value = from_js(until)?;
        let until = Until::read(&until).map_err(|error| JsError::new(&error))?;
        let stopped = self.0.run_until(&until);
        to_js(&self.0.status(Some(&stopped)))
    }

    fn awaiting(&mut self) -> Result<JsValue, JsError> {
        to_js(&self.0.awaiting())
    }

    fn answer(&mut self, fact: JsValue, after: f64) -> Result<(), JsError> {
        let fact: Value = from_js(fact)?;
        self.0.answer(&fact, Millis(after as u64)).map_err(|error| JsError::new(&error))
    }

    fn events(&mut self, from: usize, to: usize) -> Result<JsValue, JsError> {
        to_js(&self.0.events(from, to))
    }

    fn variables(&mut self, at: Option<usize>) -> Result<JsValue, JsError> {
        to_js(&self.0.variables(at))
    }

    fn jump(&mut self, index: usize) {
        self.0.jump(index);
    }

    fn branches(&mut self) -> Result<JsValue, JsError> {
        to_js(&self.0.branches())
    }

    fn switch(&mut self, branch: usize) -> bool {
        self.0.switch(branch)
    }

    fn reload(&mut self, text: &str) -> Result<JsValue, JsError> {
        to_js(&self.0.reload(text).map_err(|refused| Refusal::document("", &refused))?)
    }

    fn coverage(&mut self) -> Result<JsValue, JsError> {
        to_js(&Coverage::of(&self.0).map(|coverage| coverage.value()))
    }

    fn scenario(&mut self, expectations: bool) -> String {
        self.0.scenario(expectations)
    }
}

/// A call that was run again.
#[derive(Serialize)]
struct Replayed<'r> {
    document: Option<&'r str>,
    commands: &'r [Command],
    events: Vec<SessionEvent<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: &'r Option<Ended>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: &'r Option<String>,
}

/// Runs a call again from its journal.
pub(crate) fn replayed(journal: &str) -> Result<JsValue, JsError> {
    let replay =
        Replay::run(journal).map_err(|refused| Refusal::at("journal", journal, refused.span, refused.message))?;
    to_js(&Replayed {
        document: replay.document(),
        commands: &replay.commands,
        events: replay.events(),
        ended: &replay.ended,
        stopped: &replay.stopped,
    })
}

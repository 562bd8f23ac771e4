//! The browser's door to simulations that ask.

#![allow(unreachable_pub)] // wasm-bindgen exports only what is public

use crate::browser::{from_js, to_js};
use crate::explore::runs;
use crate::refusal::Refusal;
use patchcord_core::diag;
use patchcord_core::explore::Coverage;
use patchcord_core::sim::{Replay, Session, SessionEvent, Until};
use patchcord_core::time::Millis;
use patchcord_core::value::Value;
use patchcord_core::wire::{Command, Ended};
use serde::Serialize;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// An interactive simulation.
#[wasm_bindgen]
pub struct RawSession {
    session: Session,
}

#[wasm_bindgen]
impl RawSession {
    /// Begins a session.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, dialect: JsValue, scenario: Option<String>) -> Result<RawSession, JsError> {
        let session = Session::new(runs("", text, dialect)?, scenario.as_deref()).map_err(|problems| {
            let source = scenario.as_deref().unwrap_or_default();
            Refusal::scenario(source, diag::json("", source, &problems))
        })?;
        Ok(RawSession { session })
    }

    /// Where it stands.
    pub fn status(&self) -> Result<JsValue, JsError> {
        to_js(&self.session.status(None))
    }

    /// Goes on by one event.
    pub fn step(&mut self) -> bool {
        self.session.step()
    }

    /// Runs on until something.
    pub fn run_until(&mut self, until: JsValue) -> Result<JsValue, JsError> {
        let until: Value = from_js(until)?;
        let until = Until::read(&until).map_err(|error| JsError::new(&error))?;
        let stopped = self.session.run_until(&until);
        to_js(&self.session.status(Some(&stopped)))
    }

    /// What may be answered here.
    pub fn awaiting(&self) -> Result<JsValue, JsError> {
        to_js(&self.session.awaiting())
    }

    /// Answers.
    pub fn answer(&mut self, fact: JsValue, after: f64) -> Result<(), JsError> {
        let fact: Value = from_js(fact)?;
        self.session.answer(&fact, Millis(after as u64)).map_err(|error| JsError::new(&error))
    }

    /// Events of this branch.
    pub fn events(&self, from: usize, to: usize) -> Result<JsValue, JsError> {
        to_js(&self.session.events(from, to))
    }

    /// The caller's variables.
    pub fn variables(&self, at: Option<usize>) -> Result<JsValue, JsError> {
        to_js(&self.session.variables(at))
    }

    /// Goes back or forth.
    pub fn jump(&mut self, index: usize) {
        self.session.jump(index);
    }

    /// Every branch.
    pub fn branches(&self) -> Result<JsValue, JsError> {
        to_js(&self.session.branches())
    }

    /// Looks at another branch.
    pub fn switch(&mut self, branch: usize) -> bool {
        self.session.switch(branch)
    }

    /// Runs a changed document through the same answers.
    pub fn reload(&mut self, text: &str) -> Result<JsValue, JsError> {
        to_js(&self.session.reload(text).map_err(|refused| Refusal::document("", &refused))?)
    }

    /// What this branch went through.
    pub fn coverage(&self) -> Result<JsValue, JsError> {
        to_js(&Coverage::of(&self.session).map(|coverage| coverage.value()))
    }

    /// The answers as a scenario.
    pub fn scenario(&self, expectations: bool) -> String {
        self.session.scenario(expectations)
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
#[wasm_bindgen]
pub fn replay(journal: &str) -> Result<JsValue, JsError> {
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

//! One run of a document against a scenario, in the guest or beside it.

use super::Failure;
use crate::guest::{CallEngine, Code, GuestFlow, Limits, Native, Seat, guest};
use patchcord_core::sim::{Driver, Rehearsal, Simulation};
use patchcord_core::time::Instant;
use patchcord_core::wire::{Event, Source, Start, Step};
use std::time::Duration;

/// Where simulated calls run.
pub(super) enum Stage {
    /// In the guest module, under wasmtime.
    Guest(Box<Code>),
    /// In the engine linked into this program.
    Native,
}

impl Stage {
    /// The guest, or with `native` the engine itself.
    pub(super) fn new(native: bool) -> Result<Stage, Failure> {
        if native {
            return Ok(Stage::Native);
        }
        // A rehearsal is not in a hurry: the limit only has to stop a guest that never comes back.
        let limits = Limits { input: Duration::from_secs(10), ..Limits::default() };
        guest(limits).map(|code| Stage::Guest(Box::new(code))).map_err(Failure::world)
    }

    /// Runs a rehearsal to the call's end.
    pub(super) fn run(&self, rehearsal: &Rehearsal) -> Result<Simulation, Failure> {
        let mut driver = self.driver(&rehearsal.loaded.source, rehearsal.loaded.dialect)?;
        rehearsal.run(&mut driver).map_err(Failure::World)
    }

    /// An engine for one call of a document.
    pub(super) fn driver(
        &self,
        text: &str,
        dialect: Option<patchcord_core::wire::Dialect>,
    ) -> Result<OnStage, Failure> {
        Ok(match self {
            Stage::Native => OnStage::Native(Box::default()),
            Stage::Guest(code) => {
                let source = Source::Document { text: text.to_owned(), url: None };
                let flow = GuestFlow::new((**code).clone(), source, dialect, 1);
                OnStage::Guest(flow.seat().map_err(Failure::world)?)
            }
        })
    }

    /// An engine for a call whose start says everything.
    pub(super) fn open_driver(&self, start: &Start) -> Result<OnStage, Failure> {
        match (self, &start.source) {
            (Stage::Guest(code), Source::Url { .. }) => {
                let flow = GuestFlow::new((**code).clone(), start.source.clone(), start.dialect, 1);
                Ok(OnStage::Guest(flow.seat().map_err(Failure::world)?))
            }
            (Stage::Guest(_) | Stage::Native, Source::Document { text, .. }) => self.driver(text, start.dialect),
            (Stage::Native, Source::Url { .. }) => Ok(OnStage::Native(Box::default())),
        }
    }
}

/// An engine for one call, as the simulator drives it.
pub(super) enum OnStage {
    Guest(Seat),
    Native(Box<Native>),
}

impl OnStage {
    fn engine(&mut self) -> &mut dyn CallEngine {
        match self {
            OnStage::Guest(seat) => seat,
            OnStage::Native(native) => native.as_mut(),
        }
    }
}

impl Driver for OnStage {
    fn open(&mut self, start: &Start) -> Result<Step, String> {
        self.engine().open(start).map_err(|error| error.to_string())
    }

    fn event(&mut self, now: Instant, event: &Event) -> Result<Step, String> {
        self.engine().event(now, event).map_err(|error| error.to_string())
    }

    fn timeout(&mut self, now: Instant) -> Result<Step, String> {
        self.engine().timeout(now).map_err(|error| error.to_string())
    }
}

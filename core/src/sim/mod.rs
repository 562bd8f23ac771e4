//! A scripted world on a virtual clock that drives an engine.
//!
//! A [`Scenario`] says what the caller, the callees and web servers do; [`simulate`] runs a flow
//! against it and tells what happened. Nothing waits: time jumps to the next thing that happens.

mod answers;
mod begin;
mod expect;
mod glob;
mod line;
mod read;
mod report;
mod run;
mod scenario;
mod session;
mod turn;
mod world;

pub use line::line;
pub use read::{flow_of, is_scenario, read};
pub use report::{Rehearsal, SimulationReport};
pub use run::{Driver, SimulatedRequest, Simulation, simulate, start_of};
pub use scenario::{Action, Callee, Doing, Expect, Reply, Rule, Scenario};
pub use session::{NoJournal, Replay, Session, SessionEvent, Stopped, Until};
pub use turn::{Staging, Tells, Turn};

use crate::engine::{Engine, Loaded};
use crate::time::Instant;
use crate::wire::{Event, Start, Step};
use alloc::{string::String, sync::Arc};

/// The engine itself, driven without a guest around it.
#[derive(Debug)]
pub struct Native {
    loaded: Option<Arc<Loaded>>,
    engine: Option<Engine>,
}

impl Native {
    /// Runs `loaded`, or what the start says.
    #[must_use]
    pub fn new(loaded: Option<Arc<Loaded>>) -> Native {
        Native { loaded, engine: None }
    }

    fn step(&mut self, act: impl FnOnce(&mut Engine)) -> Result<Step, String> {
        let engine = self.engine.as_mut().ok_or("the call was not opened")?;
        act(engine);
        Ok(engine.take_step())
    }
}

impl Driver for Native {
    fn open(&mut self, start: &Start) -> Result<Step, String> {
        let start = start.clone();
        self.engine = Some(match &self.loaded {
            Some(loaded) => Engine::open(Arc::clone(loaded), start),
            None => Engine::new(start),
        });
        self.step(|_| {})
    }

    fn event(&mut self, now: Instant, event: &Event) -> Result<Step, String> {
        let event = event.clone();
        self.step(|engine| engine.handle_event(now, event))
    }

    fn timeout(&mut self, now: Instant) -> Result<Step, String> {
        self.step(|engine| engine.handle_timeout(now))
    }
}

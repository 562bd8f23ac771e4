//! The core linked into this program: the same calls without the sandbox.

use super::{CallEngine, EngineError, Step};
use patchcord_core::{
    engine::Engine,
    time::Instant,
    wire::{Event, Start},
};

/// One call of the core itself.
#[derive(Default)]
pub struct Native {
    engine: Option<Engine>,
}

impl Native {
    fn step(&mut self, input: impl FnOnce(&mut Engine)) -> Result<Step, EngineError> {
        let engine = self.engine.as_mut().ok_or_else(|| EngineError::Refused("the call was not opened".into()))?;
        input(engine);
        Ok(engine.take_step())
    }
}

impl CallEngine for Native {
    fn open(&mut self, start: &Start) -> Result<Step, EngineError> {
        self.engine = Some(Engine::new(start.clone()));
        self.step(|_| {})
    }

    fn event(&mut self, now: Instant, event: &Event) -> Result<Step, EngineError> {
        self.step(|engine| engine.handle_event(now, event.clone()))
    }

    fn timeout(&mut self, now: Instant) -> Result<Step, EngineError> {
        self.step(|engine| engine.handle_timeout(now))
    }
}

//! One live call, fact by fact.

use crate::browser::{from_js, to_js};
use crate::seam::Live;
use patchcord_core::engine::Engine;
use patchcord_core::time::Instant;
use patchcord_core::wire::{Event, Start};
use wasm_bindgen::prelude::{JsError, JsValue};

/// A call.
pub(crate) struct Call(Engine);

impl Call {
    /// Begins a call.
    pub(crate) fn new(start: JsValue) -> Result<Call, JsError> {
        let start: Start = from_js(start)?;
        Ok(Call(Engine::new(start)))
    }
}

impl Live for Call {
    fn take(&mut self) -> Result<JsValue, JsError> {
        to_js(&self.0.take_step())
    }

    fn event(&mut self, now: f64, event: JsValue) -> Result<JsValue, JsError> {
        let event: Event = from_js(event)?;
        self.0.handle_event(Instant(now as u64), event);
        self.take()
    }

    fn timeout(&mut self, now: f64) -> Result<JsValue, JsError> {
        self.0.handle_timeout(Instant(now as u64));
        self.take()
    }
}

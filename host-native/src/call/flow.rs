//! Where the engines of calls come from.

use crate::guest::{CallEngine, EngineError, GuestFlow, Native};
use std::sync::Arc;

/// Makes one engine for each call, and another one when a call has to be restored.
#[derive(Clone)]
pub struct Flow(Arc<dyn Fn() -> Result<Box<dyn CallEngine>, EngineError> + Send + Sync>);

impl Flow {
    /// Engines of any kind.
    pub fn new(make: impl Fn() -> Result<Box<dyn CallEngine>, EngineError> + Send + Sync + 'static) -> Flow {
        Flow(Arc::new(make))
    }

    /// The guest under wasmtime.
    #[must_use]
    pub fn guest(flow: GuestFlow) -> Flow {
        Flow::new(move || match flow.seat() {
            Ok(seat) => Ok(Box::new(seat)),
            Err(error) => Err(EngineError::Refused(error.to_string())),
        })
    }

    /// The core in this process, for debugging.
    #[must_use]
    pub fn native() -> Flow {
        Flow::new(|| Ok(Box::new(Native::default())))
    }

    pub(super) fn engine(&self) -> Result<Box<dyn CallEngine>, EngineError> {
        (self.0)()
    }
}

//! One flow and the instances its calls share.

use super::{CallEngine, Code, EngineError, GuestError, Instance, Step};
use patchcord_core::{
    time::Instant,
    wire::{Dialect, Ended, Event, Source, Start, Trace},
};
use serde::Deserialize;
use serde_json::json;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One flow under wasmtime. The document is read once per instance; an instance serves a number
/// of calls and is then left to end with the last of them.
#[derive(Clone)]
pub struct GuestFlow {
    inner: Arc<Inner>,
}

struct Inner {
    code: Code,
    source: Source,
    dialect: Option<Dialect>,
    calls_per_instance: usize,
    current: Mutex<Option<Arc<Shared>>>,
}

/// An instance with a program, and how many calls it was given.
struct Shared {
    instance: Mutex<Instance>,
    /// 0 when the call itself brings the document.
    program: u32,
    served: Mutex<usize>,
}

#[derive(Deserialize)]
struct Loaded {
    program: u32,
}

#[derive(Deserialize)]
struct Reply {
    #[serde(default)]
    call: Option<u32>,
    #[serde(default)]
    deadline: Option<Instant>,
    #[serde(default)]
    trace: Trace,
    #[serde(default)]
    ended: Option<Ended>,
}

impl GuestFlow {
    /// A flow whose calls run in instances of `code`.
    #[must_use]
    pub fn new(code: Code, source: Source, dialect: Option<Dialect>, calls_per_instance: usize) -> GuestFlow {
        let calls_per_instance = calls_per_instance.max(1);
        let inner = Inner { code, source, dialect, calls_per_instance, current: Mutex::new(None) };
        GuestFlow { inner: Arc::new(inner) }
    }

    /// A seat for one call.
    pub fn seat(&self) -> Result<Seat, GuestError> {
        let mut current = self.inner.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shared) = current.as_ref() {
            let mut served = shared.served.lock().unwrap_or_else(PoisonError::into_inner);
            if *served < self.inner.calls_per_instance && !shared.instance().is_gone() {
                *served += 1;
                return Ok(Seat { shared: Arc::clone(shared), call: None });
            }
        }
        let shared = Arc::new(self.open()?);
        *current = Some(Arc::clone(&shared));
        Ok(Seat { shared, call: None })
    }

    fn open(&self) -> Result<Shared, GuestError> {
        let mut instance = Instance::new(&self.inner.code)?;
        let program = match &self.inner.source {
            Source::Document { .. } => {
                let argument = json!({ "source": self.inner.source, "dialect": self.inner.dialect });
                instance.ask::<Loaded>("program_load", argument.to_string().as_bytes())?.program
            }
            // The call asks for its document itself.
            Source::Url { .. } => 0,
        };
        Ok(Shared { instance: Mutex::new(instance), program, served: Mutex::new(1) })
    }
}

impl Shared {
    fn instance(&self) -> MutexGuard<'_, Instance> {
        self.instance.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One call's place in an instance.
pub struct Seat {
    shared: Arc<Shared>,
    call: Option<u32>,
}

impl Seat {
    /// Whether two calls share an instance.
    #[must_use]
    pub fn shares_with(&self, other: &Seat) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// One input: the orders of the whole step, or none at all.
    fn step(
        &mut self,
        job: impl FnOnce(&mut Instance, u32, u32) -> Result<Reply, GuestError>,
    ) -> Result<Step, EngineError> {
        let mut instance = self.shared.instance();
        if instance.is_gone() {
            return Err(EngineError::Lost);
        }
        let reply = job(&mut instance, self.shared.program, self.call.unwrap_or(0));
        let orders = instance.take_orders();
        let gone = instance.is_gone();
        drop(instance);
        let reply = reply.map_err(|error| match error {
            GuestError::Trapped(reason) => EngineError::Trapped(reason),
            other if gone => EngineError::Trapped(other.to_string()),
            other => EngineError::Refused(other.to_string()),
        })?;
        if let Some(call) = reply.call {
            self.call = Some(call);
        }
        if let Some((stranger, _)) = orders.iter().find(|(call, _)| Some(*call) != self.call) {
            return Err(EngineError::Refused(format!("an order for call {stranger} came out of another call's step")));
        }
        Ok(Step {
            commands: orders.into_iter().map(|(_, command)| command).collect(),
            deadline: reply.deadline,
            trace: reply.trace,
            ended: reply.ended,
        })
    }
}

impl CallEngine for Seat {
    fn open(&mut self, start: &Start) -> Result<Step, EngineError> {
        let argument = serde_json::to_vec(start).map_err(|error| EngineError::Refused(error.to_string()))?;
        self.step(|instance, program, _| instance.ask_about("call_open", program, &argument))
    }

    fn event(&mut self, now: Instant, event: &Event) -> Result<Step, EngineError> {
        let argument = serde_json::to_vec(&json!({ "now": now, "event": event }))
            .map_err(|error| EngineError::Refused(error.to_string()))?;
        self.step(|instance, _, call| instance.ask_about("call_event", call, &argument))
    }

    fn timeout(&mut self, now: Instant) -> Result<Step, EngineError> {
        self.step(|instance, _, call| instance.call("call_timeout", (call, now.0)))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some(call) = self.call else { return };
        let mut instance = self.shared.instance();
        if !instance.is_gone() {
            // A trap in here only means that the other calls have to be restored.
            let _ = instance.tell("call_close", call);
            instance.take_orders();
        }
    }
}

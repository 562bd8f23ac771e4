//! One instance of the guest. It owns its store and gives it up at the first trap: a trapped
//! instance could still be called, and must not be.

use super::{Code, GuestError, import::Hosted, overrun::Overrun};
use patchcord_core::wire::Command;
use serde::de::DeserializeOwned;
use serde_json::Value;
use wasmtime::{Memory, Store, StoreLimitsBuilder, Trap, TypedFunc, WasmParams};

/// The major version of the contract we speak.
const MAJOR: u32 = 1;

/// One instance of the guest.
pub struct Instance {
    /// Gone after a trap.
    live: Option<Live>,
    ticks: u64,
}

struct Live {
    store: Store<Hosted>,
    instance: wasmtime::Instance,
    memory: Memory,
    alloc: TypedFunc<u32, u32>,
    free: TypedFunc<(u32, u32), ()>,
}

impl Instance {
    /// Makes an instance and checks that it speaks our language.
    pub fn new(code: &Code) -> Result<Instance, GuestError> {
        let load = |error: wasmtime::Error| GuestError::Load(format!("{error:#}"));
        let limits = StoreLimitsBuilder::new()
            .memory_size(code.limits.memory)
            .instances(1)
            .memories(1)
            .trap_on_grow_failure(true)
            .build();
        let mut store = Store::new(&code.engine, Hosted { orders: Vec::new(), limits, overrun: Overrun::default() });
        store.limiter(|hosted| &mut hosted.limits);
        let (input, ticks) = (code.limits.input, code.limits.ticks());
        store.set_epoch_deadline(ticks);
        store.epoch_deadline_callback(move |mut store| Ok(store.data_mut().overrun.judge(input, ticks)));
        let instance = code.linked.instantiate(&mut store).map_err(load)?;
        let memory =
            instance.get_memory(&mut store, "memory").ok_or_else(|| GuestError::Load("it exports no memory".into()))?;
        let alloc = instance.get_typed_func(&mut store, "alloc").map_err(load)?;
        let free = instance.get_typed_func(&mut store, "free").map_err(load)?;
        let abi = instance.get_typed_func::<(), u32>(&mut store, "abi").map_err(load)?;
        let version = abi.call(&mut store, ()).map_err(|error| GuestError::Trapped(reason(&error)))?;
        if version >> 16 != MAJOR {
            return Err(GuestError::Abi(version >> 16, version & 0xffff));
        }
        let live = Live { store, instance, memory, alloc, free };
        Ok(Instance { live: Some(live), ticks: code.limits.ticks() })
    }

    /// Whether it trapped.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.live.is_none()
    }

    /// Calls an export that takes and gives JSON (`check`, `simulate`, `ir`, `program_load`).
    pub fn ask<T: DeserializeOwned>(&mut self, export: &str, argument: &[u8]) -> Result<T, GuestError> {
        self.with_bytes(export, argument, |pair| pair)
    }

    /// Calls an export with a number before its JSON argument.
    pub(super) fn ask_about<T: DeserializeOwned>(
        &mut self,
        export: &str,
        number: u32,
        argument: &[u8],
    ) -> Result<T, GuestError> {
        self.with_bytes(export, argument, |(at, length)| (number, at, length))
    }

    fn with_bytes<T: DeserializeOwned, P: WasmParams>(
        &mut self,
        export: &str,
        argument: &[u8],
        parameters: impl FnOnce((u32, u32)) -> P,
    ) -> Result<T, GuestError> {
        let length =
            u32::try_from(argument.len()).map_err(|_| GuestError::Refused("the argument is too large".into()))?;
        let at = self.run(|live| live.alloc.call(&mut live.store, length))?;
        self.run(|live| Ok(live.memory.write(&mut live.store, at as usize, argument)?))?;
        let reply = self.call(export, parameters((at, length)));
        // The argument is freed even when the guest answered with an error.
        if self.live.is_some() {
            self.run(|live| live.free.call(&mut live.store, (at, length)))?;
        }
        reply
    }

    /// Calls an export without an argument in memory, whose reply is JSON.
    pub(super) fn call<T: DeserializeOwned, P: WasmParams>(
        &mut self,
        export: &str,
        parameters: P,
    ) -> Result<T, GuestError> {
        let text = self.run(|live| {
            let function = live.instance.get_typed_func::<P, u64>(&mut live.store, export)?;
            let packed = function.call(&mut live.store, parameters)?;
            let (at, length) = ((packed >> 32) as usize, (packed & 0xffff_ffff) as usize);
            let bytes = live.memory.data(&live.store).get(at..at.saturating_add(length));
            bytes.map(<[u8]>::to_vec).ok_or_else(|| wasmtime::Error::msg("its reply lies outside of its memory"))
        })?;
        let nonsense = |error: serde_json::Error| GuestError::Nonsense(error.to_string());
        let mut reply: Value = serde_json::from_slice(&text).map_err(nonsense)?;
        match (reply.get_mut("ok").map(Value::take), reply.get("error").and_then(Value::as_str)) {
            (Some(ok), _) => serde_json::from_value(ok).map_err(nonsense),
            (None, Some(error)) => Err(GuestError::Refused(error.to_owned())),
            (None, None) => Err(GuestError::Nonsense("neither `ok` nor `error`".into())),
        }
    }

    /// Calls an export that gives nothing back.
    pub(super) fn tell(&mut self, export: &str, number: u32) -> Result<(), GuestError> {
        self.run(|live| {
            let function = live.instance.get_typed_func::<u32, ()>(&mut live.store, export)?;
            function.call(&mut live.store, number)
        })
    }

    /// The orders of the last step.
    pub(super) fn take_orders(&mut self) -> Vec<(u32, Command)> {
        self.live.as_mut().map(|live| std::mem::take(&mut live.store.data_mut().orders)).unwrap_or_default()
    }

    /// Runs the guest; the store does not survive an error.
    fn run<T>(&mut self, job: impl FnOnce(&mut Live) -> wasmtime::Result<T>) -> Result<T, GuestError> {
        let mut live = self.live.take().ok_or_else(|| GuestError::Trapped("it trapped before".into()))?;
        live.store.data_mut().overrun = Overrun::default();
        live.store.set_epoch_deadline(self.ticks);
        match job(&mut live) {
            Ok(value) => {
                self.live = Some(live);
                Ok(value)
            }
            Err(error) => Err(GuestError::Trapped(reason(&error))),
        }
    }
}

/// Why a guest was stopped, in words.
fn reason(error: &wasmtime::Error) -> String {
    match error.downcast_ref::<Trap>() {
        Some(Trap::Interrupt) => "it took too long over one input".into(),
        Some(Trap::StackOverflow) => "it recursed too deeply".into(),
        Some(trap) => trap.to_string(),
        None => {
            let text = error.root_cause().to_string();
            if text.contains("growing memory") { "it asked for more memory than it may have".into() } else { text }
        }
    }
}

//! The call primitives that a guest imports. They only note the order: it is obeyed after the
//! export has returned, and forgotten when the step traps.

use super::{GuestError, overrun::Overrun};
use patchcord_core::wire::Command;
use wasmtime::{Caller, Engine, Extern, Linker, StoreLimits};

/// The namespace of the imports; its number is the major version of the contract.
const NAMESPACE: &str = "patchcord_v1";

/// One import per order. A new order is one more name.
const IMPORTS: &[&str] = &[
    "ring",
    "answer",
    "reject",
    "originate",
    "cancel",
    "hangup",
    "bridge",
    "unbridge",
    "play",
    "stop",
    "send_digits",
    "record",
    "recognize",
    "tap",
    "stream",
    "detect",
    "denoise",
    "echo",
    "transcribe",
    "enqueue",
    "join",
    "refer",
    "extend",
    "adjust",
    "user_event",
    "fetch",
    "notify",
    "done",
];

/// The largest order we copy.
const MAX_ORDER: u32 = 4 << 20;

/// What the host keeps for one instance.
pub(super) struct Hosted {
    /// Orders of the step under way: which call, and what.
    pub(super) orders: Vec<(u32, Command)>,
    pub(super) limits: StoreLimits,
    /// How far the step under way is over its time.
    pub(super) overrun: Overrun,
}

/// All imports, ready to be linked into an instance.
pub(super) fn linker(engine: &Engine) -> Result<Linker<Hosted>, GuestError> {
    let mut linker = Linker::new(engine);
    for name in IMPORTS {
        linker
            .func_wrap(NAMESPACE, name, move |mut caller: Caller<'_, Hosted>, call: u32, at: u32, length: u32| {
                let command = read(&mut caller, at, length)
                    .map_err(|problem| wasmtime::Error::msg(format!("order `{name}`: {problem}")))?;
                caller.data_mut().orders.push((call, command));
                Ok(())
            })
            .map_err(|error| GuestError::Load(error.to_string()))?;
    }
    Ok(linker)
}

fn read(caller: &mut Caller<'_, Hosted>, at: u32, length: u32) -> Result<Command, String> {
    let Some(Extern::Memory(memory)) = caller.get_export("memory") else {
        return Err("there is no memory".into());
    };
    if length > MAX_ORDER {
        return Err("it is too large".into());
    }
    let (start, end) = (at as usize, at as usize + length as usize);
    let bytes = memory.data(&caller).get(start..end).ok_or("it lies outside of the memory")?;
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

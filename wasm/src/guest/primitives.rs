//! The call primitives that the host supplies: one import per order.
#![allow(unsafe_code)]

use patchcord_core::wire::Command;

macro_rules! primitives {
    ($($variant:ident => $name:ident),* $(,)?) => {
        #[link(wasm_import_module = "patchcord_v1")]
        unsafe extern "C" {
            $(fn $name(call: u32, ptr: u32, len: u32);)*
        }

        /// Calls the import of an order.
        pub(super) fn order(call: u32, command: &Command) -> Result<(), String> {
            let json = serde_json::to_vec(command).map_err(|error| error.to_string())?;
            let (ptr, len) = (json.as_ptr() as usize as u32, json.len() as u32);
            match command {
                // SAFETY: the host reads `len` bytes at `ptr` before it returns; `json` lives until then.
                $(Command::$variant { .. } => unsafe { $name(call, ptr, len) },)*
            }
            Ok(())
        }
    };
}

primitives! {
    Ring => ring,
    Answer => answer,
    Reject => reject,
    Originate => originate,
    Cancel => cancel,
    Hangup => hangup,
    Bridge => bridge,
    Unbridge => unbridge,
    Play => play,
    Stop => stop,
    SendDigits => send_digits,
    Record => record,
    Recognize => recognize,
    Tap => tap,
    Stream => stream,
    Detect => detect,
    Denoise => denoise,
    Echo => echo,
    Transcribe => transcribe,
    Enqueue => enqueue,
    Join => join,
    Refer => refer,
    Extend => extend,
    Adjust => adjust,
    UserEvent => user_event,
    Fetch => fetch,
    Notify => notify,
    Done => done,
}

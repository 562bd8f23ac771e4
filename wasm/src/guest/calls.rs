//! The calls and programs of this instance.

use super::primitives::order;
use patchcord_core::engine::{Engine, Loaded, load};
use patchcord_core::time::Instant;
use patchcord_core::wire::{Dialect, Ended, Report, Start, Trace};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Default)]
pub(super) struct Calls {
    programs: BTreeMap<u32, Arc<Loaded>>,
    calls: BTreeMap<u32, Engine>,
    named: u32,
}

#[derive(Serialize)]
pub(super) struct Program {
    program: u32,
    dialect: Option<Dialect>,
    /// Whether calls of it can run.
    runs: bool,
    diagnostics: Vec<Report>,
}

/// The answer to one input. The orders went through the imports.
#[derive(Serialize)]
pub(super) struct Stepped {
    call: u32,
    deadline: Option<Instant>,
    trace: Trace,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<Ended>,
}

impl Calls {
    pub(super) fn load(&mut self, text: &str, dialect: Option<Dialect>) -> Program {
        let loaded = load(text, dialect);
        let program = self.name();
        let answer = Program {
            program,
            dialect: loaded.dialect,
            runs: loaded.runs(),
            diagnostics: patchcord_core::diag::json("", text, &loaded.diagnostics),
        };
        self.programs.insert(program, Arc::new(loaded));
        answer
    }

    pub(super) fn unload(&mut self, program: u32) {
        self.programs.remove(&program);
    }

    pub(super) fn open(&mut self, program: u32, start: Start) -> Result<Stepped, String> {
        let engine = match (program, self.programs.get(&program)) {
            (0, _) => Engine::new(start),
            (_, Some(loaded)) => Engine::open(Arc::clone(loaded), start),
            (_, None) => return Err(format!("there is no program {program}")),
        };
        let call = self.name();
        self.calls.insert(call, engine);
        self.step(call, |_| {})
    }

    /// One input, then every order through its import, in order.
    pub(super) fn step(&mut self, call: u32, act: impl FnOnce(&mut Engine)) -> Result<Stepped, String> {
        let engine = self.calls.get_mut(&call).ok_or_else(|| format!("there is no call {call}"))?;
        act(engine);
        let step = engine.take_step();
        for command in &step.commands {
            order(call, command)?;
        }
        Ok(Stepped { call, deadline: step.deadline, trace: step.trace, ended: step.ended })
    }

    pub(super) fn close(&mut self, call: u32) {
        self.calls.remove(&call);
    }

    fn name(&mut self) -> u32 {
        self.named += 1;
        self.named
    }
}

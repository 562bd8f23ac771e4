//! The door for wasmtime and every other runtime. See CONTRACT.md.
#![allow(unsafe_code)] // an exported name counts as unsafe

mod calls;
mod memory;
mod primitives;

use calls::Calls;
use memory::{argument, give};
use patchcord_core::dialect::Strictness;
use patchcord_core::engine::{check_by, load};
use patchcord_core::sim::Rehearsal;
use patchcord_core::time::Instant;
use patchcord_core::wire::{Dialect, Event, Source, Start, VERSION};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

thread_local! {
    static CALLS: RefCell<Calls> = RefCell::new(Calls::default());
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Reply<T> {
    Ok(T),
    Error(String),
}

fn reply<T: Serialize>(result: Result<T, String>) -> u64 {
    let reply = match result {
        Ok(value) => Reply::Ok(value),
        Err(error) => Reply::Error(error),
    };
    give(serde_json::to_vec(&reply).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}").into_bytes()))
}

fn parse<'a, T: Deserialize<'a>>(text: &'a [u8]) -> Result<T, String> {
    serde_json::from_slice(text).map_err(|error| error.to_string())
}

/// The contract's version: major · 2¹⁶ + minor.
#[unsafe(no_mangle)]
extern "C" fn abi() -> u32 {
    (VERSION << 16) | MINOR
}

/// Minor version of the contract: the orders it has.
const MINOR: u32 = 2;

#[derive(Deserialize)]
struct Check {
    text: String,
    #[serde(default)]
    file: String,
    #[serde(default)]
    dialect: Option<Dialect>,
}

/// Says what is wrong with a document.
#[unsafe(no_mangle)]
extern "C" fn check(ptr: u32, len: u32) -> u64 {
    reply(parse::<Check>(argument(ptr, len)).map(|check| {
        let found = check_by(Strictness::Platform, &check.text, check.dialect);
        patchcord_core::diag::json(&check.file, &check.text, &found)
    }))
}

/// Says what is wrong with a document that is handed over as it is.
#[unsafe(no_mangle)]
extern "C" fn check_text(ptr: u32, len: u32) -> u64 {
    let text = std::str::from_utf8(argument(ptr, len)).map_err(|error| error.to_string());
    reply(text.map(|text| patchcord_core::diag::json("", text, &check_by(Strictness::Platform, text, None))))
}

/// Shows what a document means.
#[unsafe(no_mangle)]
extern "C" fn ir(ptr: u32, len: u32) -> u64 {
    reply(parse::<Check>(argument(ptr, len)).map(|check| load(&check.text, check.dialect).program.to_string()))
}

#[derive(Deserialize)]
struct Simulate {
    text: String,
    #[serde(default)]
    file: String,
    #[serde(default)]
    dialect: Option<Dialect>,
    #[serde(default)]
    scenario: Option<String>,
    #[serde(default)]
    scenario_file: String,
}

/// Runs a document against a scenario, in here.
#[unsafe(no_mangle)]
extern "C" fn simulate(ptr: u32, len: u32) -> u64 {
    reply(parse::<Simulate>(argument(ptr, len)).and_then(|simulate| {
        let scenario = simulate.scenario.as_deref().map(|source| (simulate.scenario_file.as_str(), source));
        let rehearsal = Rehearsal::new(&simulate.file, &simulate.text, simulate.dialect, scenario)
            .map_err(|problems| serde_json::to_string(&problems).unwrap_or_default())?;
        let simulation = if rehearsal.loaded.runs() { rehearsal.run_native() } else { None };
        Ok(rehearsal.report(simulation.as_ref(), scenario))
    }))
}

#[derive(Deserialize)]
struct LoadProgram {
    source: Source,
    #[serde(default)]
    dialect: Option<Dialect>,
}

/// Reads a document once, for many calls.
#[unsafe(no_mangle)]
extern "C" fn program_load(ptr: u32, len: u32) -> u64 {
    reply(parse::<LoadProgram>(argument(ptr, len)).and_then(|load| match &load.source {
        Source::Document { text, .. } => Ok(CALLS.with_borrow_mut(|calls| calls.load(text, load.dialect))),
        Source::Url { .. } => {
            Err("a program is loaded from its text; open a call with program 0 to have it fetched".into())
        }
    }))
}

/// Forgets a document. Calls that run it go on.
#[unsafe(no_mangle)]
extern "C" fn program_drop(program: u32) {
    CALLS.with_borrow_mut(|calls| calls.unload(program));
}

/// Begins a call of a program; program 0 is the document in the start itself.
#[unsafe(no_mangle)]
extern "C" fn call_open(program: u32, ptr: u32, len: u32) -> u64 {
    let start = parse::<Start>(argument(ptr, len));
    reply(start.and_then(|start| CALLS.with_borrow_mut(|calls| calls.open(program, start))))
}

#[derive(Deserialize)]
struct Happened {
    now: Instant,
    event: Event,
}

/// Reports a fact.
#[unsafe(no_mangle)]
extern "C" fn call_event(call: u32, ptr: u32, len: u32) -> u64 {
    let happened = parse::<Happened>(argument(ptr, len));
    reply(happened.and_then(|fact| {
        CALLS.with_borrow_mut(|calls| calls.step(call, |engine| engine.handle_event(fact.now, fact.event)))
    }))
}

/// Reports that the deadline came.
#[unsafe(no_mangle)]
extern "C" fn call_timeout(call: u32, now: u64) -> u64 {
    reply(CALLS.with_borrow_mut(|calls| calls.step(call, |engine| engine.handle_timeout(Instant(now)))))
}

/// Forgets a call.
#[unsafe(no_mangle)]
extern "C" fn call_close(call: u32) {
    CALLS.with_borrow_mut(|calls| calls.close(call));
}

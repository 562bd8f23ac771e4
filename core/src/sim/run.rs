//! A call against a scenario, from its beginning to its end.

use super::expect;
use super::scenario::Scenario;
use super::world::World;
use crate::diag::Diagnostic;
use crate::time::{Instant, Millis};
use crate::wire::{Command, Dialect, Ended, Event, Header, Limits, Source, Start, Step, Trace};
use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use serde::Serialize;

/// An engine, wherever it runs.
pub trait Driver {
    /// Begins a call.
    ///
    /// # Errors
    /// The engine is gone (a guest that trapped).
    fn open(&mut self, start: &Start) -> Result<Step, String>;
    /// Reports a fact.
    ///
    /// # Errors
    /// As [`Driver::open`].
    fn event(&mut self, now: Instant, event: &Event) -> Result<Step, String>;
    /// Reports that the deadline came.
    ///
    /// # Errors
    /// As [`Driver::open`].
    fn timeout(&mut self, now: Instant) -> Result<Step, String>;
}

/// What happened.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// How the call ended; `None` when it never did.
    pub ended: Option<Ended>,
    /// Everything, in order.
    pub trace: Trace,
    /// Every order, in order.
    pub commands: Vec<Command>,
    /// Every request that was sent.
    pub requests: Vec<SimulatedRequest>,
    /// Every input, for a journal: a fact, or nothing for a deadline.
    pub inputs: Vec<(Instant, Option<Event>)>,
    /// The first step's input.
    pub start: Start,
    /// Expectations of the scenario that were not met.
    pub mismatches: Vec<Diagnostic>,
}

/// A request that was sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulatedRequest {
    /// When.
    pub at: Instant,
    /// Method.
    pub method: String,
    /// URL, without credentials.
    pub url: String,
    /// Headers.
    pub headers: Vec<Header>,
    /// The exact body.
    pub body: String,
}

impl Simulation {
    /// A call that is about to begin.
    #[must_use]
    pub fn begin(start: Start) -> Simulation {
        Simulation {
            ended: None,
            trace: Vec::new(),
            commands: Vec::new(),
            requests: Vec::new(),
            inputs: Vec::new(),
            start,
            mismatches: Vec::new(),
        }
    }
}

/// Inputs after which a call that has not ended is given up.
pub(super) const MOST_INPUTS: usize = 20_000;

/// The start of a call in this scenario.
#[must_use]
pub fn start_of(scenario: &Scenario, text: &str, dialect: Option<Dialect>) -> Start {
    Start {
        source: Source::Document { text: text.to_string(), url: scenario.url.clone() },
        dialect,
        now: Instant::ZERO,
        unix_ms: scenario.start_unix_ms,
        seed: scenario.seed,
        caller: scenario.caller.clone(),
        application: scenario.application.clone(),
        limits: Limits::default(),
        quiet: false,
    }
}

/// Runs a call to its end.
///
/// # Errors
/// When the driver fails.
pub fn simulate(driver: &mut dyn Driver, scenario: &Scenario, start: Start) -> Result<Simulation, String> {
    let mut world = World::new(Arc::new(scenario.clone()), None);
    let mut simulation = Simulation::begin(start.clone());
    let mut now = start.now;
    let mut step = driver.open(&start)?;
    loop {
        for command in &step.commands {
            world.obey(now, command);
        }
        let deadline = step.deadline;
        simulation.commands.append(&mut step.commands);
        simulation.trace.append(&mut step.trace);
        if step.ended.is_some() {
            simulation.ended = step.ended;
            break;
        }
        if simulation.inputs.len() >= MOST_INPUTS {
            break;
        }
        // A flow that plays for ever ends when the caller has had enough.
        if simulation.inputs.len() == MOST_INPUTS / 2
            && let Some(event) = world.caller_gives_up(now)
        {
            simulation.inputs.push((now, Some(event.clone())));
            step = driver.event(now, &event)?;
            continue;
        }
        match (world.next(), deadline) {
            (Some((at, ..)), deadline) if deadline.is_none_or(|deadline| at <= deadline) => {
                now = now.max(at);
                let Some(event) = world.take() else { break };
                simulation.inputs.push((now, Some(event.clone())));
                step = driver.event(now, &event)?;
            }
            (_, Some(deadline)) => {
                now = now.max(deadline);
                simulation.inputs.push((now, None));
                step = driver.timeout(now)?;
            }
            // Nothing will ever happen: an endless pause, say. The caller has had enough.
            (_, None) => {
                now = now + Millis(3_600_000);
                let Some(event) = world.caller_gives_up(now) else { break };
                simulation.inputs.push((now, Some(event.clone())));
                step = driver.event(now, &event)?;
            }
        }
    }
    simulation.requests = world.requests;
    if let Some(expected) = &scenario.expect {
        simulation.mismatches = expect::mismatches(expected, &simulation);
    }
    Ok(simulation)
}

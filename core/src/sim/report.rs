//! A simulation as JSON: what `patchcord simulate --format json` prints, wherever it ran.

use super::run::{Driver, SimulatedRequest, Simulation, simulate, start_of};
use super::scenario::Scenario;
use super::{Native, read};
use crate::diag;
use crate::engine::{Loaded, load};
use crate::value::Value;
use crate::wire::{Dialect, LegReport, Outcome, Report, Trace};
use alloc::{string::String, sync::Arc, vec::Vec};
use serde::Serialize;

/// What a simulation tells.
#[derive(Clone, Debug, Serialize)]
pub struct SimulationReport {
    /// How it went; none when the call never ended, or the document was refused.
    pub outcome: Option<Outcome>,
    /// The caller's variables at the end.
    pub vars: Value,
    /// Every leg.
    pub legs: Vec<LegReport>,
    /// Everything that happened, in order.
    pub trace: Trace,
    /// Every request that was sent.
    pub requests: Vec<SimulatedRequest>,
    /// What there is to say about the document, and about expectations that were not met.
    pub diagnostics: Vec<Report>,
}

/// A document and a scenario, ready to be simulated.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// The document.
    pub loaded: Arc<Loaded>,
    /// The scenario.
    pub scenario: Scenario,
    /// What there is to say about the document.
    pub reports: Vec<Report>,
}

impl Rehearsal {
    /// Reads both.
    ///
    /// # Errors
    /// What is wrong with the scenario.
    pub fn new(
        file: &str,
        text: &str,
        dialect: Option<Dialect>,
        scenario: Option<(&str, &str)>,
    ) -> Result<Rehearsal, Vec<Report>> {
        let scenario = match scenario {
            Some((name, source)) => read(source).map_err(|problems| diag::json(name, source, &problems))?,
            None => Scenario::ordinary(),
        };
        let loaded = Arc::new(load(text, dialect));
        let reports = diag::json(file, text, &loaded.diagnostics);
        Ok(Rehearsal { loaded, scenario, reports })
    }

    /// Runs it in the engine itself.
    #[must_use]
    pub fn run_native(&self) -> Option<Simulation> {
        self.run(&mut Native::new(Some(Arc::clone(&self.loaded)))).ok()
    }

    /// Runs it in `driver`.
    ///
    /// # Errors
    /// When the driver fails.
    pub fn run(&self, driver: &mut dyn Driver) -> Result<Simulation, String> {
        simulate(driver, &self.scenario, start_of(&self.scenario, &self.loaded.source, self.loaded.dialect))
    }

    /// Tells what happened; expectations are those of the file `scenario`.
    #[must_use]
    pub fn report(&self, simulation: Option<&Simulation>, scenario: Option<(&str, &str)>) -> SimulationReport {
        let mut diagnostics = self.reports.clone();
        if let (Some(simulation), Some((name, source))) = (simulation, scenario) {
            diagnostics.extend(diag::json(name, source, &simulation.mismatches));
        }
        let ended = simulation.and_then(|simulation| simulation.ended.clone());
        SimulationReport {
            outcome: ended.as_ref().map(|ended| ended.outcome),
            vars: ended.as_ref().map(|ended| ended.vars.clone()).unwrap_or(Value::Object(Default::default())),
            legs: ended.map(|ended| ended.legs).unwrap_or_default(),
            trace: simulation.map(|simulation| simulation.trace.clone()).unwrap_or_default(),
            requests: simulation.map(|simulation| simulation.requests.clone()).unwrap_or_default(),
            diagnostics,
        }
    }
}

//! `patchcord test`: every scenario of a folder, with its expectations.

use super::Failure;
use super::document::{colour, read};
use super::rehearse::Stage;
use super::trace;
use patchcord_core::diag;
use patchcord_core::sim::{Rehearsal, flow_of, is_scenario};
use std::path::{Path, PathBuf};

/// Options of `test`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Folders (searched through) and scenario files.
    #[arg(required = true, value_name = "DIR")]
    places: Vec<PathBuf>,
    /// Run the engine linked into this program instead of the guest module.
    #[arg(long)]
    native: bool,
    /// Only scenarios whose path holds this text.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
}

/// Runs every scenario; wrong when one does not do what it expects.
pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let mut scenarios = Vec::new();
    for place in &options.places {
        collect(place, &mut scenarios)?;
    }
    scenarios.sort();
    scenarios.retain(|path| options.filter.as_ref().is_none_or(|text| path.display().to_string().contains(text)));
    if scenarios.is_empty() {
        return Err(Failure::Wrong(
            "patchcord: no scenario found; a scenario is NAME.scenario.yaml beside the flow NAME.yaml, NAME.json or NAME.xml\n".to_owned(),
        ));
    }
    let stage = Stage::new(options.native)?;
    let mut failed = 0;
    for path in &scenarios {
        match one(&stage, path)? {
            None => println!("ok   {}", path.display()),
            Some(why) => {
                failed += 1;
                println!("FAIL {}\n{why}", path.display());
            }
        }
    }
    println!("{} passed, {failed} failed", scenarios.len() - failed);
    if failed > 0 { Err(Failure::Wrong(String::new())) } else { Ok(()) }
}

fn collect(place: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failure = |error: std::io::Error| Failure::World(format!("{}: {error}", place.display()));
    if !std::fs::metadata(place).map_err(failure)?.is_dir() {
        found.push(place.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(place).map_err(failure)? {
        let path = entry.map_err(failure)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() && !name.starts_with('.') {
            collect(&path, found)?;
        } else if named_scenario(&name) || (may_be_scenario(&name) && is_scenario(&read(&path)?)) {
            found.push(path);
        }
    }
    Ok(())
}

/// `NAME.scenario.yaml` is a scenario, whatever is in it.
fn named_scenario(name: &str) -> bool {
    [".scenario.yaml", ".scenario.yml", ".scenario.json"].iter().any(|end| name.ends_with(end))
}

fn may_be_scenario(name: &str) -> bool {
    [".yaml", ".yml", ".json"].iter().any(|end| name.ends_with(end))
}

/// Runs one scenario; what is wrong with it.
fn one(stage: &Stage, path: &Path) -> Result<Option<String>, Failure> {
    let source = read(path)?;
    let name = path.display().to_string();
    let Some(flow) = flow_file(path, &source) else {
        return Ok(Some(
            "  its flow is not beside it: name it with `flow:`, or call it like the scenario\n".to_owned(),
        ));
    };
    let text = read(&flow)?;
    let flow_name = flow.display().to_string();
    let rehearsal = match Rehearsal::new(&flow_name, &text, None, Some((&name, &source))) {
        Ok(rehearsal) => rehearsal,
        Err(reports) => return Ok(Some(reports.iter().map(trace::report_line).collect())),
    };
    if !rehearsal.loaded.runs() {
        return Ok(Some(diag::human(&flow_name, &text, &rehearsal.loaded.diagnostics, colour())));
    }
    let simulation = stage.run(&rehearsal)?;
    if simulation.ended.is_none() {
        return Ok(Some("  the call never ended\n".to_owned()));
    }
    let mismatches = &simulation.mismatches;
    Ok((!mismatches.is_empty()).then(|| diag::human(&name, &source, mismatches, colour())))
}

/// The flow that a scenario names, or the one called like it (`a.busy.scenario.yaml` runs `a.busy.*` or
/// `a.*`), or the only one beside it.
fn flow_file(scenario: &Path, source: &str) -> Option<PathBuf> {
    let folder = scenario.parent()?;
    if let Some(named) = flow_of(source) {
        return Some(folder.join(named));
    }
    let name = scenario.file_name()?.to_string_lossy().into_owned();
    let mut stem = name.split(".scenario.").next().unwrap_or(&name);
    while !stem.is_empty() {
        let mut called = FLOW_ENDINGS.iter().map(|ending| folder.join(format!("{stem}{ending}")));
        if let Some(found) = called.find(|path| is_flow_beside(path, scenario)) {
            return Some(found);
        }
        stem = stem.rsplit_once('.').map_or("", |(start, _)| start);
    }
    only_flow_beside(scenario)
}

/// What the files of flows end with.
const FLOW_ENDINGS: [&str; 6] = [".yaml", ".yml", ".json", ".xml", ".swml", ".rcml"];

/// Whether a file is a document, and no scenario.
fn is_flow_beside(path: &Path, scenario: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path != scenario
        && FLOW_ENDINGS.iter().any(|end| name.ends_with(end))
        && !named_scenario(&name)
        && path.is_file()
        && !std::fs::read_to_string(path).is_ok_and(|text| is_scenario(&text))
}

/// The only document in the scenario's folder, if there is just one.
fn only_flow_beside(scenario: &Path) -> Option<PathBuf> {
    let folder = scenario.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut flows = entries.filter(|path| is_flow_beside(path, scenario));
    flows.next().filter(|_| flows.next().is_none())
}

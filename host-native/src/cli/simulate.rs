//! `patchcord simulate`: what a flow does, without a phone.

use super::Failure;
use super::document::{DialectName, Format, colour, has_errors, print_json, read};
use super::rehearse::Stage;
use super::trace;
use patchcord_core::diag;
use patchcord_core::sim::{self, Rehearsal};
use std::path::PathBuf;

/// Options of `simulate`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The document; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What caller, callees and web servers do; without it they behave ordinarily.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// What the document is written in; recognised when not given.
    #[arg(long, value_enum)]
    dialect: Option<DialectName>,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Run the engine linked into this program instead of the guest module; the output is the same.
    #[arg(long)]
    native: bool,
    /// Write the call's journal to this file, for `patchcord replay`.
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
}

/// Runs the flow and prints what happened; wrong when the document or an expectation is.
pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let text = read(&options.file)?;
    let name = options.file.display().to_string();
    let scenario_text = options.scenario.as_deref().map(read).transpose()?;
    let scenario_name = options.scenario.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    let scenario = scenario_text.as_deref().map(|source| (scenario_name.as_str(), source));
    let rehearsal = match Rehearsal::new(&name, &text, options.dialect.map(Into::into), scenario) {
        Ok(rehearsal) => rehearsal,
        Err(reports) if options.format == Format::Json => {
            print_json(&reports)?;
            return Err(Failure::Wrong(String::new()));
        }
        Err(reports) => {
            let problems =
                scenario.and_then(|(name, source)| sim::read(source).err().map(|found| (name, source, found)));
            return Err(Failure::Wrong(match problems {
                Some((name, source, problems)) => diag::human(name, source, &problems, colour()),
                None => reports.iter().map(trace::report_line).collect(),
            }));
        }
    };
    let simulation = if rehearsal.loaded.runs() { Some(Stage::new(options.native)?.run(&rehearsal)?) } else { None };
    let report = rehearsal.report(simulation.as_ref(), scenario);
    if let (Some(path), Some(simulation)) = (&options.journal, &simulation) {
        trace::write_journal(path, simulation).map_err(|e| Failure::World(format!("{}: {e}", path.display())))?;
    }
    match options.format {
        Format::Json => print_json(&report)?,
        Format::Human => {
            print!("{}", diag::human(&name, &text, &rehearsal.loaded.diagnostics, colour()));
            if let Some(simulation) = &simulation {
                print!("{}", trace::human(simulation, colour()));
                if let Some((name, source)) = scenario {
                    print!("{}", diag::human(name, source, &simulation.mismatches, colour()));
                }
            }
        }
    }
    let ended = simulation.is_none_or(|simulation| simulation.ended.is_some());
    if has_errors(&report.diagnostics) {
        return Err(Failure::Wrong(String::new()));
    }
    if !ended {
        return Err(Failure::Wrong("patchcord: the call never ended\n".to_owned()));
    }
    Ok(())
}

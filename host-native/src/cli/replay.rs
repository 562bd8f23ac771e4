//! `patchcord replay`: a journal, fed to the engine again.

use super::Failure;
use super::document::{Format, colour, print_json};
use super::rehearse::Stage;
use super::trace;
use crate::call::{Journal, JournalEntry};
use patchcord_core::sim::{Driver, Simulation, line};
use patchcord_core::wire::{Command, Outcome, Step, Trace};
use serde::Serialize;
use std::path::PathBuf;

/// Options of `replay`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// A journal that `serve` or `simulate --journal` wrote.
    #[arg(value_name = "JOURNAL")]
    journal: PathBuf,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Run the engine linked into this program instead of the guest module.
    #[arg(long)]
    native: bool,
    /// Only the orders, a line each.
    #[arg(long)]
    commands: bool,
}

/// What a replay tells.
#[derive(Debug, Serialize)]
struct Replayed {
    outcome: Option<Outcome>,
    commands: Vec<Command>,
    trace: Trace,
}

/// Feeds a journal to the engine and prints what it does.
pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let name = options.journal.display();
    let entries = Journal::read(&options.journal).map_err(|error| Failure::World(format!("{name}: {error}")))?;
    let mut entries = entries.into_iter();
    let Some(JournalEntry::Start { start }) = entries.next() else {
        return Err(Failure::World(format!("{name} is no journal: its first line has no `start`")));
    };
    let mut engine = Stage::new(options.native)?.open_driver(&start)?;
    let mut simulation = Simulation::begin((*start).clone());
    let mut step = engine.open(&start).map_err(Failure::World)?;
    loop {
        simulation.commands.append(&mut step.commands);
        simulation.trace.append(&mut step.trace);
        simulation.ended = simulation.ended.or(step.ended);
        step = match entries.next() {
            Some(JournalEntry::Event { at, event }) => engine.event(at, &event),
            Some(JournalEntry::Timeout { at, .. }) => engine.timeout(at),
            // How it ended comes out of the engine again.
            Some(JournalEntry::Done { .. } | JournalEntry::Stopped { .. } | JournalEntry::Start { .. }) => {
                Ok(Step::default())
            }
            None => break,
        }
        .map_err(Failure::World)?;
    }
    if options.commands {
        simulation.commands.iter().for_each(|command| println!("{}", line(command)));
        return Ok(());
    }
    match options.format {
        Format::Human => {
            print!("{}", trace::human(&simulation, colour()));
            Ok(())
        }
        Format::Json => print_json(&Replayed {
            outcome: simulation.ended.as_ref().map(|ended| ended.outcome),
            commands: simulation.commands.iter().map(Command::redacted).collect(),
            trace: simulation.trace,
        }),
    }
}

//! The command line.
//!
//! Exit codes: 0 fine, 1 the document or expectation is wrong, 2 wrong usage, 3 the world failed.

mod check;
mod demo;
mod document;
mod explain;
mod ir;
mod ladder;
mod paint;
mod rehearse;
mod replay;
mod report;
mod serve;
mod simulate;
mod test;
mod trace;

use clap::{CommandFactory as _, Parser, Subcommand};
use std::{io::IsTerminal as _, process::ExitCode};
use tracing_subscriber::EnvFilter;

/// The open call-flow engine: SWML, verbs and RCML, checked, simulated and run as SIP calls.
#[derive(Debug, Parser)]
#[command(name = "patchcord", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what is wrong with call flows.
    Check(check::Options),
    /// Run a call flow against a scenario, without a phone.
    Simulate(simulate::Options),
    /// Run every scenario of a folder and compare it with its expectations.
    Test(test::Options),
    /// Say what the code of a diagnostic means.
    Explain(explain::Options),
    /// Show what a call flow means to the engine.
    Ir(ir::Options),
    /// Feed a call's journal to the engine again.
    Replay(replay::Options),
    /// Answer SIP calls with a flow.
    Serve(Box<serve::Options>),
    /// Place a real call on this machine: two phones ring, one wins, both talk.
    Demo(demo::Options),
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The document or an expectation is wrong: 1. The text was not printed yet.
    Wrong(String),
    /// The world failed: 3.
    World(String),
}

impl Failure {
    /// Something outside of us went wrong.
    pub(crate) fn world(error: impl ToString) -> Failure {
        Failure::World(error.to_string())
    }
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    // Wrong usage ends here, with clap's own text and code 2.
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,rsipstack=error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
    let result = match arguments.command {
        Command::Check(options) => check::run(&options),
        Command::Simulate(options) => simulate::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Ir(options) => ir::run(&options),
        Command::Replay(options) => replay::run(&options),
        Command::Serve(options) => on_runtime(serve::run(*options)),
        Command::Demo(options) => on_runtime(demo::run(options)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Wrong(text)) => {
            eprint!("{text}");
            ExitCode::from(1)
        }
        Err(Failure::World(text)) => {
            eprintln!("patchcord: {text}");
            ExitCode::from(3)
        }
    }
}

/// Ends the process: the options do not fit together.
fn usage(problem: &str) -> ! {
    Arguments::command().error(clap::error::ErrorKind::ArgumentConflict, problem).exit()
}

/// Runs a command that talks to the network.
fn on_runtime(job: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::world)?;
    let result = runtime.block_on(job);
    // Sockets that still repeat a BYE nobody confirms are not waited for.
    runtime.shutdown_background();
    result
}

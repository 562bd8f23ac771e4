//! `patchcord ir`: what a document means to the engine.

use super::Failure;
use super::document::{DialectName, colour, read};
use patchcord_core::diag;
use patchcord_core::engine::load;
use std::path::PathBuf;

/// Options of `ir`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The document; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What it is written in; recognised when not given.
    #[arg(long, value_enum)]
    dialect: Option<DialectName>,
}

/// Prints the program of a document.
pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let text = read(&options.file)?;
    let loaded = load(&text, options.dialect.map(Into::into));
    print!("{}", loaded.program);
    if loaded.runs() {
        return Ok(());
    }
    Err(Failure::Wrong(diag::human(&options.file.display().to_string(), &text, &loaded.diagnostics, colour())))
}

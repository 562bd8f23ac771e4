//! `patchcord check`: what is wrong with documents.

use super::Failure;
use super::document::{DialectName, Format, Rules, colour, has_errors, print_json, read};
use patchcord_core::diag::{self, Severity};
use patchcord_core::engine::load_by;
use std::path::PathBuf;

/// Options of `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Documents to check; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What they are written in; recognised when not given.
    #[arg(long, value_enum)]
    dialect: Option<DialectName>,
    /// By whose rules.
    #[arg(long, value_enum, default_value_t, value_name = "RULES")]
    strict: Rules,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Checks every file; wrong when one has an error.
pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let mut reports = Vec::new();
    let (mut errors, mut warnings) = (0, 0);
    for file in &options.files {
        let text = read(file)?;
        let name = file.display().to_string();
        let loaded = load_by(options.strict.into(), &text, options.dialect.map(Into::into));
        errors += loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        warnings += loaded.diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
        match options.format {
            Format::Json => reports.extend(diag::json(&name, &text, &loaded.diagnostics)),
            Format::Human if loaded.diagnostics.is_empty() => {
                let dialect = loaded.dialect.map_or("unknown", |dialect| dialect.name());
                println!("{name}: fine ({dialect})");
            }
            Format::Human => print!("{}", diag::human(&name, &text, &loaded.diagnostics, colour())),
        }
    }
    if options.format == Format::Json {
        print_json(&reports)?;
    } else if errors + warnings > 0 {
        println!(
            "{} and {} in {}",
            count(errors, "error"),
            count(warnings, "warning"),
            count(options.files.len(), "file")
        );
    }
    let wrong = errors > 0 || has_errors(&reports);
    if wrong { Err(Failure::Wrong(String::new())) } else { Ok(()) }
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

//! What the commands that read documents share: files, dialects, colours.

use super::Failure;
use clap::ValueEnum;
use patchcord_core::diag::Colour;
use patchcord_core::dialect::Strictness;
use patchcord_core::wire::{Dialect, Report};
use std::io::IsTerminal as _;
use std::path::Path;

/// A dialect by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DialectName {
    /// SignalWire SWML, JSON or YAML.
    Swml,
    /// jambonz verbs, JSON.
    Verbs,
    /// RestComm RCML or TwiML, XML.
    Rcml,
}

impl From<DialectName> for Dialect {
    fn from(name: DialectName) -> Dialect {
        match name {
            DialectName::Swml => Dialect::Swml,
            DialectName::Verbs => Dialect::Verbs,
            DialectName::Rcml => Dialect::Rcml,
        }
    }
}

/// By whose rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Rules {
    /// What the platform's engine accepts.
    #[default]
    Platform,
    /// What its published JSON schema accepts (SWML only).
    Schema,
}

impl From<Rules> for Strictness {
    fn from(rules: Rules) -> Strictness {
        match rules {
            Rules::Platform => Strictness::Platform,
            Rules::Schema => Strictness::Schema,
        }
    }
}

/// How to print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
}

/// The text of a file; `-` is standard input.
pub(super) fn read(path: &Path) -> Result<String, Failure> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|error| Failure::World(format!("{} cannot be read: {error}", path.display())))?;
    // What is not UTF-8 shows up as U+FFFD, with its place, instead of ending everything.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Colours for standard output, when it is a terminal that wants them.
pub(super) fn colour() -> Colour {
    let wanted = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    if wanted { Colour::Ansi } else { Colour::Plain }
}

/// JSON on standard output.
pub(super) fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(Failure::world)?;
    println!("{text}");
    Ok(())
}

/// Whether any of them is an error.
pub(super) fn has_errors(reports: &[Report]) -> bool {
    reports.iter().any(|report| report.severity == "error")
}

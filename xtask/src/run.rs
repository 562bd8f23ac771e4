//! Running other programs.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a chore could not be done.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl Failure {
    pub(crate) fn new(what: impl Display, error: impl Display) -> Failure {
        Failure(format!("{what}: {error}"))
    }
}

/// The folder of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Runs a program to its end and fails when it fails.
pub(crate) fn run(folder: &Path, program: &str, arguments: &[&str]) -> Result<(), Failure> {
    let shown = format!("{program} {}", arguments.join(" "));
    eprintln!("xtask: {shown}");
    let status = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .status()
        .map_err(|error| Failure::new(&shown, error))?;
    if status.success() { Ok(()) } else { Err(Failure(format!("{shown}: {status}"))) }
}

/// Runs a program, passes its output on and keeps it. Failing is for the caller to judge.
pub(crate) fn watch(folder: &Path, program: &str, arguments: &[&str]) -> Result<(bool, String), Failure> {
    use std::io::{BufRead, BufReader};
    let shown = format!("{program} {}", arguments.join(" "));
    eprintln!("xtask: {shown}");
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::new(&shown, error))?;
    let mut text = String::new();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line.map_err(|error| Failure::new(&shown, error))?;
            println!("{line}");
            text.push_str(&line);
            text.push('\n');
        }
    }
    let status = child.wait().map_err(|error| Failure::new(&shown, error))?;
    Ok((status.success(), text))
}

/// Whether a program is on the path.
pub(crate) fn has(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

//! The `patchcord` binary: see [`patchcord::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    patchcord::cli::run()
}

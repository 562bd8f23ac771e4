//! Chores of the repository. `cargo xtask` lists them.

mod bench;
mod docs;
mod machine;
mod npm;
mod run;
mod tests;
mod wasm;

use run::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["docs"] => docs::docs(),
        ["guest"] => wasm::guest().map(|_| ()),
        ["pkg"] => npm::pkg(),
        ["www"] => npm::www(),
        ["bench", "engine"] => bench::engine(),
        ["test"] => return tests::all(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        [other, ..] => {
            eprintln!("xtask: expected a chore, found `{other}`\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(message)) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

const HELP: &str = "\
cargo xtask docs    write the manual of SWML into docs/swml
cargo xtask guest   build patchcord-guest.wasm, the module that hosts run
cargo xtask pkg     build the npm package into pkg/dist
cargo xtask www     build the page into www/dist (builds the package first)
cargo xtask test    set up this machine and pass every test
cargo xtask bench engine
                    measure the engine beside its peers (ratios of one run)";

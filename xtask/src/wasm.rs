//! The two WebAssembly modules.

use crate::run::{Failure, root, run};
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds the module that hosts run, as `target/patchcord-guest.wasm`: the very file that the
/// native host holds, because its build makes it.
pub(crate) fn guest() -> Result<PathBuf, Failure> {
    run(&root(), "cargo", &["build", "--package", "patchcord", "--quiet"])?;
    let built = target().join("guest").join(TARGET).join("guest/patchcord_wasm.wasm");
    let named = target().join("patchcord-guest.wasm");
    std::fs::copy(&built, &named).map_err(|error| Failure::new(built.display(), error))?;
    Ok(named)
}

/// Builds the guest alone, without the host around it.
pub(crate) fn plain_guest() -> Result<PathBuf, Failure> {
    let door = ["--features", "guest", "--profile", "guest", "--target", TARGET];
    run(&root(), "cargo", &[&["build", "--package", "patchcord-wasm", "--quiet"], door.as_slice()].concat())?;
    Ok(target().join(TARGET).join("guest/patchcord_wasm.wasm"))
}

/// Builds the browser's modules and their JavaScript: the whole one into `pkg/build`, the one that
/// only reads documents into `pkg/build/read`.
pub(crate) fn browser() -> Result<(), Failure> {
    let out = root().join("pkg/build");
    bound("browser", out.join("read"))?;
    bound("whole", out)
}

fn bound(feature: &str, out: PathBuf) -> Result<(), Failure> {
    let door = ["--features", feature, "--profile", "browser", "--target", TARGET];
    run(&root(), "cargo", &[&["build", "--package", "patchcord-wasm", "--quiet"], door.as_slice()].concat())?;
    let built = target().join(TARGET).join("browser/patchcord_wasm.wasm");
    let failed = |error| Failure(format!("wasm-bindgen: {error:#}"));
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(built)
        .out_name("patchcord")
        .web(true)
        .map_err(failed)?
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .typescript(true)
        .generate(out)
        .map_err(failed)
}

/// Cargo's output folder.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

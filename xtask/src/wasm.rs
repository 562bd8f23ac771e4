//! The two WebAssembly modules.

use crate::run::{Failure, root, run};
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds the module that hosts run, as `target/patchcord-guest.wasm`.
pub(crate) fn guest() -> Result<PathBuf, Failure> {
    let built = build("guest")?;
    let named = target().join("patchcord-guest.wasm");
    std::fs::copy(&built, &named).map_err(|error| Failure::new(built.display(), error))?;
    Ok(named)
}

/// Builds the browser's module and its JavaScript into `pkg/build`.
pub(crate) fn browser() -> Result<(), Failure> {
    let built = build("browser")?;
    let out = root().join("pkg/build");
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

/// One door with its own profile; both have its name.
fn build(door: &str) -> Result<PathBuf, Failure> {
    let arguments =
        ["build", "--package", "patchcord-wasm", "--target", TARGET, "--features", door, "--profile", door, "--quiet"];
    run(&root(), "cargo", &arguments)?;
    Ok(target().join(TARGET).join(door).join("patchcord_wasm.wasm"))
}

/// Cargo's output folder.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

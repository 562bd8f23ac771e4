//! The two WebAssembly modules.

use crate::run::{Failure, root, run};
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

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

/// Builds the browser's module and its JavaScript into `pkg/build`, cut in two along `wasm/src/seam.rs`:
/// `patchcord_bg.wasm` reads documents, `split_run.wasm` does the rest in the memory of the first.
pub(crate) fn browser() -> Result<(), Failure> {
    let door = ["rustc", "--package", "patchcord-wasm", "--lib", "--quiet", "--features", "browser"];
    let form = ["--profile", "browser", "--target", TARGET];
    // The relocations tell what reaches what.
    let linked = ["--", "-Clink-arg=--emit-relocs"];
    run(&root(), "cargo", &[door.as_slice(), &form, &linked].concat())?;
    let built = target().join(TARGET).join("browser/patchcord_wasm.wasm");
    let module = std::fs::read(&built).map_err(|error| Failure::new(built.display(), error))?;
    let out = root().join("pkg/build");
    let first = out.join("split_read.wasm");
    let mut split = Options::new(&module);
    (split.output_dir, split.main_out_path) = (&out, &first);
    transform(split).map_err(|error| Failure(format!("wasm-split: {error:#}")))?;
    let failed = |error| Failure(format!("wasm-bindgen: {error:#}"));
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(first)
        .out_name("patchcord")
        .web(true)
        .map_err(failed)?
        .omit_default_module_path(true)
        // The second file shares the first one's table.
        .keep_lld_exports(true)
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

//! Builds the guest and puts it into this program.
//!
//! A nested cargo with a target folder of its own: the outer one holds the lock of the other.

use std::{
    env,
    error::Error,
    path::{Path, PathBuf},
    process::Command,
};

/// What the guest is compiled for.
const GUEST: &str = "wasm32-unknown-unknown";

/// A small stack: three pages to start with instead of seventeen.
const LINK: &str = "-Clink-arg=-zstack-size=131072";

fn main() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let root = here.parent().ok_or("the crate has no workspace")?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for watched in ["core/src", "core/Cargo.toml", "wasm/src", "wasm/Cargo.toml", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={}", root.join(watched).display());
    }
    // OUT_DIR is <target>/<profile>/build/<package>/out: one folder for the guests of all profiles.
    let target = out.ancestors().nth(4).map_or_else(|| out.join("guest"), |target| target.join("guest"));
    target_of_the_guest(root);
    build(root, &target)?;
    let built = target.join("wasm32-unknown-unknown/guest/patchcord_wasm.wasm");
    std::fs::copy(&built, out.join("patchcord-guest.wasm")).map_err(|error| format!("{}: {error}", built.display()))?;
    examples(root, &out)
}

/// The flows that `explain` shows, as a list of names and texts.
fn examples(root: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let folder = root.join("examples/swml");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".scenario.yaml").map(str::to_owned));
    }
    names.sort();
    let mut list = String::from("[\n");
    for name in names {
        let text = |end: &str| format!("include_str!({:?})", folder.join(format!("{name}{end}")));
        list.push_str(&format!("({name:?}, {}, {}),\n", text(".yaml"), text(".scenario.yaml")));
    }
    list.push(']');
    Ok(std::fs::write(out.join("examples.rs"), list)?)
}

/// Installs the guest's target where it is missing. rustup adds the targets of `rust-toolchain.toml`
/// only to a toolchain that it installs itself, not to one that was there before.
fn target_of_the_guest(root: &Path) {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = Command::new(rustc).args(["--print", "target-libdir", "--target", GUEST]).current_dir(root).output();
    let there = folder.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir());
    if !there {
        // Without rustup the build below fails, and says what is missing.
        drop(Command::new("rustup").args(["target", "add", GUEST]).current_dir(root).status());
    }
}

fn build(root: &Path, target: &Path) -> Result<(), Box<dyn Error>> {
    let mut cargo = Command::new(env::var("CARGO")?);
    cargo
        .current_dir(root)
        .args(["build", "--package", "patchcord-wasm", "--features", "guest", "--profile", "guest"])
        .args(["--target", GUEST, "--target-dir"])
        .arg(target);
    // What the outer build was told (flags, wrappers, a linter in place of the compiler) is about
    // another machine than the guest's.
    for (name, _) in env::vars() {
        let about_cargo = name.starts_with("CARGO_") && name != "CARGO_HOME" && !name.starts_with("CARGO_NET");
        let about_rustc = name.starts_with("RUSTC") || name == "RUSTFLAGS" || name == "RUSTDOCFLAGS";
        if about_cargo || about_rustc || ["TARGET", "HOST", "PROFILE", "OPT_LEVEL", "DEBUG"].contains(&name.as_str()) {
            cargo.env_remove(name);
        }
    }
    let status = cargo.env("CARGO_ENCODED_RUSTFLAGS", LINK).status()?;
    if !status.success() {
        return Err(
            "the guest cannot be built; its errors are above (is the target wasm32-unknown-unknown installed?)".into(),
        );
    }
    Ok(())
}

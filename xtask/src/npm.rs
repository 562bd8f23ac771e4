//! The npm package and the page.

use crate::run::{Failure, root, run};
use crate::wasm;
use std::path::Path;

/// Builds the package into `pkg/dist`.
pub(crate) fn pkg() -> Result<(), Failure> {
    wasm::browser()?;
    let folder = root().join("pkg");
    install(&folder)?;
    run(&folder, "npm", &["run", "--silent", "build"])
}

/// Builds the package, then the page into `www/dist`.
pub(crate) fn www() -> Result<(), Failure> {
    pkg()?;
    let folder = root().join("www");
    install(&folder)?;
    run(&folder, "npm", &["run", "--silent", "build"])
}

/// Installs exactly what the lock file says, once.
pub(crate) fn install(folder: &Path) -> Result<(), Failure> {
    let marker = folder.join("node_modules/.package-lock.json");
    let age = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    if age(&marker) >= age(&folder.join("package-lock.json")) && marker.exists() {
        return Ok(());
    }
    run(folder, "npm", &["ci", "--no-audit", "--no-fund", "--loglevel", "error"])
}

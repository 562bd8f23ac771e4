//! The page: where it is, and what stands in its place when it was not built.

use std::path::{Path, PathBuf};

/// The folder of the built page: beside this program, or in the sources it is run from.
#[must_use]
pub(crate) fn folder() -> Option<PathBuf> {
    let beside =
        std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("../share/patchcord/www")));
    let sources = std::env::current_dir().ok().map(|here| here.join("www/dist"));
    [beside, sources].into_iter().flatten().find(|folder| is_page(folder))
}

/// Whether a folder has a page.
pub(crate) fn is_page(folder: &Path) -> bool {
    folder.join("index.html").is_file()
}

/// The beginning of the page's head, with what tells it that a host is there.
pub(super) const HEAD: &str = r#"<head><meta name="patchcord-host" content="1">"#;

/// What is shown without the page.
pub(super) const MISSING: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Patchcord console</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 42rem; margin: 4rem auto; padding: 0 1rem }
</style>
<h1>The designer is not here</h1>
<p>The console works, but its page was not built. Run <code>cargo xtask www</code> in the sources and start
<code>patchcord serve</code> there, or name the folder of a built page with <code>--console-page</code>.</p>
<p>Without it: <a href="api/calls">calls</a>, <a href="api/journals">journals</a>,
<a href="api/events">events as they happen</a>.</p>
</html>
"#;

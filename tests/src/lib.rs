//! What the tests of several rooms share: where things are, and scenarios as files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

/// The project's top folder.
#[must_use]
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ stands in the project").to_owned()
}

/// The shared reference material, where it exists.
#[must_use]
pub fn shared() -> Option<PathBuf> {
    let place = top().parent()?.join("shared");
    place.is_dir().then_some(place)
}

/// Every file below a folder, sorted.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// A scenario and the flow it runs.
pub struct Scene {
    /// The scenario's file.
    pub path: PathBuf,
    /// Its text.
    pub scenario: String,
    /// The flow's text.
    pub flow: String,
}

/// Every scenario of the project.
#[must_use]
pub fn scenes() -> Vec<Scene> {
    let all = files(&top().join("tests/scenarios")).into_iter().chain(files(&top().join("examples")));
    let scenarios = all.filter(|path| path.to_string_lossy().ends_with(".scenario.yaml"));
    scenarios
        .map(|path| {
            let scenario = std::fs::read_to_string(&path).expect("a readable scenario");
            let flow = flow_of(&path, &scenario);
            Scene { flow: std::fs::read_to_string(&flow).expect("a readable flow"), scenario, path }
        })
        .collect()
}

fn flow_of(path: &Path, scenario: &str) -> PathBuf {
    let folder = path.parent().expect("a folder");
    if let Some(named) = patchcord_core::sim::flow_of(scenario) {
        return folder.join(named);
    }
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let mut stem = name.split(".scenario.").next().expect("a stem");
    loop {
        let found =
            ["yaml", "json", "xml"].iter().map(|end| folder.join(format!("{stem}.{end}"))).find(|p| p.is_file());
        if let Some(found) = found {
            return found;
        }
        stem = stem.rsplit_once('.').unwrap_or_else(|| panic!("{} has no flow", path.display())).0;
    }
}

//! The house keeps its own rules: arrows between rooms, no std in core, words, sizes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_tests::{files, top};
use std::path::{Path, PathBuf};

/// Rooms of core and the rooms they may import, besides the vocabulary and `wire`.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &["diag"]),
    ("diag", &["text"]),
    ("expr", &["text"]),
    ("ir", &["expr"]),
    ("dialect", &["text", "diag", "ir", "expr"]),
    ("check", &["ir", "diag", "expr"]),
    ("machine", &["ir", "expr"]),
    ("engine", &["dialect", "machine", "check", "diag", "ir", "text"]),
    ("sim", &["engine", "dialect", "diag", "expr", "text"]),
    ("graph", &["dialect", "text"]),
    ("edit", &["dialect", "text", "diag"]),
    ("layout", &["graph"]),
    ("explore", &["sim", "graph", "engine", "diag"]),
    // Reports are made of diagnostics' data, not of diagnostics.
    ("wire", &[]),
];
const VOCABULARY: &[&str] = &["time", "span", "id", "value", "url", "order", "wire"];

/// Words that the glossary replaces, and names that say nothing.
const FORBIDDEN: &[&str] =
    &["Manager", "Helper", "mod utils", "mod common", "mod helpers", "todo!(", "unimplemented!(", "dbg!("];

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let rust = files(&top().join(folder)).into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    rust.map(|path| (path.clone(), std::fs::read_to_string(&path).unwrap())).collect()
}

fn all_sources() -> Vec<(PathBuf, String)> {
    ["core/src", "core/tests", "wasm/src", "host-native/src", "host-native/tests", "tests", "xtask/src"]
        .iter()
        .flat_map(|folder| sources(folder))
        .collect()
}

/// The room of a file of core: its first folder, or its own name.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(top().join("core/src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The rooms that a source names behind `crate::`.
fn imports(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut found = Vec::new();
    for line in code {
        for part in line.split("crate::").skip(1) {
            let inner = part.strip_prefix('{').unwrap_or(part);
            for item in inner.split(if part.starts_with('{') { ',' } else { '\u{0}' }) {
                let name: String = item.trim().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                if name.chars().next().is_some_and(|c| c.is_ascii_lowercase()) {
                    found.push(name);
                }
            }
        }
    }
    found
}

#[test]
fn rooms_import_only_whom_they_may() {
    let mut wrong = Vec::new();
    for (path, text) in sources("core/src") {
        let room = room(&path);
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room) else { continue };
        // Tests at the end of a file may look at more.
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for import in imports(text) {
            let known = ARROWS.iter().any(|(name, _)| *name == import) || VOCABULARY.contains(&import.as_str());
            if known && import != room && !allowed.contains(&import.as_str()) && !VOCABULARY.contains(&import.as_str())
            {
                wrong.push(format!("{}: {room} → {import}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_test_of_arrows_sees_an_arrow() {
    assert_eq!(
        imports("use crate::{ir::Program, time};\nlet x = crate::wire::Event;\n// crate::sim\n"),
        ["ir", "time", "wire"]
    );
}

#[test]
fn core_needs_no_std_and_no_clock() {
    for (path, text) in sources("core/src") {
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for word in ["std::", "HashMap", "HashSet", "SystemTime", "thread_rng"] {
            let found = code.iter().find(|line| line.contains(word));
            assert!(found.is_none(), "{}: {found:?}", path.display());
        }
    }
    let top = std::fs::read_to_string(top().join("core/src/lib.rs")).unwrap();
    assert!(top.contains("#![no_std]") && top.contains("#![forbid(unsafe_code)]"));
}

#[test]
fn only_dialects_and_the_engine_know_the_dialect() {
    let rooms = ["machine", "ir", "check", "expr", "text", "diag", "sim"];
    for (path, text) in sources("core/src") {
        if rooms.contains(&room(&path).as_str()) {
            for word in ["Dialect::Swml", "Dialect::Verbs", "Dialect::Rcml"] {
                assert!(!text.contains(word), "{} tests the dialect", path.display());
            }
        }
    }
}

#[test]
fn words_and_sizes() {
    let this = top().join("tests/tests/tidy.rs");
    for (path, text) in all_sources() {
        if path == this {
            continue;
        }
        for word in FORBIDDEN {
            assert!(!text.contains(word), "{} says `{word}`", path.display());
        }
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
        let mut documented = text.lines().filter(|line| !line.trim().is_empty());
        let first = documented.next().unwrap_or("");
        let is_test = path.file_name().is_some_and(|name| name == "tests.rs");
        assert!(is_test || first.starts_with("//!"), "{} does not say what it is", path.display());
    }
}

/// A file longer than this is more than one noun.
const LONGEST: usize = 500;

#[test]
fn unsafe_stands_in_the_guest_door_only() {
    for (path, text) in all_sources() {
        let inside = path.strip_prefix(top()).unwrap().to_string_lossy().into_owned();
        let door = inside.starts_with("wasm/src/guest");
        let uses = text.lines().any(|line| {
            let code = line.split("//").next().unwrap_or("");
            code.contains("unsafe {") || code.contains("unsafe fn") || code.contains("unsafe impl")
        });
        assert!(
            !uses
                || door
                || inside.ends_with("torture/cost.rs")
                || inside.ends_with("guest/code.rs")
                || inside.ends_with("tidy.rs"),
            "{inside} has unsafe code"
        );
    }
}

#[test]
fn no_paths_of_a_machine() {
    let tracked = std::process::Command::new("git").args(["ls-files"]).current_dir(top()).output().unwrap();
    let here = top().to_string_lossy().into_owned();
    for name in String::from_utf8_lossy(&tracked.stdout).lines() {
        let Ok(text) = std::fs::read_to_string(top().join(name)) else { continue };
        assert!(!text.contains(&here), "{name} names a folder of this machine");
    }
}

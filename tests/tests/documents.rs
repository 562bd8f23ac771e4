//! Documents and what their authors are told: broken ones in `documents/bad`, and in `documents/odd`
//! those that run, perhaps not as meant. `x.*` → `x.diag`.
//!
//! `UPDATE=1 cargo test -p patchcord-tests --test documents` writes the expectations anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::diag::{Colour, human};
use patchcord_core::engine::load;
use patchcord_tests::{files, top};

#[test]
fn broken_documents_tell_every_mistake() {
    assert!(check("bad", false) >= 6);
}

#[test]
fn odd_documents_run_and_are_warned_of() {
    assert!(check("odd", true) >= 1);
}

/// Compares what is told about each document of a folder, and counts them.
fn check(folder: &str, runs: bool) -> usize {
    let update = std::env::var_os("UPDATE").is_some() && std::env::var_os("CI").is_none();
    let documents = files(&top().join("tests/documents").join(folder));
    let documents = documents.iter().filter(|path| path.extension().is_none_or(|end| end != "diag"));
    let mut count = 0;
    for path in documents {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let loaded = load(&text, None);
        let told = human(&name, &text, &loaded.diagnostics, Colour::Plain);
        let expected = path.with_extension("diag");
        if update {
            std::fs::write(&expected, &told).unwrap();
        }
        let expected = std::fs::read_to_string(&expected).unwrap_or_default();
        assert!(told == expected, "{name}:\n{told}\nexpected\n{expected}");
        assert!(loaded.runs() == runs, "{name} runs: {}", loaded.runs());
        count += 1;
    }
    count
}

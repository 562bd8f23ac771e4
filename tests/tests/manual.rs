//! The manual of SWML is up to date, and its examples are there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::dialect::manual::{Example, index, names, page};
use patchcord_core::engine::load;
use patchcord_core::wire::Dialect;
use patchcord_tests::{files, top};

fn example(name: &str) -> Option<(String, String)> {
    let beside = |end: &str| std::fs::read_to_string(top().join(format!("examples/swml/{name}{end}"))).ok();
    beside(".yaml").zip(beside(".scenario.yaml"))
}

#[test]
fn the_pages_say_what_the_tables_say() {
    let folder = top().join("docs/swml");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    let names = names();
    assert!(read("README.md") == index(), "run `cargo xtask docs`");
    for name in &names {
        let texts = example(name);
        let example = texts.as_ref().map(|(flow, scenario)| Example { flow, scenario });
        let expected = page(name, example.as_ref()).unwrap();
        assert!(read(&format!("{name}.md")) == expected, "docs/swml/{name}.md: run `cargo xtask docs`");
    }
    let known = |file: &str| ["README", "corpus"].contains(&file) || names.contains(&file);
    for path in files(&folder) {
        assert!(known(&path.file_stem().unwrap().to_string_lossy()), "{} is the page of nothing", path.display());
    }
}

#[test]
fn every_method_has_an_example() {
    let missing: Vec<&str> = names().into_iter().filter(|name| example(name).is_none()).collect();
    assert!(missing.is_empty(), "no flow and scenario in examples/swml: {missing:?}");
}

#[test]
fn examples_use_their_method_and_have_nothing_wrong() {
    for name in names() {
        let Some((flow, _)) = example(name) else { continue };
        assert!(flow.contains(&format!("{name}:")) || flow.contains(&format!("- {name}")), "{name}");
        let told = load(&flow, Some(Dialect::Swml)).diagnostics;
        let allowed = ["deprecated", "ignored", "extension"];
        let wrong: Vec<_> = told.iter().filter(|diagnostic| !allowed.contains(&diagnostic.code.id)).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
    }
}

#[test]
fn every_sentence_is_one() {
    for name in names() {
        let page = page(name, None).unwrap();
        let told = page.split("## Status events").next().unwrap();
        for line in told.lines().filter(|line| line.starts_with("| `")) {
            assert!(line.ends_with(". |"), "{name}: no sentence in {line}");
        }
        assert!(!page.contains("|  |"), "{name} has an empty cell");
    }
}

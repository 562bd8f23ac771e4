//! Real documents, and what an edit does to them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code, unreachable_pub)] // Each test file uses what it needs.

use patchcord_core::dialect::{Step, Strictness, outline, read};
use patchcord_core::edit::{apply_edit, edited};
use patchcord_core::text::TextLimits;
use patchcord_core::value::Value;
use patchcord_core::wire::{Dialect, Edit, EditKind};
use patchcord_tests::{files, shared, top};
use std::path::PathBuf;

/// Documents of the corpus, of the scenarios and of the examples, without mistakes in their syntax.
pub fn documents() -> Vec<(PathBuf, String, Dialect)> {
    let own = ["tests/scenarios", "examples", "tests/documents"].map(|folder| files(&top().join(folder))).concat();
    let corpus = match shared() {
        Some(shared) => files(&shared.join("corpus")),
        None => {
            println!("skipped: the corpus is not here; only the documents of the repository are edited");
            Vec::new()
        }
    };
    let mut all = Vec::new();
    for path in own.into_iter().chain(corpus) {
        let end = path.extension().map(|end| end.to_string_lossy().into_owned()).unwrap_or_default();
        let name = path.to_string_lossy().into_owned();
        if !["json", "yaml", "yml", "xml"].contains(&end.as_str())
            || name.contains(".scenario.")
            || name.contains("payloads")
            // Deeper than anybody reads.
            || name.contains("swml-deep")
        {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let folder = Dialect::ALL.into_iter().find(|dialect| name.contains(&format!("/{}/", dialect.name())));
        let (tree, found) = outline(&text, folder);
        let Some(found) = found.filter(|_| !tree.is_refused() && tree.problems.is_empty()) else { continue };
        all.push((path, text, found.dialect));
    }
    assert!(all.len() > 50);
    all
}

/// A step that can stand anywhere.
pub fn pause(dialect: Dialect) -> Value {
    let json = match dialect {
        Dialect::Swml => r#"{"play": {"url": "say:7.65432"}}"#,
        Dialect::Verbs => r#"{"verb": "pause", "length": 7.65432}"#,
        Dialect::Rcml => r#"{"Pause": {"length": 7.65432}}"#,
    };
    Value::from_json(json).unwrap()
}

/// What a document means, without places.
pub fn meaning(text: &str, dialect: Dialect) -> Vec<String> {
    let reading = read(text, Some(dialect), Strictness::Platform, &TextLimits::default());
    let dump = reading.program.to_string();
    dump.lines().map(|line| line.split("  ;").next().unwrap().trim().to_owned()).collect()
}

pub fn comments(text: &str, dialect: Dialect) -> Vec<String> {
    let (tree, _) = outline(text, Some(dialect));
    // Lines of a comment move with what it stands in.
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut all: Vec<String> = tree.comments.iter().map(|span| words(span.of(text))).collect();
    all.sort();
    all
}

/// Lines that an edit takes away and brings.
pub fn changed(text: &str, edit: &Edit, dialect: Dialect) -> Result<(String, usize), String> {
    let edits = apply_edit(text, Some(dialect), edit).map_err(|refused| refused.0)?;
    let lines = |edit: &patchcord_core::wire::TextEdit| {
        let gone = text[edit.from as usize..edit.to as usize].matches('\n').count();
        gone.max(edit.text.matches('\n').count())
    };
    let count = edits.iter().map(lines).sum();
    Ok((edited(text, &edits), count))
}

pub fn steps(text: &str, dialect: Dialect) -> Vec<Step> {
    let (_, outline) = outline(text, Some(dialect));
    let mut all = Vec::new();
    if let Some(outline) = &outline {
        outline.each(&mut |step| all.push(step.clone()));
    }
    all
}

/// Some steps of a document: the first ones, and more of them evenly.
pub fn some(all: &[Step]) -> impl Iterator<Item = &Step> {
    let stride = (all.len() / 12).max(1);
    all.iter().step_by(stride)
}

pub fn on(op: EditKind, step: &Step) -> Edit {
    Edit { op, node: Some(step.id.clone()), ..Edit::default() }
}

/// Verbs and names, in order.
pub fn shape(steps: &[Step]) -> Vec<(String, String)> {
    steps.iter().map(|step| (step.verb.clone(), step.summary.clone())).collect()
}

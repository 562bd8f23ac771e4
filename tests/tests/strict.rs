//! The official schema of SWML and our tables say the same about every real document.
//!
//! `UPDATE=1 cargo test -p patchcord-tests --test strict` writes the report of refused documents anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::dialect::Strictness;
use patchcord_core::engine::{Loaded, load, load_by};
use patchcord_core::text::{Kind, Node, TextLimits, read};
use patchcord_core::wire::Dialect;
use patchcord_tests::{shared, top};
use serde_json::{Map, Number, Value};
use std::fmt::Write as _;

/// A document of the corpus, and what the index says about it.
struct Document {
    name: String,
    text: String,
    calling: bool,
    valid: bool,
}

fn corpus() -> Vec<Document> {
    let Some(shared) = shared() else { return Vec::new() };
    let folder = shared.join("corpus/swml");
    let index = std::fs::read_to_string(folder.join("index.tsv")).unwrap();
    let rows = index.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|row| Document {
        name: row[0].to_owned(),
        text: String::from_utf8_lossy(&std::fs::read(folder.join(row[0])).unwrap()).into_owned(),
        calling: row[1] == "calling",
        valid: row[4] == "valid",
    })
    .collect()
}

fn official() -> jsonschema::Validator {
    let path = shared().unwrap().join("swml-schema/swml-calling.2026-08-21.docs-main.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// A tree as a JSON library sees it.
fn value(node: &Node) -> Value {
    match &node.kind {
        Kind::Null | Kind::Element(_) => Value::Null,
        Kind::Bool(truth) => Value::Bool(*truth),
        Kind::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => Value::from(*number as i64),
        Kind::Number(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Kind::String(scalar) => Value::String(scalar.text.clone()),
        Kind::Array(items) => items.iter().map(value).collect(),
        Kind::Object(entries) => {
            let pairs = entries.iter().map(|entry| (entry.key.text.clone(), value(&entry.value)));
            Value::Object(pairs.collect::<Map<String, Value>>())
        }
    }
}

/// What the schema says; nothing about a text that has no tree.
fn verdict(schema: &jsonschema::Validator, text: &str) -> Option<Result<(), String>> {
    let tree = read(text, None, &TextLimits::default());
    if tree
        .problems
        .iter()
        .any(|problem| !problem.repaired && problem.severity == patchcord_core::diag::Severity::Error)
    {
        return None;
    }
    let value = value(&tree.root?);
    Some(schema.validate(&value).map_err(|error| format!("{}: {error}", error.instance_path())))
}

fn first_error(loaded: &Loaded) -> String {
    loaded.first_error().unwrap_or_else(|| "fine".to_owned())
}

#[test]
fn the_official_schema_and_the_tables_agree_on_every_document() {
    let corpus = corpus();
    if corpus.is_empty() {
        println!("skipped: the corpus is not here (0 documents compared)");
        return;
    }
    let schema = official();
    let (mut compared, mut valid, mut unreadable, mut messaging) = (0, 0, 0, 0);
    let mut wrong = String::new();
    for document in &corpus {
        // The calling schema is not meant for them.
        if !document.calling {
            messaging += 1;
            continue;
        }
        let ours = load_by(Strictness::Schema, &document.text, Some(Dialect::Swml));
        let Some(theirs) = verdict(&schema, &document.text) else {
            unreadable += 1;
            assert!(!ours.runs(), "{} cannot be read", document.name);
            continue;
        };
        assert_eq!(theirs.is_ok(), document.valid, "{}: the index says otherwise", document.name);
        compared += 1;
        valid += u32::from(theirs.is_ok());
        if ours.runs() != theirs.is_ok() {
            let theirs: String = theirs.err().unwrap_or_else(|| "valid".to_owned()).chars().take(200).collect();
            writeln!(wrong, "{}\n  ours   {}\n  theirs {theirs}", document.name, first_error(&ours)).unwrap();
        }
    }
    println!("{compared} compared, {valid} of them valid; {unreadable} unreadable, {messaging} of messaging");
    assert!(wrong.is_empty(), "{wrong}");
}

/// Where the report of refused documents stands.
const REPORT: &str = "docs/swml/corpus.md";

#[test]
fn what_the_official_schema_accepts_runs_unless_the_report_says_why() {
    let corpus = corpus();
    if corpus.is_empty() {
        println!("skipped: the corpus is not here (0 documents read)");
        return;
    }
    let (mut refused, mut unsupported, mut read) = (String::new(), 0, 0);
    for document in corpus.iter().filter(|document| document.calling && document.valid) {
        read += 1;
        let loaded = load(&document.text, Some(Dialect::Swml));
        let errors: Vec<_> = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
        // What this version does not run is no refusal.
        let Some(error) = errors.iter().find(|error| error.code.id != "unsupported") else {
            unsupported += u32::from(!errors.is_empty());
            continue;
        };
        let code = error.vendor.unwrap_or("–");
        writeln!(
            refused,
            "| `{}` | `{}` | `{code}` | {} |",
            document.name,
            error.code.id,
            error.message.replace('|', "\\|")
        )
        .unwrap();
    }
    println!("{read} valid documents read, {} refused, {unsupported} not run by this version", refused.lines().count());
    let told = format!("{HEAD}{refused}");
    let path = top().join(REPORT);
    if std::env::var_os("UPDATE").is_some() && std::env::var_os("CI").is_none() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &told).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(told == expected, "{REPORT} is out of date:\n{told}");
}

/// What stands above the table.
const HEAD: &str = "\
# Real documents that Patchcord refuses

The official JSON schema of 2026-08-21 accepts these documents of the corpus, and the platform does
not: each with our code, the platform's own, and the reason. A test writes this file.

| Document | Code | Platform | Reason |
|---|---|---|---|
";

//! Real documents: nothing panics, nothing takes long, every mistake has a place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::engine::load;
use patchcord_core::sim::Rehearsal;
use patchcord_core::wire::Dialect;
use patchcord_tests::{files, shared};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

fn documents(folder: &str) -> Vec<(PathBuf, String)> {
    let Some(shared) = shared() else { return Vec::new() };
    let all = files(&shared.join("corpus").join(folder));
    let wanted = all.into_iter().filter(|path| {
        path.extension().is_some_and(|end| ["json", "yaml", "yml", "xml"].iter().any(|wanted| end == *wanted))
            && !path.to_string_lossy().contains("payloads")
    });
    wanted.map(|path| (path.clone(), String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned())).collect()
}

fn dialect(folder: &str) -> Dialect {
    Dialect::ALL.into_iter().find(|dialect| dialect.name() == folder).unwrap()
}

#[test]
fn every_document_is_read_in_no_time() {
    let mut slowest = (Duration::ZERO, PathBuf::new());
    let mut read = 0;
    for folder in ["swml", "verbs", "rcml"] {
        let mut refused = 0;
        let mut codes: BTreeMap<&str, u32> = BTreeMap::new();
        let documents = documents(folder);
        for (path, text) in &documents {
            // The least of three: the machine is shared.
            let time = (0..3)
                .map(|_| {
                    let began = Instant::now();
                    let _ = load(text, Some(dialect(folder)));
                    began.elapsed()
                })
                .min()
                .unwrap();
            let loaded = load(text, Some(dialect(folder)));
            for diagnostic in &loaded.diagnostics {
                assert!(diagnostic.span.end as usize <= text.len(), "{}: {diagnostic:?}", path.display());
                *codes.entry(diagnostic.code.id).or_default() += 1;
            }
            refused += u32::from(!loaded.runs());
            slowest = slowest.max((time, path.clone()));
            read += 1;
        }
        println!("{folder}: {} documents, {refused} refused, {codes:?}", documents.len());
    }
    if read == 0 {
        println!("skipped: the corpus is not here");
        return;
    }
    println!("slowest: {:?} {}", slowest.0, slowest.1.display());
    assert!(slowest.0 < Duration::from_millis(50), "{slowest:?}");
}

#[test]
fn every_document_that_runs_comes_to_an_end() {
    let (mut ended, mut all) = (0, 0);
    for folder in ["swml", "verbs", "rcml"] {
        for (path, text) in documents(folder) {
            let rehearsal = Rehearsal::new("flow", &text, Some(dialect(folder)), None).unwrap();
            if !rehearsal.loaded.runs() {
                continue;
            }
            all += 1;
            let simulation = rehearsal.run_native().unwrap();
            assert!(simulation.ended.is_some(), "{} never ended", path.display());
            ended += 1;
        }
    }
    println!("{ended} of {all} ended");
}

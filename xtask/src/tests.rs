//! Every test of the repository, and one line that counts them.

use crate::run::{Failure, root, watch};
use crate::{machine, npm};
use std::process::ExitCode;

#[derive(Default)]
struct Count {
    passed: u64,
    failed: u64,
}

/// Sets up, builds, tests, and closes with `N passed, N failed`.
pub(crate) fn all() -> ExitCode {
    let mut count = Count::default();
    let mut step = |name: &str, result: Result<Count, Failure>| match result {
        Ok(found) => {
            count.passed += found.passed;
            count.failed += found.failed;
        }
        Err(Failure(message)) => {
            eprintln!("xtask: {name}: {message}");
            count.failed += 1;
        }
    };
    let built = |result: Result<(), Failure>| result.map(|()| Count::default());
    step("setting up", built(machine::prepare()));
    let root = root();
    step("cargo test", cargo());
    step("the page", built(npm::www()));
    step("pkg", node(&root.join("pkg"), &["run", "--silent", "test"]));
    step("pkg in a browser", node(&root.join("pkg"), &["run", "--silent", "test:browser"]));
    step("pkg in runtimes and bundlers", node(&root.join("pkg"), &["run", "--silent", "matrix"]));
    step("www in a browser", node(&root.join("www"), &["run", "--silent", "test"]));
    println!("{} passed, {} failed", count.passed, count.failed);
    if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// `cargo test`, counted from its summaries.
fn cargo() -> Result<Count, Failure> {
    let (success, text) = watch(&root(), "cargo", &["test", "--workspace", "--no-fail-fast"])?;
    let mut count = Count::default();
    for line in text.lines().filter_map(|line| line.strip_prefix("test result: ")) {
        count.passed += before(line, " passed");
        count.failed += before(line, " failed");
    }
    // A build that fails prints no summary.
    if !success && count.failed == 0 {
        count.failed = 1;
    }
    Ok(count)
}

/// The tests of a JavaScript folder, counted from what Node's runner says at its end.
fn node(folder: &std::path::Path, arguments: &[&str]) -> Result<Count, Failure> {
    let (success, text) = watch(folder, "npm", arguments)?;
    let sum = |word: &str| -> u64 {
        let mark = |line: &str| -> Option<u64> {
            let line = line.trim_start_matches(['#', 'ℹ', ' ']);
            line.strip_prefix(word)?.trim().parse().ok()
        };
        text.lines().filter_map(mark).sum()
    };
    let mut count = Count { passed: sum("pass "), failed: sum("fail ") };
    if !success && count.failed == 0 {
        count.failed = 1;
    }
    Ok(count)
}

/// The number that stands before `word`.
fn before(line: &str, word: &str) -> u64 {
    let number = line.split_once(word).and_then(|(head, _)| head.rsplit(' ').next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

//! Everyday YAML takes a short way; the end mark `...` makes the same document take the long one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::text::{Format, TextLimits, read};
use patchcord_tests::{files, shared, top};

#[test]
fn both_ways_lead_to_one_tree() {
    let mut folders = vec![top().join("examples"), top().join("tests")];
    match shared() {
        Some(shared) => folders.extend([shared.join("corpus"), shared.join("torture")]),
        None => println!("skipped: the corpus is not here"),
    }
    let mut compared = 0;
    for path in folders.iter().flat_map(|folder| files(folder)) {
        if !path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let ended = format!("{}\n...\n", text.trim_end_matches('\n'));
        let [short, long] = [text.trim_end_matches('\n').to_owned() + "\n", ended]
            .map(|text| read(&text, Some(Format::Yaml), &TextLimits::default()));
        // A mistake may be mended in another way where more follows.
        if short.problems.is_empty() && long.problems.is_empty() {
            // As text: NaN is not equal to itself.
            assert_eq!(format!("{:?}", short.root), format!("{:?}", long.root), "{}", path.display());
            assert_eq!(short.comments, long.comments, "{}", path.display());
            compared += 1;
        }
    }
    println!("{compared} documents");
    assert!(compared > 50, "{compared}");
}

//! The platform's own error codes: each that can be told from a document is told, by a bad document
//! of `documents/bad`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::engine::load;
use patchcord_core::wire::Dialect;
use patchcord_tests::{files, top};
use std::collections::BTreeSet;

/// What the platform says about a document before it runs.
const STATIC: &[&str] = &[
    "relay_script_element_duplicated",
    "relay_script_element_invalid_value",
    "relay_script_element_undefined",
    "relay_script_element_wrong_type",
    "relay_script_js_eval_error",
    "relay_script_main_section_missing",
    "relay_script_method_missing_name",
    "relay_script_method_parameter_conflict",
    "relay_script_method_parameter_invalid_value",
    "relay_script_method_parameter_missing",
    "relay_script_method_parameter_undefined",
    "relay_script_method_undefined",
    "relay_script_nested_too_deep",
    "relay_script_parse_error",
    "relay_script_section_code_missing",
    "relay_script_section_parameter_undefined",
    "relay_script_sections_missing",
    "relay_script_version_invalid",
];

/// What it only says during a call.
const RUNNING: &[&str] = &[
    "relay_script_internal_error",
    "relay_script_method_execute_failed",
    "relay_script_method_no_matching_condition",
    "relay_script_parse_internal_error",
    "relay_script_too_many_transfers",
];

/// Our codes that the platform has no word for: what it runs and we do not, and what only we look for.
const OURS: &[&str] = &["unsupported", "endless-loop"];

#[test]
fn every_code_that_a_document_can_earn_is_earned() {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut nameless = Vec::new();
    for path in files(&top().join("tests/documents/bad")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("swml") || name.ends_with(".diag") {
            continue;
        }
        for diagnostic in load(&std::fs::read_to_string(&path).unwrap(), Some(Dialect::Swml)).diagnostics {
            told.extend(diagnostic.vendor);
            if diagnostic.is_error() && diagnostic.vendor.is_none() && !OURS.contains(&diagnostic.code.id) {
                nameless.push(format!("{name}: {}", diagnostic.message));
            }
        }
    }
    assert!(nameless.is_empty(), "errors without the platform's code: {nameless:#?}");
    let missing: Vec<_> = STATIC.iter().filter(|code| !told.contains(*code)).collect();
    assert!(missing.is_empty(), "no bad document earns {missing:?}");
    let unknown: Vec<_> = told.iter().filter(|code| !STATIC.contains(code) && !RUNNING.contains(code)).collect();
    assert!(unknown.is_empty(), "not codes of the platform: {unknown:?}");
}

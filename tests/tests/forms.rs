//! Every form of a section and a step that the platform takes is taken, whether old or new.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use patchcord_core::diag::Severity;
use patchcord_core::engine::load;
use patchcord_core::wire::Dialect;

fn check(text: &str, warnings: usize) {
    let loaded = load(text, None);
    assert_eq!(loaded.dialect, Some(Dialect::Swml), "{text}");
    let worth = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.severity > Severity::Hint);
    let told: Vec<_> = worth.map(|diagnostic| &diagnostic.message).collect();
    assert!(loaded.runs(), "{text}: {told:?}");
    assert_eq!(told.len(), warnings, "{text}: {told:?}");
}

#[test]
fn documents_and_sections() {
    check(r#"{"version": "1.0.0", "sections": {"main": [{"hangup": {}}]}}"#, 0);
    check(r#"["answer", {"hangup": {}}]"#, 0);
    check("- play: {url: \"say:hi\"}\n- hangup: {}\n", 0);
    check("sections: {main: {hangup: {}}}\n", 0);
    check("sections: {main: hangup}\n", 0);
    check("sections: {main: {code: [hangup], meta: {by: ann}}}\n", 0);
    check("sections: {main: {code: {hangup: busy}}}\n", 0);
    check("sections: {main: []}\n", 0);
    check("sections: {':l': 3, main: [{':l': 4, ':c': 5, ':i': 0, hangup: {}}]}\n", 0);
    check("version: '1.0.0'\nsections: {main: [hangup]}\n", 0);
    check("sections:\n  main: [{execute: ZYFRTspBKf-34skFsEoO8}]\n  ZYFRTspBKf-34skFsEoO8: [return]\n", 0);
    check("sections:\n  end: &end [hangup]\n  main: [{cond: [{when: '1 == 2', then: *end}]}, {execute: end}]\n", 0);
    check("meta: {by: ann}\nsections: {main: [hangup]}\n", 1);
}

#[test]
fn steps() {
    let steps = [
        "answer",
        "answer: {}",
        "answer:",
        "answer: 60",
        "hangup",
        "hangup:",
        "hangup: busy",
        "hangup: {reason: '${why}'}",
        "play: 'say:hi'",
        "play: ['say:hi', 'silence: 1.5', 'ring:us', '${record_url}']",
        "play: {urls: 'say:hi'}",
        "play: {url: ['say:hi'], loop: 2}",
        "prompt: 'say:one or two'",
        "prompt: ['say:one', 'say:two']",
        "send_digits: '12w3'",
        "transfer: other",
        "execute: other",
        "execute: {dest: other, params: {a: 1}, on_return: {hangup: {}}}",
        "sleep: 5",
        "sleep: '${pause}'",
        "sleep: {duration: -1}",
        "unset: a",
        "unset: [a, vars.b]",
        "return",
        "return:",
        "return: {}",
        "return: {a: 1}",
        "return: 7",
        "switch: {variable: a, case: {1: hangup, x: [answer]}}",
        "cond: [{when: 'a == 1', then: hangup}, {else: [answer]}]",
        "if: {condition: 'a == 1', then: [answer], else: [hangup]}",
        "set: {a: 1, vars.b: '${a}', c: [1, {d: 2}]}",
        "request: {url: 'https://example.com', method: get}",
        "connect: {to: 'sip:a@example.com', headers: {X-A: '1'}, codecs: [PCMU, PCMA]}",
        "connect: {parallel: ['sip:a@example.com', {to: '+15551234567'}]}",
    ];
    for step in steps {
        let warnings = usize::from(step.contains("codecs"));
        check(&format!("sections:\n  main:\n    - {step}\n  other: [return]\n"), warnings + unused(step));
    }
    check("- {label: again, sleep: 5}\n- goto: {label: again, max: 3}\n", 0);
    check("- label: again\n- sleep: 5\n- goto: again\n", 0);
}

/// A section that nobody names is told.
fn unused(step: &str) -> usize {
    usize::from(!step.contains("other"))
}

#[test]
fn older_forms_with_a_word_about_the_new_one() {
    check("- unset: {vars: a}\n", 1);
    check("- cond: {when: 'a == 1', then: [answer]}\n", 1);
    check("- connect: '+15551234567'\n", 1);
    check("- dial: {}\n", 1);
}

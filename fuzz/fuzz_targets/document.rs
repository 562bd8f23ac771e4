//! Any text as a document of any dialect: diagnostics with places inside it, and a call that ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchcord_core::diag::{Colour, human, json};
use patchcord_core::sim::Rehearsal;
use patchcord_core::wire::Dialect;

fuzz_target!(|text: &str| {
    for dialect in [None, Some(Dialect::Swml), Some(Dialect::Verbs), Some(Dialect::Rcml)] {
        let Ok(rehearsal) = Rehearsal::new("fuzz", text, dialect, None) else { continue };
        for diagnostic in &rehearsal.loaded.diagnostics {
            assert!(diagnostic.span.end as usize <= text.len());
        }
        let _ = human("fuzz", text, &rehearsal.loaded.diagnostics, Colour::Plain);
        let _ = json("fuzz", text, &rehearsal.loaded.diagnostics);
        if rehearsal.loaded.runs() {
            let simulation = rehearsal.run_native().expect("the engine cannot fail");
            assert!(simulation.ended.is_some(), "the call never ended");
        }
    }
});

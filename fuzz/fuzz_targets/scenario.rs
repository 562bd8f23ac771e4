//! Any text as a scenario: problems with places inside it, or a call that ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchcord_core::sim::Rehearsal;

const FLOW: &str = "sections: {main: [{connect: {parallel: [{to: \"sip:a@b\"}, {to: \"+1\"}]}}]}";

fuzz_target!(|text: &str| {
    if let Ok(rehearsal) = Rehearsal::new("flow", FLOW, None, Some(("scenario", text))) {
        let simulation = rehearsal.run_native().expect("the engine cannot fail");
        assert!(simulation.ended.is_some(), "the call never ended");
    }
});

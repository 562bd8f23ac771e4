//! Where the browser's module is cut in two: `read` is there first, `run` is brought when it is needed.
//!
//! What JavaScript calls stands in the first file, as wasm-bindgen wants it; what it does is behind
//! [`Second`], and [`second`] is the one call that leads there. `xtask/src/wasm.rs` cuts along it: all
//! that the first file reaches without that call stays in it.

#![allow(unreachable_pub)] // wasm-bindgen exports only what is public
#![allow(unsafe_code)] // a function that another file brings

use crate::run::Run;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// Classes and functions for JavaScript, and traits for what they do.
macro_rules! seam {
    (
        $(#[$about:meta])* functions $Functions:ident {
            $($(#[$said:meta])* fn $name:ident($($given:ident: $Given:ty),*) -> $Found:ty;)*
        }
        $($(#[$what:meta])* class $Class:ident($($first:ident: $First:ty),*) = $make:ident: $Trait:ident {
            $($(#[$does:meta])* fn $method:ident(self $(, $with:ident: $With:ty)*) $(-> $To:ty)?;)*
        })*
    ) => {
        $(#[$about])*
        pub(crate) trait $Functions {
            $($(#[$said])* fn $name(&self, $($given: $Given),*) -> $Found;)*
            $($(#[$what])* fn $make(&self, $($first: $First),*) -> Result<Box<dyn $Trait>, JsError>;)*
        }
        $(
            $(#[$said])*
            #[wasm_bindgen]
            pub fn $name($($given: $Given),*) -> $Found {
                second().$name($($given),*)
            }
        )*
        $(
            $(#[$what])*
            pub(crate) trait $Trait {
                $($(#[$does])* fn $method(&mut self $(, $with: $With)*) $(-> $To)?;)*
            }

            $(#[$what])*
            #[wasm_bindgen]
            pub struct $Class(Box<dyn $Trait>);

            #[wasm_bindgen]
            impl $Class {
                /// Begins.
                #[wasm_bindgen(constructor)]
                pub fn new($($first: $First),*) -> Result<$Class, JsError> {
                    second().$make($($first),*).map($Class)
                }
                $(
                    $(#[$does])*
                    pub fn $method(&mut self $(, $with: $With)*) $(-> $To)? {
                        self.0.$method($($with),*)
                    }
                )*
            }
        )*
    };
}

seam! {
    /// All but reading documents.
    functions Second {
        /// Runs a document against a scenario.
        fn simulate(text: &str, scenario: Option<String>, options: JsValue) -> Result<JsValue, JsError>;
        /// Runs a call again from its journal.
        fn replay(journal: &str) -> Result<JsValue, JsError>;
        /// What several scenarios went through together.
        fn coverage(text: &str, dialect: JsValue, scenarios: Vec<String>) -> Result<JsValue, JsError>;
        /// Every way that a call may go.
        fn enumerate(text: &str, dialect: JsValue, limits: JsValue) -> Result<JsValue, JsError>;
        /// How two documents differ in what they do.
        fn differ(one: &str, other: &str, dialect: JsValue, scenarios: Vec<String>) -> Result<JsValue, JsError>;
        /// The text that must change for an edit, in UTF-16, or why it is refused.
        fn apply_edit(text: &str, dialect: JsValue, op: JsValue) -> Result<JsValue, JsError>;
        /// The text that must change for a document to be written evenly, in UTF-16.
        fn format(text: &str, dialect: JsValue) -> Result<JsValue, JsError>;
        /// What may be written in a dialect.
        fn vocabulary(dialect: JsValue) -> Result<JsValue, JsError>;
    }

    /// An expression and what it reads.
    class RawExpression(source: &str) = expression: Expression {
        /// Takes the names that it may read, as the text of a JSON object, and the time.
        fn scope(self, names: &str, now: f64) -> Result<(), JsError>;
        /// Its value.
        fn evaluate(self) -> Result<JsValue, JsError>;
    }

    /// One live call.
    class RawEngine(start: JsValue) = engine: Live {
        /// What happened since the last step: orders, deadline, trace.
        fn take(self) -> Result<JsValue, JsError>;
        /// Reports a fact.
        fn event(self, now: f64, event: JsValue) -> Result<JsValue, JsError>;
        /// Reports that the deadline came.
        fn timeout(self, now: f64) -> Result<JsValue, JsError>;
    }

    /// An interactive simulation.
    class RawSession(text: &str, dialect: JsValue, scenario: Option<String>) = session: Asking {
        /// Where it stands.
        fn status(self) -> Result<JsValue, JsError>;
        /// Goes on by one event.
        fn step(self) -> bool;
        /// Runs on until something.
        fn run_until(self, until: JsValue) -> Result<JsValue, JsError>;
        /// What may be answered here.
        fn awaiting(self) -> Result<JsValue, JsError>;
        /// Answers.
        fn answer(self, fact: JsValue, after: f64) -> Result<(), JsError>;
        /// Events of this branch.
        fn events(self, from: usize, to: usize) -> Result<JsValue, JsError>;
        /// The caller's variables.
        fn variables(self, at: Option<usize>) -> Result<JsValue, JsError>;
        /// Goes back or forth.
        fn jump(self, index: usize);
        /// Every branch.
        fn branches(self) -> Result<JsValue, JsError>;
        /// Looks at another branch.
        fn switch(self, branch: usize) -> bool;
        /// Runs a changed document through the same answers.
        fn reload(self, text: &str) -> Result<JsValue, JsError>;
        /// What this branch went through.
        fn coverage(self) -> Result<JsValue, JsError>;
        /// The answers as a scenario.
        fn scenario(self, expectations: bool) -> String;
    }
}

// The splitter knows the seam by these two names; the letters at their ends belong to it.
#[link(wasm_import_module = "__wasm_split_placeholder__")]
#[allow(improper_ctypes)] // both sides are compiled as one
unsafe extern "C" {
    /// What the second file does. Calling it before that file is there traps.
    #[link_name = "__wasm_split_00run00_import_00000000000000000000000000000000"]
    safe fn second() -> &'static dyn Second;
}

#[unsafe(export_name = "__wasm_split_00run00_export_00000000000000000000000000000000")]
#[allow(improper_ctypes_definitions)]
extern "C" fn run() -> &'static dyn Second {
    &Run
}

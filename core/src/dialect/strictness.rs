//! By whose rules a document is judged.

use serde::{Deserialize, Serialize};

/// By whose rules a document is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strictness {
    /// An error is what the platform's engine refuses.
    #[default]
    Platform,
    /// An error is what the platform's published JSON schema rejects: stricter about shorthands,
    /// blind to what only the engine sees.
    Schema,
}

impl Strictness {
    /// Both.
    pub const ALL: [Strictness; 2] = [Strictness::Platform, Strictness::Schema];

    /// Its name in options.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Strictness::Platform => "platform",
            Strictness::Schema => "schema",
        }
    }
}

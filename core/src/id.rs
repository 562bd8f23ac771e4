//! The names that the engine gives to things; hosts echo them.

use alloc::{format, string::String};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A leg: our relationship with one party. `a` is the caller, `b1`, `b2` … are those we dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LegId(pub u32);

impl LegId {
    /// The caller's leg.
    pub const CALLER: LegId = LegId(0);
}

impl fmt::Display for LegId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == LegId::CALLER { f.write_str("a") } else { write!(f, "b{}", self.0) }
    }
}

impl Serialize for LegId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LegId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<LegId, D::Error> {
        let text = String::deserialize(from)?;
        let number = match text.as_str() {
            "a" => Some(0),
            other => other.strip_prefix('b').and_then(|n| n.parse().ok()).filter(|n| *n > 0),
        };
        number
            .map(LegId)
            .ok_or_else(|| serde::de::Error::custom(format!("expected a leg (`a`, `b1`, `b2` …), found `{text}`")))
    }
}

/// The `n`th made-up UUID (RFC 9562 version 4 layout) of a call with this seed.
#[must_use]
pub fn uuid(seed: u64, n: u64) -> String {
    let mut state = seed ^ n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = || {
        // SplitMix64
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let (high, low) = (next(), next());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        (low >> 48) & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

macro_rules! number_id {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);
    )*};
}

number_id! {
    /// One thing that is being played on a leg.
    MediaId,
    /// One request whose reply the flow waits for.
    FetchId,
    /// One request that only tells somebody something.
    NotifyId,
    /// A document of this call: 0 is the first, others were fetched on the way.
    DocumentId
}

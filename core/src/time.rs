//! Time as the engine sees it: milliseconds from an origin that the host picks.

use core::ops::{Add, Sub};
use serde::{Deserialize, Serialize};

/// A point in time, in milliseconds since an origin chosen by the host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub u64);

/// A length of time in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub u64);

impl Instant {
    /// The origin.
    pub const ZERO: Instant = Instant(0);

    /// How long ago `earlier` was; zero when it lies in the future.
    #[must_use]
    pub const fn since(self, earlier: Instant) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }
}

impl Millis {
    /// A length given in seconds; negative and non-finite values count as zero.
    #[must_use]
    pub fn from_secs(seconds: f64) -> Millis {
        // A cast from f64 saturates, so NaN and negatives become 0 and infinity the maximum.
        Millis((seconds * 1000.0) as u64)
    }

    /// Whole seconds, rounded down.
    #[must_use]
    pub const fn secs(self) -> u64 {
        self.0 / 1000
    }
}

impl Add<Millis> for Instant {
    type Output = Instant;
    fn add(self, length: Millis) -> Instant {
        Instant(self.0.saturating_add(length.0))
    }
}

impl Sub<Instant> for Instant {
    type Output = Millis;
    fn sub(self, earlier: Instant) -> Millis {
        self.since(earlier)
    }
}

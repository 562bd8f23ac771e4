//! Ringing tones: what a caller in a given country hears while a phone rings.

use std::f64::consts::TAU;

/// A ringing tone: frequencies that sound together, in a rhythm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tone {
    /// Frequencies in Hz; 0 is none.
    pub hertz: [f64; 2],
    /// The second one modulates the first instead of being added.
    pub modulated: bool,
    /// Milliseconds on, off, on, off; one cadence is their sum.
    pub cadence: [u32; 4],
}

/// Country codes and their tone, from the national plans collected in ITU-T E.180.
/// Countries with the plain European 425 Hz tone share rows by rhythm.
const TONES: &[(&[&str], Tone)] = &[
    (&["us", "ca"], Tone { hertz: [440.0, 480.0], modulated: false, cadence: [2000, 4000, 0, 0] }),
    (&["us-old"], Tone { hertz: [420.0, 40.0], modulated: true, cadence: [2000, 4000, 0, 0] }),
    (&["uk", "sg"], Tone { hertz: [400.0, 450.0], modulated: false, cadence: [400, 200, 400, 2000] }),
    (&["au"], Tone { hertz: [400.0, 17.0], modulated: true, cadence: [400, 200, 400, 2000] }),
    (&["nz"], Tone { hertz: [400.0, 450.0], modulated: false, cadence: [400, 200, 400, 2000] }),
    (&["in"], Tone { hertz: [400.0, 25.0], modulated: true, cadence: [400, 200, 400, 2000] }),
    (&["my"], Tone { hertz: [425.0, 0.0], modulated: false, cadence: [400, 200, 400, 2000] }),
    (&["za"], Tone { hertz: [400.0, 33.0], modulated: true, cadence: [400, 200, 400, 2000] }),
    (&["jp"], Tone { hertz: [400.0, 15.0], modulated: true, cadence: [1000, 2000, 0, 0] }),
    (&["ko"], Tone { hertz: [440.0, 480.0], modulated: false, cadence: [1000, 2000, 0, 0] }),
    (&["tw"], Tone { hertz: [440.0, 480.0], modulated: false, cadence: [1000, 2000, 0, 0] }),
    (&["ph"], Tone { hertz: [425.0, 480.0], modulated: false, cadence: [1000, 4000, 0, 0] }),
    (&["th"], Tone { hertz: [425.0, 25.0], modulated: true, cadence: [1000, 4000, 0, 0] }),
    (
        &["cn", "de", "dk", "ee", "br", "be", "at", "ch", "nl", "es", "cy", "lt", "bg"],
        Tone { hertz: [425.0, 0.0], modulated: false, cadence: [1000, 4000, 0, 0] },
    ),
    (
        &["it", "cz", "pl", "no", "fi", "mx", "ve", "ro", "tr", "cl", "rs"],
        Tone { hertz: [425.0, 0.0], modulated: false, cadence: [1000, 4000, 0, 0] },
    ),
    (&["se"], Tone { hertz: [425.0, 0.0], modulated: false, cadence: [1000, 5000, 0, 0] }),
    (&["fr"], Tone { hertz: [440.0, 0.0], modulated: false, cadence: [1500, 3500, 0, 0] }),
    (&["pt"], Tone { hertz: [425.0, 0.0], modulated: false, cadence: [1000, 5000, 0, 0] }),
    (&["ru"], Tone { hertz: [425.0, 0.0], modulated: false, cadence: [800, 3200, 0, 0] }),
    (&["hu"], Tone { hertz: [425.0, 0.0], modulated: false, cadence: [1250, 3750, 0, 0] }),
    (&["gr", "pk"], Tone { hertz: [425.0, 0.0], modulated: false, cadence: [1000, 4000, 0, 0] }),
    (&["il"], Tone { hertz: [400.0, 0.0], modulated: false, cadence: [1000, 3000, 0, 0] }),
    (&["dz"], Tone { hertz: [425.0, 0.0], modulated: false, cadence: [1500, 3500, 0, 0] }),
    (&["eg"], Tone { hertz: [425.0, 50.0], modulated: true, cadence: [2000, 1000, 0, 0] }),
    (&["sa"], Tone { hertz: [425.0, 0.0], modulated: false, cadence: [1200, 4600, 0, 0] }),
    (&["bong"], Tone { hertz: [941.0, 1477.0], modulated: false, cadence: [60, 940, 0, 0] }),
];

impl Tone {
    /// The tone of a country; an unknown one sounds like `us`.
    #[must_use]
    pub fn of_country(code: &str) -> Tone {
        TONES
            .iter()
            .find(|(codes, _)| codes.iter().any(|known| known.eq_ignore_ascii_case(code)))
            .map_or(TONES[0].1, |(_, tone)| *tone)
    }

    /// A steady tone, for phones of the demo.
    #[must_use]
    pub const fn steady(hertz: f64) -> Tone {
        Tone { hertz: [hertz, 0.0], modulated: false, cadence: [1000, 0, 0, 0] }
    }

    /// Milliseconds of one cadence.
    #[must_use]
    pub fn period(&self) -> u64 {
        self.cadence.iter().map(|part| u64::from(*part)).sum()
    }

    /// The sample at a position, at 8 kHz.
    #[must_use]
    pub fn sample(&self, position: u64) -> i16 {
        const LOUDNESS: f64 = 6000.0;
        let ms = (position / 8) % self.period().max(1);
        let [on, off, on_again, _] = self.cadence.map(u64::from);
        let sounds = ms < on || (on + off..on + off + on_again).contains(&ms);
        if !sounds {
            return 0;
        }
        let time = position as f64 / 8000.0;
        let first = (TAU * self.hertz[0] * time).sin();
        let second = (TAU * self.hertz[1] * time).sin();
        let value = match (self.modulated, self.hertz[1] > 0.0) {
            (true, _) => first * (0.6 + 0.4 * second),
            (false, true) => (first + second) / 2.0,
            (false, false) => first,
        };
        (value * LOUDNESS) as i16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_of_the_platform_has_a_tone() {
        let listed = "at au be bg br ca ch cl cn cy cz de dk dz ee eg es fi fr gr hu il in it jp ko lt mx \
                      my nl no nz ph pk pl pt ro rs ru sa se sg th tr tw uk us us-old ve za bong";
        for code in listed.split_whitespace() {
            assert!(TONES.iter().any(|(codes, _)| codes.contains(&code)), "{code}");
        }
    }

    #[test]
    fn the_rhythm_is_kept() {
        let tone = Tone::of_country("uk");
        let energy = |from_ms: u64, to_ms: u64| -> i64 {
            (from_ms * 8..to_ms * 8).map(|at| i64::from(tone.sample(at)).abs()).sum()
        };
        assert!(energy(0, 400) > 0 && energy(600, 1000) > 0);
        assert_eq!(energy(400, 600) + energy(1000, 3000), 0);
        assert_eq!(tone.period(), 3000);
        assert_eq!(Tone::of_country("xx"), Tone::of_country("us"));
    }
}

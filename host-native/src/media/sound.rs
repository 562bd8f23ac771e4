//! Something that can be heard: samples at 8 kHz, made or taken frame by frame.

use super::Tone;
use std::sync::Arc;

/// Samples in one 20 ms frame.
pub(crate) const FRAME: usize = 160;

/// A sound with an end.
#[derive(Clone, Debug)]
pub enum Sound {
    /// Recorded or synthesised audio.
    Samples(Arc<[i16]>),
    /// A tone for a number of milliseconds.
    Tone(Tone, u64),
    /// Nothing, for a number of milliseconds.
    Silence(u64),
}

impl Sound {
    /// Its length in samples.
    #[must_use]
    pub fn length(&self) -> u64 {
        match self {
            Sound::Samples(samples) => samples.len() as u64,
            Sound::Tone(_, ms) | Sound::Silence(ms) => ms.saturating_mul(8),
        }
    }

    /// Fills a frame from a position; what lies behind the end is silent.
    pub(crate) fn fill(&self, position: u64, frame: &mut [i16; FRAME]) {
        let length = self.length();
        for (at, sample) in (position..).zip(frame.iter_mut()) {
            *sample = match self {
                _ if at >= length => 0,
                Sound::Samples(samples) => {
                    usize::try_from(at).ok().and_then(|at| samples.get(at)).copied().unwrap_or(0)
                }
                Sound::Tone(tone, _) => tone.sample(at),
                Sound::Silence(_) => 0,
            };
        }
    }
}

/// Brings samples from one rate to 8 kHz with a windowed-sinc low-pass.
pub(crate) fn to_8k(samples: &[i16], rate: u32) -> Vec<i16> {
    const TARGET: f64 = 8000.0;
    const LOBES: f64 = 8.0;
    if rate == 8000 || rate == 0 {
        return samples.to_vec();
    }
    let step = f64::from(rate) / TARGET;
    let cutoff = step.max(1.0).recip() * 0.95;
    let reach = LOBES / cutoff;
    let count = (samples.len() as f64 / step) as usize;
    (0..count)
        .map(|index| {
            let centre = index as f64 * step;
            let first = (centre - reach).ceil().max(0.0) as usize;
            let last = ((centre + reach) as usize).min(samples.len().saturating_sub(1));
            let (mut sum, mut weight) = (0.0, 0.0);
            for (at, sample) in samples.iter().enumerate().take(last + 1).skip(first) {
                let distance = at as f64 - centre;
                let x = std::f64::consts::PI * distance * cutoff;
                let sinc = if x.abs() < 1e-9 { 1.0 } else { x.sin() / x };
                let window = 0.5 + 0.5 * (std::f64::consts::PI * distance / reach).cos();
                sum += f64::from(*sample) * sinc * window;
                weight += sinc * window;
            }
            (if weight.abs() < 1e-9 { 0.0 } else { sum / weight }) as i16
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_cut_and_padded() {
        let sound = Sound::Samples(vec![5; 200].into());
        let mut frame = [9; FRAME];
        sound.fill(160, &mut frame);
        assert_eq!((frame[39], frame[40]), (5, 0));
        assert_eq!(Sound::Silence(20).length(), 160);
    }

    #[test]
    fn resampling_keeps_pitch_and_loudness_and_removes_what_does_not_fit() {
        let wave = |hertz: f64, rate: u32| -> Vec<i16> {
            (0..rate)
                .map(|at| ((std::f64::consts::TAU * hertz * f64::from(at) / f64::from(rate)).sin() * 8000.0) as i16)
                .collect()
        };
        let loudness = |samples: &[i16]| {
            let middle = &samples[1000..7000];
            (middle.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / middle.len() as f64).sqrt()
        };
        for rate in [11_025, 16_000, 22_050, 44_100, 48_000] {
            let out = to_8k(&wave(440.0, rate), rate);
            assert!((7990..=8000).contains(&out.len()));
            assert!((loudness(&out) - 5657.0).abs() < 120.0, "{rate}: {}", loudness(&out));
            let crossings = out.windows(2).filter(|pair| (pair[0] < 0) != (pair[1] < 0)).count();
            assert!((875..=885).contains(&crossings), "{rate}: {crossings}");
        }
        assert!(loudness(&to_8k(&wave(6000.0, 48_000), 48_000)) < 60.0);
    }
}

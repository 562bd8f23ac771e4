//! WAV files: PCM of any width, float, and the two laws.

use super::{Codec, sound::to_8k};
use std::io::Cursor;

/// The longest recording we hold: ten minutes at 8 kHz.
const MAX_SAMPLES: usize = 10 * 60 * 8000;

/// Reads a WAV file as mono samples at 8 kHz.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<i16>, String> {
    let (samples, channels, rate) = match law(bytes) {
        Some(found) => found,
        None => pcm(bytes)?,
    };
    let mono: Vec<i16> = match channels {
        0 | 1 => samples,
        many => samples
            .chunks_exact(usize::from(many))
            .map(|frame| (frame.iter().map(|s| i32::from(*s)).sum::<i32>() / i32::from(many)) as i16)
            .collect(),
    };
    let out = to_8k(&mono, rate);
    if out.is_empty() {
        return Err("the file has no samples".into());
    }
    if out.len() > MAX_SAMPLES {
        return Err("the recording is longer than ten minutes".into());
    }
    Ok(out)
}

fn pcm(bytes: &[u8]) -> Result<(Vec<i16>, u16, u32), String> {
    let mut reader =
        hound::WavReader::new(Cursor::new(bytes)).map_err(|error| format!("only WAV files can be played: {error}"))?;
    let spec = reader.spec();
    // A streamed file may promise more samples than it has: take what is there.
    let samples = match spec.sample_format {
        hound::SampleFormat::Float => {
            reader.samples::<f32>().map_while(Result::ok).map(|s| (s * 32_767.0) as i16).collect()
        }
        hound::SampleFormat::Int => {
            let shift = i32::from(spec.bits_per_sample) - 16;
            reader
                .samples::<i32>()
                .map_while(Result::ok)
                .map(|s| if shift >= 0 { (s >> shift) as i16 } else { (s << -shift) as i16 })
                .collect()
        }
    };
    Ok((samples, spec.channels, spec.sample_rate))
}

/// Format tags 6 and 7, which hound does not read.
fn law(bytes: &[u8]) -> Option<(Vec<i16>, u16, u32)> {
    if bytes.get(..4)? != b"RIFF" || bytes.get(8..12)? != b"WAVE" {
        return None;
    }
    let mut rest = bytes.get(12..)?;
    let mut format = None;
    loop {
        let name = rest.get(..4)?;
        let length = u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?) as usize;
        let body = rest.get(8..)?;
        let chunk = body.get(..length.min(body.len()))?;
        match name {
            b"fmt " => {
                let number = |at: usize| Some(u16::from_le_bytes(chunk.get(at..at + 2)?.try_into().ok()?));
                let codec = match number(0)? {
                    6 => Codec::Pcma,
                    7 => Codec::Pcmu,
                    _ => return None,
                };
                let rate = u32::from_le_bytes(chunk.get(4..8)?.try_into().ok()?);
                format = Some((codec, number(2)?, rate));
            }
            b"data" => {
                let (codec, channels, rate) = format?;
                return Some((chunk.iter().map(|byte| codec.decode(*byte)).collect(), channels, rate));
            }
            _ => {}
        }
        rest = body.get(length + (length & 1)..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(spec: hound::WavSpec, samples: &[i32]) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        let mut writer = hound::WavWriter::new(&mut out, spec).unwrap();
        for sample in samples {
            writer.write_sample(*sample).unwrap();
        }
        writer.finalize().unwrap();
        out.into_inner()
    }

    #[test]
    fn widths_and_channels_become_the_same_samples() {
        for (bits, scale) in [(8, 1), (16, 256), (24, 65_536)] {
            let spec = hound::WavSpec {
                channels: 2,
                sample_rate: 8000,
                bits_per_sample: bits,
                sample_format: hound::SampleFormat::Int,
            };
            assert_eq!(read(&wav(spec, &[100 * scale, 50 * scale])).unwrap(), [75 * 256], "{bits}");
        }
    }

    #[test]
    fn the_laws_are_read() {
        let mut file =
            b"RIFF\0\0\0\0WAVEfmt \x12\0\0\0\x07\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0\0\0data\x02\0\0\0"
                .to_vec();
        file.extend([0xff, 0x80]);
        assert_eq!(read(&file).unwrap(), [0, 32_124]);
    }

    #[test]
    fn other_files_are_refused_in_words() {
        assert!(read(b"ID3 this is an MP3").unwrap_err().contains("only WAV"));
    }
}

//! G.711: the two companding laws every SIP phone speaks.

/// A codec of a leg. One byte is one sample at 8 kHz in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// µ-law, payload type 0.
    Pcmu,
    /// A-law, payload type 8.
    Pcma,
}

impl Codec {
    /// Both, in the order in which we offer them.
    pub const ALL: [Codec; 2] = [Codec::Pcmu, Codec::Pcma];

    /// The static RTP payload type.
    #[must_use]
    pub const fn payload_type(self) -> u8 {
        match self {
            Codec::Pcmu => 0,
            Codec::Pcma => 8,
        }
    }

    /// The name in SDP and in documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Codec::Pcmu => "PCMU",
            Codec::Pcma => "PCMA",
        }
    }

    /// The codec with this name, in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Codec> {
        Codec::ALL.into_iter().find(|codec| codec.name().eq_ignore_ascii_case(name))
    }

    /// The codec of a static payload type.
    #[must_use]
    pub fn of_payload_type(number: u8) -> Option<Codec> {
        Codec::ALL.into_iter().find(|codec| codec.payload_type() == number)
    }

    /// One sample as a byte.
    #[must_use]
    pub const fn encode(self, sample: i16) -> u8 {
        match self {
            Codec::Pcmu => mu_encode(sample),
            Codec::Pcma => a_encode(sample),
        }
    }

    /// One byte as a sample.
    #[must_use]
    pub const fn decode(self, byte: u8) -> i16 {
        match self {
            Codec::Pcmu => mu_decode(byte),
            Codec::Pcma => a_decode(byte),
        }
    }

    /// Rewrites bytes of this codec as bytes of `to`, in place.
    pub fn transcode(self, to: Codec, bytes: &mut [u8]) {
        let table = match (self, to) {
            (Codec::Pcmu, Codec::Pcma) => &MU_TO_A,
            (Codec::Pcma, Codec::Pcmu) => &A_TO_MU,
            (Codec::Pcmu, Codec::Pcmu) | (Codec::Pcma, Codec::Pcma) => return,
        };
        for byte in bytes {
            *byte = table[usize::from(*byte)];
        }
    }
}

static MU_TO_A: [u8; 256] = table(Codec::Pcmu, Codec::Pcma);
static A_TO_MU: [u8; 256] = table(Codec::Pcma, Codec::Pcmu);

const fn table(from: Codec, to: Codec) -> [u8; 256] {
    let mut out = [0; 256];
    let mut index = 0;
    while index < 256 {
        out[index] = to.encode(from.decode(index as u8));
        index += 1;
    }
    out
}

const MU_BIAS: i32 = 0x84;

const fn mu_encode(sample: i16) -> u8 {
    let sign = if sample < 0 { 0x80 } else { 0 };
    let mut magnitude = (sample as i32).abs();
    if magnitude > 32_635 {
        magnitude = 32_635;
    }
    magnitude += MU_BIAS;
    let segment = 23 - (magnitude as u32).leading_zeros() as i32 + 1;
    let mantissa = (magnitude >> (segment + 3)) & 0x0f;
    !(sign | (segment << 4) | mantissa) as u8
}

const fn mu_decode(byte: u8) -> i16 {
    let byte = !byte as i32;
    let segment = (byte >> 4) & 7;
    let magnitude = ((((byte & 0x0f) << 3) + MU_BIAS) << segment) - MU_BIAS;
    if byte & 0x80 != 0 { -magnitude as i16 } else { magnitude as i16 }
}

const fn a_encode(sample: i16) -> u8 {
    let (sign, magnitude) = if sample >= 0 { (0x80, sample as i32) } else { (0, -(sample as i32) - 1) };
    let magnitude = if magnitude > 32_767 { 32_767 } else { magnitude };
    let bits = if magnitude < 256 {
        magnitude >> 4
    } else {
        let segment = 24 - (magnitude as u32).leading_zeros() as i32;
        (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f)
    };
    ((sign | bits) ^ 0x55) as u8
}

const fn a_decode(byte: u8) -> i16 {
    let byte = (byte ^ 0x55) as i32;
    let segment = (byte >> 4) & 7;
    let mantissa = (byte & 0x0f) << 4;
    let magnitude = if segment == 0 { mantissa + 8 } else { (mantissa + 0x108) << (segment - 1) };
    if byte & 0x80 != 0 { magnitude as i16 } else { -magnitude as i16 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_survive_a_round_trip() {
        for codec in Codec::ALL {
            for byte in 0..=255u8 {
                let sample = codec.decode(byte);
                // µ-law has two zeros; both decode to the same sample.
                assert_eq!(codec.decode(codec.encode(sample)), sample, "{codec:?} {byte:#x}");
            }
        }
    }

    #[test]
    fn known_values_of_the_standard() {
        assert_eq!((Codec::Pcmu.encode(0), Codec::Pcma.encode(0)), (0xff, 0xd5));
        assert_eq!((Codec::Pcmu.decode(0x00), Codec::Pcmu.decode(0x80)), (-32_124, 32_124));
        assert_eq!((Codec::Pcma.decode(0x2a), Codec::Pcma.decode(0xaa)), (-32_256, 32_256));
    }

    #[test]
    fn errors_stay_small() {
        for codec in Codec::ALL {
            for sample in (-32_000..32_000).step_by(7) {
                let error = i32::from(codec.decode(codec.encode(sample))) - i32::from(sample);
                assert!(error.abs() <= 16 + i32::from(sample).abs() / 16, "{codec:?} {sample} {error}");
            }
        }
    }
}

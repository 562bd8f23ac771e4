//! RTP packets (RFC 3550): just the header, in place, without allocation.

/// Bytes of a header without contributing sources.
pub(crate) const HEADER: usize = 12;

/// The largest packet we read or relay.
pub(crate) const MAX_PACKET: usize = 1500;

/// What the fixed header of a packet says, and where its payload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Packet<'a> {
    pub(crate) marker: bool,
    pub(crate) payload_type: u8,
    pub(crate) sequence: u16,
    pub(crate) timestamp: u32,
    pub(crate) ssrc: u32,
    pub(crate) payload: &'a [u8],
}

impl<'a> Packet<'a> {
    /// Reads a datagram; `None` when it is not RTP.
    pub(crate) fn parse(bytes: &'a [u8]) -> Option<Packet<'a>> {
        let (head, mut rest) = bytes.split_at_checked(HEADER)?;
        if head[0] >> 6 != 2 {
            return None;
        }
        // Payload types 72–76 with the marker are RTCP on the same port (RFC 5761).
        if (200..=204).contains(&head[1]) {
            return None;
        }
        rest = rest.get(usize::from(head[0] & 0x0f) * 4..)?;
        if head[0] & 0x10 != 0 {
            let words = u16::from_be_bytes([*rest.get(2)?, *rest.get(3)?]);
            rest = rest.get(4 + usize::from(words) * 4..)?;
        }
        if head[0] & 0x20 != 0 {
            let padding = usize::from(*rest.last()?);
            rest = rest.get(..rest.len().checked_sub(padding)?)?;
        }
        Some(Packet {
            marker: head[1] & 0x80 != 0,
            payload_type: head[1] & 0x7f,
            sequence: u16::from_be_bytes([head[2], head[3]]),
            timestamp: u32::from_be_bytes([head[4], head[5], head[6], head[7]]),
            ssrc: u32::from_be_bytes([head[8], head[9], head[10], head[11]]),
            payload: rest,
        })
    }

    /// Writes the packet to the front of `out` and gives its length; `None` when it does not fit.
    pub(crate) fn write(&self, out: &mut [u8]) -> Option<usize> {
        let length = HEADER + self.payload.len();
        let out = out.get_mut(..length)?;
        out[0] = 0x80;
        out[1] = u8::from(self.marker) << 7 | self.payload_type;
        out[2..4].copy_from_slice(&self.sequence.to_be_bytes());
        out[4..8].copy_from_slice(&self.timestamp.to_be_bytes());
        out[8..12].copy_from_slice(&self.ssrc.to_be_bytes());
        out[HEADER..].copy_from_slice(self.payload);
        Some(length)
    }
}

/// The key of an RFC 4733 event, when its payload is one.
pub(crate) fn key_of_event(payload: &[u8]) -> Option<char> {
    let code = *payload.first()?;
    "0123456789*#ABCD".chars().nth(usize::from(code)).filter(|_| payload.len() >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_survives_writing_and_reading() {
        let packet = Packet {
            marker: true,
            payload_type: 8,
            sequence: 65_535,
            timestamp: 7,
            ssrc: 0xdead_beef,
            payload: &[1, 2, 3],
        };
        let mut bytes = [0; 64];
        let length = packet.write(&mut bytes).unwrap();
        assert_eq!(Packet::parse(&bytes[..length]), Some(packet));
    }

    #[test]
    fn extensions_sources_and_padding_are_skipped() {
        let mut bytes = vec![0x80 | 0x20 | 0x10 | 1, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];
        bytes.extend([9; 4]); // one contributing source
        bytes.extend([0xbe, 0xde, 0, 1, 7, 7, 7, 7]); // an extension of one word
        bytes.extend([42, 43, 0, 2]); // payload and two bytes of padding
        assert_eq!(Packet::parse(&bytes).unwrap().payload, &[42, 43]);
    }

    #[test]
    fn anything_else_is_refused_without_a_panic() {
        for length in 0..40 {
            for first in 0..=255u8 {
                let bytes = vec![first; length];
                let _ = Packet::parse(&bytes);
            }
        }
        assert_eq!(Packet::parse(&[0x80, 200, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), None);
        assert_eq!(key_of_event(&[11, 10, 0, 160]), Some('#'));
        assert_eq!(key_of_event(&[16, 10, 0, 160]), None);
    }
}

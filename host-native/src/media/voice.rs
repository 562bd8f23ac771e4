//! What a leg hears from us is one RTP stream: own SSRC, unbroken sequence and time, whether a
//! clip plays or a bridged leg speaks. A phone must not notice when the speaker changes.

use super::rtp::Packet;
use std::time::Instant;

/// Our side of one leg's RTP session.
#[derive(Debug)]
pub(super) struct Voice {
    ssrc: u32,
    /// Sequence and timestamp of the next packet we make.
    sequence: u16,
    timestamp: u32,
    last: Option<Instant>,
    /// The speaker whose packets are being passed on.
    speaker: Option<Speaker>,
    /// The next packet starts a talk spurt.
    fresh: bool,
}

/// How a speaker's numbers become ours.
#[derive(Clone, Copy, Debug)]
struct Speaker {
    ssrc: u32,
    sequence: u16,
    timestamp: u32,
}

impl Voice {
    pub(super) fn new(seed: u64) -> Voice {
        Voice {
            ssrc: seed as u32,
            sequence: (seed >> 32) as u16 & 0x7fff,
            timestamp: (seed >> 16) as u32,
            last: None,
            speaker: None,
            fresh: true,
        }
    }

    /// Somebody else speaks from now on.
    pub(super) fn interrupt(&mut self) {
        self.speaker = None;
        self.fresh = true;
    }

    /// A packet of our own, `advance` samples after the one before.
    pub(super) fn say<'a>(&mut self, payload_type: u8, payload: &'a [u8], advance: u32) -> Packet<'a> {
        if self.speaker.take().is_some() || self.fresh {
            self.catch_up();
            self.fresh = true;
        } else {
            self.timestamp = self.timestamp.wrapping_add(advance);
        }
        self.sequence = self.sequence.wrapping_add(1);
        self.last = Some(Instant::now());
        Packet {
            marker: std::mem::take(&mut self.fresh),
            payload_type,
            sequence: self.sequence,
            timestamp: self.timestamp,
            ssrc: self.ssrc,
            payload,
        }
    }

    /// A speaker's packet in our numbers. Gaps in its sequence stay gaps: loss stays visible.
    pub(super) fn relay<'a>(&mut self, payload_type: u8, packet: &Packet<'a>) -> Packet<'a> {
        let speaker = match self.speaker {
            Some(speaker) if speaker.ssrc == packet.ssrc => speaker,
            _ => {
                self.catch_up();
                self.fresh = true;
                Speaker {
                    ssrc: packet.ssrc,
                    sequence: self.sequence.wrapping_add(1).wrapping_sub(packet.sequence),
                    timestamp: self.timestamp.wrapping_sub(packet.timestamp),
                }
            }
        };
        self.speaker = Some(speaker);
        let sequence = packet.sequence.wrapping_add(speaker.sequence);
        let timestamp = packet.timestamp.wrapping_add(speaker.timestamp);
        // A late packet must not turn back what we would make next.
        if sequence.wrapping_sub(self.sequence) < 0x8000 {
            self.sequence = sequence;
            self.timestamp = timestamp;
            self.last = Some(Instant::now());
        }
        let fresh = std::mem::take(&mut self.fresh);
        Packet {
            marker: fresh || packet.marker,
            payload_type,
            sequence,
            timestamp,
            ssrc: self.ssrc,
            payload: packet.payload,
        }
    }

    /// Moves the timestamp over the time in which nothing was sent.
    fn catch_up(&mut self) {
        if let Some(last) = self.last {
            let samples = last.elapsed().as_millis().saturating_mul(8).max(160);
            self.timestamp = self.timestamp.wrapping_add(samples as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(ssrc: u32, sequence: u16, timestamp: u32) -> Packet<'static> {
        Packet { marker: false, payload_type: 0, sequence, timestamp, ssrc, payload: &[1] }
    }

    #[test]
    fn a_change_of_speaker_is_not_noticed() {
        let mut voice = Voice::new(0x1234_5678_9abc_def0);
        let first = voice.say(0, &[0], 160);
        let second = voice.say(0, &[0], 160);
        assert!(first.marker && !second.marker);
        assert_eq!(second.timestamp.wrapping_sub(first.timestamp), 160);

        let third = voice.relay(0, &packet(7, 65_535, 1_000_000));
        let fourth = voice.relay(0, &packet(7, 0, 1_000_160));
        let sixth = voice.relay(0, &packet(7, 2, 1_000_480));
        let fifth = voice.relay(0, &packet(7, 1, 1_000_320));
        let numbers = [first, second, third, fourth, fifth, sixth].map(|p| p.sequence.wrapping_sub(first.sequence));
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5]);
        assert!(third.marker && !fourth.marker);
        assert_eq!(fourth.timestamp.wrapping_sub(third.timestamp), 160);

        let seventh = voice.relay(8, &packet(9, 500, 3));
        assert_eq!(seventh.sequence.wrapping_sub(first.sequence), 6);
        assert!(seventh.marker && seventh.ssrc == first.ssrc);
        assert!(seventh.timestamp.wrapping_sub(sixth.timestamp) >= 160);
        let eighth = voice.say(0, &[0], 160);
        assert_eq!(eighth.sequence.wrapping_sub(first.sequence), 7);
    }
}

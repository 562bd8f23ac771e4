//! One leg of a call as the host knows it: its dialog, its audio, how far it got.

use crate::{media::Stream, sip::Leg};
use patchcord_core::{id::MediaId, wire::Header};
use std::collections::BTreeSet;

/// How far a leg got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// Its address is being looked up.
    Routing,
    /// Not answered yet.
    Ringing,
    /// Answered.
    Answered,
    /// Told to end; its end is still to be seen.
    Ending,
}

/// One leg.
pub(super) struct Line {
    pub(super) leg: Option<Leg>,
    pub(super) stream: Stream,
    pub(super) progress: Progress,
    /// Our answer to the caller's offer, or our offer.
    pub(super) sdp: String,
    /// Plays that have not been reported as over.
    pub(super) plays: BTreeSet<u32>,
}

impl Line {
    pub(super) fn new(leg: Option<Leg>, stream: Stream, progress: Progress, sdp: String) -> Line {
        Line { leg, stream, progress, sdp, plays: BTreeSet::new() }
    }

    /// Ends it in the way its state asks for. Whether an end is still to be seen.
    pub(super) fn end(&mut self, caller: bool, status: u16, headers: &[Header]) -> bool {
        let progress = std::mem::replace(&mut self.progress, Progress::Ending);
        let Some(leg) = &self.leg else { return false };
        match progress {
            Progress::Routing | Progress::Ending => {}
            Progress::Ringing if caller => {
                leg.reject(status, headers);
                return false;
            }
            Progress::Ringing => leg.cancel(),
            Progress::Answered => leg.hangup(headers),
        }
        true
    }

    /// Notes that a play is over; `false` when that was known.
    pub(super) fn played(&mut self, media: MediaId) -> bool {
        self.plays.remove(&media.0)
    }
}

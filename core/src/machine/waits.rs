//! What a call waits for, for one who plays the world.

use super::Machine;
use super::flow::{FlowId, Wait};
use super::leg::Phase;
use crate::id::{DocumentId, FetchId, LegId, MediaId};
use crate::span::Span;
use alloc::vec::Vec;

/// A flow that waits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Waiting {
    /// Whose call it controls.
    pub leg: LegId,
    /// What for.
    pub what: WaitsOn,
    /// The instruction that waits.
    pub place: Option<(DocumentId, Span)>,
}

/// What a flow waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitsOn {
    /// The end of a clip, or of keys that are sent.
    Clip(MediaId),
    /// An activity.
    Activity(MediaId),
    /// Keys, words, or either.
    Collect {
        /// Keys count.
        keys: bool,
        /// The recognition that hears words.
        speech: Option<MediaId>,
    },
    /// Time.
    Pause,
    /// Those who are dialled.
    Dial,
    /// The reply to a request.
    Reply(FetchId),
}

impl Machine {
    /// What every flow waits for.
    #[must_use]
    pub fn waits(&self) -> Vec<Waiting> {
        let mut waits = Vec::new();
        for flow in self.flows.values() {
            let what = match &flow.wait {
                Wait::Ready | Wait::Over => continue,
                Wait::Play(progress) => WaitsOn::Clip(progress.media),
                Wait::Keys(media) => WaitsOn::Clip(*media),
                Wait::Activity(media, _) => WaitsOn::Activity(*media),
                Wait::Collect(collecting) => {
                    WaitsOn::Collect { keys: self.collects_keys(flow.id), speech: collecting.speech }
                }
                Wait::Pause => WaitsOn::Pause,
                Wait::Dial => WaitsOn::Dial,
                Wait::Answer(fetch) => WaitsOn::Reply(*fetch),
            };
            waits.push(Waiting { leg: flow.leg, what, place: self.place_of(flow.id) });
        }
        waits
    }

    /// Whether a key of this leg would mean something.
    #[must_use]
    pub fn hears_keys(&self, leg: LegId) -> bool {
        let collects = |id: &FlowId| self.flows.get(id).is_some_and(|flow| flow.leg == leg) && self.collects_keys(*id);
        self.flows.keys().any(collects) || self.has_stop_keys(leg) || self.captures(leg)
    }

    /// Whether a leg was asked to come and neither came nor refused.
    #[must_use]
    pub fn is_dialling(&self, leg: LegId) -> bool {
        self.phase(leg) == Some(Phase::Dialling)
    }

    /// Whether a leg is there, answered and not asked to leave.
    #[must_use]
    pub fn is_there(&self, leg: LegId) -> bool {
        matches!(self.phase(leg), Some(Phase::Up | Phase::Offered))
    }

    fn place_of(&self, flow: FlowId) -> Option<(DocumentId, Span)> {
        let (document, instruction) = self.flows.get(&flow)?.current?;
        Some((document, self.program(document)?.span(instruction)))
    }
}

//! A flow: instructions running on behalf of one leg. The caller has one, every screening has one.

use super::{collect::Collecting, play::Progress};
use crate::id::{DocumentId, FetchId, LegId, MediaId};
use crate::ir::{BlockId, InstructionId};
use crate::value::{Object, Value};
use alloc::{string::String, vec::Vec};
use litemap::LiteMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FlowId(pub(super) u32);

impl FlowId {
    pub(super) const MAIN: FlowId = FlowId(0);
}

impl Default for FlowId {
    fn default() -> FlowId {
        FlowId::MAIN
    }
}

#[derive(Clone, Debug)]
pub(super) struct Flow {
    pub(super) id: FlowId,
    /// Whose call it controls.
    pub(super) leg: LegId,
    pub(super) frames: Vec<Frame>,
    pub(super) vars: Object,
    pub(super) wait: Wait,
    /// The instruction that runs, for traces.
    pub(super) current: Option<(DocumentId, InstructionId)>,
    /// How often each label was jumped to.
    pub(super) labels: LiteMap<(DocumentId, BlockId, String), u32>,
}

/// What a flow waits for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wait {
    /// Nothing: the next instruction can run.
    Ready,
    /// A clip.
    Play(Progress),
    /// An activity: its end, or that it runs.
    Activity(MediaId, Until),
    /// Keys that are being sent.
    Keys(MediaId),
    /// Keys from them.
    Collect(Collecting),
    /// A pause.
    Pause,
    /// The dial.
    Dial,
    /// An answer.
    Answer(FetchId),
    /// Nothing any more.
    Over,
}

/// Until when a flow waits for an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    Started,
    Over,
}

#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) document: DocumentId,
    pub(super) block: BlockId,
    pub(super) at: usize,
    pub(super) kind: FrameKind,
}

#[derive(Clone, Debug)]
pub(super) enum FrameKind {
    /// A section: its parameters, and the `execute` that called it.
    Section { params: Value, site: Option<(DocumentId, InstructionId)> },
    /// A block inside a section.
    Inline,
}

/// How often a call jumped; which flow runs now.
#[derive(Clone, Debug, Default)]
pub(super) struct Jumps {
    pub(super) total: u32,
    pub(super) silent: u32,
    pub(super) current: FlowId,
}

impl Flow {
    pub(super) fn new(id: FlowId, leg: LegId) -> Flow {
        Flow {
            id,
            leg,
            frames: Vec::new(),
            vars: Object::new(),
            wait: Wait::Ready,
            current: None,
            labels: LiteMap::new(),
        }
    }

    pub(super) fn is_ready(&self) -> bool {
        matches!(self.wait, Wait::Ready)
    }

    /// The frame of the section that runs.
    pub(super) fn section(&self) -> Option<&Frame> {
        self.frames.iter().rev().find(|frame| matches!(frame.kind, FrameKind::Section { .. }))
    }

    /// The section's parameters.
    pub(super) fn params(&self) -> Option<&Value> {
        self.section().and_then(|frame| match &frame.kind {
            FrameKind::Section { params, .. } => Some(params),
            FrameKind::Inline => None,
        })
    }
}

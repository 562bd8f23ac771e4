//! What the caller hears while others ring.

use crate::id::{LegId, MediaId};
use crate::ir::DialPlan;
use crate::machine::Machine;
use crate::wire::{Clip, Command, MediaResult};
use alloc::string::ToString;

/// The ringback of a dial.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ringback {
    playing: Option<MediaId>,
    /// Which clip of the plan; none for the default tone.
    clip: Option<usize>,
    stopped: bool,
}

impl Machine {
    /// Starts the plan's own ringback, where the caller has an audio path.
    pub(super) fn start_ringback(&mut self, plan: &DialPlan) {
        if !plan.ringback.is_empty() && self.is_up(LegId::CALLER) {
            self.play_ringback(plan, 0);
        }
    }

    fn play_ringback(&mut self, plan: &DialPlan, from: usize) {
        let Some(flow) = self.dial.as_ref().map(|dial| dial.flow) else { return };
        for at in from..plan.ringback.len() {
            let Some(clip) = plan.ringback.get(at) else { return };
            match self.clip(flow, clip) {
                Ok(clip) => return self.start_clip(clip, Some(at)),
                Err(why) => self.problem(Some(LegId::CALLER), &why),
            }
        }
    }

    fn start_clip(&mut self, clip: Clip, at: Option<usize>) {
        let media = self.new_media();
        if let Some(dial) = self.dial.as_mut() {
            dial.ringback.playing = Some(media);
            dial.ringback.clip = at;
        }
        let volume = self.with_plan(|_, plan| plan.ringback_volume.clone()).flatten();
        let flow = self.dial.as_ref().map(|dial| dial.flow);
        let volume = volume.zip(flow).and_then(|(volume, flow)| self.number(flow, &volume)).unwrap_or(0.0);
        self.order(Command::Play { leg: LegId::CALLER, media, clip, volume });
    }

    /// Somebody rings: an answered caller without ringback hears a tone.
    pub(super) fn start_tone(&mut self) {
        let quiet = self.dial.as_ref().is_some_and(|dial| dial.ringback.playing.is_none() && dial.early.is_none());
        let tone = self.with_plan(|_, plan| plan.default_tone.filter(|_| plan.ringback.is_empty())).flatten();
        if let (true, true, Some(country)) = (quiet, self.is_up(LegId::CALLER), tone) {
            self.start_clip(Clip::Ring { country: country.to_string(), ms: None }, None);
        }
    }

    /// Silence for the caller; nothing is started again.
    pub(super) fn stop_ringback(&mut self) {
        let Some(dial) = self.dial.as_mut() else { return };
        dial.ringback.stopped = true;
        if let Some(media) = dial.ringback.playing.take()
            && self.is_up(LegId::CALLER)
        {
            self.order(Command::Stop { leg: LegId::CALLER, media });
        }
    }

    /// A clip of the ringback is over: the next, or all over again. False when it was none.
    pub(in crate::machine) fn ringback_done(&mut self, media: MediaId, result: MediaResult) -> bool {
        let Some(dial) = self.dial.as_mut().filter(|dial| dial.ringback.playing == Some(media)) else { return false };
        dial.ringback.playing = None;
        let at = dial.ringback.clip;
        if result != MediaResult::Finished {
            return true;
        }
        self.with_plan(|machine, plan| match at {
            None => machine.start_tone(),
            Some(at) if at + 1 < plan.ringback.len() => machine.play_ringback(plan, at + 1),
            Some(_) if plan.ringback_loops => machine.play_ringback(plan, 0),
            Some(_) => {}
        });
        true
    }
}

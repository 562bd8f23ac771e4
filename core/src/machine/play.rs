//! Clips one after another.

use super::Machine;
use super::clip::clip;
use super::flow::{FlowId, Wait};
use crate::id::{LegId, MediaId};
use crate::ir::{ClipKind, ClipPlan, Op, Play, Voice};
use crate::url::resolve;
use crate::wire::{Clip, Command, MediaResult};
use alloc::{format, string::String, sync::Arc};

impl Machine {
    /// Plays clip number `at` of round `round`, or what comes behind it.
    pub(super) fn play(&mut self, flow: FlowId, leg: LegId, play: &Play, mut at: usize, mut round: u32) {
        let volume = play.volume.as_ref().and_then(|volume| self.number(flow, volume)).unwrap_or(0.0);
        let mut tried = 0;
        loop {
            if at >= play.clips.len() {
                at = 0;
                round += 1;
            }
            // A round in which nothing could be played is the last.
            if play.times.is_some_and(|times| round >= times) || tried > play.clips.len() {
                return self.wait(flow, Wait::Ready);
            }
            let Some(plan) = play.clips.get(at) else { return self.wait(flow, Wait::Ready) };
            match self.clip(flow, plan) {
                Ok(clip) => {
                    let media = self.new_media();
                    self.order(Command::Play { leg, media, clip, volume });
                    return self.wait(flow, Wait::Play { media, clip: at, round });
                }
                Err(why) => {
                    self.script_error(flow, "relay_script_method_execute_failed", &why);
                    at += 1;
                    tried += 1;
                }
            }
        }
    }

    /// A clip with its words filled in.
    pub(super) fn clip(&mut self, flow: FlowId, plan: &ClipPlan) -> Result<Clip, String> {
        match &plan.kind {
            ClipKind::Uri { uri, voice } => {
                let uri = self.text(flow, uri);
                let (voice, language) = self.voice(flow, voice);
                clip(&uri, voice, language)
            }
            ClipKind::Say { text, voice } => {
                let text = self.text(flow, text);
                let (voice, language) = self.voice(flow, voice);
                Ok(Clip::Say { text, voice, language })
            }
            ClipKind::Audio(url) => {
                let url = self.text(flow, url);
                let url = resolve(self.base(flow), &url);
                clip(&url, None, None)
            }
        }
    }

    fn voice(&mut self, flow: FlowId, voice: &Voice) -> (Option<String>, Option<String>) {
        let name = voice.voice.as_ref().map(|voice| self.text(flow, voice));
        let language = voice.language.as_ref().map(|language| self.text(flow, language));
        (name, language)
    }

    /// A clip is over: the next one, for whoever waits for it.
    pub(super) fn media_done(&mut self, leg: LegId, media: MediaId, result: MediaResult, error: Option<&str>) {
        if result == MediaResult::Failed {
            let text = format!("a clip could not be played: {}", error.unwrap_or("no reason given"));
            self.problem(Some(leg), &text);
        }
        if self.ringback_done(media, result) {
            return;
        }
        let waiting = self.flows.values().find_map(|flow| match flow.wait {
            Wait::Play { media: played, clip, round } if played == media => Some((flow.id, flow.current, clip, round)),
            Wait::Play { .. } | Wait::Ready | Wait::Pause | Wait::Dial | Wait::Answer(_) | Wait::Over => None,
        });
        let Some((flow, Some((document, instruction)), clip, round)) = waiting else {
            return self.absorbed("the end of a clip that nobody waits for any more");
        };
        let Some(program) = self.program(document).map(Arc::clone) else { return };
        match program.get(instruction).map(|instruction| &instruction.op) {
            Some(Op::Play(play)) if result != MediaResult::Stopped => {
                // A broken clip that is repeated for ever must not become a loop without waiting.
                if play.times.is_none() && result == MediaResult::Failed && play.clips.len() == 1 {
                    return self.wait(flow, Wait::Ready);
                }
                self.play(flow, leg, play, clip + 1, round);
            }
            Some(_) | None => self.wait(flow, Wait::Ready),
        }
    }
}

//! Clips one after another.

use super::Machine;
use super::clip::clip;
use super::flow::{FlowId, Wait};
use crate::expr::Template;
use crate::id::{LegId, MediaId};
use crate::ir::{ClipKind, ClipPlan, Op, Play, Voice};
use crate::url::resolve;
use crate::value::Value;
use crate::wire::{Clip, Command, MediaResult};
use alloc::{format, string::String, sync::Arc};

/// The clip that plays: its name, its place in the list, how often the list was played before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) media: MediaId,
    pub(super) clip: usize,
    pub(super) round: u32,
}

impl Machine {
    /// Plays clip number `at` of round `round`, or what comes behind it.
    pub(super) fn play(&mut self, flow: FlowId, leg: LegId, play: &Play, at: usize, round: u32) {
        match self.next_clip(flow, leg, play, at, round) {
            Some(progress) => self.wait(flow, Wait::Play(progress)),
            None => self.wait(flow, Wait::Ready),
        }
    }

    /// Starts clip number `at` of round `round`, or the next that can be played; none when it is over.
    pub(super) fn next_clip(
        &mut self,
        flow: FlowId,
        leg: LegId,
        play: &Play,
        at: usize,
        round: u32,
    ) -> Option<Progress> {
        let volume = play.volume.as_ref().and_then(|volume| self.number(flow, volume)).unwrap_or(0.0);
        let (mut at, mut round, mut tried) = (at, round, 0);
        loop {
            if at >= play.clips.len() {
                at = 0;
                round += 1;
            }
            // A round in which nothing could be played is the last.
            if play.times.is_some_and(|times| round >= times) || tried > play.clips.len() {
                return None;
            }
            match self.clip(flow, play.clips.get(at)?) {
                Ok(clip) => {
                    let media = self.new_media();
                    self.order(Command::Play { leg, media, clip, volume });
                    return Some(Progress { media, clip: at, round });
                }
                Err(why) => {
                    self.script_error(flow, "relay_script_method_execute_failed", &why);
                    at += 1;
                    tried += 1;
                }
            }
        }
    }

    /// Sends keys; a flow whose keys are none, or no keys, goes on at once.
    pub(super) fn send_digits(&mut self, flow: FlowId, leg: LegId, digits: &Template, result: &'static str) {
        let digits = self.text(flow, digits);
        if digits.is_empty() || !digits.chars().all(|key| "0123456789*#ABCDabcdwW".contains(key)) {
            self.set(flow, result, Value::from("failed"));
            let message = format!("`{digits}` are no keys");
            return self.script_error(flow, "relay_script_method_parameter_invalid_value", &message);
        }
        let media = self.new_media();
        // `w` is a pause, every other letter a key.
        let digits = digits.chars().map(|key| if matches!(key, 'w' | 'W') { key } else { key.to_ascii_uppercase() });
        self.order(Command::SendDigits { leg, media, digits: digits.collect() });
        self.wait(flow, Wait::Keys(media));
    }

    /// Keys were sent, or could not be. False when it was something else.
    fn keys_sent(&mut self, media: MediaId, result: MediaResult) -> bool {
        let Some(flow) = self.flows.values().find(|flow| flow.wait == Wait::Keys(media)) else { return false };
        let (id, current) = (flow.id, flow.current);
        self.wait(id, Wait::Ready);
        let program = current.and_then(|(document, _)| self.program(document)).map(Arc::clone);
        let instruction = program.as_ref().zip(current).and_then(|(program, (_, id))| program.get(id));
        if let Some(Op::SendDigits { result: name, .. }) = instruction.map(|instruction| &instruction.op) {
            let word = if result == MediaResult::Finished { "success" } else { "failed" };
            self.set(id, name, Value::from(word));
        }
        true
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
        if self.ringback_done(media, result) || self.prompt_done(leg, media) || self.keys_sent(media, result) {
            return;
        }
        let waiting = self.flows.values().find_map(|flow| match flow.wait {
            Wait::Play(progress) if progress.media == media => Some((flow.id, flow.current, progress)),
            _ => None,
        });
        let Some((flow, Some((document, instruction)), Progress { clip, round, .. })) = waiting else {
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

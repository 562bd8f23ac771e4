//! Clips one after another.

use super::Fact;
use super::Machine;
use super::clip::{Spoken, clip, is_said};
use super::flow::{FlowId, Wait};
use crate::expr::Template;
use crate::id::{LegId, MediaId};
use crate::ir::{ClipKind, ClipPlan, Op, Play, Voice};
use crate::url::resolve;
use crate::value::{Object, Value};
use crate::wire::{ActivityChange, ActivityState, Clip, Command, MediaResult};
use alloc::{boxed::Box, format, string::String, sync::Arc};

/// The clip that plays: its name, its place in the list, how often the list was played before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) media: MediaId,
    pub(super) clip: usize,
    pub(super) round: u32,
    /// The first clip of the whole list: the name that is told.
    pub(super) first: MediaId,
    /// A clip could not be played.
    pub(super) failed: bool,
}

impl Machine {
    /// Plays clip number `at` of round `round`, or what comes behind it.
    pub(super) fn play(&mut self, flow: FlowId, leg: LegId, play: &Play, at: usize, round: u32) {
        let before = match self.flows.get(&flow).map(|flow| &flow.wait) {
            Some(Wait::Play(progress)) => Some(*progress),
            Some(_) | None => None,
        };
        match self.next_clip(flow, leg, play, at, round) {
            Some(mut progress) => {
                if let Some(before) = before {
                    (progress.first, progress.failed) = (before.first, before.failed);
                }
                self.wait(flow, Wait::Play(progress));
                if before.is_none() {
                    self.tell_play(flow, leg, play, &progress, ActivityState::Running);
                }
            }
            None => {
                self.wait(flow, Wait::Ready);
                self.play_over(flow, leg, play, before.as_ref());
            }
        }
    }

    /// The last clip is over, or none could be played.
    fn play_over(&mut self, flow: FlowId, leg: LegId, play: &Play, progress: Option<&Progress>) {
        let none = Progress { media: MediaId(0), clip: 0, round: 0, first: MediaId(0), failed: true };
        let progress = progress.unwrap_or(&none);
        let result = if progress.failed { MediaResult::Failed } else { MediaResult::Finished };
        self.tell_play(flow, leg, play, progress, ActivityState::Over(result));
    }

    fn tell_play(&mut self, flow: FlowId, leg: LegId, play: &Play, progress: &Progress, state: ActivityState) {
        let Some(hook) = &play.status else { return };
        let (url, method) = (self.hook_url(flow, hook), hook.method);
        let facts = self.activity_facts(progress.first, leg, "play", Object::new(), state);
        let running = state == ActivityState::Running;
        let change = if running { ActivityChange::Started } else { ActivityChange::Over };
        self.tell(Fact::Activity { facts: Box::new(facts), change, url, method });
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
                    return Some(Progress { media, clip: at, round, first: media, failed: false });
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
                let spoken = if is_said(&uri) { self.voice(flow, voice) } else { Spoken::default() };
                clip(&uri, spoken)
            }
            ClipKind::Say { text, voice } => {
                let text = self.text(flow, text);
                let Spoken { voice, language, gender } = self.voice(flow, voice);
                Ok(Clip::Say { text, voice, language, gender })
            }
            ClipKind::Audio(url) => {
                let url = self.text(flow, url);
                let url = resolve(self.base(flow), &url);
                clip(&url, Spoken::default())
            }
        }
    }

    fn voice(&mut self, flow: FlowId, voice: &Voice) -> Spoken {
        let mut text = |template: &Option<Template>| template.as_ref().map(|template| self.text(flow, template));
        Spoken { voice: text(&voice.voice), language: text(&voice.language), gender: text(&voice.gender) }
    }

    /// A clip is over: the next one, for whoever waits for it.
    pub(super) fn media_done(&mut self, leg: LegId, media: MediaId, result: MediaResult, error: Option<&str>) {
        if self.activity_done(media, result, error) || self.recognition_done(media, result) {
            return;
        }
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
        if let (MediaResult::Failed, Some(Wait::Play(progress))) =
            (result, self.flows.get_mut(&flow).map(|flow| &mut flow.wait))
        {
            progress.failed = true;
        }
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

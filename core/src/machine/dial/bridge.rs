//! The bridge: its limit, its keys.

use crate::id::LegId;
use crate::ir::Capture;
use crate::machine::timer::Timer;
use crate::machine::{Fact, Machine};
use crate::wire::HangupReason;
use alloc::{format, string::String, vec::Vec};

/// A captured sequence must be typed without a longer break.
const KEYS_TOGETHER_MS: u64 = 3_000;

impl Machine {
    pub(super) fn start_talk_limit(&mut self) {
        let Some(flow) = self.dial.as_ref().map(|dial| dial.flow) else { return };
        let limit = self.with_plan(|_, plan| plan.talk_limit.clone()).flatten();
        if let Some(limit) = limit.and_then(|limit| self.seconds(flow, &limit)) {
            self.timers.set(self.now + limit, Timer::Talk);
        }
    }

    /// The talk limit is reached: the callee is let go, the flow goes on.
    pub(in crate::machine) fn talk_limit(&mut self) {
        let Some(winner) = self.dial.as_ref().and_then(|dial| dial.winner) else { return };
        self.note("limit", Some(winner), "the talk limit is reached");
        self.hang_up(winner, HangupReason::TimeLimit, Vec::new());
        self.dial_over();
    }

    /// A key was pressed.
    pub(in crate::machine) fn digit(&mut self, leg: LegId, digit: char) {
        self.interaction();
        if self.collect_key(leg, digit) || self.stop_key(leg, digit) {
            return;
        }
        let Some(winner) = self.dial.as_ref().and_then(|dial| dial.winner) else {
            return self.absorbed(&format!("key {digit} of leg {leg}: nothing listens for it"));
        };
        let star = self.with_plan(|_, plan| plan.hangup_on_star).unwrap_or(false);
        if star && digit == '*' && leg == LegId::CALLER {
            self.note("star", Some(leg), "the caller ends the talk with *");
            self.hang_up(winner, HangupReason::Normal, Vec::new());
            return self.dial_over();
        }
        if leg == LegId::CALLER || leg == winner {
            self.capture(leg, digit);
        }
    }

    /// Whether keys of this leg mean something while it talks.
    pub(in crate::machine) fn captures(&self, leg: LegId) -> bool {
        let Some(winner) = self.dial.as_ref().and_then(|dial| dial.winner) else { return false };
        let Some((program, id)) = self.dial_plan() else { return false };
        let Some(plan) = program.dial_plan(id) else { return false };
        let captured =
            |of: fn(&Capture) -> &Vec<String>| plan.capture.as_ref().is_some_and(|keys| !of(keys).is_empty());
        match leg {
            LegId::CALLER => plan.hangup_on_star || captured(|keys| &keys.caller),
            other => other == winner && captured(|keys| &keys.callee),
        }
    }

    /// Collects keys; tells when they end with a wanted sequence.
    fn capture(&mut self, leg: LegId, digit: char) {
        let Some(capture) = self.with_plan(|_, plan| plan.capture.clone()).flatten() else { return };
        let now = self.now.0;
        let Some(running) = self.legs.get_mut(leg.0 as usize) else { return };
        let (keys, last) = &mut running.keys;
        if now.saturating_sub(*last) > KEYS_TOGETHER_MS {
            keys.clear();
        }
        keys.push(digit);
        *last = now;
        let patterns = if leg == LegId::CALLER { &capture.caller } else { &capture.callee };
        let found: Option<String> = patterns.iter().find(|pattern| keys.ends_with(pattern.as_str())).cloned();
        if let Some(found) = found {
            keys.clear();
            let Some(flow) = self.dial.as_ref().map(|dial| dial.flow) else { return };
            let url = self.hook_url(flow, &capture.hook);
            self.tell(Fact::Captured { leg, keys: found, url, method: capture.hook.method });
        }
    }
}

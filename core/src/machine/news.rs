//! News of an activity that its hook is asked about while the flow goes on; and what happens to the flow when the
//! hook has something else for it to run.

use super::flow::{FlowId, Wait};
use super::output::Purpose;
use super::timer::Timer;
use super::{Machine, Output};
use crate::id::MediaId;
use crate::ir::Then;
use crate::value::Value;
use crate::wire::Why;
use alloc::boxed::Box;

impl Machine {
    /// Asks the hook about what became known of an activity just now. The flow goes on meanwhile. Of a leg that
    /// leaves there is no news: that it is not listened to any more was not found out by listening.
    pub(super) fn news(&mut self, media: MediaId) {
        if self.activities.get(&media).is_none_or(|activity| !self.is_up(activity.facts.leg)) {
            return;
        }
        let told = self.with_activity(media, |plan, activity| match &plan.then {
            Then::Each { news, longer, .. } => Some((news(&activity.facts), longer.clone())),
            Then::GoOn | Then::End | Then::Run(_) | Then::Ask { .. } => None,
        });
        let Some((words, longer)) = told.flatten() else { return };
        let Some(activity) = self.activities.get(&media) else { return };
        let (flow, leg, facts, asks) =
            (activity.flow, activity.facts.leg, activity.facts.clone(), activity.asks.clone());
        let (document, instruction) = (activity.document, activity.instruction);
        let place = self.program(document).map(|program| (document, program.span(instruction)));
        for word in words {
            self.note_at(place, "outcome", Some(leg), word);
            if let Some((_, limit)) = longer.as_ref().filter(|(after, _)| *after == word) {
                self.timers.stop(Timer::Activity(media));
                if let Some(limit) = self.seconds(flow, limit) {
                    self.timers.set(self.now + limit, Timer::Activity(media));
                }
            }
            let Some(asked) = asks.clone() else { continue };
            let why = Why::News(Box::new(facts.clone()), word);
            let question = self.question(flow, asked.url, asked.method, asked.id, why, Value::Null);
            self.asked.insert(question.fetch, (flow, Purpose::Beside));
            self.out.push_back((Output::Question(question), place));
        }
    }

    /// Leaves what a flow does, whatever it is, because it is to run something else: what plays or listens is
    /// stopped, who was dialled is let go, and no reply is waited for any more.
    pub(super) fn interrupt(&mut self, flow: FlowId) {
        match self.flows.get(&flow).map(|flow| &flow.wait) {
            Some(Wait::Answer(fetch)) => {
                let fetch = *fetch;
                self.asked.remove(&fetch);
            }
            Some(Wait::Dial) => return self.leave_dial(),
            Some(_) | None => {}
        }
        self.abandon(flow);
    }
}

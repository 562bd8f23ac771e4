//! The names that an instruction reads.

use crate::expr::{Read, Template};
use crate::ir::{
    AfterCollect, Branch, Choice, ClipKind, ClipPlan, Condition, Data, HookPlan, Op, Patience, Program, Screening,
    ScreeningSource, Target, Then, Voice,
};
use crate::span::Span;
use alloc::vec::Vec;

/// What one instruction reads, each with its place if that is known better than by the instruction.
#[derive(Default)]
pub(super) struct Reads<'a> {
    pub(super) found: Vec<(&'a Read, Option<Span>)>,
}

impl<'a> Reads<'a> {
    pub(super) fn of(program: &'a Program, op: &'a Op) -> Reads<'a> {
        let mut reads = Reads::default();
        reads.op(program, op);
        reads
    }

    fn op(&mut self, program: &'a Program, op: &'a Op) {
        match op {
            Op::Answer { max_duration, .. } => self.templates(max_duration),
            Op::Hangup { reason, headers, .. } => {
                self.templates(reason);
                self.templates(headers.iter().map(|(_, value)| value));
            }
            Op::Play(play) => self.clips(&play.clips),
            Op::Collect(collect) => {
                self.clips(collect.prompt.iter().flat_map(|prompt| &prompt.clips));
                self.templates(&collect.most);
                self.template(&collect.terminators);
                match &collect.patience {
                    Patience::EachKey { first, next } => self.templates([first, next]),
                    Patience::Once { limit, next, .. } => self.templates(limit.iter().chain(next)),
                }
                if let AfterCollect::Choose(Some(result)) = &collect.after {
                    self.choice(result);
                }
            }
            Op::SendDigits { digits, .. } => self.template(digits),
            Op::Request(request) => {
                self.template(&request.url);
                self.templates(request.headers.iter().map(|(_, value)| value));
                request.body.iter().for_each(|body| self.data(body));
            }
            Op::Begin(activity) => {
                activity.parameters.iter().for_each(|(_, data)| self.data(data));
                activity.result.iter().for_each(|result| self.choice(result));
                if let Then::Run(target) = &activity.then {
                    self.target(target);
                }
            }
            Op::Adjust { action, .. } => self.data(action),
            Op::Message(message) => message.fields.iter().for_each(|(_, data)| self.data(data)),
            Op::UserEvent(data) => self.data(data),
            Op::Pause { length, .. } => self.template(length),
            Op::Dial(plan) => {
                let Some(plan) = program.dial_plan(*plan) else { return };
                self.clips(&plan.ringback);
                self.templates(&plan.talk_limit);
                plan.groups.iter().flat_map(|group| &group.branches).for_each(|branch| self.branch(branch));
                if let crate::ir::AfterDial::Variables { result, run, .. } = &plan.after {
                    result.iter().for_each(|result| self.choice(result));
                    run.iter().for_each(|target| self.target(target));
                }
            }
            Op::Set(pairs) => pairs.iter().for_each(|(_, data)| self.data(data)),
            Op::Choose(choice) => self.choice(choice),
            Op::Execute { target, params, result, .. } => {
                self.target(target);
                self.data(params);
                result.iter().for_each(|result| self.choice(result));
            }
            Op::Transfer { target, params } => {
                self.target(target);
                self.data(params);
            }
            Op::Return(value) => value.iter().for_each(|value| self.data(value)),
            Op::Goto { label, when, .. } => {
                self.template(label);
                when.iter().for_each(|when| self.condition(when));
            }
            Op::Redirect { hook, .. } => self.hook(hook),
            Op::Stop { control_id, .. } => self.templates(control_id),
            Op::Unset(_) | Op::Label(_) => {}
        }
    }

    fn branch(&mut self, branch: &'a Branch) {
        self.template(&branch.to);
        self.templates(&branch.from);
        self.templates(&branch.from_name);
        self.templates(branch.headers.iter().map(|(_, value)| value));
        branch.more_headers.iter().for_each(|data| self.data(data));
        branch.stream.iter().for_each(|(_, data)| self.data(data));
        self.template(&branch.ring_limit);
        if let Some(Screening { source: ScreeningSource::Hook { hook, .. }, .. }) = &branch.screening {
            self.hook(hook);
        }
    }

    fn clips(&mut self, clips: impl IntoIterator<Item = &'a ClipPlan>) {
        for clip in clips {
            match &clip.kind {
                ClipKind::Uri { uri: text, voice } | ClipKind::Say { text, voice } => {
                    self.template(text);
                    let Voice { voice, language, gender } = voice;
                    self.templates([voice, language, gender].into_iter().flatten());
                }
                ClipKind::Audio(audio) => self.template(audio),
            }
        }
    }

    fn choice(&mut self, choice: &'a Choice) {
        if let Choice::Cond(cond) = choice {
            cond.arms.iter().for_each(|(condition, _)| self.condition(condition));
        }
    }

    fn condition(&mut self, condition: &'a Condition) {
        match condition {
            Condition::Expr { expr, span, .. } => {
                self.found.extend(expr.paths().iter().map(|read| (read, Some(*span))));
            }
            Condition::Text { text, span } => {
                self.found.extend(text.paths().iter().map(|read| (read, Some(*span))));
            }
        }
    }

    fn data(&mut self, data: &'a Data) {
        match data {
            Data::Literal(_) => {}
            Data::Text(template) => self.template(template),
            Data::Array(items) => items.iter().for_each(|item| self.data(item)),
            Data::Object(entries) => entries.iter().for_each(|(_, data)| self.data(data)),
        }
    }

    fn target(&mut self, target: &'a Target) {
        if let Target::Named(name) = target {
            self.template(name);
        }
    }

    fn hook(&mut self, hook: &'a HookPlan) {
        self.template(&hook.url);
    }

    fn templates(&mut self, templates: impl IntoIterator<Item = &'a Template>) {
        templates.into_iter().for_each(|template| self.template(template));
    }

    fn template(&mut self, template: &'a Template) {
        self.found.extend(template.paths().iter().map(|read| (read, None)));
    }
}

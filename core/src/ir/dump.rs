//! A program as text, for `patchcord ir` and golden tests.

use super::{
    AfterCollect, AfterDial, BlockId, Choice, ClipKind, Condition, Data, Op, Precondition, Program, ScreeningSource,
    Target, Then,
};
use crate::expr::Template;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::{self, Write as _};

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, section) in self.sections.iter().enumerate() {
            let entry = self.entry.is_some_and(|entry| entry.0 as usize == index);
            writeln!(f, "section {}{}", section.name, if entry { " (entry)" } else { "" })?;
            block(f, self, section.body, 1)?;
        }
        Ok(())
    }
}

fn block(f: &mut fmt::Formatter<'_>, program: &Program, id: BlockId, depth: usize) -> fmt::Result {
    let pad = "  ".repeat(depth);
    for id in program.body(id) {
        let Some(instruction) = program.get(*id) else { continue };
        let span = program.span(*id);
        let needs = match instruction.precondition {
            Precondition::None => "",
            Precondition::Answered => " [answers]",
            Precondition::EarlyMedia => " [early media]",
            Precondition::OnlyAnswered => " [only answered]",
            Precondition::OnlyUnanswered => " [only unanswered]",
        };
        writeln!(f, "{pad}{}{}{needs}  ;{}..{}", instruction.name, operands(&instruction.op), span.start, span.end)?;
        owned(f, program, &instruction.op, depth + 1)?;
    }
    Ok(())
}

fn owned(f: &mut fmt::Formatter<'_>, program: &Program, op: &Op, depth: usize) -> fmt::Result {
    let pad = "  ".repeat(depth);
    match op {
        Op::Choose(one) => choice(f, program, one, depth),
        Op::Collect(collect) => match &collect.after {
            AfterCollect::Choose(Some(result)) => choice(f, program, result, depth),
            AfterCollect::Choose(None) | AfterCollect::Hook { .. } => Ok(()),
        },
        Op::Begin(activity) => activity.result.iter().try_for_each(|result| choice(f, program, result, depth)),
        Op::Execute { on_return, result, .. } => {
            if let Some(id) = on_return {
                writeln!(f, "{pad}on return")?;
                block(f, program, *id, depth + 1)?;
            }
            result.iter().try_for_each(|result| choice(f, program, result, depth))
        }
        Op::Dial(plan) => {
            let Some(plan) = program.dial_plan(*plan) else { return Ok(()) };
            for (index, group) in plan.groups.iter().enumerate() {
                writeln!(f, "{pad}group {}", index + 1)?;
                for branch in &group.branches {
                    writeln!(f, "{pad}  ring {} for {}", show(&branch.to), show(&branch.ring_limit))?;
                    if let Some(screening) = &branch.screening {
                        match &screening.source {
                            ScreeningSource::Block(id) => {
                                writeln!(f, "{pad}    screening")?;
                                block(f, program, *id, depth + 3)?;
                            }
                            ScreeningSource::Hook { hook, .. } => {
                                writeln!(f, "{pad}    screening {} {}", hook.method, show(&hook.url))?;
                            }
                        }
                    }
                }
            }
            match &plan.after {
                AfterDial::Variables { result: Some(result), .. } => {
                    writeln!(f, "{pad}result")?;
                    choice(f, program, result, depth + 1)
                }
                AfterDial::Hook { hook: Some(hook), .. } => {
                    writeln!(f, "{pad}then ask {} {}", hook.method, show(&hook.url))
                }
                AfterDial::Variables { result: None, .. } | AfterDial::Hook { hook: None, .. } => Ok(()),
            }
        }
        Op::Answer { .. }
        | Op::Hangup { .. }
        | Op::Play(_)
        | Op::Request(_)
        | Op::SendDigits { .. }
        | Op::Stop { .. }
        | Op::Adjust { .. }
        | Op::Message(_)
        | Op::UserEvent(_)
        | Op::Pause { .. }
        | Op::Set(_)
        | Op::Unset(_)
        | Op::Transfer { .. }
        | Op::Return(_)
        | Op::Goto { .. }
        | Op::Label(_)
        | Op::Redirect { .. } => Ok(()),
    }
}

fn choice(f: &mut fmt::Formatter<'_>, program: &Program, choice: &Choice, depth: usize) -> fmt::Result {
    let pad = "  ".repeat(depth);
    let mut arms: Vec<(String, BlockId)> = Vec::new();
    match choice {
        Choice::Switch(switch) => {
            writeln!(f, "{pad}by {}", switch.variable)?;
            arms.extend(switch.cases.iter().map(|(key, id)| (format!("case {key:?}"), *id)));
            arms.extend(switch.default.map(|id| ("default".to_string(), id)));
        }
        Choice::Cond(cond) => {
            arms.extend(cond.arms.iter().map(|(when, id)| (format!("when {}", condition(when)), *id)));
            arms.extend(cond.otherwise.map(|id| ("else".to_string(), id)));
        }
    }
    for (name, id) in arms {
        writeln!(f, "{pad}{name}")?;
        block(f, program, id, depth + 1)?;
    }
    Ok(())
}

fn condition(condition: &Condition) -> String {
    match condition {
        Condition::Expr { text, .. } | Condition::Text { text, .. } => text.source().to_string(),
    }
}

fn operands(op: &Op) -> String {
    let mut out = String::new();
    match op {
        Op::Play(play) => {
            for clip in &play.clips {
                let (word, text) = match &clip.kind {
                    ClipKind::Uri { uri, .. } => ("", uri),
                    ClipKind::Say { text, .. } => ("say ", text),
                    ClipKind::Audio(url) => ("audio ", url),
                };
                let _ = write!(out, " {word}{}", show(text));
            }
            if play.times != Some(1) {
                let _ = write!(out, " times {}", play.times.map_or("forever".to_string(), |n| n.to_string()));
            }
        }
        Op::SendDigits { digits, .. } => {
            let _ = write!(out, " {}", show(digits));
        }
        Op::Request(request) => {
            let _ = write!(out, " {} {}", request.method, show(&request.url));
        }
        Op::Begin(activity) => {
            let fields = activity.parameters.iter().map(|(name, value)| format!(" {name}={}", data(value)));
            out.extend(fields);
            if let Some(limit) = &activity.limit {
                let _ = write!(out, " for {}", show(limit));
            }
            if let Then::Ask { hook, .. } | Then::Each { hook, .. } = &activity.then {
                let _ = write!(out, " -> {} {}", hook.method, show(&hook.url));
            }
        }
        Op::Stop { control_id: Some(name), .. } => {
            let _ = write!(out, " {}", show(name));
        }
        Op::Adjust { action: value, .. } | Op::UserEvent(value) => {
            let _ = write!(out, " {}", data(value));
        }
        Op::Message(message) => {
            out.extend(message.fields.iter().map(|(name, value)| format!(" {name}={}", data(value))));
        }
        Op::Collect(collect) => {
            match &collect.most {
                Some(most) if collect.keys => {
                    let _ = write!(out, " up to {} keys", show(most));
                }
                None if collect.keys => out.push_str(" keys"),
                Some(_) | None => {}
            }
            if collect.speech.is_some() {
                out.push_str(" speech");
            }
            for clip in collect.prompt.iter().flat_map(|prompt| &prompt.clips) {
                let (ClipKind::Uri { uri: words, .. } | ClipKind::Say { text: words, .. } | ClipKind::Audio(words)) =
                    &clip.kind;
                let _ = write!(out, " {}", show(words));
            }
            if let AfterCollect::Hook { hook: Some(hook), .. } = &collect.after {
                let _ = write!(out, " -> {} {}", hook.method, show(&hook.url));
            }
        }
        Op::Pause { length, unit_ms } => {
            let _ = write!(out, " {} x {unit_ms} ms", show(length));
        }
        Op::Hangup { reason: Some(reason), .. } => {
            let _ = write!(out, " {}", show(reason));
        }
        Op::Set(pairs) => {
            for (name, value) in pairs {
                let _ = write!(out, " {name} = {}", data(value));
            }
        }
        Op::Unset(names) => {
            let _ = write!(out, " {}", names.join(", "));
        }
        Op::Execute { target: goal, params, .. } | Op::Transfer { target: goal, params } => {
            let _ = write!(out, " {} {}", target(goal), data(params));
        }
        Op::Return(Some(value)) => {
            let _ = write!(out, " {}", data(value));
        }
        Op::Goto { label, when, max } => {
            let _ = write!(out, " {} max {max}", show(label));
            if let Some(when) = when {
                let _ = write!(out, " when {}", condition(when));
            }
        }
        Op::Label(name) => {
            let _ = write!(out, " {name}");
        }
        Op::Redirect { hook, .. } => {
            let _ = write!(out, " {} {}", hook.method, show(&hook.url));
        }
        Op::Answer { .. }
        | Op::Hangup { reason: None, .. }
        | Op::Stop { control_id: None, .. }
        | Op::Dial(_)
        | Op::Choose(_)
        | Op::Return(None) => {}
    }
    out
}

fn show(template: &Template) -> String {
    format!("{:?}", template.source())
}

fn target(target: &Target) -> String {
    match target {
        Target::Section(id) => format!("section {}", id.0),
        Target::Named(name) => show(name),
    }
}

fn data(data: &Data) -> String {
    match data {
        Data::Literal(value) => value.to_json(),
        Data::Text(template) => show(template),
        Data::Array(items) => format!("[{}]", items.iter().map(self::data).collect::<Vec<_>>().join(", ")),
        Data::Object(entries) => {
            let inside: Vec<String> = entries.iter().map(|(k, v)| format!("{k:?}: {}", self::data(v))).collect();
            format!("{{{}}}", inside.join(", "))
        }
    }
}

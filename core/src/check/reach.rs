//! Steps that can never run, names that nothing uses.

use crate::diag::{Diagnostic, codes};
use crate::ir::{BlockId, Instruction, Op, Precondition, Program, Target, Then};
use crate::span::Span;
use alloc::{format, vec::Vec};

/// Steps behind one that never comes back.
pub(super) fn unreachable(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    for section in &program.sections {
        block(program, section.body, diagnostics);
    }
}

fn block(program: &Program, id: BlockId, diagnostics: &mut Vec<Diagnostic>) {
    let mut ended_by: Option<&'static str> = None;
    let mut dead: Option<Span> = None;
    for id in program.body(id) {
        let Some(instruction) = program.get(*id) else { continue };
        // A jump may lead here.
        if matches!(instruction.op, Op::Label(_)) {
            ended_by = None;
        }
        if ended_by.is_some() {
            let span = program.span(*id);
            dead = Some(dead.map_or(span, |dead| dead.to(span)));
        }
        for owned in program.owned_blocks(&instruction.op) {
            block(program, owned, diagnostics);
        }
        if let (None, Some(name)) = (ended_by, ends(instruction)) {
            ended_by = Some(name);
        }
        if let (Some(span), None) = (dead, ended_by) {
            report(span, "a jump", diagnostics);
            dead = None;
        }
    }
    if let (Some(span), Some(name)) = (dead, ended_by) {
        report(span, name, diagnostics);
    }
}

fn report(span: Span, after: &str, diagnostics: &mut Vec<Diagnostic>) {
    let message = format!("this can never run: `{after}` before it does not come back");
    diagnostics.push(Diagnostic::new(&codes::UNREACHABLE, span, message));
}

/// The name of a step that never comes back.
fn ends(instruction: &Instruction) -> Option<&'static str> {
    let always = instruction.precondition == Precondition::None;
    match &instruction.op {
        Op::Hangup { .. } if always => Some(instruction.name),
        Op::Transfer { .. } | Op::Return(_) => Some(instruction.name),
        Op::Redirect { empty_continues: false, .. } => Some(instruction.name),
        Op::Answer { .. }
        | Op::Hangup { .. }
        | Op::Play(_)
        | Op::Collect(_)
        | Op::Request(_)
        | Op::SendDigits { .. }
        | Op::Begin(_)
        | Op::Stop { .. }
        | Op::Adjust { .. }
        | Op::Message(_)
        | Op::UserEvent(_)
        | Op::Pause { .. }
        | Op::Dial(_)
        | Op::Set(_)
        | Op::Unset(_)
        | Op::Choose(_)
        | Op::Execute { .. }
        | Op::Goto { .. }
        | Op::Label(_)
        | Op::Redirect { .. } => None,
    }
}

/// Sections and labels that nothing refers to.
pub(super) fn unused(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let mut dynamic = false;
    let mut used: Vec<u32> = program.entry.iter().map(|entry| entry.0).collect();
    let mut labels: Vec<&str> = Vec::new();
    for (_, instruction, _) in program.instructions() {
        match &instruction.op {
            Op::Execute { target, .. } | Op::Transfer { target, .. } => match target {
                Target::Section(id) => used.push(id.0),
                Target::Named(name) => dynamic |= name.literal().is_none(),
            },
            Op::Begin(activity) => match &activity.then {
                Then::Run(Target::Section(id)) => used.push(id.0),
                Then::Run(Target::Named(name)) => dynamic |= name.literal().is_none(),
                Then::GoOn | Then::End | Then::Ask { .. } | Then::Each { .. } => {}
            },
            Op::Goto { label, .. } => match label.literal() {
                Some(name) => labels.push(name),
                None => dynamic = true,
            },
            Op::Answer { .. }
            | Op::Hangup { .. }
            | Op::Play(_)
            | Op::Collect(_)
            | Op::Request(_)
            | Op::SendDigits { .. }
            | Op::Stop { .. }
            | Op::Adjust { .. }
            | Op::Message(_)
            | Op::UserEvent(_)
            | Op::Pause { .. }
            | Op::Dial(_)
            | Op::Set(_)
            | Op::Unset(_)
            | Op::Choose(_)
            | Op::Return(_)
            | Op::Label(_)
            | Op::Redirect { .. } => {}
        }
    }
    if dynamic {
        return;
    }
    for (index, section) in program.sections.iter().enumerate() {
        if !used.contains(&(index as u32)) {
            let message = format!("nothing calls the section `{}`", section.name);
            diagnostics.push(Diagnostic::new(&codes::UNUSED, section.span, message));
        }
    }
    for (_, instruction, span) in program.instructions() {
        if let Op::Label(name) = &instruction.op
            && !labels.contains(&name.as_str())
        {
            let message = format!("nothing jumps to the label `{name}`");
            diagnostics.push(Diagnostic::new(&codes::UNUSED, span, message));
        }
    }
}

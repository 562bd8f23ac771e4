//! Loops in which nothing waits: the platform ends such a call after a few rounds.

use crate::diag::{Diagnostic, codes};
use crate::ir::{BlockId, Instruction, InstructionId, Op, Precondition, Program, Target, WaitsFor};
use alloc::{format, vec::Vec};

/// What can follow each instruction without anything that waits in between.
struct Ways<'a> {
    program: &'a Program,
    /// By instruction: what stands behind it, and the list of its section, for its jumps.
    places: Vec<(Option<InstructionId>, BlockId)>,
}

/// How far the search is with an instruction.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Never,
    Following,
    Done,
}

pub(super) fn endless(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let count = program.instructions().count();
    let mut ways = Ways { program, places: alloc::vec![(None, BlockId(0)); count] };
    for section in &program.sections {
        ways.enter(section.body, None, section.body);
    }
    let mut seen = alloc::vec![Seen::Never; count];
    for start in program.sections.iter().filter_map(|section| program.body(section.body).first()) {
        walk(&ways, *start, &mut seen, diagnostics);
    }
}

/// Goes through everything behind `start`; what is met again while it is being followed is a loop.
fn walk(ways: &Ways<'_>, start: InstructionId, seen: &mut [Seen], diagnostics: &mut Vec<Diagnostic>) {
    let mut path: Vec<(InstructionId, Vec<InstructionId>, usize)> = Vec::new();
    let mut found = Some(start);
    loop {
        if let Some(next) = found.take() {
            let Some(state) = seen.get_mut(next.0 as usize) else { return };
            match state {
                Seen::Never => {
                    *state = Seen::Following;
                    path.push((next, ways.behind(next), 0));
                }
                Seen::Done => {}
                Seen::Following => {
                    let from = path.iter().position(|(id, ..)| *id == next).unwrap_or(0);
                    let round = path.get(from..).unwrap_or(&[]);
                    let certain = round.iter().all(|(_, behind, _)| behind.len() == 1);
                    report(ways.program, round.iter().map(|(id, ..)| *id), certain, diagnostics);
                }
            }
        }
        let Some((id, behind, at)) = path.last_mut() else { return };
        found = behind.get(*at).copied();
        *at += 1;
        if found.is_none() {
            if let Some(state) = seen.get_mut(id.0 as usize) {
                *state = Seen::Done;
            }
            path.pop();
        }
    }
}

fn report(
    program: &Program,
    round: impl DoubleEndedIterator<Item = InstructionId>,
    certain: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let jumps = |id: &InstructionId| {
        let op = program.get(*id).map(|instruction| &instruction.op);
        matches!(op, Some(Op::Goto { .. } | Op::Transfer { .. } | Op::Execute { .. }))
    };
    let Some(jump) = round.rev().find(jumps) else { return };
    let name = program.get(jump).map_or("", |instruction| instruction.name);
    let message = match certain {
        true => format!("`{name}` closes a loop in which nothing waits: it never ends"),
        false => format!("`{name}` may close a loop in which nothing waits"),
    };
    let mut diagnostic = Diagnostic::new(&codes::ENDLESS_LOOP, program.span(jump), message);
    if let Some(budget) = program.policy.goto_budget {
        diagnostic = diagnostic.note(format!("the platform ends a call after {} jumps in silence", budget.silent));
    }
    diagnostics.push(diagnostic);
}

impl Ways<'_> {
    /// Notes what follows each instruction of a list, and of the lists inside.
    fn enter(&mut self, block: BlockId, after: Option<InstructionId>, home: BlockId) {
        let body = self.program.body(block);
        for (index, id) in body.iter().enumerate() {
            let next = body.get(index + 1).copied().or(after);
            if let Some(place) = self.places.get_mut(id.0 as usize) {
                *place = (next, home);
            }
            if let Some(instruction) = self.program.get(*id) {
                for inner in self.program.owned_blocks(&instruction.op) {
                    self.enter(inner, next, home);
                }
            }
        }
    }

    fn first(&self, block: BlockId, otherwise: Option<InstructionId>) -> Option<InstructionId> {
        self.program.body(block).first().copied().or(otherwise)
    }

    /// What may run next, at once.
    fn behind(&self, id: InstructionId) -> Vec<InstructionId> {
        let Some(instruction) = self.program.get(id) else { return Vec::new() };
        let (next, home) = self.places.get(id.0 as usize).copied().unwrap_or((None, BlockId(0)));
        let section = |target: &Target| match target {
            Target::Section(section) => {
                self.program.section(*section).and_then(|section| self.first(section.body, None))
            }
            Target::Named(_) => None,
        };
        let silent = self.program.policy.goto_budget.map_or(u32::MAX, |budget| budget.silent);
        let found: Vec<Option<InstructionId>> = match &instruction.op {
            _ if waits(instruction) => Vec::new(),
            Op::Hangup { .. } if instruction.precondition == Precondition::None => Vec::new(),
            Op::Return(_) => Vec::new(),
            Op::Transfer { target, .. } => Vec::from([section(target)]),
            // What comes back may have waited, so only going in is followed.
            Op::Execute { target, .. } => Vec::from([section(target)]),
            Op::Goto { label, when: None, max } if *max >= silent => {
                let found = label.literal().and_then(|label| {
                    let at = self.program.find_label(home, label)?;
                    self.program.body(home).get(at).copied()
                });
                Vec::from([found])
            }
            Op::Choose(choice) => {
                let blocks = self.program.owned_blocks(&instruction.op);
                let mut found: Vec<_> = blocks.into_iter().map(|block| self.first(block, next)).collect();
                let complete = match choice {
                    crate::ir::Choice::Switch(switch) => switch.default.is_some(),
                    crate::ir::Choice::Cond(cond) => cond.otherwise.is_some(),
                };
                // Two ways even where both lead to one place: which is taken is not known.
                found.extend((!complete).then_some(next));
                found
            }
            _ => Vec::from([next]),
        };
        found.into_iter().flatten().collect()
    }
}

/// Whether the flow stands still at it for a while, or leaves for good.
fn waits(instruction: &Instruction) -> bool {
    match &instruction.op {
        Op::Play(_)
        | Op::Collect(_)
        | Op::SendDigits { .. }
        | Op::Request(_)
        | Op::Message(_)
        | Op::Pause { .. }
        | Op::Dial(_)
        | Op::Redirect { .. } => true,
        Op::Begin(activity) => !matches!(activity.waits, WaitsFor::Nothing),
        Op::Answer { .. }
        | Op::Hangup { .. }
        | Op::Stop { .. }
        | Op::Adjust { .. }
        | Op::UserEvent(_)
        | Op::Set(_)
        | Op::Unset(_)
        | Op::Choose(_)
        | Op::Execute { .. }
        | Op::Transfer { .. }
        | Op::Return(_)
        | Op::Goto { .. }
        | Op::Label(_) => false,
    }
}

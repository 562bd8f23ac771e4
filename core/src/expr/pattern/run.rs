//! Trying a pattern at one place of a text.

use super::fold::fold;
use super::program::{Op, Program};
use super::set::is_word;
use super::{Flags, Places};
use crate::expr::budget::{Budget, EvalError};
use crate::span::Span;
use alloc::vec::Vec;

/// What to go back to.
#[derive(Clone, Copy)]
enum Back {
    /// Another way from here.
    Way {
        op: usize,
        at: usize,
    },
    /// A greedy run gives one character back, down to `least`.
    Less {
        op: usize,
        at: usize,
        least: usize,
    },
    /// A modest run takes one character more.
    More {
        op: usize,
        at: usize,
        left: u32,
    },
    /// A slot had this value.
    Slot {
        slot: usize,
        old: usize,
    },
    Round {
        round: usize,
        old: usize,
    },
}

pub(super) struct Run<'a> {
    program: &'a Program,
    flags: Flags,
    text: &'a [u16],
    budget: &'a mut Budget,
    span: Span,
    slots: Vec<usize>,
    rounds: Vec<usize>,
    stack: Vec<Back>,
    /// Entries of the stack that are paid for.
    paid: usize,
    /// Operations until the next step is paid.
    credit: u32,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        program: &'a Program,
        flags: Flags,
        text: &'a [u16],
        budget: &'a mut Budget,
        span: Span,
    ) -> Run<'a> {
        let (slots, rounds) = (Vec::new(), Vec::new());
        Run { program, flags, text, budget, span, slots, rounds, stack: Vec::new(), paid: 0, credit: 0 }
    }

    /// A match that begins at `at`.
    pub(super) fn at(&mut self, at: usize) -> Result<Option<Places>, EvalError> {
        self.slots.clear();
        self.slots.resize(self.program.groups * 2, NOWHERE);
        self.rounds.clear();
        self.rounds.resize(self.program.rounds, NOWHERE);
        self.stack.clear();
        let Some(end) = self.run(0, at)? else { return Ok(None) };
        let mut places: Places = self
            .slots
            .chunks(2)
            .map(|pair| match pair {
                [start, end] if *start != NOWHERE && *end != NOWHERE => Some((*start, *end)),
                _ => None,
            })
            .collect();
        if let Some(whole) = places.first_mut() {
            *whole = Some((at, end));
        }
        Ok(Some(places))
    }

    /// Where the operations from `op` end, starting at `at`. What is left on the stack is the caller's.
    fn run(&mut self, mut op: usize, mut at: usize) -> Result<Option<usize>, EvalError> {
        let floor = self.stack.len();
        loop {
            self.pay()?;
            let next = match self.program.ops.get(op) {
                None | Some(Op::Done) => {
                    return Ok(Some(at));
                }
                Some(Op::Char { back, .. } | Op::Set { back, .. }) => {
                    self.step(op, at, *back).map(|moved| (op + 1, moved))
                }
                Some(Op::Many { least, most, greedy }) => self.many(op, at, (*least, *most), *greedy)?,
                Some(Op::Start) => {
                    let start = at == 0 || (self.flags.multiline && at > 0 && self.is_line_end(at - 1));
                    start.then_some((op + 1, at))
                }
                Some(Op::End) => {
                    let end = at == self.text.len() || (self.flags.multiline && self.is_line_end(at));
                    end.then_some((op + 1, at))
                }
                Some(Op::Edge(wanted)) => {
                    let word = |at: Option<usize>| {
                        at.and_then(|at| self.text.get(at)).is_some_and(|unit| is_word(u32::from(*unit), self.flags))
                    };
                    let edge = word(at.checked_sub(1)) != word(Some(at));
                    (edge == *wanted).then_some((op + 1, at))
                }
                Some(Op::Split { first, second }) => {
                    self.push(Back::Way { op: *second, at })?;
                    Some((*first, at))
                }
                Some(Op::Jump(target)) => Some((*target, at)),
                Some(Op::Keep(slot)) => {
                    self.keep(*slot, at)?;
                    Some((op + 1, at))
                }
                Some(Op::Forget(first, end)) => {
                    for slot in 2 * first..2 * end {
                        self.keep(slot, NOWHERE)?;
                    }
                    Some((op + 1, at))
                }
                Some(Op::Round(round)) => {
                    let old = self.rounds.get(*round).copied().unwrap_or(NOWHERE);
                    self.push(Back::Round { round: *round, old })?;
                    self.set_round(*round, at);
                    Some((op + 1, at))
                }
                Some(Op::Moved(round)) => (self.rounds.get(*round) != Some(&at)).then_some((op + 1, at)),
                Some(Op::Look { negated, behind }) => self.look(op + 1, at, *negated)?.then_some((*behind, at)),
                Some(Op::Again { group, back }) => self.again(*group, at, *back)?.map(|moved| (op + 1, moved)),
            };
            let next = match next {
                Some(next) => Some(next),
                None => self.retreat(floor)?,
            };
            match next {
                Some(next) => (op, at) = next,
                None => return Ok(None),
            }
        }
    }

    /// The last other way, with everything since undone.
    fn retreat(&mut self, floor: usize) -> Result<Option<(usize, usize)>, EvalError> {
        while self.stack.len() > floor {
            self.pay()?;
            match self.stack.pop() {
                None => break,
                Some(Back::Slot { slot, old }) => self.set_slot(slot, old),
                Some(Back::Round { round, old }) => self.set_round(round, old),
                Some(Back::Way { op, at }) => return Ok(Some((op, at))),
                Some(Back::Less { op, at, least }) => {
                    let at = at - self.width_before(at);
                    if at > least {
                        self.push(Back::Less { op, at, least })?;
                    }
                    return Ok(Some((op + 2, at)));
                }
                Some(Back::More { op, at, left }) => {
                    if let Some(moved) = self.step(op + 1, at, false) {
                        if left > 1 {
                            self.push(Back::More { op, at: moved, left: left - 1 })?;
                        }
                        return Ok(Some((op + 2, moved)));
                    }
                }
            }
        }
        Ok(None)
    }

    /// A run of one kind of character, taken by the operation behind `op`.
    fn many(
        &mut self,
        op: usize,
        start: usize,
        (least, most): (u32, u32),
        greedy: bool,
    ) -> Result<Option<(usize, usize)>, EvalError> {
        let (mut at, mut count, mut needed) = (start, 0, start);
        let wanted = if greedy { most } else { least };
        while count < wanted {
            self.pay()?;
            let Some(moved) = self.step(op + 1, at, false) else { break };
            at = moved;
            count += 1;
            if count == least {
                needed = at;
            }
        }
        if count < least {
            return Ok(None);
        }
        if greedy && at > needed {
            self.push(Back::Less { op, at, least: needed })?;
        } else if !greedy && most > least {
            self.push(Back::More { op, at, left: most - least })?;
        }
        Ok(Some((op + 2, at)))
    }

    /// Behind the character at `at`, if the operation takes it.
    fn step(&self, op: usize, at: usize, back: bool) -> Option<usize> {
        let (code, moved) = self.character(at, back)?;
        let fits = match self.program.ops.get(op)? {
            Op::Char { code: wanted, .. } if self.flags.ignore_case => fold(code, self.flags.unicode) == *wanted,
            Op::Char { code: wanted, .. } => code == *wanted,
            Op::Set { set, .. } => self.program.sets.get(*set)?.has(code, self.flags),
            _ => false,
        };
        fits.then_some(moved)
    }

    /// The character at `at`, or before it, and where it ends.
    fn character(&self, at: usize, back: bool) -> Option<(u32, usize)> {
        let (start, width, moved) = if back {
            let width = self.width_before(at);
            let start = at.checked_sub(width)?;
            (start, width, start)
        } else {
            let width = if self.flags.unicode { width(self.text, at) } else { 1 };
            (at, width, at + width)
        };
        let first = u32::from(*self.text.get(start)?);
        if width == 1 {
            return Some((first, moved));
        }
        let second = u32::from(*self.text.get(start + 1)?);
        Some((0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00), moved))
    }

    fn width_before(&self, at: usize) -> usize {
        let pair = self.flags.unicode && at >= 2 && width(self.text, at - 2) == 2;
        if pair { 2 } else { 1 }
    }

    fn look(&mut self, op: usize, at: usize, negated: bool) -> Result<bool, EvalError> {
        let floor = self.stack.len();
        let before = self.slots.clone();
        self.budget.allocate(before.len() * 8, self.span)?;
        let found = self.run(op, at)?.is_some();
        self.stack.truncate(floor);
        if negated || !found {
            self.slots = before;
            return Ok(found != negated);
        }
        // Its groups stay, until somebody goes back before it.
        for (slot, old) in before.into_iter().enumerate() {
            if self.slots.get(slot) != Some(&old) {
                self.push(Back::Slot { slot, old })?;
            }
        }
        Ok(true)
    }

    /// Behind the text that a group has, if it stands here.
    fn again(&mut self, group: usize, at: usize, back: bool) -> Result<Option<usize>, EvalError> {
        let slot = |index: usize| self.slots.get(index).copied().unwrap_or(NOWHERE);
        let (start, end) = (slot(2 * group), slot(2 * group + 1));
        if start == NOWHERE || end == NOWHERE {
            return Ok(Some(at));
        }
        let length = end.saturating_sub(start);
        self.budget.spend(length / 16, self.span)?;
        let from = if back { at.checked_sub(length) } else { Some(at) };
        let Some(from) = from.filter(|from| from + length <= self.text.len()) else { return Ok(None) };
        let same = (0..length).all(|index| match (self.text.get(start + index), self.text.get(from + index)) {
            (Some(a), Some(b)) if self.flags.ignore_case => {
                let unicode = self.flags.unicode;
                a == b || fold(u32::from(*a), unicode) == fold(u32::from(*b), unicode)
            }
            (a, b) => a == b,
        });
        Ok(same.then_some(if back { from } else { from + length }))
    }

    fn is_line_end(&self, at: usize) -> bool {
        matches!(self.text.get(at), Some(0xa | 0xd | 0x2028 | 0x2029))
    }

    fn keep(&mut self, slot: usize, value: usize) -> Result<(), EvalError> {
        let old = self.slots.get(slot).copied().unwrap_or(NOWHERE);
        if old != value {
            self.push(Back::Slot { slot, old })?;
            self.set_slot(slot, value);
        }
        Ok(())
    }

    fn set_slot(&mut self, slot: usize, value: usize) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = value;
        }
    }

    fn set_round(&mut self, round: usize, value: usize) {
        if let Some(place) = self.rounds.get_mut(round) {
            *place = value;
        }
    }

    fn push(&mut self, back: Back) -> Result<(), EvalError> {
        if self.stack.len() >= self.paid {
            self.budget.allocate(PAGE * size_of::<Back>(), self.span)?;
            self.paid += PAGE;
        }
        self.stack.push(back);
        Ok(())
    }

    fn pay(&mut self) -> Result<(), EvalError> {
        if self.credit == 0 {
            self.budget.spend(1, self.span)?;
            self.credit = OPERATIONS;
        }
        self.credit -= 1;
        Ok(())
    }
}

/// Units of the character at `at`.
pub(super) fn width(text: &[u16], at: usize) -> usize {
    let high = matches!(text.get(at), Some(0xd800..=0xdbff));
    if high && matches!(text.get(at + 1), Some(0xdc00..=0xdfff)) { 2 } else { 1 }
}

/// No position.
const NOWHERE: usize = usize::MAX;
/// Entries of the stack that are paid for at once.
const PAGE: usize = 64;
/// Operations that one step of the budget pays for.
const OPERATIONS: u32 = 16;

//! The tree of a pattern to a list of operations.

use super::Flags;
use super::fold::fold;
use super::set::Set;
use super::syntax::Node;
use alloc::{string::String, vec::Vec};

/// What to do next. Positions are indexes into the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Op {
    /// One character that moves the position, to the back when reading behind.
    Char {
        code: u32,
        back: bool,
    },
    Set {
        set: usize,
        back: bool,
    },
    /// As many characters of what the next operation takes as there are, or as few.
    Many {
        least: u32,
        most: u32,
        greedy: bool,
    },
    Start,
    End,
    Edge(bool),
    /// Tries `first`, then `second`.
    Split {
        first: usize,
        second: usize,
    },
    Jump(usize),
    /// Keeps the position in a slot.
    Keep(usize),
    /// Forgets the groups of this range.
    Forget(usize, usize),
    /// Keeps where a round began, and fails a round that did not move.
    Round(usize),
    Moved(usize),
    /// What follows up to `Done`, without moving; then goes on at `behind`.
    Look {
        negated: bool,
        behind: usize,
    },
    Again {
        group: usize,
        back: bool,
    },
    Done,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Program {
    pub(super) ops: Vec<Op>,
    pub(super) sets: Vec<Set>,
    pub(super) groups: usize,
    pub(super) rounds: usize,
}

pub(super) fn compile(node: &Node, groups: usize, flags: Flags) -> Result<Program, String> {
    let program = Program { ops: Vec::new(), sets: Vec::new(), groups, rounds: 0 };
    let mut compiler = Compiler { program, flags };
    compiler.node(node, false)?;
    compiler.add(Op::Done)?;
    Ok(compiler.program)
}

struct Compiler {
    program: Program,
    flags: Flags,
}

impl Compiler {
    fn node(&mut self, node: &Node, back: bool) -> Result<(), String> {
        match node {
            Node::Empty => Ok(()),
            Node::Char(_) | Node::Set(_) => self.single(node, back),
            Node::Start => self.add(Op::Start),
            Node::End => self.add(Op::End),
            Node::Edge(inside) => self.add(Op::Edge(*inside)),
            Node::Sequence(nodes) if back => nodes.iter().rev().try_for_each(|node| self.node(node, back)),
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.node(node, back)),
            Node::Choice(choices) => self.choice(choices, back),
            Node::Group(number, inner) => {
                let (first, last) = if back { (2 * number + 1, 2 * number) } else { (2 * number, 2 * number + 1) };
                self.add(Op::Keep(first))?;
                self.node(inner, back)?;
                self.add(Op::Keep(last))
            }
            Node::Repeat { node, least, most, greedy, groups } => {
                if !back && matches!(**node, Node::Char(_) | Node::Set(_)) {
                    self.add(Op::Many { least: *least, most: most.unwrap_or(u32::MAX), greedy: *greedy })?;
                    return self.single(node, back);
                }
                self.repeat(node, (*least, *most), *greedy, *groups, back)
            }
            Node::Look { node, ahead, negated } => {
                let look = self.here();
                self.add(Op::Look { negated: *negated, behind: 0 })?;
                self.node(node, !ahead)?;
                self.add(Op::Done)?;
                let behind = self.here();
                self.set(look, Op::Look { negated: *negated, behind });
                Ok(())
            }
            Node::Again(group) => self.add(Op::Again { group: *group, back }),
        }
    }

    fn single(&mut self, node: &Node, back: bool) -> Result<(), String> {
        match node {
            Node::Char(code) if self.flags.ignore_case => {
                self.add(Op::Char { code: fold(*code, self.flags.unicode), back })
            }
            Node::Char(code) => self.add(Op::Char { code: *code, back }),
            Node::Set(set) => {
                let index = self.program.sets.iter().position(|other| other == set).unwrap_or_else(|| {
                    self.program.sets.push(set.clone());
                    self.program.sets.len() - 1
                });
                self.add(Op::Set { set: index, back })
            }
            _ => Ok(()),
        }
    }

    fn choice(&mut self, choices: &[Node], back: bool) -> Result<(), String> {
        let mut ends = Vec::new();
        for (index, choice) in choices.iter().enumerate() {
            if index + 1 == choices.len() {
                self.node(choice, back)?;
                break;
            }
            let split = self.here();
            self.add(Op::Jump(0))?;
            self.node(choice, back)?;
            ends.push(self.here());
            self.add(Op::Jump(0))?;
            let second = self.here();
            self.set(split, Op::Split { first: split + 1, second });
        }
        let end = self.here();
        ends.into_iter().for_each(|jump| self.set(jump, Op::Jump(end)));
        Ok(())
    }

    /// Copies what must be there; what may be there is tried by splits.
    fn repeat(
        &mut self,
        node: &Node,
        (least, most): (u32, Option<u32>),
        greedy: bool,
        groups: (usize, usize),
        back: bool,
    ) -> Result<(), String> {
        for _ in 0..least {
            self.round(node, groups, back)?;
        }
        let split = |first: usize, second: usize| match greedy {
            true => Op::Split { first, second },
            false => Op::Split { first: second, second: first },
        };
        match most {
            None => {
                let start = self.here();
                self.add(Op::Jump(0))?;
                self.optional(node, groups, back)?;
                self.add(Op::Jump(start))?;
                let end = self.here();
                self.set(start, split(start + 1, end));
            }
            Some(most) => {
                let mut splits = Vec::new();
                for _ in least..most {
                    splits.push(self.here());
                    self.add(Op::Jump(0))?;
                    self.optional(node, groups, back)?;
                }
                let end = self.here();
                splits.into_iter().for_each(|at| self.set(at, split(at + 1, end)));
            }
        }
        Ok(())
    }

    /// A round that may be left out: one that does not move is none.
    fn optional(&mut self, node: &Node, groups: (usize, usize), back: bool) -> Result<(), String> {
        let round = self.program.rounds;
        self.program.rounds += 1;
        self.add(Op::Round(round))?;
        self.round(node, groups, back)?;
        self.add(Op::Moved(round))
    }

    fn round(&mut self, node: &Node, (first, end): (usize, usize), back: bool) -> Result<(), String> {
        if first < end {
            self.add(Op::Forget(first, end))?;
        }
        self.node(node, back)
    }

    fn here(&self) -> usize {
        self.program.ops.len()
    }

    fn set(&mut self, at: usize, op: Op) {
        if let Some(place) = self.program.ops.get_mut(at) {
            *place = op;
        }
    }

    fn add(&mut self, op: Op) -> Result<(), String> {
        if self.program.ops.len() >= LARGEST {
            return Err("the regular expression is too large".into());
        }
        self.program.ops.push(op);
        Ok(())
    }
}

/// Operations that a pattern may become.
const LARGEST: usize = 4_000;

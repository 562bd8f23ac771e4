//! Programs: sections of instructions in arenas, spans beside them.

use super::{
    Activity, AfterCollect, AfterDial, BlockId, Choice, DialPlan, Instruction, InstructionId, Op, PlanId, Screening,
    ScreeningSource, SectionId,
};
use crate::span::Span;
use crate::time::Millis;
use alloc::{string::String, vec::Vec};

/// A document's meaning.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Named lists of instructions, in document order.
    pub sections: Vec<Section>,
    /// Where the call begins.
    pub entry: Option<SectionId>,
    /// Rules that hold for the whole document.
    pub policy: Policy,
    blocks: Vec<Block>,
    instructions: Vec<Instruction>,
    spans: Vec<Span>,
    plans: Vec<DialPlan>,
}

/// A named list of instructions.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// Its instructions.
    pub body: BlockId,
}

/// A list of instructions, run one after another.
pub type Block = Vec<InstructionId>;

/// Rules that hold for the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// SIP status for a caller who is still unanswered when the instructions are used up.
    pub unanswered_end: u16,
    /// SIP status for a caller whose document cannot be fetched or is refused.
    pub refused: u16,
    /// How many jumps a call may make.
    pub goto_budget: Option<GotoBudget>,
    /// Names of the instructions that are kept of a reply to a hook while somebody is screened; all without.
    pub screening_keeps: Option<&'static [&'static str]>,
    /// How long the platform lets anybody ring, whatever the document says.
    pub ring_window: Option<Millis>,
}

/// How many jumps a call may make (SWML: 32, or 8 without caller interaction).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GotoBudget {
    /// In the whole call.
    pub total: u32,
    /// Without anything the caller or a callee did in between.
    pub silent: u32,
}

impl Program {
    /// Adds an instruction.
    pub fn instruction(&mut self, instruction: Instruction, span: Span) -> InstructionId {
        self.instructions.push(instruction);
        self.spans.push(span);
        InstructionId(self.instructions.len() as u32 - 1)
    }

    /// Adds a block.
    pub fn block(&mut self, block: Block) -> BlockId {
        self.blocks.push(block);
        BlockId(self.blocks.len() as u32 - 1)
    }

    /// Fills a block that was added before its instructions were known.
    pub fn replace_block(&mut self, id: BlockId, block: Block) {
        if let Some(slot) = self.blocks.get_mut(id.0 as usize) {
            *slot = block;
        }
    }

    /// Adds a dial plan.
    pub fn plan(&mut self, plan: DialPlan) -> PlanId {
        self.plans.push(plan);
        PlanId(self.plans.len() as u32 - 1)
    }

    /// The instructions of a block; none for an id of another program.
    #[must_use]
    pub fn body(&self, id: BlockId) -> &[InstructionId] {
        self.blocks.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// An instruction.
    #[must_use]
    pub fn get(&self, id: InstructionId) -> Option<&Instruction> {
        self.instructions.get(id.0 as usize)
    }

    /// The activity that an instruction begins, at once or beside the talk of its dial.
    #[must_use]
    pub fn activity(&self, id: InstructionId) -> Option<&Activity> {
        match &self.get(id)?.op {
            Op::Begin(activity) => Some(activity),
            Op::Dial(plan) => self.dial_plan(*plan)?.beside.as_ref(),
            _ => None,
        }
    }

    /// Where an instruction stands.
    #[must_use]
    pub fn span(&self, id: InstructionId) -> Span {
        self.spans.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// A dial plan.
    #[must_use]
    pub fn dial_plan(&self, id: PlanId) -> Option<&DialPlan> {
        self.plans.get(id.0 as usize)
    }

    /// A section.
    #[must_use]
    pub fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.get(id.0 as usize)
    }

    /// The section called `name`.
    #[must_use]
    pub fn find_section(&self, name: &str) -> Option<SectionId> {
        self.sections.iter().position(|s| s.name == name).map(|i| SectionId(i as u32))
    }

    /// All instructions with their spans, in the order of lowering.
    pub fn instructions(&self) -> impl Iterator<Item = (InstructionId, &Instruction, Span)> {
        self.instructions
            .iter()
            .zip(&self.spans)
            .enumerate()
            .map(|(i, (instruction, span))| (InstructionId(i as u32), instruction, *span))
    }

    /// The label `name` at the top of `block`: where it stands in it.
    #[must_use]
    pub fn find_label(&self, block: BlockId, name: &str) -> Option<usize> {
        self.body(block)
            .iter()
            .position(|id| matches!(self.get(*id), Some(Instruction { op: Op::Label(label), .. }) if label == name))
    }

    /// The blocks that an instruction owns.
    #[must_use]
    pub fn owned_blocks(&self, op: &Op) -> Vec<BlockId> {
        let mut blocks = Vec::new();
        let mut choice = |choice: &Choice| match choice {
            Choice::Switch(switch) => {
                blocks.extend(switch.cases.iter().map(|(_, block)| *block));
                blocks.extend(switch.default);
            }
            Choice::Cond(cond) => {
                blocks.extend(cond.arms.iter().map(|(_, block)| *block));
                blocks.extend(cond.otherwise);
            }
        };
        match op {
            Op::Choose(one) => choice(one),
            Op::Execute { on_return, result, .. } => {
                result.iter().for_each(&mut choice);
                blocks.extend(*on_return);
            }
            Op::Dial(plan) => {
                if let Some(plan) = self.dial_plan(*plan) {
                    if let AfterDial::Variables { result: Some(result), .. } = &plan.after {
                        choice(result);
                    }
                    for branch in plan.groups.iter().flat_map(|group| &group.branches) {
                        if let Some(Screening { source: ScreeningSource::Block(block), .. }) = branch.screening {
                            blocks.push(block);
                        }
                    }
                }
            }
            Op::Collect(collect) => {
                if let AfterCollect::Choose(Some(result)) = &collect.after {
                    choice(result);
                }
            }
            Op::Begin(activity) => activity.result.iter().for_each(&mut choice),
            Op::Request(_)
            | Op::SendDigits { .. }
            | Op::Stop { .. }
            | Op::Adjust { .. }
            | Op::Message(_)
            | Op::UserEvent(_)
            | Op::Answer { .. }
            | Op::Hangup { .. }
            | Op::Play(_)
            | Op::Pause { .. }
            | Op::Set(_)
            | Op::Unset(_)
            | Op::Transfer { .. }
            | Op::Return(_)
            | Op::Goto { .. }
            | Op::Label(_)
            | Op::Redirect { .. } => {}
        }
        blocks
    }
}

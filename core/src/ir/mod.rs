//! What a document means, once its dialect no longer matters.
//!
//! A [`Program`] is a set of named sections. A section is a [`Block`]: a list of instructions run
//! one after another; an instruction may own further blocks (the arms of a condition, a result).
//! Instructions live in one arena with their spans beside them, so that meaning and position stay
//! apart. Texts that may hold placeholders are [`Template`]s and are evaluated when their
//! instruction runs, never before.
//!
//! Everything that dials is one [`DialPlan`]: a hunt (groups in order) of ring groups (branches at
//! once). Where platforms differ while running, the difference is a field here, chosen by the
//! dialect: [`Race`], [`AnswerWhen`], [`AfterDial`], [`Precondition`], [`Policy`].

mod dial;
mod dump;

pub use dial::{
    AfterDial, AnswerWhen, Branch, Capture, Deciding, DialPlan, EarlyMedia, LegChange, LegWatch, Race, RingGroup, Screening,
    ScreeningSource, Words,
};

use crate::expr::{Expr, Template};
use crate::span::Span;
use crate::value::Value;
use alloc::{string::String, vec::Vec};

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub u32);
    )*};
}

index! {
    /// An instruction in its program's arena.
    InstructionId,
    /// A block in its program's arena.
    BlockId,
    /// A section in its program.
    SectionId,
    /// A dial plan in its program.
    PlanId
}

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
}

/// How many jumps a call may make (SWML: 32, or 8 without caller interaction).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GotoBudget {
    /// In the whole call.
    pub total: u32,
    /// Without anything the caller or a callee did in between.
    pub silent: u32,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// What must hold before it runs.
    pub precondition: Precondition,
    /// The vendor's name of it, for traces.
    pub name: &'static str,
    /// What it does.
    pub op: Op,
}

/// What an instruction asks of the caller's leg before it runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precondition {
    /// Nothing.
    #[default]
    None,
    /// An audio path: an unanswered caller is answered.
    Answered,
    /// An audio path: an unanswered caller gets early media.
    EarlyMedia,
    /// An answered call: skipped otherwise.
    OnlyAnswered,
    /// An unanswered call: skipped otherwise.
    OnlyUnanswered,
}

/// What a step does.
#[derive(Clone, Debug)]
pub enum Op {
    /// Answer the caller.
    Answer {
        /// Talk limit of the whole call.
        max_duration: Option<Template>,
    },
    /// End the call: hang up, or reject when unanswered.
    Hangup {
        /// `hangup`, `busy`, `decline` …, when the document says one.
        reason: Option<Template>,
        /// Statuses for an unanswered caller by reason; the first is the default.
        statuses: &'static [(&'static str, u16)],
        /// Headers of the BYE.
        headers: Vec<(String, Template)>,
    },
    /// Play clips one after another.
    Play(Play),
    /// Prompt for keys.
    Collect(Collect),
    /// Wait; `None` is for ever.
    Pause {
        /// Milliseconds per unit of `length`.
        unit_ms: u32,
        /// How long; negative is for ever.
        length: Template,
    },
    /// Dial, bridge, and go on when it is over.
    Dial(PlanId),
    /// Set variables, in order.
    Set(Vec<(String, Data)>),
    /// Forget variables.
    Unset(Vec<String>),
    /// Run the block whose key equals a variable.
    Switch(Switch),
    /// Run the block of the first true condition.
    Cond(Cond),
    /// Call a section, come back.
    Execute {
        /// Which one.
        target: Target,
        /// Its `params`.
        params: Data,
        /// Run after it came back.
        on_return: Option<BlockId>,
        /// Run after it came back with a value.
        result: Option<Choice>,
    },
    /// Go to a section, never come back.
    Transfer {
        /// Which one.
        target: Target,
        /// Its `params`.
        params: Data,
    },
    /// Leave the section with a value; at the top, end.
    Return(Option<Data>),
    /// Jump to a label of the same section.
    Goto {
        /// Its name.
        label: Template,
        /// Only when this is true.
        when: Option<Condition>,
        /// How often, per label; counted over all jumps to it.
        max: u32,
    },
    /// A place to jump to.
    Label(String),
    /// Ask for a new document and run it instead.
    Redirect {
        /// Whom.
        hook: HookPlan,
        /// When the reply is empty: the next instruction instead of the end.
        empty_continues: bool,
    },
}

/// Clips one after another.
#[derive(Clone, Debug)]
pub struct Play {
    /// What to play.
    pub clips: Vec<ClipPlan>,
    /// How often; `None` is for ever.
    pub times: Option<u32>,
    /// Loudness change in dB.
    pub volume: Option<Template>,
}

/// Prompt for keys.
#[derive(Clone, Debug)]
pub struct Collect {
    /// What is played first; a key stops it.
    pub prompt: Option<Play>,
    /// How many keys are enough.
    pub most: Template,
    /// Keys that end the input and do not belong to it.
    pub terminators: Template,
    /// Seconds to wait for the first key, once the prompt is over.
    pub first_key: Template,
    /// Seconds to wait for each further key.
    pub next_key: Template,
    /// What goes into which variables.
    pub words: &'static CollectWords,
    /// Chosen by the result.
    pub result: Option<Choice>,
}

/// The words that a platform puts into variables after collecting.
#[derive(Debug)]
pub struct CollectWords {
    /// Variables that receive what happened.
    pub result: &'static [&'static str],
    /// Variables that receive the keys.
    pub value: &'static [&'static str],
    /// Variable that receives the terminator.
    pub terminator: &'static str,
    /// Keys came.
    pub keys: &'static str,
    /// Nothing came.
    pub nothing: &'static str,
}

/// A clip whose words may hold placeholders.
#[derive(Clone, Debug)]
pub struct ClipPlan {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ClipKind,
}

/// What a clip is.
#[derive(Clone, Debug)]
pub enum ClipKind {
    /// A play URI: `say:…`, `silence:…`, `ring:…`, or an audio address.
    Uri {
        /// The URI.
        uri: Template,
        /// Speech parameters.
        voice: Voice,
    },
    /// Words to be said.
    Say {
        /// The words.
        text: Template,
        /// Speech parameters.
        voice: Voice,
    },
    /// An audio address, perhaps relative to the document.
    Audio(Template),
}

/// Speech parameters; each may hold placeholders.
#[derive(Clone, Debug, Default)]
pub struct Voice {
    /// The voice.
    pub voice: Option<Template>,
    /// The language.
    pub language: Option<Template>,
}

/// A value with placeholders anywhere inside.
#[derive(Clone, Debug)]
pub enum Data {
    /// No placeholders.
    Literal(Value),
    /// A text with placeholders.
    Text(Template),
    /// A list.
    Array(Vec<Data>),
    /// Named values.
    Object(Vec<(String, Data)>),
}

impl Data {
    /// No value.
    pub const NULL: Data = Data::Literal(Value::Null);
}

/// Run the block whose key equals a variable.
#[derive(Clone, Debug)]
pub struct Switch {
    /// The variable's path.
    pub variable: String,
    /// Where it stands.
    pub span: Span,
    /// Keys and blocks.
    pub cases: Vec<(String, BlockId)>,
    /// When nothing matches.
    pub default: Option<BlockId>,
}

/// Run the block of the first true condition.
#[derive(Clone, Debug)]
pub struct Cond {
    /// Conditions and blocks, in order.
    pub arms: Vec<(Condition, BlockId)>,
    /// When none is true.
    pub otherwise: Option<BlockId>,
}

/// A switch or a condition, where a document may give either.
#[derive(Clone, Debug)]
pub enum Choice {
    /// By key.
    Switch(Switch),
    /// By condition.
    Cond(Cond),
}

/// Something true or false.
#[derive(Clone, Debug)]
pub enum Condition {
    /// Parsed with the document.
    Expr {
        /// The expression.
        expr: Expr,
        /// The text as written.
        text: Template,
        /// Where it stands.
        span: Span,
    },
    /// Placeholders are filled in first, then the text is parsed.
    Text {
        /// The text.
        text: Template,
        /// Where it stands.
        span: Span,
    },
}

/// Where to go.
#[derive(Clone, Debug)]
pub enum Target {
    /// A section of the same document.
    Section(SectionId),
    /// A name or URL known when it runs.
    Named(Template),
}

/// A URL to ask or tell.
#[derive(Clone, Debug)]
pub struct HookPlan {
    /// The URL, perhaps relative to the document.
    pub url: Template,
    /// HTTP method.
    pub method: &'static str,
    /// Echoed in the request, where the platform does so.
    pub id: Option<String>,
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
        self.body(block).iter().position(
            |id| matches!(self.get(*id), Some(Instruction { op: Op::Label(label), .. }) if label == name),
        )
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
            Op::Switch(switch) => choice(&Choice::Switch(switch.clone())),
            Op::Cond(cond) => choice(&Choice::Cond(cond.clone())),
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
            Op::Collect(collect) => collect.result.iter().for_each(&mut choice),
            Op::Answer { .. }
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

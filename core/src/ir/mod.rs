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

mod activity;
mod dial;
mod dump;
mod program;

pub use activity::{Activity, ActivityKind, ActivityWords, MessagePlan, Then, WaitsFor};
pub use dial::{
    AfterDial, AnswerWhen, Branch, Capture, Deciding, DialPlan, EarlyMedia, LegChange, LegWatch, Race, RingGroup,
    Screening, ScreeningSource, Words,
};

pub use program::{Block, GotoBudget, Policy, Program, Section};

use crate::expr::{Expr, Template};
use crate::span::Span;
use crate::value::Value;
use alloc::{boxed::Box, string::String, vec::Vec};

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
        /// Codecs to take, in order.
        codecs: Vec<String>,
        /// Variable that receives how it went.
        result: Option<(&'static str, &'static str)>,
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
    /// Prompt for keys or speech.
    Collect(Box<Collect>),
    /// Send keys.
    SendDigits {
        /// Which.
        digits: Template,
        /// Variable that receives how it went.
        result: &'static str,
    },
    /// Ask a web server something.
    Request(Box<RequestPlan>),
    /// Begin something that goes on for a while.
    Begin(Box<Activity>),
    /// Stop what was begun.
    Stop {
        /// The vendor's name of what was begun.
        family: &'static str,
        /// Its name to the outside; the last one when absent.
        control_id: Option<Template>,
        /// Variable that receives `success` or `failed`, or what it is told to be.
        result: Option<(&'static str, &'static str, &'static str)>,
    },
    /// Tell what was begun to do something.
    Adjust {
        /// The vendor's name of what was begun.
        family: &'static str,
        /// What to do, in the platform's shape.
        action: Data,
    },
    /// Send a text message.
    Message(MessagePlan),
    /// Tell the client on the leg something.
    UserEvent(Data),
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
    /// Run one of several blocks.
    Choose(Choice),
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
    /// Told about it.
    pub status: Option<HookPlan>,
}

/// A request that the flow makes for itself.
#[derive(Clone, Debug)]
pub struct RequestPlan {
    /// HTTP method.
    pub method: String,
    /// Absolute URL.
    pub url: Template,
    /// Headers.
    pub headers: Vec<(String, Template)>,
    /// The body: a text as it is, anything else as JSON.
    pub body: Option<Data>,
    /// Seconds.
    pub timeout: Option<Template>,
    /// Keep the reply's JSON.
    pub save: bool,
    /// What goes into which variables.
    pub words: &'static RequestWords,
}

/// The words that a platform puts into variables after a request.
#[derive(Debug)]
pub struct RequestWords {
    /// Variable that receives the URL.
    pub url: &'static str,
    /// Variables that receive how it went.
    pub result: &'static [&'static str],
    /// There was a reply.
    pub success: &'static str,
    /// There was none.
    pub failed: &'static str,
    /// Variable that receives the status.
    pub code: &'static str,
    /// Variable that receives the headers, names in lower case.
    pub headers: &'static str,
    /// Variable that receives the body.
    pub body: &'static str,
    /// Variable that receives the body as JSON.
    pub json: &'static str,
}

/// Prompt for keys, for speech, or for either.
#[derive(Clone, Debug)]
pub struct Collect {
    /// Keys are wanted.
    pub keys: bool,
    /// Speech is wanted.
    pub speech: Option<SpeechPlan>,
    /// Told about it.
    pub status: Option<HookPlan>,
    /// What is played first.
    pub prompt: Option<Play>,
    /// What comes of keys while it plays.
    pub during: DuringPrompt,
    /// How many keys are enough; as many as come when absent.
    pub most: Option<Template>,
    /// Keys that end the input and do not belong to it.
    pub terminators: Template,
    /// How long to wait.
    pub patience: Patience,
    /// The words for what came, and the variables that receive it.
    pub words: &'static CollectWords,
    /// What comes next.
    pub after: AfterCollect,
}

/// What comes of keys while a prompt plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DuringPrompt {
    /// The first one stops it.
    Stops,
    /// They count, and it plays on.
    Counts,
    /// Nobody listens yet.
    Ignored,
}

/// How long to wait for keys, in seconds.
#[derive(Clone, Debug)]
pub enum Patience {
    /// Anew with each key; what came by then counts.
    EachKey {
        /// For the first key, once the prompt is over.
        first: Template,
        /// For each further key.
        next: Template,
    },
    /// Once, from the end of the prompt or the key that stops it.
    Once {
        /// How long; for ever when absent.
        limit: Option<Template>,
        /// Fewer keys are lost; without it, all are when the time is over.
        least: Option<u32>,
        /// For a further key, once there are `least`.
        next: Option<Template>,
    },
}

/// What comes after collecting.
#[derive(Clone, Debug)]
pub enum AfterCollect {
    /// The next instruction, or what is chosen by the result.
    Choose(Option<Choice>),
    /// A hook, whose reply replaces the instructions; the next instruction without one.
    Hook {
        /// Whom to ask.
        hook: Option<HookPlan>,
        /// It is asked although nothing came.
        also_nothing: bool,
        /// When the reply is empty: the next instruction instead of the end.
        empty_continues: bool,
        /// When there is no usable reply: the next instruction instead of the end.
        failure_continues: bool,
    },
}

/// How speech is recognised while prompting.
#[derive(Clone, Debug)]
pub struct SpeechPlan {
    /// What is ordered, by the contract's names.
    pub parameters: Vec<(&'static str, Data)>,
    /// An utterance that lasts longer than so many seconds is cut off.
    pub limit: Option<Template>,
    /// The first words stop the prompt.
    pub stops_prompt: bool,
}

/// The words that a platform puts into variables after collecting.
#[derive(Debug)]
pub struct CollectWords {
    /// Variables that receive what happened.
    pub result: &'static [&'static str],
    /// Variables that receive the keys.
    pub value: &'static [&'static str],
    /// Variables that receive the terminator.
    pub terminator: &'static [&'static str],
    /// Variables that receive how sure the recogniser is.
    pub confidence: &'static [&'static str],
    /// Keys came.
    pub keys: &'static str,
    /// Words came.
    pub speech: &'static str,
    /// Something was said that nobody understood.
    pub unclear: &'static str,
    /// Nothing came.
    pub nothing: &'static str,
    /// It could not be done.
    pub failed: &'static str,
}

impl CollectWords {
    /// Where nothing of it goes into variables; the words are still to be said.
    pub const UNKEPT: CollectWords = CollectWords {
        result: &[],
        value: &[],
        terminator: &[],
        confidence: &[],
        keys: "",
        speech: "",
        unclear: "",
        nothing: "",
        failed: "",
    };
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
    /// `male` or `female`, where the voice leaves it open.
    pub gender: Option<Template>,
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

//! What an agent is told: prompts, sections of prompts, contexts and their steps.

use super::language::FILLERS_BY_LANGUAGE;
use super::{LIST, is_line, objects};
use crate::dialect::schema::{Field, Form, Holds, Rule, Schema, field, required};

/// Numbers that steer how freely a model writes.
pub(super) const TOKENS: Field =
    field("max_tokens", Holds::Literal(&Holds::Integer(0.0, 4096.0))).default("256").says("Longest reply, in tokens.");
/// How freely.
pub(super) const TEMPERATURE: Field =
    field("temperature", Holds::Number(0.0, 1.5)).default("1").says("How freely it writes: 0 is always the same.");
/// From how many words it chooses.
pub(super) const TOP_P: Field =
    field("top_p", Holds::Number(0.0, 1.0)).default("1").says("Share of likely words that it chooses from.");
/// What speech it believes.
pub(super) const CONFIDENCE: Field = field("confidence", Holds::Number(0.0, 1.0))
    .default("0.6")
    .says("How sure the recogniser must be before it interrupts.");
/// Whether it comes to new things.
pub(super) const PRESENCE: Field =
    field("presence_penalty", Holds::Number(-2.0, 2.0)).default("0").says("Above 0 it turns to new topics sooner.");
/// Whether it repeats itself.
pub(super) const FREQUENCY: Field =
    field("frequency_penalty", Holds::Number(-2.0, 2.0)).default("0").says("Above 0 it repeats itself less.");
/// A prompt as a text.
pub(super) const TEXT: Field = field("text", Holds::Text).says("The prompt as a text.");
/// A prompt in sections.
pub(super) static POM: Field = field("pom", FILLED_SECTIONS).says("The prompt in sections.");
/// A prompt is one or the other.
pub(super) const TEXT_OR_POM: &[Rule] = &[Rule::One(&["text", "pom"])];

/// Sections, at least one.
static FILLED_SECTIONS: Holds = Holds::Sized(1, u16::MAX, &SECTIONS);
static SECTIONS: Holds = Holds::ListOf(&Holds::Object(&SECTION));
const FILLED_LIST: Holds = Holds::Sized(1, u16::MAX, &LIST);

/// The name of a step.
static STEP_NAME: Form = Form { noun: "a name other than `next`", fits: is_step_name };

fn is_step_name(text: &str) -> bool {
    text != "next" && is_line(text)
}

objects! {
    PROMPT = "prompt": "Who the agent is and what it does." [
        TEXT, POM, TOKENS, TEMPERATURE, TOP_P, CONFIDENCE, PRESENCE, FREQUENCY,
        field("contexts", Holds::Object(&CONTEXTS)).says("Stages of the conversation, each with its own steps; it begins with `default`."),
    ].rules(TEXT_OR_POM).tolerant();
    POST_PROMPT = "post_prompt": "What the report is to say." [
        TEXT, POM, TOKENS, TEMPERATURE, TOP_P, CONFIDENCE, PRESENCE, FREQUENCY,
    ].rules(TEXT_OR_POM).tolerant();
    SECTION = "pom": "A section of a prompt: a heading with a text, points, or both." [
        field("title", Holds::Sized(1, u16::MAX, &Holds::Text)).says("Heading."),
        field("body", Holds::Text).says("Text."),
        field("bullets", FILLED_LIST).says("Points."),
        field("subsections", FILLED_SECTIONS).says("Sections below this one."),
        field("numbered", Holds::Bool).says("Number the section."),
        field("numberedBullets", Holds::Bool).says("Number the points."),
    ].rules(&[Rule::Any(&["body", "bullets"])]);
    CONTEXTS = "contexts": "Stages of a conversation by name." [
        required("default", Holds::Object(&CONTEXT)).says("Where it begins."),
    ].rest(&Holds::Object(&CONTEXT));
    CONTEXT = "contexts": "A stage of a conversation." [
        required("steps", Holds::ListOf(&Holds::Object(&STEP))).says("Its steps, in order."),
        field("isolated", Holds::Literal(&Holds::Bool)).default("false").says("Forget what was said before."),
        field("enter_fillers", FILLERS_BY_LANGUAGE).says("Words on entering, by language."),
        field("exit_fillers", FILLERS_BY_LANGUAGE).says("Words on leaving, by language."),
        TEXT, POM,
    ].rules(&[Rule::Most(&["text", "pom"])]);
    STEP = "steps": "A step of a stage." [
        required("name", Holds::Like(&STEP_NAME)).says("Its name; `next` is taken."),
        TEXT, field("pom", SECTIONS).says("The prompt in sections."),
        field("step_criteria", Holds::Text).says("When it is done."),
        field("functions", LIST).says("Functions that may be called in it."),
        field("valid_contexts", LIST).says("Stages that may follow."),
        field("valid_steps", LIST).says("Steps that may follow."),
        field("skip_user_turn", Holds::Bool).default("false").says("Do not wait for the caller."),
        field("end", Holds::Literal(&Holds::Bool)).default("false").says("The conversation ends after it."),
    ].rules(TEXT_OR_POM);
}

//! The agent who talks to the caller.

use super::conduct::PARAMS;
use super::language::{HINT, LANGUAGE, MULTILINGUAL, PRONOUNCE};
use super::persona::{POST_PROMPT, PROMPT};
use super::swaig::SWAIG;
use super::{Method, URL, method, objects, variable};
use crate::dialect::schema::{Field, Holds, Schema, field, required};

/// What an agent knows at the start.
pub(super) const GLOBAL_DATA: Field = field("global_data", Holds::Map)
    .says("What the agent knows from the start: any object. Functions can read and change it.");
/// Where the report goes.
pub(super) const POST_PROMPT_URL: Field =
    field("post_prompt_url", URL).says("Where the report about the conversation is sent.");

objects! {
    AI = "ai": "Lets an agent talk with the caller until one of them ends it. The flow goes on when the agent stops." [
        required("prompt", Holds::Object(&PROMPT)).says("Who the agent is and what it does: an object with `text` or `pom`, never a bare text."),
        field("post_prompt", Holds::Object(&POST_PROMPT)).says("What to write into the report when the conversation is over: an object with `text` or `pom`."),
        POST_PROMPT_URL,
        field("params", Holds::Object(&PARAMS)).says("How the agent behaves."),
        field("SWAIG", Holds::Object(&SWAIG)).says("Functions that the agent may call."),
        field("languages", Holds::ListOf(&Holds::Object(&LANGUAGE))).says("Languages that the agent speaks."),
        field("multilingual", Holds::Object(&MULTILINGUAL)).says("Following the caller from one language into another."),
        field("hints", Holds::ListOf(&Holds::Either(&[Holds::Text, Holds::Object(&HINT)]))).says("Words that are likely to be said."),
        field("pronounce", Holds::ListOf(&Holds::Object(&PRONOUNCE))).says("Words that are to be spoken in another way."),
        GLOBAL_DATA,
    ];
}

pub(super) static METHODS: &[Method] =
    &[method(&AI).extension().sets(&[variable("ai_agents_global_data", "What the agent knew at the end.")])];

//! The agent that runs on Amazon's models.

use super::ai::{GLOBAL_DATA, POST_PROMPT_URL};
use super::conduct::{
    ATTENTION, HARD_STOP_PROMPT, HARD_STOP_TIME, IDLE_FILE, INACTIVITY, LISTENING_FILE, TALKING_FILE,
};
use super::persona::{CONFIDENCE, FREQUENCY, POM, PRESENCE, TEMPERATURE, TEXT, TEXT_OR_POM, TOKENS, TOP_P};
use super::property::ARGUMENTS;
use super::swaig::{ACTIONS, DEFAULTS, FOREACH};
use super::{Method, TEXTS, URL, method, objects};
use crate::dialect::schema::{Holds, Schema, field, required};

const VOICES: Holds = Holds::Word(&["tiffany", "matthew", "amy", "lupe", "carlos"]);
const VERBS: Holds = Holds::Word(&["GET", "POST", "PUT", "DELETE"]);

objects! {
    AMAZON_BEDROCK = "amazon_bedrock": "Lets an agent on Amazon's models talk with the caller until one of them ends it." [
        required("prompt", Holds::Object(&PROMPT)).says("Who the agent is and what it does: an object with `text` or `pom`."),
        field("post_prompt", Holds::Object(&POST_PROMPT)).says("What to write into the report when the conversation is over."),
        POST_PROMPT_URL,
        field("params", Holds::Object(&PARAMS)).says("How the agent behaves."),
        field("SWAIG", Holds::Object(&FUNCTIONS)).says("Functions that the agent may call."),
        GLOBAL_DATA,
    ];
    PROMPT = "prompt": "Who the agent is and what it does." [
        TEXT, POM, TOKENS, TEMPERATURE, TOP_P, CONFIDENCE, PRESENCE, FREQUENCY,
        field("voice_id", VOICES).default("matthew").says("Voice."),
    ].rules(TEXT_OR_POM).tolerant();
    POST_PROMPT = "post_prompt": "What the report is to say." [
        TEXT, POM, TOKENS, TEMPERATURE, TOP_P, CONFIDENCE, PRESENCE, FREQUENCY,
    ].rules(TEXT_OR_POM).tolerant();
    PARAMS = "params": "How the agent behaves." [
        ATTENTION, HARD_STOP_TIME, HARD_STOP_PROMPT, INACTIVITY, LISTENING_FILE, IDLE_FILE, TALKING_FILE,
    ].open().tolerant();
    FUNCTIONS = "SWAIG": "Functions that the agent may call." [
        field("functions", Holds::ListOf(&Holds::Object(&FUNCTION))).says("The functions."),
        DEFAULTS,
    ].tolerant();
    FUNCTION = "functions": "A function that the agent may call." [
        required("function", Holds::Text).says("Its name; `startup_hook`, `hangup_hook` and `summarize_conversation` are called by the platform."),
        required("description", Holds::Text).says("What it is for, for the model."),
        field("parameters", Holds::Object(&ARGUMENTS)).says("Its arguments."),
        field("active", Holds::Bool).default("true").says("It may be called."),
        field("meta_data", Holds::Map).says("Data that only functions of the same token see."),
        field("meta_data_token", Holds::Text).says("Which functions share their `meta_data`."),
        field("web_hook_url", URL).says("Where the call of the function is sent."),
        field("data_map", Holds::Object(&DATA_MAP)).says("What the platform does itself instead of asking a server."),
    ];
    DATA_MAP = "data_map": "What the platform does itself for a function." [
        field("expressions", Holds::ListOf(&Holds::Object(&EXPRESSION))).says("Patterns to compare with; the first that matches decides."),
        field("webhooks", Holds::ListOf(&Holds::Object(&WEBHOOK))).says("Requests to try; the first that succeeds decides."),
        field("output", Holds::Object(&OUTPUT)).says("What comes of it otherwise."),
    ];
    EXPRESSION = "expressions": "A pattern to compare with." [
        required("string", Holds::Text).says("The text that is compared."),
        required("pattern", Holds::Text).says("Regular expression."),
        required("output", Holds::Object(&OUTPUT)).says("What comes of it."),
    ];
    WEBHOOK = "webhooks": "A request." [
        required("url", Holds::Text).says("Where to."),
        field("method", VERBS).says("HTTP method."),
        field("headers", Holds::Map).says("Headers."),
        field("params", Holds::Map).says("What to send."),
        field("input_args_as_params", Holds::Bool).says("Send the function's arguments."),
        field("require_args", TEXTS).says("Arguments without which it is not sent."),
        field("error_keys", TEXTS).says("Fields of the reply that mean failure."),
        field("expressions", Holds::ListOf(&Holds::Object(&EXPRESSION))).says("Patterns to compare the reply with."),
        field("foreach", Holds::Object(&FOREACH)).says("Makes one text of a list in the reply."),
        field("output", Holds::Object(&OUTPUT)).says("What comes of it."),
    ];
    OUTPUT = "output": "What comes of a function." [
        field("response", Holds::Text).says("What the model is told."),
        field("action", ACTIONS).says("What is done."),
    ];
}

pub(super) static METHODS: &[Method] = &[method(&AMAZON_BEDROCK).extension()];

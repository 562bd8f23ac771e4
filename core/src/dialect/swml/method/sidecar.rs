//! The observer who listens while people talk.

use super::ai::GLOBAL_DATA;
use super::conduct::MODELS;
use super::live::SUMMARY_ACTION;
use super::persona::{POM, TEXT};
use super::property::PLAIN_ARGUMENTS;
use super::swaig::SERVERS;
use super::{LIST, Method, URL, method, objects};
use crate::dialect::schema::{Field, Holds, Rule, Schema, field, required};

const SIDES: Holds = Holds::Word(&["remote-caller", "local-caller"]);
const ENGINES: Holds = Holds::Word(&["deepgram", "google"]);
const HOOK: Field = field("web_hook_url", URL).says("Where the call of a function is sent.");
const USER: Field = field("web_hook_auth_user", Holds::Text).says("User name for `web_hook_url`.");
const PASSWORD: Field = field("web_hook_auth_password", Holds::Text).says("Password for `web_hook_url`.");

objects! {
    AI_SIDECAR = "ai_sidecar": "Lets an observer listen to the call and act beside it; the flow goes on at once. Not beside `live_transcribe`." [
        required("lang", Holds::Sized(1, u16::MAX, &Holds::Text)).says("Language that is spoken, such as `en-US`."),
        field("prompt", Holds::Either(&[Holds::Text, Holds::Object(&PROMPT)])).says("What the observer does: a text, or an object with `text`, `pom` or `file`."),
        field("model", MODELS).default("gpt-4o-mini").says("Language model."),
        field("direction", Holds::ListOf(&SIDES)).default("[remote-caller, local-caller]").says("Whom it hears."),
        field("customer_role", SIDES).default("remote-caller").says("Which of them is the customer."),
        field("url", URL).says("Where its events are sent."),
        field("SWAIG", Holds::Object(&FUNCTIONS)).says("Functions that it may call."),
        field("permissions", Holds::Object(&PERMISSIONS)).says("What functions may make it do."),
        GLOBAL_DATA,
        field("hints", Holds::Sized(1, u16::MAX, &LIST)).says("Words that are likely to be said."),
        field("params", Holds::Object(&PARAMS)).says("How it behaves."),
        field("action", SUMMARY_ACTION).says("Something to do once, such as a summary."),
    ];
    PROMPT = "prompt": "What the observer does." [
        TEXT, POM, field("file", Holds::Text).says("Name of a file with the prompt."),
    ].rules(&[Rule::One(&["text", "pom", "file"])]).tolerant();
    FUNCTIONS = "SWAIG": "Functions that the observer may call." [
        field("defaults", Holds::Object(&DEFAULT)).says("What functions do not say themselves."),
        field("functions", Holds::ListOf(&Holds::Object(&FUNCTION))).says("The functions."),
        SERVERS,
    ].tolerant();
    DEFAULT = "defaults": "What functions do not say themselves." [HOOK, USER, PASSWORD];
    FUNCTION = "functions": "A function that the observer may call." [
        required("function", Holds::Text).says("Its name."),
        field("description", Holds::Text).says("What it is for, for the model."),
        field("purpose", Holds::Text).says("Older name of `description`."),
        field("parameters", Holds::Object(&PLAIN_ARGUMENTS)).says("Its arguments."),
        HOOK, USER, PASSWORD,
    ];
    PERMISSIONS = "permissions": "What functions may make the observer do." [
        field("swaig_allow_swml", Holds::Bool).default("true").says("Run documents."),
        field("swaig_allow_settings", Holds::Bool).default("true").says("Change how it behaves."),
        field("swaig_set_global_data", Holds::Bool).default("true").says("Change what it knows."),
    ].tolerant();
    PARAMS = "params": "How the observer behaves." [
        field("idle_timeout_ms", Holds::Integer(50.0, 5000.0)).default("200").says("Milliseconds of silence before it thinks."),
        field("min_interval_ms", Holds::Integer(0.0, 60_000.0)).default("0").says("Milliseconds between two thoughts at least."),
        field("max_iters_per_tick", Holds::Integer(1.0, 20.0)).default("5").says("Function calls in one thought at most."),
        field("max_history_tokens", Holds::Integer(1000.0, 200_000.0)).default("8000").says("How much of the talk it remembers, in tokens."),
        field("act_on_channel", Holds::Bool).default("true").says("It may act on the call."),
        field("final_summary", Holds::Bool).default("false").says("Send a summary at the end."),
        field("ai_summary", Holds::Bool).default("false").says("Send summaries."),
        field("ai_summary_prompt", Holds::Text).says("What a summary is to be like."),
        field("summary_model", MODELS).default("gpt-4o-mini").says("Language model for summaries."),
        field("live_events", Holds::Bool).default("false").says("Send what was said at once, piece by piece."),
        field("verbose_utterances", Holds::Bool).default("false").says("Send more about every piece."),
        field("speech_engine", ENGINES).default("deepgram").says("Recogniser to use."),
        field("speech_timeout", Holds::Integer(0.0, 600_000.0)).says("Longest speech in one piece, in milliseconds."),
        field("vad_silence_ms", Holds::Integer(0.0, 60_000.0)).says("Milliseconds of silence that end a piece."),
        field("vad_thresh", Holds::Integer(0.0, 10_000.0)).says("How loud a sound must be to count as speech."),
        field("debug_level", Holds::Integer(0.0, 100.0)).default("0").says("How much the platform logs."),
        field("debug", Holds::Bool).default("false").says("Log more."),
        field("transcribe_prompt", Holds::Text).says("What the recogniser should know."),
    ].tolerant();
}

pub(super) static METHODS: &[Method] = &[method(&AI_SIDECAR).extension()];

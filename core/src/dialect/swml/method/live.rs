//! Speech that is written down or translated while it is spoken.

use super::{Method, URL, choice, event, is_line, method, objects, variable};
use crate::dialect::schema::{Field, Form, Holds, INTEGER, Schema, field, required};

const SIDES: Holds = Holds::Word(&["remote-caller", "local-caller"]);
const ENGINES: Holds = Holds::Word(&["deepgram", "google"]);

const DIRECTION: Field = required("direction", Holds::ListOf(&SIDES))
    .says("Whose speech: of the caller at the far end, of the near one, or both.");
const WEBHOOK: Field = field("webhook", Holds::Text).says("Where results are sent.");
const EVENTS: Field =
    field("live_events", Holds::Bool).default("false").says("Send what was said at once, piece by piece.");
const SUMMARY: Field = field("ai_summary", Holds::Bool).default("false").says("Send a summary at the end.");
const SUMMARY_PROMPT: Field = field("ai_summary_prompt", Holds::Text).says("What the summary is to be like.");
const SPEECH: Field = field("speech_timeout", Holds::Integer(1500.0, f32::INFINITY))
    .officially(INTEGER)
    .default("60000")
    .says("Longest speech in one piece, in milliseconds.");
const SILENCE: Field = field("vad_silence_ms", Holds::Integer(1.0, f32::INFINITY))
    .officially(INTEGER)
    .default("300, or 500 with `google`")
    .says("Milliseconds of silence that end a piece.");
const THRESHOLD: Field = field("vad_thresh", Holds::Integer(0.0, 1800.0))
    .officially(INTEGER)
    .default("400")
    .says("How loud a sound must be to count as speech.");
const DEBUG: Field =
    field("debug_level", Holds::Integer(0.0, 2.0)).officially(INTEGER).default("0").says("How much the platform logs.");
const ENGINE: Field = field("speech_engine", ENGINES).default("deepgram").says("Recogniser to use.");

const FILTERS: Holds = Holds::Either(&[
    Holds::Like(&PROMPT_FILTER),
    Holds::Word(&["polite", "rude", "professional", "shakespeare", "gen-z"]),
]);
/// A tone of one's own.
static PROMPT_FILTER: Form = Form { noun: "`prompt:…`", fits: is_prompt_filter };

fn is_prompt_filter(text: &str) -> bool {
    text.strip_prefix("prompt:").is_some_and(|rest| !rest.is_empty() && is_line(rest))
}

objects! {
    LIVE_TRANSCRIBE = "live_transcribe": "Writes down what is said while the flow goes on. One at a time, and not beside `ai_sidecar`." [
        required("action", TRANSCRIPTION).says("`start` with its parameters, `stop`, or `summarize`."),
    ];
    LIVE_TRANSLATE = "live_translate": "Translates what is said, in both directions, while the flow goes on." [
        required("action", TRANSLATION).says("`start` with its parameters, `stop`, `summarize`, or `inject` to say a text in translation."),
    ];
    TRANSCRIBE_STARTING = "start": "Begins." [required("start", Holds::Object(&TRANSCRIBE_START)).says("The parameters.")].tag("start");
    TRANSLATE_STARTING = "start": "Begins." [required("start", Holds::Object(&TRANSLATE_START)).says("The parameters.")].tag("start");
    SUMMARIZING = "summarize": "Sends a summary now." [required("summarize", Holds::Object(&SUMMARIZE)).says("The parameters.")].tag("summarize");
    INJECTING = "inject": "Says a text in translation." [required("inject", Holds::Object(&INJECT)).says("The parameters.")].tag("inject");
    TRANSCRIBE_START = "start": "How to write down." [
        required("lang", Holds::Text).says("Language that is spoken, such as `en`."),
        DIRECTION, WEBHOOK, EVENTS, SUMMARY, SUMMARY_PROMPT, SPEECH, SILENCE, THRESHOLD, DEBUG, ENGINE,
    ];
    TRANSLATE_START = "start": "How to translate." [
        required("from_lang", Holds::Text).says("Language of the far end."),
        required("to_lang", Holds::Text).says("Language of the near end."),
        DIRECTION,
        field("from_voice", Holds::Text).says("Voice for what is translated from `from_lang`, such as `elevenlabs.josh`."),
        field("to_voice", Holds::Text).says("Voice for what is translated to `to_lang`."),
        field("filter_from", FILTERS).says("Tone for one direction: `polite`, `rude`, `professional`, `shakespeare`, `gen-z` or `prompt:<description>`."),
        field("filter_to", FILTERS).says("Tone for the other direction."),
        WEBHOOK, EVENTS, SUMMARY, SUMMARY_PROMPT, SPEECH, SILENCE, THRESHOLD, DEBUG, ENGINE,
    ];
    SUMMARIZE = "summarize": "A summary." [
        field("webhook", Holds::Text).says("Where it is sent."),
        field("prompt", Holds::Text).says("What it is to be like."),
    ];
    INJECT = "inject": "A text to be said in translation." [
        required("message", Holds::Text).says("The text."),
        required("direction", SIDES).says("Who hears it."),
    ];
    TRANSCRIBE = "transcribe": "Writes down the whole call behind the flow; the text comes when it is over." [
        field("status_url", URL).says("Where the text is sent."),
    ];
    TRANSCRIBE_STOP = "transcribe_stop": "Ends `transcribe`." [];
}

static TRANSCRIPTION: Holds = Holds::Either(&[
    Holds::Word(&["stop", "summarize"]),
    Holds::Object(&TRANSCRIBE_STARTING),
    Holds::Object(&SUMMARIZING),
]);
static TRANSLATION: Holds = Holds::Either(&[
    Holds::Word(&["stop", "summarize"]),
    Holds::Object(&TRANSLATE_STARTING),
    Holds::Object(&SUMMARIZING),
    Holds::Object(&INJECTING),
]);
/// An action that only summarises.
pub(super) static SUMMARY_ACTION: Holds = Holds::Object(&SUMMARIZING);

pub(super) static METHODS: &[Method] = &[
    method(&LIVE_TRANSCRIBE),
    method(&LIVE_TRANSLATE).extension(),
    method(&TRANSCRIBE)
        .bare()
        .sets(&[
            choice("transcribe_result", &["success", "failed"], "Whether it was started."),
            variable("transcribe_control_id", "The name of this transcription."),
        ])
        .sends(&[event("calling.transcript.completed", "", &[]), event("calling.transcript.failed", "", &[])]),
    method(&TRANSCRIBE_STOP).bare().sets(&[choice(
        "transcribe_stop_result",
        &["success", "failed"],
        "Whether it was ended.",
    )]),
];

//! How an agent behaves.

use super::{LIST, URL, objects};
use crate::dialect::schema::{ANY, Field, Form, Holds, INTEGER, Schema, field, required};

/// The language models that the platform names; it takes others too.
pub(super) const MODELS: Holds = Holds::Text;
const LEVEL: Holds = Holds::Integer(-50.0, 50.0);
const UNIT: Holds = Holds::Number(0.0, 1.0);
const NORMALS: Holds = Holds::Either(&[
    Holds::Word(&["heard", "spoken", "both", "true", "on", "false", "off", "none"]),
    Holds::Placeholder,
]);
const SIDES: Holds = Holds::Either(&[Holds::Word(&["inbound", "outbound"]), Holds::Placeholder]);
const SUMMARIES: Holds = Holds::Either(&[Holds::Word(&["string", "original"]), Holds::Placeholder]);
const NUMBERS: Holds = Holds::Word(&["international", "national"]);
const FORMATS: Holds = Holds::Word(&["markdown", "xml"]);

/// A span of time in hours, minutes and seconds.
static SPAN: Form = Form { noun: "a time such as `1h30m` or `90s`", fits: is_span };

fn is_span(text: &str) -> bool {
    let mut rest = text;
    for unit in ['h', 'm', 's'] {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        if digits > 0 && rest.chars().nth(digits) == Some(unit) {
            rest = rest.get(digits + 1..).unwrap_or("");
        }
    }
    rest.is_empty()
}

/// When it looks after a silent caller.
pub(super) const ATTENTION: Field =
    field("attention_timeout", Holds::Either(&[Holds::Integer(10_000.0, 600_000.0), Holds::Integer(0.0, 0.0)]))
        .says("Milliseconds of silence after which the agent asks whether anybody is there; 0 never asks.");
/// When it must end.
pub(super) static HARD_STOP_TIME: Field =
    field("hard_stop_time", Holds::Like(&SPAN)).says("When the conversation must end, such as `1h30m` or `90s`.");
/// What it says then.
pub(super) const HARD_STOP_PROMPT: Field =
    field("hard_stop_prompt", Holds::Text).says("What the agent is told when that time has come.");
/// When it gives up.
pub(super) const INACTIVITY: Field = field("inactivity_timeout", Holds::Integer(10_000.0, 3_600_000.0))
    .default("600000")
    .says("Milliseconds of silence after which the agent stops.");
/// A picture that listens.
pub(super) const LISTENING_FILE: Field =
    field("video_listening_file", URL).says("Video shown while the agent listens.");
/// A picture that waits.
pub(super) const IDLE_FILE: Field = field("video_idle_file", URL).says("Video shown while nothing happens.");
/// A picture that talks.
pub(super) const TALKING_FILE: Field = field("video_talking_file", URL).says("Video shown while the agent talks.");

objects! {
    PARAMS = "params": "How the agent behaves. The platform has more parameters than these." [
        // Models.
        field("ai_model", MODELS).default("gpt-4o-mini").says("Language model."),
        field("utility_model", MODELS).says("Language model for side tasks."),
        field("thinking_model", MODELS).says("Language model for thinking."),
        field("vision_model", MODELS).says("Language model for pictures."),
        field("inner_dialog_model", MODELS).says("Language model for the inner dialogue."),
        field("openai_asr_engine", Holds::Text).default("deepgram:nova-3").says("Recogniser of speech."),
        field("max_response_tokens", Holds::Integer(1.0, 16_384.0)).says("Longest reply, in tokens."),
        // Who it is.
        field("ai_name", Holds::Text).default("computer").says("Name that wakes the agent."),
        field("app_name", Holds::Text).default("swml app").says("Name for reports."),
        field("conscience", Holds::Text).says("What the agent is reminded of when it leaves its role."),
        field("conversation_id", Holds::Text).says("Name under which the conversation goes on in another call."),
        field("conversation_sliding_window", INTEGER).says("Turns of the conversation that it remembers."),
        field("convo", Holds::ListOf(&Holds::Object(&MESSAGE))).says("What was said before."),
        field("direction", SIDES).says("Which way the call goes, where the agent is to think otherwise."),
        field("local_tz", Holds::Text).default("US/Central").says("Time zone of its clock."),
        field("languages_enabled", Holds::Bool).says("Let it use its languages."),
        field("pom_format", FORMATS).default("markdown").says("Form in which sections of a prompt are given to the model."),
        field("redact_prompt", Holds::Text).says("What to black out in reports."),
        // Beginning and end.
        field("static_greeting", Holds::Text).says("What is said first, word for word."),
        field("static_greeting_no_barge", Holds::Bool).default("false").says("The greeting cannot be interrupted."),
        field("wait_for_user", Holds::Bool).default("false").says("Let the caller speak first."),
        field("initial_sleep_ms", Holds::Integer(0.0, 300_000.0)).default("0").says("Milliseconds before the agent says anything."),
        field("start_paused", Holds::Bool).default("false").says("Begin silent until called by name."),
        field("enable_pause", Holds::Bool).default("false").says("The caller may send the agent to sleep and wake it by name."),
        field("speak_when_spoken_to", Holds::Bool).default("false").says("Speak only when called by name."),
        field("wake_prefix", Holds::Text).says("Words before the name that wakes it."),
        HARD_STOP_TIME, HARD_STOP_PROMPT, INACTIVITY, ATTENTION,
        field("attention_timeout_prompt", Holds::Text).says("What the agent is told when the caller is silent."),
        field("outbound_attention_timeout", Holds::Integer(10_000.0, 600_000.0)).default("120000").says("The same for calls that go out, in milliseconds."),
        field("transfer_summary", Holds::Bool).default("false").says("Tell the next agent what was said."),
        field("summary_mode", SUMMARIES).says("How the conversation is summed up."),
        field("save_conversation", Holds::Bool).says("Send a summary at the end."),
        // Hearing.
        field("end_of_speech_timeout", Holds::Integer(250.0, 10_000.0)).default("700").says("Milliseconds of silence that end what the caller says."),
        field("first_word_timeout", Holds::Integer(0.0, 10_000.0)).default("1000").says("Milliseconds to wait for the first word."),
        field("speech_event_timeout", Holds::Integer(0.0, 10_000.0)).default("1400").says("Milliseconds without news of the recogniser that end what the caller says."),
        field("speech_timeout", Holds::Integer(0.0, 600_000.0)).default("60000").says("Longest speech, in milliseconds."),
        field("energy_level", Holds::Number(0.0, 100.0)).default("52").says("How loud a sound must be to count as speech, in decibels."),
        field("input_poll_freq", Holds::Integer(1000.0, 10_000.0)).default("2000").says("Milliseconds between two looks for input."),
        field("enable_turn_detection", Holds::Bool).default("true").says("Notice by the words whether the caller is done."),
        field("turn_detection_timeout", Holds::Integer(0.0, 10_000.0)).default("250").says("Milliseconds to wait once they seem done."),
        field("vad_config", Holds::Text).says("How voice is told from noise."),
        field("asr_smart_format", Holds::Bool).says("Write numbers and dates as one writes them."),
        field("asr_diarize", Holds::Bool).says("Tell speakers apart."),
        field("asr_speaker_affinity", Holds::Bool).says("Listen to the first speaker only."),
        field("llm_diarize_aware", Holds::Bool).says("Tell the model who speaks."),
        field("auto_correct", Holds::Bool).default("false").says("Mend what was misheard."),
        field("enable_text_normalization", NORMALS).default("both").says("Whether numbers are written out in what is heard, spoken, or both."),
        field("digit_terminators", Holds::Text).says("Keys that end an input by keys."),
        field("digit_timeout", Holds::Integer(0.0, 30_000.0)).default("3000").says("Milliseconds to wait for the next key."),
        // Interrupting.
        field("enable_barge", Holds::Either(&[Holds::Text, Holds::Bool])).default("complete,partial").says("When the caller may interrupt."),
        field("barge_match_string", Holds::Text).says("What the caller must say to interrupt."),
        field("barge_min_words", Holds::Integer(1.0, 99.0)).says("Words the caller must say to interrupt."),
        field("barge_functions", Holds::Bool).default("true").says("Functions may be called while the caller interrupts."),
        field("acknowledge_interruptions", Holds::Bool).says("Let the agent notice that it was interrupted."),
        field("interrupt_on_noise", Holds::Bool).says("Noise interrupts too."),
        field("interrupt_prompt", Holds::Text).says("What the agent is told when it is interrupted."),
        field("transparent_barge", Holds::Bool).default("true").says("What an interrupting caller says belongs to what they said before."),
        field("transparent_barge_max_time", Holds::Integer(0.0, 60_000.0)).default("3000").says("For so many milliseconds."),
        // Speaking.
        field("ai_volume", LEVEL).default("0").says("Loudness of the agent."),
        field("background_file", URL).says("Sound behind the conversation."),
        field("background_file_loops", Holds::Either(&[INTEGER, Holds::Null])).says("How often it is repeated; for ever when not given."),
        field("background_file_volume", LEVEL).default("0").says("Its loudness."),
        field("hold_music", URL).says("Sound for a caller on hold."),
        field("hold_on_process", Holds::Bool).default("false").says("Hold the caller while the agent thinks."),
        field("max_emotion", Holds::Integer(1.0, 30.0)).default("30").says("How much feeling there may be in the voice."),
        field("eleven_labs_stability", UNIT).default("0.5").says("0 is lively, 1 is even; voices of ElevenLabs."),
        field("eleven_labs_similarity", UNIT).default("0.75").says("How close to the original voice; voices of ElevenLabs."),
        field("speech_gen_quick_stops", Holds::Integer(0.0, 10.0)).default("3").says("Sentences after which speech may stop early."),
        field("tts_number_format", NUMBERS).default("international").says("How telephone numbers are spoken."),
        field("turn_filler_sources", Holds::Either(&[Holds::Text, Holds::Placeholder])).default("spell,number").says("When it shows that it listens."),
        field("turn_filler_every_n", Holds::Integer(1.0, ANY)).default("1").says("At every so many pauses."),
        field("turn_filler_min_ms", Holds::Integer(0.0, ANY)).default("0").says("After so many milliseconds."),
        // Thinking.
        field("enable_thinking", Holds::Bool).default("false").says("Think before speaking."),
        field("enable_inner_dialog", Holds::Bool).default("false").says("A second voice thinks along."),
        field("inner_dialog_prompt", Holds::Text).says("What that voice is told."),
        field("inner_dialog_synced", Holds::Bool).default("false").says("Wait for it."),
        field("enable_vision", Holds::Bool).default("false").says("Look at the caller's video."),
        LISTENING_FILE, IDLE_FILE, TALKING_FILE,
        // Functions.
        field("function_wait_for_talking", Holds::Bool).default("false").says("Finish speaking before a function is called."),
        field("functions_on_no_response", Holds::Bool).default("false").says("Functions may be called when the caller is silent."),
        field("swaig_allow_settings", Holds::Bool).default("true").says("Functions may change how it behaves."),
        field("swaig_allow_swml", Holds::Bool).default("true").says("Functions may run documents."),
        field("swaig_set_global_data", Holds::Bool).default("true").says("Functions may change what it knows."),
        field("swaig_post_conversation", Holds::Bool).default("false").says("Functions are sent the conversation."),
        field("swaig_post_swml_vars", Holds::Either(&[Holds::Bool, LIST])).says("Functions are sent the flow's variables: all, or these."),
        field("persist_global_data", Holds::Bool).default("true").says("The next agent of the call knows the same."),
        field("cache_mode", Holds::Bool).default("false").says("Keep replies for the same questions."),
        field("enable_accounting", Holds::Bool).says("Count what is used."),
        // Finding mistakes.
        field("audible_debug", Holds::Bool).default("false").says("Hear what happens."),
        field("audible_latency", Holds::Bool).default("false").says("Hear how long it takes."),
        field("debug", Holds::Either(&[Holds::Bool, INTEGER])).says("Log more."),
        field("debug_webhook_url", URL).says("Where logs are sent."),
        field("debug_webhook_level", Holds::Integer(0.0, 2.0)).says("How much is sent there."),
        field("verbose_logs", Holds::Bool).default("false").says("Log everything."),
    ].open().tolerant();
    MESSAGE = "convo": "Something that was said." [
        required("role", ROLES).says("Who said it."),
        required("content", Holds::Text).says("What."),
        field("lang", Holds::Text).says("In which language."),
    ];
}

const ROLES: Holds = Holds::Word(&["user", "assistant", "system"]);

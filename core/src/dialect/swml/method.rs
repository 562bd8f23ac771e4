//! The methods and their parameters, as one table.

use crate::dialect::schema::{ANY, Field, Holds, Schema, field, no_effect, not_yet, required};

/// A method that steps may name.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) schema: &'static Schema,
    /// The parameter that a value which is no object stands for.
    pub(crate) first: Option<&'static str>,
    /// May be written as a bare string.
    pub(crate) bare: bool,
    /// Allowed while a callee is screened (`connect.confirm`).
    pub(crate) screens: bool,
}

const SECONDS: Holds = Holds::Integer(1.0, ANY);
const TEXTS: Holds = Holds::Either(&[Holds::Text, Holds::ListOf(&Holds::Text)]);
const RESULT: Holds = Holds::Either(&[Holds::Map, Holds::List]);

macro_rules! schemas {
    ($($name:ident = $method:literal [$($field:expr),* $(,)?];)*) => {
        $(static $name: Schema = Schema { name: $method, fields: &[$($field),*] };)*
    };
}

schemas! {
    ANSWER = "answer" [
        field("max_duration", Holds::Integer(7.0, ANY)),
        no_effect("codecs", "the host negotiates codecs"),
        not_yet("username"), not_yet("password"),
    ];
    HANGUP = "hangup" [field("reason", Holds::Word(&["hangup", "busy", "decline"]))];
    PLAY = "play" [
        field("url", TEXTS), field("urls", TEXTS),
        field("volume", Holds::Number(-40.0, 40.0)),
        field("auto_answer", Holds::Bool),
        field("say_voice", Holds::Text), field("say_language", Holds::Text), field("say_gender", Holds::Text),
        field("loop", Holds::Integer(0.0, ANY)),
        not_yet("status_url"),
    ];
    PROMPT = "prompt" [
        required("play", TEXTS),
        field("volume", Holds::Number(-40.0, 40.0)),
        field("say_voice", Holds::Text), field("say_language", Holds::Text), field("say_gender", Holds::Text),
        field("max_digits", Holds::Integer(1.0, ANY)), field("terminators", Holds::Text),
        field("digit_timeout", Holds::Number(0.0, ANY)), field("initial_timeout", Holds::Number(0.0, ANY)),
        field("result", RESULT),
        not_yet("speech_timeout"), not_yet("speech_end_timeout"), not_yet("speech_language"), not_yet("speech_hints"),
        not_yet("speech_engine"), not_yet("status_url"),
    ];
    SEND_DIGITS = "send_digits" [required("digits", Holds::Text)];
    REQUEST = "request" [
        required("url", Holds::Text),
        required("method", Holds::Word(&["GET", "POST", "PUT", "DELETE", "get", "post", "put", "delete"])),
        field("headers", Holds::Map), field("body", Holds::Either(&[Holds::Text, Holds::Map, Holds::List])),
        field("timeout", Holds::Number(0.0, ANY)), field("connect_timeout", Holds::Number(0.0, ANY)),
        field("save_variables", Holds::Bool),
    ];
    SLEEP = "sleep" [required("duration", Holds::Integer(-1.0, ANY))];
    EXECUTE = "execute" [
        required("dest", Holds::Text), field("params", Holds::Map), field("meta", Holds::Map),
        field("on_return", Holds::Any), field("result", RESULT),
    ];
    TRANSFER = "transfer" [required("dest", Holds::Text), field("params", Holds::Map), field("meta", Holds::Map)];
    RETURN = "return" [field("value", Holds::Any)];
    GOTO = "goto" [
        required("label", Holds::Text), field("when", Holds::Text), field("max", Holds::Integer(1.0, 100.0)),
    ];
    LABEL = "label" [required("label", Holds::Text)];
    SWITCH = "switch" [
        required("variable", Holds::Text), required("case", Holds::Map), field("default", Holds::Any),
    ];
    COND = "cond" [];
    IF = "if" [required("condition", Holds::Text), required("then", Holds::Any), field("else", Holds::Any)];
    SET = "set" [];
    UNSET = "unset" [required("vars", TEXTS)];
    CONNECT = "connect" [
        field("to", Holds::Text),
        field("serial", Holds::List), field("parallel", Holds::List), field("serial_parallel", Holds::ListOf(&Holds::List)),
        field("from", Holds::Text), field("from_name", Holds::Text),
        field("headers", RESULT),
        field("codecs", TEXTS),
        field("ringback", Holds::Either(&[Holds::Text, Holds::ListOf(&Holds::Text), Holds::Object(&PLAY)])),
        field("timeout", SECONDS), field("max_duration", SECONDS),
        field("answer_on_bridge", Holds::Bool),
        field("call_state_url", Holds::Text),
        field("call_state_events", Holds::ListOf(&Holds::Word(STATES))),
        field("status_url", Holds::Text),
        field("confirm", Holds::Either(&[Holds::Text, Holds::List])), field("confirm_timeout", SECONDS),
        field("result", RESULT),
        field("username", Holds::Text), field("password", Holds::Text),
        no_effect("webrtc_media", "the host offers plain RTP"),
        no_effect("session_timeout", "the host does not refresh sessions"),
        ENCRYPTION,
        not_yet("execute_after_queue"), not_yet("transfer_after_bridge"),
        not_yet("status_url_method"), not_yet("name"), not_yet("codec"), not_yet("realtime"),
        not_yet("authorization_bearer_token"), not_yet("custom_parameters"),
    ];
    DESTINATION = "destination" [
        required("to", Holds::Text),
        field("from", Holds::Text), field("from_name", Holds::Text),
        field("headers", RESULT),
        field("codecs", TEXTS),
        field("timeout", SECONDS),
        field("call_state_url", Holds::Text),
        field("call_state_events", Holds::ListOf(&Holds::Word(STATES))),
        field("confirm", Holds::Either(&[Holds::Text, Holds::List])), field("confirm_timeout", SECONDS),
        field("username", Holds::Text), field("password", Holds::Text),
        no_effect("webrtc_media", "the host offers plain RTP"),
        no_effect("session_timeout", "the host does not refresh sessions"),
        no_effect("fsvars", "these are FreeSWITCH variables"),
        ENCRYPTION,
        not_yet("status_url"), not_yet("status_url_method"), not_yet("name"), not_yet("codec"),
        not_yet("realtime"), not_yet("authorization_bearer_token"), not_yet("custom_parameters"),
    ];
}

const STATES: &[&str] = &["created", "ringing", "answered", "ended"];
const ENCRYPTION: Field = no_effect("encryption", "the host speaks plain RTP; `mandatory` cannot be kept");

/// The parameters of `connect`.
pub(super) static CONNECT_SCHEMA: &Schema = &CONNECT;
/// The parameters of a destination.
pub(super) static DESTINATION_SCHEMA: &Schema = &DESTINATION;
/// The parameters of `play`.
pub(super) static PLAY_SCHEMA: &Schema = &PLAY;

const fn method(schema: &'static Schema, first: Option<&'static str>, bare: bool, screens: bool) -> Method {
    Method { schema, first, bare, screens }
}

/// Methods that are run.
pub(crate) static METHODS: &[Method] = &[
    method(&ANSWER, Some("max_duration"), true, false),
    method(&HANGUP, Some("reason"), true, true),
    method(&PLAY, Some("url"), false, true),
    method(&PROMPT, Some("play"), false, true),
    method(&SEND_DIGITS, Some("digits"), false, true),
    method(&REQUEST, None, false, false),
    method(&SLEEP, Some("duration"), false, false),
    method(&CONNECT, None, false, false),
    method(&EXECUTE, Some("dest"), false, false),
    method(&TRANSFER, Some("dest"), false, false),
    method(&RETURN, Some("value"), true, false),
    method(&GOTO, Some("label"), false, false),
    method(&LABEL, Some("label"), false, false),
    method(&SWITCH, None, false, true),
    method(&COND, None, false, true),
    method(&IF, None, false, true),
    method(&SET, None, false, true),
    method(&UNSET, Some("vars"), false, true),
];

/// Methods that the platform knows and this version does not run.
pub(crate) static NOT_YET: &[&str] = &[
    "ai",
    "ai_sidecar",
    "amazon_bedrock",
    "denoise",
    "stop_denoise",
    "detect_machine",
    "echo",
    "enter_queue",
    "eval",
    "join_conference",
    "join_room",
    "live_transcribe",
    "live_translate",
    "pay",
    "receive_fax",
    "record",
    "record_call",
    "stop_record_call",
    "send_fax",
    "send_sms",
    "sip_refer",
    "stop_stream",
    "stream",
    "stop_tap",
    "tap",
    "transcribe",
    "transcribe_stop",
    "user_event",
    "dial",
    "bind_digit",
    "clear_digit_bindings",
    "execute_rpc",
];

/// Of these, the ones allowed while a callee is screened.
pub(crate) static SCREENS_NOT_YET: &[&str] = &[
    "record",
    "record_call",
    "stop_record_call",
    "tap",
    "stop_tap",
    "stream",
    "stop_stream",
    "send_sms",
    "denoise",
    "stop_denoise",
];

/// Names that people and language models invent, and what they mean.
pub(crate) static INVENTED: &[(&str, &str)] = &[
    ("say", "write `play: {url: \"say:…\"}`"),
    ("speak", "write `play: {url: \"say:…\"}`"),
    ("gather", "write `prompt: {play: \"say:…\", max_digits: 1}`"),
    ("on_success", "there are no handlers beside a method: put a `cond` or `switch` behind it, or use its `result`"),
    ("on_failure", "there are no handlers beside a method: put a `cond` or `switch` behind it, or use its `result`"),
    ("condition", "write `cond: [{when: …, then: […]}]`"),
    ("whisper", "use `confirm` of `connect`"),
    ("wait", "write `sleep: 1000` (milliseconds)"),
    ("pause", "write `sleep: 1000` (milliseconds)"),
    ("redirect", "write `transfer: …`"),
];

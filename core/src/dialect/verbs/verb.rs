//! The verbs and their properties, as one table (verb-specifications 0.1.13).

use crate::dialect::schema::{ANY, Field, Holds, Schema, field, no_effect, not_yet, required};

/// A hook: a URL, or an object with one.
pub(super) const HOOK: Holds = Holds::Either(&[Holds::Text, Holds::Object(&HOOK_OBJECT)]);
const POSITIVE: Holds = Holds::Number(0.0, ANY);
const LOOP: Holds = Holds::Either(&[Holds::Number(0.0, ANY), Holds::Text]);

macro_rules! schemas {
    ($($name:ident = $verb:literal [$($field:expr),* $(,)?];)*) => {
        $(pub(super) static $name: Schema = Schema::new($verb, &[$($field),*]);)*
    };
}

const VERB: Field = field("verb", Holds::Text);
const ID: Field = field("id", Holds::Text);

schemas! {
    HOOK_OBJECT = "hook" [
        required("url", Holds::Text), field("method", Holds::Word(&["GET", "POST", "get", "post"])),
        no_effect("username", "the platform accepts and does not use it"),
        no_effect("password", "the platform accepts and does not use it"),
    ];
    ANSWER = "answer" [VERB, ID];
    SAY = "say" [
        VERB, ID,
        field("text", Holds::Either(&[Holds::Text, Holds::ListOf(&Holds::Text)])),
        field("loop", LOOP), field("synthesizer", Holds::Object(&SYNTHESIZER)), field("earlyMedia", Holds::Bool),
        no_effect("disableTtsCache", "speech is rendered for every call"),
        not_yet("instructions"), not_yet("stream"), not_yet("closeStreamOnEmpty"),
    ];
    SYNTHESIZER = "synthesizer" [
        field("vendor", Holds::Text), field("label", Holds::Text), field("language", Holds::Text),
        field("voice", Holds::Either(&[Holds::Text, Holds::Map])), field("engine", Holds::Text),
        field("gender", Holds::Text), field("fallbackVendor", Holds::Text), field("fallbackLabel", Holds::Text),
        field("fallbackLanguage", Holds::Text), field("fallbackVoice", Holds::Text),
        field("azureServiceEndpoint", Holds::Text), field("options", Holds::Map),
    ];
    PLAY = "play" [
        VERB, ID,
        required("url", Holds::Either(&[Holds::Text, Holds::ListOf(&Holds::Text)])),
        field("loop", LOOP), field("earlyMedia", Holds::Bool),
        not_yet("seekOffset"), not_yet("timeoutSecs"), not_yet("actionHook"),
    ];
    GATHER = "gather" [
        VERB, ID,
        field("actionHook", HOOK), field("input", Holds::ListOf(&Holds::Text)),
        field("numDigits", POSITIVE), field("minDigits", POSITIVE), field("maxDigits", POSITIVE),
        field("finishOnKey", Holds::Text), field("timeout", POSITIVE), field("interDigitTimeout", POSITIVE),
        field("say", Holds::Object(&SAY)), field("play", Holds::Object(&PLAY)),
        field("listenDuringPrompt", Holds::Bool), field("dtmfBargein", Holds::Bool),
        field("bargein", Holds::Bool), field("speechTimeout", POSITIVE), field("recognizer", Holds::Map),
        no_effect("minBargeinWordCount", "the first words stop the prompt when `bargein` is on"),
        not_yet("partialResultHook"), not_yet("fillerNoise"), not_yet("actionHookDelayAction"),
    ];
    PAUSE = "pause" [VERB, ID, required("length", POSITIVE)];
    HANGUP = "hangup" [VERB, ID, field("headers", Holds::Map)];
    REDIRECT = "redirect" [VERB, ID, required("actionHook", HOOK), not_yet("statusHook")];
    DIAL = "dial" [
        VERB, ID,
        required("target", Holds::ListOf(&Holds::Object(&TARGET))),
        field("actionHook", HOOK), field("answerOnBridge", Holds::Bool),
        field("callerId", Holds::Text), field("callerName", Holds::Text),
        field("confirmHook", HOOK), field("dialMusic", Holds::Text),
        field("dtmfCapture", Holds::Either(&[Holds::ListOf(&Holds::Text), Holds::Object(&CAPTURE)])), field("dtmfHook", HOOK),
        field("headers", Holds::Map),
        field("timeLimit", POSITIVE), field("timeout", POSITIVE),
        field("proxy", Holds::Text),
        field("amd", Holds::Object(&AMD)),
        no_effect("anchorMedia", "the host always anchors media"),
        no_effect("exitMediaPath", "the host always anchors media"),
        no_effect("forwardPAI", "P-Asserted-Identity is not forwarded"),
        no_effect("srtpEncryption", "the host speaks plain RTP"),
        no_effect("tag", "only changes `customerData` of the callee's hooks"),
        no_effect("referHook", "a REFER is answered 501"),
        no_effect("onHoldHook", "hold is passed on without a hook"),
        not_yet("boostAudioSignal"), not_yet("listen"), not_yet("stream"), not_yet("transcribe"), not_yet("dub"),
    ];
    CONFIG = "config" [
        VERB, ID,
        field("amd", Holds::Object(&AMD)),
        no_effect("disableTtsCache", "speech is rendered for every call"),
        no_effect("noiseIsolation", "the platform accepts and does not use it"),
        no_effect("onHoldMusic", "hold is passed on without music"),
        no_effect("referHook", "a REFER is answered 501"),
        no_effect("trackTtsPlayout", "the platform accepts and does not use it"),
        no_effect("turnTaking", "the platform accepts and does not use it"),
        not_yet("actionHookDelayAction"), not_yet("autoStreamTts"), not_yet("bargeIn"), not_yet("boostAudioSignal"),
        not_yet("earlyMedia"), not_yet("fillerNoise"), not_yet("listen"), not_yet("notifyEvents"),
        not_yet("notifySttLatency"), not_yet("recognizer"), not_yet("record"), not_yet("reset"),
        not_yet("sipRequestWithinDialogHook"), not_yet("stream"), not_yet("synthesizer"), not_yet("transcribe"),
        not_yet("ttsStream"), not_yet("vad"),
    ];
    AMD = "amd" [
        required("actionHook", HOOK), field("thresholdWordCount", POSITIVE),
        field("timers", Holds::Object(&AMD_TIMERS)), field("recognizer", Holds::Map),
        no_effect("digitCount", "the digits of a greeting are not counted"),
    ];
    AMD_TIMERS = "amd.timers" [
        field("noSpeechTimeoutMs", POSITIVE), field("decisionTimeoutMs", POSITIVE),
        field("toneTimeoutMs", POSITIVE), field("greetingCompletionTimeoutMs", POSITIVE),
    ];
    CAPTURE = "dtmfCapture" [
        field("parentCall", Holds::ListOf(&Holds::Text)), field("childCall", Holds::ListOf(&Holds::Text)),
    ];
    TARGET = "target" [
        required("type", Holds::Word(&["phone", "sip", "user", "teams"])),
        field("confirmHook", HOOK), field("headers", Holds::Map),
        field("name", Holds::Text), field("number", Holds::Text), field("sipUri", Holds::Text),
        field("auth", Holds::Object(&AUTH)),
        field("proxy", Holds::Text),
        field("method", Holds::Word(&["GET", "POST", "get", "post"])),
        no_effect("trunk", "carriers are the host's `--trunk` and `--route`"),
        not_yet("from"), not_yet("overrideTo"), not_yet("vmail"), not_yet("tenant"),
    ];
    AUTH = "auth" [required("username", Holds::Text), required("password", Holds::Text)];
}

const LISTENING: &[Field] = &[
    VERB,
    ID,
    required("url", Holds::Text),
    field("actionHook", HOOK),
    field("finishOnKey", Holds::Text),
    field("maxLength", POSITIVE),
    field("metadata", Holds::Map),
    field("mixType", Holds::Word(&["mono", "stereo", "mixed"])),
    field("sampleRate", POSITIVE),
    field("bidirectionalAudio", Holds::Map),
    field("earlyMedia", Holds::Bool),
    no_effect("disableBidirectionalAudio", "the host decides whether the other end is heard"),
    no_effect("passDtmf", "keys are not passed on"),
    no_effect("playBeep", "no beep is played; a `play` before it may be one"),
    no_effect("timeout", "silence does not end it"),
    no_effect("channel", "the side is chosen by `mixType`"),
    no_effect("auth", "the platform accepts and does not use it"),
    not_yet("wsAuth"),
    not_yet("transcribe"),
];
pub(super) static LISTEN: Schema = Schema::new("listen", LISTENING);
pub(super) static STREAM: Schema = Schema::new("stream", LISTENING);

/// Verbs that are run.
pub(super) static VERBS: &[&Schema] =
    &[&ANSWER, &CONFIG, &SAY, &PLAY, &GATHER, &LISTEN, &STREAM, &PAUSE, &HANGUP, &REDIRECT, &DIAL];

/// Verbs that a platform knows and this version does not run.
pub(super) static NOT_YET: &[&str] = &[
    "agent",
    "alert",
    "cognigy",
    "conference",
    "deepgram_s2s",
    "dequeue",
    "dialogflow",
    "dtmf",
    "dub",
    "elevenlabs_s2s",
    "enqueue",
    "google_s2s",
    "gptlive_s2s",
    "leave",
    "lex",
    "llm",
    "message",
    "openai_s2s",
    "pipeline",
    "qwen_s2s",
    "rasa",
    "rest:dial",
    "room",
    "s2s",
    "sip:decline",
    "sip:refer",
    "sip:request",
    "tag",
    "transcribe",
    "transfer",
    "ultravox_s2s",
];

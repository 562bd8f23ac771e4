//! Asking the caller something.

use super::play::{SOUND, SOUNDS};
use super::speaker::{GENDER, LANGUAGE, VOICE};
use super::{LIST, Method, POSITIVE, RESULT, TEXTS, URL, VOLUME, alias, choice, event, method, objects, variable};
use crate::dialect::schema::{ANY, Holds, INTEGER, NUMBER, Schema, field, required};

objects! {
    PROMPT = "prompt": "Plays a question and collects an answer: keys, speech, or both. It collects keys unless a speech parameter is given, then speech, and both when a parameter about keys stands beside it." [
        required("play", TEXTS).officially(Holds::Either(&[SOUND, SOUNDS]))
            .says("What to play, as in `play`: one sound or several. A key or speech of the caller stops it."),
        field("volume", VOLUME).officially(Holds::Literal(&VOLUME)).default("0").says("Louder or quieter, in decibels."),
        VOICE, LANGUAGE, GENDER,
        field("max_digits", Holds::Integer(1.0, ANY)).officially(INTEGER).default("1").says("Most keys to collect."),
        field("terminators", Holds::Text).says("Keys that end the collection, such as `#`. They are not part of the answer."),
        field("digit_timeout", POSITIVE).officially(NUMBER).default("5").says("Seconds to wait for the next key."),
        field("initial_timeout", POSITIVE).officially(NUMBER).default("5").says("Seconds to wait for the first key or word once playing is over."),
        field("speech_timeout", POSITIVE).officially(NUMBER).says("Longest speech that is listened to, in seconds."),
        field("speech_end_timeout", POSITIVE).officially(NUMBER).says("Seconds of silence that end a speech."),
        field("speech_language", Holds::Text).says("Language the caller is expected to speak, such as `en-US`."),
        field("speech_hints", LIST).officially(Holds::Either(&[LIST, Holds::ListOf(&Holds::Placeholder)]))
            .says("Words and phrases that are likely to be said."),
        field("speech_engine", Holds::Text).says("Recogniser to use: `Google`, `Google.V2` or `Deepgram`."),
        field("status_url", URL).says("Where the course of collecting is told."),
        field("result", RESULT).unofficial().says("What to do with the answer: a `switch` (object) or a `cond` (list) on `prompt_result`."),
    ].aliases(&[
        alias("say", "play", Some("say:"), "write `play: \"say:…\"`"),
        alias("text", "play", Some("say:"), "write `play: \"say:…\"`"),
        alias("url", "play", Some(""), "write `play: …`"),
        alias("urls", "play", Some(""), "write `play: […]`"),
        alias("timeout", "initial_timeout", None, "write `initial_timeout` (first key) or `digit_timeout` (next key)"),
        alias("num_digits", "max_digits", None, "write `max_digits`"),
        alias("digits", "max_digits", None, "write `max_digits`"),
        alias("on_success", "result", None, "put a `cond` or `switch` on `prompt_result` behind the step"),
        alias("on_failure", "result", None, "put a `cond` or `switch` on `prompt_result` behind the step"),
        alias("on_no_input", "result", None, "put a `cond` or `switch` on `prompt_result` behind the step"),
    ]);
}

pub(super) static METHODS: &[Method] = &[method(&PROMPT)
    .first("play")
    .screens()
    .sets(&[
        choice(
            "prompt_result",
            &["failed", "no_input", "match_speech", "match_digits", "no_match"],
            "What came of it.",
        ),
        variable("prompt_value", "The keys or the words."),
        variable("prompt_value_raw", "The same before it was tidied."),
        variable("prompt_digit_terminator", "The key that ended the collection, if one did."),
        variable("prompt_speech_confidence", "How sure the recogniser was, 0 to 100."),
        variable("return_value", "The same as `prompt_result`."),
    ])
    .sends(&[event(
        "calling.call.collect",
        "result.type",
        &["digit", "speech", "no_input", "no_match", "start_of_input", "finished", "error"],
    )])];

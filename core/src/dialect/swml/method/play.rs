//! Playing sounds and sending keys.

use super::speaker::{GENDER, LANGUAGE, VOICE};
use super::{Method, PLAY_URI, TEXTS, URL, VOLUME, alias, choice, event, method, objects};
use crate::dialect::schema::{ANY, Holds, Rule, Schema, field, required};

/// One play URI, as the official schema takes it.
pub(super) static SOUND: Holds = Holds::Either(&[Holds::Like(&PLAY_URI), Holds::Placeholder]);
/// Several: all play URIs or all placeholders, never a mixture.
pub(super) static SOUNDS: Holds =
    Holds::Either(&[Holds::ListOf(&Holds::Like(&PLAY_URI)), Holds::ListOf(&Holds::Placeholder)]);

objects! {
    PLAY = "play": "Plays sounds and speech, one after another, and waits until they are over." [
        field("url", TEXTS).officially(SOUND)
            .says("What to play: `say:<text>`, `silence:<seconds>`, `ring:[<seconds>:]<country>`, or the web address of an MP3 or WAV file."),
        field("urls", TEXTS).officially(SOUNDS).says("Several of them, in order."),
        field("volume", VOLUME).default("0").says("Louder or quieter, in decibels."),
        field("auto_answer", Holds::Bool).default("true")
            .says("Answer an unanswered call first; when false it is played as early media."),
        VOICE, LANGUAGE, GENDER,
        field("loop", Holds::Integer(0.0, ANY)).unofficial().default("1").says("How many times; 0 repeats until the call ends."),
        field("status_url", URL).says("Where the course of playing is told."),
    ].official_rules(&[Rule::One(&["url", "urls"])]).aliases(&[
        alias("text", "url", Some("say:"), "write `url: \"say:…\"`"),
        alias("say", "url", Some("say:"), "write `url: \"say:…\"`"),
        alias("message", "url", Some("say:"), "write `url: \"say:…\"`"),
        alias("file", "url", Some(""), "write `url: …`"),
        alias("voice", "say_voice", Some(""), "write `say_voice: …`"),
        alias("language", "say_language", Some(""), "write `say_language: …`"),
        alias("silence", "url", None, "write `url: \"silence:2\"`"),
    ]);
    SEND_DIGITS = "send_digits": "Sends telephone keys to the other end." [
        required("digits", Holds::Text)
            .says("Keys `0`–`9`, `*`, `#`, `A`–`D`; `w` waits half a second, `W` a whole one."),
    ];
}

pub(super) static METHODS: &[Method] = &[
    method(&PLAY).first("url").screens().sends(&[event(
        "calling.call.play",
        "state",
        &["playing", "paused", "finished", "error"],
    )]),
    method(&SEND_DIGITS).first("digits").screens().sets(&[choice(
        "send_digits_result",
        &["success", "failed"],
        "Whether the keys were sent.",
    )]),
];

//! Languages, voices and words of an agent.

use super::{LIST, TEXTS, objects};
use crate::dialect::schema::{Field, Holds, Schema, field, required};

/// Texts for each language.
pub(super) const FILLERS_BY_LANGUAGE: Holds = Holds::MapOf(&LIST);
const FILLERS: Holds = Holds::Either(&[LIST, FILLERS_BY_LANGUAGE]);
const UNIT: Holds = Holds::Number(0.0, 1.0);
const FEELINGS: Holds = Holds::Word(&["happy", "sad", "angry", "fearful", "disgusted", "surprised", "neutral"]);
const ENGINE: Field = field("engine", Holds::Text).says("Speech engine of the voice.");
const MODEL: Field = field("model", Holds::Text).says("Model of the speech engine.");
const VOICE_PARAMS: Field = field("params", Holds::Object(&VOICE)).says("How the voice sounds.");
const CODE: Holds = Holds::Either(&[Holds::Text, Holds::Sized(0, 3, &LIST)]);

objects! {
    LANGUAGE = "languages": "A language that the agent speaks." [
        required("name", Holds::Text).says("Its name, as the agent calls it."),
        required("code", CODE).says("Its code, such as `en-US`; up to three that sound alike."),
        required("voice", Holds::Text).says("Voice, such as `elevenlabs.josh`."),
        field("listen_language", TEXTS).says("Language the caller is expected to speak, where it is another."),
        MODEL, ENGINE, VOICE_PARAMS,
        field("auto_emotion", Holds::Literal(&Holds::Bool)).default("false").says("Let the agent put feeling into its voice."),
        field("auto_speed", Holds::Literal(&Holds::Bool)).default("false").says("Let the agent talk faster or slower."),
        field("fillers", LIST).says("Words to bridge a pause."),
        field("function_fillers", LIST).says("Words to bridge the work of a function."),
        field("speech_fillers", LIST).says("Words to bridge a pause in speech."),
        field("turn_fillers", LIST).says("Words to show that it listens."),
        field("pronounce", Holds::ListOf(&Holds::Object(&PRONOUNCE))).says("Words that are to be spoken in another way."),
    ].tolerant();
    VOICE = "params": "How a voice sounds; which of these count depends on the engine." [
        field("stability", UNIT).default("0.5").says("0 is lively, 1 is even."),
        field("similarity", UNIT).default("0.75").says("How close to the original voice."),
        field("speakingRate", Holds::Number(0.5, 1.5)).default("1").says("Speed."),
        field("temperature", Holds::Number(0.0, 2.0)).default("1").says("How much it varies."),
        field("speed", Holds::Number(0.5, 2.0)).default("1").says("Speed."),
        field("vol", Holds::Number(0.1, 1.0)).default("1").says("Loudness."),
        field("pitch", Holds::Integer(-12.0, 12.0)).default("0").says("Semitones higher or lower."),
        field("emotion", FEELINGS).says("Feeling in the voice."),
    ];
    MULTILINGUAL = "multilingual": "How the agent follows the caller from language to language." [
        required("languages", Holds::ListOf(&Holds::Object(&SPOKEN))).says("A voice for each language."),
        field("allowed", LIST).says("Languages to follow into; all when not given."),
        field("start_language", Holds::Text).default("en").says("Language to begin in."),
        field("min_switch_words", Holds::Literal(&Holds::Integer(1.0, f32::INFINITY))).default("2").says("Words in another language before the agent follows."),
        ENGINE,
        field("model", Holds::Text).default("nova-3").says("Model of the recogniser."),
        field("provider", Holds::Text).says("Who recognises speech."),
        field("fillers", FILLERS).says("Words to bridge a pause."),
        field("function_fillers", FILLERS).says("Words to bridge the work of a function."),
        field("turn_fillers", FILLERS).says("Words to show that it listens."),
    ].tolerant();
    SPOKEN = "languages": "A voice for a language." [
        required("language", Holds::Text).says("Code of the language."),
        field("voice", Holds::Text).says("Voice."),
        MODEL, ENGINE, VOICE_PARAMS,
    ];
    HINT = "hints": "A word that is likely to be said, and what to make of it." [
        required("hint", Holds::Text).says("The word."),
        required("pattern", Holds::Text).says("Regular expression that finds it."),
        required("replace", Holds::Text).says("What to put in its place."),
        field("ignore_case", Holds::Bool).default("false").says("Upper and lower case are the same."),
    ].tolerant();
    PRONOUNCE = "pronounce": "A word that is to be spoken in another way." [
        required("replace", Holds::Text).says("The word."),
        required("with", Holds::Text).says("How to say it."),
        field("ignore_case", Holds::Bool).default("true").says("Upper and lower case are the same."),
    ].tolerant();
}

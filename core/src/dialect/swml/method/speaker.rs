//! The three parameters by which every speaking method chooses its voice.

use crate::dialect::schema::{Field, Holds, field};

/// The voice that texts are spoken with.
pub(super) const VOICE: Field = field("say_voice", Holds::Text).default("Polly.Salli").says(
    "Voice for `say:`, such as `Polly.Salli`, `gcloud.en-US-Neural2-A` or `elevenlabs.josh`. The variable `say_voice` changes the default.",
);
/// The language that texts are spoken in.
pub(super) const LANGUAGE: Field = field("say_language", Holds::Text)
    .default("en-US")
    .says("Language of `say:`. The variable `say_language` changes the default.");
/// The gender of the voice.
pub(super) const GENDER: Field = field("say_gender", Holds::Text)
    .default("female")
    .says("Gender of the voice, where a voice has several. The variable `say_gender` changes the default.");

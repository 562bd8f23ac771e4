//! Play URIs.

use crate::time::Millis;
use crate::wire::Clip;
use alloc::{
    format,
    string::{String, ToString},
};

/// How words are said.
#[derive(Clone, Debug, Default)]
pub(super) struct Spoken {
    pub(super) voice: Option<String>,
    pub(super) language: Option<String>,
    pub(super) gender: Option<String>,
}

/// Whether a play URI is words to be said.
pub(super) fn is_said(uri: &str) -> bool {
    uri.trim_start().starts_with("say:")
}

/// Reads `say:…`, `silence:<s>`, `ring:[<s>:]<country>` or an audio address.
pub(super) fn clip(uri: &str, spoken: Spoken) -> Result<Clip, String> {
    let uri = uri.trim();
    if let Some(text) = uri.strip_prefix("say:") {
        let text = text.trim();
        if text.is_empty() {
            return Err("there is nothing to say".to_string());
        }
        let Spoken { voice, language, gender } = spoken;
        return Ok(Clip::Say { text: text.to_string(), voice, language, gender });
    }
    if let Some(seconds) = uri.strip_prefix("silence:") {
        let ms =
            seconds.trim().parse().map(Millis::from_secs).map_err(|_| format!("`{uri}` needs a number of seconds"))?;
        return Ok(Clip::Silence { ms });
    }
    if let Some(ring) = uri.strip_prefix("ring:") {
        let (seconds, country) = match ring.split_once(':') {
            Some((seconds, country)) => (Some(seconds.trim()), country.trim()),
            None => (None, ring.trim()),
        };
        let ms = match seconds {
            Some(text) => {
                Some(text.parse().map(Millis::from_secs).map_err(|_| format!("`{uri}` needs a number of seconds"))?)
            }
            None => None,
        };
        if country.is_empty() {
            return Err(format!("`{uri}` needs a country"));
        }
        return Ok(Clip::Ring { country: country.to_ascii_lowercase(), ms });
    }
    if uri.starts_with("http://") || uri.starts_with("https://") || uri.starts_with("file:") {
        return Ok(Clip::Audio { url: uri.to_string() });
    }
    Err(format!("`{uri}` is no play URI"))
}

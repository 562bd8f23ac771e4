//! What a trace must never show.

use super::command::{Clip, Command};
use crate::url::without_credentials;
use crate::value::Value;
use alloc::string::String;

impl Command {
    /// The same without passwords, for traces.
    #[must_use]
    pub fn redacted(&self) -> Command {
        let mut command = self.clone();
        match &mut command {
            Command::Originate { password, stream, .. } => {
                *password = None;
                if let Some(stream) = stream {
                    stream.token = None;
                    stream.url = without_credentials(&stream.url).0;
                }
            }
            Command::Refer { password, .. } => *password = None,
            Command::Stream { streaming, .. } => {
                streaming.token = None;
                streaming.url = without_credentials(&streaming.url).0;
            }
            Command::Join { meeting, .. } => {
                if let Some(stream) = &mut meeting.stream {
                    stream.token = None;
                }
            }
            Command::Extend { parameters, .. } | Command::Transcribe { parameters, .. } => {
                *parameters = redacted_value(parameters);
            }
            Command::Fetch { request, .. } | Command::Notify { request, .. } => request.auth = None,
            Command::Play { clip: Clip::Audio { url }, .. } => {
                *url = without_credentials(url).0;
            }
            Command::Ring { .. }
            | Command::Answer { .. }
            | Command::Reject { .. }
            | Command::Cancel { .. }
            | Command::Hangup { .. }
            | Command::Bridge { .. }
            | Command::Unbridge { .. }
            | Command::Play { .. }
            | Command::Stop { .. }
            | Command::SendDigits { .. }
            | Command::Record { .. }
            | Command::Recognize { .. }
            | Command::Tap { .. }
            | Command::Detect { .. }
            | Command::Denoise { .. }
            | Command::Echo { .. }
            | Command::Enqueue { .. }
            | Command::Adjust { .. }
            | Command::UserEvent { .. }
            | Command::Done { .. } => {}
        }
        command
    }
}

/// The same without credentials: in addresses, and in fields that are named for them.
fn redacted_value(value: &Value) -> Value {
    match value {
        Value::String(text) if text.contains("://") => Value::String(without_credentials(text).0),
        Value::Array(items) => Value::Array(items.iter().map(redacted_value).collect()),
        Value::Object(object) => {
            let secret = |key: &str| {
                let key = key.to_ascii_lowercase();
                ["password", "token", "secret", "authorization", "api_key"].iter().any(|word| key.contains(word))
            };
            let entries = object.iter().map(|(key, value)| {
                let shown = if secret(key) { Value::from("…") } else { redacted_value(value) };
                (String::from(key), shown)
            });
            Value::Object(entries.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

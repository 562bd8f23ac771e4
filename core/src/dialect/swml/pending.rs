//! What the tables know and this version does not run yet. It shrinks to nothing.

use super::method::{Method, Role};
use super::step::Steps;
use crate::diag::{Diagnostic, codes};
use crate::dialect::reader::entries;
use crate::span::Span;
use crate::text::Node;
use alloc::format;

/// Methods that `lower` has no arm for.
pub(crate) const METHODS: &[&str] = &[
    "ai",
    "ai_sidecar",
    "amazon_bedrock",
    "denoise",
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
    "send_fax",
    "send_sms",
    "sip_refer",
    "stop_denoise",
    "stop_record_call",
    "stop_stream",
    "stop_tap",
    "stream",
    "tap",
    "transcribe",
    "transcribe_stop",
    "user_event",
];

/// Parameters that the lowering of their method leaves out.
const PARAMETERS: &[(&str, &[&str])] = &[
    ("answer", &["username", "password"]),
    ("play", &["status_url"]),
    ("prompt", PROMPT),
    ("connect", CONNECT),
    ("destination", DESTINATION),
];
const PROMPT: &[&str] =
    &["speech_timeout", "speech_end_timeout", "speech_language", "speech_hints", "speech_engine", "status_url"];
const CONNECT: &[&str] = &[
    "execute_after_queue",
    "transfer_after_bridge",
    "status_url_method",
    "name",
    "codec",
    "realtime",
    "authorization_bearer_token",
    "custom_parameters",
];
const DESTINATION: &[&str] = &[
    "status_url",
    "status_url_method",
    "name",
    "codec",
    "realtime",
    "authorization_bearer_token",
    "custom_parameters",
];

const NOTE: &str = "the platform runs it; remove it to preview the rest of the flow";

impl Steps<'_, '_> {
    /// Whether a method is never lowered; says so.
    pub(super) fn not_lowered(&mut self, method: &Method, key: Span) -> bool {
        let name = method.schema.name;
        if method.role == Role::Trial {
            let message = format!("`{name}` is an experiment of the platform; the step does nothing here");
            self.reader.report(Diagnostic::new(&codes::IGNORED, key, message));
            return true;
        }
        let pending = METHODS.contains(&name);
        if pending {
            let message = format!("`{name}` is not run by this version");
            self.reader.report(Diagnostic::new(&codes::UNSUPPORTED, key, message).note(NOTE));
        }
        pending
    }

    /// Says which parameters are never lowered.
    pub(super) fn parameters_not_lowered(&mut self, name: &str, value: &Node) {
        let Some((_, pending)) = PARAMETERS.iter().find(|(method, _)| *method == name) else { return };
        for entry in entries(value).iter().filter(|entry| pending.contains(&entry.key.text.as_str())) {
            let message = format!("`{name}.{}` is not run by this version", entry.key.text);
            self.reader.report(Diagnostic::new(&codes::UNSUPPORTED, entry.key.span, message).note(NOTE));
        }
    }
}

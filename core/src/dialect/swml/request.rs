//! `request`: a flow's own HTTP.

use super::step::Steps;
use crate::diag::{Diagnostic, codes};
use crate::dialect::reader::{entries, get, is_true};
use crate::ir::{RequestPlan, RequestWords};
use crate::text::Node;
use alloc::{format, vec::Vec};

/// What the platform puts into variables after a `request`.
static WORDS: RequestWords = RequestWords {
    url: "request_url",
    result: &["request_result", "return_value"],
    success: "success",
    failed: "failed",
    code: "request_response_code",
    headers: "request_response_headers",
    body: "request_response_body",
    json: "request_response",
};

/// Headers that the platform sends, besides `X-…`.
const ALLOWED: [&str; 4] = ["accept", "authorization", "content-type", "range"];

impl Steps<'_, '_> {
    /// A checked `request`.
    pub(super) fn request(&mut self, value: &Node) -> Option<RequestPlan> {
        let url = self.reader.template(get(value, "url")?);
        let method = self.reader.scalar(get(value, "method")?).to_ascii_uppercase();
        let mut headers = Vec::new();
        for entry in get(value, "headers").map(entries).unwrap_or_default() {
            let name = entry.key.text.to_ascii_lowercase();
            if name.starts_with("x-") || ALLOWED.contains(&name.as_str()) {
                headers.push((entry.key.text.clone(), self.reader.template(&entry.value)));
            } else {
                let message = format!("the platform does not send the header `{}`", entry.key.text);
                self.reader.report(
                    Diagnostic::new(&codes::IGNORED, entry.key.span, message)
                        .note("it sends Accept, Authorization, Content-Type, Range and X-…"),
                );
            }
        }
        Some(RequestPlan {
            method,
            url,
            headers,
            body: get(value, "body").map(|node| self.reader.data(node)),
            timeout: get(value, "timeout").map(|node| self.reader.template(node)),
            save: is_true(value, "save_variables") == Some(true),
            words: &WORDS,
        })
    }
}

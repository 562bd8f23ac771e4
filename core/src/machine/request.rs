//! Requests that a flow makes for itself.

use super::flow::{FlowId, Wait};
use super::{Machine, Output};
use crate::id::FetchId;
use crate::ir::{Op, RequestPlan};
use crate::time::Millis;
use crate::url::without_credentials;
use crate::value::{Object, Value};
use crate::wire::{Header, Request};
use alloc::{
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};

/// How long a request without a limit of its own may take.
const PATIENCE: Millis = Millis(30_000);
/// What of a reply is kept.
const LONGEST_BODY: usize = 64 << 10;
const MOST_HEADERS: usize = 64;

impl Machine {
    /// Sends a request; the flow waits for its reply.
    pub(super) fn request(&mut self, flow: FlowId, plan: &RequestPlan) {
        let url = self.text(flow, &plan.url).trim().to_string();
        let words = plan.words;
        // Never with its credentials: variables are shown in traces.
        self.set(flow, words.url, Value::from(without_credentials(&url).0));
        if !url.starts_with("http://") && !url.starts_with("https://") {
            self.script_error(
                flow,
                "relay_script_method_parameter_invalid_value",
                &format!("`{url}` is no http(s) address"),
            );
            return self.request_result(flow, plan, words.failed);
        }
        let mut headers = self.headers(flow, &plan.headers);
        headers.retain(|header| !header.value.chars().any(char::is_control));
        let body = plan.body.as_ref().map(|body| match self.data(flow, body) {
            Value::String(text) => text,
            other => other.to_json(),
        });
        if let Some(body) = &body
            && !headers.iter().any(|header| header.name.eq_ignore_ascii_case("content-type"))
        {
            let json = body.trim_start().starts_with(['{', '[']);
            let kind = if json { "application/json" } else { "application/x-www-form-urlencoded" };
            headers.push(Header { name: "Content-Type".to_string(), value: kind.to_string() });
        }
        let timeout = plan.timeout.as_ref().and_then(|limit| self.seconds(flow, limit)).unwrap_or(PATIENCE);
        let fetch = self.new_fetch();
        self.wait(flow, Wait::Answer(fetch));
        let request = Request { method: plan.method.clone(), url, headers, body, auth: None, timeout };
        let place = self.place();
        self.out.push_back((Output::Request { fetch, request }, place));
    }

    /// A reply, for the flow that made the request. False when none did.
    pub(super) fn replied(&mut self, fetch: FetchId, status: u16, headers: &[Header], body: &str) -> bool {
        let Some(flow) = self.flows.values().find(|flow| flow.wait == Wait::Answer(fetch)) else { return false };
        let (id, Some((document, instruction))) = (flow.id, flow.current) else { return false };
        let Some(program) = self.program(document).map(Arc::clone) else { return false };
        let plan = match program.get(instruction).map(|instruction| &instruction.op) {
            Some(Op::Request(plan)) => plan,
            Some(Op::Message(plan)) => {
                self.wait(id, Wait::Ready);
                self.message_sent(id, plan, status);
                return true;
            }
            Some(_) | None => return false,
        };
        self.wait(id, Wait::Ready);
        let words = plan.words;
        if status == 0 {
            self.request_result(id, plan, words.failed);
            return true;
        }
        self.set(id, words.code, Value::from(status));
        let kept: Object = headers
            .iter()
            .take(MOST_HEADERS)
            .map(|header| (header.name.to_ascii_lowercase(), Value::from(header.value.clone())))
            .collect();
        self.set(id, words.headers, Value::Object(kept));
        let short = shorten(body);
        self.set(id, words.body, Value::from(short.clone()));
        if plan.save {
            match Value::from_json(body) {
                Ok(json) => self.set(id, words.json, json),
                Err(why) => self.problem(None, &format!("the reply is not JSON: {why}")),
            }
        }
        self.request_result(id, plan, words.success);
        true
    }

    fn request_result(&mut self, flow: FlowId, plan: &RequestPlan, result: &str) {
        let names: Vec<&str> = plan.words.result.to_vec();
        for name in names {
            self.set(flow, name, Value::from(result));
        }
    }
}

fn shorten(body: &str) -> String {
    let mut end = body.len().min(LONGEST_BODY);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    body.get(..end).unwrap_or("").to_string()
}

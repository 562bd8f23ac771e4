//! Text messages, through the account's provider hook.

use super::flow::{FlowId, Wait};
use super::{Machine, Output};
use crate::ir::MessagePlan;
use crate::time::Millis;
use crate::value::Value;
use crate::wire::{Header, Request};
use alloc::string::ToString;

/// How long a provider may take to accept a message.
const PATIENCE: Millis = Millis(10_000);

impl Machine {
    /// Hands a message over; the flow waits until the provider took it.
    pub(super) fn message(&mut self, flow: FlowId, plan: &MessagePlan) {
        let fields = self.object(flow, &plan.fields);
        let Some(hook) = self.start.application.message_hook.clone() else {
            self.script_error(
                flow,
                "relay_script_method_execute_failed",
                "no text message can be sent: the account has no `message_hook`",
            );
            return self.set(flow, plan.result, Value::from("failed"));
        };
        let fetch = self.new_fetch();
        self.wait(flow, Wait::Answer(fetch));
        let request = Request {
            method: hook.method.unwrap_or_else(|| "POST".to_string()),
            url: hook.url,
            headers: [Header { name: "Content-Type".to_string(), value: "application/json".to_string() }].into(),
            body: Some(Value::Object(fields).to_json()),
            auth: None,
            timeout: PATIENCE,
        };
        let place = self.place();
        self.out.push_back((Output::Request { fetch, request }, place));
    }

    /// The provider replied.
    pub(super) fn message_sent(&mut self, flow: FlowId, plan: &MessagePlan, status: u16) {
        let word = if (200..300).contains(&status) { "success" } else { "failed" };
        if word == "failed" {
            self.problem(None, &alloc::format!("the message provider replied with HTTP status {status}"));
        }
        self.set(flow, plan.result, Value::from(word));
    }
}

//! Reaching other machines from a flow: requests and text messages.

use super::{LIST, Method, NAMED_TEXTS, POSITIVE, URL, choice, method, objects, variable};
use crate::dialect::schema::{Field, Holds, NUMBER, Rule, Schema, field, required};

const VERBS: &[&str] = &["GET", "POST", "PUT", "DELETE", "get", "post", "put", "delete"];
const BODY: Field = field("body", Holds::Either(&[Holds::Text, Holds::Map, Holds::List]));

objects! {
    REQUEST = "request": "Sends an HTTP request and waits for the reply." [
        required("url", Holds::Text).says("Where to; `https://user:password@…` authenticates."),
        required("method", Holds::Word(VERBS)).officially(Holds::Word(&["GET", "POST", "PUT", "DELETE"])).says("HTTP method."),
        field("headers", Holds::Map).says("Headers: `Accept`, `Authorization`, `Content-Type`, `Range` and `X-…` are sent, others are not."),
        BODY.officially(Holds::Either(&[Holds::Text, Holds::Map])).says("What to send: a text, or an object that is sent as JSON."),
        field("timeout", POSITIVE).officially(NUMBER).default("0").says("Seconds for the whole exchange; 0 is no limit of its own."),
        field("connect_timeout", POSITIVE).officially(NUMBER).default("0").says("Seconds for the connection; 0 is no limit of its own."),
        field("save_variables", Holds::Bool).default("false").says("Keep a JSON reply as `request_response`."),
    ];
    SEND_SMS = "send_sms": "Sends a text message, with pictures if there are any; delivery goes on behind the flow." [
        required("to_number", Holds::Text).says("Whom to, as `+15551234567`."),
        required("from_number", Holds::Text).says("Whom from: a number of yours."),
        field("body", Holds::Text).says("The text; needed when there is no `media`."),
        field("media", LIST).says("Web addresses of pictures and files; needed when there is no `body`."),
        field("region", Holds::Text).says("Region to send from."),
        field("tags", LIST).says("Words to find the message by later."),
        field("status_callback", URL).says("Where the delivery is told."),
    ].rules(&[Rule::Any(&["body", "media"])]);
}

/// Names with texts, for headers.
pub(super) const HEADERS: Field = field("headers", NAMED_TEXTS);

pub(super) static METHODS: &[Method] = &[
    method(&REQUEST).sets(&[
        variable("request_url", "The address asked."),
        choice("request_result", &["success", "failed"], "Whether there was a reply at all, of any status."),
        variable("return_value", "The same as `request_result`."),
        variable("request_response_code", "HTTP status of the reply."),
        variable("request_response_headers", "Headers of the reply by lower-case name, 64 at most."),
        variable("request_response_body", "The reply as text, 64 KB at most."),
        variable("request_response", "The reply's JSON, with `save_variables`."),
    ]),
    method(&SEND_SMS).screens().sets(&[choice(
        "send_sms_result",
        &["success", "failed"],
        "Whether the message was taken for delivery.",
    )]),
];

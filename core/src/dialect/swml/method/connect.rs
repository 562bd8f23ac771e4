//! Connecting the caller with others.

use super::confirm::{ARMS, SCREENING, SWITCH_RESULT};
use super::play::PLAY;
use super::{
    LIST, METHODS_OF_STATUS, Method, NAMED_TEXTS, RESULT, SECONDS, TEXTS, URL, alias, choice, event, method, objects,
    variable,
};
use crate::dialect::schema::{Alias, Field, Holds, INTEGER, Rule, Schema, field, required};

/// The states of a leg that can be watched.
const STATES: &[&str] = &["created", "ringing", "answered", "ended"];
const CIPHER: &[&str] = &["mandatory", "optional", "forbidden"];

const TO: Holds = Holds::Text;
const FROM: Field =
    field("from", Holds::Text).default("the caller's own").says("Number or SIP address shown to the callee.");
const FROM_NAME: Field = field("from_name", Holds::Text).says("Name shown to the callee; SIP only.");
static HEADERS: Field = field("headers", RESULT)
    .officially(Holds::ListOf(&Holds::Object(&HEADER)))
    .says("SIP headers for the INVITE: a list of `name` and `value`, or an object.");
const CODECS: Field = field("codecs", TEXTS)
    .officially(Holds::Text)
    .default("the platform's")
    .says("Codecs to offer a SIP callee, best first, with commas between.");
const WEBRTC: Field = field("webrtc_media", Holds::Bool).default("false").says("Offer WebRTC media to a SIP callee.");
const SESSION: Field = field("session_timeout", Holds::Integer(0.0, f32::INFINITY))
    .officially(Holds::Integer(1.0, f32::INFINITY))
    .default("0")
    .says("Seconds after which a SIP session must be refreshed; 0 is never.");
const TIMEOUT: Field =
    field("timeout", SECONDS).officially(INTEGER).default("60").says("Seconds to ring each destination.");
const EVENTS: Field = field("call_state_events", Holds::ListOf(&Holds::Word(STATES)))
    .default("[ended]")
    .says("Which changes of a callee's leg are told to `call_state_url`.");
const STATE_URL: Field = field("call_state_url", URL).says("Where changes of a callee's leg are told.");
static CONFIRM: Field = field("confirm", Holds::Either(&[Holds::Text, Holds::List])).officially(Holds::Either(&[Holds::Text, SCREENING]))
    .says("What runs on the callee's leg after the answer and before the talk, as steps or as the web address of a document. Coming to its end accepts the call, hanging up declines it.");
const CONFIRM_TIMEOUT: Field =
    field("confirm_timeout", SECONDS).officially(INTEGER).default("`timeout`").says("Seconds that `confirm` may take.");
const ENCRYPTION: Field =
    field("encryption", Holds::Word(CIPHER)).default("optional").says("Encrypted media (SRTP) with a SIP callee.");
const USERNAME: Field = field("username", Holds::Text).says("User name, if a SIP callee asks for authentication.");
const PASSWORD: Field = field("password", Holds::Text).says("Password that belongs to `username`.");
const NAME: Field = field("name", Holds::Text).says("Name of a `stream:` destination.");
const CODEC: Field = field("codec", Holds::Text).default("PCMU").says(
    "Codec of a `stream:` destination: PCMU, PCMA, G722 or L16, with `@<rate>h` and `@<ptime>i` behind it if need be.",
);
const REALTIME: Field =
    field("realtime", Holds::Bool).default("false").says("The other end of a `stream:` talks as well.");
const STATUS_METHOD: Field = field("status_url_method", METHODS_OF_STATUS)
    .default("POST")
    .says("HTTP method for the status of a `stream:` destination.");
const BEARER: Field =
    field("authorization_bearer_token", Holds::Text).says("Token that a `stream:` destination is opened with.");
const CUSTOM: Field = field("custom_parameters", NAMED_TEXTS)
    .says("Names and texts that the other end of a `stream:` is told at the start.");

objects! {
    CONNECT = "connect": "Calls one or several destinations, joins the first who accepts with the caller, and waits until they are done talking. The flow goes on afterwards, also when nobody could be reached." [
        field("to", TO).says("One destination: a number as `+15551234567`, `sip:…`, `sips:…`, `/context/name`, `queue:<name>` or `stream:wss://…`."),
        field("serial", Holds::List).officially(Holds::ListOf(&Holds::Object(&DESTINATION))).says("Destinations to call one after another."),
        field("parallel", Holds::List).officially(Holds::ListOf(&Holds::Object(&DESTINATION))).says("Destinations to call all at once; the first to accept wins."),
        field("serial_parallel", Holds::ListOf(&Holds::List)).officially(Holds::ListOf(&Holds::ListOf(&Holds::Object(&DESTINATION))))
            .says("Groups to call one after another; the destinations of a group all at once."),
        FROM, FROM_NAME, HEADERS, CODECS, WEBRTC, SESSION,
        field("ringback", Holds::Either(&[Holds::Text, LIST, Holds::Object(&PLAY)])).officially(LIST)
            .default("what the callee's network sends").says("What the caller hears while it rings: play URIs, or the parameters of `play`."),
        TIMEOUT,
        field("max_duration", SECONDS).officially(INTEGER).default("14400").says("Longest talk in seconds."),
        field("answer_on_bridge", Holds::Bool).default("false").says("Answer the caller only when somebody accepted."),
        CONFIRM, CONFIRM_TIMEOUT, STATE_URL, EVENTS,
        field("status_url", URL).says("Where the course of connecting is told."),
        field("result", RESULT).officially(Holds::Either(&[Holds::Object(&SWITCH_RESULT), ARMS]))
            .says("What to do when it is over: a `switch` (object) or a `cond` (list) on `connect_result`."),
        ENCRYPTION,
        field("execute_after_queue", Holds::Text).unofficial().beside("to").says("What this call runs after a talk with somebody from a `queue:`: a web address, a section, or a document as text."),
        field("transfer_after_bridge", Holds::Text).instead("`execute_after_queue`").says("Older name of `execute_after_queue`."),
        USERNAME.beside("to"), PASSWORD.beside("to"),
        NAME.beside("to"), CODEC.beside("to"), REALTIME.beside("to"), STATUS_METHOD.beside("to"), BEARER.beside("to"), CUSTOM.beside("to"),
    ].official_rules(&[Rule::One(&["to", "serial", "parallel", "serial_parallel"])]).aliases(ALIASES);
    DESTINATION = "destination": "One destination of `serial`, `parallel` or `serial_parallel`. What it does not say, `connect` says." [
        required("to", TO).says("Whom to call, in the same forms as `connect.to`."),
        FROM, FROM_NAME, HEADERS, CODECS, WEBRTC, SESSION, USERNAME, PASSWORD, TIMEOUT, EVENTS, STATE_URL,
        CONFIRM, CONFIRM_TIMEOUT, ENCRYPTION,
        NAME, CODEC, REALTIME, STATUS_METHOD, BEARER, CUSTOM,
        field("status_url", URL).unofficial().says("Where the course of a `stream:` destination is told."),
        field("fsvars", Holds::Map).unofficial().without_effect("these are variables of one softswitch").says("Variables for the platform's own softswitch."),
    ].aliases(ALIASES);
    HEADER = "header": "One SIP header." [
        required("name", Holds::Text).says("Its name, `X-…`."),
        required("value", Holds::Text).says("Its value."),
    ];
}

const ALIASES: &[Alias] = &[
    alias("caller_id", "from", Some(""), "write `from: …`"),
    alias("from_number", "from", Some(""), "write `from: …`"),
    alias("to_number", "to", Some(""), "write `to: …`"),
    alias("sip_auth_username", "username", Some(""), "write `username: …`"),
    alias("sip_auth_password", "password", Some(""), "write `password: …`"),
    alias("whisper", "confirm", None, "write `confirm: [{play: …}]`"),
    alias("on_success", "result", None, "write `result: {case: {connected: […]}}`"),
    alias("on_failure", "result", None, "write `result: {case: {failed: […]}}`"),
    alias("status_events", "call_state_events", None, "write `call_state_events`"),
];

pub(super) static METHODS: &[Method] = &[method(&CONNECT)
    .first("to")
    .sets(&[
        choice("connect_result", &["connected", "failed"], "Whether somebody accepted."),
        choice(
            "connect_failed_reason",
            &["hangup", "cancel", "busy", "noAnswer", "decline", "error", "abandoned", "max_duration", "not_found"],
            "Why nobody did.",
        ),
        variable("return_value", "The same as `connect_result`."),
    ])
    .sends(&[
        event("calling.call.connect", "connect_state", &["connecting", "connected", "failed", "disconnected"]),
        event("calling.call.state", "call_state", STATES).sent_to("call_state_url"),
        event("calling.call.stream", "state", &["streaming", "finished"]),
    ])];

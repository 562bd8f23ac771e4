//! Answering, ending and moving the call itself.

use super::{Method, TEXTS, URL, choice, event, method, objects, variable};
use crate::dialect::schema::{ANY, Holds, INTEGER, Schema, field, required};

objects! {
    ANSWER = "answer": "Answers the caller. Does nothing when the call was answered before." [
        field("max_duration", Holds::Integer(7.0, ANY)).officially(INTEGER).default("14400")
            .says("Longest time the call may last, in seconds."),
        field("codecs", TEXTS).officially(Holds::Text).default("the host's")
            .says("Codecs to offer, best first, with commas between: PCMU, PCMA, G722, G729, AMR-WB, OPUS, VP8, H264."),
        field("username", Holds::Text).without_effect("callers are not asked for credentials").says("User name for a SIP caller who must authenticate."),
        field("password", Holds::Text).without_effect("callers are not asked for credentials").says("Password that belongs to `username`."),
        field("fsvars", Holds::Map).unofficial().without_effect("these are variables of one softswitch")
            .says("Variables for the platform's own softswitch."),
    ];
    HANGUP = "hangup": "Ends the call at once, from any depth of nesting. Nothing runs after it." [
        field("reason", Holds::Word(&["hangup", "busy", "decline"]))
            .says("What an unanswered caller hears: `busy` (SIP 486) or `decline` (SIP 603)."),
    ];
    SIP_REFER = "sip_refer": "Asks the SIP caller to call somebody else instead (REFER)." [
        required("to_uri", Holds::Text).says("SIP address the caller is sent to."),
        field("status_url", URL).says("Where the course of the transfer is told."),
        field("username", Holds::Text).says("User name, if the REFER is challenged."),
        field("password", Holds::Text).says("Password that belongs to `username`."),
    ];
    USER_EVENT = "user_event": "Sends an event of your own to the client that watches the call." [
        required("event", Holds::Map).says("What the event says: any object."),
    ];
    DENOISE = "denoise": "Turns on noise reduction for what the caller says, until the call ends or `stop_denoise` runs." [];
    STOP_DENOISE = "stop_denoise": "Turns noise reduction off." [];
}

pub(super) static METHODS: &[Method] = &[
    method(&ANSWER).first("max_duration").bare().sets(&[choice(
        "answer_result",
        &["success"],
        "Whether the call was answered.",
    )]),
    method(&HANGUP).first("reason").bare().screens(),
    method(&SIP_REFER)
        .first("to_uri")
        .sets(&[
            variable("sip_refer_to", "The address the caller was sent to."),
            choice("sip_refer_result", &["success", "failed"], "Whether the caller went there."),
            variable("return_value", "The same as `sip_refer_result`."),
            variable("sip_refer_response_code", "SIP status of the REFER."),
            variable("sip_refer_to_response_code", "SIP status that the new destination gave."),
        ])
        .sends(&[event("calling.call.refer", "state", &[])]),
    method(&USER_EVENT),
    method(&DENOISE).bare().screens().sets(&[choice(
        "denoise_result",
        &["on", "off", "failed"],
        "Whether noise reduction is on.",
    )]),
    method(&STOP_DENOISE).bare().screens().sets(&[choice(
        "denoise_result",
        &["on", "off", "failed"],
        "Whether noise reduction is on.",
    )]),
];

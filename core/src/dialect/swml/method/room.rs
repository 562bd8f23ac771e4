//! Places where several callers meet or wait.

use super::confirm::{ARMS, NAMED_SWITCH_RESULT};
use super::{METHODS_OF_STATUS, Method, NAMED_TEXTS, RESULT, URL, choice, event, method, objects, variable};
use crate::dialect::schema::{ANY, Field, Form, Holds, Schema, field, required};

const BEEPS: &[&str] = &["true", "false", "onEnter", "onExit"];
const RECORDS: &[&str] = &["do-not-record", "record-from-start"];
const REGIONS: &[&str] = &["global", "us", "eu", "ch"];
const TRIMS: &[&str] = &["trim-silence", "do-not-trim"];
const KINDS: &[&str] = &["cxml", "laml", "relay"];
const HTTP: Field = field("status_callback_method", METHODS_OF_STATUS).default("POST");

/// The name of a room.
static NAME: Form = Form { noun: "letters, digits, `-` and `_`", fits: is_room_name };

fn is_room_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

objects! {
    ENTER_QUEUE = "enter_queue": "Puts the caller into a queue until somebody connects to `queue:<name>`, the waiting time is over, or the caller gives up." [
        required("queue_name", Holds::Text).says("Name of the queue."),
        field("execute_after_queue", Holds::Text).unofficial().says("What the caller runs after the talk: a web address, or a document as text. Without it the caller is hung up."),
        field("transfer_after_bridge", Holds::Text).officially_required().instead("`execute_after_queue`").says("Older name of `execute_after_queue`; the platform ignores it now."),
        field("status_url", URL).says("Where entering and leaving are told."),
        field("wait_url", URL).says("Web address of the sound that the caller hears while waiting."),
        field("wait_time", Holds::Integer(1.0, ANY)).default("3600").says("Seconds to wait at most."),
    ];
    JOIN_ROOM = "join_room": "Puts the caller into a video room and waits until they leave." [
        required("name", Holds::Like(&NAME)).officially(Holds::Text).says("Name of the room."),
    ];
    JOIN_CONFERENCE = "join_conference": "Puts the caller into a conference and waits until they leave." [
        required("name", Holds::Text).says("Name of the conference; the first to join opens it."),
        field("muted", Holds::Bool).default("false").says("Join without being heard."),
        field("beep", Holds::Either(&[Holds::Word(BEEPS), Holds::Bool])).officially(Holds::Word(BEEPS)).default("true")
            .says("A tone for the others when somebody comes or goes: both, none, or one of them."),
        field("start_on_enter", Holds::Bool).default("true").says("The conference begins when this caller joins; until then everybody waits."),
        field("end_on_exit", Holds::Bool).default("false").says("The conference ends when this caller leaves."),
        field("wait_url", URL).says("What callers hear before the conference begins."),
        field("max_participants", Holds::Integer(2.0, 100_000.0)).default("100000").says("Most callers in the conference."),
        field("record", Holds::Word(RECORDS)).default("do-not-record").says("Whether to record it."),
        field("region", Holds::Word(REGIONS)).says("Where in the world it is mixed."),
        field("trim", Holds::Word(TRIMS)).default("trim-silence").says("Whether silence at the ends of the recording is cut off."),
        field("coach", Holds::Text).says("The call whose caller alone hears this one."),
        field("status_callback", URL).says("Where the conference's events are told."),
        HTTP.says("HTTP method for `status_callback`."),
        field("status_callback_event", Holds::Text).says("Which events, with spaces between."),
        field("status_callback_event_type", Holds::Word(KINDS)).says("In which form."),
        field("recording_status_callback", URL).says("Where events of the recording are told."),
        Field { name: "recording_status_callback_method", ..HTTP }.says("HTTP method for `recording_status_callback`."),
        field("recording_status_callback_event", Holds::Text).says("Which events, with spaces between."),
        field("recording_status_callback_event_type", Holds::Word(KINDS)).says("In which form."),
        field("result", RESULT).officially(Holds::Either(&[Holds::Object(&NAMED_SWITCH_RESULT), ARMS]))
            .says("What to do afterwards: a `switch` (object) or a `cond` (list) on `join_conference_result`; without it the call ends."),
        field("stream", Holds::Object(&STREAM)).says("Streams the conference's sound over a WebSocket."),
    ];
    STREAM = "stream": "A stream of a conference's sound." [
        required("url", Holds::Text).says("Where to, as `wss://…`."),
        field("name", Holds::Text).says("Name that the other end is told."),
        field("codec", Holds::Text).says("Codec, such as `PCMU` or `L16@16000h`."),
        field("status_url", URL).says("Where beginning and end of the stream are told."),
        Field { name: "status_url_method", ..HTTP }.says("HTTP method for `status_url`."),
        field("realtime", Holds::Bool).default("false").says("The other end talks as well."),
        field("authorization_bearer_token", Holds::Text).says("Token that the connection is opened with."),
        field("custom_parameters", NAMED_TEXTS).says("Names and texts that the other end is told at the start."),
    ];
}

const CONFERENCE: &[&str] = &[
    "conference-start",
    "conference-end",
    "participant-join",
    "participant-leave",
    "participant-mute",
    "participant-unmute",
    "participant-hold",
    "participant-unhold",
    "participant-speech-start",
    "participant-speech-stop",
    "participant-modify",
    "record-start",
    "record-pause",
    "record-resume",
    "record-stop",
];

pub(super) static METHODS: &[Method] = &[
    method(&ENTER_QUEUE)
        .sets(&[
            choice(
                "queue_result",
                &["entering", "connecting", "connected", "leaving", "timeout", "hangup", "failed"],
                "What came of waiting.",
            ),
            variable("wait_time", "Seconds waited, -1 when not known."),
            variable("entry_position", "Place in the queue on entering, -1 when not known."),
            variable("entry_size", "Callers in the queue on entering, -1 when not known."),
        ])
        .sends(&[event("calling.call.queue", "status", &["enqueue", "leave", "dequeue"])]),
    method(&JOIN_CONFERENCE)
        .first("name")
        .sets(&[
            choice(
                "join_conference_result",
                &["completed", "answered", "no-answer", "failed", "canceled"],
                "How the stay ended.",
            ),
            variable("return_value", "The same as `join_conference_result`."),
        ])
        .sends(&[event("calling.conference", "status", CONFERENCE).sent_to("status_callback")]),
    method(&JOIN_ROOM).first("name").sets(&[choice(
        "join_room_result",
        &["joined", "failed"],
        "Whether the caller came in.",
    )]),
];

//! Media that leaves the call: taps, streams, and the ear for answering machines.

use super::{METHODS_OF_STATUS, Method, NAMED_TEXTS, POSITIVE, URL, choice, event, method, objects, variable};
use crate::dialect::schema::{ANY, Field, Form, Holds, INTEGER, Schema, field, required};

const DIRECTIONS: &[&str] = &["speak", "listen", "both"];
const DIRECTION: Field = field("direction", Holds::Word(&["speak", "listen", "hear", "both"]))
    .officially(Holds::Word(DIRECTIONS))
    .default("speak")
    .says("Which side: `speak` is what the caller says, `listen` what the caller hears, or `both`.");
const CONTROL: Field = field("control_id", Holds::Text);
const TRACKS: Holds = Holds::Word(&["inbound_track", "outbound_track", "both_tracks"]);
const STATUS: Field = field("status_url", URL);

/// Where a tap may send media.
static MEDIA_URI: Form = Form { noun: "an address of the scheme rtp, ws or wss", fits: is_media_uri };

fn is_media_uri(text: &str) -> bool {
    ["rtp://", "ws://", "wss://"].iter().any(|scheme| text.starts_with(scheme))
}

objects! {
    TAP = "tap": "Sends a copy of the call's sound to another machine; the flow goes on at once." [
        required("uri", Holds::Like(&MEDIA_URI)).officially(Holds::Text).says("Where to: `rtp://<address>:<port>`, `ws://…` or `wss://…`."),
        CONTROL.says("Name for this tap, for `stop_tap`; made up when not given."),
        DIRECTION,
        field("codec", Holds::Word(&["PCMU", "PCMA"])).default("PCMU").says("Codec of the copy."),
        field("rtp_ptime", Holds::Integer(10.0, 120.0)).officially(INTEGER).default("20").says("Milliseconds of sound in each RTP packet, a multiple of 10."),
        STATUS.says("Where beginning and end of the tap are told."),
    ];
    STOP_TAP = "stop_tap": "Ends a tap." [
        CONTROL.says("Which one; the last one started when not given."),
    ];
    STREAM = "stream": "Streams the call's sound over a WebSocket; the flow goes on at once." [
        required("url", Holds::Text).says("Where to, as `wss://…`."),
        CONTROL.says("Name for this stream, for `stop_stream`; made up when not given."),
        field("name", Holds::Text).says("Name that the other end is told."),
        field("track", TRACKS).default("inbound_track").says("Which side: what the caller says, what the caller hears, or both."),
        field("codec", Holds::Text).says("Codec, such as `PCMU` or `L16@16000h`."),
        STATUS.says("Where beginning and end of the stream are told."),
        field("status_url_method", METHODS_OF_STATUS).default("POST").says("HTTP method for `status_url`."),
        field("authorization_bearer_token", Holds::Text).says("Token that the connection is opened with."),
        field("custom_parameters", NAMED_TEXTS).says("Names and texts that the other end is told at the start."),
    ];
    STOP_STREAM = "stop_stream": "Ends a stream." [
        CONTROL.says("Which one; the last one started when not given."),
    ];
    DETECT_MACHINE = "detect_machine": "Listens whether a person, an answering machine or a fax machine is at the other end." [
        field("detectors", Holds::Text).default("amd,fax").says("What to listen for, with commas between: `amd` (person or machine), `fax`."),
        field("wait", Holds::Bool).default("true").says("Wait for the result; when false the flow goes on and `status_url` is told."),
        field("timeout", POSITIVE).default("30").says("Seconds to listen at most."),
        field("initial_timeout", POSITIVE).default("4.5").says("Seconds to wait for the first voice."),
        field("end_silence_timeout", POSITIVE).default("1").says("Seconds of silence after which a voice counts as finished."),
        field("machine_voice_threshold", POSITIVE).default("1.25").says("Seconds of unbroken voice that only a machine has."),
        field("machine_words_threshold", Holds::Integer(0.0, ANY)).default("6").says("Words in one breath that only a machine says."),
        field("machine_ready_timeout", POSITIVE).default("`end_silence_timeout`").says("Seconds of silence after which a machine counts as ready to record."),
        field("detect_message_end", Holds::Bool).default("false").says("Wait until the machine is ready to record."),
        field("tone", Holds::Word(&["CED", "CNG"])).default("CED").says("Fax tone to listen for: `CED` of an answering fax, `CNG` of a calling one."),
        STATUS.says("Where everything heard is told."),
    ];
}

pub(super) static METHODS: &[Method] = &[
    method(&TAP)
        .first("uri")
        .screens()
        .sets(&[
            variable("tap_uri", "Where the copy goes."),
            choice("tap_result", &["success", "failed"], "Whether it was started."),
            variable("tap_control_id", "The name of this tap."),
            variable("tap_rtp_src_addr", "Address the copy comes from."),
            variable("tap_rtp_src_port", "Port the copy comes from."),
            variable("tap_ptime", "Milliseconds of sound in each packet."),
            variable("tap_codec", "Codec of the copy."),
            variable("tap_rate", "Samples in a second."),
        ])
        .sends(&[event("calling.call.tap", "state", &["tapping", "finished"])]),
    method(&STOP_TAP).first("control_id").bare().screens().sets(&[choice(
        "stop_tap_result",
        &["success", "failed"],
        "Whether it was ended.",
    )]),
    method(&STREAM)
        .screens()
        .sets(&[
            choice("stream_result", &["success", "failed"], "Whether it was started."),
            variable("stream_control_id", "The name of this stream."),
        ])
        .sends(&[event("calling.call.stream", "state", &["streaming", "finished"])]),
    method(&STOP_STREAM).first("control_id").bare().screens().sets(&[choice(
        "stop_stream_result",
        &["success", "failed"],
        "Whether it was ended.",
    )]),
    method(&DETECT_MACHINE)
        .sets(&[
            choice(
                "detect_result",
                &["machine", "human", "fax", "unknown", "detecting", "error"],
                "Who is at the other end.",
            ),
            choice("detect_machine_beep", &["true", "false"], "Whether a machine gave its tone."),
            variable("detect_ms", "Milliseconds that it took."),
        ])
        .sends(&[event(
            "calling.call.detect",
            "detect.params.event",
            &["HUMAN", "MACHINE", "UNKNOWN", "READY", "NOT_READY", "CED", "CNG", "finished"],
        )]),
];

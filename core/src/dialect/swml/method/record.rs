//! Recording, in the foreground and behind the flow.

use super::{Method, POSITIVE, URL, choice, event, method, objects, variable};
use crate::dialect::schema::{Field, Holds, NUMBER, Schema, field};

const FORMAT: Field = field("format", Holds::Word(&["wav", "mp3", "mp4"])).default("wav").says("Format of the file.");
const STEREO: Field = field("stereo", Holds::Bool).default("false").says("Each side in a channel of its own.");
const BEEP: Field = field("beep", Holds::Bool).default("false").says("A tone before recording begins.");
const SENSITIVITY: Field = field("input_sensitivity", NUMBER)
    .default("44")
    .says("How loud a sound must be to count as speech: 0 hears nothing, 100 everything.");
const LENGTH: Field = field("max_length", POSITIVE)
    .officially(NUMBER)
    .says("Longest recording in seconds; 0 and no value mean no limit.");
const STATUS: Field = field("status_url", URL).says("Where the course of the recording is told.");
const TERMINATORS: Field = field("terminators", Holds::Text).says("Keys that end the recording.");
const INITIAL: Field = field("initial_timeout", POSITIVE)
    .officially(NUMBER)
    .says("Seconds to wait for the first sound; 0 waits for ever.");
const SILENCE: Field = field("end_silence_timeout", POSITIVE)
    .officially(NUMBER)
    .says("Seconds of silence that end the recording; 0 never ends it.");

objects! {
    RECORD = "record": "Records the caller, a message for example, and waits until the recording is over: by a key, silence, its length or the end of the call." [
        STEREO, FORMAT,
        field("direction", Holds::Word(&["speak", "listen", "hear"])).officially(Holds::Word(&["speak", "listen"])).default("speak")
            .says("Whom to record: `speak` is what the caller says, `listen` what the caller hears (`hear` means the same)."),
        TERMINATORS.default("#"), BEEP, SENSITIVITY,
        INITIAL.default("4"), SILENCE.default("5"), LENGTH, STATUS,
    ];
    RECORD_CALL = "record_call": "Starts a recording of the call; the flow goes on at once." [
        field("control_id", Holds::Text).says("Name for this recording, for `stop_record_call`; made up when not given."),
        STEREO, FORMAT,
        field("direction", Holds::Word(&["speak", "listen", "hear", "both"])).officially(Holds::Word(&["speak", "listen", "both"])).default("both")
            .says("Whom to record: `speak` is what the caller says, `listen` what the caller hears, or `both`."),
        TERMINATORS.default(""), BEEP, SENSITIVITY,
        INITIAL.default("0"), SILENCE.default("0"), LENGTH, STATUS,
    ];
    STOP_RECORD_CALL = "stop_record_call": "Ends a recording that `record_call` started." [
        field("control_id", Holds::Text).says("Which recording; the last one started when not given."),
    ];
}

const STATES: &[&str] = &["recording", "paused", "finished", "no_input", "error"];

pub(super) static METHODS: &[Method] = &[
    method(&RECORD)
        .bare()
        .screens()
        .sets(&[
            variable("record_url", "Where the recording can be had."),
            choice("record_result", &["success", "failed"], "What came of it."),
        ])
        .sends(&[event("calling.call.record", "state", STATES)]),
    method(&RECORD_CALL)
        .bare()
        .screens()
        .sets(&[
            variable("record_call_url", "Where the recording will be had."),
            choice("record_call_result", &["success", "failed"], "Whether it was started."),
            variable("record_control_id", "The name of this recording."),
        ])
        .sends(&[event("calling.call.record", "state", STATES)]),
    method(&STOP_RECORD_CALL).first("control_id").bare().screens().sets(&[choice(
        "stop_record_call_result",
        &["success", "failed"],
        "Whether it was stopped.",
    )]),
];

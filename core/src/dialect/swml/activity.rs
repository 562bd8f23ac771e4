//! Methods that let the host do something for a while, as one table.

use super::step::Steps;
use super::words::{
    CONFERENCE, DENOISE, DETECT, EXTENSION, FAX_IN, FAX_OUT, PAY, QUEUE, QUIET, RECORD, RECORD_CALL, REFER, ROOM,
    STREAM, TAP, TRANSCRIBE,
};
use crate::dialect::reader::{entries, get};
use crate::dialect::schema::has_placeholder;
use crate::expr::Template;
use crate::ir::{Activity, ActivityKind, ActivityWords, Data, HookPlan, MessagePlan, Op, Then, WaitsFor};
use crate::text::{Kind, Node};
use crate::value::Value;
use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec::Vec;

/// How a method becomes an activity.
struct Form {
    method: &'static str,
    kind: ActivityKind,
    /// Whether the flow waits for its end.
    foreground: bool,
    /// Parameter, the contract's name of it, what it is when absent.
    fields: &'static [(&'static str, &'static str, Option<&'static str>)],
    /// Parameter that limits it, in seconds, and its default.
    limit: Option<(&'static str, Option<&'static str>)>,
    /// Keys that stop it by default; the parameter is `terminators`.
    stop_keys: Option<&'static str>,
    words: &'static ActivityWords,
}

static FORMS: &[Form] = &[
    Form {
        method: "record",
        kind: ActivityKind::Record,
        foreground: true,
        fields: &[
            ("stereo", "stereo", None),
            ("format", "format", Some("wav")),
            ("direction", "side", Some("speak")),
            ("beep", "beep", None),
            ("input_sensitivity", "sensitivity", Some("44")),
            ("initial_timeout", "begin_within", Some("4")),
            ("end_silence_timeout", "end_silence", Some("5")),
        ],
        limit: Some(("max_length", None)),
        stop_keys: Some("#"),
        words: &RECORD,
    },
    Form {
        method: "record_call",
        kind: ActivityKind::Record,
        foreground: false,
        fields: &[
            ("stereo", "stereo", None),
            ("format", "format", Some("wav")),
            ("direction", "side", Some("both")),
            ("beep", "beep", None),
            ("input_sensitivity", "sensitivity", Some("44")),
            ("initial_timeout", "begin_within", None),
            ("end_silence_timeout", "end_silence", None),
        ],
        limit: Some(("max_length", None)),
        stop_keys: Some(""),
        words: &RECORD_CALL,
    },
    Form {
        method: "tap",
        kind: ActivityKind::Tap,
        foreground: false,
        fields: &[
            ("uri", "uri", None),
            ("direction", "side", Some("speak")),
            ("codec", "codec", Some("PCMU")),
            ("rtp_ptime", "ptime", Some("20")),
        ],
        limit: None,
        stop_keys: None,
        words: &TAP,
    },
    Form {
        method: "stream",
        kind: ActivityKind::Stream,
        foreground: false,
        fields: STREAM_FIELDS,
        limit: None,
        stop_keys: None,
        words: &STREAM,
    },
    Form {
        method: "detect_machine",
        kind: ActivityKind::Detect,
        foreground: true,
        fields: &[
            ("detectors", "detectors", Some("amd,fax")),
            ("tone", "tone", Some("CED")),
            ("detect_message_end", "message_end", None),
            ("initial_timeout", "begin_within", Some("4.5")),
            ("end_silence_timeout", "end_silence", Some("1")),
            ("machine_ready_timeout", "ready_silence", None),
            ("machine_voice_threshold", "voice_threshold", Some("1.25")),
            ("machine_words_threshold", "words_threshold", Some("6")),
        ],
        limit: Some(("timeout", Some("30"))),
        stop_keys: None,
        words: &DETECT,
    },
    Form {
        method: "enter_queue",
        kind: ActivityKind::Enqueue,
        foreground: true,
        fields: &[("queue_name", "queue", None), ("wait_url", "wait_url", None)],
        limit: Some(("wait_time", Some("3600"))),
        stop_keys: None,
        words: &QUEUE,
    },
    Form {
        method: "join_conference",
        kind: ActivityKind::Join,
        foreground: true,
        fields: &[
            ("name", "room", None),
            ("muted", "muted", None),
            ("beep", "beep", Some("true")),
            ("start_on_enter", "start_on_enter", Some("true")),
            ("end_on_exit", "end_on_exit", None),
            ("wait_url", "wait_url", None),
            ("max_participants", "max_participants", Some("100000")),
            ("record", "record", Some("do-not-record")),
            ("region", "region", None),
            ("trim", "trim", Some("trim-silence")),
            ("coach", "coach", None),
            ("status_callback_event", "events", None),
            ("status_callback_event_type", "event_type", None),
            ("recording_status_callback", "recording_url", None),
            ("recording_status_callback_method", "recording_method", None),
            ("recording_status_callback_event", "recording_events", None),
            ("recording_status_callback_event_type", "recording_event_type", None),
        ],
        limit: None,
        stop_keys: None,
        words: &CONFERENCE,
    },
    Form {
        method: "join_room",
        kind: ActivityKind::Join,
        foreground: true,
        fields: &[
            ("name", "room", None),
            ("video", "video", Some("true")),
            ("start_on_enter", "start_on_enter", Some("true")),
        ],
        limit: None,
        stop_keys: None,
        words: &ROOM,
    },
    Form {
        method: "denoise",
        kind: ActivityKind::Denoise,
        foreground: false,
        fields: &[],
        limit: None,
        stop_keys: None,
        words: &DENOISE,
    },
    Form {
        method: "echo",
        kind: ActivityKind::Echo,
        foreground: true,
        fields: &[],
        limit: Some(("timeout", None)),
        stop_keys: None,
        words: &QUIET,
    },
    Form {
        method: "transcribe",
        kind: ActivityKind::Transcribe { live: false },
        foreground: false,
        fields: &[],
        limit: None,
        stop_keys: None,
        words: &TRANSCRIBE,
    },
    Form {
        method: "live_transcribe",
        kind: ActivityKind::Transcribe { live: true },
        foreground: false,
        fields: &[],
        limit: None,
        stop_keys: None,
        words: &QUIET,
    },
    Form {
        method: "sip_refer",
        kind: ActivityKind::Refer,
        foreground: true,
        fields: &[("to_uri", "to", None), ("username", "username", None), ("password", "password", None)],
        limit: None,
        stop_keys: None,
        words: &REFER,
    },
    extension("ai", true, &EXTENSION),
    extension("amazon_bedrock", true, &EXTENSION),
    extension("ai_sidecar", false, &EXTENSION),
    extension("live_translate", false, &EXTENSION),
    extension("pay", true, &PAY),
    extension("send_fax", true, &FAX_OUT),
    extension("receive_fax", true, &FAX_IN),
];

const STREAM_FIELDS: &[(&str, &str, Option<&str>)] = &[
    ("url", "url", None),
    ("name", "name", None),
    ("track", "side", Some("inbound_track")),
    ("codec", "codec", None),
    ("realtime", "realtime", None),
    ("authorization_bearer_token", "token", None),
    ("custom_parameters", "parameters", None),
];

const fn extension(method: &'static str, foreground: bool, words: &'static ActivityWords) -> Form {
    Form { method, kind: ActivityKind::Extend, foreground, fields: &[], limit: None, stop_keys: None, words }
}

impl Steps<'_, '_> {
    /// A checked method that begins something; `None` for any other.
    pub(super) fn begin(&mut self, method: &'static str, value: &Node, depth: usize) -> Option<Op> {
        let form = FORMS.iter().find(|form| form.method == method)?;
        if let Some(action) = get(value, "action") {
            return self.action(form, action);
        }
        let mut parameters = self.fields(form.fields, value);
        if form.kind == ActivityKind::Extend {
            parameters.push(("parameters", self.extension_data(value)));
        }
        if let Some(stream) = get(value, "stream") {
            let fields = self.fields(STREAM_FIELDS, stream);
            let object = fields.into_iter().map(|(name, data)| (name.to_string(), data)).collect();
            parameters.push(("stream", Data::Object(object)));
        }
        let result = match get(value, "result") {
            Some(node) => Some(self.choice(node, "return_value", depth)?),
            None => None,
        };
        Some(Op::Begin(Box::new(Activity {
            kind: form.kind,
            family: form.method,
            parameters,
            control_id: get(value, "control_id").map(|node| self.reader.template(node)),
            waits: self.waits(form, value),
            limit: form.limit.and_then(|(name, usual)| match get(value, name) {
                Some(node) => Some(self.reader.template(node)),
                None => usual.map(Template::fixed),
            }),
            stop_keys: form.stop_keys.map(|usual| match get(value, "terminators") {
                Some(node) => self.reader.template(node),
                None => Template::fixed(usual),
            }),
            status: self.status(value),
            words: form.words,
            result,
            then: self.then(form, value)?,
        })))
    }

    /// A transcription, translation or sidecar is told what to do by `action`.
    fn action(&mut self, form: &Form, action: &Node) -> Option<Op> {
        if action.as_str() == Some("stop") {
            return Some(Op::Stop { family: form.method, control_id: None, result: None });
        }
        let Some(start) = get(action, "start") else {
            return Some(Op::Adjust { family: form.method, action: self.reader.data(action) });
        };
        Some(Op::Begin(Box::new(Activity {
            kind: form.kind,
            family: form.method,
            parameters: Vec::from([("parameters", self.reader.data(start))]),
            control_id: None,
            waits: WaitsFor::Start,
            limit: None,
            stop_keys: None,
            status: None,
            words: form.words,
            result: None,
            then: Then::GoOn,
        })))
    }

    /// Parameters by the contract's names.
    fn fields(
        &mut self,
        fields: &'static [(&'static str, &'static str, Option<&'static str>)],
        value: &Node,
    ) -> Vec<(&'static str, Data)> {
        let mut out = Vec::new();
        for (vendor, name, usual) in fields {
            match get(value, vendor) {
                Some(node) => out.push((*name, self.reader.data(node))),
                None => out.extend(usual.map(|usual| (*name, Data::Literal(Value::from(usual))))),
            }
        }
        out
    }

    /// An extension's parameters. An assistant's functions have templates of their own (`${lc:args.x}`,
    /// `@{…}`), which the extension fills in; of the rest, what is no expression of ours stays as it is.
    fn extension_data(&mut self, value: &Node) -> Data {
        let mut pairs = Vec::new();
        for entry in entries(value) {
            let raw = entry.key.text == "SWAIG";
            let before = self.reader.diagnostics.len();
            let mut data = if raw { self.reader.literal(&entry.value) } else { self.reader.data(&entry.value) };
            if self.reader.diagnostics.len() > before {
                self.reader.diagnostics.truncate(before);
                data = self.reader.literal(&entry.value);
            }
            pairs.push((entry.key.text.clone(), data));
        }
        Data::Object(pairs)
    }

    /// What a `stream:` destination is told.
    pub(super) fn stream_fields(&mut self, value: &Node) -> Vec<(&'static str, Data)> {
        self.fields(STREAM_FIELDS, value).into_iter().filter(|(name, _)| !["url", "side"].contains(name)).collect()
    }

    fn waits(&mut self, form: &Form, value: &Node) -> WaitsFor {
        match get(value, "wait") {
            _ if !form.foreground => WaitsFor::Start,
            Some(node) if form.kind == ActivityKind::Detect => match &node.kind {
                Kind::Bool(false) => WaitsFor::Nothing,
                Kind::String(_) => WaitsFor::EndIf(self.reader.template(node)),
                Kind::Bool(true)
                | Kind::Null
                | Kind::Number(_)
                | Kind::Array(_)
                | Kind::Object(_)
                | Kind::Element(_) => WaitsFor::End,
            },
            Some(_) | None => WaitsFor::End,
        }
    }

    /// Whom to tell, and how.
    pub(super) fn status(&mut self, value: &Node) -> Option<HookPlan> {
        let url = get(value, "status_url").or_else(|| get(value, "status_callback"))?;
        let method = get(value, "status_url_method").or_else(|| get(value, "status_callback_method"));
        let get = method.and_then(Node::as_str).is_some_and(|method| method.eq_ignore_ascii_case("get"));
        Some(HookPlan { url: self.reader.template(url), method: if get { "GET" } else { "POST" }, id: None })
    }

    fn then(&mut self, form: &Form, value: &Node) -> Option<Then> {
        Some(match form.kind {
            ActivityKind::Enqueue => {
                match get(value, "execute_after_queue").or_else(|| get(value, "transfer_after_bridge")) {
                    Some(node) => Then::Run(self.target(node)?),
                    None => Then::End,
                }
            }
            ActivityKind::Join if form.method == "join_conference" => Then::End,
            ActivityKind::Record
            | ActivityKind::Tap
            | ActivityKind::Stream
            | ActivityKind::Detect
            | ActivityKind::Denoise
            | ActivityKind::Echo
            | ActivityKind::Transcribe { .. }
            | ActivityKind::Join
            | ActivityKind::Refer
            | ActivityKind::Extend => Then::GoOn,
        })
    }

    /// A checked method that stops something; `None` for any other.
    pub(super) fn stop(&mut self, method: &'static str, value: &Node) -> Option<Op> {
        let (family, result) = match method {
            "stop_record_call" => ("record_call", ("stop_record_call_result", "success", "failed")),
            "stop_tap" => ("tap", ("stop_tap_result", "success", "failed")),
            "stop_stream" => ("stream", ("stop_stream_result", "success", "failed")),
            "stop_denoise" => ("denoise", ("denoise_result", "off", "off")),
            "transcribe_stop" => ("transcribe", ("transcribe_stop_result", "success", "failed")),
            _ => return None,
        };
        let control_id = get(value, "control_id").map(|node| self.reader.template(node));
        Some(Op::Stop { family, control_id, result: Some(result) })
    }

    /// A checked `send_sms`.
    pub(super) fn message(&mut self, value: &Node) -> Op {
        let names = [
            ("to_number", "to"),
            ("from_number", "from"),
            ("body", "body"),
            ("media", "media"),
            ("region", "region"),
            ("tags", "tags"),
            ("status_callback", "status_callback"),
        ];
        let mut fields = Vec::new();
        for (vendor, name) in names {
            if let Some(node) = get(value, vendor) {
                fields.push((name, self.reader.data(node)));
            }
        }
        Op::Message(MessagePlan { fields, result: "send_sms_result" })
    }

    /// `eval`: bare JavaScript into variables.
    pub(super) fn eval(&mut self, value: &Node) -> Op {
        let mut pairs = Vec::new();
        for entry in entries(value) {
            let data = match entry.value.as_str() {
                Some(text) if !has_placeholder(text) => {
                    Data::Text(self.reader.template_text(&alloc::format!("${{({text})}}"), entry.value.span))
                }
                Some(_) | None => self.reader.data(&entry.value),
            };
            pairs.push((super::step::bare_variable(&entry.key.text).to_string(), data));
        }
        Op::Set(pairs)
    }
}

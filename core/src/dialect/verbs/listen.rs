//! `listen`, also called `stream`: a WebSocket hears the call, until a key, its length or its other end ends it.

use super::document::hook;
use crate::diag::{Diagnostic, Severity, codes};
use crate::dialect::reader::{Reader, get, is_true};
use crate::expr::Template;
use crate::ir::{Activity, ActivityKind, ActivityWords, Data, Then, WaitsFor};
use crate::text::{Kind, Node};
use crate::value::Value;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

const KEYS: &str = "0123456789*#";
/// However it ends: nothing else is told of it.
const OVER: &str = "over";

static WORDS: ActivityWords = ActivityWords { variables: |_| Vec::new(), settled: |_| false, outcome: |_| Some(OVER) };

pub(super) fn lower(reader: &mut Reader<'_>, node: &Node) -> Option<Activity> {
    let text = |text: &str| Data::Literal(Value::from(text));
    let rate = match get(node, "sampleRate").map(|rate| &rate.kind) {
        Some(Kind::Number(rate)) => *rate as u32,
        _ => 8000,
    };
    // The caller's side is all that `mono` has.
    let side = match get(node, "mixType").and_then(Node::as_str) {
        Some("stereo" | "mixed") => "both",
        _ => "speak",
    };
    let mut parameters = Vec::from([
        ("url", reader.data(get(node, "url")?)),
        ("side", text(side)),
        ("codec", text(&format!("L16@{rate}h"))),
    ]);
    if get(node, "bidirectionalAudio").is_some_and(|both| is_true(both, "streaming") == Some(true)) {
        parameters.push(("realtime", Data::Literal(Value::Bool(true))));
    }
    if let Some(metadata) = get(node, "metadata") {
        parameters.push(("parameters", reader.data(metadata)));
    }
    Some(Activity {
        kind: ActivityKind::Stream,
        family: "listen",
        parameters,
        control_id: None,
        waits: WaitsFor::End,
        limit: get(node, "maxLength").map(|length| reader.template(length)),
        stop_keys: finish(reader, node).map(Template::fixed),
        status: None,
        words: &WORDS,
        result: None,
        then: match get(node, "actionHook") {
            Some(asked) => Then::Ask { hook: hook(reader, asked, get(node, "id")), after: OVER, goes_on: true },
            None => Then::GoOn,
        },
    })
}

/// The key that ends it. The platform compares each key with all of the text.
fn finish(reader: &mut Reader<'_>, node: &Node) -> Option<String> {
    let value = get(node, "finishOnKey")?;
    let key = value.as_str()?;
    if key.len() == 1 && KEYS.contains(key) {
        return Some(key.to_string());
    }
    let message = format!("`finishOnKey` must be one key out of {KEYS}, found `{key}`; no key ends it");
    let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, value.span, message);
    diagnostic.severity = Severity::Warning;
    reader.report(diagnostic);
    None
}

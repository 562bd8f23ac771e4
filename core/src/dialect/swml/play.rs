//! `play` and play URIs.

use super::method::PLAY;
use super::step::Steps;
use crate::diag::{Diagnostic, codes};
use crate::dialect::reader::{get, items, number};
use crate::dialect::schema::has_placeholder;
use crate::expr::Template;
use crate::ir::{
    AfterCollect, ClipKind, ClipPlan, Collect, CollectWords, DuringPrompt, Patience, Play, SpeechPlan, Voice,
};
use crate::text::Node;
use alloc::{format, vec::Vec};

/// What the platform puts into variables after a `prompt`.
static PROMPT_WORDS: CollectWords = CollectWords {
    result: &["prompt_result", "return_value"],
    value: &["prompt_value", "prompt_value_raw"],
    terminator: &["prompt_digit_terminator"],
    confidence: &["prompt_speech_confidence"],
    keys: "match_digits",
    speech: "match_speech",
    unclear: "no_match",
    nothing: "no_input",
    failed: "failed",
};

/// Parameters any of which lets a `prompt` listen for speech.
const SPEECH: [&str; 5] = ["speech_timeout", "speech_end_timeout", "speech_language", "speech_hints", "speech_engine"];

impl Steps<'_, '_> {
    /// A `play`, or a ringback in the form of one.
    pub(super) fn play(&mut self, value: &Node) -> Option<Play> {
        let urls = match (get(value, "url"), get(value, "urls")) {
            (Some(_), Some(urls)) => {
                let diagnostic = Diagnostic::new(&codes::CONFLICT, urls.span, "`play` takes `url` or `urls`, not both");
                self.reader.report_vendor(diagnostic, Some("relay_script_method_parameter_conflict"));
                return None;
            }
            (Some(url), None) | (None, Some(url)) => url,
            (None, None) => {
                let message = format!("`{}` needs `url` or `urls`", PLAY.name);
                let diagnostic = Diagnostic::new(&codes::MISSING_FIELD, value.span, message);
                self.reader.report_vendor(diagnostic, Some("relay_script_method_parameter_missing"));
                return None;
            }
        };
        let voice = self.voice(value);
        let clips = items(urls).iter().map(|node| self.clip(node, &voice)).collect();
        let times = match number(value, "loop") {
            Some(0.0) => None,
            Some(times) => Some(times as u32),
            None => Some(1),
        };
        let volume = get(value, "volume").map(|node| self.reader.template(node));
        Some(Play { clips, times, volume, status: self.status(value) })
    }

    /// A `prompt` for keys.
    pub(super) fn prompt(&mut self, value: &Node, depth: usize) -> Option<Collect> {
        let voice = self.voice(value);
        let clips = items(get(value, "play")?).iter().map(|node| self.clip(node, &voice)).collect();
        let volume = get(value, "volume").map(|node| self.reader.template(node));
        let result = match get(value, "result") {
            Some(node) => Some(self.choice(node, "prompt_result", depth)?),
            None => None,
        };
        let has = |names: &[&str]| names.iter().any(|name| get(value, name).is_some());
        let wants_speech = has(&SPEECH);
        let keys = !wants_speech || has(&["max_digits", "terminators", "digit_timeout", "initial_timeout"]);
        let speech = wants_speech.then(|| self.speech(value));
        let status = self.status(value);
        let mut or = |name: &str, default: &str| match get(value, name) {
            Some(node) => self.reader.template(node),
            None => Template::fixed(default),
        };
        Some(Collect {
            keys,
            speech,
            status,
            prompt: Some(Play { clips, times: Some(1), volume, status: None }),
            during: DuringPrompt::Stops,
            most: Some(or("max_digits", "1")),
            terminators: or("terminators", ""),
            patience: Patience::EachKey { first: or("initial_timeout", "5"), next: or("digit_timeout", "5") },
            words: &PROMPT_WORDS,
            after: AfterCollect::Choose(result),
        })
    }

    fn speech(&mut self, value: &Node) -> SpeechPlan {
        let fields = [
            ("speech_language", "language"),
            ("speech_hints", "hints"),
            ("speech_engine", "engine"),
            ("speech_end_timeout", "end_silence"),
        ];
        let mut parameters = Vec::new();
        for (vendor, name) in fields {
            if let Some(node) = get(value, vendor) {
                parameters.push((name, self.reader.data(node)));
            }
        }
        let limit = get(value, "speech_timeout").map(|node| self.reader.template(node));
        SpeechPlan { parameters, limit, stops_prompt: true }
    }

    fn voice(&mut self, value: &Node) -> Voice {
        Voice {
            voice: Some(self.or_variable(value, "say_voice", "Polly.Salli")),
            language: Some(self.or_variable(value, "say_language", "en-US")),
            gender: Some(self.or_variable(value, "say_gender", "female")),
        }
    }

    /// A parameter, else the variable of its name, else the platform's default.
    fn or_variable(&mut self, value: &Node, name: &'static str, default: &str) -> Template {
        match get(value, name) {
            Some(node) => self.reader.template(node),
            None => {
                if let Some((_, usual)) = self.reader.usual.iter().find(|(usual, _)| *usual == name) {
                    return usual.clone();
                }
                let text = format!("${{vars.{name} || '{default}'}}");
                let usual = self.reader.template_text(&text, value.span);
                self.reader.usual.push((name, usual.clone()));
                usual
            }
        }
    }

    /// A play URI.
    pub(super) fn clip(&mut self, node: &Node, voice: &Voice) -> ClipPlan {
        let text = self.reader.scalar(node);
        if !has_placeholder(&text) && !is_play_uri(&text) {
            let message = format!("`{text}` is no play URI");
            let quoted = self.reader.requote(node.span, &format!("say:{text}"));
            let mut diagnostic = Diagnostic::new(&codes::INVALID_VALUE, node.span, message)
                .note("it is `say:…`, `silence:<seconds>`, `ring:[<seconds>:]<country>`, or an http(s) address");
            if !text.contains(':') {
                diagnostic = diagnostic.fix("say it", node.span, quoted);
            }
            self.reader.report_vendor(diagnostic, Some("relay_script_method_parameter_invalid_value"));
        }
        ClipPlan { span: node.span, kind: ClipKind::Uri { uri: self.reader.template(node), voice: voice.clone() } }
    }
}

fn is_play_uri(text: &str) -> bool {
    ["say:", "silence:", "ring:", "http://", "https://", "file:"].iter().any(|scheme| text.starts_with(scheme))
}

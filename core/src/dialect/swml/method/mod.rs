//! The methods, their parameters, what they set and what they tell: one table for the checker, the
//! lints and the manual.

mod ai;
mod bedrock;
mod call;
mod conduct;
mod confirm;
mod connect;
mod fax;
mod flow;
mod invented;
mod language;
mod live;
mod pay;
mod persona;
mod play;
mod prompt;
mod property;
mod record;
mod request;
mod room;
mod sidecar;
mod speaker;
mod stream;
mod swaig;
mod trial;

pub(super) use connect::{CONNECT, DESTINATION};
pub(super) use invented::INVENTED;
pub(super) use play::PLAY;

use crate::dialect::schema::{Alias, Form, Holds, Schema, Words};

/// A method that steps may name.
#[derive(Debug)]
pub(crate) struct Method {
    /// Its name, sentence and parameters.
    pub(crate) schema: &'static Schema,
    /// The parameter that a value which is no object stands for.
    pub(crate) first: Option<&'static str>,
    /// May be written as a bare string.
    pub(crate) bare: bool,
    /// Allowed while a callee is screened (`connect.confirm`).
    pub(crate) screens: Screens,
    /// What the official schema takes as its value.
    pub(crate) official: Official,
    /// How it is run.
    pub(crate) role: Role,
    /// The variables that it sets.
    pub(crate) sets: &'static [Variable],
    /// The status events that it sends.
    pub(crate) events: &'static [StatusEvent],
}

/// Where a method may stand inside `confirm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screens {
    /// Nowhere: the platform refuses the document.
    Never,
    /// The platform takes it, the official schema does not.
    Platform,
    /// Everywhere.
    Always,
}

/// What the official schema takes as a method's value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Official {
    /// The object of its parameters.
    Object,
    /// Something else.
    Value(&'static Holds),
    /// It does not know the method.
    Unknown,
}

/// How a method is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// By the engine.
    Engine,
    /// By an extension of the host; without one it fails as the platform documents it.
    Extension,
    /// Not at all: the platform's experiment has no public description.
    Trial,
}

/// A variable that a method sets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Variable {
    /// Its name.
    pub(crate) name: &'static str,
    /// The values it may have, if the platform chooses them.
    pub(crate) values: &'static [&'static str],
    /// What it is, in a sentence.
    pub(crate) says: Words,
}

/// A kind of status event that a method sends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StatusEvent {
    /// `calling.call.play` …
    pub(crate) kind: &'static str,
    /// The parameter that says where to.
    pub(crate) to: &'static str,
    /// Where in `params` the state stands.
    pub(crate) field: &'static str,
    /// The states it tells.
    pub(crate) states: &'static [&'static str],
}

/// The methods by family, in the order of the manual: its title, its kind in a palette, the methods.
pub(crate) static FAMILIES: &[(&str, &str, &[Method])] = &[
    ("The call", "call", call::METHODS),
    ("Sound and keys", "media", play::METHODS),
    ("Prompts", "input", prompt::METHODS),
    ("Recording", "media", record::METHODS),
    ("Connecting", "dial", connect::METHODS),
    ("Flow and variables", "logic", flow::METHODS),
    ("Requests and messages", "data", request::METHODS),
    ("Media streams", "media", stream::METHODS),
    ("Rooms and queues", "queue", room::METHODS),
    ("Live speech", "ai", live::METHODS),
    ("Fax", "other", fax::METHODS),
    ("Payment", "input", pay::METHODS),
    ("Artificial intelligence", "ai", ai::METHODS),
    ("Artificial intelligence beside a call", "ai", sidecar::METHODS),
    ("Artificial intelligence by Amazon", "ai", bedrock::METHODS),
    ("Experiments of the platform", "other", trial::METHODS),
];

/// Every method, in the order of the manual.
pub(crate) fn methods() -> impl Iterator<Item = &'static Method> {
    FAMILIES.iter().flat_map(|(_, _, methods)| methods.iter())
}

/// The method of a name.
pub(crate) fn find(name: &str) -> Option<&'static Method> {
    methods().find(|method| method.schema.name == name)
}

/// The values that the platform chooses from for a variable.
pub(crate) fn values(variable: &str) -> Option<&'static [&'static str]> {
    closed().find(|closed| closed.name == variable).map(|closed| closed.values)
}

/// Every variable whose values the platform chooses.
pub(crate) fn closed() -> impl Iterator<Item = &'static Variable> {
    methods().flat_map(|method| method.sets.iter()).filter(|variable| !variable.values.is_empty())
}

/// A method that is run, with an object of parameters as its value.
const fn method(schema: &'static Schema) -> Method {
    Method {
        schema,
        first: None,
        bare: false,
        screens: Screens::Never,
        official: Official::Object,
        role: Role::Engine,
        sets: &[],
        events: &[],
    }
}

/// A variable with any value.
const fn variable(name: &'static str, says: &'static str) -> Variable {
    choice(name, &[], says)
}

/// A variable with one of these values.
const fn choice(name: &'static str, values: &'static [&'static str], says: &'static str) -> Variable {
    Variable { name, values, says: Words::new(says) }
}

/// An event for `status_url` with its states.
const fn event(kind: &'static str, field: &'static str, states: &'static [&'static str]) -> StatusEvent {
    StatusEvent { kind, to: "status_url", field, states }
}

impl StatusEvent {
    /// It goes to what another parameter says.
    const fn sent_to(self, to: &'static str) -> StatusEvent {
        StatusEvent { to, ..self }
    }
}

impl Method {
    /// A value that is no object stands for this parameter.
    const fn first(self, parameter: &'static str) -> Method {
        Method { first: Some(parameter), ..self }
    }

    /// It may be a bare string.
    const fn bare(self) -> Method {
        Method { bare: true, ..self }
    }

    /// It may be used inside `confirm`.
    const fn screens(self) -> Method {
        Method { screens: Screens::Always, ..self }
    }

    /// It may be used inside `confirm`, whatever the official schema says.
    const fn screens_unofficially(self) -> Method {
        Method { screens: Screens::Platform, ..self }
    }

    /// The official schema takes this as its value.
    const fn officially(self, holds: &'static Holds) -> Method {
        Method { official: Official::Value(holds), ..self }
    }

    /// The official schema does not know it.
    const fn unofficial(self) -> Method {
        Method { official: Official::Unknown, ..self }
    }

    /// An extension of the host runs it.
    const fn extension(self) -> Method {
        Method { role: Role::Extension, ..self }
    }

    /// Nobody runs it.
    const fn trial(self) -> Method {
        Method { role: Role::Trial, official: Official::Unknown, ..self }
    }

    /// It sets these variables.
    const fn sets(self, sets: &'static [Variable]) -> Method {
        Method { sets, ..self }
    }

    /// It sends these status events.
    const fn sends(self, events: &'static [StatusEvent]) -> Method {
        Method { events, ..self }
    }

    /// Whether the official schema knows it.
    pub(crate) const fn is_official(&self) -> bool {
        !matches!(self.official, Official::Unknown)
    }
}

/// A field that authors invent, and what to do.
const fn alias(name: &'static str, meant: &'static str, prefix: Option<&'static str>, note: &'static str) -> Alias {
    Alias { name, meant, prefix, note }
}

/// Objects as a table: name, what the vendor calls it, a sentence, fields, and how they depend on each other.
macro_rules! objects {
    ($($name:ident = $vendor:literal: $says:literal [$($field:expr),* $(,)?] $(.$option:ident($($argument:expr),*))*;)*) => {
        $(
            pub(in crate::dialect::swml) static $name: Schema =
                Schema::new($vendor, &[$($field),*]).says($says)$(.$option($($argument),*))*;
        )*
    };
}
use objects;

// What several families share.

/// Seconds, as the platform takes them.
const SECONDS: Holds = Holds::Integer(1.0, f32::INFINITY);
/// A number from nothing upwards.
const POSITIVE: Holds = Holds::Number(0.0, f32::INFINITY);
/// An address on the web.
const URL: Holds = Holds::Text;
/// One text or several.
const TEXTS: Holds = Holds::Either(&[Holds::Text, Holds::ListOf(&Holds::Text)]);
/// Several texts.
const LIST: Holds = Holds::ListOf(&Holds::Text);
/// Names with texts.
const NAMED_TEXTS: Holds = Holds::MapOf(&Holds::Text);
/// A number between two that the official schema wants written out.
const VOLUME: Holds = Holds::Number(-40.0, 40.0);
const METHODS_OF_STATUS: Holds = Holds::Word(&["GET", "POST"]);
/// A branch of the flow, by its own shape.
const RESULT: Holds = Holds::Either(&[Holds::Map, Holds::List]);

/// What `play` plays.
static PLAY_URI: Form =
    Form { noun: "a play URI (`say:…`, `silence:…`, `ring:…` or a web address)", fits: is_play_uri };

fn is_play_uri(text: &str) -> bool {
    let tail = |scheme: &str| text.strip_prefix(scheme).map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
    let number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let country = |text: &str| text.len() == 2 && text.chars().all(|c| c.is_ascii_alphabetic());
    if ["http://", "https://", "say:"].iter().any(|scheme| text.starts_with(scheme)) {
        return is_line(text);
    }
    if let Some(seconds) = tail("silence:") {
        return number(seconds);
    }
    match tail("ring:").map(|rest| (rest, rest.split_once(':'))) {
        Some((_, Some((seconds, rest)))) => number(seconds) && country(rest.strip_prefix(' ').unwrap_or(rest)),
        Some((rest, None)) => country(rest),
        None => false,
    }
}

/// Whether a text is one line, as `.` of a JavaScript pattern sees lines.
fn is_line(text: &str) -> bool {
    !text.contains(['\n', '\r', '\u{2028}', '\u{2029}'])
}

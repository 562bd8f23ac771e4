//! The platforms: each reads (text → program, with the platform's defaults and errors) and writes
//! (facts → hook and status requests in the platform's exact shape).
//!
//! Nothing in here knows the machine, time or SIP.

mod detect;
mod outline;
mod rcml;
pub(crate) mod reader;
mod request;
#[cfg_attr(not(feature = "manual"), allow(dead_code))] // only the manual reads the sentences
pub(crate) mod schema;
mod strictness;
mod swml;
mod verbs;
mod vocabulary;

pub use detect::detect;
pub use outline::{
    Fork, ForkOrder, Form, Goes, Link, LinkKind, Outline, Part, Port, Route, Step, Steps, Target, outline,
};
pub use request::{Ask, View, without_secrets};
pub(crate) use request::{form_request, json_request, with_query};
pub use strictness::Strictness;
#[cfg(feature = "manual")]
pub use swml::manual;
pub use vocabulary::{category_of, flow, vocabulary};

use crate::diag::{Diagnostic, codes};
use crate::ir::{HookPlan, LegChange, Program};
use crate::order::sort_by_key;
use crate::text::{self, Tree};
use crate::value::Value;
use crate::wire::{ActivityChange, ActivityFacts, DialFacts, DialState, Dialect, LegFacts, Request};
use alloc::{format, string::String, vec::Vec};

/// A read document.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its dialect, if one was given or recognised.
    pub dialect: Option<Dialect>,
    /// Its meaning; only to be run when no diagnostic is an error.
    pub program: Program,
    /// What there is to say about it, in document order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Reading {
    /// Whether it can be run.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.dialect.is_some() && !self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Reads a document of a given dialect, or of the one it looks like.
///
/// At [`Strictness::Schema`] the diagnostics say what the dialect's published schema accepts; the
/// program is still what the platform understands. Only SWML has such a schema.
#[must_use]
pub fn read(source: &str, dialect: Option<Dialect>, strictness: Strictness, limits: &text::TextLimits) -> Reading {
    let format = match dialect {
        Some(Dialect::Rcml) => Some(text::Format::Xml),
        Some(Dialect::Verbs) => Some(text::Format::Json),
        Some(Dialect::Swml) | None => None,
    };
    let tree = text::read(source, format, limits);
    read_tree(source, &tree, dialect, strictness)
}

/// Like [`read`], for a document whose text was read already.
#[must_use]
pub fn read_tree(source: &str, tree: &Tree, dialect: Option<Dialect>, strictness: Strictness) -> Reading {
    let mut diagnostics: Vec<Diagnostic> = tree.problems.iter().map(problem).collect();
    if strictness == Strictness::Schema {
        // A reader that repairs nothing stands in front of a schema.
        diagnostics.iter_mut().for_each(|diagnostic| diagnostic.severity = crate::diag::Severity::Error);
    }
    let dialect = dialect.or_else(|| detect(tree));
    if dialect == Some(Dialect::Swml) {
        diagnostics.iter_mut().for_each(swml::name_problem);
    }
    let mut program = Program::default();
    match (dialect, &tree.root) {
        (Some(dialect), Some(root)) => {
            let reader = match dialect {
                Dialect::Swml => swml::read(source, root, strictness),
                Dialect::Verbs => verbs::read(source, root),
                Dialect::Rcml => rcml::read(source, root),
            };
            diagnostics.extend(reader.diagnostics);
            program = reader.program;
        }
        (None, Some(root)) => diagnostics.push(unknown(tree, root)),
        (_, None) if diagnostics.iter().any(Diagnostic::is_error) => {}
        (_, None) => diagnostics.push(Diagnostic::new(
            &codes::UNKNOWN_FORMAT,
            crate::span::Span::default(),
            "expected a call flow, found an empty document",
        )),
    }
    sort_by_key(&mut diagnostics, |diagnostic| diagnostic.span);
    // One mistake is told once, whoever saw it first.
    diagnostics.dedup_by(|later, first| core::ptr::eq(later.code, first.code) && later.span == first.span);
    Reading { dialect, program, diagnostics }
}

/// What a syntax reader says.
pub(crate) fn problem(problem: &text::Problem) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(problem.code, problem.span, problem.message.clone());
    diagnostic.severity = problem.severity;
    // Strict readers refuse it, but it has only one reading, and the vendors' own examples have it.
    if core::ptr::eq(problem.code, &codes::TRAILING_COMMA) {
        diagnostic.severity = crate::diag::Severity::Warning;
    }
    diagnostic.notes.extend(problem.help.clone());
    if let Some(fix) = &problem.fix {
        let title = if fix.is_empty() { "take it away" } else { "replace it" };
        diagnostic = diagnostic.fix(title, problem.span, fix.clone());
    }
    diagnostic
}

fn unknown(tree: &Tree, root: &text::Node) -> Diagnostic {
    let looks = match tree.format {
        text::Format::Json => "JSON",
        text::Format::Yaml => "YAML",
        text::Format::Xml => "XML",
    };
    let message = format!("this is {looks}, but neither SWML (`sections`), verbs (`verb`) nor RCML (`<Response>`)");
    let at = crate::span::Span::new(root.span.start, root.span.end.min(root.span.start.saturating_add(1)));
    Diagnostic::new(&codes::UNKNOWN_FORMAT, at, message).note("name the dialect with `--dialect` if it is one of them")
}

/// The `call` object that expressions see.
#[must_use]
pub fn call_object(dialect: Dialect, view: &View<'_>, leg: &LegFacts) -> Value {
    match dialect {
        Dialect::Swml => swml::call_object(view, leg),
        Dialect::Verbs | Dialect::Rcml => Value::Null,
    }
}

/// What a change of a leg is told to one who watches it.
#[must_use]
pub fn leg_changed(
    dialect: Dialect,
    view: &View<'_>,
    leg: &LegFacts,
    change: LegChange,
    hook: &HookAt<'_>,
) -> Option<Request> {
    match dialect {
        Dialect::Swml => swml::leg_changed(view, leg, change, hook),
        Dialect::Verbs => verbs::leg_changed(view, leg, change, hook.method, hook.url),
        Dialect::Rcml => rcml::leg_changed(view, leg, change, hook),
    }
}

/// What the course of a dial is told to one who watches it.
#[must_use]
pub fn dial_changed(
    dialect: Dialect,
    view: &View<'_>,
    state: DialState,
    dial: &DialFacts,
    hook: &HookAt<'_>,
) -> Option<Request> {
    match dialect {
        Dialect::Swml => swml::dial_changed(view, state, dial, hook),
        Dialect::Verbs | Dialect::Rcml => None,
    }
}

/// What the course of an activity is told to one who watches it.
#[must_use]
pub fn activity_changed(
    dialect: Dialect,
    view: &View<'_>,
    facts: &ActivityFacts,
    change: ActivityChange,
    hook: &HookAt<'_>,
) -> Option<Request> {
    match dialect {
        Dialect::Swml => swml::activity_changed(view, facts, change, hook),
        Dialect::Verbs | Dialect::Rcml => None,
    }
}

/// What a captured key sequence is told.
#[must_use]
pub fn captured(dialect: Dialect, view: &View<'_>, leg: &LegFacts, keys: &str, hook: &HookAt<'_>) -> Option<Request> {
    match dialect {
        Dialect::Verbs => Some(verbs::captured(view, leg, keys, hook.method, hook.url)),
        Dialect::Swml | Dialect::Rcml => None,
    }
}

/// A request that asks for a document.
#[must_use]
pub fn ask(dialect: Dialect, view: &View<'_>, leg: &LegFacts, ask: &Ask<'_>, url: &str) -> Request {
    match dialect {
        Dialect::Swml => swml::ask(view, leg, ask, url),
        Dialect::Verbs => verbs::ask(view, leg, ask, url),
        Dialect::Rcml => rcml::ask(view, leg, ask, url),
    }
}

/// What a reply means for the one who asked.
#[derive(Clone, Debug)]
pub enum Reply {
    /// New instructions.
    Document(String),
    /// Nothing to run.
    Empty,
    /// No usable reply.
    Failed(String),
}

/// Reads the reply to an [`ask`].
#[must_use]
pub fn reply(dialect: Dialect, status: u16, content_type: &str, body: &str, error: Option<&str>) -> Reply {
    if let Some(error) = error {
        return Reply::Failed(error.into());
    }
    let fine = match dialect {
        Dialect::Verbs => matches!(status, 200 | 202 | 204),
        Dialect::Swml | Dialect::Rcml => (200..300).contains(&status),
    };
    if !fine {
        return Reply::Failed(format!("HTTP status {status}"));
    }
    match dialect {
        // The body counts only as JSON; anything else is an empty answer.
        Dialect::Verbs if !content_type.contains("application/json") => Reply::Empty,
        Dialect::Verbs if matches!(body.trim(), "" | "[]" | "{}" | "null") => Reply::Empty,
        Dialect::Swml | Dialect::Rcml if body.trim().is_empty() => Reply::Empty,
        Dialect::Rcml => rcml::reply(content_type, body),
        Dialect::Swml | Dialect::Verbs => Reply::Document(body.into()),
    }
}

/// SIP status for a caller whose first document cannot be had.
#[must_use]
pub fn refused_status(dialect: Option<Dialect>) -> u16 {
    match dialect {
        Some(Dialect::Verbs) => 480,
        Some(Dialect::Swml | Dialect::Rcml) | None => 500,
    }
}

/// Whether this dialect's status hook hears of every change of every leg.
#[must_use]
pub fn has_status_hook(dialect: Dialect) -> bool {
    match dialect {
        Dialect::Verbs => true,
        Dialect::Swml | Dialect::Rcml => false,
    }
}

/// A hook whose URL is complete.
#[derive(Clone, Copy, Debug)]
pub struct HookAt<'a> {
    /// Absolute URL.
    pub url: &'a str,
    /// HTTP method.
    pub method: &'static str,
    /// How many were sent for this leg before.
    pub sequence: u32,
}

impl HookPlan {
    /// This hook with its complete URL.
    #[must_use]
    pub fn at<'a>(&self, url: &'a str, sequence: u32) -> HookAt<'a> {
        HookAt { url, method: self.method, sequence }
    }
}

/// Headers that belong to the SIP stack, which a document must never set.
pub(crate) fn header_is_ours(name: &str) -> bool {
    const OURS: [&str; 16] = [
        "via",
        "from",
        "to",
        "contact",
        "call-id",
        "cseq",
        "route",
        "record-route",
        "max-forwards",
        "authorization",
        "proxy-authorization",
        "content-length",
        "content-type",
        "require",
        "supported",
        "v",
    ];
    OURS.iter().any(|ours| name.eq_ignore_ascii_case(ours))
        || name.chars().any(|c| c.is_control() || c == ':' || c == ' ')
}

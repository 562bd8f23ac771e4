//! Variables that are read and never set.

use super::outputs::sets;
use super::reads::Reads;
use crate::diag::{Diagnostic, Severity, codes, did_you_mean};
use crate::ir::{AfterDial, Choice, Op, Program, ScreeningSource, Target, Then};
use crate::span::Span;
use alloc::{
    collections::BTreeSet,
    format,
    string::{String, ToString},
    vec::Vec,
};

/// A name without `vars.` may be the project's or the call's own, and another document may have
/// left a variable behind: so a slip of a name that is set is a warning, any other a hint.
pub(super) fn unset(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let mut known = BTreeSet::from(["script_error"]);
    let mut asked = Vec::new();
    for (_, instruction, _) in program.instructions() {
        // Another document that comes back may set anything.
        if runs_another(program, &instruction.op) {
            return;
        }
        sets(program, &instruction.op, &mut asked, &mut known);
    }
    let mut told = BTreeSet::new();
    for (_, instruction, place) in program.instructions() {
        let switched = switch_of(&instruction.op);
        let reads = Reads::of(program, &instruction.op).found;
        let named =
            reads.into_iter().filter(|(read, _)| !read.guarded).map(|(read, span)| (read.path.as_slice(), span));
        for (path, span) in named.chain(switched.iter().map(|(path, span)| (path.as_slice(), Some(*span)))) {
            let (name, certain) = match path {
                [root, name, ..] if root == "vars" => (name, true),
                [name, ..] if !matches!(name.as_str(), "vars" | "call" | "params" | "envs") => (name, false),
                _ => continue,
            };
            if known.contains(name.as_str()) || !told.insert(name.clone()) {
                continue;
            }
            diagnostics.extend(report(name, certain, span.unwrap_or(place), &known));
        }
    }
}

fn report(name: &str, certain: bool, span: Span, known: &BTreeSet<&str>) -> Option<Diagnostic> {
    let meant = did_you_mean(name, known.iter().copied());
    if meant.is_none() && !certain {
        return None;
    }
    let message = format!("nothing in this document sets `{name}`");
    let mut diagnostic = Diagnostic::new(&codes::UNSET_VARIABLE, span, message);
    match meant {
        Some(meant) => diagnostic = diagnostic.note(format!("did you mean `{meant}`?")),
        None => diagnostic.severity = Severity::Hint,
    }
    Some(diagnostic)
}

/// The variable of a switch, as a path.
fn switch_of(op: &Op) -> Option<(Vec<String>, Span)> {
    let Op::Choose(Choice::Switch(switch)) = op else { return None };
    let path = switch.variable.split(['.', '[']).map(ToString::to_string).collect();
    Some((path, switch.span))
}

/// Whether another document is run and comes back.
fn runs_another(program: &Program, op: &Op) -> bool {
    let another = |target: &Target| matches!(target, Target::Named(_));
    match op {
        Op::Execute { target, .. } => another(target),
        Op::Begin(activity) => matches!(&activity.then, Then::Run(target) if another(target)),
        Op::Dial(plan) => program.dial_plan(*plan).is_some_and(|plan| {
            let after = matches!(&plan.after, AfterDial::Variables { run: Some(target), .. } if another(target));
            let mut branches = plan.groups.iter().flat_map(|group| &group.branches);
            let asks = |source: &ScreeningSource| matches!(source, ScreeningSource::Hook { .. });
            after || branches.any(|branch| branch.screening.as_ref().is_some_and(|screening| asks(&screening.source)))
        }),
        Op::Redirect { .. } => true,
        _ => false,
    }
}

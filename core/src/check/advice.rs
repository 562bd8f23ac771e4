//! Things that run, and not as everybody expects.

use crate::diag::{Diagnostic, codes};
use crate::ir::{Choice, Op, Program};
use crate::time::Millis;
use alloc::format;
use alloc::vec::Vec;

pub(super) fn advise(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    for (_, instruction, span) in program.instructions() {
        match &instruction.op {
            Op::Choose(Choice::Switch(switch)) if switch.default.is_none() => {
                let message =
                    format!("`{}` has no `default`: when no case fits, the flow goes on behind it", switch.variable);
                diagnostics.push(
                    Diagnostic::new(&codes::MISSING_DEFAULT, switch.span, message)
                        .vendor("relay_script_method_no_matching_condition"),
                );
            }
            Op::Dial(plan) => {
                let branches = program.dial_plan(*plan).into_iter().flat_map(|plan| &plan.groups);
                let limits = branches.flat_map(|group| &group.branches).filter_map(|branch| {
                    let seconds = branch.ring_limit.literal()?.trim().parse::<f64>().ok()?;
                    Some((seconds, branch.ring_default))
                });
                // Whoever says nothing gets the platform's own limit, and need not hear of it.
                let seconds =
                    limits.filter(|(seconds, usual)| Millis::from_secs(*seconds) != *usual).map(|(seconds, _)| seconds);
                let longest = seconds.fold(0.0, f64::max);
                if let Some(window) = program.policy.ring_window
                    && Millis::from_secs(longest) > window
                {
                    let shown = window.0 / 1_000;
                    let message = format!("nobody rings for {longest} s: the platform gives up after about {shown} s");
                    let note = "what ends that way is reported as an error, not as `noAnswer`";
                    diagnostics.push(Diagnostic::new(&codes::LONG_RING, span, message).note(note));
                }
            }
            _ => {}
        }
    }
}

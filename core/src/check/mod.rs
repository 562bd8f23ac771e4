//! What a program's shape tells about it, whatever its dialect.

mod advice;
mod loops;
mod outputs;
mod reach;
mod reads;
mod variables;

use crate::diag::Diagnostic;
use crate::ir::Program;
use alloc::vec::Vec;

/// Everything there is to say.
#[must_use]
pub fn check(program: &Program) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    reach::unreachable(program, &mut diagnostics);
    reach::unused(program, &mut diagnostics);
    loops::endless(program, &mut diagnostics);
    variables::unset(program, &mut diagnostics);
    advice::advise(program, &mut diagnostics);
    diagnostics
}

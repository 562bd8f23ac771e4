//! Bounds on one evaluation, and what goes wrong during it.

use crate::span::Span;
use alloc::{boxed::Box, format, string::String};
use core::ops::Deref;

/// What one evaluation may use. It can be shared by several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Operations left.
    pub steps: u32,
    /// Bytes of new texts and lists left.
    pub bytes: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { steps: 20_000, bytes: 1 << 20 }
    }
}

impl Budget {
    /// Takes operations away.
    #[inline]
    pub(super) fn spend(&mut self, steps: usize, span: Span) -> Result<(), EvalError> {
        match u32::try_from(steps).ok().and_then(|steps| self.steps.checked_sub(steps)) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => Err(used_up(span, "the expression takes too many steps")),
        }
    }

    /// Takes bytes away.
    #[inline]
    pub(super) fn allocate(&mut self, bytes: usize, span: Span) -> Result<(), EvalError> {
        match self.bytes.checked_sub(bytes) {
            Some(left) => {
                self.bytes = left;
                Ok(())
            }
            None => Err(used_up(span, "the expression makes too much text")),
        }
    }
}

#[cold]
fn used_up(span: Span, message: &str) -> EvalError {
    EvalError::new(EvalErrorKind::Budget, span, message.into())
}

/// Why an evaluation has no value. It is one pointer, because every step of an evaluation passes it on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvalError(Box<Reason>);

/// What an [`EvalError`] tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What kind of reason.
    pub kind: EvalErrorKind,
    /// Where, from the start of the expression or template.
    pub span: Span,
    /// What happened; lower case, no full stop.
    pub message: String,
}

impl Deref for EvalError {
    type Target = Reason;

    fn deref(&self) -> &Reason {
        &self.0
    }
}

/// The kinds of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvalErrorKind {
    /// A value is not what it is used as: JavaScript's `TypeError` or `RangeError`.
    Type,
    /// The budget ran out.
    Budget,
    /// JavaScript can do this; we do not, yet.
    Unsupported,
}

impl EvalError {
    #[cold]
    #[inline(never)]
    pub(super) fn new(kind: EvalErrorKind, span: Span, message: String) -> EvalError {
        EvalError(Box::new(Reason { kind, span, message }))
    }

    #[cold]
    pub(super) fn wrong(span: Span, message: impl Into<String>) -> EvalError {
        EvalError::new(EvalErrorKind::Type, span, message.into())
    }

    pub(super) fn unsupported(span: Span, what: &str) -> EvalError {
        EvalError::new(EvalErrorKind::Unsupported, span, format!("`{what}` is not supported in expressions"))
    }
}

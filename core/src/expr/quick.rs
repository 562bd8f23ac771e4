//! The short way for what most conditions are: names compared with numbers and texts, joined by
//! `&&` and `||`. It copies nothing, and its work is bounded by the length of the expression.

use super::Expr;
use super::eval::Scope;
use super::term::{Binary, Logical, Term, TermId};
use crate::value::Value;

impl Expr {
    /// Whether it holds; `None` where it must be evaluated in full.
    pub(super) fn holds(&self, scope: &dyn Scope) -> Option<bool> {
        self.term_holds(self.root, scope)
    }

    fn term_holds(&self, id: TermId, scope: &dyn Scope) -> Option<bool> {
        match self.term(id) {
            Term::Logical(Logical::And, left, right) => {
                Some(self.term_holds(*left, scope)? && self.term_holds(*right, scope)?)
            }
            Term::Logical(Logical::Or, left, right) => {
                Some(self.term_holds(*left, scope)? || self.term_holds(*right, scope)?)
            }
            Term::Binary(operator, left, right) => {
                let Term::Member { object, name, optional: false } = self.term(*left) else { return None };
                let Term::Name(root) = self.term(*object) else { return None };
                compare(*operator, scope.property(root, name)??, self.term(*right))
            }
            _ => None,
        }
    }
}

/// Two values of one type; JavaScript's conversions are not made here.
fn compare(operator: Binary, left: &Value, right: &Term) -> Option<bool> {
    match (left, right) {
        (Value::Number(left), Term::Number(right)) => match operator {
            Binary::Equal | Binary::Same => Some(left == right),
            Binary::NotEqual | Binary::NotSame => Some(left != right),
            Binary::Less => Some(left < right),
            Binary::LessOrEqual => Some(left <= right),
            Binary::Greater => Some(left > right),
            Binary::GreaterOrEqual => Some(left >= right),
            _ => None,
        },
        (Value::String(left), Term::Text(right)) => match operator {
            Binary::Equal | Binary::Same => Some(**left == **right),
            Binary::NotEqual | Binary::NotSame => Some(**left != **right),
            _ => None,
        },
        _ => None,
    }
}

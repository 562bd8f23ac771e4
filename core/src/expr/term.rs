//! The parts of an expression, in one list that refers to itself by number.

use super::pattern::Pattern;
use alloc::{string::String, sync::Arc, vec::Vec};

/// A place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TermId(pub(super) usize);

/// A part.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Term {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    Text(Arc<str>),
    Pattern(Arc<Pattern>),
    /// `` `a${b}c` ``: texts and terms by turns.
    Template(Vec<String>, Vec<TermId>),
    Array(Vec<Element>),
    Object(Vec<Property>),
    Name(String),
    Unary(Unary, TermId),
    Binary(Binary, TermId, TermId),
    Logical(Logical, TermId, TermId),
    Conditional(TermId, TermId, TermId),
    /// Brackets around an access, where `?.` stops to skip.
    Brackets(TermId),
    Member {
        object: TermId,
        name: String,
        optional: bool,
    },
    Index {
        object: TermId,
        index: TermId,
        optional: bool,
    },
    Call {
        callee: TermId,
        arguments: Vec<Element>,
        optional: bool,
    },
    New {
        name: String,
        arguments: Vec<Element>,
    },
    Arrow {
        parameters: Vec<String>,
        body: TermId,
    },
}

/// An item of a list or an argument.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Element {
    pub(super) term: TermId,
    /// `...term`.
    pub(super) spread: bool,
}

/// An entry of an object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Property {
    Named(String, TermId),
    Computed(TermId, TermId),
    Spread(TermId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unary {
    Not,
    Minus,
    Plus,
    BitNot,
    TypeOf,
    Void,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Equal,
    NotEqual,
    Same,
    NotSame,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    InstanceOf,
    BitAnd,
    BitOr,
    BitXor,
    ShiftLeft,
    ShiftRight,
    ShiftRightZero,
    /// `,`: the right side.
    Comma,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Logical {
    And,
    Or,
    Coalesce,
}

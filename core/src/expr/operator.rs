//! Operators with their strength, and the words that are refused.

use super::term::{Binary, Logical};

/// What stands between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Binary(Binary),
    Logical(Logical),
}

/// Operators and how tight they bind.
pub(super) static OPERATORS: &[(&str, Operator, u8)] = &[
    ("??", Operator::Logical(Logical::Coalesce), 1),
    ("||", Operator::Logical(Logical::Or), 1),
    ("&&", Operator::Logical(Logical::And), 2),
    ("|", Operator::Binary(Binary::BitOr), 3),
    ("^", Operator::Binary(Binary::BitXor), 4),
    ("&", Operator::Binary(Binary::BitAnd), 5),
    ("==", Operator::Binary(Binary::Equal), 6),
    ("!=", Operator::Binary(Binary::NotEqual), 6),
    ("===", Operator::Binary(Binary::Same), 6),
    ("!==", Operator::Binary(Binary::NotSame), 6),
    ("<", Operator::Binary(Binary::Less), 7),
    (">", Operator::Binary(Binary::Greater), 7),
    ("<=", Operator::Binary(Binary::LessOrEqual), 7),
    (">=", Operator::Binary(Binary::GreaterOrEqual), 7),
    ("in", Operator::Binary(Binary::In), 7),
    ("instanceof", Operator::Binary(Binary::InstanceOf), 7),
    ("<<", Operator::Binary(Binary::ShiftLeft), 8),
    (">>", Operator::Binary(Binary::ShiftRight), 8),
    (">>>", Operator::Binary(Binary::ShiftRightZero), 8),
    ("+", Operator::Binary(Binary::Add), 9),
    ("-", Operator::Binary(Binary::Subtract), 9),
    ("*", Operator::Binary(Binary::Multiply), 10),
    ("/", Operator::Binary(Binary::Divide), 10),
    ("%", Operator::Binary(Binary::Remainder), 10),
    ("**", Operator::Binary(Binary::Power), 11),
];

/// Words of JavaScript that have no meaning here.
pub(super) static REFUSED: &[&str] = &[
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "extends",
    "finally",
    "for",
    "function",
    "if",
    "import",
    "instanceof",
    "let",
    "new",
    "return",
    "super",
    "switch",
    "this",
    "throw",
    "try",
    "var",
    "while",
    "with",
    "yield",
];

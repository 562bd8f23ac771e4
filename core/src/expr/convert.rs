//! JavaScript's conversions and comparisons (ECMA-262 §7), of values that are not made of others.
//! Lists, objects and the like become texts first, in `eval`, where that is paid for.

use super::item::{Function, Item};
use crate::value::{Value, number_text};
use alloc::{
    format,
    rc::Rc,
    string::{String, ToString},
    sync::Arc,
};
use core::cmp::Ordering;

/// Whether it counts as true.
pub(super) fn truthy(item: &Item) -> bool {
    match item {
        Item::Undefined | Item::Null => false,
        Item::Bool(truth) => *truth,
        Item::Number(number) => !(*number == 0.0 || number.is_nan()),
        Item::Text(text) => !text.is_empty(),
        _ => true,
    }
}

/// As a number.
pub(super) fn number(item: &Item) -> f64 {
    match item {
        Item::Null => 0.0,
        Item::Bool(truth) => f64::from(u8::from(*truth)),
        Item::Number(number) => *number,
        Item::Text(text) => text_number(text),
        _ => f64::NAN,
    }
}

/// A text as a number.
pub(super) fn text_number(text: &str) -> f64 {
    let text = text.trim_matches(blank);
    if text.is_empty() {
        return 0.0;
    }
    let radix = |digits: &str, base: u32| {
        let fold = |sum: f64, digit: char| Some(sum * f64::from(base) + f64::from(digit.to_digit(base)?));
        if digits.is_empty() { f64::NAN } else { digits.chars().try_fold(0.0, fold).unwrap_or(f64::NAN) }
    };
    match text.get(..2) {
        Some("0x" | "0X") => return radix(text.get(2..).unwrap_or(""), 16),
        Some("0o" | "0O") => return radix(text.get(2..).unwrap_or(""), 8),
        Some("0b" | "0B") => return radix(text.get(2..).unwrap_or(""), 2),
        _ => {}
    }
    match text {
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        _ if text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) => {
            text.parse().unwrap_or(f64::NAN)
        }
        _ => f64::NAN,
    }
}

/// Whether it is white space.
pub(super) fn blank(c: char) -> bool {
    // The next line is blank for Unicode only.
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

/// As a text; what is made of others shows its kind only.
pub(super) fn text(item: &Item) -> Arc<str> {
    match item {
        Item::Undefined => "undefined".into(),
        Item::Null => "null".into(),
        Item::Bool(truth) => if *truth { "true" } else { "false" }.into(),
        Item::Number(number) => number_text(*number).into(),
        Item::Text(text) => text.clone(),
        Item::List(_) => "a list".into(),
        Item::Object(_) => "[object Object]".into(),
        Item::Date(moment) => super::date::text(**moment).into(),
        Item::Pattern(matcher) => {
            let pattern = &matcher.pattern;
            let source = if pattern.source.is_empty() { "(?:)" } else { &pattern.source };
            format!("/{source}/{}", pattern.flags.letters()).into()
        }
        Item::Iterator(_) => "[object Iterator]".into(),
        Item::Function(_) => "a function".into(),
    }
}

/// A value that is neither list nor object as a text.
pub(super) fn value_text(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number_text(*number),
        Value::String(text) => text.clone(),
        Value::Array(_) | Value::Object(_) => value.to_json(),
    }
}

/// What `typeof` says.
pub(super) fn type_of(item: &Item) -> &'static str {
    match item {
        Item::Undefined => "undefined",
        Item::Bool(_) => "boolean",
        Item::Number(_) => "number",
        Item::Text(_) => "string",
        Item::Function(Function::Own("", "JSON" | "Math")) => "object",
        Item::Function(_) => "function",
        _ => "object",
    }
}

/// `===`.
pub(super) fn same(left: &Item, right: &Item) -> bool {
    match (left, right) {
        (Item::Undefined, Item::Undefined) | (Item::Null, Item::Null) => true,
        (Item::Bool(left), Item::Bool(right)) => left == right,
        (Item::Number(left), Item::Number(right)) => left == right,
        (Item::Text(left), Item::Text(right)) => left == right,
        (Item::List(left), Item::List(right)) | (Item::Iterator(left), Item::Iterator(right)) => {
            Rc::ptr_eq(left, right)
        }
        (Item::Object(left), Item::Object(right)) => Rc::ptr_eq(left, right),
        (Item::Date(left), Item::Date(right)) => Rc::ptr_eq(left, right),
        (Item::Pattern(left), Item::Pattern(right)) => Rc::ptr_eq(left, right),
        (Item::Function(left), Item::Function(right)) => match (left, right) {
            (Function::Own(a, b), Function::Own(c, d)) => a == c && b == d,
            (Function::Arrow(a, left), Function::Arrow(b, right)) => {
                let frames = match (left, right) {
                    (Some(left), Some(right)) => Rc::ptr_eq(left, right),
                    (left, right) => left.is_none() && right.is_none(),
                };
                a == b && frames
            }
            _ => false,
        },
        _ => false,
    }
}

/// The order of texts: by UTF-16 units.
pub(super) fn text_order(left: &str, right: &str) -> Ordering {
    if left.is_ascii() && right.is_ascii() {
        return left.cmp(right);
    }
    left.encode_utf16().cmp(right.encode_utf16())
}

/// As a whole number towards zero, NaN as 0; infinities stay.
pub(super) fn integer(number: f64) -> f64 {
    if number.is_nan() { 0.0 } else { libm::trunc(number) }
}

/// As 32 bits, for the bit operators.
pub(super) fn bits(number: f64) -> i32 {
    if !number.is_finite() {
        return 0;
    }
    let wrapped = libm::fmod(libm::trunc(number), 4_294_967_296.0);
    let positive = if wrapped < 0.0 { wrapped + 4_294_967_296.0 } else { wrapped };
    (positive as u32).cast_signed()
}

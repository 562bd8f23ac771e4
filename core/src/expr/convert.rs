//! JavaScript's conversions and comparisons (ECMA-262 §7).

use super::eval::Item;
use crate::value::{Value, number_text};
use alloc::string::{String, ToString};
use core::cmp::Ordering;

/// Whether it counts as true.
pub(super) fn truthy(item: &Item) -> bool {
    match item {
        Item::Undefined | Item::Value(Value::Null) => false,
        Item::Value(Value::Bool(truth)) => *truth,
        Item::Value(Value::Number(number)) => !(*number == 0.0 || number.is_nan()),
        Item::Value(Value::String(text)) => !text.is_empty(),
        Item::Value(Value::Array(_) | Value::Object(_)) | Item::Function(_) => true,
    }
}

/// As a number.
pub(super) fn number(item: &Item) -> f64 {
    match item {
        Item::Undefined | Item::Function(_) => f64::NAN,
        Item::Value(Value::Null) => 0.0,
        Item::Value(Value::Bool(truth)) => f64::from(u8::from(*truth)),
        Item::Value(Value::Number(number)) => *number,
        Item::Value(Value::String(text)) => text_number(text),
        Item::Value(Value::Array(_) | Value::Object(_)) => text_number(&text(item)),
    }
}

/// A text as a number.
pub(super) fn text_number(text: &str) -> f64 {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
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

/// As a text.
pub(super) fn text(item: &Item) -> String {
    match item {
        Item::Undefined => "undefined".into(),
        Item::Value(value) => value_text(value),
        Item::Function(name) => alloc::format!("function {name}() {{ [native code] }}"),
    }
}

/// A value as a text.
pub(super) fn value_text(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number_text(*number),
        Value::String(text) => text.clone(),
        Value::Array(items) => join(items, ","),
        Value::Object(_) => "[object Object]".into(),
    }
}

/// `Array.prototype.join`.
pub(super) fn join(items: &[Value], separator: &str) -> String {
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        if *item != Value::Null {
            text.push_str(&value_text(item));
        }
    }
    text
}

/// What `typeof` says.
pub(super) fn type_of(item: &Item) -> &'static str {
    match item {
        Item::Undefined => "undefined",
        Item::Value(Value::Bool(_)) => "boolean",
        Item::Value(Value::Number(_)) => "number",
        Item::Value(Value::String(_)) => "string",
        Item::Value(Value::Null | Value::Array(_) | Value::Object(_)) => "object",
        Item::Function(_) => "function",
    }
}

/// `===`. Lists and objects have no identity here: two are never the same.
pub(super) fn same(left: &Item, right: &Item) -> bool {
    match (left, right) {
        (Item::Undefined, Item::Undefined) => true,
        (Item::Function(left), Item::Function(right)) => left == right,
        (Item::Value(left), Item::Value(right)) => match (left, right) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(left), Value::Bool(right)) => left == right,
            (Value::Number(left), Value::Number(right)) => left == right,
            (Value::String(left), Value::String(right)) => left == right,
            _ => false,
        },
        _ => false,
    }
}

/// `==`.
pub(super) fn equal(left: &Item, right: &Item) -> bool {
    let nothing = |item: &Item| matches!(item, Item::Undefined | Item::Value(Value::Null));
    let composite = |item: &Item| matches!(item, Item::Value(Value::Array(_) | Value::Object(_)) | Item::Function(_));
    if nothing(left) || nothing(right) {
        return nothing(left) && nothing(right);
    }
    if type_of(left) == type_of(right) {
        return same(left, right);
    }
    let is_text = |item: &Item| matches!(item, Item::Value(Value::String(_)));
    match (composite(left), composite(right)) {
        (true, true) => false,
        (true, false) if is_text(right) => text(left) == text(right),
        (false, true) if is_text(left) => text(left) == text(right),
        _ => number(left) == number(right),
    }
}

/// How two values are ordered by `<` and its kin; `None` when not at all.
pub(super) fn order(left: &Item, right: &Item) -> Option<Ordering> {
    let textual = |item: &Item| match item {
        Item::Value(Value::String(_) | Value::Array(_) | Value::Object(_)) | Item::Function(_) => Some(text(item)),
        Item::Undefined | Item::Value(Value::Null | Value::Bool(_) | Value::Number(_)) => None,
    };
    match (textual(left), textual(right)) {
        (Some(left), Some(right)) => Some(left.encode_utf16().cmp(right.encode_utf16())),
        _ => number(left).partial_cmp(&number(right)),
    }
}

/// As a whole number towards zero, NaN as 0; infinities stay.
pub(super) fn integer(number: f64) -> f64 {
    if number.is_nan() { 0.0 } else { libm::trunc(number) }
}

/// As 32 bits, for the bit operators.
pub(super) fn bits(item: &Item) -> i32 {
    let number = number(item);
    if !number.is_finite() {
        return 0;
    }
    let wrapped = libm::fmod(libm::trunc(number), 4_294_967_296.0);
    let positive = if wrapped < 0.0 { wrapped + 4_294_967_296.0 } else { wrapped };
    (positive as u32).cast_signed()
}

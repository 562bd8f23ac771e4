//! Methods of numbers, `Math`, and reading numbers from text.

use super::{Call, Result};
use crate::expr::budget::EvalError;
use crate::expr::convert;
use crate::expr::eval::Item;
use crate::value::{Value, number_text};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

pub(super) fn method(cx: &mut Call<'_, '_>, value: f64) -> Result<Option<Item>> {
    match cx.name {
        "valueOf" => Ok(Some(value.into())),
        "toString" if !cx.given(0) => cx.string(number_text(value)),
        "toString" => {
            let radix = convert::integer(cx.number(0));
            if !(2.0..=36.0).contains(&radix) {
                return Err(EvalError::wrong(cx.span, "expected a base from 2 to 36"));
            }
            if radix == 10.0 || !value.is_finite() {
                return cx.string(number_text(value));
            }
            if libm::trunc(value) != value || value.abs() > 9_007_199_254_740_992.0 {
                return Err(EvalError::unsupported(cx.span, "toString of a fraction in another base"));
            }
            cx.string(in_base(value, radix as u64))
        }
        "toFixed" => {
            let digits = convert::integer(cx.number(0));
            if !(0.0..=100.0).contains(&digits) {
                return Err(EvalError::wrong(cx.span, "expected 0 to 100 digits"));
            }
            if value.is_nan() || value.abs() >= 1e21 {
                return cx.string(number_text(value));
            }
            cx.string(fixed(value, digits as usize))
        }
        _ => Ok(None),
    }
}

/// Functions of `Math` and `Number`.
pub(super) fn space(cx: &mut Call<'_, '_>, space: &str) -> Result<Option<Item>> {
    let numbers: Vec<f64> = (0..cx.arguments.len()).map(|index| cx.number(index)).collect();
    let x = numbers.first().copied().unwrap_or(f64::NAN);
    let item = cx.item(0);
    let is_number = matches!(item, Item::Value(Value::Number(_)));
    let number = match (space, cx.name) {
        ("Number", "isInteger") => return Ok(Some((is_number && x.is_finite() && libm::trunc(x) == x).into())),
        ("Number", "isSafeInteger") => {
            let safe = is_number && libm::trunc(x) == x && x.abs() <= 9_007_199_254_740_991.0;
            return Ok(Some(safe.into()));
        }
        ("Number", "isFinite") => return Ok(Some((is_number && x.is_finite()).into())),
        ("Number", "isNaN") => return Ok(Some((is_number && x.is_nan()).into())),
        ("Number", "parseFloat") => parse_float(&cx.text(0)?),
        ("Number", "parseInt") => parse_int(&cx.text(0)?, &cx.item(1)),
        ("Math", "abs") => x.abs(),
        ("Math", "ceil") => libm::ceil(x),
        ("Math", "floor") => libm::floor(x),
        ("Math", "trunc") => libm::trunc(x),
        ("Math", "sign") if x == 0.0 || x.is_nan() => x,
        ("Math", "sign") => x.signum(),
        // Halves go up, also below zero.
        ("Math", "round") => {
            let down = libm::floor(x);
            if x - down >= 0.5 { down + 1.0 } else { down }
        }
        ("Math", "sqrt") => libm::sqrt(x),
        ("Math", "cbrt") => libm::cbrt(x),
        ("Math", "exp") => libm::exp(x),
        ("Math", "log") => libm::log(x),
        ("Math", "log2") => libm::log2(x),
        ("Math", "log10") => libm::log10(x),
        ("Math", "hypot") => libm::sqrt(numbers.iter().map(|x| x * x).sum()),
        ("Math", "pow") => power(x, numbers.get(1).copied().unwrap_or(f64::NAN)),
        ("Math", "max") => {
            numbers.iter().fold(f64::NEG_INFINITY, |a, b| if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(*b) })
        }
        ("Math", "min") => {
            numbers.iter().fold(f64::INFINITY, |a, b| if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(*b) })
        }
        ("Math", "random") => return Err(EvalError::unsupported(cx.span, "Math.random")),
        _ => return Ok(None),
    };
    Ok(Some(number.into()))
}

/// Constants of the name spaces.
pub(in crate::expr) fn constant(space: &str, name: &str) -> Item {
    match (space, name) {
        ("Math", "PI") => core::f64::consts::PI.into(),
        ("Math", "E") => core::f64::consts::E.into(),
        ("Math", "LN2") => core::f64::consts::LN_2.into(),
        ("Math", "LN10") => core::f64::consts::LN_10.into(),
        ("Math", "SQRT2") => core::f64::consts::SQRT_2.into(),
        ("Number", "MAX_SAFE_INTEGER") => 9_007_199_254_740_991.0.into(),
        ("Number", "MIN_SAFE_INTEGER") => (-9_007_199_254_740_991.0).into(),
        ("Number", "MAX_VALUE") => f64::MAX.into(),
        ("Number", "MIN_VALUE") => 5e-324.into(),
        ("Number", "EPSILON") => f64::EPSILON.into(),
        ("Number", "NaN") => f64::NAN.into(),
        ("Number", "POSITIVE_INFINITY") => f64::INFINITY.into(),
        ("Number", "NEGATIVE_INFINITY") => f64::NEG_INFINITY.into(),
        _ => Item::Undefined,
    }
}

/// `**`, where JavaScript differs from C about one and infinity.
pub(in crate::expr) fn power(base: f64, exponent: f64) -> f64 {
    if exponent.is_nan() || (base.abs() == 1.0 && exponent.is_infinite()) {
        return f64::NAN;
    }
    libm::pow(base, exponent)
}

pub(super) fn parse_float(text: &str) -> f64 {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = text.len() - unsigned.len();
    if unsigned.starts_with("Infinity") {
        return if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let bytes = unsigned.as_bytes();
    let digits = |from: usize| bytes.get(from..).unwrap_or(&[]).iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(0);
    let mut length = whole;
    if bytes.get(length) == Some(&b'.') {
        let fraction = digits(length + 1);
        if whole + fraction == 0 {
            return f64::NAN;
        }
        length += 1 + fraction;
    }
    if length == 0 {
        return f64::NAN;
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits(length + 1 + signed);
        if exponent > 0 {
            length += 1 + signed + exponent;
        }
    }
    text.get(..sign + length).and_then(|text| text.parse().ok()).unwrap_or(f64::NAN)
}

pub(super) fn parse_int(text: &str, radix: &Item) -> f64 {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let radix = f64::from(convert::bits(radix));
    let hexadecimal = digits.strip_prefix("0x").or(digits.strip_prefix("0X")).filter(|_| radix == 0.0 || radix == 16.0);
    let base = match (hexadecimal, radix) {
        (Some(_), _) => 16,
        (None, 0.0) => 10,
        (None, radix) if (2.0..=36.0).contains(&radix) => radix as u32,
        _ => return f64::NAN,
    };
    let digits = hexadecimal.unwrap_or(digits);
    let length = digits.find(|c: char| c.to_digit(base).is_none()).unwrap_or(digits.len());
    let digits = digits.get(..length).unwrap_or("");
    let value = match base {
        _ if digits.is_empty() => f64::NAN,
        10 => digits.parse().unwrap_or(f64::NAN),
        _ => {
            digits.chars().fold(0.0, |sum, digit| sum * f64::from(base) + f64::from(digit.to_digit(base).unwrap_or(0)))
        }
    };
    if negative { -value } else { value }
}

/// `toFixed`: ties go away from zero, where Rust's formatting goes to even.
fn fixed(value: f64, digits: usize) -> String {
    let exact = format!("{:.1$}", value.abs(), digits + 60);
    let cut = exact.len() - 60;
    let (head, tail) = exact.split_at(cut);
    let tie = tail.starts_with('5') && tail.bytes().skip(1).all(|byte| byte == b'0');
    let text = if tie { increment(head) } else { format!("{:.digits$}", value.abs()) };
    let text = text.trim_end_matches('.').to_string();
    let zero = text.bytes().all(|byte| byte == b'0' || byte == b'.');
    if value < 0.0 && !(zero && value > -f64::MIN_POSITIVE) { format!("-{text}") } else { text }
}

/// A decimal text with its last digit one higher.
fn increment(text: &str) -> String {
    let mut bytes: Vec<u8> = text.bytes().collect();
    for byte in bytes.iter_mut().rev() {
        match byte {
            b'9' => *byte = b'0',
            b'.' => {}
            _ => {
                *byte += 1;
                return String::from_utf8_lossy(&bytes).into_owned();
            }
        }
    }
    format!("1{}", String::from_utf8_lossy(&bytes))
}

fn in_base(value: f64, base: u64) -> String {
    let mut rest = value.abs() as u64;
    let mut digits = Vec::new();
    loop {
        digits.extend(char::from_digit((rest % base) as u32, base as u32));
        rest /= base;
        if rest == 0 {
            break;
        }
    }
    if value < 0.0 {
        digits.push('-');
    }
    digits.into_iter().rev().collect()
}

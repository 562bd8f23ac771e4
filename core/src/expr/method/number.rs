//! Methods of numbers, `Number`, and reading numbers from text.

use super::{Call, Result};
use crate::expr::convert;
use crate::expr::item::Item;
use crate::value::number_text;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

pub(super) fn method(cx: &mut Call<'_, '_>, value: f64) -> Result<Option<Item>> {
    let digits = cx.integer(0)?;
    match cx.name {
        "valueOf" => Ok(Some(value.into())),
        "toString" if !cx.given(0) || digits == 10.0 => cx.string(number_text(value)),
        "toString" if !(2.0..=36.0).contains(&digits) => cx.wrong("expected a base from 2 to 36"),
        "toString" if !value.is_finite() => cx.string(number_text(value)),
        "toString" => cx.string(in_base(value, digits as u32)),
        "toFixed" if !(0.0..=100.0).contains(&digits) => cx.wrong("expected 0 to 100 digits"),
        "toFixed" if value.is_nan() || value.abs() >= 1e21 => cx.string(number_text(value)),
        "toFixed" => cx.string(fixed(value, digits as usize)),
        "toPrecision" if !cx.given(0) => cx.string(number_text(value)),
        "toPrecision" | "toExponential" if !value.is_finite() => cx.string(number_text(value)),
        "toPrecision" if !(1.0..=100.0).contains(&digits) => cx.wrong("expected 1 to 100 digits"),
        "toPrecision" => cx.string(precise(value, digits as usize)),
        "toExponential" if !(0.0..=100.0).contains(&digits) => cx.wrong("expected 0 to 100 digits"),
        "toExponential" if !cx.given(0) => cx.string(shortest_scientific(value)),
        "toExponential" => {
            let (digits, exponent) = significant(value, digits as usize + 1);
            cx.string(scientific(value, &digits, exponent))
        }
        "toLocaleString" if cx.is_localised() => cx.refuse("toLocaleString with a locale or options"),
        "toLocaleString" => cx.string(grouped(value)),
        _ => Ok(None),
    }
}

/// Functions of `Number`.
pub(super) fn space(cx: &mut Call<'_, '_>) -> Result<Option<Item>> {
    let number = match cx.item(0) {
        Item::Number(number) => Some(number),
        _ => None,
    };
    let is = |test: fn(f64) -> bool| Ok(Some(number.is_some_and(test).into()));
    match cx.name {
        "isInteger" => is(|x| x.is_finite() && libm::trunc(x) == x),
        "isSafeInteger" => is(|x| libm::trunc(x) == x && x.abs() <= 9_007_199_254_740_991.0),
        "isFinite" => is(f64::is_finite),
        "isNaN" => is(f64::is_nan),
        "parseFloat" => Ok(Some(parse_float(&cx.text(0)?).into())),
        "parseInt" => Ok(Some(parse_int(&cx.text(0)?, cx.number(1)?).into())),
        _ => Ok(None),
    }
}

pub(super) fn parse_float(text: &str) -> f64 {
    let text = text.trim_start_matches(convert::blank);
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

pub(super) fn parse_int(text: &str, radix: f64) -> f64 {
    let text = text.trim_start_matches(convert::blank);
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

/// So many digits of a number and its exponent; ties go away from zero.
fn significant(value: f64, count: usize) -> (String, i32) {
    if value == 0.0 {
        return ("0".repeat(count), 0);
    }
    // More digits than any double has: what follows the cut decides.
    let exact = format!("{:.1$e}", value.abs(), 800);
    let (mantissa, exponent) = exact.split_once('e').unwrap_or((&exact, "0"));
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (head, tail) = digits.split_at(count.min(digits.len()));
    if !tail.starts_with(|c| c >= '5') {
        return (head.to_string(), exponent);
    }
    let mut rounded = increment(head);
    if rounded.len() > count {
        rounded.truncate(count);
        return (rounded, exponent + 1);
    }
    (rounded, exponent)
}

fn scientific(value: f64, digits: &str, exponent: i32) -> String {
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{first}{point}{rest}e{}{}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

fn shortest_scientific(value: f64) -> String {
    let text = format!("{:e}", value.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    scientific(value, &digits, exponent.parse().unwrap_or(0))
}

fn precise(value: f64, count: usize) -> String {
    let (digits, exponent) = significant(value, count);
    if exponent < -6 || exponent >= count as i32 {
        return scientific(value, &digits, exponent);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    if exponent < 0 {
        return format!("{sign}0.{}{digits}", "0".repeat((-exponent - 1) as usize));
    }
    let (whole, rest) = digits.split_at(exponent as usize + 1);
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// `1,234.568`.
fn grouped(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_string();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value.is_infinite() {
        return format!("{sign}∞");
    }
    let text = fixed(value.abs(), 3);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}

/// A number in another base: enough digits behind the point to tell it from its neighbours.
fn in_base(value: f64, base: u32) -> String {
    let digit = |digit: f64| char::from_digit(digit as u32, base).unwrap_or('0');
    let radix = f64::from(base);
    let mut whole = libm::floor(value.abs());
    let mut fraction = value.abs() - whole;
    let mut delta = (0.5 * (libm::nextafter(value.abs(), f64::INFINITY) - value.abs())).max(5e-324);
    let mut behind: Vec<f64> = Vec::new();
    if fraction >= delta {
        loop {
            fraction *= radix;
            delta *= radix;
            behind.push(libm::floor(fraction));
            fraction -= libm::floor(fraction);
            let up = fraction > 0.5 || (fraction == 0.5 && behind.last().is_some_and(|last| last % 2.0 == 1.0));
            if up && fraction + delta > 1.0 {
                // Rounding up runs to the front.
                loop {
                    match behind.pop() {
                        None => {
                            whole += 1.0;
                            break;
                        }
                        Some(last) if last + 1.0 < radix => {
                            behind.push(last + 1.0);
                            break;
                        }
                        Some(_) => {}
                    }
                }
                break;
            }
            if fraction < delta {
                break;
            }
        }
    }
    let mut digits: Vec<char> = Vec::new();
    // Digits that a double no longer tells are zeros.
    while libm::ilogb(whole) >= 53 {
        whole /= radix;
        digits.push('0');
    }
    loop {
        let rest = libm::fmod(whole, radix);
        digits.push(digit(rest));
        whole = (whole - rest) / radix;
        if whole <= 0.0 {
            break;
        }
    }
    let mut text: String = if value < 0.0 { "-" } else { "" }.into();
    text.extend(digits.into_iter().rev());
    if !behind.is_empty() {
        text.push('.');
        text.extend(behind.into_iter().map(digit));
    }
    text
}

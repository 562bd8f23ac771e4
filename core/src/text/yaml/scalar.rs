//! What plain YAML scalars mean: the core schema of YAML 1.2.

use crate::text::{Kind, Scalar};
use alloc::string::ToString;

/// The value of a scalar without quotes or tag.
pub(super) fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Bool(true),
        "false" | "False" | "FALSE" => Kind::Bool(false),
        _ => match number(text) {
            Some(number) => Kind::Number(number),
            None => Kind::String(Scalar { text: text.to_string(), plain: true }),
        },
    }
}

/// The number that a plain scalar is, if it is one.
pub(super) fn number(text: &str) -> Option<f64> {
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => {
            return Some(if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY });
        }
        ".nan" | ".NaN" | ".NAN" if unsigned.len() == text.len() => return Some(f64::NAN),
        _ => {}
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let exponent = exponent.map(|digits| digits.strip_prefix(['-', '+']).unwrap_or(digits));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && digits(exponent));
    if fits { text.parse().ok() } else { None }
}

fn radix(digits: &str, base: u32) -> Option<f64> {
    if digits.is_empty() {
        return None;
    }
    digits.chars().try_fold(0.0, |sum, digit| Some(sum * f64::from(base) + f64::from(digit.to_digit(base)?)))
}

#[cfg(test)]
mod tests {
    use super::plain;
    use crate::text::Kind;

    fn check(text: &str, expected: Option<f64>) {
        match (plain(text), expected) {
            (Kind::Number(number), Some(expected)) => {
                assert!(number == expected || (number.is_nan() && expected.is_nan()), "{text}: {number}");
            }
            (Kind::Number(number), None) => panic!("{text} is no number, read {number}"),
            (_, Some(_)) => panic!("{text} is a number"),
            (_, None) => {}
        }
    }

    #[test]
    fn numbers_of_the_core_schema() {
        check("+15551234567", Some(15_551_234_567.0));
        check("0012", Some(12.0));
        check("-1.5e3", Some(-1500.0));
        check(".5", Some(0.5));
        check("1.", Some(1.0));
        check("0x1F", Some(31.0));
        check("0o17", Some(15.0));
        check(".inf", Some(f64::INFINITY));
        check("-.INF", Some(f64::NEG_INFINITY));
        check(".NaN", Some(f64::NAN));
        for text in ["1.0.0", "1_000", "e5", ".", "+", "-", "1e", "12:30:45", "inf", "nan", "infinity", "0x", "0b1"] {
            check(text, None);
        }
    }

    #[test]
    fn words_of_the_core_schema() {
        for text in ["yes", "no", "on", "off", "y", "tRUE", "nULL"] {
            assert!(matches!(plain(text), Kind::String(_)), "{text}");
        }
        assert_eq!(plain("True"), Kind::Bool(true));
        assert_eq!(plain("~"), Kind::Null);
    }
}

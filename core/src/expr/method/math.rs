//! `Math`, and the constants of name spaces.

use super::{Call, Result};
use crate::expr::convert::bits;
use crate::expr::item::Item;
use alloc::vec::Vec;

pub(super) fn space(cx: &mut Call<'_, '_>) -> Result<Option<Item>> {
    let numbers: Vec<f64> = (0..cx.arguments.len()).map(|index| cx.number(index)).collect::<Result<_>>()?;
    let x = numbers.first().copied().unwrap_or(f64::NAN);
    let y = numbers.get(1).copied().unwrap_or(f64::NAN);
    let any_nan = numbers.iter().any(|number| number.is_nan());
    let number = match cx.name {
        "abs" => x.abs(),
        "ceil" => libm::ceil(x),
        "floor" => libm::floor(x),
        "trunc" => libm::trunc(x),
        "sign" if x == 0.0 || x.is_nan() => x,
        "sign" => x.signum(),
        // Halves go up, also below zero.
        "round" => {
            let down = libm::floor(x);
            if x - down >= 0.5 { down + 1.0 } else { down }
        }
        "sqrt" => libm::sqrt(x),
        "cbrt" => libm::cbrt(x),
        "exp" => libm::exp(x),
        "expm1" => libm::expm1(x),
        "log" => libm::log(x),
        "log1p" => libm::log1p(x),
        "log2" => libm::log2(x),
        "log10" => libm::log10(x),
        "sin" => libm::sin(x),
        "cos" => libm::cos(x),
        "tan" => libm::tan(x),
        "asin" => libm::asin(x),
        "acos" => libm::acos(x),
        "atan" => libm::atan(x),
        "sinh" => libm::sinh(x),
        "cosh" => libm::cosh(x),
        "tanh" => libm::tanh(x),
        "asinh" => libm::asinh(x),
        "acosh" => libm::acosh(x),
        "atanh" => libm::atanh(x),
        "atan2" => libm::atan2(x, y),
        "fround" => f64::from(x as f32),
        "clz32" => f64::from(bits(x).leading_zeros()),
        "imul" => f64::from(bits(x).wrapping_mul(bits(y))),
        "hypot" if numbers.iter().any(|number| number.is_infinite()) => f64::INFINITY,
        "hypot" => libm::sqrt(numbers.iter().map(|x| x * x).sum()),
        "pow" => power(x, y),
        "max" | "min" if any_nan => f64::NAN,
        "max" => numbers.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b)),
        "min" => numbers.iter().fold(f64::INFINITY, |a, b| a.min(*b)),
        "random" => return cx.refuse("Math.random"),
        _ => return Ok(None),
    };
    Ok(Some(number.into()))
}

/// Constants of the name spaces.
pub(in crate::expr) fn constant(space: &str, name: &str) -> Option<Item> {
    use core::f64::consts;
    let number = match (space, name) {
        ("Math", "PI") => consts::PI,
        ("Math", "E") => consts::E,
        ("Math", "LN2") => consts::LN_2,
        ("Math", "LN10") => consts::LN_10,
        ("Math", "LOG2E") => consts::LOG2_E,
        ("Math", "LOG10E") => consts::LOG10_E,
        ("Math", "SQRT2") => consts::SQRT_2,
        ("Math", "SQRT1_2") => consts::FRAC_1_SQRT_2,
        ("Number", "MAX_SAFE_INTEGER") => 9_007_199_254_740_991.0,
        ("Number", "MIN_SAFE_INTEGER") => -9_007_199_254_740_991.0,
        ("Number", "MAX_VALUE") => f64::MAX,
        ("Number", "MIN_VALUE") => 5e-324,
        ("Number", "EPSILON") => f64::EPSILON,
        ("Number", "NaN") => f64::NAN,
        ("Number", "POSITIVE_INFINITY") => f64::INFINITY,
        ("Number", "NEGATIVE_INFINITY") => f64::NEG_INFINITY,
        _ => return None,
    };
    Some(number.into())
}

/// `**`, where JavaScript differs from C about one and infinity.
pub(in crate::expr) fn power(base: f64, exponent: f64) -> f64 {
    if exponent.is_nan() || (base.abs() == 1.0 && exponent.is_infinite()) {
        return f64::NAN;
    }
    libm::pow(base, exponent)
}

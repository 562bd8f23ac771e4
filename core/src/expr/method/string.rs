//! Methods of texts. Positions count UTF-16 units, as JavaScript does.

use super::{Call, Result};
use crate::expr::budget::EvalError;
use crate::expr::convert;
use crate::expr::eval::Item;
use crate::value::Value;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

pub(super) fn method(cx: &mut Call<'_, '_>, text: &str) -> Result<Option<Item>> {
    cx.machine.budget.spend(text.len() / 64, cx.span)?;
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = units.len();
    match cx.name {
        "toString" | "valueOf" => cx.string(text.to_string()),
        "toUpperCase" | "toLocaleUpperCase" => cx.string(text.to_uppercase()),
        "toLowerCase" | "toLocaleLowerCase" => cx.string(text.to_lowercase()),
        "trim" => cx.string(text.trim_matches(blank).to_string()),
        "trimStart" => cx.string(text.trim_start_matches(blank).to_string()),
        "trimEnd" => cx.string(text.trim_end_matches(blank).to_string()),
        "charAt" => {
            let at = convert::integer(cx.number(0));
            let unit = units.get(at as usize).filter(|_| at >= 0.0);
            cx.string(unit.map_or(String::new(), |unit| String::from_utf16_lossy(&[*unit])))
        }
        "charCodeAt" => {
            let at = convert::integer(cx.number(0));
            let unit = units.get(at as usize).filter(|_| at >= 0.0);
            Ok(Some(unit.map_or(f64::NAN, |unit| f64::from(*unit)).into()))
        }
        "at" => {
            let at = convert::integer(cx.number(0));
            let at = if at < 0.0 { at + length as f64 } else { at };
            match units.get(at as usize).filter(|_| at >= 0.0) {
                Some(unit) => cx.string(String::from_utf16_lossy(&[*unit])),
                None => Ok(Some(Item::Undefined)),
            }
        }
        "slice" => {
            let (start, end) = (cx.position(0, length, 0), cx.position(1, length, length));
            cx.string(piece(&units, start, end))
        }
        "substring" => {
            let clamp = |number: f64| convert::integer(number).clamp(0.0, length as f64) as usize;
            let start = clamp(cx.number(0));
            let end = if cx.given(1) { clamp(cx.number(1)) } else { length };
            cx.string(piece(&units, start.min(end), start.max(end)))
        }
        "substr" => {
            let start = cx.position(0, length, 0);
            let count =
                if cx.given(1) { convert::integer(cx.number(1)).clamp(0.0, length as f64) as usize } else { length };
            cx.string(piece(&units, start, (start + count).min(length)))
        }
        "indexOf" => {
            let wanted = cx.text(0)?;
            let from = convert::integer(cx.number(1)).clamp(0.0, length as f64) as usize;
            Ok(Some(position(&units, &wanted, from).map_or(-1.0, |at| at as f64).into()))
        }
        "lastIndexOf" => {
            let wanted: Vec<u16> = cx.text(0)?.encode_utf16().collect();
            let number = cx.number(1);
            let limit =
                if number.is_nan() { length } else { convert::integer(number).clamp(0.0, length as f64) as usize };
            let fits = |at: &usize| units.get(*at..).is_some_and(|rest| rest.starts_with(&wanted));
            Ok(Some((0..=limit).rev().find(fits).map_or(-1.0, |at| at as f64).into()))
        }
        "includes" => {
            let wanted = cx.text(0)?;
            let from = convert::integer(cx.number(1)).clamp(0.0, length as f64) as usize;
            Ok(Some(position(&units, &wanted, from).is_some().into()))
        }
        "startsWith" => {
            let wanted: Vec<u16> = cx.text(0)?.encode_utf16().collect();
            let from = convert::integer(cx.number(1)).clamp(0.0, length as f64) as usize;
            Ok(Some(units.get(from..).is_some_and(|rest| rest.starts_with(&wanted)).into()))
        }
        "endsWith" => {
            let wanted: Vec<u16> = cx.text(0)?.encode_utf16().collect();
            let end =
                if cx.given(1) { convert::integer(cx.number(1)).clamp(0.0, length as f64) as usize } else { length };
            Ok(Some(units.get(..end).is_some_and(|head| head.ends_with(&wanted)).into()))
        }
        "concat" => {
            let mut whole = text.to_string();
            for index in 0..cx.arguments.len() {
                whole.push_str(&cx.text(index)?);
            }
            cx.string(whole)
        }
        "repeat" => {
            let count = convert::integer(cx.number(0));
            if !(0.0..=f64::from(u32::MAX)).contains(&count) {
                return Err(EvalError::wrong(cx.span, "expected a count of 0 or more"));
            }
            cx.machine.budget.allocate(text.len().saturating_mul(count as usize), cx.span)?;
            Ok(Some(text.repeat(count as usize).into()))
        }
        "padStart" | "padEnd" => pad(cx, text, length),
        "split" => split(cx, text, &units),
        "replace" | "replaceAll" => replace(cx, text),
        _ => Ok(None),
    }
}

fn pad(cx: &mut Call<'_, '_>, text: &str, length: usize) -> Result<Option<Item>> {
    let wanted = convert::integer(cx.number(0)).clamp(0.0, f64::from(u32::MAX)) as usize;
    let filler = if cx.given(1) { cx.text(1)? } else { " ".to_string() };
    let missing = wanted.saturating_sub(length);
    if missing == 0 || filler.is_empty() {
        return cx.string(text.to_string());
    }
    cx.machine.budget.allocate(missing.saturating_mul(3), cx.span)?;
    let units: Vec<u16> = filler.encode_utf16().cycle().take(missing).collect();
    let padding = String::from_utf16_lossy(&units);
    let text = if cx.name == "padStart" { padding + text } else { text.to_string() + &padding };
    Ok(Some(text.into()))
}

fn split(cx: &mut Call<'_, '_>, text: &str, units: &[u16]) -> Result<Option<Item>> {
    let limit =
        if cx.given(1) { convert::integer(cx.number(1)).clamp(0.0, f64::from(u32::MAX)) as usize } else { usize::MAX };
    if !cx.given(0) {
        return cx.list(Vec::from([text.into()]));
    }
    let separator = cx.text(0)?;
    // Paid for before the list is made.
    cx.machine.budget.allocate(text.len().saturating_mul(2), cx.span)?;
    let parts: Vec<Value> = if separator.is_empty() {
        units.iter().take(limit).map(|unit| String::from_utf16_lossy(&[*unit]).into()).collect()
    } else {
        text.split(separator.as_str()).take(limit).map(Value::from).collect()
    };
    cx.list(parts)
}

fn replace(cx: &mut Call<'_, '_>, text: &str) -> Result<Option<Item>> {
    let wanted = cx.text(0)?;
    if let Ok(callback) = cx.callback(1) {
        let Some((before, behind)) = text.split_once(wanted.as_str()).filter(|_| cx.name == "replace") else {
            return cx.string(text.to_string());
        };
        let item = cx.run(callback, &[wanted.as_str().into()])?;
        let middle = cx.machine.text_of(&item, cx.span)?;
        return cx.string(before.to_string() + &middle + behind);
    }
    let pattern = cx.text(1)?;
    let count = if cx.name == "replace" { 1 } else { usize::MAX };
    let mut whole = String::new();
    let mut done = 0;
    for (at, found) in text.match_indices(wanted.as_str()).take(count) {
        whole.push_str(text.get(done..at).unwrap_or(""));
        let before = whole.len();
        expand(&mut whole, &pattern, text, at, found);
        cx.machine.budget.allocate(whole.len() - before, cx.span)?;
        done = at + found.len();
    }
    whole.push_str(text.get(done..).unwrap_or(""));
    cx.string(whole)
}

/// `$$`, `$&`, `` $` `` and `$'` in a replacement.
fn expand(whole: &mut String, pattern: &str, text: &str, at: usize, found: &str) {
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once('$') {
        whole.push_str(before);
        let piece = match behind.bytes().next() {
            Some(b'$') => Some("$"),
            Some(b'&') => Some(found),
            Some(b'`') => text.get(..at),
            Some(b'\'') => text.get(at + found.len()..),
            _ => None,
        };
        match piece {
            Some(piece) => {
                whole.push_str(piece);
                rest = behind.get(1..).unwrap_or("");
            }
            None => {
                whole.push('$');
                rest = behind;
            }
        }
    }
    whole.push_str(rest);
}

fn piece(units: &[u16], start: usize, end: usize) -> String {
    String::from_utf16_lossy(units.get(start..end).unwrap_or(&[]))
}

fn position(units: &[u16], wanted: &str, from: usize) -> Option<usize> {
    let wanted: Vec<u16> = wanted.encode_utf16().collect();
    (from..=units.len()).find(|at| units.get(*at..).is_some_and(|rest| rest.starts_with(&wanted)))
}

fn blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

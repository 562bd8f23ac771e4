//! Methods of texts, and `String`. Positions count UTF-16 units, as JavaScript does.

use super::{Call, Result, pattern};
use crate::expr::convert::{self, blank};
use crate::expr::item::{Entries, Item};
use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};

pub(super) fn method(cx: &mut Call<'_, '_>, text: &Arc<str>) -> Result<Option<Item>> {
    cx.machine.budget.spend(text.len() / 64, cx.span)?;
    match cx.name {
        "toString" | "valueOf" => Ok(Some(Item::Text(text.clone()))),
        "toUpperCase" | "toLocaleUpperCase" => cx.string(text.to_uppercase()),
        "toLowerCase" | "toLocaleLowerCase" => cx.string(text.to_lowercase()),
        "trim" => cx.string(text.trim_matches(blank)),
        "trimStart" | "trimLeft" => cx.string(text.trim_start_matches(blank)),
        "trimEnd" | "trimRight" => cx.string(text.trim_end_matches(blank)),
        "concat" => {
            let mut whole = text.to_string();
            for index in 0..cx.arguments.len() {
                whole.push_str(&cx.text(index)?);
            }
            cx.string(whole)
        }
        "repeat" => {
            let count = cx.integer(0)?;
            if !(0.0..=f64::from(u32::MAX)).contains(&count) {
                return cx.wrong("expected a count of 0 or more");
            }
            cx.machine.budget.allocate(text.len().saturating_mul(count as usize), cx.span)?;
            Ok(Some(text.repeat(count as usize).into()))
        }
        "split" => split(cx, text),
        "match" | "matchAll" | "search" => pattern::look(cx, text),
        "replace" | "replaceAll" => match cx.item(0) {
            Item::Pattern(matcher) => pattern::replace(cx, text, &matcher),
            _ => replace(cx, text),
        },
        "normalize" if text.is_ascii() => Ok(Some(Item::Text(text.clone()))),
        "isWellFormed" => Ok(Some(true.into())),
        "toWellFormed" => Ok(Some(Item::Text(text.clone()))),
        "includes" | "startsWith" | "endsWith" if matches!(cx.item(0), Item::Pattern(_)) => {
            cx.wrong("expected a text, found a regular expression")
        }
        _ => places(cx, text),
    }
}

/// Methods that count units.
fn places(cx: &mut Call<'_, '_>, text: &Arc<str>) -> Result<Option<Item>> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = units.len();
    match cx.name {
        "charAt" => {
            let at = cx.integer(0)?;
            let unit = units.get(at as usize).filter(|_| at >= 0.0);
            piece(cx, unit.map_or(&[], core::slice::from_ref))
        }
        "charCodeAt" => {
            let at = cx.integer(0)?;
            let unit = units.get(at as usize).filter(|_| at >= 0.0);
            Ok(Some(unit.map_or(f64::NAN, |unit| f64::from(*unit)).into()))
        }
        "codePointAt" => {
            let at = cx.integer(0)?;
            let behind = units.get(at as usize..).filter(|_| at >= 0.0).unwrap_or(&[]);
            let first = char::decode_utf16(behind.iter().copied()).next();
            let code = first.map(|first| first.map_or_else(|half| u32::from(half.unpaired_surrogate()), u32::from));
            Ok(Some(code.map_or(Item::Undefined, |code| f64::from(code).into())))
        }
        "at" => {
            let at = cx.integer(0)?;
            let at = if at < 0.0 { at + length as f64 } else { at };
            match units.get(at as usize).filter(|_| at >= 0.0) {
                Some(unit) => piece(cx, &[*unit]),
                None => Ok(Some(Item::Undefined)),
            }
        }
        "slice" => {
            let (start, end) = (cx.position(0, length, 0)?, cx.position(1, length, length)?);
            piece(cx, units.get(start..end).unwrap_or(&[]))
        }
        "substring" => {
            let (start, end) = (cx.within(0, length, 0)?, cx.within(1, length, length)?);
            piece(cx, units.get(start.min(end)..start.max(end)).unwrap_or(&[]))
        }
        "substr" => {
            let (start, count) = (cx.position(0, length, 0)?, cx.within(1, length, length)?);
            piece(cx, units.get(start..(start + count).min(length)).unwrap_or(&[]))
        }
        "indexOf" | "includes" => {
            let wanted: Vec<u16> = cx.text(0)?.encode_utf16().collect();
            let from = cx.within(1, length, 0)?;
            let fits = |at: &usize| units.get(*at..).is_some_and(|rest| rest.starts_with(&wanted));
            cx.machine.budget.spend(wanted.len() / 16, cx.span)?;
            let found = (from..=length).find(fits);
            Ok(Some(match cx.name {
                "includes" => found.is_some().into(),
                _ => found.map_or(-1.0, |at| at as f64).into(),
            }))
        }
        "lastIndexOf" => {
            let wanted: Vec<u16> = cx.text(0)?.encode_utf16().collect();
            let number = cx.number(1)?;
            let limit = if number.is_nan() { length } else { cx.within(1, length, length)? };
            let fits = |at: &usize| units.get(*at..).is_some_and(|rest| rest.starts_with(&wanted));
            Ok(Some((0..=limit).rev().find(fits).map_or(-1.0, |at| at as f64).into()))
        }
        "startsWith" => {
            let wanted: Vec<u16> = cx.text(0)?.encode_utf16().collect();
            let from = cx.within(1, length, 0)?;
            Ok(Some(units.get(from..).is_some_and(|rest| rest.starts_with(&wanted)).into()))
        }
        "endsWith" => {
            let wanted: Vec<u16> = cx.text(0)?.encode_utf16().collect();
            let end = cx.within(1, length, length)?;
            Ok(Some(units.get(..end).is_some_and(|head| head.ends_with(&wanted)).into()))
        }
        "padStart" | "padEnd" => pad(cx, text, length),
        _ => Ok(None),
    }
}

fn piece(cx: &mut Call<'_, '_>, units: &[u16]) -> Result<Option<Item>> {
    cx.machine.units(units, cx.span).map(Some)
}

fn pad(cx: &mut Call<'_, '_>, text: &str, length: usize) -> Result<Option<Item>> {
    let wanted = cx.integer(0)?.clamp(0.0, f64::from(u32::MAX)) as usize;
    let filler = if cx.given(1) { cx.text(1)? } else { " ".into() };
    let missing = wanted.saturating_sub(length);
    if missing == 0 || filler.is_empty() {
        return cx.string(text);
    }
    cx.machine.budget.allocate(missing.saturating_mul(3), cx.span)?;
    let units: Vec<u16> = filler.encode_utf16().cycle().take(missing).collect();
    let padding = convert::text(&cx.machine.units(&units, cx.span)?);
    cx.string(if cx.name == "padStart" { [&*padding, text].concat() } else { [text, &*padding].concat() })
}

fn split(cx: &mut Call<'_, '_>, text: &Arc<str>) -> Result<Option<Item>> {
    let limit = if cx.given(1) { convert::bits(cx.number(1)?).cast_unsigned() as usize } else { usize::MAX };
    if let Item::Pattern(matcher) = cx.item(0) {
        return pattern::split(cx, text, &matcher.pattern, limit);
    }
    if !cx.given(0) {
        return cx.list(if limit == 0 { Vec::new() } else { Vec::from([Item::Text(text.clone())]) });
    }
    let separator = cx.text(0)?;
    // Paid for before the list is made.
    cx.machine.budget.allocate(text.len().saturating_mul(16), cx.span)?;
    if !separator.is_empty() {
        return cx.list(text.split(&*separator).take(limit).map(Item::from).collect());
    }
    let mut parts = Vec::new();
    for unit in text.encode_utf16().take(limit) {
        parts.push(cx.machine.units(&[unit], cx.span)?);
    }
    cx.list(parts)
}

/// `replace` and `replaceAll` with a text.
fn replace(cx: &mut Call<'_, '_>, text: &Arc<str>) -> Result<Option<Item>> {
    let wanted = cx.text(0)?;
    let function = cx.callback(1).ok();
    let template = if function.is_some() { Arc::from("") } else { cx.text(1)? };
    let count = if cx.name == "replace" { 1 } else { usize::MAX };
    let mut whole = String::new();
    let mut done = 0;
    for (at, found) in text.match_indices(&*wanted).take(count) {
        whole.push_str(text.get(done..at).unwrap_or(""));
        let before = text.get(..at).unwrap_or("");
        done = at + found.len();
        cx.machine.budget.allocate(found.len() + 16, cx.span)?;
        if let Some(function) = &function {
            let place = before.encode_utf16().count();
            cx.machine.budget.spend(at / 64, cx.span)?;
            let item = cx.run(function, Vec::from([found.into(), place.into(), Item::Text(text.clone())]))?;
            whole.push_str(&cx.machine.text_of(&item, cx.span)?);
        } else {
            expand(cx, &mut whole, &template, (before, text.get(done..).unwrap_or("")), &[found.into()], None)?;
        }
    }
    whole.push_str(text.get(done..).unwrap_or(""));
    cx.string(whole)
}

/// `$$`, `$&`, `` $` ``, `$'`, `$1` and `$<name>` in a replacement.
pub(super) fn expand(
    cx: &mut Call<'_, '_>,
    whole: &mut String,
    template: &str,
    (before, behind): (&str, &str),
    groups: &[Item],
    named: Option<&Entries>,
) -> Result<()> {
    let mut rest = template;
    cx.machine.budget.allocate(template.len(), cx.span)?;
    while let Some((start, mark)) = rest.split_once('$') {
        whole.push_str(start);
        let bytes = mark.as_bytes();
        let digit = |at: usize| bytes.get(at).filter(|byte| byte.is_ascii_digit()).map(|byte| usize::from(byte - b'0'));
        let group = |number: usize| groups.get(number).filter(|_| number > 0);
        let two = digit(0).zip(digit(1)).and_then(|(tens, ones)| group(tens * 10 + ones));
        let name = mark.strip_prefix('<').filter(|_| named.is_some()).and_then(|mark| mark.split_once('>'));
        let (piece, length) = match (bytes.first(), two, digit(0).and_then(group), name) {
            (Some(b'$'), ..) => ("$".into(), 1),
            (Some(b'&'), ..) => (groups.first().cloned().unwrap_or(Item::Undefined), 1),
            (Some(b'`'), ..) => (before.into(), 1),
            (Some(b'\''), ..) => (behind.into(), 1),
            (_, Some(item), ..) => (item.clone(), 2),
            (_, _, Some(item), _) => (item.clone(), 1),
            (.., Some((name, _))) => {
                let item = named.and_then(|named| named.get(name)).cloned().unwrap_or(Item::Undefined);
                (item, name.len() + 2)
            }
            _ => ("$".into(), 0),
        };
        if !matches!(piece, Item::Undefined) {
            let piece = convert::text(&piece);
            cx.machine.budget.allocate(piece.len(), cx.span)?;
            whole.push_str(&piece);
        }
        rest = mark.get(length..).unwrap_or("");
    }
    whole.push_str(rest);
    Ok(())
}

/// Functions of `String`.
pub(super) fn space(cx: &mut Call<'_, '_>) -> Result<Option<Item>> {
    match cx.name {
        "fromCharCode" => {
            let mut units = Vec::new();
            for index in 0..cx.arguments.len() {
                units.push(convert::bits(cx.number(index)?) as u16);
            }
            cx.machine.units(&units, cx.span).map(Some)
        }
        "fromCodePoint" => {
            let mut text = String::new();
            for index in 0..cx.arguments.len() {
                let code = cx.number(index)?;
                if libm::trunc(code) != code || !(0.0..=1_114_111.0).contains(&code) {
                    return cx.wrong("expected the number of a character");
                }
                match char::from_u32(code as u32) {
                    Some(c) => text.push(c),
                    None => return cx.refuse("half of a character beyond U+FFFF"),
                }
            }
            cx.string(text)
        }
        _ => Ok(None),
    }
}

//! Methods of dates, and `Date`. The local time zone is UTC; the time is the scope's.

use super::{Call, Result};
use crate::expr::date::{Fields, clip, clock_text, day_text, full_year, iso, local, moment, read, text, utc};
use crate::expr::eval::Wanted;
use crate::expr::item::Item;
use alloc::{rc::Rc, sync::Arc};

pub(super) fn construct(cx: &mut Call<'_, '_>) -> Result {
    let moment = match cx.arguments.len() {
        0 => cx.machine.scope.now_ms(),
        1 => match cx.item(0) {
            Item::Date(moment) => *moment,
            other => match cx.machine.primitive(other, Wanted::Any, cx.span)? {
                Item::Text(text) => parse(cx, &text)?,
                other => cx.machine.number(&other, cx.span)?,
            },
        },
        _ => parts(cx)?,
    };
    cx.machine.budget.allocate(crate::expr::item::SMALLEST, cx.span)?;
    Ok(Item::Date(Rc::new(clip(moment))))
}

pub(super) fn space(cx: &mut Call<'_, '_>) -> Result<Option<Item>> {
    let moment = match cx.name {
        "now" => cx.machine.scope.now_ms(),
        "parse" => {
            let text = cx.text(0)?;
            parse(cx, &text)?
        }
        _ => parts(cx)?,
    };
    Ok(Some(clip(moment).into()))
}

/// A moment from year, month and so on as arguments.
fn parts(cx: &mut Call<'_, '_>) -> Result<f64> {
    let mut parts = [f64::NAN, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    for (index, part) in parts.iter_mut().enumerate() {
        if index < cx.arguments.len() {
            *part = cx.number(index)?;
        }
        if index == 0 {
            *part = full_year(*part);
        }
    }
    Ok(moment(parts))
}

fn parse(cx: &mut Call<'_, '_>, text: &Arc<str>) -> Result<f64> {
    match read(text) {
        Some(moment) => Ok(moment),
        None => cx.refuse("this form of a date"),
    }
}

pub(super) fn method(cx: &mut Call<'_, '_>, moment: f64) -> Result<Option<Item>> {
    let field = |field: fn(Fields) -> i64| {
        let number = Fields::of(moment).map_or(f64::NAN, |at| field(at) as f64);
        Ok(Some(number.into()))
    };
    match cx.name {
        "getTime" | "valueOf" => Ok(Some(moment.into())),
        "getFullYear" | "getUTCFullYear" => field(|at| at.year),
        "getYear" => field(|at| at.year - 1900),
        "getMonth" | "getUTCMonth" => field(|at| at.month),
        "getDate" | "getUTCDate" => field(|at| at.day),
        "getDay" | "getUTCDay" => field(|at| at.weekday),
        "getHours" | "getUTCHours" => field(|at| at.hour),
        "getMinutes" | "getUTCMinutes" => field(|at| at.minute),
        "getSeconds" | "getUTCSeconds" => field(|at| at.second),
        "getMilliseconds" | "getUTCMilliseconds" => field(|at| at.milli),
        "getTimezoneOffset" => field(|_| 0),
        "toISOString" => match iso(moment) {
            Some(text) => cx.string(text),
            None => cx.wrong("the date is invalid"),
        },
        "toJSON" => match iso(moment) {
            Some(text) => cx.string(text),
            None => Ok(Some(Item::Null)),
        },
        "toString" => cx.string(text(moment)),
        "toDateString" => cx.string(day_text(moment)),
        "toTimeString" => cx.string(clock_text(moment)),
        "toUTCString" | "toGMTString" => cx.string(utc(moment)),
        "toLocaleString" | "toLocaleDateString" | "toLocaleTimeString" if cx.is_localised() => {
            cx.refuse("a locale or options of a date")
        }
        "toLocaleString" => cx.string(local(moment, true, true)),
        "toLocaleDateString" => cx.string(local(moment, true, false)),
        "toLocaleTimeString" => cx.string(local(moment, false, true)),
        _ => Ok(None),
    }
}

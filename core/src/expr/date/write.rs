//! Dates as texts.

use super::{Fields, MONTHS, WEEKDAYS};
use alloc::{format, string::String};

/// `2024-01-02T03:04:05.006Z`; nothing for NaN.
pub(in crate::expr) fn iso(moment: f64) -> Option<String> {
    let at = Fields::of(moment)?;
    let year = match at.year {
        0..=9999 => format!("{:04}", at.year),
        year if year < 0 => format!("-{:06}", -year),
        year => format!("+{year:06}"),
    };
    let Fields { month, day, hour, minute, second, milli, .. } = at;
    Some(format!("{year}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z", month + 1))
}

/// `Tue Jan 02 2024 03:04:05 GMT+0000 (Coordinated Universal Time)`.
pub(in crate::expr) fn text(moment: f64) -> String {
    match Fields::of(moment) {
        Some(_) => format!("{} {}", day_text(moment), clock_text(moment)),
        None => INVALID.into(),
    }
}

/// `Tue Jan 02 2024`.
pub(in crate::expr) fn day_text(moment: f64) -> String {
    Fields::of(moment)
        .map_or_else(|| INVALID.into(), |at| format!("{} {} {:02} {}", weekday(at), month(at), at.day, year(at.year)))
}

/// `03:04:05 GMT+0000 (Coordinated Universal Time)`.
pub(in crate::expr) fn clock_text(moment: f64) -> String {
    Fields::of(moment)
        .map_or_else(|| INVALID.into(), |at| format!("{} GMT+0000 (Coordinated Universal Time)", clock(at)))
}

/// `Tue, 02 Jan 2024 03:04:05 GMT`.
pub(in crate::expr) fn utc(moment: f64) -> String {
    Fields::of(moment).map_or_else(
        || INVALID.into(),
        |at| format!("{}, {:02} {} {} {} GMT", weekday(at), at.day, month(at), year(at.year), clock(at)),
    )
}

/// As in the United States: `1/2/2024`, `3:04:05 AM`, or both.
pub(in crate::expr) fn local(moment: f64, day: bool, clock: bool) -> String {
    let Some(at) = Fields::of(moment) else { return INVALID.into() };
    let date = format!("{}/{}/{}", at.month + 1, at.day, at.year);
    let half = if at.hour < 12 { "AM" } else { "PM" };
    let time = format!("{}:{:02}:{:02} {half}", (at.hour + 11) % 12 + 1, at.minute, at.second);
    match (day, clock) {
        (true, false) => date,
        (false, _) => time,
        (true, true) => format!("{date}, {time}"),
    }
}

fn clock(at: Fields) -> String {
    format!("{:02}:{:02}:{:02}", at.hour, at.minute, at.second)
}

fn year(year: i64) -> String {
    format!("{}{:04}", if year < 0 { "-" } else { "" }, year.abs())
}

fn month(at: Fields) -> &'static str {
    MONTHS.get(at.month as usize).copied().unwrap_or("")
}

fn weekday(at: Fields) -> &'static str {
    WEEKDAYS.get(at.weekday as usize).copied().unwrap_or("")
}

const INVALID: &str = "Invalid Date";

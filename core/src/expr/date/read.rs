//! Texts to dates: the form of ISO 8601 that JavaScript has, and the common forms beside it.

use super::{MONTHS, WEEKDAYS, clip, moment};
use alloc::{string::String, vec::Vec};

/// The moment that a text tells, NaN for one that tells none; nothing for a form that JavaScript
/// engines may understand and we do not.
pub(in crate::expr) fn read(text: &str) -> Option<f64> {
    if let Some(moment) = iso(text.trim()) {
        return Some(clip(moment));
    }
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some(f64::NAN);
    }
    loose(text)
}

/// `2024`, `2024-01`, `2024-01-02`, with `T03:04`, `T03:04:05`, `T03:04:05.678` and `Z` or `+01:00`.
fn iso(text: &str) -> Option<f64> {
    let (sign, digits) = match text.bytes().next()? {
        b'+' => (1.0, 6),
        b'-' => (-1.0, 6),
        _ => (1.0, 4),
    };
    let mut rest = if digits == 6 { text.get(1..)? } else { text };
    let year = number(&mut rest, digits)? * sign;
    if sign < 0.0 && year == 0.0 {
        return None;
    }
    let mut parts = [year, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    let (mut month, mut day) = (1.0, 1.0);
    if take(&mut rest, '-') {
        month = number(&mut rest, 2)?;
        if take(&mut rest, '-') {
            day = number(&mut rest, 2)?;
        }
    }
    let mut offset = 0.0;
    if take(&mut rest, 'T') || take(&mut rest, 't') || take(&mut rest, ' ') {
        let hour = number(&mut rest, 2)?;
        if !take(&mut rest, ':') {
            return None;
        }
        let minute = number(&mut rest, 2)?;
        let (mut second, mut milli) = (0.0, 0.0);
        if take(&mut rest, ':') {
            second = number(&mut rest, 2)?;
            if take(&mut rest, '.') {
                let length = rest.bytes().take_while(u8::is_ascii_digit).count();
                let digits: String = rest.chars().take(length.min(3)).chain("000".chars()).take(3).collect();
                milli = digits.parse().ok().filter(|_| length > 0)?;
                rest = rest.get(length..)?;
            }
        }
        offset = zone(&mut rest)?;
        let midnight = hour == 24.0 && minute == 0.0 && second == 0.0 && milli == 0.0;
        if (hour > 23.0 && !midnight) || minute > 59.0 || second > 59.0 {
            return rest.is_empty().then_some(f64::NAN);
        }
        parts = [year, 0.0, 1.0, hour, minute, second, milli];
    }
    if !rest.is_empty() {
        return None;
    }
    if !(1.0..=12.0).contains(&month) || !(1.0..=31.0).contains(&day) {
        return Some(f64::NAN);
    }
    let [_, _, _, hour, minute, second, milli] = parts;
    Some(moment([year, month - 1.0, day, hour, minute, second, milli]) - offset)
}

/// `Z`, `+01:00` or nothing: milliseconds before UTC.
fn zone(rest: &mut &str) -> Option<f64> {
    if rest.is_empty() || take(rest, 'Z') || take(rest, 'z') {
        return Some(0.0);
    }
    let sign = if take(rest, '+') {
        1.0
    } else if take(rest, '-') {
        -1.0
    } else {
        return None;
    };
    let hours = number(rest, 2)?;
    take(rest, ':');
    let minutes = number(rest, 2)?;
    if hours > 23.0 || minutes > 59.0 { None } else { Some(sign * (hours * 60.0 + minutes) * 60_000.0) }
}

/// Exactly so many digits.
fn number(rest: &mut &str, digits: usize) -> Option<f64> {
    let (head, tail) = rest.split_at_checked(digits)?;
    if !head.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    *rest = tail;
    head.parse().ok()
}

fn take(rest: &mut &str, mark: char) -> bool {
    let behind = rest.strip_prefix(mark);
    *rest = behind.unwrap_or(rest);
    behind.is_some()
}

/// A piece of a text with words in it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece {
    Month(usize),
    Weekday,
    Half(f64),
    Utc,
    Number(f64, usize),
    Mark(char),
}

/// `Jan 2, 2024 03:04:05`, `Tue, 02 Jan 2024 03:04:05 GMT`, `1/2/2024`, `2024/1/2 3:04 PM` …
fn loose(text: &str) -> Option<f64> {
    let pieces = pieces(text)?;
    let mut rest = pieces.as_slice();
    if let [Piece::Weekday, behind @ ..] = rest {
        rest = behind;
    }
    let ((year, month, day), mut rest) = match rest {
        [Piece::Month(month), Piece::Number(day, _), Piece::Number(year, 3..), rest @ ..]
        | [Piece::Number(day, _), Piece::Month(month), Piece::Number(year, 3..), rest @ ..] => {
            ((*year, *month as f64, *day), rest)
        }
        [
            Piece::Number(year, 4),
            Piece::Mark('/'),
            Piece::Number(month, 1..=2),
            Piece::Mark('/'),
            Piece::Number(day, 1..=2),
            rest @ ..,
        ]
        | [
            Piece::Number(month, 1..=2),
            Piece::Mark('/'),
            Piece::Number(day, 1..=2),
            Piece::Mark('/'),
            Piece::Number(year, 4),
            rest @ ..,
        ] => ((*year, month - 1.0, *day), rest),
        _ => return None,
    };
    let year = match year {
        0.0..50.0 => year + 2_000.0,
        50.0..100.0 => year + 1_900.0,
        _ => year,
    };
    let mut time = [0.0; 3];
    if let [Piece::Number(hour, 1..=2), Piece::Mark(':'), Piece::Number(minute, 1..=2), behind @ ..] = rest {
        (time, rest) = ([*hour, *minute, 0.0], behind);
        if let [Piece::Mark(':'), Piece::Number(second, 1..=2), behind @ ..] = rest {
            (time, rest) = ([*hour, *minute, *second], behind);
        }
        if let [Piece::Half(half), behind @ ..] = rest {
            if !(1.0..=12.0).contains(hour) {
                return Some(f64::NAN);
            }
            (time, rest) = ([hour % 12.0 + half, *minute, time[2]], behind);
        }
    }
    let mut offset = 0.0;
    if let [Piece::Utc, behind @ ..] = rest {
        rest = behind;
    }
    if let [Piece::Mark(sign @ ('+' | '-')), Piece::Number(zone, 4), behind @ ..] = rest {
        let minutes = libm::floor(zone / 100.0) * 60.0 + zone % 100.0;
        offset = if *sign == '+' { minutes } else { -minutes } * 60_000.0;
        rest = behind;
    }
    let [hour, minute, second] = time;
    let inside = (0.0..=11.0).contains(&month) && (1.0..=31.0).contains(&day);
    match rest {
        [] if !inside || hour > 23.0 || minute > 59.0 || second > 59.0 => Some(f64::NAN),
        [] => Some(clip(moment([year, month, day, hour, minute, second, 0.0]) - offset)),
        _ => None,
    }
}

fn pieces(text: &str) -> Option<Vec<Piece>> {
    // What stands in brackets is a comment.
    let text = text.split_once(" (").map_or(text, |(before, _)| before);
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| (c.is_ascii_alphabetic(), c.is_ascii_digit());
        let length = match kind(first) {
            (false, false) => first.len_utf8(),
            own => rest.find(|c| kind(c) != own).unwrap_or(rest.len()),
        };
        let word = rest.get(..length)?;
        rest = rest.get(length..)?;
        let start = word.get(..3).unwrap_or(word);
        let starts = |name: &str| start.eq_ignore_ascii_case(name);
        pieces.push(match first {
            ' ' | ',' => continue,
            c if c.is_ascii_digit() => Piece::Number(word.parse().ok()?, length),
            c if c.is_ascii_alphabetic() => match word {
                "GMT" | "UTC" | "Z" | "UT" => Piece::Utc,
                "AM" | "am" => Piece::Half(0.0),
                "PM" | "pm" => Piece::Half(12.0),
                _ => match (MONTHS.iter().position(|name| starts(name)), WEEKDAYS.iter().any(|name| starts(name))) {
                    (Some(month), _) => Piece::Month(month),
                    (None, true) => Piece::Weekday,
                    (None, false) => return None,
                },
            },
            mark => Piece::Mark(mark),
        });
    }
    Some(pieces)
}

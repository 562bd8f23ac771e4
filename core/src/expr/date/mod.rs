//! Moments and the calendar (ECMA-262 §21.4), in UTC: there is no local time zone here.

mod read;
mod write;

pub(super) use read::read;
pub(super) use write::{clock_text, day_text, iso, local, text, utc};

/// A moment taken apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fields {
    pub(super) year: i64,
    /// From 0.
    pub(super) month: i64,
    /// From 1.
    pub(super) day: i64,
    /// From Sunday.
    pub(super) weekday: i64,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    pub(super) milli: i64,
}

impl Fields {
    /// The fields of a moment; nothing for NaN.
    pub(super) fn of(moment: f64) -> Option<Fields> {
        if moment.is_nan() {
            return None;
        }
        let moment = moment as i64;
        let (days, rest) = (moment.div_euclid(DAY), moment.rem_euclid(DAY));
        // Days are counted in eras of 400 years that begin in March.
        let shifted = days + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (month, next) = if month < 10 { (month + 2, 0) } else { (month - 10, 1) };
        Some(Fields {
            year: era * 400 + year_of_era + next,
            month,
            day,
            weekday: (days + 4).rem_euclid(7),
            hour: rest / 3_600_000,
            minute: rest / 60_000 % 60,
            second: rest / 1_000 % 60,
            milli: rest % 1_000,
        })
    }
}

/// A moment from its parts, of which each may be too large, below zero or broken.
/// Year, month (from 0), day, hour, minute, second, millisecond.
pub(super) fn moment(parts: [f64; 7]) -> f64 {
    if parts.iter().any(|part| !part.is_finite()) {
        return f64::NAN;
    }
    let [year, month, day, hour, minute, second, milli] = parts.map(libm::trunc);
    let year = year + libm::floor(month / 12.0);
    let month = month - libm::floor(month / 12.0) * 12.0;
    if year.abs() > 400_000.0 {
        return f64::NAN;
    }
    let days = days_before(year as i64, month as i64) as f64 + day - 1.0;
    days * DAY as f64 + hour * 3_600_000.0 + minute * 60_000.0 + second * 1_000.0 + milli
}

/// A moment within what a date can hold, or NaN.
pub(super) fn clip(moment: f64) -> f64 {
    // Adding zero turns -0 into 0.
    if moment.abs() <= LAST { libm::trunc(moment) + 0.0 } else { f64::NAN }
}

/// A year as dates are made with: two digits mean the last century.
pub(super) fn full_year(year: f64) -> f64 {
    let whole = libm::trunc(year);
    if (0.0..=99.0).contains(&whole) { 1900.0 + whole } else { year }
}

/// Days from 1970 to the first of a month (from 0).
fn days_before(year: i64, month: i64) -> i64 {
    let (year, month) = if month < 2 { (year - 1, month + 10) } else { (year, month - 2) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

pub(super) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
pub(super) const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
/// Milliseconds of a day.
const DAY: i64 = 86_400_000;
/// The last moment that a date can hold.
const LAST: f64 = 8.64e15;

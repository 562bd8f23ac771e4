//! A ladder diagram, drawn rung by rung while a call happens.
//!
//! ```text
//!    time        ada              patchcord              bob                cyd
//!   0.000s        │── INVITE ────────▶│                   │                  │
//! ```

use super::paint::{Ink, Paint};
use std::io::Write as _;

/// Columns between the time and the first line.
const MARGIN: usize = 8;
/// Columns between two lines.
const STEP: usize = 20;

/// A ladder with one upright line per party.
pub(super) struct Ladder {
    names: Vec<&'static str>,
    paint: Paint,
}

impl Ladder {
    pub(super) fn new(names: Vec<&'static str>, paint: Paint) -> Ladder {
        Ladder { names, paint }
    }

    /// The names on top.
    pub(super) fn head(&self) {
        let mut row = vec![' '; self.width()];
        for (lane, name) in self.names.iter().enumerate() {
            write_centred(&mut row, position(lane), name);
        }
        self.print(None, &text(&row), Ink::Bold);
        self.print(None, &text(&self.uprights()), Ink::Faint);
    }

    /// An arrow from one party to another.
    pub(super) fn arrow(&self, at: u64, from: usize, to: usize, label: &str, ink: Ink) {
        let mut row = self.uprights();
        let (left, right) = (position(from.min(to)), position(from.max(to)));
        for column in &mut row[left + 1..right] {
            *column = if *column == '│' { '┼' } else { '─' };
        }
        if from < to {
            row[right - 1] = '▶';
        } else {
            row[left + 1] = '◀';
        }
        write_centred(&mut row, if from < to { left + STEP / 2 } else { right - STEP / 2 }, &format!(" {label} "));
        self.print(Some(at), &text(&row), ink);
    }

    /// A remark between two parties.
    pub(super) fn remark(&self, at: u64, left: usize, right: usize, label: &str, ink: Ink) {
        let mut row = self.uprights();
        write_centred(&mut row, usize::midpoint(position(left), position(right)), &format!(" {label} "));
        self.print(Some(at), &text(&row), ink);
    }

    /// The end of all lines.
    pub(super) fn foot(&self) {
        self.print(None, &text(&self.uprights()), Ink::Faint);
    }

    fn uprights(&self) -> Vec<char> {
        let mut row = vec![' '; self.width()];
        for lane in 0..self.names.len() {
            row[position(lane)] = '│';
        }
        row
    }

    fn width(&self) -> usize {
        position(self.names.len().saturating_sub(1)) + STEP / 2
    }

    fn print(&self, at: Option<u64>, row: &str, ink: Ink) {
        let time = at.map_or_else(String::new, |at| format!("{:.3}s", at as f64 / 1000.0));
        let row = row.trim_end();
        let time = self.paint.ink(Ink::Faint, &format!("{time:>9}"));
        // Whoever read it may have gone; the call goes on.
        let _ = writeln!(std::io::stdout(), "{time} {}", self.paint.ink(ink, row));
    }
}

const fn position(lane: usize) -> usize {
    MARGIN + lane * STEP
}

fn write_centred(row: &mut [char], centre: usize, label: &str) {
    let length = label.chars().count();
    let start = centre.saturating_sub(length / 2);
    for (column, letter) in row.iter_mut().skip(start).zip(label.chars()) {
        *column = letter;
    }
}

fn text(row: &[char]) -> String {
    row.iter().collect()
}

//! A trace for people, and a simulated call's journal.

use crate::call::JournalEntry;
use patchcord_core::diag::Colour;
use patchcord_core::sim::{Simulation, line};
use patchcord_core::wire::{Command, Entry, Event, Kind, Report};
use std::io::Write as _;
use std::path::Path;

/// Every fact, order and remark on a line of its own.
pub(super) fn human(simulation: &Simulation, colour: Colour) -> String {
    let mut text: String = simulation.trace.iter().filter_map(|entry| entry_line(entry, colour)).collect();
    match &simulation.ended {
        Some(ended) => {
            text.push_str(&format!("\noutcome: {}\n", word(&ended.outcome)));
            for leg in &ended.legs {
                let talked = match (leg.answered, leg.ended) {
                    (Some(from), Some(to)) => format!(", talked {:.3} s", to.since(from).0 as f64 / 1000.0),
                    _ => String::new(),
                };
                let cause = leg.cause.map(|cause| format!(", {}", word(&cause))).unwrap_or_default();
                let party = if leg.direction == "inbound" { &leg.from } else { &leg.to };
                text.push_str(&format!("  {:<3} {party}: {}{cause}{talked}\n", leg.leg, leg.status));
            }
            if let Some(vars) = ended.vars.as_object().filter(|vars| !vars.is_empty()) {
                for (name, value) in vars.iter() {
                    text.push_str(&format!("  {name} = {}\n", value.to_json()));
                }
            }
        }
        None => text.push_str("\nthe call never ended\n"),
    }
    text
}

fn entry_line(entry: &Entry, colour: Colour) -> Option<String> {
    let (arrow, code, text) = match &entry.kind {
        Kind::Event(event) => ("→", "34", fact(event)),
        Kind::Command(command) => ("←", "36", order(command)),
        Kind::Note(note) => {
            let leg = note.leg.map(|leg| format!("{leg} ")).unwrap_or_default();
            let code = if note.name == "problem" { "31" } else { "2" };
            ("·", code, format!("{leg}{}: {}", note.name, note.text))
        }
    };
    let place =
        entry.span.map(|place| format!("{:>4}:{:<3}", place.line, place.column)).unwrap_or_else(|| " ".repeat(8));
    let time = format!("{:>10.3}", entry.at.0 as f64 / 1000.0);
    Some(match colour {
        Colour::Ansi => format!("\x1b[2m{time} {place}\x1b[0m {arrow} \x1b[{code}m{text}\x1b[0m\n"),
        Colour::Plain => format!("{time} {place} {arrow} {text}\n"),
    })
}

fn order(command: &Command) -> String {
    line(command)
}

fn fact(event: &Event) -> String {
    match event {
        Event::Ringing { leg, status } => format!("{leg} rings ({status})"),
        Event::EarlyMedia { leg, status } => format!("{leg} sends early media ({status})"),
        Event::Answered { leg, .. } => format!("{leg} answers"),
        Event::Failed { leg, status, reason, .. } => format!("{leg} fails: {status} {reason}").trim_end().to_owned(),
        Event::Ended { leg, cause, .. } => format!("{leg} ends: {}", word(cause)),
        Event::Digit { leg, digit } => format!("{leg} presses {digit}"),
        Event::Progress { leg, progress, .. } => format!("{leg} {progress}"),
        Event::MediaDone { leg, media, result, .. } => format!("{leg} media {} {}", media.0, word(result)),
        Event::Fetched { status: 0, error, .. } => format!("no reply: {}", error.as_deref().unwrap_or("unknown")),
        Event::Fetched { status, body, .. } => format!("reply {status}, {} bytes", body.len()),
        Event::Notified { status, .. } => format!("notified: {status}"),
    }
}

/// A diagnostic on one line, for one whose source is not at hand.
pub(super) fn report_line(report: &Report) -> String {
    format!(
        "{}:{}:{}: {}[{}]: {}\n",
        report.file, report.line, report.column, report.severity, report.code, report.message
    )
}

/// The inputs of a simulated call as a journal.
pub(super) fn write_journal(path: &Path, simulation: &Simulation) -> std::io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    let mut write = |entry: &JournalEntry| -> std::io::Result<()> {
        serde_json::to_writer(&mut file, entry)?;
        file.write_all(b"\n")
    };
    write(&JournalEntry::Start { start: Box::new(simulation.start.clone()) })?;
    for (at, event) in &simulation.inputs {
        match event {
            Some(event) => write(&JournalEntry::Event { at: *at, event: event.clone() })?,
            None => write(&JournalEntry::Timeout { at: *at, timeout: true })?,
        }
    }
    Ok(())
}

/// The name that an enum has in JSON.
pub(super) fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_owned()
}

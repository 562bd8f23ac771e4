//! A call, told in one line per event, for whoever watches a host at work.

use super::paint::{Ink, Paint};
use crate::call::{End, Sight, What};
use patchcord_core::wire::{Clip, Command, Entry, Event, Kind, Outcome};

/// One line, or nothing when it would only be noise.
pub(super) fn line(sight: &Sight, paint: Paint) -> Option<String> {
    let (arrow, ink, text) = match &sight.what {
        What::Began { caller, .. } => ("▶", Ink::Bold, format!("{} calls {}", caller.from, caller.to)),
        What::Event(event) => ("→", ink_of(event), fact(event)?),
        What::Command(command) => ("←", Ink::Cyan, order(command)?),
        What::Note(note) => ("!", Ink::Yellow, note.clone()),
        What::Trace(Entry { kind: Kind::Note(note), .. }) if note.name == "problem" => {
            ("!", Ink::Yellow, note.text.clone())
        }
        What::Trace(_) => return None,
        What::Over(end) => ("■", if end.stopped.is_some() { Ink::Red } else { Ink::Bold }, over(end)),
    };
    let time = format!("{:>9}", format!("{:.3}s", sight.at.0 as f64 / 1000.0));
    let call = format!("#{:<4}", sight.call);
    Some(format!("{} {} {arrow} {}", paint.ink(Ink::Faint, &time), paint.ink(Ink::Faint, &call), paint.ink(ink, &text)))
}

fn ink_of(event: &Event) -> Ink {
    match event {
        Event::Answered { .. } => Ink::Green,
        Event::Failed { .. } => Ink::Yellow,
        _ => Ink::Blue,
    }
}

fn fact(event: &Event) -> Option<String> {
    Some(match event {
        Event::Ringing { leg, status } => format!("{leg} rings ({status})"),
        Event::EarlyMedia { leg, status } => format!("{leg} sends early audio ({status})"),
        Event::Answered { leg, .. } => format!("{leg} answered"),
        Event::Failed { leg, status, reason, .. } => format!("{leg} failed: {status} {reason}"),
        Event::Ended { leg, cause, .. } => format!("{leg} ended ({cause:?})").to_lowercase(),
        Event::Digit { leg, digit } => format!("{leg} pressed {digit}"),
        Event::Progress { leg, media, progress } => format!("{leg} activity {} {progress}", media.0),
        Event::MediaDone { leg, media, result, error } => {
            let why = error.as_deref().map(|error| format!(": {error}")).unwrap_or_default();
            format!("{leg} clip {} {}{why}", media.0, format!("{result:?}").to_lowercase())
        }
        Event::Fetched { fetch, status: 0, error, .. } => {
            format!("fetch {} failed: {}", fetch.0, error.as_deref().unwrap_or("no reply"))
        }
        Event::Fetched { fetch, status, body, .. } => format!("fetch {} got {status}, {} bytes", fetch.0, body.len()),
        Event::Notified { status: 200..=299, .. } => return None,
        Event::Notified { notify, status } => format!("notify {} was not taken ({status})", notify.0),
    })
}

fn order(command: &Command) -> Option<String> {
    Some(match command {
        Command::Ring { leg, media } => format!("ring {leg}{}", if *media { " with audio" } else { "" }),
        Command::Answer { leg, .. } => format!("answer {leg}"),
        Command::Reject { leg, status, .. } => format!("reject {leg} with {status}"),
        Command::Originate { leg, to, .. } => format!("dial {to} as {leg}"),
        Command::Cancel { leg } => format!("cancel {leg}"),
        Command::Hangup { leg, .. } => format!("hang up {leg}"),
        Command::Bridge { a, b, early } => format!("bridge {a} and {b}{}", if *early { " (early)" } else { "" }),
        Command::Unbridge { a, b } => format!("separate {a} and {b}"),
        Command::Play { leg, media, clip, .. } => format!("play {} to {leg} as clip {}", clip_name(clip), media.0),
        Command::Stop { leg, media } => format!("stop clip {} of {leg}", media.0),
        Command::SendDigits { leg, digits, .. } => format!("send the keys {digits} to {leg}"),
        Command::Fetch { fetch, request } => format!("fetch {}: {} {}", fetch.0, request.method, place(&request.url)),
        Command::Notify { notify, request } => {
            format!("notify {}: {} {}", notify.0, request.method, place(&request.url))
        }
        // The line of the call's end says it.
        Command::Done { .. } => return None,
        other => patchcord_core::sim::line(other),
    })
}

fn clip_name(clip: &Clip) -> String {
    match clip {
        Clip::Audio { url } => place(url),
        Clip::Say { text, .. } => format!("“{text}”"),
        Clip::Silence { ms } => format!("{} ms of silence", ms.0),
        Clip::Ring { country, .. } => format!("the ringing tone of {country}"),
    }
}

/// A URL without its query and its user, which may carry a key or a password.
fn place(url: &str) -> String {
    let bare = url.split(['?', '#']).next().unwrap_or(url);
    match bare.split_once("://") {
        Some((scheme, rest)) => {
            let host = rest.find('/').unwrap_or(rest.len());
            let from = rest[..host].rfind('@').map_or(0, |at| at + 1);
            format!("{scheme}://{}", &rest[from..])
        }
        None => bare.to_owned(),
    }
}

fn over(end: &End) -> String {
    let how = match (&end.stopped, end.outcome) {
        (Some(why), _) => format!("stopped: {why}"),
        (None, Some(outcome)) => outcome_name(outcome).to_owned(),
        (None, None) => "ended".to_owned(),
    };
    let audio: Vec<String> = end
        .audio
        .iter()
        .filter(|(_, counters)| counters.received + counters.sent > 0)
        .map(|(leg, counters)| format!("{leg} {} in {} out", counters.received, counters.sent))
        .collect();
    let audio = if audio.is_empty() { String::new() } else { format!("; packets: {}", audio.join(", ")) };
    format!("{how}{audio}; journal {}", end.journal.display())
}

pub(super) const fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "completed",
        Outcome::Rejected => "rejected",
        Outcome::Abandoned => "abandoned",
        Outcome::Failed => "failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_of_a_url_is_shown() {
        assert_eq!(place("https://ann:s3@cret@example.com/a.wav?key=1"), "https://example.com/a.wav");
        assert_eq!(place("http://example.com"), "http://example.com");
        assert_eq!(place("file:/tmp/a.wav"), "file:/tmp/a.wav");
    }
}

//! Lines of a trace with the steps that they belong to.

use super::super::world::Subject;
use crate::wire::{Command, Entry, Event, Kind, Place};
use litemap::LiteMap;

/// A line of the trace with the step that it belongs to.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) entry: Entry,
    pub(super) place: Option<Place>,
}

/// The steps that began what is not over.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(LiteMap<Subject, Place>);

impl Places {
    /// The step that began something.
    pub(super) fn of(&self, subject: Subject) -> Option<Place> {
        self.0.get(&subject).copied()
    }

    /// Finds the step of the next line.
    pub(super) fn tell(&mut self, entry: Entry) -> Told {
        let place = match &entry.kind {
            Kind::Event(event) => self.of_event(event),
            Kind::Command(command) => {
                if let Some((subject, place)) = begins(command).zip(entry.span) {
                    self.0.insert(subject, place);
                }
                entry.span
            }
            Kind::Note(_) => entry.span,
        };
        Told { entry, place }
    }

    /// The step that a fact is about.
    fn of_event(&mut self, event: &Event) -> Option<Place> {
        let (subject, last) = match event {
            Event::Ringing { leg, .. } | Event::EarlyMedia { leg, .. } | Event::Answered { leg, .. } => {
                (Subject::Leg(*leg), false)
            }
            Event::Failed { leg, .. } | Event::Ended { leg, .. } => (Subject::Leg(*leg), true),
            Event::Digit { leg, .. } => (Subject::Leg(*leg), false),
            Event::Progress { leg, media, .. } => (Subject::Media(*leg, *media), false),
            Event::MediaDone { leg, media, .. } => (Subject::Media(*leg, *media), true),
            Event::Fetched { fetch, .. } => (Subject::Fetch(*fetch), true),
            Event::Notified { .. } => return None,
        };
        if last { self.0.remove(&subject) } else { self.of(subject) }
    }
}

/// What an order begins.
fn begins(command: &Command) -> Option<Subject> {
    match command {
        Command::Originate { leg, .. } => Some(Subject::Leg(*leg)),
        Command::Fetch { fetch, .. } => Some(Subject::Fetch(*fetch)),
        Command::Play { leg, media, .. } | Command::SendDigits { leg, media, .. } => Some(Subject::Media(*leg, *media)),
        other => other.activity().map(|(leg, media)| Subject::Media(leg, media)),
    }
}

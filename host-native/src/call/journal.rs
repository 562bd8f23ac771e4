//! The journal of a call: JSON lines that tell its whole story.
//!
//! ```text
//! {"start":{…}}
//! {"at":12,"event":{"name":"ringing","leg":"b1","status":180}}
//! {"at":60000,"timeout":true}
//! {"at":60004,"done":"completed"}            or {"at":60004,"stopped":"why"}
//! ```

use patchcord_core::{
    time::Instant,
    wire::{Event, Outcome, Start},
};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
};

/// One line of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    /// How it began.
    Start {
        /// What the engine was told.
        start: Box<Start>,
    },
    /// A fact.
    Event {
        /// When.
        at: Instant,
        /// What.
        event: Event,
    },
    /// The engine's deadline came.
    Timeout {
        /// When.
        at: Instant,
        /// Always true.
        timeout: bool,
    },
    /// The engine ended it.
    Done {
        /// When.
        at: Instant,
        /// How.
        done: Outcome,
    },
    /// The host ended it.
    Stopped {
        /// When.
        at: Instant,
        /// Why.
        stopped: String,
    },
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    /// Begins a journal that only this user can read: it has what was said and fetched.
    pub fn begin(folder: &Path, name: &str, start: &Start) -> io::Result<Journal> {
        fs::create_dir_all(folder)?;
        let path = folder.join(format!("{name}.jsonl"));
        let mut options = OpenOptions::new();
        options.create_new(true).append(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut journal = Journal { file: options.open(&path)?, path };
        journal.write(&Entry::Start { start: Box::new(start.clone()) })?;
        Ok(journal)
    }

    /// Adds a line.
    pub fn write(&mut self, entry: &Entry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        // One write per line: whoever reads along never sees half of one.
        self.file.write_all(&line)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads a journal; a last line that was cut off in a crash is left out.
    pub fn read(path: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        let mut lines = BufReader::new(File::open(path)?).lines().peekable();
        while let Some(line) = lines.next() {
            match serde_json::from_str(&line?) {
                Ok(entry) => entries.push(entry),
                Err(_) if lines.peek().is_none() => {}
                Err(error) => {
                    let number = entries.len() + 1;
                    return Err(io::Error::new(io::ErrorKind::InvalidData, format!("line {number}: {error}")));
                }
            }
        }
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use patchcord_core::id::LegId;

    #[test]
    fn what_is_written_can_be_read_even_after_a_crash() {
        let folder = std::env::temp_dir().join(format!("patchcord-journal-{}", std::process::id()));
        let start = crate::guest::tests::start();
        let mut journal = Journal::begin(&folder, "one", &start).unwrap();
        let story = [
            Entry::Event { at: Instant(3), event: Event::Digit { leg: LegId::CALLER, digit: '#' } },
            Entry::Timeout { at: Instant(9), timeout: true },
            Entry::Done { at: Instant(9), done: Outcome::Completed },
        ];
        for entry in &story {
            journal.write(entry).unwrap();
        }
        journal.file.write_all(b"{\"at\":12,\"eve").unwrap();
        let read = Journal::read(journal.path()).unwrap();
        assert_eq!(read[0], Entry::Start { start: Box::new(start.clone()) });
        assert_eq!(read[1..], story);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(journal.path()).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(Journal::begin(&folder, "one", &start).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}

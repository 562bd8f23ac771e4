//! Calls: one task each. It pumps facts and deadlines into an engine and obeys its orders.
//!
//! The task owns everything of its call: the engine, the legs, their audio, the requests, the
//! journal. Every input is written to the journal before the engine sees it, so that a call
//! whose instance is lost can be told its story again, and be where it was.

mod flow;
mod host;
mod journal;
mod line;
mod obey;
mod pump;
mod sight;

pub use flow::Flow;
pub use host::{Host, HostError, HostSetting};
pub use journal::{Entry as JournalEntry, Journal};
pub use sight::{End, Sight, What};

#[cfg(test)]
mod tests;

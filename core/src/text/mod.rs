//! Syntax: JSON, YAML and XML text into one tree with positions.
//!
//! Knows nothing of calls. Reports every problem, not only the first, and keeps what minimal
//! text edits need later: spans of keys, values, separators and comments.

mod node;

pub use node::{Attribute, Child, Element, Entry, Format, Key, Kind, Node, Problem, Scalar, Tree};

//! The one JSON form of everything that crosses a door of the engine.
//!
//! [`Start`] opens a call, [`Event`] is a fact going in, [`Command`] an order coming out,
//! [`Trace`] the explanation for people. Versioned by [`VERSION`]; changes are additive.

mod activity;
mod command;
mod edit;
mod event;
mod facts;
mod graph;
mod layout;
mod plain;
mod report;
mod secrets;
mod start;
mod step;
mod trace;

pub use activity::{Detected, Detection, Meeting, Progress, Recognition, Recording, Side, Streaming, Tapping};
pub use command::{Clip, Command, HangupReason, Outcome, Request};
pub use edit::{Edit, EditKind, TextEdit};
pub use event::{Cause, Event, MediaResult};
pub use facts::{
    ActivityChange, ActivityFacts, ActivityState, Collected, DialFacts, DialState, Direction, EndedBy, LegFacts,
    LegState, Why,
};
pub use graph::{
    EdgeKind, Graph, GraphEdge, GraphGroup, GraphNode, GraphPort, GraphRow, GraphRows, NodeKind, Range, RowOrder,
};
pub use layout::{Area, EdgePath, Layout, LayoutSizes, NodePlace};
pub use report::{Report, ReportFix};
pub use start::{Application, Caller, Dialect, Header, Hook, Limits, Source, Start};
pub use step::{Ended, LegReport, Step};
pub use trace::{Entry, Kind, Note, Place, Trace};

/// The version of this form. A host refuses a guest with another one.
pub const VERSION: u32 = 1;

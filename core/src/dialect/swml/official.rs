//! What the official JSON schema of 2026-08-21 says about a document.

use crate::dialect::reader::Reader;
use crate::text::Node;

/// Steps of a flow.
pub(super) fn steps(_reader: &mut Reader<'_>, _node: &Node) {}

/// Steps on a callee's leg.
pub(super) fn screening(_reader: &mut Reader<'_>, _node: &Node) {}

/// A whole document.
pub(super) fn document(_reader: &mut Reader<'_>, _node: &Node) {}

//! What an author should know about how a method is run here.

use super::method::{Method, Role};
use super::step::Steps;
use crate::diag::{Diagnostic, codes};
use crate::span::Span;
use alloc::format;

impl Steps<'_, '_> {
    /// Whether a method does nothing at all; says so, and what needs more than every host has.
    pub(super) fn does_nothing(&mut self, method: &Method, key: Span) -> bool {
        let name = method.schema.name;
        match method.role {
            Role::Engine => false,
            Role::Extension => {
                let message = format!("`{name}` needs a host with an extension of this name");
                self.reader.report(
                    Diagnostic::new(&codes::EXTENSION, key, message)
                        .note("without one it fails as the platform documents it, and the flow goes on"),
                );
                false
            }
            Role::Trial => {
                let message = format!("`{name}` is an experiment of the platform; the step does nothing here");
                self.reader.report(Diagnostic::new(&codes::IGNORED, key, message));
                true
            }
        }
    }
}

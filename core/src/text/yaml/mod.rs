//! YAML 1.2 through `granit-parser`, again and again over a copy that is repaired at each mistake.
//! Documents of everyday YAML take a shorter way to the same tree.

mod everyday;
mod flattened;
mod repair;
mod scalar;
mod scratch;
#[cfg(test)]
mod tests;
mod tree;

use super::{Format, Problem, TextLimits, Tree};
use crate::diag::codes;
use crate::order::sort_by_key;
use crate::span::Span;
use alloc::{format, vec::Vec};
use scratch::Scratch;
use tree::{Builder, Stop};

pub(super) fn read(source: &str, limits: &TextLimits) -> Tree {
    everyday::read(source, limits).unwrap_or_else(|| read_whole(source, limits))
}

/// By the whole grammar.
fn read_whole(source: &str, limits: &TextLimits) -> Tree {
    let mut scratch = Scratch::new(source);
    let mut repairs: Vec<Problem> = flattened::rebuild(&mut scratch).into_iter().collect();
    for round in 0..=ROUNDS {
        let mut builder = Builder::new(&scratch, limits);
        let stop = builder.run();
        let Builder { root, comments, mut problems, .. } = builder;
        let mut tree = |root, repairs: &mut Vec<Problem>| {
            problems.append(repairs);
            sort_by_key(&mut problems, |problem| problem.span);
            problems.truncate(limits.problems);
            Tree { format: Format::Yaml, root, comments: comments.clone(), problems: core::mem::take(&mut problems) }
        };
        let error = match stop {
            Stop::Done => {
                if root.is_none() && repairs.is_empty() {
                    repairs.push(Problem::new(&codes::SYNTAX, Span::new(0, 0), "expected a value, found nothing"));
                }
                return tree(root, &mut repairs);
            }
            Stop::TooLarge(span, message) => {
                repairs.push(Problem::new(&codes::TOO_LARGE, span, message));
                return tree(root, &mut repairs);
            }
            Stop::Error(error) => error,
        };
        if repair::is_limit(error.kind()) {
            let span = scratch.span(repair::place(&error, scratch.text()));
            let message = format!("the document nests too deep or holds too much: {}", error.kind());
            repairs.push(Problem::new(&codes::TOO_LARGE, span, message));
            return tree(root, &mut repairs);
        }
        let mended = repair::mend(&error, &mut scratch);
        if mended.is_empty() {
            let span = scratch.span(repair::place(&error, scratch.text()));
            repairs.push(Problem::new(&codes::SYNTAX, span, repair::message(&error)));
            return tree(root, &mut repairs);
        }
        repairs.extend(mended);
        if round == ROUNDS {
            return tree(root, &mut repairs);
        }
    }
    Tree { format: Format::Yaml, root: None, comments: Vec::new(), problems: repairs }
}

/// How many mistakes are mended before reading stops.
const ROUNDS: usize = 20;

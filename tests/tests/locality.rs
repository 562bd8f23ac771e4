//! One edit changes the lines it touches and at most two more, and keeps every comment that it was not
//! asked to take away: each operation, on real documents.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod editing;

use editing::{comments, documents, on, pause, some, steps};
use patchcord_core::dialect::{Port, Step, outline};
use patchcord_core::edit::{apply_edit, edited};
use patchcord_core::span::Span;
use patchcord_core::value::Value;
use patchcord_core::wire::{Dialect, Edit, EditKind};
use std::collections::BTreeMap;

/// Lines of a piece of text.
fn lines(text: &str) -> usize {
    text.trim().lines().count()
}

/// What an edit is about, in lines of the text before it or of what it brings.
fn touched(text: &str, all: &[Step], edit: &Edit, step: &Step) -> usize {
    let own = lines(step.span.of(text));
    match edit.op {
        // What comes is counted where it stands; a shorthand is written out for a property.
        EditKind::SetProp if step.first.is_some() => own,
        EditKind::InsertAfter | EditKind::InsertOnEdge | EditKind::SetProp | EditKind::Connect => 0,
        EditKind::UnsetProp => 1,
        EditKind::Disconnect => {
            let port = step.ports.iter().find(|port| Some(&port.name) == edit.port.as_ref());
            port.map_or(0, |port| inside(text, port)).max(1)
        }
        EditKind::Delete
        | EditKind::DeleteAndReconnect
        | EditKind::Move
        | EditKind::Wrap
        | EditKind::ExtractSection => own,
        EditKind::InlineSection => {
            let called = step.links.first().map(|link| link.to.clone()).unwrap_or_default();
            let (_, outline) = outline(text, None);
            let part = outline.iter().flat_map(|outline| &outline.parts).find(|part| part.name == called);
            own + part.map_or(0, |part| lines(part.steps.span.of(text)) + 1)
        }
        EditKind::RenameSection => {
            let name = edit.section.as_deref().unwrap();
            1 + all.iter().flat_map(|step| &step.links).filter(|link| link.to == name).count()
        }
        EditKind::ConvertFormat => usize::MAX - 4,
    }
}

fn inside(text: &str, port: &Port) -> usize {
    port.body.as_ref().map_or(0, |body| lines(body.span.of(text)) + 1)
}

/// Whole lines that differ: those that go and those that come, whichever are more, place by place.
fn differing(text: &str, edits: &[patchcord_core::wire::TextEdit]) -> (usize, usize) {
    let (mut gone, mut come) = (0, 0);
    for edit in edits {
        let (from, to) = (edit.from as usize, edit.to as usize);
        let start = text[..from].rfind('\n').map_or(0, |at| at + 1);
        let end = text[to..].find('\n').map_or(text.len(), |at| to + at + 1);
        let old: Vec<&str> = text[start..end].split_inclusive('\n').collect();
        let new = format!("{}{}{}", &text[start..from], edit.text, &text[to..end]);
        let new: Vec<&str> = new.split_inclusive('\n').collect();
        let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let (old, new) = (&old[head..], &new[head..]);
        let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
        gone += old.len() - tail;
        come += new.len() - tail;
    }
    (gone, come)
}

/// Everything that can be asked of a step.
fn asked(step: &Step, all: &[Step], dialect: Dialect) -> Vec<Edit> {
    let put = || Some(pause(dialect));
    let mut wanted = vec![
        Edit { step: put(), ..on(EditKind::InsertAfter, step) },
        Edit { step: put(), ..on(EditKind::InsertOnEdge, step) },
        on(EditKind::Delete, step),
        on(EditKind::DeleteAndReconnect, step),
        Edit { name: Some("fresh_one".into()), ..on(EditKind::ExtractSection, step) },
        Edit { with: Some("condition".into()), when: Some("a == 1".into()), ..on(EditKind::Wrap, step) },
        Edit { with: Some("loop".into()), max: Some(3), ..on(EditKind::Wrap, step) },
        Edit {
            path: vec!["x_new".into()],
            value: Some(Value::String("a: b # c".into())),
            ..on(EditKind::SetProp, step)
        },
    ];
    for other in [all.first(), all.last()].into_iter().flatten() {
        wanted.push(Edit { after: Some(other.id.clone()), ..on(EditKind::Move, step) });
        wanted.push(Edit { before: Some(other.id.clone()), ..on(EditKind::Move, step) });
    }
    for port in &step.ports {
        let port = || Some(port.name.clone());
        let to = all.last().map(|step| step.id.clone());
        wanted.push(Edit { port: port(), to, ..on(EditKind::Connect, step) });
        wanted.push(Edit { port: port(), step: put(), ..on(EditKind::InsertOnEdge, step) });
        wanted.push(Edit { port: port(), ..on(EditKind::Disconnect, step) });
        wanted.push(Edit { port: port(), ..on(EditKind::DeleteAndReconnect, step) });
    }
    wanted
}

/// Each section under another name.
fn sections(text: &str, dialect: Dialect) -> Vec<Edit> {
    let (_, outline) = outline(text, Some(dialect));
    let names = outline.iter().flat_map(|outline| &outline.parts).map(|part| part.name.clone());
    let rename = |section| Edit {
        op: EditKind::RenameSection,
        section: Some(section),
        name: Some("fresh_one".into()),
        ..Edit::default()
    };
    names.map(rename).collect()
}

/// Comments of a document that stand outside of a piece of it, and not behind it in its line.
fn outside(text: &str, dialect: Dialect, gone: Option<Span>) -> Vec<String> {
    let (tree, _) = outline(text, Some(dialect));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept = |span: &&Span| {
        gone.is_none_or(|gone| {
            let rest = text[gone.end as usize..].lines().next().map_or(0, str::len) as u32;
            span.end <= gone.start || span.start >= gone.end + rest
        })
    };
    let mut all: Vec<String> = tree.comments.iter().filter(kept).map(|span| words(span.of(text))).collect();
    all.sort();
    all
}

#[test]
fn an_edit_changes_the_lines_it_touches_and_two_more() {
    let mut made: BTreeMap<String, usize> = BTreeMap::new();
    let mut wide: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut lost: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let broken = |path: &std::path::Path| path.to_string_lossy().contains("documents/bad");
    for (path, text, dialect) in documents().into_iter().filter(|(path, ..)| !broken(path)) {
        let all = steps(&text, dialect);
        let calls = all.iter().filter(|step| step.verb == "execute");
        let renamed = sections(&text, dialect).into_iter().zip(&all);
        let asked_of = some(&all).flat_map(|step| asked(step, &all, dialect).into_iter().map(move |edit| (step, edit)));
        let inlined = calls.map(|step| (step, on(EditKind::InlineSection, step)));
        for (step, edit) in asked_of.chain(inlined).chain(renamed.map(|(edit, step)| (step, edit))) {
            let Ok(edits) = apply_edit(&text, Some(dialect), &edit) else { continue };
            let op = format!("{:?}{}", edit.op, edit.with.as_deref().unwrap_or(""));
            *made.entry(op.clone()).or_default() += 1;
            let after = edited(&text, &edits);
            let (gone, come) = differing(&text, &edits);
            let name = format!("{} at {} {:?}: {gone} gone, {come} come", path.display(), step.id, edit.port);
            let own = touched(&text, &all, &edit, step);
            // What is written anew around the step: a condition, a label and its jump, a section and its call.
            let new = match edit.op {
                EditKind::InsertAfter | EditKind::InsertOnEdge | EditKind::SetProp | EditKind::Connect => {
                    come.saturating_sub(gone)
                }
                EditKind::Wrap | EditKind::ExtractSection if after.trim_start().starts_with('{') => 6,
                EditKind::Wrap | EditKind::ExtractSection => 3,
                _ => 0,
            };
            if gone.max(come) > own + new + 2 {
                wide.entry(op.clone()).or_default().push(format!("{name} (touches {})", own + new));
            }
            if edit.op == EditKind::SetProp && step.error.is_none() {
                let unset = Edit { op: EditKind::UnsetProp, value: None, ..edit.clone() };
                let edits = apply_edit(&after, Some(dialect), &unset).unwrap();
                *made.entry("UnsetProp".into()).or_default() += 1;
                let (gone, come) = differing(&after, &edits);
                if gone.max(come) > 3 {
                    wide.entry("UnsetProp".into()).or_default().push(format!("{name}, then {gone} and {come}"));
                }
            }
            let takes = [EditKind::Delete, EditKind::DeleteAndReconnect, EditKind::Disconnect, EditKind::InlineSection];
            let span = takes.contains(&edit.op).then_some(step.span);
            let now = comments(&after, dialect);
            if outside(&text, dialect, span).iter().any(|comment| !now.contains(comment)) {
                lost.entry(op).or_default().push(name);
            }
        }
    }
    println!("{made:#?}");
    for (what, found) in [("too many lines", &wide), ("a comment lost", &lost)] {
        for (op, names) in found {
            println!("{what}: {op}: {} of {}\n  {}", names.len(), made[op], names[..names.len().min(8)].join("\n  "));
        }
    }
    assert!(wide.is_empty() && lost.is_empty());
}

//! Edits of real documents: few lines change, comments stay, and the document means what was asked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod editing;

use editing::{changed, comments, documents, meaning, on, pause, shape, some, steps};
use patchcord_core::dialect::{Step, outline};
use patchcord_core::edit::{edited, format};
use patchcord_core::graph::graph;
use patchcord_core::layout::layout;
use patchcord_core::text::Format;
use patchcord_core::value::Value;
use patchcord_core::wire::{Dialect, Edit, EditKind, LayoutSizes};

#[test]
fn a_step_put_in_and_taken_out_again_leaves_no_trace() {
    let (mut made, mut refused) = (0, Vec::new());
    for (path, text, dialect) in documents() {
        let before = meaning(&text, dialect);
        let all = steps(&text, dialect);
        for step in some(&all) {
            let edit = Edit { step: Some(pause(dialect)), ..on(EditKind::InsertAfter, step) };
            let (after, lines) = match changed(&text, &edit, dialect) {
                Ok(found) => found,
                Err(why) => {
                    refused.push(format!("{}: {}: {why}", path.display(), step.id));
                    continue;
                }
            };
            made += 1;
            let name = format!("{} at {}\n{after}", path.display(), step.id);
            let one = text[step.span.start as usize..step.span.end as usize].matches('\n').count();
            assert!(lines <= 6 + one, "{lines} lines: {name}");
            assert_eq!(comments(&after, dialect), comments(&text, dialect), "{name}");
            let later = steps(&after, dialect);
            let new = later.iter().find(|step| {
                step.span.of(&after).contains("7.65432") && ["play", "pause", "Pause"].contains(&step.verb.as_str())
            });
            let new = new.unwrap_or_else(|| panic!("not there: {name}"));
            let at = later.iter().position(|step| step.id == new.id).unwrap();
            let until =
                all.iter().filter(|other| other.span.start < step.span.end && other.span.start >= step.span.start);
            let expected = all.iter().position(|other| other.id == step.id).unwrap() + until.count();
            assert_eq!(at, expected, "{name}");
            let mut rest = shape(&later);
            rest.remove(later.iter().position(|step| step.id == new.id).unwrap());
            assert_eq!(rest, shape(&all), "{name}");
            let mut grown = meaning(&after, dialect);
            // Screening runs once for each who is dialled; behind a mistake nothing is run.
            // In a prompt it stands in the line of the step that prompts.
            grown.iter_mut().for_each(|line| *line = line.replace(" \"silence:7.65432\"", ""));
            grown.retain(|line| !line.contains("7.65432"));
            assert_eq!(grown, before, "{name}");
            let (back, _) =
                changed(&after, &on(EditKind::Delete, new), dialect).unwrap_or_else(|why| panic!("{why}: {name}"));
            if steps(&back, dialect).len() == all.len() {
                assert_eq!(meaning(&back, dialect), before, "{name}");
            }
            if step.span.start > 0 && !name.contains("xml") {
                let same = back.split_whitespace().eq(text.split_whitespace());
                let listed = text.len() + 40 > back.len();
                assert!(same || listed, "{name}\n{back}");
            }
        }
    }
    println!(
        "{made} steps put in, {} refused\n{}",
        refused.len(),
        refused.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
    );
    assert!(refused.len() * 20 < made, "{} of {made} refused", refused.len());
}

#[test]
fn a_step_taken_out_takes_only_itself() {
    let (mut made, mut refused) = (0, Vec::new());
    for (path, text, dialect) in documents() {
        let all = steps(&text, dialect);
        for step in some(&all) {
            let (after, lines) = match changed(&text, &on(EditKind::Delete, step), dialect) {
                Ok(found) => found,
                Err(why) => {
                    refused.push(format!("{}: {}: {why}", path.display(), step.id));
                    continue;
                }
            };
            made += 1;
            let name = format!("{} at {}\n{after}", path.display(), step.id);
            let own = text[step.span.start as usize..step.span.end as usize].matches('\n').count() + 1;
            assert!(lines <= own + 2, "{lines} lines: {name}");
            let inner =
                all.iter().filter(|other| step.span.start <= other.span.start && other.span.end <= step.span.end);
            let kept: Vec<Step> = {
                let gone: Vec<&str> = inner.map(|step| step.id.as_str()).collect();
                all.iter().filter(|step| !gone.contains(&step.id.as_str())).cloned().collect()
            };
            assert_eq!(shape(&steps(&after, dialect)), shape(&kept), "{name}");
            // Comments inside of it, or behind it in its line, go with it.
            let line = text[step.span.end as usize..].lines().next().unwrap_or("").len();
            let (from, to) = (step.span.start, step.span.end + line as u32);
            let (tree, _) = outline(&text, Some(dialect));
            let mut expected: Vec<String> = tree
                .comments
                .iter()
                .filter(|span| {
                    span.end <= from || span.start >= to || tree.format == Format::Xml && span.start >= step.span.end
                })
                .map(|span| span.of(&text).split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            expected.sort();
            assert_eq!(comments(&after, dialect), expected, "{name}");
        }
    }
    println!(
        "{made} steps taken out, {} refused\n{}",
        refused.len(),
        refused.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
    );
    assert!(refused.len() * 20 < made, "{} of {made} refused", refused.len());
}

#[test]
fn moved_and_wrapped_steps_keep_their_text() {
    let (mut made, mut refused) = (0, Vec::new());
    for (path, text, dialect) in documents() {
        let all = steps(&text, dialect);
        let shown = shape(&all);
        for (at, step) in all.iter().enumerate().step_by((all.len() / 8).max(1)) {
            let mut wanted = Vec::new();
            for other in [all.first(), all.get(at + 2), all.last()].into_iter().flatten() {
                wanted.push(Edit { after: Some(other.id.clone()), ..on(EditKind::Move, step) });
                wanted.push(Edit { before: Some(other.id.clone()), ..on(EditKind::Move, step) });
            }
            if dialect == Dialect::Swml {
                let condition =
                    Edit { with: Some("condition".into()), when: Some("a == 1".into()), ..on(EditKind::Wrap, step) };
                wanted.push(condition);
                wanted.push(Edit { name: Some("fresh_one".into()), ..on(EditKind::ExtractSection, step) });
            }
            for edit in wanted {
                let (after, _) = match changed(&text, &edit, dialect) {
                    Ok(found) => found,
                    Err(why) => {
                        refused.push(format!("{}: {why}", path.display()));
                        continue;
                    }
                };
                made += 1;
                let name = format!("{} {edit:?}\n{after}", path.display());
                assert_eq!(comments(&after, dialect), comments(&text, dialect), "{name}");
                let mut found = shape(&steps(&after, dialect));
                if edit.op == EditKind::Wrap {
                    let cond = found.iter().position(|(verb, summary)| verb == "cond" && summary.is_empty());
                    let same = |found: &[(String, String)]| found == shown.as_slice();
                    let mut less = found.clone();
                    if let Some(cond) = cond {
                        less.remove(cond);
                    }
                    assert!(same(&less) || found.len() == shown.len() + 1, "{name}");
                    continue;
                }
                let mut expected = shown.clone();
                if edit.op == EditKind::ExtractSection {
                    found.retain(|(verb, summary)| {
                        !(["execute", "transfer"].contains(&verb.as_str()) && summary == "fresh_one")
                    });
                }
                found.sort();
                expected.sort();
                assert_eq!(found, expected, "{name}");
            }
        }
    }
    println!(
        "{made} steps moved or wrapped, {} refused\n{}",
        refused.len(),
        refused.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn properties_come_and_go() {
    let (mut made, mut refused) = (0, Vec::new());
    for (path, text, dialect) in documents() {
        let all = steps(&text, dialect);
        for step in some(&all).filter(|step| step.error.is_none()) {
            let path_of = Vec::from(["x_new".to_owned()]);
            let value = Some(Value::String("some: text # here".into()));
            let edit = Edit { path: path_of.clone(), value, ..on(EditKind::SetProp, step) };
            let (after, lines) = match changed(&text, &edit, dialect) {
                Ok(found) => found,
                Err(why) => {
                    refused.push(format!("{}: {}: {why}", path.display(), step.id));
                    continue;
                }
            };
            made += 1;
            let name = format!("{} at {}\n{after}", path.display(), step.id);
            let one = text[step.span.start as usize..step.span.end as usize].matches('\n').count();
            assert!(lines <= 3 + one, "{lines} lines: {name}");
            assert_eq!(comments(&after, dialect), comments(&text, dialect), "{name}");
            let unset = Edit { path: path_of, ..on(EditKind::UnsetProp, step) };
            let (back, _) = changed(&after, &unset, dialect).unwrap_or_else(|why| panic!("{why}: {name}"));
            assert_eq!(comments(&back, dialect), comments(&text, dialect), "{name}\n{back}");
            assert_eq!(shape(&steps(&back, dialect)).len(), all.len(), "{name}\n{back}");
        }
    }
    println!(
        "{made} properties set, {} refused\n{}",
        refused.len(),
        refused.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
    );
    assert!(refused.len() * 10 < made, "{} of {made} refused", refused.len());
}

#[test]
fn every_document_has_a_graph_a_layout_and_an_even_form() {
    let mut nodes = 0;
    for (path, text, dialect) in documents() {
        let graph = graph(&text, Some(dialect));
        nodes += graph.nodes.len();
        let placed = layout(&graph, LayoutSizes::default());
        assert_eq!((placed.nodes.len(), placed.edges.len()), (graph.nodes.len(), graph.edges.len()));
        let known = |id: &Option<String>| id.as_ref().is_none_or(|id| graph.node(id).is_some());
        assert!(graph.edges.iter().all(|edge| known(&edge.to)), "{}", path.display());
        let even = edited(&text, &format(&text, Some(dialect)));
        assert_eq!(edited(&even, &format(&even, Some(dialect))), even, "{}", path.display());
        assert_eq!(meaning(&even, dialect), meaning(&text, dialect), "{}\n{even}", path.display());
        assert_eq!(comments(&even, dialect), comments(&text, dialect), "{}", path.display());
    }
    println!("{nodes} nodes");
}

#[test]
fn other_syntax_same_meaning() {
    let mut made = 0;
    for (path, text, dialect) in documents().into_iter().filter(|(.., dialect)| *dialect == Dialect::Swml) {
        for other in ["json", "yaml"] {
            let edit = Edit { op: EditKind::ConvertFormat, format: Some(other.to_owned()), ..Edit::default() };
            let Ok((after, _)) = changed(&text, &edit, dialect) else { continue };
            made += 1;
            assert_eq!(meaning(&after, dialect), meaning(&text, dialect), "{} as {other}\n{after}", path.display());
        }
    }
    println!("{made} documents converted");
}

#[test]
fn ports_and_sections_keep_what_they_do_not_touch() {
    let (mut made, mut refused) = (0, 0);
    for (path, text, dialect) in documents() {
        let all = steps(&text, dialect);
        let (_, outline) = outline(&text, Some(dialect));
        let parts: Vec<String> = outline.iter().flat_map(|o| &o.parts).map(|part| part.name.clone()).collect();
        let last = all.last().map(|step| step.id.clone());
        let mut wanted: Vec<Edit> = Vec::new();
        for step in some(&all) {
            wanted.push(on(EditKind::InlineSection, step));
            wanted.push(Edit { with: Some("loop".into()), max: Some(3), ..on(EditKind::Wrap, step) });
            for port in &step.ports {
                let port = Some(port.name.clone());
                wanted.push(Edit { port: port.clone(), to: last.clone(), ..on(EditKind::Connect, step) });
                let to = Some("https://example.com/next".into());
                wanted.push(Edit { port: port.clone(), to, ..on(EditKind::Connect, step) });
                let put = Some(pause(dialect));
                wanted.push(Edit { port: port.clone(), step: put, ..on(EditKind::InsertOnEdge, step) });
            }
        }
        for section in &parts {
            let (section, name) = (Some(section.clone()), Some("fresh_one".into()));
            wanted.push(Edit { op: EditKind::RenameSection, section, name, ..Edit::default() });
        }
        for edit in wanted {
            let Ok((after, _)) = changed(&text, &edit, dialect) else {
                refused += 1;
                continue;
            };
            made += 1;
            let name = format!("{} {edit:?}\n{after}", path.display());
            let comments = (comments(&after, dialect), comments(&text, dialect));
            if edit.op == EditKind::InlineSection {
                // The comment behind the call goes with the call.
                continue;
            }
            assert_eq!(comments.0, comments.1, "{name}");
            let (before, now) = (meaning(&text, dialect), meaning(&after, dialect));
            if edit.op == EditKind::RenameSection {
                let old = edit.section.as_deref().unwrap();
                let again = now.iter().map(|line| line.replace("fresh_one", old)).collect::<Vec<_>>();
                assert_eq!(again, before, "{name}");
            } else {
                let shown = |steps: &[Step]| steps.len();
                assert!(shown(&steps(&after, dialect)) >= all.len(), "{name}");
            }
        }
        // Taking something away leaves the others' words as they are.
        for step in some(&all) {
            for port in &step.ports {
                for op in [EditKind::Disconnect, EditKind::DeleteAndReconnect] {
                    let edit = Edit { port: Some(port.name.clone()), ..on(op, step) };
                    let Ok((after, _)) = changed(&text, &edit, dialect) else { continue };
                    made += 1;
                    let later = shape(&steps(&after, dialect));
                    assert!(later.len() <= all.len(), "{} {edit:?}\n{after}", path.display());
                    let known = shape(&all);
                    let strange = later.iter().find(|step| !known.contains(step));
                    assert!(
                        strange.is_none() || op == EditKind::Disconnect,
                        "{strange:?} {} {edit:?}\n{after}",
                        path.display()
                    );
                }
            }
        }
    }
    println!("{made} ports and sections changed, {refused} refused");
}

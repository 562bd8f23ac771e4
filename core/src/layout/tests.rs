use super::layout;
use crate::graph::graph;
use crate::wire::{EdgeKind, Layout, LayoutSizes};
use alloc::{format, string::String, vec::Vec};

fn place(source: &str) -> Layout {
    layout(&graph(source, None), LayoutSizes::default())
}

fn cells(layout: &Layout) -> Vec<(u32, u32)> {
    layout.nodes.iter().map(|node| (node.column, node.layer)).collect()
}

#[test]
fn a_list_is_a_column_and_outcomes_stand_beside_it() {
    let source = "sections:
  main:
    - cond:
        - when: a
          then: [answer, {if: {condition: b, then: [answer], else: [answer]}}, answer]
        - else: [answer]
    - hangup
  other: [answer]
";
    let layout = place(source);
    assert_eq!(cells(&layout), [(0, 0), (1, 1), (1, 2), (2, 3), (3, 3), (1, 4), (4, 1), (0, 5), (0, 0)]);
    assert!(layout.groups[1].x > layout.groups[0].x + layout.groups[0].width);
}

#[test]
fn edges_are_level_or_upright_and_begin_and_end_at_their_nodes() {
    let source = long(40);
    let graph = graph(&source, None);
    let layout = layout(&graph, LayoutSizes::default());
    for (edge, path) in graph.edges.iter().zip(&layout.edges) {
        let points: Vec<&[i32]> = path.points.chunks(2).collect();
        for pair in points.windows(2) {
            assert!(pair[0][0] == pair[1][0] || pair[0][1] == pair[1][1], "{edge:?} {points:?}");
        }
        let Some(to) = edge.to.as_ref() else { continue };
        let to = layout.nodes.iter().find(|node| node.id == *to).unwrap().area;
        let last = points.last().unwrap();
        let touches = last[0] >= to.x && last[0] <= to.x + to.width && last[1] >= to.y && last[1] <= to.y + to.height;
        assert!(touches, "{edge:?} {points:?} {to:?}");
        if matches!(edge.kind, EdgeKind::Sequence | EdgeKind::Outcome) {
            let crossed = layout.nodes.iter().find(|node| {
                let inner = node.area;
                points.windows(2).any(|pair| {
                    let (left, right) = (pair[0][0].min(pair[1][0]), pair[0][0].max(pair[1][0]));
                    let (top, bottom) = (pair[0][1].min(pair[1][1]), pair[0][1].max(pair[1][1]));
                    right > inner.x && left < inner.x + inner.width && bottom > inner.y && top < inner.y + inner.height
                })
            });
            assert!(crossed.is_none(), "{edge:?} {points:?} runs through {crossed:?}");
        }
    }
}

#[test]
fn nodes_never_stand_upon_each_other() {
    let layout = place(&long(300));
    let mut cells: Vec<(i32, i32)> = layout.nodes.iter().map(|node| (node.area.x, node.area.y)).collect();
    cells.sort();
    assert!(cells.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn a_step_put_in_moves_hardly_anything() {
    let source = long(120);
    let lines: Vec<&str> = source.lines().collect();
    let before = place(&source);
    let mut tried = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some(indent) = line.find("- play") else { continue };
        tried += 1;
        let mut more: Vec<String> = lines.iter().map(|line| String::from(*line)).collect();
        more.insert(at, format!("{}- sleep: 7", " ".repeat(indent)));
        let graph = graph(&more.join("\n"), None);
        let after = layout(&graph, LayoutSizes::default());
        let new = graph.nodes.iter().position(|node| node.verb == "sleep" && node.summary == "7").unwrap();
        let others = after.nodes.iter().enumerate().filter(|(at, _)| *at != new).map(|(_, node)| node);
        let moved = before
            .nodes
            .iter()
            .zip(others)
            .filter(|(a, b)| a.column.abs_diff(b.column) > 1 || a.layer.abs_diff(b.layer) > 1)
            .count();
        assert!(moved * 10 <= before.nodes.len(), "line {at}: {moved} of {} moved", before.nodes.len());
    }
    assert!(tried > 50);
}

/// A flow with branches in branches and several sections.
fn long(steps: usize) -> String {
    let mut text = String::from("sections:\n  main:\n");
    for at in 0..steps {
        match at % 6 {
            0 => text.push_str(&format!("    - play: say:{at}\n")),
            1 => text.push_str("    - connect:\n        to: sip:a@x\n        result:\n          case:\n            connected:\n              - hangup\n            failed:\n              - play: say:sorry\n              - if:\n                  condition: a == 1\n                  then:\n                    - play: say:b\n                  else:\n                    - play: say:c\n                    - play: say:d\n"),
            2 => text.push_str("    - switch:\n        variable: x\n        case:\n          '1': [answer]\n          '2':\n            - play: say:e\n            - execute: sub\n        default:\n          - play: say:f\n"),
            3 => text.push_str("    - label: again\n    - goto: {label: again, when: 'x == 1'}\n"),
            4 => text.push_str(&format!("    - play: say:{at}\n")),
            _ => text.push_str("    - prompt: {play: 'say:hi', result: {case: {match_digits: [answer]}}}\n"),
        }
    }
    text.push_str("  sub:\n    - play: say:sub\n    - return\n");
    text
}

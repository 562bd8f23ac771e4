//! Hostile and random text: never a panic, never a span out of range, never slow.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use patchcord_core::span::Span;
use patchcord_core::text::{Child, Format, Kind, Node, TextLimits, Tree, read};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The folder with hostile documents, where it exists.
fn torture(folder: &str) -> Vec<(String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/torture").join(folder);
    let Ok(entries) = std::fs::read_dir(&root) else {
        eprintln!("1 skipped: there is no torture folder for {folder}");
        return Vec::new();
    };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    // What is not UTF-8 never reaches the readers.
    let read = |path: PathBuf| {
        let text = String::from_utf8(std::fs::read(&path).unwrap()).ok()?;
        Some((path.file_name()?.to_string_lossy().into_owned(), text))
    };
    files.into_iter().filter_map(read).collect()
}

/// Reads with a small stack, as a guest has, and checks what must always hold.
fn check(name: &str, source: &str, format: Format) -> Tree {
    let text = source.to_string();
    let before = Instant::now();
    let tree = std::thread::Builder::new()
        .stack_size(256 * 1024)
        .spawn(move || {
            let tree = read(&text, Some(format), &TextLimits::default());
            inspect(&tree, &text);
            tree
        })
        .unwrap()
        .join()
        .unwrap_or_else(|_| panic!("{name} must be read without a panic"));
    assert!(before.elapsed() < Duration::from_secs(10), "{name} took {:?}", before.elapsed());
    tree
}

fn inspect(tree: &Tree, text: &str) {
    tree.comments.iter().for_each(|span| inside(*span, text));
    tree.problems.iter().for_each(|problem| inside(problem.span, text));
    assert!(tree.problems.len() <= TextLimits::default().problems + 1);
    tree.root.iter().for_each(|root| walk(root, text));
}

fn inside(span: Span, text: &str) {
    let range = span.start as usize..span.end as usize;
    assert!(text.get(range).is_some(), "{span:?} of {} bytes: {text:?}", text.len());
}

fn walk(node: &Node, text: &str) {
    inside(node.span, text);
    match &node.kind {
        Kind::Array(items) => items.iter().for_each(|item| walk(item, text)),
        Kind::Object(entries) => {
            for entry in entries {
                inside(entry.key.span, text);
                inside(entry.separator, text);
                walk(&entry.value, text);
            }
        }
        Kind::Element(element) => {
            inside(element.open, text);
            inside(element.name_span, text);
            element.close.into_iter().for_each(|span| inside(span, text));
            for attribute in &element.attributes {
                inside(attribute.name_span, text);
                inside(attribute.value_span, text);
            }
            for child in &element.children {
                match child {
                    Child::Element(node) => walk(node, text),
                    Child::Text { span, .. } => inside(*span, text),
                }
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
    }
}

/// What the verdicts must be is told in `tests/tests/torture`.
#[test]
fn json_and_yaml_are_read_or_refused() {
    for (folder, format) in [("json", Format::Json), ("yaml", Format::Yaml)] {
        for (name, text) in torture(folder) {
            check(&name, &text, format);
        }
    }
}

#[test]
fn xml_agrees_with_another_reader() {
    let mut wrong = Vec::new();
    for (name, text) in torture("xml") {
        let tree = check(&name, &text, Format::Xml);
        wrong.extend(disagreement(&text, &tree).map(|how| format!("{name}: {how}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where our reading of XML differs from roxmltree's.
fn disagreement(text: &str, ours: &Tree) -> Option<String> {
    if ours.problems.iter().any(|problem| problem.code.id == "too-large") {
        return None;
    }
    let repaired = ours.problems.iter().any(|problem| problem.repaired);
    // We read the declaration more strictly, and know nothing of namespaces.
    let declaration = ours.problems.iter().any(|problem| problem.span.start == 0 && text.starts_with("<?xml"));
    match roxmltree::Document::parse(text) {
        Ok(_) if declaration => None,
        Ok(_) if ours.is_refused() => Some(format!("refused, accepted by roxmltree: {:?}", ours.problems)),
        Ok(theirs) => {
            let (mine, other) = (ours.root.as_ref().map(shape)?, other_shape(theirs.root_element()));
            (mine != other).then(|| format!("differs:\n{mine}\n{other}"))
        }
        Err(roxmltree::Error::UnknownNamespace(..)) => None,
        Err(error) => (!ours.is_refused() && !repaired).then(|| format!("accepted, refused by roxmltree: {error}")),
    }
}

fn shape(node: &Node) -> String {
    let Kind::Element(element) = &node.kind else { return String::new() };
    let mut text = format!("<{}@{}..{}", local(&element.name), node.span.start, node.span.end);
    for attribute in &element.attributes {
        if attribute.name != "xmlns" && !attribute.name.starts_with("xmlns:") {
            text += &format!(" {}={:?}@{:?}", local(&attribute.name), attribute.value, attribute.value_span);
        }
    }
    text.push('>');
    let mut run = String::new();
    for child in &element.children {
        match child {
            Child::Text { text, .. } => run += text,
            Child::Element(node) => {
                text += &format!("{run:?}{}", shape(node));
                run.clear();
            }
        }
    }
    text + &format!("{run:?}</>")
}

fn other_shape(node: roxmltree::Node<'_, '_>) -> String {
    let range = node.range();
    let mut text = format!("<{}@{}..{}", node.tag_name().name(), range.start, range.end);
    for attribute in node.attributes() {
        let range = attribute.range_value();
        text += &format!(" {}={:?}@{:?}", attribute.name(), attribute.value(), Span::at(range.start, range.end));
    }
    text.push('>');
    let mut run = String::new();
    for child in node.children() {
        if child.is_text() {
            run += child.text().unwrap_or("");
        } else if child.is_element() {
            text += &format!("{run:?}{}", other_shape(child));
            run.clear();
        }
    }
    text + &format!("{run:?}</>")
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Numbers that are the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}

/// `source` with a few pieces cut, doubled, swapped or put in.
fn mutate(source: &str, dice: &mut Dice) -> String {
    let odd: Vec<char> = "{}[]<>&\"'`,:;-?|#%@!*\\/=\t\r\n \0\u{7f}\u{feff}“é😀0+e.u".chars().collect();
    let mut letters: Vec<char> = source.chars().collect();
    for _ in 0..=dice.roll(4) {
        if letters.is_empty() {
            break;
        }
        let at = dice.roll(letters.len());
        let length = dice.roll(6).min(letters.len() - at);
        match dice.roll(4) {
            0 => drop(letters.drain(at..at + length)),
            1 => {
                let copy: Vec<char> = letters[at..at + length].to_vec();
                letters.splice(at..at, copy);
            }
            2 => letters.insert(at, odd[dice.roll(odd.len())]),
            _ => {
                let other = dice.roll(letters.len());
                letters.swap(at, other);
            }
        }
    }
    letters.into_iter().collect()
}

static JSON: &str = r#"{"version": "1.0.0", "sections": {"main": ["answer", {"play": {"volume": -1.5e3, "urls": ["say:h\u00e9 \"x\"", "silence:1"]}}, {"connect": {"to": "+1555", "timeout": 20, "on": true, "no": null}}]}}"#;
static YAML: &str = "# note\nversion: 1.0.0\nsections:\n  main:\n    - answer\n    - play: &p\n        volume: 10\n        urls: [\"silence:1.0\", 'say: it''s']\n    - connect:\n        to: +15551231234\n        text: |\n          two\n          lines\n        <<: *p\n    - hangup: {}\n";
static XML: &str = "<?xml version=\"1.0\"?>\n<Response><!-- note --><Dial timeout='20' action=\"https://a.example/?x=1&amp;y=2\"><Number>+1555</Number><Sip>sip:a@b?X=1&amp;Y=&#233;</Sip></Dial><Say><![CDATA[a < b]]> é</Say><Hangup/></Response>\n";

#[test]
fn mutated_documents_never_break_a_reader() {
    let mut dice = Dice(42);
    let mut wrong = Vec::new();
    for round in 0..3_000 {
        for (source, format) in [(JSON, Format::Json), (YAML, Format::Yaml), (XML, Format::Xml)] {
            let text = mutate(source, &mut dice);
            let tree = read(&text, Some(format), &TextLimits::default());
            inspect(&tree, &text);
            match format {
                Format::Json => {
                    let accepted = serde_json::from_str::<serde_json::Value>(&text).is_ok();
                    // A byte order mark is tolerated here.
                    if accepted == tree.is_refused() && !text.starts_with('\u{feff}') {
                        wrong.push(format!("{round}: serde_json accepts: {accepted}: {text:?} {:?}", tree.problems));
                    }
                }
                Format::Xml => wrong.extend(disagreement(&text, &tree).map(|how| format!("{round}: {how}\n{text}"))),
                Format::Yaml => {}
            }
        }
    }
    wrong.truncate(12);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! YAML that lost its indentation on the way through a web page, rebuilt.
//!
//! Lines and list marks are intact, so most of the tree follows from their order: a key without
//! a value holds what comes next, and a list goes on with items of its own kind. Two habits of
//! flow documents decide the rest: `default` stands beside `case`, and lists of destinations hold
//! nothing but destinations.

use super::scratch::Scratch;
use crate::diag::codes;
use crate::span::Span;
use crate::text::Problem;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// Indents the copy if the document has lost its indentation.
pub(super) fn rebuild(scratch: &mut Scratch) -> Option<Problem> {
    unfold(scratch);
    let text = scratch.text();
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    let head = lines.windows(2).position(|pair| pair == ["sections:", "main:"])?;
    if head > 3 || lines.iter().any(|line| line.starts_with([' ', '\t'])) {
        return None;
    }
    let mut shape = Shape::default();
    let mut indents = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() && !line.starts_with('#') {
            indents.push((at, shape.place(line.trim_end())));
        }
        at += line.len();
    }
    for (at, indent) in indents.into_iter().rev() {
        scratch.replace(at..at, &" ".repeat(indent));
    }
    let message = "the document has lost its indentation; it was rebuilt from the order of the lines";
    Some(Problem::new(&codes::REPAIRED, Span::new(0, 0), message).repaired())
}

/// Gives a document that has even lost its line breaks one line per key and item.
fn unfold(scratch: &mut Scratch) {
    let text = scratch.text().trim_end();
    if text.contains('\n')
        || !text.contains(" main: ")
        || !(text.starts_with("sections: ") || text.starts_with("version: "))
    {
        return;
    }
    let mut breaks = Vec::new();
    let mut at = 0;
    // A key directly behind `- ` stays on its line.
    let mut behind_mark = true;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end();
        let is_key = bare.strip_suffix(':').is_some_and(|key| {
            !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        });
        if (bare == "-" || is_key) && !behind_mark {
            breaks.push(at - 1);
        }
        behind_mark = bare == "-";
        at += word.len();
    }
    for at in breaks.into_iter().rev() {
        scratch.replace(at..at + 1, "\n");
    }
}

/// The collections that are open, outermost first.
#[derive(Default)]
struct Shape {
    open: Vec<Open>,
    /// The indentation of a key whose value has not come yet.
    hole: Option<usize>,
}

enum Open {
    Mapping { indent: usize, keys: Vec<String> },
    Sequence { indent: usize, items: Items },
}

/// What a list holds, judged by its first item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Items {
    /// Texts such as `say:Hello`.
    Texts,
    /// `to: …`, `from: …`.
    Destinations,
    /// Anything else.
    Steps,
}

impl Shape {
    /// The indentation of the next line.
    fn place(&mut self, line: &str) -> usize {
        match line.strip_prefix("- ") {
            Some(item) => self.item(item.trim()),
            None => self.entry(line),
        }
    }

    fn entry(&mut self, line: &str) -> usize {
        let Some((key, value)) = split(line) else {
            return self.hole.map_or(0, |hole| hole + STEP);
        };
        let indent = match self.hole.take() {
            Some(hole) => {
                self.open.push(Open::Mapping { indent: hole + STEP, keys: Vec::new() });
                hole + STEP
            }
            None => {
                let partner = BESIDE.iter().find(|(own, _)| *own == key).map(|(_, other)| *other);
                let fits = |keys: &[String]| match partner {
                    Some(partner) => keys.iter().any(|own| own == partner),
                    None => !keys.iter().any(|own| own == key),
                };
                self.close(|open| matches!(open, Open::Mapping { keys, .. } if fits(keys)));
                match self.open.last() {
                    Some(Open::Mapping { indent, .. }) => *indent,
                    _ => {
                        self.open.push(Open::Mapping { indent: 0, keys: Vec::new() });
                        0
                    }
                }
            }
        };
        if let Some(Open::Mapping { keys, .. }) = self.open.last_mut() {
            keys.push(key.to_string());
        }
        self.hole = value.is_empty().then_some(indent);
        indent
    }

    fn item(&mut self, item: &str) -> usize {
        let entry = split(item);
        let kind = match entry {
            Some(("to" | "from", _)) => Items::Destinations,
            None if item.contains(':') => Items::Texts,
            Some(_) | None => Items::Steps,
        };
        let indent = match self.hole.take() {
            Some(hole) => {
                self.open.push(Open::Sequence { indent: hole + STEP, items: kind });
                hole + STEP
            }
            None => {
                self.close(|open| matches!(open, Open::Sequence { items, .. } if *items == kind));
                match self.open.last() {
                    Some(Open::Sequence { indent, .. }) => *indent,
                    _ => 0,
                }
            }
        };
        if let Some((key, value)) = entry {
            self.open.push(Open::Mapping { indent: indent + STEP, keys: Vec::from([key.to_string()]) });
            self.hole = value.is_empty().then_some(indent + STEP);
        }
        indent
    }

    /// Closes what is open inside of the innermost collection that fits; nothing if none does.
    fn close(&mut self, fits: impl Fn(&Open) -> bool) {
        if let Some(at) = self.open.iter().rposition(fits) {
            self.open.truncate(at + 1);
        }
    }
}

/// `key: value`; the value may be empty.
fn split(line: &str) -> Option<(&str, &str)> {
    let length = line.find(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c)))?;
    let key = line.get(..length).filter(|key| !key.is_empty())?;
    let value = line.get(length..)?.strip_prefix(':')?;
    (value.is_empty() || value.starts_with(' ')).then_some((key, value.trim()))
}

/// Keys that stand in the mapping that has another one already.
const BESIDE: &[(&str, &str)] = &[("default", "case"), ("else", "then")];
/// Columns of one level.
const STEP: usize = 2;

#[cfg(test)]
mod tests {
    use crate::text::{Format, told};

    fn check(source: &str, tree: &str) {
        let problem = "1:1 repaired: the document has lost its indentation; it was rebuilt from the order of the lines";
        told::check(Format::Yaml, source, tree, &[problem]);
    }

    #[test]
    fn the_order_of_the_lines_tells_the_tree() {
        check(
            "sections:\nmain:\n- answer\n- play:\nvolume: 10\nurls:\n- silence:1.0\n- say:Hello, you\n- connect:\nto: \"/public/test_room\"\n",
            r#"{sections: {main: ["answer", {play: {volume: 10, urls: ["silence:1.0", "say:Hello, you"]}}, {connect: {to: "/public/test_room"}}]}}"#,
        );
        check(
            "version: 1.0.0\nsections:\nmain:\n- connect:\nfrom: \"+1\"\nto: \"+2\"\nresult:\ncase:\nconnected:\n- hangup\ndefault:\n- execute: \"voicemail\"\n- hangup\n",
            r#"{version: "1.0.0", sections: {main: [{connect: {from: "+1", to: "+2", result: {case: {connected: ["hangup"]}, default: [{execute: "voicemail"}, "hangup"]}}}]}}"#,
        );
        check(
            "version: 1.0.0\nsections:\nmain:\n- connect:\ntimeout: 20\nserial:\n- from: \"sip:c@e\"\nto: \"sip:a@e\"\n- to: \"sip:b@e\"\ncodecs: PCMU\n- hangup\n",
            r#"{version: "1.0.0", sections: {main: [{connect: {timeout: 20, serial: [{from: "sip:c@e", to: "sip:a@e"}, {to: "sip:b@e", codecs: "PCMU"}]}}, "hangup"]}}"#,
        );
    }

    #[test]
    fn even_line_breaks_come_back() {
        check(
            "version: 1.0.0 sections: main: - answer: {} - play: volume: 10 urls: - silence:1.0 - say:Hello, you - connect: to: /public/test_room",
            r#"{version: "1.0.0", sections: {main: [{answer: {}}, {play: {volume: 10, urls: ["silence:1.0", "say:Hello, you"]}}, {connect: {to: "/public/test_room"}}]}}"#,
        );
        check(
            "version: 1.0.0 sections: main: - connect: timeout: 20 serial: - from: sip:c@e to: sip:a@e - to: sip:b@e codecs: PCMU",
            r#"{version: "1.0.0", sections: {main: [{connect: {timeout: 20, serial: [{from: "sip:c@e", to: "sip:a@e"}, {to: "sip:b@e", codecs: "PCMU"}]}}]}}"#,
        );
    }

    #[test]
    fn positions_are_those_of_the_author() {
        let source = "sections:\nmain:\n- connect:\nto: +15551231234\n";
        let tree = crate::text::read(source, None, &crate::text::TextLimits::default());
        let connect = tree.root.as_ref().and_then(|root| root.entry("sections")?.value.entry("main").cloned());
        let Some(crate::text::Kind::Array(steps)) = connect.map(|main| main.value.kind) else { panic!("no steps") };
        let to = steps.first().and_then(|step| step.entry("connect")?.value.entry("to"));
        assert_eq!(to.map(|to| to.value.span.of(source)), Some("+15551231234"));
    }
}

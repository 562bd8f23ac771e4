use super::{everyday, read_whole};
use crate::text::{Format, TextLimits, read, told};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

fn check(source: &str, tree: &str, problems: &[&str]) {
    told::check(Format::Yaml, source, tree, problems);
}

#[test]
fn reads_what_is_well_formed() {
    check(
        "version: 1.0.0\nmain:\n- answer\n- n: +15551234567\n  on: yes\n  t: |\n    a\n    b\n",
        "{version: \"1.0.0\", main: [\"answer\", {n: 15551234567, on: \"yes\", t: \"a\\nb\\n\"}]}",
        &[],
    );
    check("{a: [1, 'it''s'], b: }", "{a: [1, \"it's\"], b: null}", &[]);
    check("a: &x [1]\nb: *x\nc: {<<: {q: 1, r: 0}, r: 2}\n", "{a: [1], b: [1], c: {r: 2, q: 1}}", &[]);
    check("1: x\nyes: y\n", "{1: \"x\", yes: \"y\"}", &[]);
}

#[test]
fn values_that_should_have_been_quoted() {
    check(
        "from: %{call.from}\nto: @x # note\n- ",
        "{from: \"%{call.from}\", to: \"@x\"}",
        &[
            "1:7 repaired: a plain value cannot start with `%`; it was read as if it stood in quotes => '%{call.from}'",
            "2:5 repaired: a plain value cannot start with `@`; it was read as if it stood in quotes => '@x'",
            "3:1 syntax: expected a key, found something else at this indentation",
        ],
    );
}

#[test]
fn tells_every_mistake_and_goes_on() {
    check(
        "main:\n  - connect:\n      to:\"+1555\"\n      x: a: b\n      say: 'it's'\n      open: \"abc\n      list: [1, 2\n      ok: yes\n\t\tbad: 1\n  - hangup\n",
        "{main: [{connect: {to: \"+1555\", x: \"a: b\", say: \"it's\", open: \"abc\", list: [1, 2], ok: \"yes\", bad: 1}}, \"hangup\"]}",
        &[
            "3:9 syntax: expected a space behind `to:` => : ",
            "4:10 syntax: expected a plain value, found another `: ` in it => 'a: b'",
            "5:12 syntax: a quote inside a quoted text ends it too early => \"it's\"",
            "6:13 syntax: this quoted text is never closed; expected `\"` => \"abc\"",
            "7:13 syntax: this bracket is never closed; expected `]` => [1, 2]",
            "9:1 syntax: expected spaces as indentation, found a tab =>       ",
        ],
    );
    check(
        "a: 1\n  b: 2\nc: 3\n",
        "{a: 1, b: 2, c: 3}",
        &["2:1 syntax: this line is indented deeper than the one above, which has its value already => "],
    );
    check(
        "a:\n\tb: 1\n\tc: 2\n",
        "{a: {b: 1, c: 2}}",
        &[
            "2:1 syntax: expected spaces as indentation, found a tab =>   ",
            "3:1 syntax: expected spaces as indentation, found a tab =>   ",
        ],
    );
}

#[test]
fn what_yaml_allows_and_we_do_not() {
    check(
        "a: 1\na: 2\n---\nb: 1\n",
        "{a: 1, a: 2}",
        &[
            "2:1 duplicate-key: the key `a` is given twice",
            "3:1 syntax: expected one document, found a second behind `---`",
        ],
    );
    check(
        "c: *none\nd: !ruby x\n",
        "{c: \"*none\", d: \"x\"}",
        &[
            "1:4 syntax: the alias `*none` is used before any `&none`",
            "2:10 syntax: the tag `!ruby` means nothing here",
        ],
    );
    check("# nothing\n", "", &["1:1 syntax: expected a value, found nothing"]);
}

#[test]
fn aliases_cannot_explode() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (name, of) in ["b", "c", "d", "e", "f", "g"].iter().zip(["a", "b", "c", "d", "e", "f"]) {
        let items = alloc::vec![alloc::format!("*{of}"); 10].join(", ");
        bomb += &alloc::format!("{name}: &{name} [{items}]\n");
    }
    let tree = read(&bomb, None, &TextLimits::default());
    assert_eq!(tree.problems.len(), 1);
    assert_eq!(tree.problems[0].message, "more than 200000 values, once aliases are expanded");
}

/// Whether everyday YAML is all there is; if so, both ways must lead to one tree.
fn same(source: &str) -> bool {
    let limits = TextLimits::default();
    let Some(tree) = everyday::read(source, &limits) else { return false };
    let whole = read_whole(source, &limits);
    assert_eq!(whole.problems, [], "{source}");
    assert_eq!(tree.root, whole.root, "{source}");
    assert_eq!(tree.comments, whole.comments, "{source}");
    true
}

const EVERYDAY: &str = "# Sales
version: 1.0.0
sections:
  main: # the entry
    - answer: {}
    - play:
        urls:
        - \"say:Hello: #1 {you}\"
        - 'silence:1.0'   # a pause

        - https://example.com/a.mp3#x
      volume: -4.5
    - \"connect\":
        to: +15551230001
        'from': %X
        name: don't (you) \"know\"
        when: vars.a < 3 && x
    - hangup
    -   label: später 😀
        list: []
  \"sub\":
  - return: ~
";

#[test]
fn everyday_yaml_is_read_alike_both_ways() {
    let source = EVERYDAY.replace("%X", "x-1");
    assert!(same(&source));
    for left_out in [
        "a: b\nc:\nd: e\n",
        "a:\n- b\n- - c\n",
        "a: |\n  b\n",
        "a: &x b\n",
        "a: [1]\n",
        "- a\n---\n- b\n",
        "a: b: c\n",
        "a: b\na: c\n",
    ] {
        assert!(!same(left_out), "{left_out}");
    }
    // Whatever a line is turned into, the two agree or the short way gives up.
    let lines: Vec<&str> = source.lines().collect();
    let mut agreed = 0;
    for at in 0..lines.len() {
        let line = lines[at];
        let mut others: Vec<String> = ["", "  ", "- ", " - x", "x", "x:", " ", "\"", "# "]
            .iter()
            .flat_map(|piece| [[piece, line].concat(), [line, piece].concat()])
            .collect();
        others.extend([
            line.trim_start().to_string(),
            line.replace(' ', ""),
            line.replace(':', ""),
            line.replace("- ", ""),
        ]);
        others.extend([
            line.replace(": ", ":"),
            line.replace('\"', ""),
            line.replace('\'', "\""),
            [line, "\n", line].concat(),
        ]);
        for other in others {
            let mut changed = lines.clone();
            changed[at] = &other;
            agreed += usize::from(same(&(changed.join("\n") + "\n")));
        }
    }
    assert!(agreed > 150, "{agreed}");
}

use crate::text::{Format, told};

fn check(source: &str, tree: &str, problems: &[&str]) {
    told::check(Format::Json, source, tree, problems);
}

#[test]
fn reads_what_is_well_formed() {
    check(
        r#" {"a": [1, -2.5e1, true, null, "\u00e9\ud83d\ude00\n"], "b": {}} "#,
        "{a: [1, -25, true, null, \"é😀\\n\"], b: {}}",
        &[],
    );
    check("\u{feff}[]", "[]", &[]);
}

#[test]
fn tells_every_mistake_and_goes_on() {
    check(
        "{\n  'a': 1,\n  b: 2,\n  \"c\": +15551234567,\n  \"d\": [1 2, 3,],\n  // hi\n  \"e\": True,\n  \"f\": \"x,\n  \"g\": \"\\ud800 \\q\",\n}\nrest",
        "{a: 1, b: 2, c: \"+15551234567\", d: [1, 2, 3], e: true, f: \"x\", g: \"\u{fffd} q\"}",
        &[
            "2:3 syntax: expected a text in `\"`, found one in `'` => \"a\"",
            "3:3 syntax: expected a key in double quotes, found `b` => \"b\"",
            "4:8 syntax: a number cannot start with `+`, found `+15551234567` => \"+15551234567\"",
            "5:10 syntax: expected `,` or `]`, found `2` => ,",
            "5:15 trailing-comma: a comma stands behind the last value => ",
            "6:3 syntax: JSON has no comments => ",
            "7:8 syntax: expected a value, found `True` => true",
            "8:8 syntax: this string is never closed; expected `\"`",
            "9:9 syntax: `\\ud800` is half a character; its other half is missing",
            "9:16 syntax: `\\q` is no escape of JSON => ",
            "9:19 trailing-comma: a comma stands behind the last value => ",
            "11:1 syntax: expected the end of the document, found `rest`",
        ],
    );
}

#[test]
fn brackets_that_do_not_match() {
    check("{\"a\": [1, 2}", "{a: [1, 2]}", &["1:12 syntax: expected `]` to close the array, found `}` => ]"]);
    check("{\"a\": {\"b\": 1]}", "{a: {b: 1}}", &["1:14 syntax: expected `}` to close the object, found `]` => }"]);
    check(
        "[{\"a\": 1",
        "[{a: 1}]",
        &[
            "1:1 syntax: this array is never closed; expected `]`",
            "1:2 syntax: this object is never closed; expected `}`",
        ],
    );
    check("[1]]", "[1]", &["1:4 syntax: expected the end of the document, found `]`"]);
}

#[test]
fn keys_and_separators() {
    check(
        "{\"a\" 1, \"b\", \"c\" = 3}",
        "{a: 1, b: null, c: 3}",
        &[
            "1:5 syntax: expected `:` behind the key, found `1` => :",
            "1:12 syntax: expected `:` behind the key, found `,`",
            "1:18 syntax: expected `:` behind the key, found `=` => :",
        ],
    );
    check(
        "{\"a\": 1, \"a\": 2}",
        "{a: 1, a: 2}",
        &["1:10 duplicate-key: the key `a` is given twice; the last one counts"],
    );
    check("{\"a\": }", "{a: null}", &["1:7 syntax: expected a value, found `}`"]);
}

#[test]
fn texts_in_other_quotes_and_over_line_breaks() {
    check(
        "{“a”: “hello world”, \"say\": \"two\n lines\"}",
        "{a: \"hello world\", say: \"two\\n lines\"}",
        &[
            "1:2 syntax: expected a text in `\"`, found one in `“` => \"a\"",
            "1:7 syntax: expected a text in `\"`, found one in `“` => \"hello world\"",
            "1:33 syntax: a line break in a string must be written `\\n` => \\n",
        ],
    );
    check("", "", &["1:1 syntax: expected a value, found nothing"]);
}

#[test]
fn depth_is_bounded() {
    let deep = "[".repeat(100_000);
    let tree = crate::text::read(&deep, Some(Format::Json), &crate::text::TextLimits::default());
    assert_eq!(tree.problems.len(), 1);
    assert_eq!(tree.problems[0].message, "values nest deeper than 200 levels");
}

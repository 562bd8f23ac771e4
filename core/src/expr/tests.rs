//! The language, by example.

use super::{Budget, EvalErrorKind, Expr, Scope, Template};
use crate::value::{Object, Value};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

struct World;

impl Scope for World {
    fn lookup(&self, name: &str) -> Option<Value> {
        let header = |name: &str, value: &str| Value::from(Object::new().with("name", name).with("value", value));
        match name {
            "vars" => Value::from_json(
                r#"{"n": 2, "text": "abc", "list": [1, 2, 3], "nothing": null, "a-b": 7, "deep": {"x": {"y": [10]}}}"#,
            )
            .ok(),
            "call" => Some(
                Object::new()
                    .with("from", "+15551230000")
                    .with("headers", Vec::from([header("X-Id", "7"), header("To", "bob")]))
                    .into(),
            ),
            "prompt_value" => Some("1".into()),
            _ => None,
        }
    }
}

/// The value of an expression as JSON, or what is wrong with it.
fn check(source: &str, expected: &str) {
    let found = match Expr::parse(source) {
        Ok(expr) => match expr.eval(&World, &mut Budget::default()) {
            Ok(value) => value.to_json(),
            Err(error) => alloc::format!("{:?}: {}", error.kind, error.message),
        },
        Err(error) => alloc::format!("{}..{} {}", error.span.start, error.span.end, error.message),
    };
    assert_eq!(found, expected, "{source}");
}

#[test]
fn names_and_properties() {
    check("prompt_value == '1'", "true");
    check("vars.n + 1", "3");
    check("vars['a-b']", "7");
    check("vars.deep.x.y[0]", "10");
    check("vars.list.length", "3");
    check("vars.none", "null");
    check("unset == null", "true");
    check("unset", "null");
    check("call.headers['x-id']", "\"7\"");
    check("call.headers.To", "\"bob\"");
    check("vars.none?.more.still", "null");
    check("vars.none.more", "Type: cannot read `more` of undefined");
    check("vars.list.filter(x => x > 1).map((x, i) => x * 10 + i)", "[20,31]");
    check("vars.text.toUpperCase().split('')", "[\"A\",\"B\",\"C\"]");
}

#[test]
fn what_is_refused_is_named() {
    check("a = 1", "2..3 expected an expression, found an assignment; compare with `==`");
    check("function() {}", "0..8 `function` cannot be used in an expression");
    check("1 +", "3..3 expected a value, found the end");
    check("(1", "2..2 expected `)`, found the end");
    check("x.match(/a/v)", "8..12 the flag `v` of a regular expression is not supported");
    check("vars.text.replace(/@[/'](/gi, '')", "18..28 expected `)` in the regular expression");
    check("/\\p{L}/u", "0..8 `\\p` in a regular expression is not supported");
    check("new Set(vars.list)", "4..7 `new Set` cannot be used in an expression");
    check("Promise", "Unsupported: `Promise` is not supported in expressions");
    check("vars.list.map", "Unsupported: `map without a call` is not supported in expressions");
    check(
        "[[1]].map(([x]) => x)",
        "11..12 expected the name of a parameter; taking lists and objects apart cannot be used in an expression",
    );
    check("/a", "0..2 this regular expression is never closed; expected `/`");
    check("[8][0]/vars.n/2", "2");
    check("'a", "0..2 this text is never closed; expected `'`");
    check("a ?? b || c", "11..11 `??` cannot stand beside `&&` or `||` without brackets");
    check("Math.random()", "Unsupported: `Math.random` is not supported in expressions");
    check(
        "vars.list.push(1)",
        "Unsupported: `push` changes its list, which expressions cannot do; make a new one instead",
    );
    check(
        "(vars.list.sort(), vars.list)",
        "Unsupported: `reading a list that was sorted or reversed in place` is not supported in expressions",
    );
    check("new Date('next week 5')", "Unsupported: `this form of a date` is not supported in expressions");
    check("vars.text.foo()", "Type: `foo` is not a function");
    check("#", "0..1 unexpected `#`");
}

#[test]
fn evaluation_is_bounded() {
    check("'x'.repeat(1e9)", "Budget: the expression makes too much text");
    check("'x'.padEnd(1e8)", "Budget: the expression makes too much text");
    let deep = "(".repeat(100) + "1" + &")".repeat(100);
    check(&deep, "40..41 the expression nests too deep");
    let long = "1+".repeat(400) + "1";
    check(&long, "401");
    let wide = "vars.list.map(a=>vars.list.map(b=>vars.list.map(c=>vars.list.map(d=>vars.list.map(e=>vars.list.map(f=>vars.list.map(g=>vars.list.map(h=>1))))))))";
    check(wide, "Budget: the expression takes too many steps");
    let too_long = "1".repeat(1025);
    check(&too_long, "0..1025 expected an expression of at most 1024 characters, found 1025");
    check("(f => f(f))(f => f(f))", "Type: calls nest too deep");
    check("Array.from({length: 1e9})", "Budget: the expression takes too many steps");
    check("Array.from({length: 300}).reduce(a => [a], 0)", "Type: the value nests too deep");
    check("Array.from({length: 300}).reduce(f => (x => f(x)), 0)", "Type: the value nests too deep");
    check("Array.from({length: 60}).reduce(a => [a, a], 0)", "Budget: the expression takes too many steps");
    let mut budget = Budget { steps: 3, bytes: 100 };
    let error = Expr::parse("1+1+1+1").unwrap_or_else(|_| unreachable!()).eval(&World, &mut budget);
    assert_eq!(error.map_err(|error| error.kind), Err(EvalErrorKind::Budget));
}

/// A pattern that tries again and again ends as an error, not as a wait.
#[test]
fn patterns_are_bounded() {
    let steps = "Budget: the expression takes too many steps";
    check("/(a+)+$/.test('a'.repeat(99) + 'b')", steps);
    check("/(a|a)*$/.test('a'.repeat(99) + 'b')", steps);
    check("/(.*)*x/.test('a'.repeat(999))", steps);
    check("/(?=(a+)+$)b/.test('a'.repeat(99) + 'c')", steps);
    check("/(?<=^(a+)+)b/.test('a'.repeat(99))", "false");
    check("/^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(99))", steps);
    check("/(x+x+)+y/.test('x'.repeat(99))", steps);
    check("/(?:a|b)*$/.test('ab'.repeat(99999))", "Budget: the expression makes too much text");
    check("/((((a{99}){99}){99}){99})/.test('a')", "0..27 the regular expression is too large");
    let deep = "/".to_string() + &"(".repeat(200) + &")".repeat(200) + "/";
    check(&deep, "0..402 the regular expression nests too deep");
    check("/a{4294967296,}|b/.test('b')", "true");
}

#[test]
fn what_is_read_is_known() {
    let reads = |source: &str| -> Vec<String> {
        let expr = Expr::parse(source).unwrap_or_else(|error| panic!("{error:?}"));
        expr.paths().iter().map(|read| read.path.join(".")).collect()
    };
    assert_eq!(
        reads("vars.x + call.from.length > n && Math.max(a.b['c'], list.map(i => i.z + w))"),
        ["vars.x", "call.from.length", "n", "a.b.c", "list", "w"]
    );
    assert_eq!(reads("`${vars.q.trim()}` + [k].length + JSON.stringify({s, t: u[0]})"), ["vars.q", "k", "s", "u.0"]);
}

/// A filled template as JSON.
fn fill(source: &str, expected: &str) {
    let found = match Template::parse(source) {
        Ok(template) => match template.render(&World, &mut Budget::default()) {
            Ok(value) => value.to_json(),
            Err(error) => {
                alloc::format!("{}..{} {:?}: {}", error.span.start, error.span.end, error.kind, error.message)
            }
        },
        Err(error) => alloc::format!("{}..{} {}", error.span.start, error.span.end, error.message),
    };
    assert_eq!(found, expected, "{source}");
}

#[test]
fn templates() {
    fill("plain", "\"plain\"");
    fill("", "\"\"");
    fill("%{vars.n}", "2");
    fill("${vars.list}", "[1,2,3]");
    fill("from ${call.from} and %{vars.list}", "\"from +15551230000 and [1,2,3]\"");
    fill("%{vars.a-b}", "7");
    fill("${unset}", "\"\"");
    fill("a${vars.unset.more}b${vars.nothing}", "\"ab\"");
    fill("${vars.list.length}", "\"\"");
    fill("${(vars.list.length)}", "3");
    fill("${call.from.replace(/[^0-9}]/g, '')}!", "\"15551230000!\"");
    fill("%{'a\"b'.replace(/\"/, \"'\")}", "\"a'b\"");
    fill("${new Date()}", "\"1970-01-01T00:00:00.000Z\"");
    fill("${vars.n + 1}", "3");
    fill("${{a: 1}.a}", "1");
    fill("${'}'}!", "\"}!\"");
    fill("%{call.headers[0].value}", "\"7\"");
    fill("%{call.headers['X-Id']}", "\"7\"");
    fill("${true}", "true");
    fill("a %{b", "2..5 expected `}` to close `%{`");
    fill("a ${1 +} b", "7..7 expected a value, found the end");
    fill("${it's} x", "4..6 this text is never closed; expected `'`");
    fill("${}", "0..3 expected a name or an expression, found an empty placeholder");
    fill("x ${vars.nope.more()}", "4..20 Type: cannot call `more` of undefined");
    assert!(Template::parse("x").is_ok_and(|template| template.is_literal()));
    let template = Template::parse("a ${vars.n} %{x + y.z}").unwrap_or_else(|_| unreachable!());
    let reads: Vec<String> =
        template.paths().iter().map(|read| alloc::format!("{}@{}", read.path.join("."), read.span.start)).collect();
    assert_eq!(reads, ["vars.n@4", "x@14", "y.z@18"].map(ToString::to_string));
}

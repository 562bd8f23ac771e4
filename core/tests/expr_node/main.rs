//! Many thousand expressions, evaluated here and by Node: the results must be the same.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod dates;
mod functions;
mod methods;
mod operators;
mod patterns;
mod random;

use patchcord_core::expr::{Budget, Expr, Scope};
use patchcord_core::value::Value;
use std::io::Write;
use std::process::{Command, Stdio};

/// What the expressions may read, in both worlds.
const VARIABLES: &str = r#"{"n": 2, "z": 0, "t": "abc", "e": "", "u": "héé😀x", "b": true, "f": false, "l": [3, 1, 2], "w": ["b", "a"], "o": {"k": 1, "m": {"d": "q"}}, "s": " 12 ", "nil": null, "p": "+15551230000", "q": "sip:bob@example.com;user=phone", "x": {"b": 1, "2": "two", "1": "one"}, "ll": [[1, "a"], [2, "b"]], "people": [{"name": "Ann", "age": 31}, {"name": "Bob", "age": 25}, {"name": "Cyd"}]}"#;

/// The time in both worlds.
const NOW: f64 = 1_709_251_199_250.0;

struct World(Value);
impl Scope for World {
    fn lookup(&self, name: &str) -> Option<Value> {
        self.0.as_object().and_then(|object| object.get(name)).cloned()
    }
    fn now_ms(&self) -> f64 {
        NOW
    }
}

/// One line per expression: its value as JSON, or `error`.
const SCRIPT: &str = r"
const vm = require('vm');
const [now, variables, sources] = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const world = vm.createContext({});
vm.runInContext(`Date = new Proxy(Date, {
  construct: (date, list) => list.length ? new date(...list) : new date(${now}),
  apply: (date) => new date(${now}).toString(),
  get: (date, key) => key === 'now' ? () => ${now} : date[key],
})`, world);
const out = sources.map((source) => {
  try {
    Object.assign(world, vm.runInContext('(' + variables + ')', world));
    const value = vm.runInContext('(' + source + '\n)', world);
    return JSON.stringify(value) ?? 'null';
  } catch { return 'error'; }
});
process.stdout.write(out.join('\n'));
";

fn node(sources: &[String]) -> Option<Vec<String>> {
    let mut command = Command::new("node");
    command.env("TZ", "UTC").env("LC_ALL", "en_US.UTF-8").args(["-e", SCRIPT]);
    let Ok(mut child) = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else {
        eprintln!("1 skipped: there is no node on the path");
        return None;
    };
    let input = serde_json::to_string(&serde_json::json!([NOW, VARIABLES, sources])).unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    assert!(writer.join().unwrap().is_ok() && output.status.success());
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_string).collect())
}

fn here(source: &str, world: &World) -> String {
    match Expr::parse(source) {
        Ok(expr) => match expr.eval(world, &mut Budget::default()) {
            Ok(value) => value.to_json(),
            Err(error) => format!("error: {}", error.message),
        },
        Err(error) => format!("error: {}", error.message),
    }
}

/// Compares all, of which at most `refused` may be refused by name.
fn check(sources: Vec<String>, refused: usize) {
    let Some(expected) = node(&sources) else { return };
    assert_eq!(expected.len(), sources.len());
    let world = World(Value::from_json(VARIABLES).unwrap());
    let (mut wrong, mut unsupported) = (Vec::new(), Vec::new());
    for (source, expected) in sources.iter().zip(&expected) {
        let found = here(source, &world);
        let same = found == *expected || (found.starts_with("error") && expected == "error");
        if same || operators::KNOWN.contains(&source.as_str()) {
            continue;
        }
        // What is refused by its name is not a wrong result.
        let refuses = [
            "not supported",
            "cannot be used",
            "cannot be set",
            "changes its list",
            "needs the flag `u`",
            "cannot be repeated",
        ];
        match refuses.iter().any(|words| found.contains(words)) {
            true => unsupported.push(format!("{source}\n  node {expected}\n  here {found}")),
            false => wrong.push(format!("{source}\n  node {expected}\n  here {found}")),
        }
    }
    let count = wrong.len();
    wrong.truncate(60);
    assert!(wrong.is_empty(), "{count} of {} differ\n{}", sources.len(), wrong.join("\n"));
    let list = unsupported.iter().take(60).cloned().collect::<Vec<_>>().join("\n");
    assert!(unsupported.len() <= refused, "{} of {} are refused\n{list}", unsupported.len(), sources.len());
}

#[test]
fn operators_mean_what_they_mean_in_node() {
    check(operators::sources(), 1);
}

#[test]
fn methods_mean_what_they_mean_in_node() {
    check(methods::sources(), 2);
}

#[test]
fn regular_expressions_mean_what_they_mean_in_node() {
    check(patterns::sources(), 60);
}

#[test]
fn dates_mean_what_they_mean_in_node() {
    check(dates::sources(), 98);
}

#[test]
fn functions_mean_what_they_mean_in_node() {
    check(functions::sources(), 26);
}

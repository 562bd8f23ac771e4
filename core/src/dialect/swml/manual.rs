//! The manual of SWML, written from the tables that documents are checked with.

use super::method::{FAMILIES, Method, Official, Role, Screens, find, methods};
use crate::dialect::schema::{Field, Holds, Need, Rest, Rule, Schema, Support, bound};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::Write as _;

/// A flow that shows a method, and what happens around it.
#[derive(Clone, Copy, Debug)]
pub struct Example<'a> {
    /// The flow's text.
    pub flow: &'a str,
    /// The scenario's text.
    pub scenario: &'a str,
}

/// The names of all methods, in the order of the manual.
#[must_use]
pub fn names() -> Vec<&'static str> {
    methods().map(|method| method.schema.name).collect()
}

/// The parameters of `connect` itself, and of one of its destinations.
#[must_use]
pub fn connect_parameters() -> [Vec<&'static str>; 2] {
    let names = |schema: &'static Schema| schema.fields.iter().map(|field| field.name).collect();
    [names(&super::method::CONNECT), names(&super::method::DESTINATION)]
}

/// Every kind of status event with the states it tells, and the method that sends it.
#[must_use]
pub fn status_events() -> Vec<(&'static str, &'static str, &'static [&'static str])> {
    let of = |method: &'static Method| method.events.iter().map(|event| (method.schema.name, event.kind, event.states));
    methods().flat_map(of).collect()
}

/// The page of all methods.
#[must_use]
pub fn index() -> String {
    let mut page = String::from(
        "# SWML methods\n\nWritten by `cargo xtask docs` from the tables that documents are checked with.\n\
         `patchcord explain METHOD` prints a page.\n",
    );
    for (title, _, family) in FAMILIES {
        let _ = write!(page, "\n## {title}\n\n| Method | What it does |\n|---|---|\n");
        for method in *family {
            let Schema { name, says, .. } = method.schema;
            let _ = writeln!(page, "| [`{name}`]({name}.md) | {} |", first_sentence(says.text()));
        }
    }
    page
}

fn first_sentence(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim_end()
}

/// The page of a method; nothing for a name that is none.
#[must_use]
pub fn page(name: &str, example: Option<&Example<'_>>) -> Option<String> {
    let method = find(name)?;
    let mut page = format!("# `{name}`\n\n{}\n\n", method.schema.says.text());
    facts(&mut page, method);
    let mut seen: Vec<&'static Schema> = Vec::from([method.schema]);
    if !method.schema.fields.is_empty() {
        page.push_str("\n## Parameters\n\n");
        table(&mut page, method.schema);
        let mut next = 0;
        inner(method.schema, &mut seen);
        while let Some(schema) = seen.get(next).copied() {
            inner(schema, &mut seen);
            next += 1;
        }
        for schema in seen.iter().skip(1) {
            let _ = write!(page, "\n### `{}`\n\n{}\n\n", schema.name, schema.says.text());
            table(&mut page, schema);
        }
    }
    results(&mut page, method);
    page.push_str("\n## Example\n\n");
    match example {
        Some(Example { flow, scenario }) => {
            let _ = write!(
                page,
                "```yaml\n{flow}```\n\nWith this scenario (`patchcord simulate examples/swml/{name}.yaml --scenario \
                 examples/swml/{name}.scenario.yaml`):\n\n```yaml\n{scenario}```\n"
            );
        }
        None => page.push_str("There is no example yet.\n"),
    }
    Some(page)
}

/// What can be said of a method in a word.
fn facts(page: &mut String, method: &Method) {
    let name = method.schema.name;
    let by = match method.role {
        Role::Engine => "the engine",
        Role::Extension => "an extension of the host; without one it fails as the platform documents it",
        Role::Trial => "nobody: it does nothing here, with a warning",
    };
    let confirm = match method.screens {
        Screens::Never => "no",
        Screens::Platform => "yes, though the official schema does not know it there",
        Screens::Always => "yes",
    };
    let official = match method.official {
        Official::Unknown => "does not know it",
        Official::Object | Official::Value(_) => "knows it",
    };
    let _ = write!(page, "| | |\n|---|---|\n| Run by | {by} |\n");
    if let Some(first) = method.first {
        let _ = writeln!(page, "| Short form | `{name}: …` stands for `{first}` |");
    }
    if method.bare {
        let _ = writeln!(page, "| Without parameters | `- {name}` |");
    }
    let _ = write!(page, "| Inside `confirm` | {confirm} |\n| Official schema | {official} |\n");
}

/// The objects inside an object.
fn inner(schema: &'static Schema, seen: &mut Vec<&'static Schema>) {
    for field in schema.fields {
        objects(&field.holds, seen);
        if let Some(official) = &field.official {
            objects(official, seen);
        }
    }
    if let Rest::Of(holds) = &schema.rest {
        objects(holds, seen);
    }
}

fn objects(holds: &Holds, seen: &mut Vec<&'static Schema>) {
    match holds {
        Holds::Object(schema) => {
            if !seen.iter().any(|one| core::ptr::eq(*one, *schema)) && !schema.fields.is_empty() {
                seen.push(schema);
            }
        }
        Holds::MapOf(inner) | Holds::ListOf(inner) | Holds::Sized(_, _, inner) | Holds::Literal(inner) => {
            objects(inner, seen);
        }
        Holds::Either(options) => options.iter().for_each(|option| objects(option, seen)),
        Holds::Text
        | Holds::Like(_)
        | Holds::Word(_)
        | Holds::Number(..)
        | Holds::Integer(..)
        | Holds::Bool
        | Holds::Null
        | Holds::Any
        | Holds::Map
        | Holds::List
        | Holds::Placeholder
        | Holds::By(_) => {}
    }
}

fn table(page: &mut String, schema: &Schema) {
    page.push_str("| Parameter | Type | Default | Meaning |\n|---|---|---|---|\n");
    for field in schema.fields {
        let need = if field.need == Need::Required { " (required)" } else { "" };
        let default = match field.default {
            Some("") => "empty",
            Some(default) => default,
            None => "–",
        };
        let _ = writeln!(
            page,
            "| `{}`{need} | {} | {default} | {} |",
            field.name,
            type_of(field.shown()).replace('|', "\\|"),
            meaning(field)
        );
    }
    for rule in schema.rules.iter().chain(schema.official_rules) {
        let (lead, names) = match rule {
            Rule::One(names) => ("Exactly one of", *names),
            Rule::Any(names) => ("At least one of", *names),
            Rule::Most(names) => ("At most one of", *names),
            Rule::Both(one, other) => {
                let _ = write!(page, "\n`{one}` and `{other}` stand together.\n");
                continue;
            }
        };
        let _ = write!(page, "\n{lead} {} is given.\n", quoted(names));
    }
    match schema.rest {
        Rest::Closed => {}
        Rest::Open => page.push_str("\nOther parameters are passed on unseen.\n"),
        Rest::Of(holds) => {
            let _ = write!(page, "\nEvery other name holds {}.\n", type_of(holds));
        }
    }
}

fn meaning(field: &Field) -> String {
    let mut text = field.says.text().to_string();
    if field.need == Need::Official {
        text.push_str(" The official schema requires it.");
    }
    if field.unofficial {
        text.push_str(" Not in the official schema.");
    }
    if let Some(other) = field.beside {
        let _ = write!(text, " Only beside `{other}`.");
    }
    if let Some(instead) = field.instead {
        let _ = write!(text, " Outdated: write {instead}.");
    }
    match field.support {
        Support::Runs => {}
        Support::NotYet => text.push_str(" Not run by this version."),
        Support::NoEffect(why) => {
            let _ = write!(text, " No effect here: {why}.");
        }
    }
    text
}

fn quoted(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn type_of(holds: &Holds) -> String {
    match holds {
        Holds::Text => "string".to_string(),
        Holds::Like(form) => form.noun.to_string(),
        Holds::Word(words) => quoted(words),
        Holds::Number(min, max) => bounds("number", bound(*min), bound(*max)),
        Holds::Integer(min, max) => bounds("whole number", bound(*min), bound(*max)),
        Holds::Bool => "true or false".to_string(),
        Holds::Null => "null".to_string(),
        Holds::Any => "anything".to_string(),
        Holds::Map => "object".to_string(),
        Holds::List => "array".to_string(),
        Holds::MapOf(inner) => format!("object of {}", type_of(inner)),
        Holds::ListOf(inner) => format!("array of {}", type_of(inner)),
        Holds::Object(schema) if schema.fields.is_empty() => "object".to_string(),
        Holds::Object(schema) => format!("`{}` object", schema.name),
        Holds::Placeholder => "`${…}`".to_string(),
        Holds::Literal(inner) => type_of(inner),
        Holds::By(own) => own.noun.trim_start_matches("an ").trim_start_matches("a ").to_string(),
        Holds::Sized(1, _, inner) => format!("{}, not empty", type_of(inner)),
        Holds::Sized(_, max, inner) => format!("{}, at most {max}", type_of(inner)),
        Holds::Either(options) => {
            let mut types: Vec<String> = options.iter().map(type_of).collect();
            types.dedup();
            types.join(" or ")
        }
    }
}

fn bounds(noun: &str, min: f64, max: f64) -> String {
    match (min.is_finite(), max.is_finite()) {
        (false, false) => noun.to_string(),
        (true, false) => format!("{noun} ≥ {min}"),
        (false, true) => format!("{noun} ≤ {max}"),
        (true, true) if min == max => format!("{min}"),
        (true, true) => format!("{noun} from {min} to {max}"),
    }
}

/// The variables that a method sets, and the events that it sends.
fn results(page: &mut String, method: &Method) {
    if !method.sets.is_empty() {
        page.push_str("\n## Variables\n\n| Variable | Values | Meaning |\n|---|---|---|\n");
        for variable in method.sets {
            let values = if variable.values.is_empty() { "any".to_string() } else { quoted(variable.values) };
            let _ = writeln!(page, "| `{}` | {values} | {} |", variable.name, variable.says.text());
        }
    }
    if !method.events.is_empty() {
        page.push_str("\n## Status events\n\n| Event | Sent to | State in | States |\n|---|---|---|---|\n");
        for event in method.events {
            let states = if event.states.is_empty() { "–".to_string() } else { quoted(event.states) };
            let place = if event.field.is_empty() { "–".to_string() } else { format!("`params.{}`", event.field) };
            let _ = writeln!(page, "| `{}` | `{}` | {place} | {states} |", event.kind, event.to);
        }
    }
}

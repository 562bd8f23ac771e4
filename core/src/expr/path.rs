//! Properties of values, and plain paths (`call.headers[0].value`, `a.content-type`).

use super::eval::Scope;
use super::item::index;
use crate::value::Value;
use alloc::{
    borrow::Cow,
    string::{String, ToString},
    vec::Vec,
};

/// `value.name`.
///
/// A list of objects with `name` and `value` can also be read by name, without regard to case,
/// as the platforms allow for the headers of a call.
fn property<'v>(value: Cow<'v, Value>, name: &str) -> Option<Cow<'v, Value>> {
    match value {
        Cow::Borrowed(value) => part(value, name),
        Cow::Owned(value) => Some(Cow::Owned(part(&value, name)?.into_owned())),
    }
}

fn part<'v>(value: &'v Value, name: &str) -> Option<Cow<'v, Value>> {
    let at = index(name).map(|at| at as usize);
    let found = match value {
        Value::Object(object) => object.get(name),
        Value::Array(items) => match at {
            Some(at) => items.get(at),
            None => items.iter().find_map(|item| named(item, name)),
        },
        Value::String(text) => {
            let unit = text.encode_utf16().nth(at?)?;
            return Some(Cow::Owned(Value::String(String::from_utf16(&[unit]).ok()?)));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    };
    found.map(Cow::Borrowed)
}

/// The value of a header-like item of this name.
fn named<'v>(item: &'v Value, name: &str) -> Option<&'v Value> {
    let header = item.as_object()?;
    let fits = header.get("name").and_then(Value::as_str).is_some_and(|own| own.eq_ignore_ascii_case(name));
    if fits { header.get("value") } else { None }
}

/// The steps of a plain path, or nothing for anything else.
pub(super) fn plain(text: &str) -> Option<Vec<String>> {
    let mut steps = Vec::new();
    let mut rest = text.trim();
    let first = rest.chars().next()?;
    if !(first.is_ascii_alphabetic() || first == '_') {
        return None;
    }
    loop {
        let length = rest.find(|c: char| !in_step(c)).unwrap_or(rest.len());
        if length == 0 {
            return None;
        }
        steps.push(rest.get(..length)?.to_string());
        rest = rest.get(length..)?;
        while let Some(inner) = rest.strip_prefix('[') {
            let (inside, behind) = inner.split_once(']')?;
            let quoted = ['\'', '"'].iter().find_map(|quote| inside.strip_prefix(*quote)?.strip_suffix(*quote));
            let step = match quoted {
                Some(name) if !name.contains(['\'', '"', '\\']) => name,
                None if index(inside).is_some() => inside,
                _ => return None,
            };
            steps.push(step.to_string());
            rest = behind;
        }
        if rest.is_empty() {
            break;
        }
        rest = rest.strip_prefix('.')?;
    }
    match (steps.as_slice(), steps.first().map(String::as_str)) {
        // Words of the language are no variables.
        ([_], Some("true" | "false" | "null" | "undefined" | "NaN" | "Infinity")) => None,
        _ => Some(steps),
    }
}

fn in_step(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// The value at the end of a path; nothing where it breaks off. Lists have no `length` here,
/// as on the platform.
pub(super) fn walk(scope: &dyn Scope, steps: &[String]) -> Option<Value> {
    let (root, rest) = steps.split_first()?;
    let part = rest.split_first().and_then(|(name, behind)| Some((scope.property(root, name)?, behind)));
    let (value, rest) = match part {
        Some((found, behind)) => (Cow::Borrowed(found?), behind),
        None => (Cow::Owned(scope.lookup(root)?), rest),
    };
    rest.iter().try_fold(value, |value, step| property(value, step)).map(Cow::into_owned)
}

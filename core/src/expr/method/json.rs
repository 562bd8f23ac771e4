//! `JSON`.

use super::{Call, Result};
use crate::expr::item::Item;
use crate::value::{Object, Value};
use alloc::{string::String, vec::Vec};

pub(super) fn space(cx: &mut Call<'_, '_>) -> Result<Option<Item>> {
    match cx.name {
        "stringify" => stringify(cx),
        "parse" if cx.given(1) => cx.refuse("JSON.parse with a function"),
        "parse" => {
            let text = cx.text(0)?;
            // A guard against what the text becomes, before it is read.
            cx.machine.budget.allocate(text.len().saturating_mul(8), cx.span)?;
            match Value::from_json(&text) {
                Ok(value) => Item::from_value(&value, cx.machine.budget, cx.span).map(Some),
                Err(_) => cx.wrong("expected JSON text"),
            }
        }
        _ => Ok(None),
    }
}

fn stringify(cx: &mut Call<'_, '_>) -> Result<Option<Item>> {
    let Some(mut value) = cx.item(0).into_value(cx.machine.budget, cx.span)? else {
        return Ok(Some(Item::Undefined));
    };
    match cx.item(1) {
        Item::Function(_) => return cx.refuse("JSON.stringify with a function"),
        Item::List(wanted) => {
            let mut names = Vec::new();
            for name in wanted.items.iter().filter(|name| matches!(name, Item::Text(_) | Item::Number(_))) {
                names.push(cx.machine.text_of(name, cx.span)?);
            }
            cx.machine.budget.spend(names.len(), cx.span)?;
            value = only(value, &names);
        }
        _ => {}
    }
    let indent = match cx.item(2) {
        Item::Number(width) => " ".repeat(crate::expr::convert::integer(width).clamp(0.0, 10.0) as usize),
        Item::Text(text) => text.chars().take(10).collect(),
        _ => String::new(),
    };
    if indent.is_empty() {
        return cx.string(value.to_json());
    }
    let mut text = String::new();
    write(cx, &value, &indent, 1, &mut text)?;
    cx.string(text)
}

/// The value with these keys only, in this order.
fn only(value: Value, names: &[alloc::sync::Arc<str>]) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(|item| only(item, names)).collect()),
        Value::Object(mut object) => {
            let mut kept = Object::new();
            for name in names {
                if let Some(value) = object.remove(name) {
                    kept.set(&**name, only(value, names));
                }
            }
            Value::Object(kept)
        }
        other => other,
    }
}

fn write(cx: &mut Call<'_, '_>, value: &Value, indent: &str, depth: usize, text: &mut String) -> Result<()> {
    let line = |text: &mut String, depth: usize| {
        text.push('\n');
        (0..depth).for_each(|_| text.push_str(indent));
    };
    cx.machine.budget.allocate(indent.len() * depth + 1, cx.span)?;
    let (open, close, count) = match value {
        Value::Array(items) if !items.is_empty() => ('[', ']', items.len()),
        Value::Object(object) if !object.is_empty() => ('{', '}', object.len()),
        plain => {
            text.push_str(&plain.to_json());
            return Ok(());
        }
    };
    text.push(open);
    for index in 0..count {
        if index > 0 {
            text.push(',');
        }
        line(text, depth);
        match value {
            Value::Array(items) => {
                if let Some(item) = items.get(index) {
                    write(cx, item, indent, depth + 1, text)?;
                }
            }
            Value::Object(object) => {
                if let Some((key, item)) = object.iter().nth(index) {
                    text.push_str(&Value::from(key).to_json());
                    text.push_str(": ");
                    write(cx, item, indent, depth + 1, text)?;
                }
            }
            _ => {}
        }
    }
    line(text, depth - 1);
    text.push(close);
    Ok(())
}

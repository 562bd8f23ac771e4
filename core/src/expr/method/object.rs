//! Methods of objects, and the functions of `JSON`, `Object`, `Array` and `String`.

use super::{Call, Result};
use crate::expr::budget::EvalError;
use crate::expr::eval::Item;
use crate::value::{Object, Value};
use alloc::{string::String, vec::Vec};

pub(super) fn method(cx: &mut Call<'_, '_>, object: &Object) -> Result<Option<Item>> {
    Ok(match cx.name {
        "toString" => Some("[object Object]".into()),
        "hasOwnProperty" => {
            let key = cx.text(0)?;
            Some(object.get(&key).is_some().into())
        }
        _ => None,
    })
}

pub(super) fn space(cx: &mut Call<'_, '_>, space: &str) -> Result<Option<Item>> {
    let first = cx.item(0);
    match (space, cx.name) {
        ("JSON", "stringify") => match first {
            Item::Undefined | Item::Function(_) => Ok(Some(Item::Undefined)),
            Item::Value(_) if cx.given(1) || cx.given(2) => {
                Err(EvalError::unsupported(cx.span, "JSON.stringify with more than one argument"))
            }
            Item::Value(value) => {
                cx.machine.budget.allocate(super::super::eval::size(&value), cx.span)?;
                cx.string(value.to_json())
            }
        },
        ("JSON", "parse") => {
            let text = cx.text(0)?;
            cx.machine.budget.allocate(text.len().saturating_mul(8), cx.span)?;
            match Value::from_json(&text) {
                Ok(value) => Ok(Some(value.into())),
                Err(_) => Err(EvalError::wrong(cx.span, "expected JSON text")),
            }
        }
        ("Array", "isArray") => Ok(Some(matches!(first, Item::Value(Value::Array(_))).into())),
        ("Object", "keys" | "values" | "entries") => {
            let Item::Value(Value::Object(object)) = first else {
                return Err(EvalError::wrong(cx.span, "expected an object"));
            };
            let entry = |(key, value): (&str, &Value)| match cx.name {
                "keys" => key.into(),
                "values" => value.clone(),
                _ => Value::Array(Vec::from([key.into(), value.clone()])),
            };
            let list = object.iter().map(entry).collect();
            cx.list(list)
        }
        ("String", "fromCharCode") => {
            let units: Vec<u16> =
                (0..cx.arguments.len()).map(|index| crate::expr::convert::bits(&cx.item(index)) as u16).collect();
            cx.string(String::from_utf16_lossy(&units))
        }
        _ => Ok(None),
    }
}

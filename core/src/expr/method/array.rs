//! Methods of lists. None of them changes the list it is called on.

use super::{Call, Result};
use crate::expr::budget::EvalError;
use crate::expr::convert;
use crate::expr::eval::{Callback, Item};
use crate::value::Value;
use alloc::vec::Vec;
use core::cmp::Ordering;

pub(super) fn method(cx: &mut Call<'_, '_>, items: Vec<Value>) -> Result<Option<Item>> {
    cx.machine.budget.spend(items.len(), cx.span)?;
    let length = items.len();
    let wanted = cx.item(0);
    let is_wanted = |value: &Value| convert::same(&Item::Value(value.clone()), &wanted);
    let found = |at: Option<usize>| Ok(Some(at.map_or(-1.0, |at| at as f64).into()));
    match cx.name {
        "join" | "toString" => {
            let separator = if cx.name == "join" && cx.given(0) { cx.text(0)? } else { ",".into() };
            cx.machine.budget.allocate(separator.len().saturating_mul(length), cx.span)?;
            cx.string(convert::join(&items, &separator))
        }
        "includes" => {
            let nan = matches!(wanted, Item::Value(Value::Number(number)) if number.is_nan());
            let is_nan = |value: &Value| nan && matches!(value, Value::Number(number) if number.is_nan());
            Ok(Some(items.iter().any(|value| is_wanted(value) || is_nan(value)).into()))
        }
        "indexOf" => {
            let from = cx.position(1, length, 0);
            found((from..length).find(|at| items.get(*at).is_some_and(is_wanted)))
        }
        "lastIndexOf" => found((0..length).rev().find(|at| items.get(*at).is_some_and(is_wanted))),
        "slice" => {
            let (start, end) = (cx.position(0, length, 0), cx.position(1, length, length));
            let piece = items.get(start..end).unwrap_or(&[]).to_vec();
            cx.list(piece)
        }
        "at" => {
            let at = convert::integer(cx.number(0));
            let at = if at < 0.0 { at + length as f64 } else { at };
            let item = if at < 0.0 { None } else { items.into_iter().nth(at as usize) };
            Ok(Some(item.map_or(Item::Undefined, Item::Value)))
        }
        "concat" => {
            let mut whole = items;
            for index in 0..cx.arguments.len() {
                match cx.item(index) {
                    Item::Value(Value::Array(more)) => whole.extend(more),
                    item => whole.push(item.into_value()),
                }
            }
            cx.list(whole)
        }
        "reverse" | "toReversed" => {
            let mut items = items;
            items.reverse();
            cx.list(items)
        }
        "flat" => {
            let mut whole = Vec::new();
            for item in items {
                match item {
                    Value::Array(inner) => whole.extend(inner),
                    other => whole.push(other),
                }
            }
            cx.list(whole)
        }
        "sort" | "toSorted" => sort(cx, items),
        "map" | "filter" | "find" | "findIndex" | "findLast" | "some" | "every" => each(cx, items),
        "reduce" => reduce(cx, items),
        _ => Ok(None),
    }
}

fn each(cx: &mut Call<'_, '_>, mut items: Vec<Value>) -> Result<Option<Item>> {
    let callback = cx.callback(0)?;
    let name = cx.name;
    if name == "findLast" {
        items.reverse();
    }
    let mut list = Vec::new();
    for (index, value) in items.into_iter().enumerate() {
        let given = [Item::Value(value.clone()), (index as f64).into()];
        // `map(parseInt)` passes the index too, as JavaScript does.
        let result = cx.run(callback, &given)?;
        let truth = convert::truthy(&result);
        match name {
            "map" => list.push(result.into_value()),
            "filter" if truth => list.push(value),
            "find" | "findLast" if truth => return Ok(Some(value.into())),
            "findIndex" if truth => return Ok(Some((index as f64).into())),
            "some" if truth => return Ok(Some(true.into())),
            "every" if !truth => return Ok(Some(false.into())),
            _ => {}
        }
    }
    match name {
        "map" | "filter" => cx.list(list),
        "findIndex" => Ok(Some((-1.0).into())),
        "some" => Ok(Some(false.into())),
        "every" => Ok(Some(true.into())),
        _ => Ok(Some(Item::Undefined)),
    }
}

fn reduce(cx: &mut Call<'_, '_>, items: Vec<Value>) -> Result<Option<Item>> {
    let callback = cx.callback(0)?;
    let mut items = items.into_iter().enumerate();
    let mut sum = if cx.arguments.len() > 1 {
        cx.item(1)
    } else {
        match items.next() {
            Some((_, first)) => Item::Value(first),
            None => return Err(EvalError::wrong(cx.span, "`reduce` of an empty list needs a first value")),
        }
    };
    for (index, value) in items {
        sum = cx.run(callback, &[sum, Item::Value(value), (index as f64).into()])?;
    }
    Ok(Some(sum))
}

/// Sorts by insertion through a tree of halves, so that a comparison that fails or lies does no harm.
fn sort(cx: &mut Call<'_, '_>, items: Vec<Value>) -> Result<Option<Item>> {
    let callback = if cx.given(0) { Some(cx.callback(0)?) } else { None };
    let mut sorted: Vec<Value> = Vec::with_capacity(items.len());
    for item in items {
        let (mut low, mut high) = (0, sorted.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let order = match sorted.get(middle) {
                Some(other) => compare(cx, callback, other, &item)?,
                None => Ordering::Equal,
            };
            if order == Ordering::Greater { high = middle } else { low = middle + 1 }
        }
        sorted.insert(low, item);
    }
    cx.list(sorted)
}

fn compare(cx: &mut Call<'_, '_>, callback: Option<Callback>, left: &Value, right: &Value) -> Result<Ordering> {
    cx.machine.budget.spend(1, cx.span)?;
    let Some(callback) = callback else {
        let (left, right) = (convert::value_text(left), convert::value_text(right));
        return Ok(left.encode_utf16().cmp(right.encode_utf16()));
    };
    let result = cx.run(callback, &[Item::Value(left.clone()), Item::Value(right.clone())])?;
    Ok(convert::number(&result).partial_cmp(&0.0).unwrap_or(Ordering::Equal))
}

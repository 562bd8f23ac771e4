//! Methods of lists that call a function for each item.

use super::{Call, Result, array};
use crate::expr::convert;
use crate::expr::item::{Function, Item, List};
use alloc::{rc::Rc, vec::Vec};
use core::cmp::Ordering;

pub(super) fn method(cx: &mut Call<'_, '_>, list: &Rc<List>) -> Result<Option<Item>> {
    match cx.name {
        "map" | "filter" | "find" | "findIndex" | "findLast" | "findLastIndex" | "some" | "every" | "flatMap"
        | "forEach" => each(cx, list),
        "reduce" | "reduceRight" => reduce(cx, list),
        _ => Ok(None),
    }
}

fn each(cx: &mut Call<'_, '_>, whole: &Rc<List>) -> Result<Option<Item>> {
    let function = cx.callback(0)?;
    let name = cx.name;
    let last = whole.items.len().saturating_sub(1);
    let backwards = matches!(name, "findLast" | "findLastIndex");
    let mut list = Vec::new();
    for step in 0..whole.items.len() {
        let at = if backwards { last - step } else { step };
        let Some(item) = whole.items.get(at) else { break };
        // `map(parseInt)` passes the index too, as JavaScript does.
        let result = cx.run(&function, Vec::from([item.clone(), at.into(), Item::List(whole.clone())]))?;
        let truth = convert::truthy(&result);
        match name {
            "map" => list.push(result),
            "flatMap" => match result {
                Item::List(inner) => array::flatten(cx, &inner.items, 0.0, &mut list)?,
                other => list.push(other),
            },
            "filter" if truth => list.push(item.clone()),
            "find" | "findLast" if truth => return Ok(Some(item.clone())),
            "findIndex" | "findLastIndex" if truth => return Ok(Some(at.into())),
            "some" if truth => return Ok(Some(true.into())),
            "every" if !truth => return Ok(Some(false.into())),
            _ => {}
        }
    }
    match name {
        "map" | "filter" | "flatMap" => cx.list(list),
        "findIndex" | "findLastIndex" => Ok(Some((-1.0).into())),
        "some" => Ok(Some(false.into())),
        "every" => Ok(Some(true.into())),
        _ => Ok(Some(Item::Undefined)),
    }
}

fn reduce(cx: &mut Call<'_, '_>, whole: &Rc<List>) -> Result<Option<Item>> {
    let function = cx.callback(0)?;
    let mut items: Vec<(usize, Item)> = whole.items.iter().cloned().enumerate().collect();
    if cx.name == "reduceRight" {
        items.reverse();
    }
    let mut items = items.into_iter();
    let mut sum = if cx.arguments.len() > 1 {
        cx.item(1)
    } else {
        match items.next() {
            Some((_, first)) => first,
            None => return cx.wrong("`reduce` of an empty list needs a first value"),
        }
    };
    for (at, item) in items {
        sum = cx.run(&function, Vec::from([sum, item, at.into(), Item::List(whole.clone())]))?;
    }
    Ok(Some(sum))
}

/// Sorts as engines sort short lists: the run at the start stays or is turned around, then each
/// item is inserted by halves. A comparison that fails or lies does no harm. What is undefined goes
/// to the end without being compared.
pub(super) fn sort(cx: &mut Call<'_, '_>, items: &[Item]) -> Result<Vec<Item>> {
    let function = if cx.given(0) { Some(cx.callback(0)?) } else { None };
    let mut rest = items.iter().filter(|item| !matches!(item, Item::Undefined)).peekable();
    let mut sorted: Vec<Item> = rest.next().into_iter().cloned().collect();
    let mut falls = None;
    while let (Some(next), Some(last)) = (rest.peek(), sorted.last()) {
        let less = compare(cx, function.as_ref(), next, last)? == Ordering::Less;
        if less != *falls.get_or_insert(less) {
            break;
        }
        sorted.extend(rest.next().cloned());
    }
    if falls == Some(true) {
        sorted.reverse();
    }
    for item in rest {
        let (mut low, mut high) = (0, sorted.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let order = match sorted.get(middle) {
                Some(other) => compare(cx, function.as_ref(), item, other)?,
                None => Ordering::Equal,
            };
            if order == Ordering::Less { high = middle } else { low = middle + 1 }
        }
        sorted.insert(low, item.clone());
    }
    sorted.resize(items.len(), Item::Undefined);
    Ok(sorted)
}

fn compare(cx: &mut Call<'_, '_>, function: Option<&Function>, left: &Item, right: &Item) -> Result<Ordering> {
    cx.machine.budget.spend(1, cx.span)?;
    let Some(function) = function else {
        let (left, right) = (cx.machine.text_of(left, cx.span)?, cx.machine.text_of(right, cx.span)?);
        return Ok(convert::text_order(&left, &right));
    };
    let result = cx.run(function, Vec::from([left.clone(), right.clone()]))?;
    Ok(cx.machine.number(&result, cx.span)?.partial_cmp(&0.0).unwrap_or(Ordering::Equal))
}

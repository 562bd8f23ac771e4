//! Methods of lists, and `Array`. None of them changes the list it is called on.

use super::{Call, Result, callback};
use crate::expr::convert;
use crate::expr::item::{Item, List};
use alloc::{rc::Rc, string::String, vec::Vec};

pub(super) fn method(cx: &mut Call<'_, '_>, list: &Rc<List>) -> Result<Option<Item>> {
    let items = &list.items;
    let length = items.len();
    cx.machine.budget.spend(length / 8, cx.span)?;
    match cx.name {
        "join" | "toString" => {
            let separator = if cx.name == "join" && cx.given(0) { cx.text(0)? } else { ",".into() };
            let mut text = String::new();
            cx.machine.join(list, &separator, &mut text, cx.span)?;
            cx.string(text)
        }
        "includes" => {
            let from = cx.position(1, length, 0)?;
            let wanted = cx.item(0);
            let nan = |item: &Item| matches!(item, Item::Number(number) if number.is_nan());
            let fits = |item: &Item| convert::same(item, &wanted) || (nan(&wanted) && nan(item));
            Ok(Some(items.iter().skip(from).any(fits).into()))
        }
        "indexOf" => {
            let from = cx.position(1, length, 0)?;
            let wanted = cx.item(0);
            let found = items.iter().skip(from).position(|item| convert::same(item, &wanted));
            Ok(Some(found.map_or(-1.0, |at| (from + at) as f64).into()))
        }
        "lastIndexOf" => {
            let wanted = cx.item(0);
            let end = match cx.arguments.len() {
                0 | 1 => length as f64,
                _ => {
                    let at = cx.integer(1)?;
                    if at < 0.0 { at + length as f64 + 1.0 } else { at + 1.0 }
                }
            };
            let seen = items.get(..end.clamp(0.0, length as f64) as usize).unwrap_or(&[]);
            let found = seen.iter().rposition(|item| convert::same(item, &wanted));
            Ok(Some(found.map_or(-1.0, |at| at as f64).into()))
        }
        "slice" => {
            let (start, end) = (cx.position(0, length, 0)?, cx.position(1, length, length)?);
            cx.list(items.get(start..end).unwrap_or(&[]).to_vec())
        }
        "at" => {
            let at = cx.integer(0)?;
            let at = if at < 0.0 { at + length as f64 } else { at };
            let item = if at < 0.0 { None } else { items.get(at as usize) };
            Ok(Some(item.cloned().unwrap_or(Item::Undefined)))
        }
        "with" => {
            let at = cx.integer(0)?;
            let at = if at < 0.0 { at + length as f64 } else { at };
            let (new, mut changed) = (cx.item(1), items.clone());
            match changed.get_mut(at as usize).filter(|_| at >= 0.0) {
                Some(place) => *place = new,
                None => return cx.wrong("expected a position within the list"),
            }
            cx.list(changed)
        }
        "concat" => {
            let mut whole = items.clone();
            for item in core::mem::take(&mut cx.arguments) {
                match item {
                    Item::List(more) => whole.extend(more.items.iter().cloned()),
                    item => whole.push(item),
                }
                cx.machine.budget.allocate(whole.len(), cx.span)?;
            }
            cx.list(whole)
        }
        "reverse" | "toReversed" => {
            mark(cx, list);
            cx.list(items.iter().rev().cloned().collect())
        }
        "sort" | "toSorted" => {
            let sorted = callback::sort(cx, items)?;
            mark(cx, list);
            cx.list(sorted)
        }
        "toSpliced" => {
            let start = cx.position(0, length, 0)?;
            let skipped = match cx.arguments.len() {
                0 => 0,
                1 => length - start,
                _ => cx.integer(1)?.clamp(0.0, (length - start) as f64) as usize,
            };
            let mut changed = items.get(..start).unwrap_or(&[]).to_vec();
            changed.extend(cx.arguments.iter().skip(2).cloned());
            changed.extend(items.iter().skip(start + skipped).cloned());
            cx.list(changed)
        }
        "flat" => {
            let depth = if cx.given(0) { cx.integer(0)? } else { 1.0 };
            let mut whole = Vec::new();
            flatten(cx, items, depth, &mut whole)?;
            cx.list(whole)
        }
        "keys" => cx.iterator((0..length).map(Item::from).collect()),
        "values" => cx.iterator(items.clone()),
        "entries" => {
            cx.machine.budget.allocate(length * 48, cx.span)?;
            let pair = |(at, item): (usize, &Item)| Item::from(Vec::from([Item::from(at), item.clone()]));
            cx.iterator(items.iter().enumerate().map(pair).collect())
        }
        _ => callback::method(cx, list),
    }
}

/// Notes that JavaScript would have changed the list itself.
fn mark(cx: &mut Call<'_, '_>, list: &Rc<List>) {
    if matches!(cx.name, "sort" | "reverse") && list.items.len() > 1 {
        cx.machine.changed.push(list.clone());
    }
}

pub(super) fn flatten(cx: &mut Call<'_, '_>, items: &[Item], depth: f64, whole: &mut Vec<Item>) -> Result<()> {
    cx.machine.budget.spend(items.len(), cx.span)?;
    for item in items {
        match item {
            Item::List(inner) if depth >= 1.0 => flatten(cx, &inner.items, depth - 1.0, whole)?,
            other => whole.push(other.clone()),
        }
    }
    Ok(())
}

/// Functions of `Array`.
pub(super) fn space(cx: &mut Call<'_, '_>) -> Result<Option<Item>> {
    match cx.name {
        "isArray" => Ok(Some(matches!(cx.item(0), Item::List(_)).into())),
        "of" => {
            let items = core::mem::take(&mut cx.arguments);
            cx.list(items)
        }
        "from" => {
            let items = match cx.item(0) {
                source @ (Item::List(_) | Item::Iterator(_) | Item::Text(_)) => cx.machine.spread(source, cx.span)?,
                Item::Undefined | Item::Null => return cx.wrong("expected a list, found nothing"),
                Item::Object(entries) => {
                    let length = entries.get("length").cloned().unwrap_or(Item::Undefined);
                    let length = convert::integer(cx.machine.number(&length, cx.span)?).clamp(0.0, 1e9) as usize;
                    cx.machine.budget.spend(length, cx.span)?;
                    cx.machine.budget.allocate(length.saturating_mul(16), cx.span)?;
                    let mut items = Vec::new();
                    for index in 0..length {
                        let mut digits = String::new();
                        let _ = core::fmt::Write::write_fmt(&mut digits, format_args!("{index}"));
                        items.push(entries.get(&digits).cloned().unwrap_or(Item::Undefined));
                    }
                    items
                }
                _ => Vec::new(),
            };
            if !cx.given(1) {
                return cx.list(items);
            }
            let function = cx.callback(1)?;
            let mut list = Vec::new();
            for (index, item) in items.into_iter().enumerate() {
                list.push(cx.run(&function, Vec::from([item, index.into()]))?);
            }
            cx.list(list)
        }
        _ => Ok(None),
    }
}

//! Methods of objects, and `Object`.

use super::{Call, Result};
use crate::expr::convert;
use crate::expr::item::{Entries, Item};
use alloc::{rc::Rc, string::ToString, sync::Arc, vec::Vec};

pub(super) fn method(cx: &mut Call<'_, '_>, object: &Rc<Entries>) -> Result<Option<Item>> {
    Ok(match cx.name {
        "toString" | "toLocaleString" => Some("[object Object]".into()),
        "hasOwnProperty" | "propertyIsEnumerable" => {
            let key = cx.text(0)?;
            Some(object.get(&key).is_some().into())
        }
        "valueOf" => Some(Item::Object(object.clone())),
        _ => None,
    })
}

pub(super) fn space(cx: &mut Call<'_, '_>) -> Result<Option<Item>> {
    match cx.name {
        "keys" | "values" | "entries" | "getOwnPropertyNames" => {
            let entries = entries(cx)?;
            cx.machine.budget.allocate(entries.len() * 64, cx.span)?;
            let name = cx.name;
            let one = |(key, item): (Arc<str>, Item)| match name {
                "values" => item,
                "entries" => Item::from(Vec::from([Item::Text(key), item])),
                _ => Item::Text(key),
            };
            cx.list(entries.into_iter().map(one).collect())
        }
        "fromEntries" => {
            let source = cx.item(0);
            let mut entries = Entries::default();
            for pair in cx.machine.spread(source, cx.span)? {
                let Item::List(pair) = pair else { return cx.wrong("expected a list of pairs") };
                let part = |at: usize| pair.items.get(at).cloned().unwrap_or(Item::Undefined);
                let key = cx.machine.text_of(&part(0), cx.span)?;
                cx.machine.budget.spend(1 + entries.len() / 16, cx.span)?;
                entries.set(key, part(1));
            }
            finish(cx, entries)
        }
        "assign" => {
            let mut merged = Entries::default();
            for index in 0..cx.arguments.len() {
                match cx.item(index) {
                    Item::Object(object) => {
                        cx.machine.budget.spend(object.len() * (1 + object.len() / 16), cx.span)?;
                        object.iter().for_each(|(key, item)| merged.set(key.clone(), item.clone()));
                    }
                    Item::Undefined | Item::Null if index == 0 => return cx.wrong("expected an object"),
                    Item::Undefined | Item::Null => {}
                    _ => return cx.refuse("Object.assign of what is no object"),
                }
            }
            finish(cx, merged)
        }
        "hasOwn" => {
            let key = cx.text(1)?;
            match cx.item(0) {
                Item::Object(object) => Ok(Some(object.get(&key).is_some().into())),
                Item::Undefined | Item::Null => cx.wrong("expected an object"),
                _ => cx.refuse("Object.hasOwn of what is no object"),
            }
        }
        "is" => {
            let (left, right) = (cx.item(0), cx.item(1));
            let same = match (&left, &right) {
                (Item::Number(left), Item::Number(right)) => {
                    (left.is_nan() && right.is_nan())
                        || (left == right && left.is_sign_negative() == right.is_sign_negative())
                }
                _ => convert::same(&left, &right),
            };
            Ok(Some(same.into()))
        }
        // Nothing changes an object here, so all are frozen.
        "freeze" | "seal" | "preventExtensions" => Ok(Some(cx.item(0))),
        _ => Ok(None),
    }
}

fn finish(cx: &mut Call<'_, '_>, entries: Entries) -> Result<Option<Item>> {
    cx.machine.budget.allocate(entries.iter().map(|(key, _)| key.len() + 32).sum(), cx.span)?;
    let item = Item::Object(Rc::new(entries));
    if item.depth() > crate::expr::item::DEEPEST {
        return Err(crate::expr::item::too_deep(cx.span));
    }
    Ok(Some(item))
}

/// Keys and values of the first argument.
fn entries(cx: &mut Call<'_, '_>) -> Result<Vec<(Arc<str>, Item)>> {
    match cx.item(0) {
        Item::Object(object) => {
            cx.machine.budget.spend(object.len(), cx.span)?;
            Ok(object.iter().map(|(key, item)| (key.clone(), item.clone())).collect())
        }
        Item::Undefined | Item::Null => cx.wrong("expected an object, found nothing"),
        _ if cx.name == "getOwnPropertyNames" => cx.refuse("Object.getOwnPropertyNames of what is no object"),
        source @ (Item::List(_) | Item::Text(_)) => {
            if matches!(&source, Item::List(list) if list.found.is_some()) {
                return cx.refuse("the entries of a match");
            }
            if matches!(&source, Item::Text(text) if text.chars().any(|c| u32::from(c) > 0xffff)) {
                return cx.refuse("half of a character beyond U+FFFF");
            }
            let items = cx.machine.spread(source, cx.span)?;
            cx.machine.budget.spend(items.len(), cx.span)?;
            Ok(items.into_iter().enumerate().map(|(at, item)| (at.to_string().into(), item)).collect())
        }
        _ => Ok(Vec::new()),
    }
}

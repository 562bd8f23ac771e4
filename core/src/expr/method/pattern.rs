//! Regular expressions at work: their own methods, and those of texts that take one.

use super::{Call, Result, string};
use crate::expr::convert;
use crate::expr::item::{Entries, Found, Item, List, Matcher};
use crate::expr::pattern::{Pattern, Places};
use alloc::{rc::Rc, string::String, sync::Arc, vec::Vec};
use core::cell::Cell;

/// A text with its UTF-16 units, in which patterns look.
pub(super) struct Subject {
    text: Arc<str>,
    units: Vec<u16>,
}

impl Subject {
    pub(super) fn new(cx: &mut Call<'_, '_>, text: &Arc<str>) -> Result<Subject> {
        cx.machine.budget.allocate(text.len() * 2, cx.span)?;
        cx.machine.budget.spend(text.len() / 64, cx.span)?;
        Ok(Subject { text: text.clone(), units: text.encode_utf16().collect() })
    }

    fn piece(&self, cx: &mut Call<'_, '_>, start: usize, end: usize) -> Result {
        cx.machine.units(self.units.get(start..end).unwrap_or(&[]), cx.span)
    }

    fn push(&self, cx: &mut Call<'_, '_>, whole: &mut String, start: usize, end: usize) -> Result<()> {
        let piece = self.piece(cx, start, end)?;
        whole.push_str(&convert::text(&piece));
        Ok(())
    }

    fn group(&self, cx: &mut Call<'_, '_>, places: &Places, group: usize) -> Result {
        match places.get(group) {
            Some(Some((start, end))) => self.piece(cx, *start, *end),
            _ => Ok(Item::Undefined),
        }
    }
}

pub(super) fn construct(cx: &mut Call<'_, '_>) -> Result {
    let (source, mut flags) = match cx.item(0) {
        Item::Pattern(matcher) => (matcher.pattern.source.as_str().into(), matcher.pattern.flags.letters().into()),
        Item::Undefined => (Arc::from(""), Arc::from("")),
        _ => (cx.text(0)?, Arc::from("")),
    };
    if cx.given(1) {
        flags = cx.text(1)?;
    }
    cx.machine.budget.spend(source.len() / 4, cx.span)?;
    cx.machine.budget.allocate(source.len() * 64, cx.span)?;
    match Pattern::new(&source, &flags) {
        Ok(pattern) => Ok(Item::Pattern(Rc::new(Matcher { pattern: Arc::new(pattern), last: Cell::new(0) }))),
        Err(message) => cx.wrong(message),
    }
}

pub(super) fn method(cx: &mut Call<'_, '_>, matcher: &Rc<Matcher>) -> Result<Option<Item>> {
    match cx.name {
        "test" | "exec" => {
            let text = cx.text(0)?;
            let subject = Subject::new(cx, &text)?;
            let places = next(cx, matcher, &subject)?;
            match (cx.name, places) {
                ("test", places) => Ok(Some(places.is_some().into())),
                (_, Some(places)) => result(cx, &matcher.pattern, &subject, &places).map(Some),
                (_, None) => Ok(Some(Item::Null)),
            }
        }
        "toString" => cx.string(convert::text(&Item::Pattern(matcher.clone()))),
        _ => Ok(None),
    }
}

/// The next match; a global or sticky pattern remembers where it ends.
fn next(cx: &mut Call<'_, '_>, matcher: &Matcher, subject: &Subject) -> Result<Option<Places>> {
    let flags = matcher.pattern.flags;
    let keeps = flags.global || flags.sticky;
    let from = if keeps { matcher.last.get() } else { 0 };
    let places = matcher.pattern.find(&subject.units, from, flags.sticky, cx.machine.budget, cx.span)?;
    if keeps {
        matcher.last.set(end(&places).unwrap_or(0));
    }
    Ok(places)
}

fn end(places: &Option<Places>) -> Option<usize> {
    places.as_ref()?.first().copied().flatten().map(|(_, end)| end)
}

/// All matches, or the first alone. The position that the pattern remembers goes back to the start.
fn matches(cx: &mut Call<'_, '_>, matcher: &Matcher, subject: &Subject) -> Result<Vec<(usize, usize, Places)>> {
    let mut found = Vec::new();
    let flags = matcher.pattern.flags;
    let mut from = if flags.sticky && !flags.global { matcher.last.get() } else { 0 };
    loop {
        let places = matcher.pattern.find(&subject.units, from, flags.sticky, cx.machine.budget, cx.span)?;
        if flags.sticky || flags.global {
            matcher.last.set(end(&places).filter(|_| !flags.global).unwrap_or(0));
        }
        let Some(places) = places else { return Ok(found) };
        let (start, end) = places.first().copied().flatten().unwrap_or_default();
        cx.machine.budget.allocate(places.len() * 24 + 24, cx.span)?;
        found.push((start, end, places));
        if !flags.global {
            return Ok(found);
        }
        from = if end > start { end } else { matcher.pattern.next(&subject.units, end) };
    }
}

/// The list that `exec` and `match` give.
fn result(cx: &mut Call<'_, '_>, pattern: &Pattern, subject: &Subject, places: &Places) -> Result {
    let mut items = Vec::new();
    let mut named = Entries::default();
    for (index, name) in pattern.names.iter().enumerate() {
        let item = subject.group(cx, places, index)?;
        if let Some(name) = name {
            named.set(name.as_str().into(), item.clone());
        }
        items.push(item);
    }
    cx.machine.budget.allocate(items.len() * 16 + 64, cx.span)?;
    let groups = if named.len() > 0 { Item::Object(Rc::new(named)) } else { Item::Undefined };
    let (index, _) = places.first().copied().flatten().unwrap_or_default();
    let mut list = List::new(items);
    list.found = Some(Found { index, input: subject.text.clone(), groups });
    Ok(Item::List(Rc::new(list)))
}

/// `match`, `matchAll` and `search` of a text.
pub(super) fn look(cx: &mut Call<'_, '_>, text: &Arc<str>) -> Result<Option<Item>> {
    let matcher = match cx.item(0) {
        Item::Pattern(matcher) => matcher,
        other => {
            // Anything else becomes a pattern.
            let source = if matches!(other, Item::Undefined) { "".into() } else { cx.text(0)? };
            let flags = if cx.name == "matchAll" { "g" } else { "" };
            cx.machine.budget.spend(source.len() / 4, cx.span)?;
            match Pattern::new(&source, flags) {
                Ok(pattern) => Rc::new(Matcher { pattern: Arc::new(pattern), last: Cell::new(0) }),
                Err(message) => return cx.wrong(message),
            }
        }
    };
    let subject = Subject::new(cx, text)?;
    let pattern = &matcher.pattern;
    match cx.name {
        "search" => {
            let places = pattern.find(&subject.units, 0, pattern.flags.sticky, cx.machine.budget, cx.span)?;
            let start = places.and_then(|places| places.first().copied().flatten());
            Ok(Some(start.map_or(-1.0, |(start, _)| start as f64).into()))
        }
        "matchAll" if !pattern.flags.global => cx.wrong("`matchAll` needs the flag `g`"),
        "matchAll" => {
            let last = matcher.last.get();
            let mut list = Vec::new();
            for (start, _, places) in matches(cx, &matcher, &subject)? {
                if start >= last {
                    list.push(result(cx, pattern, &subject, &places)?);
                }
            }
            matcher.last.set(last);
            cx.iterator(list)
        }
        _ if !pattern.flags.global => match next(cx, &matcher, &subject)? {
            Some(places) => result(cx, pattern, &subject, &places).map(Some),
            None => Ok(Some(Item::Null)),
        },
        _ => {
            let mut list = Vec::new();
            for (start, end, _) in matches(cx, &matcher, &subject)? {
                list.push(subject.piece(cx, start, end)?);
            }
            if list.is_empty() { Ok(Some(Item::Null)) } else { cx.list(list) }
        }
    }
}

/// `replace` and `replaceAll` with a pattern.
pub(super) fn replace(cx: &mut Call<'_, '_>, text: &Arc<str>, matcher: &Rc<Matcher>) -> Result<Option<Item>> {
    if cx.name == "replaceAll" && !matcher.pattern.flags.global {
        return cx.wrong("`replaceAll` needs the flag `g`");
    }
    let subject = Subject::new(cx, text)?;
    let function = cx.callback(1).ok();
    let template = if function.is_some() { Arc::from("") } else { cx.text(1)? };
    let mut whole = String::new();
    let mut done = 0;
    for (start, end, places) in matches(cx, matcher, &subject)? {
        subject.push(cx, &mut whole, done, start)?;
        let mut groups = Vec::new();
        let mut named = Entries::default();
        for (index, name) in matcher.pattern.names.iter().enumerate() {
            let item = subject.group(cx, &places, index)?;
            if let Some(name) = name {
                named.set(name.as_str().into(), item.clone());
            }
            groups.push(item);
        }
        if let Some(function) = &function {
            groups.push(start.into());
            groups.push(Item::Text(text.clone()));
            if named.len() > 0 {
                groups.push(Item::Object(Rc::new(named)));
            }
            let item = cx.run(function, groups)?;
            whole.push_str(&cx.machine.text_of(&item, cx.span)?);
        } else {
            let around = (subject.piece(cx, 0, start)?, subject.piece(cx, end, subject.units.len())?);
            let around = (convert::text(&around.0), convert::text(&around.1));
            let named = (named.len() > 0).then_some(&named);
            string::expand(cx, &mut whole, &template, (&around.0, &around.1), &groups, named)?;
        }
        done = end;
    }
    subject.push(cx, &mut whole, done, subject.units.len())?;
    cx.string(whole)
}

/// `split` at a pattern.
pub(super) fn split(cx: &mut Call<'_, '_>, text: &Arc<str>, pattern: &Pattern, limit: usize) -> Result<Option<Item>> {
    let subject = Subject::new(cx, text)?;
    let length = subject.units.len();
    let mut parts = Vec::new();
    if length == 0 {
        let found = pattern.find(&subject.units, 0, true, cx.machine.budget, cx.span)?;
        return cx.list(if found.is_some() || limit == 0 { Vec::new() } else { Vec::from(["".into()]) });
    }
    let (mut done, mut at) = (0, 0);
    while at < length && parts.len() < limit {
        let places = pattern.find(&subject.units, at, true, cx.machine.budget, cx.span)?;
        let end = end(&places).map(|end| end.min(length)).filter(|end| *end != done);
        let (Some(places), Some(end)) = (places, end) else {
            at = pattern.next(&subject.units, at);
            continue;
        };
        parts.push(subject.piece(cx, done, at)?);
        for group in 1..places.len() {
            parts.push(subject.group(cx, &places, group)?);
        }
        (done, at) = (end, end);
    }
    if parts.len() < limit {
        parts.push(subject.piece(cx, done, length)?);
    }
    parts.truncate(limit);
    cx.list(parts)
}

//! Sections: made of steps, put in their place, renamed.

use super::draft::Draft;
use super::fragment::Fragment;
use super::step::{listed, pieces, range};
use super::{Refused, need};
use crate::dialect::{Form, Goes, LinkKind, Part, Step, Steps};
use crate::span::Span;
use crate::text::Kind;
use crate::value::{Object, Value};
use crate::wire::Edit;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

pub(super) fn extract(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let name = need(&edit.name, "name")?;
    free_name(draft, name)?;
    let home = draft.outline.home.clone();
    let home = home.ok_or_else(|| Refused("expected a document with `sections`, found a list of steps".to_string()))?;
    let (first, count) = range(draft, edit)?;
    let (steps, at) = listed(draft, &first)?;
    let taken: Vec<&Step> = steps.list.iter().skip(at).take(count).collect();
    stays_whole(draft, &taken)?;
    let ends = taken.last().is_some_and(|step| step.goes != Goes::On);
    let pieces = pieces(draft, &steps, at, count)?;
    let verb = if ends { "transfer" } else { "execute" };
    let call = Object::new().with(verb, Object::new().with("dest", Value::String(name.clone())));
    draft.insert(&steps, at, &[Fragment::Value(Value::Object(call))])?;
    (0..count).rev().try_for_each(|more| draft.remove(&steps, at + 1 + more))?;
    draft.set(&home, core::slice::from_ref(name), &Fragment::Value(Value::Array(Vec::new())))?;
    let mut route = home;
    if let Kind::Object(entries) = &draft.node(&route)?.kind {
        route.push(entries.len().saturating_sub(1) as u32);
    }
    draft.replace_by_list(&route, &pieces)
}

/// Steps that may run in a section of their own.
fn stays_whole(draft: &Draft, taken: &[&Step]) -> Result<(), Refused> {
    let mut inner = Vec::new();
    let all = Steps {
        id: String::new(),
        route: Vec::new(),
        span: Span::default(),
        form: Form::List,
        list: taken.iter().map(|step| (*step).clone()).collect(),
    };
    all.each(&mut |step| inner.push(step));
    if inner.iter().any(|step| step.goes == Goes::Returns) {
        return Err(Refused("`return` among these steps would return from the new section".to_string()));
    }
    let labels: Vec<&str> = inner.iter().filter_map(|step| step.label.as_deref()).collect();
    let jumps = |step: &Step| -> Vec<String> {
        step.links.iter().filter(|link| link.kind == LinkKind::Label).map(|link| link.to.clone()).collect()
    };
    let crosses = inner.iter().any(|step| jumps(step).iter().any(|label| !labels.contains(&label.as_str())));
    let mut from_outside = false;
    draft.outline.each(&mut |step| {
        let own = inner.iter().any(|inner| inner.id == step.id);
        from_outside |= !own && jumps(step).iter().any(|label| labels.contains(&label.as_str()));
    });
    if crosses || from_outside {
        return Err(Refused("a jump between these steps and others would be cut".to_string()));
    }
    Ok(())
}

pub(super) fn inline(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let id = need(&edit.node, "node")?;
    let step = draft.step(id)?.clone();
    let link = step.links.iter().find(|link| link.kind == LinkKind::Call && step.verb == "execute");
    let link = link.ok_or_else(|| Refused(format!("expected a step that calls a section, found `{}`", step.verb)))?;
    let name = link.to.clone();
    let Some(part) = draft.outline.part(&name).cloned() else {
        return Err(Refused(format!("there is no section `{name}`")));
    };
    let more = ["params", "on_return", "result"];
    let parameters = draft.node(&step.parameters)?;
    if let Some(key) = more.iter().find(|key| parameters.entry(key).is_some()) {
        return Err(Refused(format!("`{key}` would be lost")));
    }
    let mut wrong = None;
    part.steps.each(&mut |inner| {
        if inner.goes == Goes::Returns || inner.label.is_some() {
            wrong = Some(format!("`{}` only means something inside of the section", inner.verb));
        }
        if inner.id == step.id || inner.links.iter().any(|link| link.to == name) {
            wrong = Some("the section calls itself".to_string());
        }
    });
    if let Some(wrong) = wrong {
        return Err(Refused(wrong));
    }
    let pieces = pieces(draft, &part.steps, 0, part.steps.list.len())?;
    // A comment that stands between the steps keeps the section, so that it is not lost.
    let mut used = part.entry || comments_between(draft, &part);
    let (steps, at) = listed(draft, id)?;
    draft.insert(&steps, at + 1, &pieces)?;
    draft.remove(&steps, at)?;
    draft.outline.each(&mut |step| used |= step.links.iter().any(|link| link.to == name));
    // Names that are only known when they run may be this one.
    draft.outline.each(&mut |step| used |= step.links.iter().any(|link| link.to.contains('{')));
    match draft.outline.home.clone() {
        Some(home) if !used => draft.unset(&home, &name),
        _ => Ok(()),
    }
}

/// Whether comments stand in a section and in none of its steps.
fn comments_between(draft: &Draft, part: &Part) -> bool {
    let with_comment = |span: Span| Span::new(span.start, draft.comment_end(span.end as usize) as u32);
    let taken: Vec<Span> = part.steps.list.iter().map(|step| with_comment(step.span)).collect();
    let inside = |outer: &Span, inner: &Span| outer.start <= inner.start && inner.end <= outer.end;
    // From the name on: the comment in front of the first step stands before the list begins.
    let whole = Span::new(part.name_span.end, with_comment(part.steps.span).end);
    let mut own = draft.tree.comments.iter().filter(|comment| inside(&whole, comment));
    own.any(|comment| !taken.iter().any(|step| inside(step, comment)))
}

pub(super) fn rename(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let (old, new) = (need(&edit.section, "section")?, need(&edit.name, "name")?);
    let Some(part) = draft.outline.part(old).filter(|_| draft.outline.home.is_some()) else {
        return Err(Refused(format!("there is no section `{old}`")));
    };
    if part.entry {
        return Err(Refused("the call begins in this section; its name is fixed".to_string()));
    }
    free_name(draft, new)?;
    let mut places = Vec::from([part.name_span]);
    draft.outline.each(&mut |step| {
        let named = step.links.iter().filter(|link| matches!(link.kind, LinkKind::Call | LinkKind::Jump));
        places.extend(named.filter(|link| link.to == *old).map(|link| link.span));
    });
    crate::order::sort_by_key(&mut places, |span| *span);
    places.dedup();
    let mut text = draft.text.clone();
    for span in places.into_iter().rev() {
        text.replace_range(span.start as usize..span.end as usize, &draft.requoted(span, new));
    }
    let end = draft.text.len();
    let text = if draft.newline == "\r\n" { text.replace("\r\n", "\n") } else { text };
    draft.splice(0, end, &text)
}

/// A name that a new section may have.
fn free_name(draft: &Draft, name: &str) -> Result<(), Refused> {
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '-');
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) || !name.chars().all(letters) {
        return Err(Refused(format!("expected letters, digits, `_`, `$` and `-` as a name, found `{name}`")));
    }
    match draft.outline.part(name) {
        Some(_) => Err(Refused(format!("there is a section `{name}` already"))),
        None => Ok(()),
    }
}

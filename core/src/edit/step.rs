//! Steps: put in, taken out, moved, wrapped.

use super::draft::Draft;
use super::fragment::Fragment;
use super::{Refused, need, port};
use crate::dialect::{Form, Steps};
use crate::value::{Object, Value};
use crate::wire::Edit;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

pub(super) fn insert_after(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let new = Fragment::Value(need(&edit.step, "step")?.clone());
    let (steps, at) = match (&edit.node, &edit.section) {
        (Some(id), _) => {
            let (steps, at) = draft.home(id)?;
            (steps.clone(), at + 1)
        }
        (None, Some(name)) => (part(draft, name)?, 0),
        (None, None) => return Err(Refused("expected `node` or `section` for this operation".to_string())),
    };
    draft.insert(&steps, at, &[new])
}

pub(super) fn insert_on_edge(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let new = Fragment::Value(need(&edit.step, "step")?.clone());
    let id = need(&edit.node, "node")?;
    if let Some(name) = &edit.port {
        return port::put(draft, id, name, new);
    }
    let (steps, at) = draft.home(id)?;
    let (steps, mut at) = (steps.clone(), at + 1);
    if let Some(to) = &edit.to
        && let Ok((others, place)) = draft.home(to)
        && others.route == steps.route
    {
        at = place;
    }
    draft.insert(&steps, at, &[new])
}

pub(super) fn delete(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let (steps, at) = draft.home(need(&edit.node, "node")?)?;
    let steps = steps.clone();
    draft.remove(&steps, at)
}

pub(super) fn reconnect(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let id = need(&edit.node, "node")?;
    let step = draft.step(id)?;
    let runs = |port: &&crate::dialect::Port| port.body.as_ref().is_some_and(|body| !body.list.is_empty());
    let port = match &edit.port {
        Some(name) => step.ports.iter().find(|port| port.name == *name),
        None => step.ports.iter().filter(runs).find(|port| !port.aside),
    };
    let Some(body) = port.and_then(|port| port.body.as_ref()).filter(|body| !body.list.is_empty()).cloned() else {
        return delete(draft, edit);
    };
    let pieces = pieces(draft, &body, 0, body.list.len())?;
    let (steps, at) = listed(draft, id)?;
    draft.insert(&steps, at + 1, &pieces)?;
    draft.remove(&steps, at)
}

pub(super) fn relocate(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let id = need(&edit.node, "node")?;
    let (from, at) = draft.home(id)?;
    let (from, at) = (from.clone(), at);
    let (to, place) = match (&edit.after, &edit.before, &edit.section) {
        (Some(after), ..) => {
            let (steps, at) = draft.home(after)?;
            (steps.clone(), at + 1)
        }
        (_, Some(before), _) => {
            let (steps, at) = draft.home(before)?;
            (steps.clone(), at)
        }
        (.., Some(name)) => {
            let steps = part(draft, name)?;
            let end = steps.list.len();
            (steps, end)
        }
        (None, None, None) => return Err(Refused("expected `after`, `before` or `section`".to_string())),
    };
    let step = draft.step(id)?.clone();
    if to.route.starts_with(&step.route) {
        return Err(Refused("a step cannot move into itself".to_string()));
    }
    if to.route == from.route && (place == at || place == at + 1) {
        return Ok(());
    }
    let piece = draft.take(draft.node(&step.route)?);
    let mut target = to.route.clone();
    target.push(Draft::place(&to, place) as u32);
    if to.route == from.route {
        target.clone_from(&to.route);
        target.push(place as u32);
    }
    let later = if to.route == from.route { place > at } else { target > step.route };
    if later {
        draft.insert(&to, place, &[piece])?;
        draft.remove(&from, at)
    } else {
        draft.remove(&from, at)?;
        draft.insert(&to, place, &[piece])
    }
}

pub(super) fn wrap(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let (first, count) = range(draft, edit)?;
    let (steps, at) = listed(draft, &first)?;
    if steps.form == Form::Children || !draft.outline.has_conditions() {
        return Err(Refused("this platform's documents have no conditions and no loops".to_string()));
    }
    let text = |text: &str| Value::String(text.to_string());
    match edit.with.as_deref() {
        Some("condition") => {
            let when = need(&edit.when, "when")?;
            let pieces = pieces(draft, &steps, at, count)?;
            let arm = Object::new().with("when", text(when)).with("then", Value::Array(Vec::new()));
            let cond = Object::new().with("cond", Value::Array(Vec::from([Value::Object(arm)])));
            draft.insert(&steps, at, &[Fragment::Value(Value::Object(cond))])?;
            let body = draft.step(&first)?.ports.first().and_then(|port| port.body.clone());
            let body = body.ok_or_else(|| Refused("expected the arm of a condition".to_string()))?;
            draft.insert(&Steps { form: Form::Nothing, ..body }, 0, &pieces)?;
            (0..count).rev().try_for_each(|more| draft.remove(&steps, at + 1 + more))
        }
        Some("loop") => {
            if draft.outline.part_of(&first).is_none_or(|part| part.steps.route != steps.route) {
                return Err(Refused("a jump only reaches labels at the top of a section".to_string()));
            }
            let named = steps.list.get(at).and_then(|step| step.label.clone());
            let name = named.clone().unwrap_or_else(|| fresh_label(draft, "loop"));
            let mut goto = Object::new().with("label", text(&name));
            if let Some(when) = &edit.when {
                goto.set("when", text(when));
            }
            if let Some(max) = edit.max {
                goto.set("max", f64::from(max));
            }
            let goto = Object::new().with("goto", goto);
            draft.insert(&steps, at + count, &[Fragment::Value(Value::Object(goto))])?;
            if named.is_some() {
                return Ok(());
            }
            let label = Object::new().with("label", text(&name));
            draft.insert(&steps, at, &[Fragment::Value(Value::Object(label))])
        }
        _ => Err(Refused("expected `condition` or `loop` as `with`".to_string())),
    }
}

/// The steps from `node` to `last`: the first one, and how many.
pub(super) fn range(draft: &Draft, edit: &Edit) -> Result<(String, usize), Refused> {
    let first = need(&edit.node, "node")?;
    let (steps, at) = draft.home(first)?;
    let end = match &edit.last {
        Some(last) => steps
            .list
            .iter()
            .position(|step| step.id == *last)
            .filter(|end| *end >= at)
            .ok_or_else(|| Refused("expected `last` behind `node` in the same list".to_string()))?,
        None => at,
    };
    Ok((first.clone(), end - at + 1))
}

/// Steps as text that can be put elsewhere.
pub(super) fn pieces(draft: &Draft, steps: &Steps, at: usize, count: usize) -> Result<Vec<Fragment>, Refused> {
    let some = steps.list.iter().skip(at).take(count);
    some.map(|step| draft.node(&step.route).map(|node| draft.take(node))).collect()
}

/// The list of a step, made one if the step stands there without.
pub(super) fn listed(draft: &mut Draft, id: &str) -> Result<(Steps, usize), Refused> {
    let (steps, at) = draft.home(id)?;
    if steps.form != Form::One {
        return Ok((steps.clone(), at));
    }
    let steps = steps.clone();
    let only = draft.take(draft.node(&steps.route)?);
    draft.replace_by_list(&steps.route, &[only])?;
    let (steps, at) = draft.home(id)?;
    Ok((steps.clone(), at))
}

/// The steps of a section.
pub(super) fn part(draft: &Draft, name: &str) -> Result<Steps, Refused> {
    let part = draft.outline.part(name).ok_or_else(|| Refused(format!("there is no section `{name}`")))?;
    Ok(part.steps.clone())
}

/// A name that no label has.
pub(super) fn fresh_label(draft: &Draft, wish: &str) -> String {
    let mut taken: Vec<&str> = Vec::new();
    draft.outline.each(&mut |step| taken.extend(step.label.as_deref()));
    let numbered = (2..10_000).map(|number| format!("{wish}_{number}"));
    let mut names = core::iter::once(wish.to_string()).chain(numbered);
    names.find(|name| !taken.contains(&name.as_str())).unwrap_or_default()
}

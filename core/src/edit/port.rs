//! Ports: what they lead to.

use super::draft::Draft;
use super::fragment::Fragment;
use super::step::{fresh_label, insert_after};
use super::{Refused, need};
use crate::dialect::{LinkKind, Port, Step};
use crate::text::{Format, Kind};
use crate::value::{Object, Value};
use crate::wire::Edit;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

fn port<'s>(step: &'s Step, name: &str) -> Result<&'s Port, Refused> {
    step.ports
        .iter()
        .find(|port| port.name == name)
        .ok_or_else(|| Refused(format!("`{}` has no port `{name}`", step.verb)))
}

/// Whether a port leads to a web server, which is asked what comes next.
fn asks(path: &[String]) -> bool {
    path.last().is_some_and(|last| last == "actionHook" || last == "action")
}

/// Puts a step at the beginning of what a port runs.
pub(super) fn put(draft: &mut Draft, id: &str, name: &str, new: Fragment) -> Result<(), Refused> {
    let step = draft.step(id)?.clone();
    let port = port(&step, name)?.clone();
    if let Some(body) = &port.body {
        return draft.insert(body, 0, &[new]);
    }
    let list = Value::Array(Vec::from([new.value().clone()]));
    match port.path.as_slice() {
        path if asks(path) => Err(Refused("this outcome asks a web server; connect it to an address".to_string())),
        // Where there is no switch, the outcome goes on to what stands behind the step.
        [] if !draft.outline.has_conditions() => {
            let step = Some(new.value().clone());
            insert_after(draft, &Edit { node: Some(id.to_string()), step, ..Edit::default() })
        }
        [] => {
            // Nothing in the step can hold it: a switch behind it can.
            let case = Object::new().with(&port.name, list);
            let variable = format!("{}_result", step.verb);
            let switch = Object::new().with("variable", Value::String(variable)).with("case", case);
            let step = Value::Object(Object::new().with("switch", switch));
            insert_after(draft, &Edit { node: Some(id.to_string()), step: Some(step), ..Edit::default() })
        }
        path => {
            draft.roomy(&step)?;
            let step = draft.step(id)?.clone();
            if let (Some(variable), [result, rest @ ..]) = (port.variable, path) {
                let inner = rest.iter().rev().fold(list, |value, key| Value::Object(Object::new().with(key, value)));
                let mut whole = Object::new().with("variable", Value::String(variable.to_string()));
                for (key, value) in inner.as_object().into_iter().flat_map(Object::iter) {
                    whole.set(key, value.clone());
                }
                let path = Vec::from([result.clone()]);
                return draft.set(&step.parameters, &path, &Fragment::Value(Value::Object(whole)));
            }
            draft.set(&step.parameters, path, &Fragment::Value(list))
        }
    }
}

pub(super) fn connect(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let id = need(&edit.node, "node")?;
    let to = need(&edit.to, "to")?;
    let step = draft.step(id)?.clone();
    let hook = match &edit.port {
        Some(name) => Some(port(&step, name)?.path.clone()).filter(|path| asks(path)),
        None => None,
    };
    if let Some(mut path) = hook {
        if draft.outline.step(to).is_some() {
            return Err(Refused("expected an address: on this platform an outcome leads to a web server".to_string()));
        }
        let value = Value::String(to.clone());
        return match draft.tree.format {
            Format::Xml => draft.set_xml(&step.route, &path, &value),
            Format::Json | Format::Yaml => {
                let parameters = draft.node(&step.parameters)?;
                let old = path.iter().try_fold(parameters, |node, key| Some(&node.entry(key)?.value));
                if old.is_some_and(|old| matches!(old.kind, Kind::Object(_))) {
                    path.push("url".to_string());
                }
                draft.set(&step.parameters, &path, &Fragment::Value(value))
            }
        };
    }
    let text = |text: &str| Value::String(text.to_string());
    let transfer = |to: &str| Object::new().with("transfer", Object::new().with("dest", text(to)));
    let Some(target) = draft.outline.step(to).cloned() else {
        let known = draft.outline.part(to).is_some() || to.starts_with("http");
        if !known || !draft.outline.has_conditions() {
            return Err(Refused(format!("there is no node and no section `{to}`")));
        }
        return lead(draft, edit, Value::Object(transfer(to)));
    };
    let part = draft.outline.part_of(to).ok_or_else(|| Refused(format!("there is no node `{to}`")))?.clone();
    let at = part.steps.list.iter().position(|step| step.id == *to);
    let same = draft.outline.part_of(id).is_some_and(|own| own.name == part.name);
    match (at, same) {
        (Some(0), _) if draft.outline.home.is_some() => lead(draft, edit, Value::Object(transfer(&part.name))),
        (Some(at), true) if draft.outline.has_conditions() => {
            let name = target.label.clone().unwrap_or_else(|| fresh_label(draft, &target.verb));
            let before = part.steps.list.len();
            lead(draft, edit, Value::Object(Object::new().with("goto", Object::new().with("label", text(&name)))))?;
            if target.label.is_some() {
                return Ok(());
            }
            // A step that came in front of the target moved it.
            let part =
                draft.outline.part(&part.name).ok_or_else(|| Refused("the section is gone".to_string()))?.clone();
            let own = part.steps.list.iter().position(|step| step.id == *id);
            let moved = part.steps.list.len() > before && own.is_some_and(|own| own < at);
            let label = Value::Object(Object::new().with("label", text(&name)));
            draft.insert(&part.steps, at + usize::from(moved), &[Fragment::Value(label)])
        }
        _ => Err(Refused("a jump reaches the beginning of a section, or the top of its own one".to_string())),
    }
}

/// Puts a jump onto a port, or behind a step.
fn lead(draft: &mut Draft, edit: &Edit, jump: Value) -> Result<(), Refused> {
    match (&edit.node, &edit.port) {
        (Some(id), Some(name)) => {
            let step = draft.step(id)?;
            if port(step, name)?.body.as_ref().is_some_and(|body| !body.list.is_empty()) {
                return Err(Refused(format!("`{name}` leads somewhere already; disconnect it first")));
            }
            put(draft, id, name, Fragment::Value(jump))
        }
        _ => insert_after(draft, &Edit { step: Some(jump), node: edit.node.clone(), ..Edit::default() }),
    }
}

pub(super) fn disconnect(draft: &mut Draft, edit: &Edit) -> Result<(), Refused> {
    let id = need(&edit.node, "node")?;
    let step = draft.step(id)?.clone();
    let Some(name) = &edit.port else {
        if step.links.iter().any(|link| link.kind != LinkKind::Hook) && step.ports.is_empty() {
            return super::step::delete(draft, edit);
        }
        return Err(Refused("expected `port` for this operation".to_string()));
    };
    let port = port(&step, name)?.clone();
    // A hook inside of something is what that is for: both go.
    if let Some(hook) = port.path.first().filter(|_| asks(&port.path)) {
        return match draft.tree.format {
            Format::Xml => draft.unset_xml(&step.route, core::slice::from_ref(hook)),
            Format::Json | Format::Yaml => draft.unset(&step.parameters, hook),
        };
    }
    let Some(body) = &port.body else { return Err(Refused(format!("`{name}` leads nowhere"))) };
    let Some((_, home)) = body.route.split_last() else { return Err(Refused(format!("`{name}` leads nowhere"))) };
    let holder = draft.node(home)?.clone();
    let Kind::Object(entries) = &holder.kind else { return Err(Refused("expected an object there".to_string())) };
    let arm = entries.iter().all(|entry| ["when", "then", "else"].contains(&entry.key.text.as_str()));
    let (keys, if_step) = (entries.len(), entries.iter().any(|entry| entry.key.text == "condition"));
    let key = body.route.last().and_then(|at| entries.get(*at as usize)).map(|entry| entry.key.text.clone());
    let key = key.unwrap_or_default();
    if if_step && key == "then" {
        return draft.replace(&body.route, &Fragment::Value(Value::Array(Vec::new())));
    }
    if arm && !if_step {
        let above = home.split_last();
        let whole = keys == 1 || (keys == 2 && key == "then");
        return match above {
            Some((at, list)) if whole && matches!(draft.node(list)?.kind, Kind::Array(_)) => {
                draft.remove_item(list, *at as usize)
            }
            _ if key == "then" => Err(Refused("this arm also says what else happens".to_string())),
            _ => draft.unset(home, &key),
        };
    }
    // The only case of a result goes with the result.
    let result = step.parameters.len() + 1;
    let alone = keys == 1 && port.path.first().is_some_and(|path| path == "result");
    if alone && !step.ports.iter().any(|other| other.otherwise && other.body.is_some()) {
        let whole = body.route.get(..result).and_then(|route| route.split_last());
        if let Some((_, parameters)) = whole
            && draft.node(parameters)?.entry("result").is_some()
        {
            return draft.unset(parameters, "result");
        }
    }
    draft.unset(home, &key)
}

impl Draft {
    /// Makes an object of parameters where a step has a shorthand.
    fn roomy(&mut self, step: &Step) -> Result<(), Refused> {
        match step.first {
            Some(first) => self.written_out(step, first),
            None => Ok(()),
        }
    }
}

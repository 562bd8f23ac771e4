//! Names, properties and calls.

use super::budget::EvalError;
use super::convert;
use super::eval::Machine;
use super::item::{DEEPEST, Frame, Function, Item, List, SMALLEST, index, too_deep};
use super::method;
use super::term::{Term, TermId};
use crate::span::Span;
use alloc::{
    borrow::Cow,
    format,
    rc::Rc,
    string::{String, ToString},
    vec::Vec,
};

impl<'a> Machine<'a> {
    pub(super) fn name(&mut self, name: &'a str, span: Span) -> Result<Item, EvalError> {
        let mut frame = self.frame.as_ref();
        while let Some(running) = frame {
            if let Term::Arrow { parameters, .. } = self.expr.term(running.arrow)
                && let Some(at) = parameters.iter().rposition(|parameter| parameter == name)
            {
                let item = running.values.get(at).cloned().unwrap_or(Item::Undefined);
                return self.unchanged(item, span);
            }
            frame = running.outer.as_ref();
        }
        if let Some(item) = self.known.get(name, "") {
            return self.unchanged(item.clone(), span);
        }
        if let Some(value) = self.scope.lookup(name) {
            let item = Item::from_value(&value, self.budget, span)?;
            self.known.add(name, "", item.clone());
            return Ok(item);
        }
        Ok(match name {
            "NaN" => f64::NAN.into(),
            "Infinity" => f64::INFINITY.into(),
            _ if method::foreign(name) => return Err(EvalError::unsupported(span, name)),
            _ => method::own("", name).map_or(Item::Undefined, Item::Function),
        })
    }

    /// Lists are never changed here; one that JavaScript would have changed must not be seen again.
    fn unchanged(&self, item: Item, span: Span) -> Result<Item, EvalError> {
        if let Item::List(list) = &item
            && self.changed.iter().any(|changed| Rc::ptr_eq(changed, list))
        {
            return Err(EvalError::unsupported(span, "reading a list that was sorted or reversed in place"));
        }
        Ok(item)
    }

    /// Properties, indexes and calls. `None` when a `?.` found nothing and the rest is skipped.
    pub(super) fn access(&mut self, id: TermId) -> Result<Option<Item>, EvalError> {
        let expr = self.expr;
        let span = expr.span(id);
        match expr.term(id) {
            Term::Member { object, name, optional } => {
                if let Term::Name(root) = expr.term(*object)
                    && let Some(item) = self.part(root, name, span)?
                {
                    return Ok(Some(item));
                }
                let Some(item) = self.object_of(*object, *optional)? else { return Ok(None) };
                self.get(&item, name, span).map(Some)
            }
            Term::Index { object, index, optional } => {
                let Some(item) = self.object_of(*object, *optional)? else { return Ok(None) };
                let index = self.eval(*index)?;
                if let (Item::List(list), Item::Number(at)) = (&item, &index)
                    && let Some(found) = list.items.get(*at as usize).filter(|_| *at >= 0.0 && libm::trunc(*at) == *at)
                {
                    return self.unchanged(found.clone(), span).map(Some);
                }
                let name = self.text_of(&index, span)?;
                self.get(&item, &name, span).map(Some)
            }
            Term::Call { callee, arguments, optional } => {
                let callee = match expr.term(*callee) {
                    Term::Brackets(inner) => *inner,
                    _ => *callee,
                };
                let (object, name) = match expr.term(callee) {
                    Term::Member { object, name, optional } => {
                        let Some(item) = self.object_of(*object, *optional)? else { return Ok(None) };
                        (item, Cow::Borrowed(name.as_str()))
                    }
                    Term::Index { object, index, optional } => {
                        let Some(item) = self.object_of(*object, *optional)? else { return Ok(None) };
                        let index = self.eval(*index)?;
                        (item, Cow::Owned(self.text_of(&index, span)?.to_string()))
                    }
                    _ => {
                        return match self.access(callee)? {
                            None => Ok(None),
                            Some(Item::Function(function)) => {
                                let arguments = self.arguments(arguments)?;
                                self.run(&function, arguments, span).map(Some)
                            }
                            Some(item) if *optional && item.is_nothing() => Ok(None),
                            Some(_) => {
                                let name = expr.span(callee);
                                Err(EvalError::wrong(name, "what is called is not a function"))
                            }
                        };
                    }
                };
                if *optional && !method::callable(&object, &name) {
                    return Ok(None);
                }
                let arguments = self.arguments(arguments)?;
                method::call(self, object, &name, arguments, span).map(Some)
            }
            _ => self.eval(id).map(Some),
        }
    }

    /// `root.name`, where the scope has it without the root.
    fn part(&mut self, root: &'a str, name: &'a str, span: Span) -> Result<Option<Item>, EvalError> {
        if self.frame.is_some() || self.known.get(root, "").is_some() {
            return Ok(None);
        }
        if let Some(item) = self.known.get(root, name) {
            return self.unchanged(item.clone(), span).map(Some);
        }
        let Some(found) = self.scope.property(root, name) else { return Ok(None) };
        self.budget.spend(1, span)?;
        let item = match found {
            Some(value) => Item::from_value(value, self.budget, span)?,
            None if method::inherited(name) => return Err(method::uncalled(name, span)),
            None => Item::Undefined,
        };
        if !name.is_empty() {
            self.known.add(root, name, item.clone());
        }
        Ok(Some(item))
    }

    /// The left side of `.`; `None` when it is nothing and that is allowed.
    fn object_of(&mut self, id: TermId, optional: bool) -> Result<Option<Item>, EvalError> {
        let span = self.expr.span(id);
        self.budget.spend(1, span)?;
        self.deeper(span)?;
        let found = self.access(id)?;
        self.depth -= 1;
        Ok(found.filter(|item| !(optional && item.is_nothing())))
    }

    /// `item.name`.
    fn get(&mut self, item: &Item, name: &str, span: Span) -> Result<Item, EvalError> {
        let found = match item {
            Item::Undefined | Item::Null => {
                return Err(EvalError::wrong(span, format!("cannot read `{name}` of {}", convert::text(item))));
            }
            Item::Object(entries) => entries.get(name).cloned(),
            Item::List(list) => element(list, name),
            Item::Text(text) => return self.character(text, name, span),
            Item::Pattern(matcher) => {
                let flags = matcher.pattern.flags;
                match name {
                    "source" if matcher.pattern.source.is_empty() => Some("(?:)".into()),
                    "source" => Some(matcher.pattern.source.as_str().into()),
                    "flags" => Some(flags.letters().into()),
                    "lastIndex" => Some(matcher.last.get().into()),
                    "global" => Some(flags.global.into()),
                    "ignoreCase" => Some(flags.ignore_case.into()),
                    "multiline" => Some(flags.multiline.into()),
                    "dotAll" => Some(flags.dot_all.into()),
                    "unicode" => Some(flags.unicode.into()),
                    "sticky" => Some(flags.sticky.into()),
                    _ => None,
                }
            }
            Item::Function(Function::Own("", space)) => {
                match (method::constant(space, name), method::own(space, name)) {
                    (Some(constant), _) => Some(constant),
                    (None, Some(function)) => Some(Item::Function(function)),
                    (None, None) => None,
                }
            }
            Item::Function(_) if matches!(name, "length" | "name") => {
                return Err(EvalError::unsupported(span, &format!("{name} of a function")));
            }
            _ => None,
        };
        match found {
            Some(item) => self.unchanged(item, span),
            None if method::has_method(item, name) || method::inherited(name) => Err(method::uncalled(name, span)),
            None => Ok(Item::Undefined),
        }
    }

    fn character(&mut self, text: &str, name: &str, span: Span) -> Result<Item, EvalError> {
        if name == "length" {
            return Ok(if text.is_ascii() { text.len() } else { text.encode_utf16().count() }.into());
        }
        if let Some(at) = index(name) {
            self.budget.spend(text.len() / 64, span)?;
            let unit = text.encode_utf16().nth(at as usize);
            return unit.map_or(Ok(Item::Undefined), |unit| self.units(&[unit], span));
        }
        if method::has_method(&Item::Text("".into()), name) || method::inherited(name) {
            return Err(method::uncalled(name, span));
        }
        Ok(Item::Undefined)
    }

    /// A text from UTF-16 units. Half a character is no text here.
    pub(super) fn units(&mut self, units: &[u16], span: Span) -> Result<Item, EvalError> {
        match String::from_utf16(units) {
            Ok(text) => self.text(text, span),
            Err(_) => Err(EvalError::unsupported(span, "half of a character beyond U+FFFF")),
        }
    }

    /// `key in item`.
    pub(super) fn has(&mut self, item: &Item, key: &Item, span: Span) -> Result<bool, EvalError> {
        let key = self.text_of(key, span)?;
        let found = match item {
            Item::Object(entries) => entries.get(&key).is_some(),
            Item::List(list) => &*key == "length" || index(&key).is_some_and(|at| (at as usize) < list.items.len()),
            Item::Date(_) => false,
            Item::Pattern(_) | Item::Function(_) | Item::Iterator(_) => {
                return Err(EvalError::unsupported(span, "`in` for what is neither list nor object"));
            }
            _ => return Err(EvalError::wrong(span, "expected an object behind `in`")),
        };
        Ok(found || method::has_method(item, &key) || method::inherited(&key))
    }

    /// Runs a function.
    pub(super) fn run(&mut self, function: &Function, arguments: Vec<Item>, span: Span) -> Result<Item, EvalError> {
        self.budget.spend(1, span)?;
        match function {
            Function::Own("", name) => method::global(self, name, arguments, span),
            Function::Own(space, name) => {
                method::call(self, Item::Function(Function::Own("", space)), name, arguments, span)
            }
            Function::Arrow(id, outer) => {
                let expr = self.expr;
                let Term::Arrow { body, .. } = expr.term(*id) else { return Ok(Item::Undefined) };
                self.budget.allocate((arguments.len() + 2) * SMALLEST, span)?;
                let around = outer.as_ref().map_or(0, |frame| frame.depth);
                let depth = 1 + arguments.iter().map(Item::depth).max().unwrap_or(0).max(around);
                if depth > DEEPEST {
                    return Err(too_deep(span));
                }
                let frame = Frame { arrow: *id, values: arguments, outer: outer.clone(), depth };
                let before = self.frame.replace(Rc::new(frame));
                let result = self.eval(*body);
                self.frame = before;
                result
            }
        }
    }
}

/// An item of a list, or what a match has besides.
fn element(list: &List, name: &str) -> Option<Item> {
    if let Some(at) = index(name) {
        return list.items.get(at as usize).cloned();
    }
    match (name, &list.found) {
        ("length", _) => Some(list.items.len().into()),
        ("index", Some(found)) => Some(found.index.into()),
        ("input", Some(found)) => Some(Item::Text(found.input.clone())),
        ("groups", Some(found)) => Some(found.groups.clone()),
        // The headers of a call can be read by name.
        _ => list.items.iter().find_map(|item| named(item, name)),
    }
}

/// The value of a header-like item of this name.
fn named(item: &Item, wanted: &str) -> Option<Item> {
    let Item::Object(header) = item else { return None };
    let Some(Item::Text(name)) = header.get("name") else { return None };
    if name.eq_ignore_ascii_case(wanted) { header.get("value").cloned() } else { None }
}

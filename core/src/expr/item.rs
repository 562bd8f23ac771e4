//! Values while an expression runs: JavaScript's, shared instead of copied.

use super::budget::{Budget, EvalError};
use super::pattern::Pattern;
use super::term::TermId;
use crate::span::Span;
use crate::value::{Object, Value};
use alloc::{
    rc::Rc,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::cell::Cell;

#[derive(Clone, Debug)]
pub(super) enum Item {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    Text(Arc<str>),
    List(Rc<List>),
    Object(Rc<Entries>),
    /// A moment in milliseconds since 1970, or NaN.
    Date(Rc<f64>),
    Pattern(Rc<Matcher>),
    /// What `matchAll`, `keys` and their kin give; it can only be spread or made a list.
    Iterator(Rc<List>),
    Function(Function),
}

/// A function as a value.
#[derive(Clone, Debug)]
pub(super) enum Function {
    /// One of the language's own, by its name space (empty for none) and name.
    Own(&'static str, &'static str),
    /// An arrow function, and what was around it.
    Arrow(TermId, Option<Rc<Frame>>),
}

/// Values of the parameters of an arrow function that runs or ran.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) arrow: TermId,
    pub(super) values: Vec<Item>,
    pub(super) outer: Option<Rc<Frame>>,
    pub(super) depth: usize,
}

#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) items: Vec<Item>,
    /// For the result of a match, what it has besides its items.
    pub(super) found: Option<Found>,
    depth: usize,
}

#[derive(Debug)]
pub(super) struct Found {
    pub(super) index: usize,
    pub(super) input: Arc<str>,
    pub(super) groups: Item,
}

/// The entries of an object, in JavaScript's order: indexes first.
#[derive(Debug, Default)]
pub(super) struct Entries {
    entries: Vec<(Arc<str>, Item)>,
    depth: usize,
}

/// A regular expression and where it stopped last.
#[derive(Debug)]
pub(super) struct Matcher {
    pub(super) pattern: Arc<Pattern>,
    pub(super) last: Cell<usize>,
}

impl List {
    pub(super) fn new(items: Vec<Item>) -> List {
        let depth = 1 + items.iter().map(Item::depth).max().unwrap_or(0);
        List { items, found: None, depth }
    }
}

impl Entries {
    pub(super) fn get(&self, key: &str) -> Option<&Item> {
        self.entries.iter().find(|(name, _)| &**name == key).map(|(_, item)| item)
    }

    pub(super) fn set(&mut self, key: Arc<str>, item: Item) {
        self.depth = self.depth.max(1 + item.depth());
        if let Some((_, old)) = self.entries.iter_mut().find(|(name, _)| *name == key) {
            *old = item;
            return;
        }
        match index(&key) {
            Some(number) => {
                let at = self.entries.iter().take_while(|(name, _)| index(name).is_some_and(|other| other < number));
                let at = at.count();
                self.entries.insert(at, (key, item));
            }
            None => self.entries.push((key, item)),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Item)> {
        self.entries.iter().map(|(key, item)| (key, item))
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

impl Item {
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Item::Undefined | Item::Null)
    }

    pub(super) fn text(text: impl Into<Arc<str>>) -> Item {
        Item::Text(text.into())
    }

    /// How deep lists, objects and functions nest in it. It is bounded, so that a walk may recurse.
    pub(super) fn depth(&self) -> usize {
        match self {
            Item::List(list) | Item::Iterator(list) => list.depth,
            Item::Object(entries) => entries.depth,
            Item::Function(Function::Arrow(_, Some(frame))) => frame.depth,
            _ => 0,
        }
    }

    /// A value from outside, paid for.
    pub(super) fn from_value(value: &Value, budget: &mut Budget, span: Span) -> Result<Item, EvalError> {
        let plain = match value {
            Value::Null => Some(Item::Null),
            Value::Bool(truth) => Some(Item::Bool(*truth)),
            Value::Number(number) => Some(Item::Number(*number)),
            Value::String(_) | Value::Array(_) | Value::Object(_) => None,
        };
        if let Some(item) = plain {
            budget.allocate(SMALLEST, span)?;
            return Ok(item);
        }
        let mut bytes = 0;
        let item = convert(value, 0, &mut bytes).ok_or_else(|| too_deep(span))?;
        budget.allocate(bytes, span)?;
        Ok(item)
    }

    /// The value to leave with, paid for; nothing for `undefined` and functions.
    pub(super) fn into_value(self, budget: &mut Budget, span: Span) -> Result<Option<Value>, EvalError> {
        budget.spend(1, span)?;
        budget.allocate(SMALLEST, span)?;
        Ok(Some(match self {
            Item::Undefined | Item::Function(_) => return Ok(None),
            Item::Null => Value::Null,
            Item::Bool(truth) => Value::Bool(truth),
            Item::Number(number) => Value::Number(number),
            Item::Text(text) => {
                budget.allocate(text.len(), span)?;
                Value::String(text.to_string())
            }
            Item::List(list) => {
                let item = |item: &Item| Ok(item.clone().into_value(budget, span)?.unwrap_or_default());
                Value::Array(list.items.iter().map(item).collect::<Result<_, _>>()?)
            }
            Item::Object(entries) => {
                let mut object = Object::new();
                for (key, item) in entries.iter() {
                    budget.allocate(key.len(), span)?;
                    if let Some(value) = item.clone().into_value(budget, span)? {
                        object.set(key.to_string(), value);
                    }
                }
                Value::Object(object)
            }
            Item::Date(moment) => super::date::iso(*moment).map_or(Value::Null, Value::String),
            Item::Pattern(_) | Item::Iterator(_) => Value::Object(Object::new()),
        }))
    }
}

fn convert(value: &Value, depth: usize, bytes: &mut usize) -> Option<Item> {
    *bytes += SMALLEST;
    if depth > DEEPEST {
        return None;
    }
    Some(match value {
        Value::Null => Item::Null,
        Value::Bool(truth) => Item::Bool(*truth),
        Value::Number(number) => Item::Number(*number),
        Value::String(text) => {
            *bytes += text.len();
            Item::from(text.as_str())
        }
        Value::Array(items) => {
            let items: Option<Vec<Item>> = items.iter().map(|item| convert(item, depth + 1, bytes)).collect();
            Item::from(items?)
        }
        Value::Object(object) => {
            let mut entries = Entries::default();
            for (key, value) in object.iter() {
                *bytes += key.len() + SMALLEST;
                let item = convert(value, depth + 1, bytes)?;
                // Names differ already; only indexes have to find their place.
                if index(key).is_some() {
                    entries.set(key.into(), item);
                } else {
                    entries.depth = entries.depth.max(item.depth());
                    entries.entries.push((key.into(), item));
                }
            }
            entries.depth += 1;
            Item::Object(Rc::new(entries))
        }
    })
}

/// A key that is the index of a list.
pub(super) fn index(key: &str) -> Option<u32> {
    let whole = key == "0" || !key.starts_with('0');
    let digits = whole && key.bytes().all(|byte| byte.is_ascii_digit());
    if digits { key.parse().ok().filter(|index| *index < u32::MAX) } else { None }
}

pub(super) fn too_deep(span: Span) -> EvalError {
    EvalError::wrong(span, "the value nests too deep")
}

impl From<bool> for Item {
    fn from(truth: bool) -> Item {
        Item::Bool(truth)
    }
}
impl From<f64> for Item {
    fn from(number: f64) -> Item {
        Item::Number(number)
    }
}
impl From<usize> for Item {
    fn from(number: usize) -> Item {
        Item::Number(number as f64)
    }
}
impl From<&str> for Item {
    fn from(text: &str) -> Item {
        Item::text(text)
    }
}
impl From<String> for Item {
    fn from(text: String) -> Item {
        Item::text(text)
    }
}
impl From<Vec<Item>> for Item {
    fn from(items: Vec<Item>) -> Item {
        Item::List(Rc::new(List::new(items)))
    }
}

/// What the smallest value takes.
pub(super) const SMALLEST: usize = 16;
/// How deep values may nest.
pub(super) const DEEPEST: usize = 128;

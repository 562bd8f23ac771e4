//! Functions that come with the language. Each file holds those of one type.

mod array;
mod callback;
mod date;
mod json;
mod math;
mod names;
mod number;
mod object;
mod pattern;
mod string;
mod uri;

pub(super) use math::{constant, power};
pub(super) use names::{callable, foreign, has_method, inherited, is_global, own, uncalled};

use super::budget::EvalError;
use super::convert;
use super::eval::Machine;
use super::item::{Function, Item};
use crate::span::Span;
use alloc::{
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};

type Result<T = Item> = core::result::Result<T, EvalError>;

/// `value.name(arguments)`.
pub(super) fn call(machine: &mut Machine<'_>, item: Item, name: &str, arguments: Vec<Item>, span: Span) -> Result {
    let mut cx = Call { machine, arguments, name, span };
    let found = match &item {
        Item::Function(Function::Own("", space)) if own(space, name).is_some() => match *space {
            "Math" => math::space(&mut cx)?,
            "Number" => number::space(&mut cx)?,
            "JSON" => json::space(&mut cx)?,
            "Date" => date::space(&mut cx)?,
            "Array" => array::space(&mut cx)?,
            "String" => string::space(&mut cx)?,
            _ => object::space(&mut cx)?,
        },
        Item::Function(function) => match name {
            "call" => Some(cx.forward(function, |cx| Ok(cx.arguments.drain(..).skip(1).collect()))?),
            "apply" => Some(cx.forward(function, |cx| match cx.item(1) {
                Item::Undefined | Item::Null => Ok(Vec::new()),
                list => cx.machine.spread(list, cx.span),
            })?),
            _ => None,
        },
        Item::Undefined | Item::Null => {
            let message = format!("cannot call `{name}` of {}", convert::text(&item));
            return Err(EvalError::wrong(span, message));
        }
        Item::Text(text) => string::method(&mut cx, text)?,
        Item::Number(value) => number::method(&mut cx, *value)?,
        Item::Bool(_) => match name {
            "toString" => Some(Item::Text(convert::text(&item))),
            "valueOf" => Some(item.clone()),
            _ => None,
        },
        Item::List(list) => array::method(&mut cx, list)?,
        Item::Object(entries) => match entries.get(name) {
            Some(Item::Function(function)) => Some(cx.forward(function, |cx| Ok(cx.arguments.split_off(0)))?),
            Some(_) => return Err(EvalError::wrong(span, format!("`{name}` is not a function"))),
            None => object::method(&mut cx, entries)?,
        },
        Item::Date(moment) => date::method(&mut cx, **moment)?,
        Item::Pattern(matcher) => pattern::method(&mut cx, matcher)?,
        Item::Iterator(_) => None,
    };
    match found {
        Some(item) => Ok(item),
        None if names::changes(&item, name) => {
            let message = format!("`{name}` changes its list, which expressions cannot do; make a new one instead");
            Err(EvalError::new(super::EvalErrorKind::Unsupported, span, message))
        }
        None if has_method(&item, name) || inherited(name) => Err(EvalError::unsupported(span, name)),
        None => Err(EvalError::wrong(span, format!("`{name}` is not a function"))),
    }
}

/// `name(arguments)`.
pub(super) fn global(machine: &mut Machine<'_>, name: &'static str, arguments: Vec<Item>, span: Span) -> Result {
    let mut cx = Call { machine, arguments, name, span };
    let first = cx.item(0);
    let given = !cx.arguments.is_empty();
    Ok(match name {
        "Boolean" => convert::truthy(&first).into(),
        "Number" if !given => 0.0.into(),
        "Number" => cx.number(0)?.into(),
        "String" if !given => "".into(),
        "String" => Item::Text(cx.text(0)?),
        "isNaN" => cx.number(0)?.is_nan().into(),
        "isFinite" => cx.number(0)?.is_finite().into(),
        "parseFloat" => number::parse_float(&cx.text(0)?).into(),
        "parseInt" => number::parse_int(&cx.text(0)?, cx.number(1)?).into(),
        "encodeURIComponent" | "encodeURI" => {
            let text = uri::encode(&cx.text(0)?, name == "encodeURI");
            cx.machine.text(text, span)?
        }
        "decodeURIComponent" | "decodeURI" => match uri::decode(&cx.text(0)?, name == "decodeURI") {
            Some(text) => cx.machine.text(text, span)?,
            None => return Err(EvalError::wrong(span, "expected `%` and two hexadecimal digits")),
        },
        "Date" => cx.machine.text(super::date::text(super::date::clip(cx.machine.scope.now_ms())), span)?,
        "Array" | "Object" | "RegExp" => construct(cx.machine, name, cx.arguments, span)?,
        _ => return Err(EvalError::wrong(span, format!("`{name}` is not a function"))),
    })
}

/// `new name(arguments)`.
pub(super) fn construct(machine: &mut Machine<'_>, name: &str, arguments: Vec<Item>, span: Span) -> Result {
    let mut cx = Call { machine, arguments, name, span };
    match name {
        "Date" => date::construct(&mut cx),
        "RegExp" => pattern::construct(&mut cx),
        "Array" => match cx.arguments.as_slice() {
            [Item::Number(length)] if *length != 0.0 => {
                let message = "a list of nothing but a length is not supported; write `Array.from({length: …})`";
                Err(EvalError::new(super::EvalErrorKind::Unsupported, span, message.to_string()))
            }
            [Item::Number(_)] => cx.machine.list(Vec::new(), span),
            _ => cx.machine.list(cx.arguments, span),
        },
        _ => match cx.item(0) {
            Item::Undefined | Item::Null => Ok(Item::Object(alloc::rc::Rc::default())),
            Item::Bool(_) | Item::Number(_) | Item::Text(_) => {
                Err(EvalError::unsupported(span, "an object around a plain value"))
            }
            other => Ok(other),
        },
    }
}

/// `item instanceof kind`.
pub(super) fn instance_of(item: &Item, kind: &Item, span: Span) -> Result<bool> {
    let Item::Function(Function::Own("", name)) = kind else {
        return match kind {
            Item::Function(_) => Err(EvalError::unsupported(span, "`instanceof` with a function")),
            _ => Err(EvalError::wrong(span, "expected a type behind `instanceof`")),
        };
    };
    let simple = matches!(item, Item::Undefined | Item::Null | Item::Bool(_) | Item::Number(_) | Item::Text(_));
    Ok(match *name {
        "Object" => !simple,
        "Array" => matches!(item, Item::List(_)),
        "Date" => matches!(item, Item::Date(_)),
        "RegExp" => matches!(item, Item::Pattern(_)),
        "String" | "Number" | "Boolean" => false,
        _ => return Err(EvalError::wrong(span, "expected a type behind `instanceof`")),
    })
}

/// One call of a function.
struct Call<'c, 'm> {
    machine: &'c mut Machine<'m>,
    arguments: Vec<Item>,
    name: &'c str,
    span: Span,
}

impl Call<'_, '_> {
    /// An argument; `undefined` where there is none.
    fn item(&self, index: usize) -> Item {
        self.arguments.get(index).cloned().unwrap_or(Item::Undefined)
    }

    fn given(&self, index: usize) -> bool {
        !matches!(self.arguments.get(index), None | Some(Item::Undefined))
    }

    /// Whether a text is wanted in another way than that of the United States.
    fn is_localised(&self) -> bool {
        let locale =
            matches!(self.item(0), Item::Undefined) || matches!(self.item(0), Item::Text(text) if &*text == "en-US");
        self.given(1) || !locale
    }

    fn number(&mut self, index: usize) -> Result<f64> {
        let item = self.item(index);
        self.machine.number(&item, self.span)
    }

    /// As a whole number; `undefined` is 0.
    fn integer(&mut self, index: usize) -> Result<f64> {
        Ok(convert::integer(self.number(index)?))
    }

    fn text(&mut self, index: usize) -> Result<Arc<str>> {
        let item = self.item(index);
        self.machine.text_of(&item, self.span)
    }

    fn callback(&self, index: usize) -> Result<Function> {
        match self.arguments.get(index) {
            Some(Item::Function(function)) => Ok(function.clone()),
            _ => Err(EvalError::wrong(self.span, format!("expected a function as argument of `{}`", self.name))),
        }
    }

    fn run(&mut self, callback: &Function, arguments: Vec<Item>) -> Result {
        self.machine.run(callback, arguments, self.span)
    }

    /// Runs a function that was named instead of called.
    fn forward(&mut self, function: &Function, arguments: impl FnOnce(&mut Self) -> Result<Vec<Item>>) -> Result {
        let arguments = arguments(self)?;
        self.run(function, arguments)
    }

    /// A list of values, paid for.
    fn list(&mut self, items: Vec<Item>) -> Result<Option<Item>> {
        self.machine.list(items, self.span).map(Some)
    }

    fn iterator(&mut self, items: Vec<Item>) -> Result<Option<Item>> {
        match self.machine.list(items, self.span)? {
            Item::List(list) => Ok(Some(Item::Iterator(list))),
            other => Ok(Some(other)),
        }
    }

    fn string(&mut self, text: impl Into<Arc<str>>) -> Result<Option<Item>> {
        self.machine.text(text, self.span).map(Some)
    }

    /// A start or end counted from the back when negative, kept within the length.
    fn position(&mut self, index: usize, length: usize, otherwise: usize) -> Result<usize> {
        if !self.given(index) {
            return Ok(otherwise);
        }
        let whole = self.integer(index)?;
        let length = length as f64;
        let at = if whole < 0.0 { (length + whole).max(0.0) } else { whole.min(length) };
        Ok(at as usize)
    }

    /// A position kept within the length.
    fn within(&mut self, index: usize, length: usize, otherwise: usize) -> Result<usize> {
        if !self.given(index) {
            return Ok(otherwise);
        }
        Ok(self.integer(index)?.clamp(0.0, length as f64) as usize)
    }

    fn refuse<T>(&self, what: &str) -> Result<T> {
        Err(EvalError::unsupported(self.span, what))
    }

    fn wrong<T>(&self, message: impl Into<String>) -> Result<T> {
        Err(EvalError::wrong(self.span, message))
    }
}

//! Functions that come with the language. Each file holds those of one type.

mod array;
mod number;
mod object;
mod string;
mod uri;

pub(super) use number::{constant, power};

use super::budget::EvalError;
use super::convert;
use super::eval::{Argument, Callback, Item, Machine};
use crate::span::Span;
use crate::value::Value;
use alloc::{format, string::String, vec::Vec};

type Result<T = Item> = core::result::Result<T, EvalError>;

/// `value.name(arguments)`.
pub(super) fn call(machine: &mut Machine<'_>, item: Item, name: &str, arguments: Vec<Argument>, span: Span) -> Result {
    let mut cx = Call { machine, arguments, name, span };
    let found = match item {
        Item::Function(space) => match space {
            "Math" | "Number" => number::space(&mut cx, space)?,
            "JSON" | "Object" | "Array" | "String" => object::space(&mut cx, space)?,
            _ => None,
        },
        Item::Undefined | Item::Value(Value::Null) => {
            let message = format!("cannot call `{name}` of {}", convert::text(&item));
            return Err(EvalError::wrong(span, message));
        }
        Item::Value(Value::String(text)) => string::method(&mut cx, &text)?,
        Item::Value(Value::Number(value)) => number::method(&mut cx, value)?,
        Item::Value(Value::Array(items)) => array::method(&mut cx, items)?,
        Item::Value(Value::Bool(_)) if matches!(name, "toString" | "valueOf") => match name {
            "toString" => Some(convert::text(&item).into()),
            _ => Some(item),
        },
        Item::Value(Value::Object(object)) => object::method(&mut cx, &object)?,
        Item::Value(Value::Bool(_)) => None,
    };
    found.ok_or_else(|| match KNOWN.contains(&name) {
        true => EvalError::unsupported(span, name),
        false => EvalError::wrong(span, format!("`{name}` is not a function")),
    })
}

/// `name(arguments)`.
pub(super) fn global(machine: &mut Machine<'_>, name: &'static str, arguments: Vec<Argument>, span: Span) -> Result {
    let mut cx = Call { machine, arguments, name, span };
    let first = cx.item(0);
    let given = !cx.arguments.is_empty();
    Ok(match name {
        "Boolean" => convert::truthy(&first).into(),
        "Number" if !given => 0.0.into(),
        "Number" => convert::number(&first).into(),
        "String" if !given => "".into(),
        "String" => cx.text(0)?.into(),
        "isNaN" => convert::number(&first).is_nan().into(),
        "isFinite" => convert::number(&first).is_finite().into(),
        "parseFloat" => number::parse_float(&cx.text(0)?).into(),
        "parseInt" => number::parse_int(&cx.text(0)?, &cx.item(1)).into(),
        "encodeURIComponent" => {
            let text = uri::encode(&cx.text(0)?);
            cx.machine.text(text, span)?
        }
        "decodeURIComponent" => match uri::decode(&cx.text(0)?) {
            Some(text) => cx.machine.text(text, span)?,
            None => return Err(EvalError::wrong(span, "expected `%` and two hexadecimal digits")),
        },
        "Array" | "Object" => return Err(EvalError::unsupported(span, name)),
        _ => return Err(EvalError::wrong(span, format!("`{name}` is not a function"))),
    })
}

/// One call of a function.
struct Call<'c, 'm> {
    machine: &'c mut Machine<'m>,
    arguments: Vec<Argument>,
    name: &'c str,
    span: Span,
}

impl Call<'_, '_> {
    /// An argument; `undefined` where there is none.
    fn item(&self, index: usize) -> Item {
        match self.arguments.get(index) {
            Some(Argument::Item(item)) => item.clone(),
            Some(Argument::Callback(Callback::Function(name))) => Item::Function(name),
            Some(Argument::Callback(Callback::Arrow(_))) | None => Item::Undefined,
        }
    }

    fn given(&self, index: usize) -> bool {
        !matches!(self.arguments.get(index), None | Some(Argument::Item(Item::Undefined)))
    }

    fn number(&self, index: usize) -> f64 {
        convert::number(&self.item(index))
    }

    fn text(&mut self, index: usize) -> Result<String> {
        let item = self.item(index);
        self.machine.text_of(&item, self.span)
    }

    fn callback(&self, index: usize) -> Result<Callback> {
        match self.arguments.get(index) {
            Some(Argument::Callback(callback)) => Ok(*callback),
            _ => Err(EvalError::wrong(self.span, format!("expected a function as argument of `{}`", self.name))),
        }
    }

    fn run(&mut self, callback: Callback, arguments: &[Item]) -> Result {
        self.machine.run(callback, arguments, self.span)
    }

    /// A list of new values, paid for.
    fn list(&mut self, items: Vec<Value>) -> Result<Option<Item>> {
        self.machine.budget.allocate(items.iter().map(super::eval::size).sum(), self.span)?;
        Ok(Some(items.into()))
    }

    fn string(&mut self, text: String) -> Result<Option<Item>> {
        self.machine.text(text, self.span).map(Some)
    }

    /// A start or end counted from the back when negative, kept within the length.
    fn position(&self, index: usize, length: usize, otherwise: usize) -> usize {
        if !self.given(index) {
            return otherwise;
        }
        relative(self.number(index), length)
    }
}

/// A position counted from the back when negative, kept within the length.
fn relative(number: f64, length: usize) -> usize {
    let whole = convert::integer(number);
    let length = length as f64;
    let at = if whole < 0.0 { (length + whole).max(0.0) } else { whole.min(length) };
    at as usize
}

/// What JavaScript has and we do not.
static KNOWN: &[&str] = &[
    "codePointAt",
    "copyWithin",
    "entries",
    "exec",
    "fill",
    "flatMap",
    "forEach",
    "getTime",
    "keys",
    "localeCompare",
    "match",
    "matchAll",
    "normalize",
    "now",
    "pop",
    "push",
    "random",
    "search",
    "shift",
    "splice",
    "test",
    "toExponential",
    "toLocaleString",
    "toPrecision",
    "toSorted",
    "unshift",
    "values",
];

//! Terms to values.

use super::Expr;
use super::budget::{Budget, EvalError};
use super::convert::{self, bits, number, text, truthy};
use super::method;
use super::path::property;
use super::term::{Binary, Element, Logical, Property, Term, TermId, Unary};
use crate::span::Span;
use crate::value::{Object, Value};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Answers names.
pub trait Scope {
    /// The value of a root name (`call`, `vars`, `prompt_value` …); `None` where nothing set it.
    fn lookup(&self, name: &str) -> Option<Value>;
}

/// What JavaScript has beyond values.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Undefined,
    Value(Value),
    /// A function that comes with the language, by its name.
    Function(&'static str),
}

impl Item {
    pub(super) fn into_value(self) -> Value {
        match self {
            Item::Value(value) => value,
            Item::Undefined | Item::Function(_) => Value::Null,
        }
    }
}

impl<T: Into<Value>> From<T> for Item {
    fn from(value: T) -> Item {
        Item::Value(value.into())
    }
}

pub(super) fn eval(expr: &Expr, scope: &dyn Scope, budget: &mut Budget) -> Result<Item, EvalError> {
    let mut machine = Machine { expr, scope, budget, locals: Vec::new() };
    machine.eval(expr.root)
}

/// What a method calls back: an arrow function, or one of the language's own.
#[derive(Clone, Copy)]
pub(super) enum Callback {
    Arrow(TermId),
    Function(&'static str),
}

/// An argument of a call.
pub(super) enum Argument {
    Item(Item),
    Callback(Callback),
}

pub(super) struct Machine<'a> {
    expr: &'a Expr,
    scope: &'a dyn Scope,
    pub(super) budget: &'a mut Budget,
    /// Parameters of the arrow functions that run.
    locals: Vec<(&'a str, Item)>,
}

impl<'a> Machine<'a> {
    fn eval(&mut self, id: TermId) -> Result<Item, EvalError> {
        let span = self.expr.span(id);
        self.budget.spend(1, span)?;
        let expr = self.expr;
        Ok(match expr.term(id) {
            Term::Undefined => Item::Undefined,
            Term::Null => Item::Value(Value::Null),
            Term::Bool(truth) => (*truth).into(),
            Term::Number(number) => (*number).into(),
            Term::Text(text) => self.text(text.clone(), span)?,
            Term::Template(texts, terms) => {
                let mut whole = String::new();
                for (index, piece) in texts.iter().enumerate() {
                    whole.push_str(piece);
                    if let Some(term) = terms.get(index) {
                        let item = self.eval(*term)?;
                        whole.push_str(&self.text_of(&item, span)?);
                    }
                }
                self.text(whole, span)?
            }
            Term::Array(items) => self.elements(items, span)?.into(),
            Term::Object(properties) => self.object(properties, span)?.into(),
            Term::Name(name) => self.name(name, span)?,
            Term::Unary(operator, operand) => self.unary(*operator, *operand)?,
            Term::Binary(..) | Term::Logical(..) => self.chain(id)?,
            Term::Conditional(test, yes, no) => {
                let test = self.eval(*test)?;
                self.eval(if truthy(&test) { *yes } else { *no })?
            }
            Term::Member { .. } | Term::Index { .. } | Term::Call { .. } => self.access(id)?.unwrap_or(Item::Undefined),
            Term::Arrow { .. } => return Err(EvalError::wrong(span, "expected a value, found a function")),
        })
    }

    /// Operators of one chain from the left, without recursion on that side.
    fn chain(&mut self, id: TermId) -> Result<Item, EvalError> {
        let expr = self.expr;
        let mut spine = Vec::new();
        let mut leftmost = id;
        while let Term::Binary(_, left, _) | Term::Logical(_, left, _) = expr.term(leftmost) {
            spine.push(leftmost);
            leftmost = *left;
        }
        let mut left = self.eval(leftmost)?;
        while let Some(id) = spine.pop() {
            let span = expr.span(id);
            self.budget.spend(1, span)?;
            left = match expr.term(id) {
                Term::Binary(operator, _, right) => {
                    let right = self.eval(*right)?;
                    self.binary(*operator, left, right, span)?
                }
                Term::Logical(operator, _, right) => {
                    let decided = match operator {
                        Logical::And => !truthy(&left),
                        Logical::Or => truthy(&left),
                        Logical::Coalesce => !matches!(left, Item::Undefined | Item::Value(Value::Null)),
                    };
                    if decided { left } else { self.eval(*right)? }
                }
                _ => left,
            };
        }
        Ok(left)
    }

    fn binary(&mut self, operator: Binary, left: Item, right: Item, span: Span) -> Result<Item, EvalError> {
        use core::cmp::Ordering::{Equal, Greater, Less};
        let order =
            |wanted: &[core::cmp::Ordering]| convert::order(&left, &right).is_some_and(|order| wanted.contains(&order));
        let numbers = || (number(&left), number(&right));
        Ok(match operator {
            Binary::Add => {
                let textual = |item: &Item| {
                    matches!(
                        item,
                        Item::Value(Value::String(_) | Value::Array(_) | Value::Object(_)) | Item::Function(_)
                    )
                };
                if !textual(&left) && !textual(&right) {
                    return Ok((number(&left) + number(&right)).into());
                }
                let (left, right) = (self.text_of(&left, span)?, self.text_of(&right, span)?);
                self.text(left + &right, span)?
            }
            Binary::Subtract => (number(&left) - number(&right)).into(),
            Binary::Multiply => (number(&left) * number(&right)).into(),
            Binary::Divide => (number(&left) / number(&right)).into(),
            Binary::Remainder => {
                let (left, right) = numbers();
                libm::fmod(left, right).into()
            }
            Binary::Power => {
                let (base, exponent) = numbers();
                method::power(base, exponent).into()
            }
            Binary::Equal => convert::equal(&left, &right).into(),
            Binary::NotEqual => (!convert::equal(&left, &right)).into(),
            Binary::Same => convert::same(&left, &right).into(),
            Binary::NotSame => (!convert::same(&left, &right)).into(),
            Binary::Less => order(&[Less]).into(),
            Binary::LessOrEqual => order(&[Less, Equal]).into(),
            Binary::Greater => order(&[Greater]).into(),
            Binary::GreaterOrEqual => order(&[Greater, Equal]).into(),
            Binary::In => match &right {
                Item::Value(Value::Object(object)) => object.get(&text(&left)).is_some().into(),
                Item::Value(Value::Array(items)) => {
                    let index = number(&left);
                    (index >= 0.0 && index < items.len() as f64 && libm::trunc(index) == index).into()
                }
                _ => return Err(EvalError::wrong(span, "expected an object behind `in`")),
            },
            Binary::BitAnd => f64::from(bits(&left) & bits(&right)).into(),
            Binary::BitOr => f64::from(bits(&left) | bits(&right)).into(),
            Binary::BitXor => f64::from(bits(&left) ^ bits(&right)).into(),
            Binary::ShiftLeft => f64::from(bits(&left).wrapping_shl(bits(&right).cast_unsigned())).into(),
            Binary::ShiftRight => f64::from(bits(&left).wrapping_shr(bits(&right).cast_unsigned())).into(),
            Binary::ShiftRightZero => {
                f64::from(bits(&left).cast_unsigned().wrapping_shr(bits(&right).cast_unsigned())).into()
            }
        })
    }

    fn unary(&mut self, operator: Unary, operand: TermId) -> Result<Item, EvalError> {
        let item = self.eval(operand)?;
        Ok(match operator {
            Unary::Not => (!truthy(&item)).into(),
            Unary::Minus => (-number(&item)).into(),
            Unary::Plus => number(&item).into(),
            Unary::BitNot => f64::from(!bits(&item)).into(),
            Unary::TypeOf => convert::type_of(&item).into(),
            Unary::Void => Item::Undefined,
        })
    }

    fn name(&mut self, name: &str, span: Span) -> Result<Item, EvalError> {
        if let Some((_, item)) = self.locals.iter().rev().find(|(local, _)| *local == name) {
            return Ok(item.clone());
        }
        if let Some(value) = self.scope.lookup(name) {
            self.budget.allocate(size(&value), span)?;
            return Ok(Item::Value(value));
        }
        Ok(match name {
            "NaN" => f64::NAN.into(),
            "Infinity" => f64::INFINITY.into(),
            _ => {
                GLOBALS.iter().find(|global| **global == name).map_or(Item::Undefined, |global| Item::Function(global))
            }
        })
    }

    /// Properties, indexes and calls. `None` when a `?.` found nothing and the rest is skipped.
    fn access(&mut self, id: TermId) -> Result<Option<Item>, EvalError> {
        let expr = self.expr;
        let span = expr.span(id);
        match expr.term(id) {
            Term::Member { object, name, optional } => {
                let Some(item) = self.object_of(*object, *optional)? else { return Ok(None) };
                self.get(item, name, span).map(Some)
            }
            Term::Index { object, index, optional } => {
                let Some(item) = self.object_of(*object, *optional)? else { return Ok(None) };
                let index = self.eval(*index)?;
                let name = self.text_of(&index, span)?;
                self.get(item, &name, span).map(Some)
            }
            Term::Call { callee, arguments, optional } => {
                let (object, name) = match expr.term(*callee) {
                    Term::Member { object, name, optional } => (Some((*object, *optional)), name.clone()),
                    Term::Index { object, index, optional } => {
                        let index = self.eval(*index)?;
                        (Some((*object, *optional)), text(&index))
                    }
                    Term::Name(name) => (None, name.clone()),
                    _ => return Err(EvalError::wrong(span, "expected the name of a function")),
                };
                let Some((object, reaches)) = object else {
                    return match self.name(&name, span)? {
                        Item::Function(function) => {
                            let arguments = self.arguments(arguments)?;
                            method::global(self, function, arguments, span).map(Some)
                        }
                        Item::Undefined if *optional => Ok(None),
                        _ => Err(EvalError::wrong(span, format!("`{name}` is not a function"))),
                    };
                };
                let Some(item) = self.object_of(object, reaches)? else { return Ok(None) };
                let arguments = self.arguments(arguments)?;
                method::call(self, item, &name, arguments, span).map(Some)
            }
            _ => self.eval(id).map(Some),
        }
    }

    /// The left side of `.`; `None` when it is nothing and that is allowed.
    fn object_of(&mut self, id: TermId, optional: bool) -> Result<Option<Item>, EvalError> {
        self.budget.spend(1, self.expr.span(id))?;
        let Some(item) = self.access(id)? else { return Ok(None) };
        if optional && matches!(item, Item::Undefined | Item::Value(Value::Null)) {
            return Ok(None);
        }
        Ok(Some(item))
    }

    fn get(&mut self, item: Item, name: &str, span: Span) -> Result<Item, EvalError> {
        match item {
            Item::Undefined | Item::Value(Value::Null) => {
                Err(EvalError::wrong(span, format!("cannot read `{name}` of {}", text(&item))))
            }
            Item::Value(value) => {
                let found = property(value, name);
                if let Item::Value(value) = &found {
                    self.budget.allocate(size(value), span)?;
                }
                Ok(found)
            }
            Item::Function(function) => Ok(method::constant(function, name)),
        }
    }

    fn arguments(&mut self, elements: &[Element]) -> Result<Vec<Argument>, EvalError> {
        let mut arguments = Vec::new();
        for element in elements {
            let span = self.expr.span(element.term);
            if let (Term::Arrow { .. }, false) = (self.expr.term(element.term), element.spread) {
                arguments.push(Argument::Callback(Callback::Arrow(element.term)));
                continue;
            }
            match self.eval(element.term)? {
                Item::Function(function) => arguments.push(Argument::Callback(Callback::Function(function))),
                item if element.spread => {
                    arguments
                        .extend(self.spread(item, span)?.into_iter().map(|value| Argument::Item(Item::Value(value))));
                }
                item => arguments.push(Argument::Item(item)),
            }
        }
        Ok(arguments)
    }

    /// Runs a callback.
    pub(super) fn run(&mut self, callback: Callback, arguments: &[Item], span: Span) -> Result<Item, EvalError> {
        self.budget.spend(1, span)?;
        match callback {
            Callback::Function(function) => {
                let arguments = arguments.iter().cloned().map(Argument::Item).collect();
                method::global(self, function, arguments, span)
            }
            Callback::Arrow(id) => {
                let expr = self.expr;
                let Term::Arrow { parameters, body } = expr.term(id) else { return Ok(Item::Undefined) };
                let before = self.locals.len();
                for (index, name) in parameters.iter().enumerate() {
                    self.locals.push((name, arguments.get(index).cloned().unwrap_or(Item::Undefined)));
                }
                let result = self.eval(*body);
                self.locals.truncate(before);
                result
            }
        }
    }

    fn elements(&mut self, elements: &[Element], span: Span) -> Result<Vec<Value>, EvalError> {
        let mut items = Vec::new();
        for element in elements {
            let item = self.eval(element.term)?;
            if element.spread {
                items.extend(self.spread(item, span)?);
            } else {
                items.push(item.into_value());
            }
        }
        self.budget.allocate(items.iter().map(size).sum(), span)?;
        Ok(items)
    }

    fn spread(&mut self, item: Item, span: Span) -> Result<Vec<Value>, EvalError> {
        match item {
            Item::Value(Value::Array(items)) => Ok(items),
            Item::Value(Value::String(text)) => {
                self.budget.allocate(text.len() * SMALLEST, span)?;
                Ok(text.chars().map(|c| Value::String(c.to_string())).collect())
            }
            other => {
                Err(EvalError::wrong(span, format!("expected a list behind `...`, found {}", convert::type_of(&other))))
            }
        }
    }

    fn object(&mut self, properties: &[Property], span: Span) -> Result<Object, EvalError> {
        let mut object = Object::new();
        for property in properties {
            match property {
                Property::Named(name, value) => {
                    let value = self.eval(*value)?.into_value();
                    object.set(name.clone(), value);
                }
                Property::Computed(key, value) => {
                    let key = self.eval(*key)?;
                    let key = self.text_of(&key, span)?;
                    let value = self.eval(*value)?.into_value();
                    object.set(key, value);
                }
                Property::Spread(term) => {
                    if let Item::Value(Value::Object(other)) = self.eval(*term)? {
                        other.iter().for_each(|(key, value)| object.set(key, value.clone()));
                    }
                }
            }
        }
        self.budget.allocate(object.iter().map(|(key, value)| key.len() + size(value)).sum(), span)?;
        Ok(object)
    }

    /// A new text, paid for.
    pub(super) fn text(&mut self, text: String, span: Span) -> Result<Item, EvalError> {
        self.budget.allocate(text.len() + SMALLEST, span)?;
        Ok(text.into())
    }

    /// An item as text, paid for.
    pub(super) fn text_of(&mut self, item: &Item, span: Span) -> Result<String, EvalError> {
        let text = text(item);
        self.budget.allocate(text.len(), span)?;
        Ok(text)
    }
}

/// Bytes that a value takes, roughly.
pub(super) fn size(value: &Value) -> usize {
    SMALLEST
        + match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(size).sum(),
            Value::Object(object) => object.iter().map(|(key, value)| key.len() + size(value)).sum(),
        }
}

/// Whether the language itself knows the name.
pub(super) fn is_global(name: &str) -> bool {
    matches!(name, "NaN" | "Infinity") || GLOBALS.contains(&name)
}

/// The language's functions and name spaces.
static GLOBALS: &[&str] = &[
    "Array",
    "Boolean",
    "JSON",
    "Math",
    "Number",
    "Object",
    "String",
    "decodeURIComponent",
    "encodeURIComponent",
    "isFinite",
    "isNaN",
    "parseFloat",
    "parseInt",
];

/// What the smallest value takes.
const SMALLEST: usize = 16;

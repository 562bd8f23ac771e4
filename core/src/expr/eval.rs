//! Terms to values.

use super::Expr;
use super::budget::{Budget, EvalError};
use super::convert::{self, bits, truthy};
use super::item::{DEEPEST, Entries, Frame, Function, Item, List, Matcher, SMALLEST, too_deep};
use super::method;
use super::term::{Binary, Element, Logical, Property, Term, TermId, Unary};
use crate::span::Span;
use crate::value::Value;
use alloc::{
    format,
    rc::Rc,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::cell::Cell;
use core::cmp::Ordering;

/// Answers names.
pub trait Scope {
    /// The value of a root name (`call`, `vars`, `prompt_value` …); `None` where nothing set it.
    fn lookup(&self, name: &str) -> Option<Value>;

    /// The property `name` of the root `root`, from a scope that has it without making the whole
    /// root: `Some(None)` where nothing set it, `None` to be asked for the root instead.
    fn property(&self, root: &str, name: &str) -> Option<Option<&Value>> {
        let _ = (root, name);
        None
    }

    /// The time that `Date` shows, in milliseconds since 1970. There is no clock here.
    fn now_ms(&self) -> f64 {
        0.0
    }
}

pub(super) fn eval(expr: &Expr, scope: &dyn Scope, budget: &mut Budget) -> Result<Item, EvalError> {
    Machine::new(expr, scope, budget).eval(expr.root)
}

pub(super) struct Machine<'a> {
    pub(super) expr: &'a Expr,
    pub(super) scope: &'a dyn Scope,
    pub(super) budget: &'a mut Budget,
    /// Names that were looked up, so that one name is one value; with the property, if only that was.
    pub(super) known: Known<'a>,
    /// Parameters of the arrow functions that run.
    pub(super) frame: Option<Rc<Frame>>,
    /// How deep evaluations recurse.
    pub(super) depth: usize,
    /// Lists that JavaScript would have changed in place.
    pub(super) changed: Vec<Rc<List>>,
}

/// Names with their properties and values. Most expressions have one.
#[derive(Default)]
pub(super) struct Known<'a> {
    first: Option<(&'a str, &'a str, Item)>,
    more: Vec<(&'a str, &'a str, Item)>,
}

impl<'a> Known<'a> {
    /// The value of a property of a name; of the whole name, if the property is empty.
    pub(super) fn get(&self, name: &str, property: &str) -> Option<&Item> {
        let found = self.first.iter().chain(&self.more).find(|(root, part, _)| *root == name && *part == property);
        found.map(|(.., item)| item)
    }

    pub(super) fn add(&mut self, name: &'a str, property: &'a str, item: Item) {
        match self.first {
            None => self.first = Some((name, property, item)),
            Some(_) => self.more.push((name, property, item)),
        }
    }
}

/// What a value becomes when it must be a text or a number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Any,
    Number,
}

impl<'a> Machine<'a> {
    pub(super) fn new(expr: &'a Expr, scope: &'a dyn Scope, budget: &'a mut Budget) -> Machine<'a> {
        Machine { expr, scope, budget, known: Known::default(), frame: None, depth: 0, changed: Vec::new() }
    }

    pub(super) fn eval(&mut self, id: TermId) -> Result<Item, EvalError> {
        let expr = self.expr;
        let span = expr.span(id);
        self.budget.spend(1, span)?;
        Ok(match expr.term(id) {
            Term::Undefined => Item::Undefined,
            Term::Null => Item::Null,
            Term::Bool(truth) => (*truth).into(),
            Term::Number(number) => (*number).into(),
            Term::Text(text) => Item::Text(text.clone()),
            Term::Name(name) => self.name(name, span)?,
            Term::Arrow { .. } => Item::Function(Function::Arrow(id, self.frame.clone())),
            Term::Pattern(pattern) => {
                self.budget.allocate(SMALLEST, span)?;
                Item::Pattern(Rc::new(Matcher { pattern: pattern.clone(), last: Cell::new(0) }))
            }
            _ => {
                self.deeper(span)?;
                let item = self.composed(id, span)?;
                self.depth -= 1;
                item
            }
        })
    }

    /// Notes one more level of recursion.
    pub(super) fn deeper(&mut self, span: Span) -> Result<(), EvalError> {
        self.depth += 1;
        if self.depth > RECURSIONS { Err(EvalError::wrong(span, "calls nest too deep")) } else { Ok(()) }
    }

    fn composed(&mut self, id: TermId, span: Span) -> Result<Item, EvalError> {
        let expr = self.expr;
        Ok(match expr.term(id) {
            Term::Template(texts, terms) => {
                let mut whole = String::new();
                for (index, piece) in texts.iter().enumerate() {
                    whole.push_str(piece);
                    if let Some(term) = terms.get(index) {
                        let item = self.eval(*term)?;
                        self.write_text(&item, &mut whole, span)?;
                    }
                }
                self.text(whole, span)?
            }
            Term::Array(items) => {
                let items = self.elements(items)?;
                self.list(items, span)?
            }
            Term::Object(properties) => self.object(properties, span)?,
            Term::Unary(operator, operand) => self.unary(*operator, *operand, span)?,
            Term::Binary(..) | Term::Logical(..) => self.chain(id)?,
            Term::Conditional(test, yes, no) => {
                let test = self.eval(*test)?;
                self.eval(if truthy(&test) { *yes } else { *no })?
            }
            Term::Brackets(inner) => self.eval(*inner)?,
            Term::New { name, arguments } => {
                let arguments = self.elements(arguments)?;
                method::construct(self, name, arguments, span)?
            }
            _ => self.access(id)?.unwrap_or(Item::Undefined),
        })
    }

    /// Operators of one chain from the left, without recursion on that side.
    fn chain(&mut self, id: TermId) -> Result<Item, EvalError> {
        let expr = self.expr;
        let (Term::Binary(_, left, _) | Term::Logical(_, left, _)) = expr.term(id) else { return self.eval(id) };
        if !matches!(expr.term(*left), Term::Binary(..) | Term::Logical(..)) {
            let left = self.eval(*left)?;
            return self.link(id, left);
        }
        let mut spine = Vec::new();
        let mut leftmost = id;
        while let Term::Binary(_, left, _) | Term::Logical(_, left, _) = expr.term(leftmost) {
            spine.push(leftmost);
            leftmost = *left;
        }
        let mut left = self.eval(leftmost)?;
        while let Some(id) = spine.pop() {
            left = self.link(id, left)?;
        }
        Ok(left)
    }

    /// One operator of a chain, with what stands on its left.
    fn link(&mut self, id: TermId, left: Item) -> Result<Item, EvalError> {
        let expr = self.expr;
        let span = expr.span(id);
        self.budget.spend(1, span)?;
        match expr.term(id) {
            Term::Binary(operator, _, right) => {
                let right = self.eval(*right)?;
                self.binary(*operator, left, right, span)
            }
            Term::Logical(operator, _, right) => {
                let decided = match operator {
                    Logical::And => !truthy(&left),
                    Logical::Or => truthy(&left),
                    Logical::Coalesce => !left.is_nothing(),
                };
                if decided { Ok(left) } else { self.eval(*right) }
            }
            _ => Ok(left),
        }
    }

    fn binary(&mut self, operator: Binary, left: Item, right: Item, span: Span) -> Result<Item, EvalError> {
        Ok(match operator {
            Binary::Comma => right,
            Binary::Add => {
                if let (Item::Number(left), Item::Number(right)) = (&left, &right) {
                    return Ok((left + right).into());
                }
                let (left, right) =
                    (self.primitive(left, Wanted::Any, span)?, self.primitive(right, Wanted::Any, span)?);
                if !matches!(left, Item::Text(_)) && !matches!(right, Item::Text(_)) {
                    return Ok((convert::number(&left) + convert::number(&right)).into());
                }
                let (left, right) = (convert::text(&left), convert::text(&right));
                self.budget.allocate(left.len() + right.len(), span)?;
                Item::text([&*left, &*right].concat())
            }
            Binary::Equal => self.equal(left, right, span)?.into(),
            Binary::NotEqual => (!self.equal(left, right, span)?).into(),
            Binary::Same => convert::same(&left, &right).into(),
            Binary::NotSame => (!convert::same(&left, &right)).into(),
            Binary::Less => (self.order(left, right, span)? == Some(Ordering::Less)).into(),
            Binary::LessOrEqual => {
                matches!(self.order(left, right, span)?, Some(Ordering::Less | Ordering::Equal)).into()
            }
            Binary::Greater => (self.order(left, right, span)? == Some(Ordering::Greater)).into(),
            Binary::GreaterOrEqual => {
                matches!(self.order(left, right, span)?, Some(Ordering::Greater | Ordering::Equal)).into()
            }
            Binary::In => self.has(&right, &left, span)?.into(),
            Binary::InstanceOf => method::instance_of(&left, &right, span)?.into(),
            _ => {
                let (left, right) = (self.number(&left, span)?, self.number(&right, span)?);
                let (a, b) = (bits(left), bits(right).cast_unsigned());
                match operator {
                    Binary::Subtract => left - right,
                    Binary::Multiply => left * right,
                    Binary::Divide => left / right,
                    Binary::Remainder => libm::fmod(left, right),
                    Binary::Power => method::power(left, right),
                    Binary::BitAnd => f64::from(a & b.cast_signed()),
                    Binary::BitOr => f64::from(a | b.cast_signed()),
                    Binary::BitXor => f64::from(a ^ b.cast_signed()),
                    Binary::ShiftLeft => f64::from(a.wrapping_shl(b)),
                    Binary::ShiftRight => f64::from(a.wrapping_shr(b)),
                    _ => f64::from(a.cast_unsigned().wrapping_shr(b)),
                }
                .into()
            }
        })
    }

    fn unary(&mut self, operator: Unary, operand: TermId, span: Span) -> Result<Item, EvalError> {
        let item = self.eval(operand)?;
        Ok(match operator {
            Unary::Not => (!truthy(&item)).into(),
            Unary::Minus => (-self.number(&item, span)?).into(),
            Unary::Plus => self.number(&item, span)?.into(),
            Unary::BitNot => f64::from(!bits(self.number(&item, span)?)).into(),
            Unary::TypeOf => convert::type_of(&item).into(),
            Unary::Void => Item::Undefined,
        })
    }

    /// `==`.
    fn equal(&mut self, left: Item, right: Item, span: Span) -> Result<bool, EvalError> {
        if left.is_nothing() || right.is_nothing() {
            return Ok(left.is_nothing() && right.is_nothing());
        }
        let simple = |item: &Item| matches!(item, Item::Bool(_) | Item::Number(_) | Item::Text(_));
        if convert::type_of(&left) == convert::type_of(&right) || (!simple(&left) && !simple(&right)) {
            return Ok(convert::same(&left, &right));
        }
        let (left, right) = (self.primitive(left, Wanted::Any, span)?, self.primitive(right, Wanted::Any, span)?);
        Ok(match (&left, &right) {
            (Item::Text(left), Item::Text(right)) => left == right,
            _ => convert::number(&left) == convert::number(&right),
        })
    }

    /// How two values are ordered by `<` and its kin; `None` when not at all.
    fn order(&mut self, left: Item, right: Item, span: Span) -> Result<Option<Ordering>, EvalError> {
        if let (Item::Number(left), Item::Number(right)) = (&left, &right) {
            return Ok(left.partial_cmp(right));
        }
        let (left, right) = (self.primitive(left, Wanted::Number, span)?, self.primitive(right, Wanted::Number, span)?);
        Ok(match (&left, &right) {
            (Item::Text(left), Item::Text(right)) => Some(convert::text_order(left, right)),
            _ => convert::number(&left).partial_cmp(&convert::number(&right)),
        })
    }

    /// A value that is not made of others, paid for.
    pub(super) fn primitive(&mut self, item: Item, wanted: Wanted, span: Span) -> Result<Item, EvalError> {
        Ok(match &item {
            Item::Date(moment) if wanted == Wanted::Number => (**moment).into(),
            Item::Undefined | Item::Null | Item::Bool(_) | Item::Number(_) | Item::Text(_) => item,
            _ => {
                let text = self.text_of(&item, span)?;
                Item::Text(text)
            }
        })
    }

    pub(super) fn number(&mut self, item: &Item, span: Span) -> Result<f64, EvalError> {
        Ok(match item {
            Item::Number(number) => *number,
            other => convert::number(&self.primitive(other.clone(), Wanted::Number, span)?),
        })
    }

    fn elements(&mut self, elements: &[Element]) -> Result<Vec<Item>, EvalError> {
        let mut items = Vec::new();
        for element in elements {
            let item = self.eval(element.term)?;
            if element.spread {
                let span = self.expr.span(element.term);
                items.extend(self.spread(item, span)?);
            } else {
                items.push(item);
            }
        }
        Ok(items)
    }

    pub(super) fn arguments(&mut self, elements: &[Element]) -> Result<Vec<Item>, EvalError> {
        self.elements(elements)
    }

    /// The items of what can be spread.
    pub(super) fn spread(&mut self, item: Item, span: Span) -> Result<Vec<Item>, EvalError> {
        match &item {
            Item::List(list) | Item::Iterator(list) => {
                self.budget.allocate(list.items.len() * SMALLEST, span)?;
                Ok(list.items.clone())
            }
            Item::Text(text) => {
                self.budget.allocate(text.len() * SMALLEST, span)?;
                Ok(text.chars().map(|c| Item::text(c.to_string())).collect())
            }
            other => {
                Err(EvalError::wrong(span, format!("expected a list behind `...`, found {}", convert::type_of(other))))
            }
        }
    }

    fn object(&mut self, properties: &[Property], span: Span) -> Result<Item, EvalError> {
        let mut entries = Entries::default();
        for property in properties {
            self.budget.spend(1 + entries.len() / 16, span)?;
            let (key, value): (Arc<str>, TermId) = match property {
                Property::Named(name, value) => (name.as_str().into(), *value),
                Property::Computed(key, value) => {
                    let key = self.eval(*key)?;
                    (self.text_of(&key, span)?, *value)
                }
                Property::Spread(term) => {
                    match self.eval(*term)? {
                        Item::Object(other) => {
                            self.budget.spend(other.len() * (1 + other.len() / 16), span)?;
                            other.iter().for_each(|(key, item)| entries.set(key.clone(), item.clone()));
                        }
                        item @ (Item::List(_) | Item::Text(_)) => {
                            let items = self.spread(item, span)?;
                            self.budget.spend(items.len() * (1 + items.len() / 16), span)?;
                            for (index, item) in items.into_iter().enumerate() {
                                entries.set(index.to_string().into(), item);
                            }
                        }
                        _ => {}
                    }
                    continue;
                }
            };
            let item = self.eval(value)?;
            if matches!(item, Item::Function(_)) && matches!(&*key, "toString" | "valueOf" | "toJSON") {
                return Err(EvalError::unsupported(span, &format!("an object with its own {key}")));
            }
            entries.set(key, item);
        }
        self.budget.allocate(entries.iter().map(|(key, _)| key.len() + 2 * SMALLEST).sum(), span)?;
        let item = Item::Object(Rc::new(entries));
        if item.depth() > DEEPEST { Err(too_deep(span)) } else { Ok(item) }
    }

    /// A new list, paid for.
    pub(super) fn list(&mut self, items: Vec<Item>, span: Span) -> Result<Item, EvalError> {
        self.budget.allocate((items.len() + 1) * SMALLEST, span)?;
        let item = Item::from(items);
        if item.depth() > DEEPEST { Err(too_deep(span)) } else { Ok(item) }
    }

    /// A new text, paid for.
    pub(super) fn text(&mut self, text: impl Into<Arc<str>>, span: Span) -> Result<Item, EvalError> {
        let text = text.into();
        self.budget.allocate(text.len() + SMALLEST, span)?;
        Ok(Item::Text(text))
    }

    /// An item as text, paid for.
    pub(super) fn text_of(&mut self, item: &Item, span: Span) -> Result<Arc<str>, EvalError> {
        if let Item::Text(text) = item {
            return Ok(text.clone());
        }
        let mut text = String::new();
        self.write_text(item, &mut text, span)?;
        Ok(text.into())
    }

    fn write_text(&mut self, item: &Item, whole: &mut String, span: Span) -> Result<(), EvalError> {
        match item {
            Item::List(list) => self.join(list, ",", whole, span),
            Item::Function(_) => Err(EvalError::unsupported(span, "the text of a function")),
            Item::Object(entries) if entries.get("toString").or(entries.get("valueOf")).is_some() => {
                Err(EvalError::unsupported(span, "the text of an object with its own `toString` or `valueOf`"))
            }
            Item::Iterator(_) => Err(EvalError::unsupported(span, "the text of an iterator")),
            other => {
                let text = convert::text(other);
                self.budget.allocate(text.len(), span)?;
                whole.push_str(&text);
                Ok(())
            }
        }
    }

    /// Items with something between them; nothing for nothing.
    pub(super) fn join(
        &mut self,
        list: &List,
        separator: &str,
        whole: &mut String,
        span: Span,
    ) -> Result<(), EvalError> {
        self.budget.spend(1 + list.items.len(), span)?;
        self.budget.allocate(separator.len() * list.items.len(), span)?;
        for (index, item) in list.items.iter().enumerate() {
            if index > 0 {
                whole.push_str(separator);
            }
            if !item.is_nothing() {
                self.write_text(item, whole, span)?;
            }
        }
        Ok(())
    }
}

/// How deep evaluations may recurse, arrow functions included.
const RECURSIONS: usize = 100;

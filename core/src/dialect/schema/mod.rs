//! What objects may look like: one table serves checking at both levels, and the documentation.

mod check;
mod official;

pub(crate) use check::has_placeholder;

use super::reader::Reader;
use crate::diag::did_you_mean;
use crate::text::{Entry, Node};

/// The fields of one vendor object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schema {
    /// What the vendor calls it: `connect`, `dial`, `target` …
    pub(crate) name: &'static str,
    /// What it is, in a sentence.
    pub(crate) says: Words,
    /// Its fields.
    pub(crate) fields: &'static [Field],
    /// What other fields there may be.
    pub(crate) rest: Rest,
    /// How fields depend on each other.
    pub(crate) rules: &'static [Rule],
    /// More of these, which the platform tells in its own way or not at all.
    pub(crate) official_rules: &'static [Rule],
    /// The field, and perhaps the word in it, by which it is told from other objects.
    pub(crate) tag: Option<(&'static str, Option<&'static str>)>,
    /// The platform reads it leniently: what is wrong inside is a warning there.
    pub(crate) tolerant: bool,
    /// Fields that authors invent.
    pub(crate) aliases: &'static [Alias],
}

/// Words for people. Only the manual carries them; elsewhere there are none, and they take no room.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words(#[cfg(feature = "manual")] &'static str);

/// A field that authors invent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alias {
    /// What they write.
    pub(crate) name: &'static str,
    /// The field they mean, if it is one.
    pub(crate) meant: &'static str,
    /// What must stand before their text in that field; nothing if more is to be done.
    pub(crate) prefix: Option<&'static str>,
    /// What to do.
    pub(crate) note: &'static str,
}

/// Fields that an object's table does not name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rest {
    /// There may be none.
    Closed,
    /// Any.
    Open,
    /// Any that hold this.
    Of(&'static Holds),
}

/// How fields of an object depend on each other.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    /// Exactly one of these.
    One(&'static [&'static str]),
    /// At least one of these.
    Any(&'static [&'static str]),
    /// At most one of these.
    Most(&'static [&'static str]),
    /// Neither without the other.
    Both(&'static str, &'static str),
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it is, with its unit.
    pub(crate) says: Words,
    /// What it holds.
    pub(crate) holds: Holds,
    /// What the official schema lets it hold, where that differs.
    pub(crate) official: Option<Holds>,
    /// What it is when it is not given.
    pub(crate) default: Option<&'static str>,
    /// Who wants it.
    pub(crate) need: Need,
    /// What we do with it.
    pub(crate) support: Support,
    /// The platform takes it, the official schema does not know it.
    pub(crate) unofficial: bool,
    /// It may only stand beside this other field.
    pub(crate) beside: Option<&'static str>,
    /// What to write instead of it.
    pub(crate) instead: Option<&'static str>,
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// No.
    Optional,
    /// Yes.
    Required,
    /// The official schema asks for it, the platform does not.
    Official,
}

/// What a field holds. There are many hundreds of these in every module: bounds are short numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holds {
    /// Any text.
    Text,
    /// A text of this form.
    Like(&'static Form),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A number between two bounds.
    Number(f32, f32),
    /// A whole number between two bounds.
    Integer(f32, f32),
    /// A truth value.
    Bool,
    /// Nothing.
    Null,
    /// Anything.
    Any,
    /// An object of any shape.
    Map,
    /// An object whose every value is one of these.
    MapOf(&'static Holds),
    /// A list of any values.
    List,
    /// A list of these.
    ListOf(&'static Holds),
    /// So many of these: items of a list, fields of an object, or letters of a text.
    Sized(u16, u16, &'static Holds),
    /// An object with these fields.
    Object(&'static Schema),
    /// Any of these.
    Either(&'static [Holds]),
    /// One placeholder and nothing else.
    Placeholder,
    /// A number or truth value for which the official schema takes no placeholder.
    Literal(&'static Holds),
    /// What only its own reader understands.
    By(&'static Own),
}

/// A form of text.
#[derive(Debug)]
pub(crate) struct Form {
    /// What it is called, with an article.
    pub(crate) noun: &'static str,
    /// Whether a text has it.
    pub(crate) fits: fn(&str) -> bool,
}

/// A value with a reader of its own.
#[derive(Debug)]
pub(crate) struct Own {
    /// What it is called, with an article.
    pub(crate) noun: &'static str,
    /// What the official schema says about it.
    pub(crate) official: fn(&mut Reader<'_>, &Node),
}

/// What we do with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Support {
    /// It is run.
    Runs,
    /// The platform runs it, we do not: the document is refused.
    NotYet,
    /// It has no effect here, for this reason; the author is told.
    NoEffect(&'static str),
}

impl Words {
    /// None.
    pub(crate) const NONE: Words = Words::new("");

    /// These, in the manual.
    pub(crate) const fn new(text: &'static str) -> Words {
        #[cfg(not(feature = "manual"))]
        let _ = text;
        Words(
            #[cfg(feature = "manual")]
            text,
        )
    }

    /// The words, where they are carried.
    pub(crate) const fn text(self) -> &'static str {
        #[cfg(feature = "manual")]
        return self.0;
        #[cfg(not(feature = "manual"))]
        ""
    }
}

/// A field that may be there.
pub(crate) const fn field(name: &'static str, holds: Holds) -> Field {
    Field {
        name,
        says: Words::NONE,
        holds,
        official: None,
        default: None,
        need: Need::Optional,
        support: Support::Runs,
        unofficial: false,
        beside: None,
        instead: None,
    }
}

/// A field that must be there.
pub(crate) const fn required(name: &'static str, holds: Holds) -> Field {
    let mut field = field(name, holds);
    field.need = Need::Required;
    field
}

/// A field that the platform runs and we do not.
pub(crate) const fn not_yet(name: &'static str) -> Field {
    let mut field = field(name, Holds::Any);
    field.support = Support::NotYet;
    field
}

/// A field without effect here.
pub(crate) const fn no_effect(name: &'static str, why: &'static str) -> Field {
    field(name, Holds::Any).without_effect(why)
}

/// No bound.
pub(crate) const ANY: f32 = f32::INFINITY;
/// Any number.
pub(crate) const NUMBER: Holds = Holds::Number(-ANY, ANY);
/// Any whole number.
pub(crate) const INTEGER: Holds = Holds::Integer(-ANY, ANY);

/// A bound as its author wrote it, with at most three decimals.
pub(crate) fn bound(short: f32) -> f64 {
    let long = f64::from(short);
    let rest = long % 1.0;
    if rest == 0.0 || rest.is_nan() { long } else { (long * 1000.0 + 0.5_f64.copysign(long)) as i64 as f64 / 1000.0 }
}

impl Field {
    /// What it is, with its unit, in a sentence. Only the manual carries the words.
    pub(crate) const fn says(self, says: &'static str) -> Field {
        Field { says: Words::new(says), ..self }
    }

    /// What it is when it is not given.
    pub(crate) const fn default(self, default: &'static str) -> Field {
        Field { default: Some(default), ..self }
    }

    /// What the official schema lets it hold.
    pub(crate) const fn officially(self, holds: Holds) -> Field {
        Field { official: Some(holds), ..self }
    }

    /// Only the official schema asks for it.
    pub(crate) const fn officially_required(self) -> Field {
        Field { need: Need::Official, ..self }
    }

    /// The official schema does not know it.
    pub(crate) const fn unofficial(self) -> Field {
        Field { unofficial: true, ..self }
    }

    /// It may only stand beside another field.
    pub(crate) const fn beside(self, other: &'static str) -> Field {
        Field { beside: Some(other), ..self }
    }

    /// It is outdated: what to write instead.
    pub(crate) const fn instead(self, instead: &'static str) -> Field {
        Field { instead: Some(instead), ..self }
    }

    /// It is accepted and has no effect here.
    pub(crate) const fn without_effect(self, why: &'static str) -> Field {
        Field { support: Support::NoEffect(why), ..self }
    }
}

impl Field {
    /// What to show as its type: the official one where the platform's is only a shape.
    pub(crate) fn shown(&self) -> &Holds {
        match &self.official {
            Some(official) if self.holds.is_vague() => official,
            Some(_) | None => &self.holds,
        }
    }
}

impl Holds {
    fn is_vague(&self) -> bool {
        match self {
            Holds::Any | Holds::Map | Holds::List => true,
            Holds::ListOf(inner) | Holds::MapOf(inner) => inner.is_vague(),
            Holds::Either(options) => options.iter().any(Holds::is_vague),
            _ => false,
        }
    }
}

impl Schema {
    /// An object with these fields and no others.
    pub(crate) const fn new(name: &'static str, fields: &'static [Field]) -> Schema {
        Schema {
            name,
            says: Words::NONE,
            fields,
            rest: Rest::Closed,
            rules: &[],
            official_rules: &[],
            tag: None,
            tolerant: false,
            aliases: &[],
        }
    }

    /// What it is, in a sentence. Only the manual carries the words.
    pub(crate) const fn says(self, says: &'static str) -> Schema {
        Schema { says: Words::new(says), ..self }
    }

    /// It may have any other field.
    pub(crate) const fn open(self) -> Schema {
        Schema { rest: Rest::Open, ..self }
    }

    /// Other fields hold these.
    pub(crate) const fn rest(self, holds: &'static Holds) -> Schema {
        Schema { rest: Rest::Of(holds), ..self }
    }

    /// How its fields depend on each other.
    pub(crate) const fn rules(self, rules: &'static [Rule]) -> Schema {
        Schema { rules, ..self }
    }

    /// How they do so for the official schema; the platform tells it in its own way.
    pub(crate) const fn official_rules(self, official_rules: &'static [Rule]) -> Schema {
        Schema { official_rules, ..self }
    }

    /// The field by which it is told from other objects.
    pub(crate) const fn tag(self, key: &'static str) -> Schema {
        Schema { tag: Some((key, None)), ..self }
    }

    /// The field and its word by which it is told from other objects.
    pub(crate) const fn tagged(self, key: &'static str, word: &'static str) -> Schema {
        Schema { tag: Some((key, Some(word))), ..self }
    }

    /// The platform reads it leniently.
    pub(crate) const fn tolerant(self) -> Schema {
        Schema { tolerant: true, ..self }
    }

    /// Fields that authors invent for it.
    pub(crate) const fn aliases(self, aliases: &'static [Alias]) -> Schema {
        Schema { aliases, ..self }
    }

    /// The invention that a key is.
    pub(crate) fn alias(&self, name: &str) -> Option<&'static Alias> {
        self.aliases.iter().find(|alias| alias.name == name)
    }

    /// One of its fields.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field that an unknown key was probably meant to be.
    pub(crate) fn meant(&self, entry: &Entry) -> Option<&'static str> {
        let name = entry.key.text.as_str();
        match (self.field(name), self.alias(name)) {
            (Some(_), _) => None,
            (None, Some(alias)) => Some(alias.meant),
            (None, None) => did_you_mean(name, self.fields.iter().map(|field| field.name)),
        }
    }

    /// Whether an object is this one rather than another.
    pub(crate) fn claims(&self, node: &Node) -> bool {
        match self.tag {
            None => true,
            Some((key, None)) => node.entry(key).is_some(),
            Some((key, Some(word))) => node.entry(key).is_some_and(|entry| entry.value.as_str() == Some(word)),
        }
    }
}

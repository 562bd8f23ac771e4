//! What JavaScript calls what, whether it is supported here or not: a name that JavaScript knows
//! and we do not is refused, never taken for nothing.

use crate::expr::budget::EvalError;
use crate::expr::item::{Function, Item};
use crate::span::Span;
use alloc::format;

/// The language's functions and name spaces with the functions in them.
static OWN: &[(&str, &[&str])] = &[
    ("Array", &["from", "isArray", "of"]),
    ("Boolean", &[]),
    ("Date", &["UTC", "now", "parse"]),
    ("JSON", &["parse", "stringify"]),
    (
        "Math",
        &[
            "abs", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "ceil", "clz32", "cos", "cosh",
            "exp", "expm1", "floor", "fround", "hypot", "imul", "log", "log10", "log1p", "log2", "max", "min", "pow",
            "random", "round", "sign", "sin", "sinh", "sqrt", "tan", "tanh", "trunc",
        ],
    ),
    ("Number", &["isFinite", "isInteger", "isNaN", "isSafeInteger", "parseFloat", "parseInt"]),
    (
        "Object",
        &[
            "assign",
            "create",
            "defineProperties",
            "defineProperty",
            "entries",
            "freeze",
            "fromEntries",
            "getOwnPropertyDescriptor",
            "getOwnPropertyDescriptors",
            "getOwnPropertyNames",
            "getOwnPropertySymbols",
            "getPrototypeOf",
            "groupBy",
            "hasOwn",
            "is",
            "isExtensible",
            "isFrozen",
            "isSealed",
            "keys",
            "preventExtensions",
            "seal",
            "setPrototypeOf",
            "values",
        ],
    ),
    ("RegExp", &[]),
    ("String", &["fromCharCode", "fromCodePoint", "raw"]),
    ("decodeURI", &[]),
    ("decodeURIComponent", &[]),
    ("encodeURI", &[]),
    ("encodeURIComponent", &[]),
    ("isFinite", &[]),
    ("isNaN", &[]),
    ("parseFloat", &[]),
    ("parseInt", &[]),
];

/// Whether the language itself knows the name.
pub(in crate::expr) fn is_global(name: &str) -> bool {
    matches!(name, "NaN" | "Infinity") || OWN.iter().any(|(own, _)| *own == name)
}

/// Whether JavaScript has a global name that is not supported here.
pub(in crate::expr) fn foreign(name: &str) -> bool {
    FOREIGN.contains(&name)
}

/// A function or name space of the language; of a name space, if one is given.
pub(in crate::expr) fn own(space: &str, name: &str) -> Option<Function> {
    if space.is_empty() {
        return OWN.iter().find(|(own, _)| *own == name).map(|(own, _)| Function::Own("", own));
    }
    let (space, functions) = OWN.iter().find(|(own, _)| *own == space)?;
    functions.iter().find(|own| **own == name).map(|own| Function::Own(space, own))
}

/// Whether JavaScript has a method of this name for such a value.
pub(in crate::expr) fn has_method(item: &Item, name: &str) -> bool {
    let names = match item {
        Item::Text(_) => TEXT,
        Item::Number(_) => NUMBER,
        Item::List(_) => LIST,
        Item::Date(_) => {
            let setter = name.strip_prefix("set").is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase()));
            return DATE.contains(&name) || setter;
        }
        Item::Pattern(_) => PATTERN,
        Item::Iterator(_) => ITERATOR,
        Item::Function(Function::Own("", space)) => {
            return FUNCTION.contains(&name) || own(space, name).is_some() || (name == "prototype");
        }
        Item::Function(_) => FUNCTION,
        Item::Undefined | Item::Null | Item::Bool(_) | Item::Object(_) => &[],
    };
    names.contains(&name)
}

/// Whether every object of JavaScript has it.
pub(in crate::expr) fn inherited(name: &str) -> bool {
    matches!(
        name,
        "constructor"
            | "hasOwnProperty"
            | "isPrototypeOf"
            | "propertyIsEnumerable"
            | "toLocaleString"
            | "toString"
            | "valueOf"
    ) || (name.starts_with("__")
        && name.ends_with("__")
        && matches!(
            name,
            "__proto__" | "__defineGetter__" | "__defineSetter__" | "__lookupGetter__" | "__lookupSetter__"
        ))
}

/// Whether `item.name` can be called.
pub(in crate::expr) fn callable(item: &Item, name: &str) -> bool {
    match item {
        Item::Object(entries) => match entries.get(name) {
            Some(own) => !own.is_nothing(),
            None => inherited(name),
        },
        // What is nothing fails as it should.
        Item::Undefined | Item::Null => true,
        other => has_method(other, name) || inherited(name),
    }
}

/// Whether the method changes what it is called on.
pub(super) fn changes(item: &Item, name: &str) -> bool {
    let methods = ["copyWithin", "fill", "pop", "push", "shift", "splice", "unshift"];
    matches!(item, Item::List(_)) && methods.contains(&name)
}

/// The error of a method that is read and not called.
pub(in crate::expr) fn uncalled(name: &str, span: Span) -> EvalError {
    EvalError::unsupported(span, &format!("{name} without a call"))
}

static TEXT: &[&str] = &[
    "anchor",
    "at",
    "big",
    "blink",
    "bold",
    "charAt",
    "charCodeAt",
    "codePointAt",
    "concat",
    "endsWith",
    "fixed",
    "fontcolor",
    "fontsize",
    "includes",
    "indexOf",
    "isWellFormed",
    "italics",
    "lastIndexOf",
    "link",
    "localeCompare",
    "match",
    "matchAll",
    "normalize",
    "padEnd",
    "padStart",
    "repeat",
    "replace",
    "replaceAll",
    "search",
    "slice",
    "small",
    "split",
    "startsWith",
    "strike",
    "sub",
    "substr",
    "substring",
    "sup",
    "toLocaleLowerCase",
    "toLocaleUpperCase",
    "toLowerCase",
    "toUpperCase",
    "toWellFormed",
    "trim",
    "trimEnd",
    "trimLeft",
    "trimRight",
    "trimStart",
];
static NUMBER: &[&str] = &["toExponential", "toFixed", "toPrecision"];
static LIST: &[&str] = &[
    "at",
    "concat",
    "copyWithin",
    "entries",
    "every",
    "fill",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "flat",
    "flatMap",
    "forEach",
    "includes",
    "indexOf",
    "join",
    "keys",
    "lastIndexOf",
    "map",
    "pop",
    "push",
    "reduce",
    "reduceRight",
    "reverse",
    "shift",
    "slice",
    "some",
    "sort",
    "splice",
    "toReversed",
    "toSorted",
    "toSpliced",
    "unshift",
    "values",
    "with",
];
static DATE: &[&str] = &[
    "getDate",
    "getDay",
    "getFullYear",
    "getHours",
    "getMilliseconds",
    "getMinutes",
    "getMonth",
    "getSeconds",
    "getTime",
    "getTimezoneOffset",
    "getUTCDate",
    "getUTCDay",
    "getUTCFullYear",
    "getUTCHours",
    "getUTCMilliseconds",
    "getUTCMinutes",
    "getUTCMonth",
    "getUTCSeconds",
    "getYear",
    "toDateString",
    "toGMTString",
    "toISOString",
    "toJSON",
    "toLocaleDateString",
    "toLocaleTimeString",
    "toTimeString",
    "toUTCString",
];
static PATTERN: &[&str] = &["compile", "exec", "hasIndices", "test", "unicodeSets"];
static ITERATOR: &[&str] =
    &["drop", "every", "filter", "find", "flatMap", "forEach", "map", "next", "reduce", "some", "take", "toArray"];
static FUNCTION: &[&str] = &["apply", "arguments", "bind", "call", "caller", "length", "name"];
static FOREIGN: &[&str] = &[
    "AggregateError",
    "ArrayBuffer",
    "Atomics",
    "BigInt",
    "DataView",
    "Error",
    "EvalError",
    "FinalizationRegistry",
    "Function",
    "Intl",
    "Iterator",
    "Map",
    "Promise",
    "Proxy",
    "RangeError",
    "ReferenceError",
    "Reflect",
    "Set",
    "SharedArrayBuffer",
    "Symbol",
    "SyntaxError",
    "TypeError",
    "URIError",
    "WeakMap",
    "WeakRef",
    "WeakSet",
    "WebAssembly",
    "escape",
    "eval",
    "globalThis",
    "unescape",
];

//! The arguments of an agent's functions: a small part of JSON Schema.

use super::{LIST, objects};
use crate::dialect::schema::{Field, Holds, INTEGER, NUMBER, Schema, field, required};

/// One argument.
pub(super) static PROPERTY: Holds = Holds::Either(&[
    Holds::Object(&STRING),
    Holds::Object(&WHOLE),
    Holds::Object(&FRACTION),
    Holds::Object(&TRUTH),
    Holds::Object(&ARRAY),
    Holds::Object(&OBJECT),
    Holds::Object(&NOTHING),
    Holds::Object(&ONE_OF),
    Holds::Object(&ALL_OF),
    Holds::Object(&ANY_OF),
    Holds::Object(&CONST),
]);
static PROPERTIES: Holds = Holds::ListOf(&PROPERTY);
const TYPE: Field = required("type", Holds::Text).says("Its type.");
const DESCRIPTION: Field = field("description", Holds::Text).says("What it is, for the model.");
const NULLABLE: Field = field("nullable", Holds::Bool).says("It may be nothing.");
const DEFAULT: Field = field("default", Holds::Any).says("What it is when it is not given.");
const ENUM: Field = field("enum", LIST).says("The values it may have.");
const FORMATS: Holds =
    Holds::Word(&["date_time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid"]);

objects! {
    ARGUMENTS = "parameters": "The arguments of a function." [
        required("type", Holds::Word(&["object"])).says("`object`."),
        required("properties", Holds::MapOf(&PROPERTY)).says("The arguments by name."),
        field("required", LIST).says("Those that must be given."),
    ];
    STRING = "properties": "A text." [
        DESCRIPTION, NULLABLE, TYPE, ENUM,
        field("default", Holds::Text).says("What it is when it is not given."),
        field("pattern", Holds::Text).says("Regular expression that it must match."),
        field("format", FORMATS).says("What it is a text of."),
    ].tagged("type", "string");
    WHOLE = "properties": "A whole number." [
        DESCRIPTION, NULLABLE, TYPE,
        field("enum", Holds::ListOf(&Holds::Literal(&INTEGER))).says("The values it may have."),
        field("default", INTEGER).says("What it is when it is not given."),
    ].tagged("type", "integer");
    FRACTION = "properties": "A number." [
        DESCRIPTION, NULLABLE, TYPE,
        field("enum", Holds::Either(&[Holds::ListOf(&Holds::Literal(&NUMBER)), Holds::ListOf(&Holds::Placeholder)])).says("The values it may have."),
        field("default", NUMBER).says("What it is when it is not given."),
    ].tagged("type", "number");
    TRUTH = "properties": "True or false." [
        DESCRIPTION, NULLABLE, TYPE, field("default", Holds::Bool).says("What it is when it is not given."),
    ].tagged("type", "boolean");
    ARRAY = "properties": "A list." [
        DESCRIPTION, NULLABLE, TYPE, field("default", Holds::List).says("What it is when it is not given."),
        required("items", PROPERTY).says("What it is a list of."),
    ].tagged("type", "array");
    OBJECT = "properties": "An object." [
        DESCRIPTION, NULLABLE, TYPE, field("default", Holds::Map).says("What it is when it is not given."),
        field("properties", Holds::MapOf(&PROPERTY)).says("Its fields by name."),
        field("required", LIST).says("Those that must be given."),
    ].tagged("type", "object");
    NOTHING = "properties": "Nothing." [TYPE, required("description", Holds::Text).says("What it is, for the model.")].tagged("type", "null");
    ONE_OF = "properties": "Exactly one of several." [required("oneOf", PROPERTIES).says("Which.")].tag("oneOf");
    ALL_OF = "properties": "All of several." [required("allOf", PROPERTIES).says("Which.")].tag("allOf");
    ANY_OF = "properties": "Any of several." [required("anyOf", PROPERTIES).says("Which.")].tag("anyOf");
    CONST = "properties": "One value." [required("const", Holds::Any).says("Which.")].tag("const");
}

/// One argument, as an observer's functions have them.
static PLAIN: Holds = Holds::Either(&[
    Holds::Object(&PLAIN_STRING),
    Holds::Object(&PLAIN_WHOLE),
    Holds::Object(&PLAIN_FRACTION),
    Holds::Object(&PLAIN_TRUTH),
    Holds::Object(&PLAIN_ARRAY),
    Holds::Object(&PLAIN_OBJECT),
]);

objects! {
    PLAIN_ARGUMENTS = "parameters": "The arguments of a function." [
        required("type", Holds::Word(&["object"])).says("`object`."),
        required("properties", Holds::MapOf(&PLAIN)).says("The arguments by name."),
        field("required", LIST).says("Those that must be given."),
    ];
    PLAIN_STRING = "properties": "A text." [DESCRIPTION, TYPE, ENUM, Field { holds: Holds::Text, ..DEFAULT }].tagged("type", "string");
    PLAIN_WHOLE = "properties": "A whole number." [
        DESCRIPTION, TYPE, Field { holds: Holds::ListOf(&Holds::Literal(&INTEGER)), ..ENUM }, Field { holds: Holds::Literal(&INTEGER), ..DEFAULT },
    ].tagged("type", "integer");
    PLAIN_FRACTION = "properties": "A number." [
        DESCRIPTION, TYPE, Field { holds: Holds::ListOf(&Holds::Literal(&NUMBER)), ..ENUM }, Field { holds: Holds::Literal(&NUMBER), ..DEFAULT },
    ].tagged("type", "number");
    PLAIN_TRUTH = "properties": "True or false." [DESCRIPTION, TYPE, Field { holds: Holds::Literal(&Holds::Bool), ..DEFAULT }].tagged("type", "boolean");
    PLAIN_ARRAY = "properties": "A list." [DESCRIPTION, TYPE, required("items", PLAIN).says("What it is a list of.")].tagged("type", "array");
    PLAIN_OBJECT = "properties": "An object." [
        DESCRIPTION, TYPE, field("properties", Holds::MapOf(&PLAIN)).says("Its fields by name."),
        field("required", LIST).says("Those that must be given."),
    ].tagged("type", "object");
}

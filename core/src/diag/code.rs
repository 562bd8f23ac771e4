//! The list of everything we can say about a document.

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document runs; something is worth knowing.
    Hint,
    /// The document runs, perhaps not as meant.
    Warning,
    /// The document is refused.
    Error,
}

impl Severity {
    /// Its name in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A kind of diagnostic. Its id never changes meaning.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable name, in kebab-case.
    pub id: &'static str,
    /// How bad it is, unless said otherwise.
    pub severity: Severity,
    /// One line: what it means.
    pub meaning: &'static str,
}

/// Every code there is.
pub mod codes {
    use super::{Code, Severity};

    macro_rules! codes {
        ($($severity:ident $name:ident $id:literal $meaning:literal)*) => {
            $(
                #[doc = $meaning]
                pub static $name: Code =
                    Code { id: $id, severity: Severity::$severity, meaning: $meaning };
            )*
            /// All codes, in the order of this file.
            pub static ALL: &[&Code] = &[$(&$name),*];
        };
    }

    codes! {
        // text
        Error   SYNTAX              "syntax"              "The text is not well-formed JSON, YAML or XML."
        Error   TOO_LARGE           "too-large"           "The document is larger, deeper or expands further than the limits allow."
        Error   DUPLICATE_KEY       "duplicate-key"       "The same key or attribute is given twice."
        Error   DTD                 "dtd"                 "XML with a document type is refused."
        Warning REPAIRED            "repaired"            "The text was damaged in a way that has only one sensible reading."
        Error   TRAILING_COMMA      "trailing-comma"      "JSON allows no comma behind the last value."
        Warning RAW_AMPERSAND       "raw-ampersand"       "An `&` in XML must be written `&amp;`."
        Error   UNKNOWN_FORMAT      "unknown-format"      "Neither JSON, YAML nor XML, or no known dialect."
        // shape
        Error   WRONG_TYPE          "wrong-type"          "A value has another type than the platform expects."
        Error   MISSING_FIELD       "missing-field"       "A required field is absent."
        Error   UNKNOWN_FIELD       "unknown-field"       "The platform does not know this field."
        Error   CONFLICT            "conflict"            "Two fields exclude each other."
        Error   INVALID_VALUE       "invalid-value"       "A value is outside what the platform accepts."
        Error   UNKNOWN_STEP        "unknown-step"        "No method or verb has this name."
        Error   UNSUPPORTED         "unsupported"         "The platform knows this; Patchcord does not run it yet."
        Hint    EXTENSION           "extension"           "Only hosts with an extension for it can do this."
        Warning IGNORED             "ignored"             "Accepted and without effect."
        Warning COERCED             "coerced"             "A value of another type was understood."
        Warning UNQUOTED_NUMBER     "unquoted-number"     "A phone number without quotes is a number in YAML."
        Warning DEPRECATED          "deprecated"          "The platform replaced this by something else."
        Warning TOO_MANY            "too-many"            "More than the platform uses; the rest is dropped."
        Warning LEFTOVER            "leftover"            "A placeholder of a template or an example was never filled in."
        // names
        Error   UNKNOWN_TARGET      "unknown-target"      "A section or label is named that does not exist."
        Warning EXPRESSION          "expression"          "An expression cannot be read; the platform finds out when it runs, and the flow goes on without its value."
        Warning UNSET_VARIABLE      "unset-variable"      "A variable is read that nothing sets."
        // scenario
        Error   EXPECTATION         "expectation"         "A simulated call did not do what its scenario expects."
        // flow
        Warning UNREACHABLE         "unreachable"         "A step that can never run."
        Warning UNUSED              "unused"              "A section or label that nothing refers to."
        Warning ENDLESS_LOOP        "endless-loop"        "A loop that never waits: the platform ends the call."
        Hint    MISSING_DEFAULT     "missing-default"     "A switch without `default`: the platform reports an error when no case fits."
        Hint    LONG_RING           "long-ring"           "Somebody is to ring longer than the platform lets a call ring."
        Error   SCREENING           "screening"           "An instruction that may not be used while a callee is screened."
        Warning NEVER_TRUE          "never-true"          "A comparison that the platform's values can never satisfy."
        Warning NO_DESTINATION      "no-destination"      "A destination that cannot be dialled."
        Warning SILENT              "silent"              "Something the platform accepts, and then does nothing or hangs."
    }
}

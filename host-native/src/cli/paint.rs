//! Colour, where there is a terminal to show it.

use std::io::IsTerminal as _;

/// Whether and how to colour text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    on: bool,
}

/// A colour.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ink {
    Faint,
    Bold,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
}

impl Paint {
    /// Colour on a terminal, unless the user asked for none (`NO_COLOR`).
    pub(super) fn of_stdout() -> Paint {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Paint { on: !refused && std::io::stdout().is_terminal() }
    }

    /// The text in a colour.
    pub(super) fn ink(self, ink: Ink, text: &str) -> String {
        if !self.on {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Faint => "2",
            Ink::Bold => "1",
            Ink::Red => "31",
            Ink::Green => "32",
            Ink::Yellow => "33",
            Ink::Blue => "34",
            Ink::Magenta => "35",
            Ink::Cyan => "36",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}

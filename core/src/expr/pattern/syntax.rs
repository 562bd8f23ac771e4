//! The text of a pattern to a tree (ECMA-262 §22.2.1 and annex B.1.2).

use super::Flags;
use super::set::{Named, Set};
use crate::expr::lex::{continues_name, starts_name};
use alloc::{boxed::Box, format, string::String, vec::Vec};

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Empty,
    Char(u32),
    Set(Set),
    Start,
    End,
    /// `\b`; `false` for `\B`.
    Edge(bool),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    /// A group that is kept, by its number.
    Group(usize, Box<Node>),
    Repeat {
        node: Box<Node>,
        least: u32,
        most: Option<u32>,
        greedy: bool,
        /// The groups inside, which each round forgets.
        groups: (usize, usize),
    },
    Look {
        node: Box<Node>,
        ahead: bool,
        negated: bool,
    },
    /// The text that a group matched before.
    Again(usize),
}

/// The tree, and the names of the groups with the whole match first.
pub(super) fn parse(source: &str, flags: Flags) -> Result<(Node, Vec<Option<String>>), String> {
    let text: Vec<char> = source.chars().collect();
    let mut groups = Vec::from([None]);
    count_groups(&text, &mut groups);
    for (index, name) in groups.iter().enumerate() {
        if name.is_some() && groups.iter().skip(index + 1).any(|other| other == name) {
            return Err(format!("the group `{}` is there twice", name.as_deref().unwrap_or("")));
        }
    }
    let mut parser = Parser { text, at: 0, flags, groups, opened: 0, nesting: 0 };
    let node = parser.choice()?;
    match parser.peek() {
        None => Ok((node, parser.groups)),
        Some(c) => Err(format!("unexpected `{c}` in a regular expression")),
    }
}

/// Finds the groups beforehand: a reference may stand in front of its group.
fn count_groups(text: &[char], groups: &mut Vec<Option<String>>) {
    let (mut at, mut in_class) = (0, false);
    while let Some(c) = text.get(at) {
        match c {
            '\\' => at += 1,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class && text.get(at + 1) != Some(&'?') => groups.push(None),
            '(' if !in_class
                && text.get(at + 2) == Some(&'<')
                && !matches!(text.get(at + 3), Some('=' | '!') | None) =>
            {
                let name: String = text.iter().skip(at + 3).take_while(|c| **c != '>').collect();
                groups.push(Some(name));
            }
            _ => {}
        }
        at += 1;
    }
}

struct Parser {
    text: Vec<char>,
    at: usize,
    flags: Flags,
    groups: Vec<Option<String>>,
    /// Groups opened so far.
    opened: usize,
    nesting: usize,
}

type Parsed = Result<Node, String>;

impl Parser {
    fn choice(&mut self) -> Parsed {
        self.nesting += 1;
        if self.nesting > DEEPEST {
            return Err("the regular expression nests too deep".into());
        }
        let mut choices = Vec::from([self.sequence()?]);
        while self.take("|") {
            choices.push(self.sequence()?);
        }
        self.nesting -= 1;
        if choices.len() > 1 {
            return Ok(Node::Choice(choices));
        }
        Ok(choices.pop().unwrap_or(Node::Empty))
    }

    fn sequence(&mut self) -> Parsed {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            let before = self.opened;
            let mut units = [0; 2];
            if let [high, low] = c.encode_utf16(&mut units)
                && !self.flags.unicode
            {
                // Of two units the second alone may be repeated.
                self.at += 1;
                nodes.push(Node::Char(u32::from(*high)));
                nodes.push(self.quantifier(Node::Char(u32::from(*low)), true, before)?);
                continue;
            }
            let (node, repeats) = self.atom(c)?;
            nodes.push(self.quantifier(node, repeats, before)?);
        }
        Ok(if nodes.len() == 1 { nodes.pop().unwrap_or(Node::Empty) } else { Node::Sequence(nodes) })
    }

    /// One part, and whether it may be repeated.
    fn atom(&mut self, c: char) -> Result<(Node, bool), String> {
        self.at += 1;
        Ok(match c {
            '^' => (Node::Start, false),
            '$' => (Node::End, false),
            '.' if self.flags.dot_all => {
                let mut all = Set::default();
                all.negate();
                (Node::Set(all), true)
            }
            '.' => (Node::Set(Set::within_line()), true),
            '(' => self.group()?,
            '[' => (Node::Set(self.class()?), true),
            '\\' => self.escape()?,
            '*' | '+' | '?' => return Err(format!("expected something to repeat, found `{c}`")),
            '{' if self.flags.unicode => return Err("expected something to repeat, found `{`".into()),
            '{' => {
                self.at -= 1;
                if self.braces().is_some() {
                    return Err("expected something to repeat, found `{`".into());
                }
                self.at += 1;
                (Node::Char(u32::from(c)), true)
            }
            '}' | ']' if self.flags.unicode => return Err(format!("unexpected `{c}` in a regular expression")),
            _ => (Node::Char(u32::from(c)), true),
        })
    }

    fn group(&mut self) -> Result<(Node, bool), String> {
        let look = |ahead, negated| Some((ahead, negated));
        let around = if self.take("?=") {
            look(true, false)
        } else if self.take("?!") {
            look(true, true)
        } else if self.take("?<=") {
            look(false, false)
        } else if self.take("?<!") {
            look(false, true)
        } else {
            None
        };
        if let Some((ahead, negated)) = around {
            let node = Box::new(self.choice()?);
            self.close()?;
            return Ok((Node::Look { node, ahead, negated }, ahead && !self.flags.unicode));
        }
        if self.take("?:") {
            let node = self.choice()?;
            self.close()?;
            return Ok((node, true));
        }
        if self.take("?<") {
            let name = self.group_name()?;
            if !name.starts_with(starts_name) || !name.chars().all(continues_name) {
                return Err("expected the name of a group".into());
            }
        } else if self.peek() == Some('?') {
            return Err("expected `?:`, `?=`, `?!`, `?<=`, `?<!` or a name behind `(`".into());
        }
        self.opened += 1;
        let number = self.opened;
        let node = Box::new(self.choice()?);
        self.close()?;
        Ok((Node::Group(number, node), true))
    }

    fn close(&mut self) -> Result<(), String> {
        if self.take(")") { Ok(()) } else { Err("expected `)` in the regular expression".into()) }
    }

    /// What stands up to `>`.
    fn group_name(&mut self) -> Result<String, String> {
        let name: String = self.text.iter().skip(self.at).take_while(|c| **c != '>').collect();
        self.at += name.chars().count();
        if self.take(">") { Ok(name) } else { Err("expected `>` behind the name of a group".into()) }
    }

    fn quantifier(&mut self, node: Node, repeats: bool, before: usize) -> Parsed {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.braces() {
                Some(bounds) => bounds,
                None => return Ok(node),
            },
            _ => return Ok(node),
        };
        if !repeats {
            return Err("this part of a regular expression cannot be repeated".into());
        }
        self.at += 1;
        if most.is_some_and(|most| most < least) {
            return Err("expected the smaller number first in `{ }`".into());
        }
        let greedy = !self.take("?");
        let groups = (before + 1, self.opened + 1);
        Ok(Node::Repeat { node: Box::new(node), least, most, greedy, groups })
    }

    /// `{2}`, `{2,}` or `{2,3}`: the bounds, with the position on `}`. Nothing moves otherwise.
    fn braces(&mut self) -> Option<(u32, Option<u32>)> {
        let inside: String = self.text.iter().skip(self.at + 1).take_while(|c| **c != '}').collect();
        let length = inside.chars().count();
        if self.text.get(self.at + 1 + length) != Some(&'}') {
            return None;
        }
        let number = |text: &str| {
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse::<u32>().unwrap_or(u32::MAX))
        };
        let bounds = match inside.split_once(',') {
            None => number(&inside).map(|count| (count, Some(count))),
            Some((least, "")) => number(least).map(|least| (least, None)),
            Some((least, most)) => number(least).zip(number(most)).map(|(least, most)| (least, Some(most))),
        };
        if bounds.is_some() {
            self.at += 1 + length;
        }
        bounds
    }

    /// What stands behind a backslash outside a class.
    fn escape(&mut self) -> Result<(Node, bool), String> {
        let Some(c) = self.peek() else { return Err("unexpected end behind `\\`".into()) };
        let named = self.groups.iter().any(Option::is_some);
        match c {
            'b' | 'B' => {
                self.at += 1;
                return Ok((Node::Edge(c == 'b'), false));
            }
            'k' if named || self.flags.unicode => {
                self.at += 1;
                if !self.take("<") {
                    return Err("expected `<` behind `\\k`".into());
                }
                let name = self.group_name()?;
                let number = self.groups.iter().position(|group| group.as_deref() == Some(name.as_str()));
                let number = number.ok_or_else(|| format!("there is no group `{name}`"))?;
                return Ok((Node::Again(number), true));
            }
            '1'..='9' => {
                let digits: String = self.text.iter().skip(self.at).take_while(|c| c.is_ascii_digit()).collect();
                let number: usize = digits.parse().unwrap_or(usize::MAX);
                if number < self.groups.len() {
                    self.at += digits.len();
                    return Ok((Node::Again(number), true));
                }
                if self.flags.unicode {
                    return Err(format!("there is no group {digits}"));
                }
            }
            _ => {}
        }
        if let Some((kind, negated)) = self.named_set()? {
            let mut set = Set::default();
            set.add_named(kind, negated, self.flags);
            return Ok((Node::Set(set), true));
        }
        let code = self.char_escape(false)?;
        Ok((Node::Char(code), true))
    }

    /// `\d`, `\D` and their kin.
    fn named_set(&mut self) -> Result<Option<(Named, bool)>, String> {
        let found = match self.peek() {
            Some('d') => (Named::Digit, false),
            Some('D') => (Named::Digit, true),
            Some('s') => (Named::Space, false),
            Some('S') => (Named::Space, true),
            Some('w') => (Named::Word, false),
            Some('W') => (Named::Word, true),
            Some('p' | 'P') if self.flags.unicode => {
                return Err("`\\p` in a regular expression is not supported".into());
            }
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(found))
    }

    /// An escape that means one character.
    fn char_escape(&mut self, in_class: bool) -> Result<u32, String> {
        let Some(c) = self.peek() else { return Err("unexpected end behind `\\`".into()) };
        let unicode = self.flags.unicode;
        self.at += 1;
        Ok(match c {
            't' => 9,
            'n' => 10,
            'v' => 11,
            'f' => 12,
            'r' => 13,
            'b' if in_class => 8,
            '-' if in_class && unicode => 45,
            'c' => match self.peek() {
                Some(letter) if letter.is_ascii_alphabetic() => {
                    self.at += 1;
                    u32::from(letter) % 32
                }
                Some(letter) if in_class && !unicode && (letter.is_ascii_digit() || letter == '_') => {
                    self.at += 1;
                    u32::from(letter) % 32
                }
                _ if unicode => return Err("expected a letter behind `\\c`".into()),
                // The backslash stands for itself.
                _ => {
                    self.at -= 1;
                    u32::from('\\')
                }
            },
            '0' if !self.peek().is_some_and(|c| c.is_ascii_digit()) => 0,
            '0'..='7' if !unicode => {
                let mut code = c as u32 - 48;
                while let Some(digit) = self.peek().and_then(|c| c.to_digit(8)).filter(|digit| code * 8 + digit <= 255)
                {
                    code = code * 8 + digit;
                    self.at += 1;
                }
                code
            }
            'x' => match self.hex(2) {
                Some(code) => code,
                None if unicode => return Err("expected two hexadecimal digits behind `\\x`".into()),
                None => u32::from('x'),
            },
            'u' => match self.unicode_escape() {
                Some(code) => code,
                None if unicode => return Err("expected a character's number behind `\\u`".into()),
                None => u32::from('u'),
            },
            _ if unicode && !"^$\\.*+?()[]{}|/".contains(c) => {
                return Err(format!("unexpected `\\{c}` in a regular expression"));
            }
            _ => u32::from(c),
        })
    }

    fn unicode_escape(&mut self) -> Option<u32> {
        if self.flags.unicode && self.peek() == Some('{') {
            let digits: String = self.text.iter().skip(self.at + 1).take_while(|c| c.is_ascii_hexdigit()).collect();
            let code = u32::from_str_radix(&digits, 16).ok().filter(|code| *code <= 0x10_ffff)?;
            if self.text.get(self.at + 1 + digits.len()) != Some(&'}') {
                return None;
            }
            self.at += digits.len() + 2;
            return Some(code);
        }
        let high = self.hex(4)?;
        if self.flags.unicode && (0xd800..0xdc00).contains(&high) {
            let before = self.at;
            if self.take("\\u")
                && let Some(low) = self.hex(4).filter(|low| (0xdc00..0xe000).contains(low))
            {
                return Some(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
            }
            self.at = before;
        }
        Some(high)
    }

    fn hex(&mut self, length: usize) -> Option<u32> {
        let digits: String = self.text.get(self.at..self.at + length)?.iter().collect();
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += length;
        u32::from_str_radix(&digits, 16).ok()
    }

    /// What stands between `[` and `]`.
    fn class(&mut self) -> Result<Set, String> {
        let mut set = Set::default();
        if self.take("^") {
            set.negate();
        }
        loop {
            match self.peek() {
                None => return Err("expected `]` in the regular expression".into()),
                Some(']') => break,
                Some(_) => {}
            }
            let from = self.class_atom(&mut set)?;
            let range = self.peek() == Some('-') && !matches!(self.text.get(self.at + 1), Some(']') | None);
            if !range {
                from.into_iter().for_each(|code| set.add(code, code));
                continue;
            }
            self.at += 1;
            let to = self.class_atom(&mut set)?;
            match (from, to) {
                (Some(from), Some(to)) if from <= to => set.add(from, to),
                (Some(_), Some(_)) => return Err("expected the smaller character first in a range".into()),
                _ if self.flags.unicode => return Err("expected characters around `-` in a class".into()),
                // `[\w-.]` has a dash in it.
                (from, to) => from.into_iter().chain(to).chain([45]).for_each(|code| set.add(code, code)),
            }
        }
        self.at += 1;
        Ok(set)
    }

    /// One character of a class; nothing when it was a set, which is then in.
    fn class_atom(&mut self, set: &mut Set) -> Result<Option<u32>, String> {
        let Some(c) = self.peek() else { return Err("expected `]` in the regular expression".into()) };
        self.at += 1;
        if c != '\\' {
            if u32::from(c) >= 0x10000 && !self.flags.unicode {
                return Err(format!("`{c}` in a class needs the flag `u`"));
            }
            return Ok(Some(u32::from(c)));
        }
        if let Some((kind, negated)) = self.named_set()? {
            set.add_named(kind, negated, self.flags);
            return Ok(None);
        }
        self.char_escape(true).map(Some)
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn take(&mut self, mark: &str) -> bool {
        let found = mark.chars().enumerate().all(|(index, c)| self.text.get(self.at + index) == Some(&c));
        self.at += if found { mark.chars().count() } else { 0 };
        found
    }
}

/// How deep groups may nest.
const DEEPEST: usize = 32;

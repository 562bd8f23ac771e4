//! Elements and attributes: put in, taken out, set.

use super::Refused;
use super::draft::Draft;
use super::fragment::Fragment;
use crate::text::{Child, Element, Kind, Node};
use crate::value::{Value, number_text};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

impl Draft {
    fn element(&self, route: &[u32]) -> Result<&Element, Refused> {
        match &self.node(route)?.kind {
            Kind::Element(element) => Ok(element),
            _ => Err(Refused("expected an element there".to_string())),
        }
    }

    /// Puts elements in front of the child that stands at `at`, or behind the last one.
    pub(super) fn insert_elements(&mut self, route: &[u32], at: usize, new: &[&Fragment]) -> Result<(), Refused> {
        let parent = self.element(route)?.clone();
        let children: Vec<(usize, &Node)> = parent
            .children
            .iter()
            .enumerate()
            .filter_map(|(at, child)| match child {
                Child::Element(node) => Some((at, node)),
                Child::Text { .. } => None,
            })
            .collect();
        let sibling = children.first().map(|(_, node)| node.span.start as usize);
        let own_lines = sibling.map_or(self.text.trim_end().contains('\n'), |start| self.leads(start));
        let outer = self.lead(parent.open.start as usize).to_string();
        let deeper = if outer.ends_with('\t') { "\t".to_string() } else { " ".repeat(self.unit) };
        let pad = sibling
            .filter(|_| own_lines)
            .map_or_else(|| format!("{outer}{deeper}"), |start| self.lead(start).to_string());
        let mut written = Vec::new();
        for fragment in new {
            written.push(match fragment {
                Fragment::Value(value) => element_text(value)?,
                Fragment::Text { .. } => fragment.write_behind(self.style(true), pad.len(), &pad),
            });
        }
        let between = if own_lines { format!("\n{pad}") } else { String::new() };
        let joined = written.join(&between);
        let before = children.iter().rev().find(|(place, _)| *place < at).map(|(_, node)| node.span.end as usize);
        let next = children.iter().find(|(place, _)| *place >= at).map(|(_, node)| node.span.start as usize);
        match (before, next, parent.close) {
            (Some(end), ..) => {
                // A comment in its line belongs to it.
                let line = self.text.get(end..self.line_end(end)).unwrap_or("");
                let comment = line.trim();
                let end = if own_lines && comment.starts_with("<!--") && comment.ends_with("-->") {
                    end + line.len()
                } else {
                    end
                };
                self.splice(end, end, &format!("{between}{joined}"))
            }
            (None, Some(start), _) => self.splice(start, start, &format!("{joined}{between}")),
            (None, None, Some(close)) => {
                let end = if own_lines { format!("\n{outer}") } else { String::new() };
                let (from, to) = (parent.open.end as usize, close.start as usize);
                let gap = self.text.get(from..to).unwrap_or("");
                if gap.trim().is_empty() {
                    return self.splice(from, to, &format!("{between}{joined}{end}"));
                }
                self.splice(from, from, &format!("{between}{joined}"))
            }
            (None, None, None) => {
                let end = if own_lines { format!("\n{outer}") } else { String::new() };
                let open = self.of(parent.open).trim_end_matches('>').trim_end_matches('/').trim_end().to_string();
                let text = format!("{open}>{between}{joined}{end}</{}>", parent.name);
                self.splice(parent.open.start as usize, parent.open.end as usize, &text)
            }
        }
    }

    /// Takes a child out, with its line when it has one of its own.
    pub(super) fn remove_element(&mut self, route: &[u32], at: usize) -> Result<(), Refused> {
        let mut way = route.to_vec();
        way.push(at as u32);
        let span = self.node(&way)?.span;
        let (start, end) = (span.start as usize, span.end as usize);
        let rest = self.text.get(end..self.line_end(end)).unwrap_or("");
        if self.leads(start) && rest.trim().is_empty() {
            return self.remove_lines(start, end, None);
        }
        self.splice(start, end, "")
    }

    /// Sets an attribute, or the text of an element.
    pub(super) fn set_xml(&mut self, route: &[u32], path: &[String], value: &Value) -> Result<(), Refused> {
        let [name] = path else { return Err(Refused("expected the name of an attribute, or `text`".to_string())) };
        let element = self.element(route)?.clone();
        let value = scalar(value)?;
        if name == "text" {
            return self.set_text(&element, &value);
        }
        if let Some(attribute) = element.attributes.iter().find(|attribute| attribute.name == *name) {
            let (start, end) = (attribute.value_span.start as usize, attribute.value_span.end as usize);
            let quote = self.text.get(..start).and_then(|head| head.chars().last()).unwrap_or('"');
            return self.splice(start, end, &escaped(&value, quote));
        }
        let open = self.of(element.open);
        let body = open.trim_end_matches('>').trim_end_matches('/').trim_end();
        let at = element.open.start as usize + body.len();
        self.splice(at, at, &format!(" {name}=\"{}\"", escaped(&value, '"')))
    }

    fn set_text(&mut self, element: &Element, value: &str) -> Result<(), Refused> {
        let texts: Vec<_> = element
            .children
            .iter()
            .filter_map(|child| match child {
                Child::Text { span, text } if !text.trim().is_empty() => Some((*span, text)),
                Child::Text { .. } | Child::Element(_) => None,
            })
            .collect();
        let value = escaped(value, '\u{0}');
        match (texts.as_slice(), element.close) {
            ([(span, text)], _) => {
                // The space around it stays.
                let lead = text.len() - text.trim_start().len();
                let tail = text.len() - text.trim_end().len();
                let source = self.of(*span);
                let plain = source.len() == text.len();
                let (from, to) = if plain {
                    (span.start as usize + lead, span.end as usize - tail)
                } else {
                    (span.start as usize, span.end as usize)
                };
                self.splice(from, to, &value)
            }
            ([], Some(close)) => {
                let at = if element.children.iter().any(|child| matches!(child, Child::Element(_))) {
                    return Err(Refused("expected an element without others inside".to_string()));
                } else {
                    (element.open.end as usize, close.start as usize)
                };
                self.splice(at.0, at.1, &value)
            }
            ([], None) => {
                let open = self.of(element.open).trim_end_matches('>').trim_end_matches('/').trim_end().to_string();
                let text = format!("{open}>{value}</{}>", element.name);
                self.splice(element.open.start as usize, element.open.end as usize, &text)
            }
            _ => Err(Refused("expected one text, found several".to_string())),
        }
    }

    /// Takes an attribute away.
    pub(super) fn unset_xml(&mut self, route: &[u32], path: &[String]) -> Result<(), Refused> {
        let element = self.element(route)?.clone();
        let name = path.first().map_or("", String::as_str);
        let Some(attribute) = element.attributes.iter().find(|attribute| attribute.name == name) else {
            return Err(Refused(format!("there is no `{name}`")));
        };
        let start = attribute.name_span.start as usize;
        let head = self.text.get(..start).unwrap_or("").trim_end().len();
        self.splice(head, attribute.value_span.end as usize + 1, "")
    }
}

/// An element: `{"Say": {"voice": "x", "text": "…", "children": […]}}`, or `{"Say": "…"}`.
fn element_text(value: &Value) -> Result<String, Refused> {
    let wanted = || Refused("expected an object with the name of one element".to_string());
    let object = value.as_object().ok_or_else(wanted)?;
    let (name, inner) = object.iter().next().ok_or_else(wanted)?;
    let (mut attributes, mut content) = (String::new(), String::new());
    match inner {
        Value::Object(fields) => {
            for (key, value) in fields.iter() {
                match (key, value) {
                    ("text", value) => content.push_str(&escaped(&scalar(value)?, '\u{0}')),
                    ("children", Value::Array(children)) => {
                        for child in children {
                            content.push_str(&element_text(child)?);
                        }
                    }
                    (key, value) => attributes.push_str(&format!(" {key}=\"{}\"", escaped(&scalar(value)?, '"'))),
                }
            }
        }
        other => content.push_str(&escaped(&scalar(other)?, '\u{0}')),
    }
    if content.is_empty() {
        return Ok(format!("<{name}{attributes}/>"));
    }
    Ok(format!("<{name}{attributes}>{content}</{name}>"))
}

fn scalar(value: &Value) -> Result<String, Refused> {
    match value {
        Value::Null => Ok(String::new()),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Number(number) => Ok(number_text(*number)),
        Value::String(text) => Ok(text.clone()),
        Value::Array(_) | Value::Object(_) => Err(Refused("expected a text, a number or a truth value".to_string())),
    }
}

/// A text as XML has it, inside of these quotes.
fn escaped(text: &str, quote: char) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' if quote == '\u{0}' => out.push_str("&gt;"),
            '"' if quote == '"' => out.push_str("&quot;"),
            '\'' if quote == '\'' => out.push_str("&apos;"),
            other => out.push(other),
        }
    }
    out
}

//! Steps: one method each.

use super::connect;
use super::document::{self, MARKERS};
use super::method::{INVENTED, Method, Screens, find, methods};
use crate::diag::{Diagnostic, codes, did_you_mean};
use crate::dialect::reader::{Reader, get, is_true, items, number};
use crate::dialect::schema::has_placeholder;
use crate::expr::Template;
use crate::ir::{Block, BlockId, Choice, Cond, Data, Instruction, Op, Precondition, Target, WaitsFor};
use crate::span::Span;
use crate::text::{Entry, Kind, Node};
use alloc::{
    borrow::Cow,
    boxed::Box,
    format,
    string::{String, ToString},
    vec::Vec,
};

const DEPTH: usize = 32;

/// Reads the steps of one section.
pub(super) struct Steps<'r, 'a> {
    pub(super) reader: &'r mut Reader<'a>,
    /// Literal jumps, checked when the section is complete.
    gotos: Vec<(String, Span)>,
    /// Inside `connect.confirm`.
    pub(super) screening: bool,
}

impl<'r, 'a> Steps<'r, 'a> {
    pub(super) fn new(reader: &'r mut Reader<'a>) -> Steps<'r, 'a> {
        Steps { reader, gotos: Vec::new(), screening: false }
    }

    /// Reports jumps to labels that the section does not have.
    pub(super) fn finish(self, block: &Block) {
        let reader = self.reader;
        let labels: Vec<String> = block
            .iter()
            .filter_map(|id| match reader.program.get(*id) {
                Some(Instruction { op: Op::Label(name), .. }) => Some(name.clone()),
                Some(_) | None => None,
            })
            .collect();
        for (name, span) in self.gotos.into_iter().filter(|(name, _)| !labels.contains(name)) {
            let known: Vec<&str> = labels.iter().map(String::as_str).collect();
            let message = format!("this section has no label `{name}`");
            let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_TARGET, span, message)
                .vendor("relay_script_method_parameter_invalid_value")
                .note("a jump only reaches labels at the top of its own section");
            if let Some(near) = did_you_mean(&name, known.iter().copied()) {
                let text = reader.requote(span, near);
                diagnostic =
                    diagnostic.note(format!("did you mean `{near}`?")).fix(format!("use `{near}`"), span, text);
            }
            reader.report(diagnostic);
        }
    }

    /// A list of steps, or a single one.
    pub(super) fn list(&mut self, node: &Node, depth: usize) -> Block {
        let mut block = Block::new();
        if depth > DEPTH {
            let message = format!("steps are nested deeper than {DEPTH}");
            self.reader
                .report(Diagnostic::new(&codes::TOO_LARGE, node.span, message).vendor("relay_script_nested_too_deep"));
            return block;
        }
        if matches!(node.kind, Kind::Null) {
            return block;
        }
        for step in items(node) {
            self.step(&mut block, step, depth);
        }
        block
    }

    /// A list of steps as a block of its own.
    pub(super) fn block(&mut self, node: &Node, depth: usize) -> BlockId {
        let block = self.list(node, depth + 1);
        self.reader.program.block(block)
    }

    fn step(&mut self, block: &mut Block, step: &Node, depth: usize) {
        match &step.kind {
            Kind::String(scalar) => {
                let null = Node { span: step.span, kind: Kind::Null };
                self.method(block, &scalar.text, step.span, &null, step.span, depth, true);
            }
            Kind::Object(fields) => {
                let mut methods: Vec<&Entry> = Vec::new();
                for entry in fields.iter().filter(|entry| !MARKERS.contains(&entry.key.text.as_str())) {
                    methods.push(entry);
                }
                // `label` beside another method names the step.
                if methods.len() > 1
                    && let Some(at) = methods.iter().position(|entry| entry.key.text == "label")
                {
                    let label = methods.remove(at);
                    self.label(block, &label.value, label.key.span);
                }
                let Some((first, rest)) = methods.split_first() else {
                    return self.reader.report(
                        Diagnostic::new(&codes::MISSING_FIELD, step.span, "a step needs a method")
                            .vendor("relay_script_method_missing_name"),
                    );
                };
                let span = first.key.span.to(first.value.span);
                self.method(block, &first.key.text, first.key.span, &first.value, span, depth, false);
                for extra in rest {
                    self.extra(&first.key.text, extra);
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Array(_) | Kind::Element(_) => {
                self.reader.wrong_type(&"step", "a method name or an object with one method", step);
            }
        }
    }

    fn extra(&mut self, first: &str, extra: &Entry) {
        let name = &extra.key.text;
        let message = format!("a step has one method: `{name}` stands beside `{first}`");
        let mut diagnostic =
            Diagnostic::new(&codes::UNKNOWN_STEP, extra.key.span, message).vendor("relay_script_method_undefined");
        if let Some((_, help)) = INVENTED.iter().find(|(invented, _)| invented == name) {
            diagnostic = diagnostic.note(*help);
        } else if find(name).is_some() {
            diagnostic = diagnostic.note("put a `-` in front of it to make it a step of its own");
        } else {
            diagnostic = diagnostic.note(format!("if it belongs to `{first}`, it must stand inside it"));
        }
        self.reader.report(diagnostic);
    }

    #[allow(clippy::too_many_arguments)]
    fn method(&mut self, block: &mut Block, name: &str, key: Span, value: &Node, span: Span, depth: usize, bare: bool) {
        let Some(method) = find(name) else {
            return self.unknown_method(name, key);
        };
        if self.screening && method.screens == Screens::Never {
            return self.reader.report(
                Diagnostic::new(&codes::SCREENING, key, format!("`{name}` may not be used inside `confirm`"))
                    .vendor("relay_script_method_undefined")
                    .note("the platform refuses the whole document with Unknown method \"confirm.…\""),
            );
        }
        if bare && !method.bare {
            let message = format!("`{name}` needs parameters");
            return self.reader.report(
                Diagnostic::new(&codes::MISSING_FIELD, key, message).vendor("relay_script_method_parameter_missing"),
            );
        }
        let Some(op) = self.op(method, value, key, span, depth) else { return };
        if let Op::Label(_) = &op {
            let id = self
                .reader
                .program
                .instruction(Instruction { precondition: Precondition::None, name: method.schema.name, op }, span);
            return block.push(id);
        }
        let precondition = match &op {
            Op::Play(_) if get(value, "auto_answer").is_some() && is_true(value, "auto_answer") == Some(false) => {
                Precondition::EarlyMedia
            }
            Op::Play(_) | Op::Collect(_) => Precondition::Answered,
            // What the flow waits for needs somebody who hears it; what runs beside it can wait for them.
            Op::Begin(activity) if matches!(activity.waits, WaitsFor::End | WaitsFor::EndIf(_)) => {
                Precondition::Answered
            }
            _ => Precondition::None,
        };
        let id = self.reader.program.instruction(Instruction { precondition, name: method.schema.name, op }, span);
        block.push(id);
    }

    fn unknown_method(&mut self, name: &str, key: Span) {
        let names: Vec<&str> = methods().map(|method| method.schema.name).collect();
        let message = format!("there is no method `{name}`");
        let mut diagnostic =
            Diagnostic::new(&codes::UNKNOWN_STEP, key, message).vendor("relay_script_method_undefined");
        if let Some((_, help)) = INVENTED.iter().find(|(invented, _)| *invented == name) {
            diagnostic = diagnostic.note(*help);
        } else if let Some(near) = did_you_mean(name, names.iter().copied()) {
            let text = self.reader.requote(key, near);
            diagnostic = diagnostic.note(format!("did you mean `{near}`?")).fix(format!("use `{near}`"), key, text);
        }
        self.reader.report(diagnostic);
    }

    fn label(&mut self, block: &mut Block, value: &Node, span: Span) {
        match value.as_str() {
            Some("") => self.reader.report(
                Diagnostic::new(&codes::INVALID_VALUE, value.span, "`label` must not be empty")
                    .vendor("relay_script_element_invalid_value"),
            ),
            Some(name) => {
                let op = Op::Label(name.to_string());
                let instruction = Instruction { precondition: Precondition::None, name: "label", op };
                block.push(self.reader.program.instruction(instruction, span));
            }
            None => self.reader.wrong_type(&"label", "a string", value),
        }
    }

    /// Checks and lowers a method; `None` when it cannot be, or does nothing.
    fn op(&mut self, method: &'static Method, value: &Node, key: Span, span: Span, depth: usize) -> Option<Op> {
        self.outdated(method, value, key);
        if method.schema.name == "label" && matches!(value.kind, Kind::Number(_) | Kind::Bool(_)) {
            let text = format!("\"{}\"", value.span.of(self.reader.source));
            let message = format!("`label` must be a string, found {}", value.noun());
            self.reader.report(
                Diagnostic::new(&codes::WRONG_TYPE, value.span, message)
                    .vendor("relay_script_element_wrong_type")
                    .fix("quote it", value.span, text),
            );
            return None;
        }
        match method.schema.name {
            "set" => return self.set(value),
            "cond" => return self.cond(value, depth).map(|cond| Op::Choose(Choice::Cond(cond))),
            _ => {}
        }
        let value = self.named(method, value);
        let fine = self.reader.check(method.schema, &value);
        if self.does_nothing(method, key) {
            return None;
        }
        // What stands inside is read all the same, so that its mistakes are told too.
        if !fine && matches!(method.schema.name, "play" | "transfer") {
            return None;
        }
        self.lower(method, &value, span, depth).filter(|_| fine)
    }

    /// Forms that the platform keeps for old documents, and one that only it takes.
    fn outdated(&mut self, method: &Method, value: &Node, key: Span) {
        let (place, message, note) =
            match (method.schema.name, &value.kind) {
                ("eval", _) => (key, "`eval` is outdated", "write `set`, with `${…}` around the expression"),
                ("unset", Kind::Object(_)) => {
                    (value.span, "`unset` with `vars` is outdated", "write the name, or a list of names")
                }
                ("cond", Kind::Object(_)) => {
                    (value.span, "`cond` with an object is outdated", "write a list of `when` with `then`")
                }
                ("connect", Kind::String(_)) => {
                    let text = value.span.of(self.reader.source);
                    self.reader.report(
                        Diagnostic::new(&codes::COERCED, value.span, "`connect` without parameters is taken as `to`")
                            .fix("write it out", value.span, format!("{{\"to\": {text}}}")),
                    );
                    return;
                }
                _ => return,
            };
        self.reader.report(Diagnostic::new(&codes::DEPRECATED, place, message).note(note));
    }

    fn lower(&mut self, method: &'static Method, value: &Node, span: Span, depth: usize) -> Option<Op> {
        Some(match method.schema.name {
            "answer" => Op::Answer {
                max_duration: get(value, "max_duration").map(|node| self.reader.template(node)),
                codecs: get(value, "codecs").map(|node| connect::codec_list(self, node)).unwrap_or_default(),
                result: Some(("answer_result", "success")),
            },
            "hangup" => Op::Hangup {
                reason: get(value, "reason").map(|node| self.reader.template(node)),
                statuses: &[("hangup", 486), ("busy", 486), ("decline", 603)],
                headers: Vec::new(),
            },
            "play" => Op::Play(self.play(value)?),
            "prompt" => Op::Collect(Box::new(self.prompt(value, depth)?)),
            "send_digits" => {
                let digits = self.reader.template(get(value, "digits")?);
                Op::SendDigits { digits, result: "send_digits_result" }
            }
            "request" => Op::Request(Box::new(self.request(value)?)),
            "sleep" => Op::Pause { unit_ms: 1, length: self.reader.template(get(value, "duration")?) },
            "connect" => Op::Dial(connect::lower(self, value, span, depth)?),
            "execute" => {
                let params = get(value, "params").map_or(Data::NULL, |node| self.reader.data(node));
                let on_return = get(value, "on_return").map(|node| self.block(node, depth));
                let result = match get(value, "result").map(|node| self.choice(node, "return_value", depth)) {
                    Some(result) => Some(result?),
                    None => None,
                };
                Op::Execute { target: self.target(get(value, "dest")?)?, params, on_return, result }
            }
            "transfer" => Op::Transfer {
                target: self.place(get(value, "dest")?)?,
                params: get(value, "params").map_or(Data::NULL, |node| self.reader.data(node)),
            },
            "return" => Op::Return(get(value, "value").map(|node| self.reader.data(node))),
            "goto" => self.goto(value)?,
            "label" => {
                let node = get(value, "label")?;
                if node.as_str() == Some("") {
                    self.reader.report(
                        Diagnostic::new(&codes::INVALID_VALUE, node.span, "`label` must not be empty")
                            .vendor("relay_script_element_invalid_value"),
                    );
                }
                Op::Label(self.reader.scalar(node))
            }
            "switch" => Op::Choose(Choice::Switch(self.switch(value, None, depth)?)),
            "if" => {
                let when = self.reader.condition(get(value, "condition")?);
                let then = self.block(get(value, "then")?, depth);
                let otherwise = get(value, "else").map(|node| self.block(node, depth));
                Op::Choose(Choice::Cond(Cond { arms: Vec::from([(when, then)]), otherwise }))
            }
            "unset" => Op::Unset(
                items(get(value, "vars")?)
                    .iter()
                    .map(|node| bare_variable(&self.reader.scalar(node)).to_string())
                    .collect(),
            ),
            "send_sms" => self.message(value),
            "user_event" => Op::UserEvent(self.reader.data(get(value, "event")?)),
            "eval" => self.eval(value),
            name => return self.begin(name, value, depth).or_else(|| self.stop(name, value)),
        })
    }

    /// The value with its shorthand written out: `answer: 60` is `answer: {max_duration: 60}`.
    fn named<'n>(&self, method: &Method, value: &'n Node) -> Cow<'n, Node> {
        let entry = |key: &str, value: &Node| Entry {
            key: crate::text::Key { span: value.span, text: key.to_string() },
            separator: Span::new(value.span.start, value.span.start),
            value: value.clone(),
        };
        let object = |entries: Vec<Entry>| Node { span: value.span, kind: Kind::Object(entries) };
        match (&value.kind, method.first) {
            (Kind::Null, _) => Cow::Owned(object(Vec::new())),
            (Kind::Object(fields), Some("value")) if !fields.is_empty() => {
                Cow::Owned(object(Vec::from([entry("value", value)])))
            }
            (Kind::Object(_), _) => Cow::Borrowed(value),
            (_, Some(first)) => Cow::Owned(object(Vec::from([entry(first, value)]))),
            (Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Array(_) | Kind::Element(_), None) => {
                Cow::Borrowed(value)
            }
        }
    }

    fn set(&mut self, value: &Node) -> Option<Op> {
        let Kind::Object(fields) = &value.kind else {
            self.reader.wrong_type(&"set", "an object of variables", value);
            return None;
        };
        let mut pairs = Vec::new();
        for field in fields {
            let name = bare_variable(&field.key.text);
            let mut letters = name.chars();
            let starts = letters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
            if !starts || !letters.all(|c| c.is_ascii_alphanumeric() || c == '_') || name.len() > 256 {
                let message = format!("`{}` is no variable name", field.key.text);
                self.reader.report(
                    Diagnostic::new(&codes::INVALID_VALUE, field.key.span, message)
                        .vendor("relay_script_method_parameter_invalid_value")
                        .note("a name starts with a letter or `_` and holds letters, digits and `_`"),
                );
            }
            pairs.push((name.to_string(), self.reader.data(&field.value)));
        }
        Some(Op::Set(pairs))
    }

    fn goto(&mut self, value: &Node) -> Option<Op> {
        let node = get(value, "label")?;
        let label = self.reader.template(node);
        if let Some(name) = label.literal() {
            self.gotos.push((name.to_string(), node.span));
        }
        Some(Op::Goto {
            label,
            when: get(value, "when").map(|node| self.reader.condition(node)),
            max: number(value, "max").map_or(100, |max| max as u32),
        })
    }

    /// A section or a URL, but no document: the platform refuses to transfer into one.
    fn place(&mut self, node: &Node) -> Option<Target> {
        let name = self.reader.scalar(node);
        if name.trim_start().starts_with(['{', '[']) || name.contains('\n') {
            self.reader.report(
                Diagnostic::new(&codes::INVALID_VALUE, node.span, "`transfer` takes no document inside a text")
                    .vendor("relay_script_method_parameter_invalid_value")
                    .note("the platform refuses it, whatever its documentation says; `execute` takes one"),
            );
            return None;
        }
        self.target(node)
    }

    /// A section, a URL, a document in a text, or what an expression gives.
    pub(super) fn target(&mut self, node: &Node) -> Option<Target> {
        let name = self.reader.scalar(node);
        if name.trim_start().starts_with(['{', '[']) || name.contains('\n') {
            return Some(self.inline_document(node, name));
        }
        if has_placeholder(&name) || name.starts_with("http://") || name.starts_with("https://") {
            return Some(Target::Named(self.reader.template(node)));
        }
        if let Some(id) = self.reader.program.find_section(&name) {
            return Some(Target::Section(id));
        }
        let known: Vec<String> = self.reader.program.sections.iter().map(|section| section.name.clone()).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let message = format!("there is no section `{name}`");
        let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_TARGET, node.span, message)
            .vendor("relay_script_method_parameter_invalid_value");
        if let Some(near) = did_you_mean(&name, known.iter().copied()) {
            let text = self.reader.requote(node.span, near);
            diagnostic =
                diagnostic.note(format!("did you mean `{near}`?")).fix(format!("use `{near}`"), node.span, text);
        } else {
            diagnostic = diagnostic.note(format!("sections here: {}", known.join(", ")));
        }
        // The seeds' own example names a section it leaves out; the platform only fails when it gets there.
        diagnostic.severity = crate::diag::Severity::Warning;
        self.reader.report(diagnostic);
        Some(Target::Named(Template::fixed(name)))
    }
}

impl Steps<'_, '_> {
    /// A document inside a text: its mistakes are told where the text stands. It is read again when
    /// it runs, with its own placeholders.
    fn inline_document(&mut self, node: &Node, text: String) -> Target {
        if self.reader.inner {
            return Target::Named(Template::fixed(text));
        }
        let tree = crate::text::read(&text, None, &crate::text::TextLimits::default());
        let mut found: Vec<Diagnostic> = tree.problems.iter().map(crate::dialect::problem).collect();
        if let Some(root) = &tree.root {
            found.extend(document::read_inner(&text, root).diagnostics);
        }
        for mut diagnostic in found.into_iter().filter(Diagnostic::is_error) {
            let (line, column) = crate::text::LineIndex::new(&text).line_column(diagnostic.span.start);
            diagnostic.notes.push(format!("at line {line}, column {column} of the document in this text"));
            diagnostic.span = node.span;
            diagnostic.fix = None;
            self.reader.report(diagnostic);
        }
        Target::Named(Template::fixed(text))
    }
}

/// `vars.x` and `x` are the same variable.
pub(super) fn bare_variable(name: &str) -> &str {
    name.strip_prefix("vars.").unwrap_or(name)
}

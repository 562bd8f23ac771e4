//! Blocks, sections, jumps and values.

use super::Machine;
use super::flow::{FlowId, Frame, FrameKind, Wait};
use super::output::{Output, Purpose};
use crate::expr::Template;
use crate::id::DocumentId;
use crate::ir::{BlockId, Choice, Cond, Condition, Data, InstructionId, Op, Program, SectionId, Switch, Target};
use crate::url::resolve;
use crate::value::Value;
use crate::wire::Why;
use alloc::{format, string::ToString, sync::Arc};

impl Machine {
    /// Runs a block inside the current section.
    pub(super) fn inline(&mut self, flow: FlowId, document: DocumentId, block: BlockId) {
        self.push(flow, Frame { document, block, at: 0, kind: FrameKind::Inline });
    }

    fn here(&self, flow: FlowId) -> Option<DocumentId> {
        self.flows.get(&flow)?.current.map(|(document, _)| document)
    }

    fn switch(&mut self, flow: FlowId, switch: &Switch) {
        let Some(document) = self.here(flow) else { return };
        let value = self.variable(flow, &switch.variable).unwrap_or_default();
        let case = switch.cases.iter().find(|(key, _)| *key == value).map(|(_, block)| *block);
        match case.or(switch.default) {
            Some(block) => self.inline(flow, document, block),
            None => {
                let text = format!("no case for {} = {value:?}", switch.variable);
                self.script_error(flow, "relay_script_method_no_matching_condition", &text);
                let leg = self.flows.get(&flow).map(|flow| flow.leg);
                self.note("assumed", leg, "the flow goes on behind the switch");
            }
        }
    }

    fn cond(&mut self, flow: FlowId, cond: &Cond) {
        let Some(document) = self.here(flow) else { return };
        let block = cond.arms.iter().find(|(when, _)| self.holds(flow, when)).map(|(_, block)| *block);
        if let Some(block) = block.or(cond.otherwise) {
            self.inline(flow, document, block);
        }
    }

    pub(super) fn choice(&mut self, flow: FlowId, choice: &Choice) {
        match choice {
            Choice::Switch(switch) => self.switch(flow, switch),
            Choice::Cond(cond) => self.cond(flow, cond),
        }
    }

    /// `execute` (with its own instruction as `site`) or `transfer` (without).
    pub(super) fn call_section(
        &mut self,
        flow: FlowId,
        program: &Arc<Program>,
        target: &Target,
        params: &Data,
        site: Option<InstructionId>,
    ) {
        let Some(document) = self.here(flow) else { return };
        let params = as_texts(self.data(flow, params));
        let site = site.map(|instruction| (document, instruction));
        if site.is_none() && !self.may_jump(program) {
            return;
        }
        match target {
            Target::Section(section) => self.enter_section(flow, document, *section, params, site),
            Target::Named(name) => {
                let name = self.text(flow, name);
                if name.starts_with("http://") || name.starts_with("https://") {
                    let url = resolve(self.base(flow), &name);
                    let purpose = Purpose::Execute { params: params.clone(), tail: site.is_none(), site };
                    self.ask(flow, url, "POST", None, Why::Execute, purpose, params);
                } else if site.is_some() && is_inline(&name) {
                    let fetch = self.new_fetch();
                    self.asked.insert(fetch, (flow, Purpose::Execute { params, tail: false, site }));
                    self.wait(flow, Wait::Answer(fetch));
                    let place = self.place();
                    self.out.push_back((Output::Inline { fetch, text: name }, place));
                } else if let Some(section) = program.find_section(&name) {
                    self.enter_section(flow, document, section, params, site);
                } else {
                    let message = format!("there is no section `{name}`");
                    self.script_error(flow, "relay_script_method_parameter_invalid_value", &message);
                    self.fail("a section that does not exist was called");
                }
            }
        }
    }

    /// Runs `target` after a dial, then goes on behind it.
    pub(super) fn run_after(&mut self, flow: FlowId, program: &Arc<Program>, target: &Target) {
        let site = self.flows.get(&flow).and_then(|running| running.current).map(|(_, instruction)| instruction);
        self.call_section(flow, program, target, &Data::NULL, site);
    }

    fn enter_section(
        &mut self,
        flow: FlowId,
        document: DocumentId,
        section: SectionId,
        params: Value,
        site: Option<(DocumentId, InstructionId)>,
    ) {
        let Some(block) = self.program(document).and_then(|p| p.section(section)).map(|section| section.body) else {
            return;
        };
        if site.is_none()
            && let Some(running) = self.flows.get_mut(&flow)
        {
            running.frames.clear();
        }
        self.push(flow, Frame { document, block, at: 0, kind: FrameKind::Section { params, site } });
    }

    /// Leaves the innermost frame; a section gives back `value` if it has one.
    pub(super) fn leave(&mut self, flow: FlowId, value: Option<Value>) {
        let Some(frame) = self.flows.get_mut(&flow).and_then(|running| running.frames.pop()) else { return };
        let returned = value.is_some();
        if let Some(value) = value {
            self.set(flow, "return_value", value);
        }
        if let FrameKind::Section { site: Some((document, instruction)), .. } = frame.kind {
            self.back_from_section(flow, document, instruction, returned);
        }
    }

    /// What stands in the `execute` that is over: its result runs after its `on_return`.
    fn back_from_section(&mut self, flow: FlowId, document: DocumentId, instruction: InstructionId, returned: bool) {
        let Some(program) = self.program(document).map(Arc::clone) else { return };
        if let Some(running) = self.flows.get_mut(&flow) {
            running.current = Some((document, instruction));
        }
        let Some(Op::Execute { on_return, result, .. }) = program.get(instruction).map(|i| &i.op) else { return };
        if let (true, Some(result)) = (returned, result) {
            self.choice(flow, result);
        }
        if let Some(block) = on_return {
            self.inline(flow, document, *block);
        }
    }

    /// `return`: leaves the section, blocks inside it included; at the top, the flow ends.
    pub(super) fn return_value(&mut self, flow: FlowId, value: Value) {
        let Some(running) = self.flows.get_mut(&flow) else { return };
        while running.frames.last().is_some_and(|frame| matches!(frame.kind, FrameKind::Inline)) {
            running.frames.pop();
        }
        self.leave(flow, Some(value));
    }

    pub(super) fn goto(
        &mut self,
        flow: FlowId,
        program: &Arc<Program>,
        label: &Template,
        when: Option<&Condition>,
        max: u32,
    ) {
        if when.is_some_and(|when| !self.holds(flow, when)) {
            return;
        }
        let name = self.text(flow, label);
        let Some(section) = self.flows.get(&flow).and_then(|running| running.section()) else { return };
        let (document, block) = (section.document, section.block);
        let Some(at) = program.find_label(block, &name) else {
            let message = format!("this section has no label `{name}`");
            return self.script_error(flow, "relay_script_method_parameter_invalid_value", &message);
        };
        let Some(running) = self.flows.get_mut(&flow) else { return };
        let count = running.labels.entry((document, block, name.clone())).or_insert(0);
        if *count >= max {
            let leg = running.leg;
            return self.note("skipped", Some(leg), format!("`{name}` was jumped to {max} times"));
        }
        *count += 1;
        if !self.may_jump(program) {
            return;
        }
        let Some(running) = self.flows.get_mut(&flow) else { return };
        while running.frames.last().is_some_and(|frame| matches!(frame.kind, FrameKind::Inline)) {
            running.frames.pop();
        }
        if let Some(frame) = running.frames.last_mut() {
            frame.at = at;
        }
    }

    /// Counts a jump; too many end the call.
    fn may_jump(&mut self, program: &Program) -> bool {
        let Some(budget) = program.policy.goto_budget else { return true };
        self.jumps.total += 1;
        self.jumps.silent += 1;
        if self.jumps.total > budget.total || self.jumps.silent > budget.silent {
            let (total, silent) = (budget.total.to_string(), budget.silent.to_string());
            self.fail(&format!(
                "relay_script_too_many_transfers: more than {total} transfers and jumps, or {silent} without interaction"
            ));
            return false;
        }
        true
    }

    /// The caller or a callee did something: jumps are counted anew.
    pub(super) fn interaction(&mut self) {
        self.jumps.silent = 0;
    }

    /// The flow has no instruction left.
    pub(super) fn flow_ran_out(&mut self, flow: FlowId) {
        if flow == FlowId::MAIN {
            self.end_flow(flow);
        } else {
            self.wait(flow, Wait::Over);
            self.screened(flow);
        }
    }
}

/// Whether a text is a document rather than the name of one.
fn is_inline(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) || text.contains('\n')
}

/// Parameters as the platform hands them over: numbers and truth values have become texts.
fn as_texts(params: Value) -> Value {
    match params {
        Value::Object(object) => {
            let text = |value: &Value| match value {
                Value::Number(_) | Value::Bool(_) => Value::from(crate::expr::text_of(value)),
                Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => value.clone(),
            };
            Value::Object(object.iter().map(|(name, value)| (name.to_string(), text(value))).collect())
        }
        other => other,
    }
}

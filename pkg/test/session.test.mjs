import assert from "node:assert/strict";
import { test } from "node:test";
import { EngineError, ScenarioError, Session, WireError, simulate } from "patchcord";

const FLOW = `# 😀
sections:
  main:
    - connect:
        serial: [{to: 'sip:ann@x'}, {to: 'sip:bob@x'}]
        result: {case: {failed: [{play: 'say:Nobody'}]}}
    - hangup
`;

const option = (session, label) => {
  for (const { options } of session.awaiting()) {
    const found = options.find((option) => option.label === label);
    if (found) {
      return found;
    }
  }
  throw new Error(`nobody ${label}`);
};

test("a session asks, and its scenario makes the same happen", () => {
  const session = new Session(FLOW);
  assert.equal(session.runUntil({ decision: true }).stopped, "decision");
  const [first] = session.awaiting();
  assert.equal(first.name, "sip:ann@x");
  assert.equal(first.node, "sections.main[0]");
  assert.equal(FLOW.slice(first.range.from).startsWith("connect"), true);
  const dialled = session.status.position;
  session.answer(option(session, "busy").fact, 500);
  session.runUntil({ decision: true });
  session.answer(option(session, "answers").fact, 4000);
  session.runUntil({ decision: true });
  session.answer(option(session, "hangs up").fact, 9000);
  assert.deepEqual(session.runUntil().outcome, "completed");
  const events = session.events();
  assert.deepEqual(events.map(({ index }) => index), [...events.keys()]);
  assert.equal(FLOW.slice(events.at(-1).range.from, events.at(-1).range.to), "hangup");
  const scenario = session.scenario({ expect: true });
  const again = simulate(FLOW, scenario);
  assert.deepEqual(again.diagnostics, []);
  assert.deepEqual(again.trace, events.map(({ entry }) => entry).map((entry, at) => ({ ...entry, ...(again.trace[at].span && { span: again.trace[at].span }) })));
  assert.equal(session.variables().connect_result, "connected");
  assert.equal(session.variables(dialled).connect_result, undefined);

  session.jump(dialled);
  session.answer(option(session, "does not answer").fact);
  assert.deepEqual(session.branches().map(({ parent, at, current }) => ({ parent, at, current })), [
    { parent: undefined, at: undefined, current: false },
    { parent: 0, at: dialled, current: true },
  ]);
  assert.equal(session.runUntil({ decision: true }).t, 60000);
  assert.equal(session.switch(0), true);
  assert.equal(session.events().length, events.length);
  session.free();
  assert.throws(() => session.step(), EngineError);
});

test("a changed document goes through the same answers", () => {
  const session = new Session(FLOW);
  session.runUntil({ decision: true });
  session.answer(option(session, "answers").fact, 4000);
  session.runUntil({ decision: true });
  assert.equal(session.reload(`# more\n${FLOW}`), null);
  const { before, after, t } = session.reload(FLOW.replace("to: 'sip:ann@x'", "to: 'sip:eve@x'"));
  assert.equal(t, 0);
  assert.equal(before.text, "originate b1 sip:ann@x");
  assert.equal(after.text, "originate b1 sip:eve@x");
  assert.throws(() => session.reload("sections: 7"), WireError);
});

test("what cannot begin says why", () => {
  assert.throws(() => new Session("sections: 7"), WireError);
  assert.throws(() => new Session(FLOW, { scenario: "calees: []" }), ScenarioError);
  const session = new Session(FLOW);
  assert.throws(() => session.answer({ fact: "answers", leg: "b9" }), WireError);
  assert.throws(() => session.answer({ fact: "explodes", leg: "a" }), WireError);
  assert.throws(() => session.runUntil({ breakpoints: [{}] }), WireError);
  assert.equal(session.runUntil({ breakpoints: [{ node: "sections.main[0]" }] }).stopped, "breakpoint");
});

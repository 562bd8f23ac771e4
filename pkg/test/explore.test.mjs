import assert from "node:assert/strict";
import { test } from "node:test";
import { ScenarioError, Session, WireError, coverage, diffBehaviour, enumerate, graph } from "patchcord";

const FLOW = `sections:
  main:
    - connect:
        to: sip:ann@x
        timeout: 20
        result: {case: {connected: [hangup]}}
    - play: say:Nobody
`;

test("every way is found, and its scenarios cover it", () => {
  const found = enumerate(FLOW);
  assert.equal(found.bounded, false);
  assert.deepEqual(found.unreached, []);
  assert.deepEqual(found.runs_out[0].node, "sections.main[1]");
  assert.deepEqual(found.unhandled.map(({ port }) => port), ["failed"]);
  const together = coverage(FLOW, found.paths.map(({ scenario }) => scenario));
  assert.equal(together.percent, 100);
  assert.deepEqual(together.nodes.map(({ id }) => id), graph(FLOW).nodes.map(({ id }) => id));
  assert.deepEqual(enumerate(FLOW), found);
  assert.equal(enumerate(FLOW, { paths: 1 }).bounded, true);
  assert.throws(() => enumerate("sections: 7"), WireError);
  assert.throws(() => coverage(FLOW, ["", "calees: []"]), ScenarioError);
});

test("a session covers what it went through", () => {
  const session = new Session(FLOW);
  session.runUntil({ decision: true });
  session.answer({ fact: "rejects", leg: "b1", status: 486 }, 100);
  session.runUntil();
  const [connect] = session.coverage().nodes;
  assert.deepEqual(connect.ports.map(({ name, count }) => [name, count]), [["connected", 0], ["failed", 1]]);
});

test("documents differ where they do", () => {
  assert.equal(diffBehaviour(FLOW, `# the same\n${FLOW}`).same, true);
  const { same, scenarios } = diffBehaviour(FLOW, FLOW.replace("timeout: 20", "timeout: 30"));
  assert.equal(same, false);
  const { a, b, t } = scenarios.find((told) => !told.same).divergence;
  assert.deepEqual([t, a.text, a.line, b.t], [20000, "cancel b1", 3, 30000]);
  const fine = "callees: [{to: '*', does: [{at: 1s, answer: 200}, {at: 9s, hang_up: normal}]}]";
  assert.equal(diffBehaviour(FLOW, FLOW.replace("timeout: 20", "timeout: 30"), [fine]).same, true);
});

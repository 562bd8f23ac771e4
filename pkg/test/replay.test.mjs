import assert from "node:assert/strict";
import { test } from "node:test";
import { replay } from "patchcord";

const FLOW = `# 😀
sections:
  main:
    - connect: {to: 'sip:ann@x', timeout: 20}
    - hangup
`;
const START = {
  source: { kind: "document", text: FLOW },
  unix_ms: 1767225600000,
  seed: 1,
  caller: { from: "+15550001111", to: "+15552220000" },
};
const journal = (...lines) => `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
const ANSWERED = journal(
  { start: START },
  { at: 100, event: { name: "ringing", leg: "b1", status: 180 } },
  { at: 4000, event: { name: "answered", leg: "b1" } },
  { at: 9000, event: { name: "ended", leg: "b1", cause: "normal" } },
  { at: 9010, event: { name: "ended", leg: "a", cause: "normal" } },
  { at: 9010, done: "completed" },
);

test("a journal leads to the same orders, linked with the document", () => {
  const { start, document, commands, trace, events, ended, stopped } = replay(ANSWERED);
  assert.deepEqual(start, START);
  assert.equal(document, FLOW);
  assert.deepEqual(commands.map(({ name }) => name), ["answer", "originate", "play", "stop", "bridge", "hangup", "done"]);
  assert.equal(ended.outcome, "completed");
  assert.equal(stopped, undefined);
  assert.deepEqual(trace, events.map(({ entry }) => entry));
  assert.deepEqual(events.map(({ index }) => index), [...events.keys()]);
  const told = events.map(({ t, text, node, line, range }) => [t, text, node, line, range && FLOW.slice(range.from, range.to)]);
  const connect = ["sections.main[0]", 4, "connect: {to: 'sip:ann@x', timeout: 20}"];
  const fact = told.find(([, text]) => text === "answered b1");
  assert.deepEqual(fact.slice(0, 4), [4000, "answered b1", ...connect.slice(0, 2)]);
  assert.ok(connect[2].startsWith(fact[4].slice(0, 7)), fact[4]);
  const hangup = told.find(([, text]) => text === "hangup a normal");
  assert.deepEqual(hangup.slice(0, 4), [9000, "hangup a normal", "sections.main[1]", 5]);
  assert.deepEqual(replay(ANSWERED), replay(ANSWERED));
});

test("a deadline is replayed, and so is a call that its host gave up", () => {
  const { commands, ended, stopped } = replay(
    journal({ start: START }, { at: 20000, timeout: true }, { at: 20001, stopped: "the guest trapped" }),
  );
  assert.equal(commands.at(-1).name, "cancel");
  assert.equal(ended, undefined);
  assert.equal(stopped, "the guest trapped");
});

test("a document that was fetched is the first one", () => {
  const source = { kind: "url", hook: { url: "https://example.com/flow" } };
  const { document, events } = replay(
    journal({ start: { ...START, source, dialect: "swml" } }, { at: 50, event: { name: "fetched", fetch: 1, status: 200, body: FLOW } }),
  );
  assert.equal(document, FLOW);
  assert.ok(events.some(({ node }) => node === "sections.main[0]"));
});

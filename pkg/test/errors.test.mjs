import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DocumentError,
  EditError,
  Expression,
  ExpressionError,
  JournalError,
  PatchcordError,
  ScenarioError,
  Session,
  WireError,
  applyEdit,
  coverage,
  diffBehaviour,
  enumerate,
  replay,
  simulate,
} from "patchcord";

// Two UTF-16 units, four bytes: places must count as JavaScript does.
const BROKEN = "# 😀\nsections:\n  main:\n    - play: say:Hello\n    - conect: {to: 'sip:ann@x'}\n";
const FLOW = BROKEN.replace("conect", "connect");

/** The error that an act throws: of this class and all above it, with this code. */
function thrown(act, kind, code) {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof kind && error instanceof PatchcordError && error instanceof Error, String(error));
    assert.equal(error.name, kind.name);
    assert.equal(error.code, code);
    return error;
  }
  throw new Error("expected an error, found none");
}

const slice = (text, { range }) => text.slice(range.from, range.to);

test("a document that cannot be run says where its first error is", () => {
  for (const act of [() => new Session(BROKEN), () => enumerate(BROKEN), () => new Session(FLOW).reload(BROKEN)]) {
    const error = thrown(act, DocumentError, "document");
    assert.ok(error instanceof WireError);
    assert.equal(slice(BROKEN, error), "conect");
    assert.equal(error.node, "sections.main[1]");
    assert.match(error.message, /^the document cannot be run: 5:7: /);
    assert.equal(error.reports[0].line, 5);
  }
  assert.equal(thrown(() => diffBehaviour(FLOW, BROKEN), DocumentError, "document").reports[0].file, "b");
  const nothing = thrown(() => new Session("7"), DocumentError, "document");
  assert.equal(nothing.node, undefined);
});

test("an expression says where it is wrong, when it is read and when it is computed", () => {
  const source = "'😀' + (1 +)";
  assert.equal(slice(source, thrown(() => new Expression(source), ExpressionError, "expression")), ")");
  const computed = "'😀' + nope.more";
  const error = thrown(() => new Expression(computed).evaluate({}), ExpressionError, "expression");
  assert.equal(slice(computed, error).startsWith("nope"), true);
});

test("an edit that is refused says what it was to change", () => {
  const refused = (operation) => thrown(() => applyEdit(FLOW, operation), EditError, "edit");
  const error = refused({ op: "unset-prop", node: "sections.main[1]", path: ["timeout"] });
  assert.equal(slice(FLOW, error), "connect: {to: 'sip:ann@x'}");
  assert.deepEqual([error.node, error.path], ["sections.main[1]", ["timeout"]]);
  assert.equal(refused({ op: "delete", node: "sections.main[7]" }).range, undefined);
  assert.equal(slice(FLOW, refused({ op: "rename-section", section: "main", name: "other" })), "main");
  thrown(() => applyEdit(FLOW, { op: "explode" }), WireError, "wire");
});

test("a scenario that is refused says where", () => {
  const scenario = "# 😀\ncaller: {frm: x}\n";
  for (const act of [
    () => simulate(FLOW, scenario),
    () => new Session(FLOW, { scenario }),
    () => coverage(FLOW, ["http: []", scenario]),
  ]) {
    const error = thrown(act, ScenarioError, "scenario");
    assert.equal(slice(scenario, error), "frm");
    assert.equal(error.reports[0].line, 2);
  }
});

test("a text that is no journal says which line is not", () => {
  const start = JSON.stringify({ start: { source: { kind: "document", text: FLOW }, unix_ms: 0, seed: 1, caller: { from: "a", to: "b" } } });
  const bad = (line) => thrown(() => replay(`${start}\n\n${line}\n`), JournalError, "journal");
  for (const line of ["nonsense", start, "{}", '{"at":1}', '{"at":1,"event":{"name":"explodes"}}']) {
    assert.equal(slice(`${start}\n\n${line}\n`, bad(line)), line);
  }
  assert.match(thrown(() => replay(""), JournalError, "journal").message, /^expected a journal/);
  assert.match(thrown(() => replay('{"at":1,"timeout":true}'), JournalError, "journal").message, /begin with its start/);
});

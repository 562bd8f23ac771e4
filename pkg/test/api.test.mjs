import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as patchcord from "patchcord";

const { Engine, EngineError, Expression, PatchcordError, Positions, ScenarioError, WireError, applyFix, check, simulate } = patchcord;

const FLOW = "sections:\n  main:\n    - connect: {to: \"sip:ada@example.com\"}\n";
const START = {
  source: { kind: "document", text: FLOW },
  unix_ms: 1767225600000,
  seed: 1,
  caller: { from: "+15550001111", to: "+15552220000" },
};

test("a good document has no reports, a bad one has places and fixes", () => {
  assert.deepEqual(check(FLOW), []);
  const broken = FLOW.replace("connect", "conect");
  const [report] = check(broken, { file: "flow.yaml" });
  assert.equal(report.file, "flow.yaml");
  assert.equal(report.severity, "error");
  assert.deepEqual(new Positions(broken).of(report), { from: broken.indexOf("conect"), to: broken.indexOf("conect") + 6 });
  assert.equal(applyFix(broken, report.fix), FLOW);
});

test("the published schema is stricter than the platform", () => {
  const text = "sections:\n  main:\n    - answer\n";
  assert.deepEqual(check(text, { strict: "platform" }), []);
  const [report] = check(text, { strict: "schema" });
  assert.equal(report.severity, "error");
  assert.deepEqual(check(applyFix(text, report.fix), { strict: "schema" }), []);
});

test("graphs and edits count as JavaScript does", () => {
  const { applyEdit, applyEdits, format, graph, EditError } = patchcord;
  const text = "# 😀 é\nsections:\n  main:\n    - play: 'say:😀'\n    - hangup\n";
  const drawn = graph(text, { layout: true });
  assert.deepEqual(drawn.nodes.map(({ range }) => text.slice(range.from, range.to)), ["play: 'say:😀'", "hangup"]);
  assert.equal(drawn.layout.nodes.length, 2);
  assert.equal(graph(text).layout, undefined);
  assert.deepEqual(graph("7").nodes, []);
  const edits = applyEdit(text, { op: "delete", node: "sections.main[1]" });
  assert.equal(applyEdits(text, edits), text.replace("    - hangup\n", ""));
  assert.throws(() => applyEdit(text, { op: "delete", node: "sections.main[7]" }), EditError);
  assert.throws(() => applyEdit(text, { op: "explode" }), WireError);
  assert.equal(applyEdits(`${text}\n\n`, format(`${text}\n\n`)), text);
});

test("the vocabulary of every dialect is what check knows", () => {
  const { applyEdit, applyEdits, graph, vocabulary } = patchcord;
  const flow = { swml: "sections:\n  main: []\n", verbs: '[{"verb": "answer"}]', rcml: "<Response><Pause/></Response>" };
  for (const dialect of ["swml", "verbs", "rcml"]) {
    const { steps, objects } = vocabulary(dialect);
    for (const { name, runs, example } of steps.filter(({ runs }) => runs !== "nobody")) {
      const place = dialect === "swml" ? { section: "main" } : { node: graph(flow[dialect], { dialect }).nodes[0].id };
      const text = applyEdits(flow[dialect], applyEdit(flow[dialect], { op: "insert-after", ...place, step: example }));
      const errors = check(text, { dialect }).filter(({ severity }) => severity === "error");
      assert.deepEqual(errors, [], `${name} by ${runs}`);
    }
    assert.ok(Object.values(objects).every(({ parameters }) => Array.isArray(parameters)));
  }
  assert.throws(() => vocabulary("klingon"), WireError);
});

test("two thousand steps are placed in no time", () => {
  const step = "    - connect:\n        to: sip:a@example.com\n        result:\n          case:\n            connected: [hangup]\n            failed: [{play: 'say:no'}]\n    - play: say:x\n";
  const text = `sections:\n  main:\n${step.repeat(500)}`;
  const placed = (options) => {
    const began = performance.now();
    const { nodes } = patchcord.graph(text, options);
    assert.equal(nodes.length, 2000);
    return performance.now() - began;
  };
  const least = (options) => Math.min(...Array.from({ length: 5 }, () => placed(options)));
  const [plain, whole] = [least({}), least({ layout: true })];
  console.log(`graph ${plain.toFixed(1)} ms, with layout ${whole.toFixed(1)} ms`);
});

test("positions count as JavaScript does", () => {
  const text = "a: 😀x\r\nb: é\rc";
  const positions = new Positions(text);
  assert.equal(text.slice(positions.offset(1, 4)), "😀x\r\nb: é\rc");
  assert.equal(text.slice(positions.offset(1, 5)), "x\r\nb: é\rc");
  assert.equal(text.slice(positions.offset(2, 4)), "é\rc");
  assert.equal(text.slice(positions.offset(3, 1)), "c");
  assert.equal(positions.offset(9, 9), text.length);
  const place = { document: 0, start: 3, end: 8, line: 1, column: 4 };
  const { from, to } = positions.ofPlace(place);
  assert.equal(text.slice(from, to), "😀x");
});

test("simulations are the same every time", () => {
  const once = simulate(FLOW);
  assert.equal(once.outcome, "completed");
  assert.equal(JSON.stringify(simulate(FLOW)), JSON.stringify(once));
  assert.equal(once.legs.length, 2);
});

test("a document that is refused is not run", () => {
  const call = simulate("sections: {}");
  assert.equal(call.outcome, null);
  assert.ok(call.diagnostics.length > 0);
});

test("a scenario that is refused is thrown with its reports", () => {
  assert.throws(() => simulate(FLOW, "caller: {frm: x}"), (error) => {
    assert.ok(error instanceof ScenarioError && error instanceof PatchcordError);
    assert.equal(error.code, "scenario");
    assert.equal(error.reports[0].line, 1);
    return true;
  });
});

test("arguments of the wrong shape are refused", () => {
  assert.throws(() => check(7), WireError);
  assert.throws(() => check(FLOW, { dialect: "klingon" }), WireError);
  assert.throws(() => check(FLOW, { strict: "very" }), WireError);
  const engine = new Engine();
  assert.throws(() => engine.open({}), WireError);
  assert.throws(() => engine.event(0, { name: "digit", leg: "a", digit: "1" }), EngineError);
  engine.open(START);
  assert.throws(() => engine.open(START), EngineError);
  assert.throws(() => engine.event(0, { name: "nonsense" }), WireError);
  assert.throws(() => engine.event(-1, { name: "digit", leg: "a", digit: "1" }), WireError);
  engine.free();
  assert.throws(() => engine.timeout(1), EngineError);
});

test("a host is called once per order, in order", () => {
  const orders = [];
  const host = new Proxy({}, { get: (_, name) => (order) => orders.push([name, order]) });
  const engine = new Engine(host);
  const first = engine.open(START);
  assert.deepEqual(orders.map(([name]) => name), first.commands.map(({ name }) => name));
  assert.deepEqual(orders.find(([name]) => name === "originate")[1].to, "sip:ada@example.com");
  assert.equal(engine.deadline, 60_000);
  engine.event(100, { name: "answered", leg: "b1" });
  engine.event(5_000, { name: "ended", leg: "b1", cause: "normal" });
  const last = engine.event(5_001, { name: "ended", leg: "a", cause: "normal" });
  assert.equal(last.ended.outcome, "completed");
  assert.ok(engine.ended);
  assert.deepEqual(orders.at(-1), ["done", { outcome: "completed" }]);
  engine[Symbol.dispose]();
});

test("CommonJS has the same face", () => {
  const required = createRequire(import.meta.url)("patchcord");
  assert.deepEqual(Object.keys(required).sort(), Object.keys(patchcord).sort());
  assert.equal(JSON.stringify(required.simulate(FLOW)), JSON.stringify(simulate(FLOW)));
});

test("the other entries need init first", () => {
  const program = `
    import assert from "node:assert/strict";
    import { readFile } from "node:fs/promises";
    import * as slim from "patchcord/slim";
    import * as url from "patchcord/url";
    const flow = ${JSON.stringify(FLOW)};
    assert.throws(() => slim.check(flow), slim.NotReadyError);
    assert.throws(() => url.check(flow), url.NotReadyError);
    const part = (name) => readFile(new URL(import.meta.resolve("patchcord/" + name)));
    await slim.init(part("read.wasm"), part("run.wasm"));
    assert.deepEqual(slim.check(flow), []);
    assert.equal(slim.simulate(flow).outcome, "completed");
    await url.init();
    console.log(JSON.stringify(url.simulate(flow)));
  `;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: new URL(".", import.meta.url), encoding: "utf8" });
  assert.equal(printed.trim(), JSON.stringify(simulate(FLOW)));
});

test("what reads is there first, and the rest comes later", async () => {
  const slim = await import("patchcord/slim");
  const part = (name) => readFile(new URL(`../dist/${name}.wasm`, import.meta.url));
  const [read, run] = [(await part("read")).length, (await part("run")).length];
  assert.ok(read < (read + run) * 0.6, `${read} and ${run}`);
  assert.throws(() => slim.check(FLOW), slim.NotReadyError);
  await assert.rejects(slim.complete(part("run")), slim.NotReadyError);
  await slim.init(part("read"));
  for (const flow of [FLOW, "sections: {main: [{oops: 1}]}", '[{"verb": "say"}]', "<Response><Dial>1</Dial></Response>"]) {
    assert.deepEqual(slim.check(flow), check(flow));
    assert.deepEqual(slim.graph(flow, { layout: true }), patchcord.graph(flow, { layout: true }));
  }
  for (const early of [() => slim.simulate(FLOW), () => slim.format(FLOW), () => slim.vocabulary("swml"), () => new slim.Session(FLOW), () => new slim.Engine(), () => new slim.Expression("1")]) {
    assert.throws(early, (error) => error instanceof slim.NotReadyError && error.message.includes("complete("));
  }
  // Files of two builds do not know each other's addresses.
  const other = Buffer.from(await part("run"));
  other[other.length - 1] ^= 1;
  await assert.rejects(slim.complete(other), { code: "module", message: /of the same build/ });
  await Promise.all([slim.complete(part("run")), slim.complete(part("run"))]);
  // Asked again, nothing begins anew under what is there.
  const session = new slim.Session(FLOW);
  await slim.complete(part("run"));
  const asked = new patchcord.Session(FLOW);
  assert.deepEqual(session.runUntil({ decision: true }), asked.runUntil({ decision: true }));
  assert.deepEqual(session.awaiting(), asked.awaiting());
  assert.deepEqual(slim.simulate(FLOW), simulate(FLOW));
});

test("the types hide the module and know everything", async () => {
  const dist = new URL("../dist/", import.meta.url);
  for (const name of (await readdir(dist)).filter((name) => /\.d\.c?ts$/.test(name))) {
    const types = (await readFile(new URL(name, dist), "utf8")).replace(/\/\*[\s\S]*?\*\//g, "");
    assert.doesNotMatch(types, /\bany\b|__wb|InitOutput|JsValue/, name);
  }
});

test("every export has words", async () => {
  const dist = new URL("../dist/", import.meta.url);
  for (const name of (await readdir(dist)).filter((name) => /\.d\.c?ts$/.test(name))) {
    const lines = (await readFile(new URL(name, dist), "utf8")).split("\n");
    const told = new Set();
    for (const [at, line] of lines.entries()) {
      const [, what] = /^export (?:declare )?(?:abstract )?(?:function|const|class|interface|type|enum) (\w+)/.exec(line) ?? [];
      // The words of a function with several signatures stand at the first.
      if (what && !told.has(what)) {
        assert.match(lines[at - 1] ?? "", /\*\/$/, `${name}: ${what}`);
        told.add(what);
      }
    }
  }
});

test("an expression is read once and evaluated often", () => {
  const expression = new Expression("vars.list.map(x => x * 2).join('-') + new Date().getUTCFullYear()");
  assert.equal(expression.evaluate({ vars: { list: [1, 2] } }, Date.UTC(2030, 0, 1)), "2-42030");
  assert.equal(expression.evaluate(), "2-42030");
  assert.deepEqual(new Expression("({a: [n, undefined]})").evaluate({ n: 1 }), { a: [1, null] });
  assert.equal(new Expression("/(\\d+)@/.exec(to)[1]").evaluate({ to: "sip:17@example.com" }), "17");
  assert.throws(() => new Expression("1 +"), WireError);
  assert.throws(() => new Expression("nope.more").evaluate({}), WireError);
  expression.free();
});

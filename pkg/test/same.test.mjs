// One flow, one scenario, one result: natively, through the guest, and through the package.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Engine, simulate } from "patchcord";
import { Guest, replay } from "patchcord/guest";
import { ask, guest, names, native, scenes } from "./same.mjs";

const all = scenes();
const skip = (what, missing) => (what ? false : `there is no ${missing}; run \`cargo build\` or \`cargo xtask guest\``);
// As the native program prints it.
const pretty = (value) => `${JSON.stringify(value, null, 2)}\n`;
const same = (found, expected, name) => {
  const [left, right] = [found.split("\n"), expected.split("\n")];
  const at = left.findIndex((line, index) => line !== right[index]);
  const context = (lines) => lines.slice(Math.max(at - 4, 0), at + 2).join("\n");
  assert.ok(found === expected, `${name}, line ${at + 1}:\n${context(left)}\nexpected\n${context(right)}`);
};
const packaged = (scene) => {
  const { file, scenario_file: scenarioFile } = names(scene);
  return simulate(scene.flow, scene.scenario, { file, scenarioFile });
};

test("there are scenarios", () => assert.ok(all.length > 30, `${all.length}`));

test("the package prints what the native engine prints", { skip: skip(native, "native program") }, () => {
  for (const scene of all) {
    same(pretty(packaged(scene)), ask(scene).printed, scene.name);
  }
});

test("the guest says what the package says", { skip: skip(guest, "guest module") }, async () => {
  const runner = await Guest.load(await readFile(guest), () => {});
  assert.equal(runner.version[0], 1);
  for (const scene of all) {
    const answer = runner.simulate(scene.flow, { scenario: scene.scenario, ...names(scene) });
    same(pretty(answer), pretty(packaged(scene)), scene.name);
    assert.deepEqual(runner.check(scene.flow, { file: scene.flowPath }), answer.diagnostics.filter((d) => d.file === scene.flowPath));
  }
});

test("journals replay to the same orders and traces", { skip: skip(native && guest, "native program or guest") }, async () => {
  const module = await WebAssembly.compile(await readFile(guest));
  for (const scene of all) {
    const { printed, journal } = ask(scene);
    const expected = JSON.parse(printed);
    const replayed = await replay(module, journal);
    same(pretty(replayed.trace), pretty(expected.trace), scene.name);
    const orders = expected.trace.filter((entry) => entry.kind === "command").map((entry) => entry.name);
    assert.deepEqual(replayed.commands.map((json) => JSON.parse(json).name), orders, scene.name);
    assert.equal(replayed.ended?.outcome ?? null, expected.outcome, scene.name);
  }
});

test("a live engine of the package replays journals to the same traces", { skip: skip(native, "native program") }, () => {
  for (const scene of all) {
    const { printed, journal } = ask(scene);
    const engine = new Engine();
    const steps = journal
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line))
      .flatMap((line) => {
        if (line.start) return [engine.open(line.start)];
        if (line.event) return [engine.event(line.at, line.event)];
        return line.timeout ? [engine.timeout(line.at)] : [];
      });
    const expected = JSON.parse(printed);
    same(pretty(steps.flatMap((step) => step.trace)), pretty(expected.trace), scene.name);
    assert.equal(steps.at(-1)?.ended?.outcome ?? null, expected.outcome, scene.name);
    engine.free();
  }
});

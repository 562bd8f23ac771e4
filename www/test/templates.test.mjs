// Every template is without problems, and its call comes to an end.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { check, format, graph, simulate } from "patchcord";

const folder = new URL("../src/templates/", import.meta.url);
const files = readdirSync(folder);
const flows = files.filter((file) => /\.(swml|verbs|rcml)\.(yaml|json|xml)$/.test(file));
const read = (file) => readFileSync(new URL(file, folder), "utf8");

test("there are eight subjects in each dialect, and every scenario has its flow", () => {
  for (const dialect of ["swml", "verbs", "rcml"]) assert.equal(flows.filter((file) => file.includes(`.${dialect}.`)).length, 8, dialect);
  for (const file of files.filter((file) => file.endsWith(".scenario.yaml"))) {
    assert.ok(flows.some((flow) => flow.startsWith(file.replace("scenario.yaml", ""))), file);
  }
});

for (const file of flows) {
  test(file, () => {
    const flow = read(file);
    const scenario = `${file.split(".").slice(0, 2).join(".")}.scenario.yaml`;
    assert.deepEqual(check(flow).map(({ line, message }) => `${line}: ${message}`), []);
    assert.deepEqual(format(flow), [], "it is written evenly");
    const { nodes } = graph(flow);
    assert.ok(nodes.length >= 2 && nodes.every(({ kind, unreachable }) => kind === "step" && !unreachable));
    const call = simulate(flow, files.includes(scenario) ? read(scenario) : undefined);
    assert.equal(call.outcome, "completed");
    assert.deepEqual(call.diagnostics, []);
  });
}

// Our side of each comparison.
import { readFile } from "node:fs/promises";
import { check as read, Expression } from "../pkg/dist/inline.js";
import { Guest } from "../pkg/dist/guest.js";

export const check = (text) => ({ name: "patchcord", run: () => fine(read(text)) });

export const errors = (text) => read(text).filter((report) => report.severity === "error").length;

function fine(reports) {
  const error = reports.find((report) => report.severity === "error");
  if (error) throw new Error(`${error.line}:${error.column}: ${error.message}`);
}

/** A condition of which the names are given once. */
export function condition(source, scope) {
  const expression = new Expression(source);
  if (expression.evaluate(scope) !== true) throw new Error("expected a condition that holds");
  return { name: "patchcord", run: () => expression.evaluate() };
}

/** A condition of which the names are given each time. */
export function crossing(source, scope) {
  const expression = new Expression(source);
  return { name: "patchcord", run: () => expression.evaluate(scope) };
}

export const reading = (source) => ({ name: "patchcord", run: () => new Expression(source).free() });

/** The plain module that hosts run. */
export async function guest(file) {
  const module = await Guest.load(await readFile(file), () => {});
  return {
    check: (text) => ({ name: "patchcord", run: () => fine(module.check(text)) }),
    flow(text) {
      const { program, runs, diagnostics } = module.loadProgram(text);
      if (!runs) throw new Error(JSON.stringify(diagnostics));
      const start = { now: 0, unix_ms: 0, seed: 1, quiet: true, caller: { from: "+15550001111", to: "+15552220000" } };
      const run = () => {
        const step = module.open(program, { ...start, source: { kind: "document", text: "" } });
        module.close(step.call);
        return step;
      };
      return { name: "patchcord", run };
    },
  };
}

// The other side of each comparison, from npm.
import { createRequire } from "node:module";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { XMLParser } from "fast-xml-parser";
import { compileExpression } from "filtrex";
import { load } from "js-yaml";
import { createMachine as robotMachine, guard, immediate, interpret, reduce, state } from "robot3";
import { assign, createActor, createMachine } from "xstate";
import { parse as celParse } from "@marcbachmann/cel-js";

const require = createRequire(import.meta.url);

let compiled;

/** One validator for all lines: a second copy of its code would run slower. */
function validator(schema) {
  if (!compiled) {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(ajv);
    compiled = ajv.compile(schema);
  }
  return compiled;
}

export function ajv(schema, text) {
  const validate = validator(schema);
  if (!validate(JSON.parse(text))) throw new Error(JSON.stringify(validate.errors.slice(0, 3)));
  return { name: "ajv, official schema", run: () => validate(JSON.parse(text)) };
}

export function ajvErrors(schema, text) {
  const validate = validator(schema);
  validate(JSON.parse(text));
  return validate.errors?.length ?? 0;
}

export function jambonzSchema(text) {
  const { validateApp } = require("@jambonz/schema");
  const run = () => validateApp(JSON.parse(text));
  const { valid, errors } = run();
  if (!valid) throw new Error(JSON.stringify(errors.slice(0, 3)));
  return { name: "@jambonz/schema", run };
}

export function verbSpecifications(text) {
  const { validate } = require("@jambonz/verb-specifications");
  return { name: "verb-specifications", run: () => validate(silent, JSON.parse(text)) };
}

const silent = { info() {}, debug() {}, error() {}, warn() {} };

export function xml(text) {
  const parser = new XMLParser({ ignoreAttributes: false });
  return { name: "fast-xml-parser, parse only", run: () => parser.parse(text) };
}

export const yaml = (text) => ({ name: "js-yaml, parse only", run: () => load(text) });

const STEPS = 50;
const name = (index) => (index === STEPS ? "over" : `step${index}`);

/** Each state goes on by itself: a guard, and a variable that is set. */
export function xstate() {
  const states = { over: { type: "final" } };
  for (let index = 0; index < STEPS; index += 1) {
    const actions = assign({ n: ({ context }) => context.n + 1 });
    states[name(index)] = { always: { guard: ({ context }) => context.n < 100, actions, target: name(index + 1) } };
  }
  const machine = createMachine({ initial: name(0), context: { n: 0 }, states });
  const run = () => createActor(machine).start().getSnapshot().context.n;
  if (run() !== STEPS) throw new Error("expected all steps");
  return { name: "xstate 5", run };
}

export function robot() {
  const states = { over: state() };
  for (let index = STEPS - 1; index >= 0; index -= 1) {
    const go = guard((context) => context.n < 100);
    states[name(index)] = state(
      immediate(name(index + 1), go, reduce((context) => ({ ...context, n: context.n + 1 }))),
    );
  }
  const machine = robotMachine(name(0), states, () => ({ n: 0 }));
  const run = () => interpret(machine, () => {}).context.n;
  if (run() !== STEPS) throw new Error("expected all steps");
  return { name: "robot3", run };
}

export function filtrex(scope) {
  const run = compileExpression('tries < 3 and state == "answered" and from == "+15550001111"');
  const flat = { tries: scope.vars.tries, state: scope.call.call_state, from: scope.call.from };
  if (!run(flat)) throw new Error("expected a condition that holds");
  return { name: "filtrex", run: () => run(flat) };
}

const CEL = 'vars.tries < 3 && call.call_state == "answered" && call.from == "+15550001111"';

export function cel(scope) {
  const evaluate = celParse(CEL);
  const run = () => evaluate(scope);
  if (run() !== true) throw new Error("expected a condition that holds");
  return { name: "@marcbachmann/cel-js", run };
}

export const celReading = () => ({ name: "@marcbachmann/cel-js", run: () => celParse(CEL) });

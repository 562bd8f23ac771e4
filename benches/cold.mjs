// A new process: how long until the validator is ready, and how long its first check takes then:
// `node cold.mjs ours|ajv`, in ms of wall clock.
import { readFileSync } from "node:fs";
import { swml } from "./documents.mjs";

const began = performance.now();
let check;
if (process.argv[2] === "ours") {
  ({ check } = await import("../pkg/dist/inline.js"));
} else {
  const { default: Ajv } = await import("ajv/dist/2020.js");
  const { default: addFormats } = await import("ajv-formats");
  const file = new URL("../../shared/swml-schema/swml-calling.2026-08-21.docs-main.json", import.meta.url);
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const schema = JSON.parse(readFileSync(file, "utf8"));
  // A schema is compiled by its first use.
  check = (text) => ajv.compile(schema)(JSON.parse(text));
}
const ready = performance.now();
check(swml);
console.log(JSON.stringify([ready - began, performance.now() - ready]));

// How long the first check of a process takes, from before the import: `node cold.mjs ours|ajv`.
import { readFileSync } from "node:fs";
import { swml } from "./documents.mjs";

const began = performance.now();
if (process.argv[2] === "ours") {
  const { check } = await import("../pkg/dist/inline.js");
  check(swml);
} else {
  const { default: Ajv } = await import("ajv/dist/2020.js");
  const { default: addFormats } = await import("ajv-formats");
  const file = new URL("../../shared/swml-schema/swml-calling.2026-08-21.docs-main.json", import.meta.url);
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.compile(JSON.parse(readFileSync(file, "utf8")))(JSON.parse(swml));
}
console.log(performance.now() - began);

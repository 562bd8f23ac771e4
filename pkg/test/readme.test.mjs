// Runs every example of the README and compares what it prints.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(join(folder, "README.md"), "utf8");
const examples = [...readme.matchAll(/```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];

test("the README has examples", () => assert.ok(examples.length >= 4));

for (const [index, [, code, expected]] of examples.entries()) {
  test(`example ${index + 1} prints what it says`, () => {
    // Inside of the package, so that its own name resolves to it.
    const place = mkdtempSync(join(folder, "test/example-"));
    try {
      writeFileSync(join(place, "example.mjs"), code);
      const printed = execFileSync(process.execPath, ["example.mjs"], { cwd: place, encoding: "utf8" });
      assert.equal(printed, expected);
    } finally {
      rmSync(place, { recursive: true });
    }
  });
}

// The types, as a consumer's compiler sees them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("TypeScript accepts what is right and refuses what is not, in both kinds of modules", () => {
  const folder = fileURLToPath(new URL("..", import.meta.url));
  const { status, stdout } = spawnSync("node_modules/.bin/tsc", ["--project", "test/types"], { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stdout);
});

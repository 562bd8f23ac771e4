// What the tests of sameness share: scenarios, the native program, the guest.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");

const first = (paths) => paths.find((path) => existsSync(path));

/** The native program, where it was built. */
export const native = first([join(target, "debug/patchcord"), join(target, "release/patchcord")]);

/** The guest module that the native host holds, where it was built. */
export const guest = first([
  join(target, "guest/wasm32-unknown-unknown/guest/patchcord_wasm.wasm"),
  join(target, "patchcord-guest.wasm"),
]);

/** Every scenario of the repository with its flow. */
export function scenes() {
  const folder = join(root, "tests/scenarios");
  const found = [];
  for (const dialect of existsSync(folder) ? readdirSync(folder).sort() : []) {
    for (const name of readdirSync(join(folder, dialect)).sort()) {
      const match = /^([^.]+)\..*?scenario\.yaml$/.exec(name);
      if (match) {
        const flow = first(["json", "yaml", "xml"].map((kind) => join(folder, dialect, `${match[1]}.${kind}`)));
        const scenario = join(folder, dialect, name);
        found.push({
          name: `${dialect}/${name}`,
          flow: readFileSync(flow, "utf8"),
          flowPath: flow,
          scenario: readFileSync(scenario, "utf8"),
          scenarioPath: scenario,
        });
      }
    }
  }
  return found;
}

/** The names that all runners give to their inputs, so that reports are equal. */
export const names = (scene) => ({ file: scene.flowPath, scenario_file: scene.scenarioPath });

/** What the native engine prints for a scene, and its journal. */
export function ask(scene) {
  const place = mkdtempSync(join(tmpdir(), "patchcord-"));
  const journal = join(place, `${basename(scene.scenarioPath)}.journal`);
  const options = ["--scenario", scene.scenarioPath, "--native", "--format", "json", "--journal", journal];
  let printed;
  try {
    printed = execFileSync(native, ["simulate", scene.flowPath, ...options], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    // A scenario may expect a flow to fail; what was printed counts.
    printed = error.stdout;
  }
  const lines = existsSync(journal) ? readFileSync(journal, "utf8") : "";
  rmSync(place, { recursive: true });
  return { printed, journal: lines };
}

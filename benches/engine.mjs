// Measures the engine beside its peers: `cargo xtask bench engine`.
// Every figure is CPU time per operation; both sides take turns in one process, and what counts is
// the median ratio with its spread.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import * as documents from "./documents.mjs";
import * as peers from "./peers.mjs";
import * as ours from "./ours.mjs";

const ROUNDS = 7;
const LEAST = 25_000; // µs of CPU per batch

/** CPU time of one call, in µs, over a batch that is long enough. */
function once(side) {
  let count = side.count ?? 1;
  for (;;) {
    const before = process.cpuUsage();
    for (let index = 0; index < count; index += 1) side.run(index);
    const { user, system } = process.cpuUsage(before);
    if (user + system >= LEAST) {
      side.count = count;
      return (user + system) / count;
    }
    count = Math.max(count + 1, Math.ceil((count * LEAST * 1.2) / Math.max(user + system, 1_000)));
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const shown = (number) => (number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number.toFixed(2));

/** One line: ours, theirs, the ratio with its spread, and the target: a ratio, or µs of our own. */
function compare(name, mine, peer, target, unit = "x") {
  for (let warm = 0; warm < 2; warm += 1) [mine, peer].forEach(once);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const order = round % 2 === 0 ? [mine, peer] : [peer, mine];
    const times = new Map(order.map((side) => [side, once(side)]));
    return [times.get(mine), times.get(peer)];
  });
  const ratios = rounds.map(([a, b]) => a / b).sort((a, b) => a - b);
  const [low, high] = [ratios[1], ratios[ratios.length - 2]];
  const judged = unit === "x" ? ratios : rounds.map(([own]) => own).sort((x, y) => x - y);
  const verdict = judged.at(-2) <= target ? "met" : judged[1] > target ? "missed" : "open";
  const [a, b] = [0, 1].map((side) => shown(median(rounds.map((round) => round[side]))));
  console.log(
    `${name.padEnd(34)} ${a.padStart(8)} µs | ${peer.name.padEnd(26)} ${b.padStart(8)} µs | ` +
      `${median(ratios).toFixed(3)}x (${low.toFixed(3)}–${high.toFixed(3)}), target ≤ ${target}${unit}: ${verdict}`,
  );
}

const schemaFile = new URL("../../shared/swml-schema/swml-calling.2026-08-21.docs-main.json", import.meta.url);
const schema = existsSync(schemaFile) ? JSON.parse(readFileSync(schemaFile, "utf8")) : undefined;
const guest = await ours.guest(process.argv[2]);
const sizes = Object.entries(documents).filter(([, text]) => typeof text === "string");
console.log(sizes.map(([name, text]) => `${name} ${(text.length / 1000).toFixed(1)} kB`).join(", "), "\n");

for (const [where, check] of [["package", ours.check], ["guest", guest.check]]) {
  if (schema) compare(`check SWML, ${where}`, check(documents.swml), peers.ajv(schema, documents.swml), 0.15);
  compare(`check verbs, ${where}`, check(documents.verbs), peers.jambonzSchema(documents.verbs), 0.3);
  compare(`check verbs, ${where}`, check(documents.verbs), peers.verbSpecifications(documents.verbs), 0.5);
  compare(`check RCML, ${where}`, check(documents.rcml), peers.xml(documents.rcml), 0.3);
  compare(`check YAML, ${where}`, check(documents.yaml), peers.yaml(documents.yaml), 0.3);
}
if (!schema) console.log("skipped: the official schema is not here");

const steps = guest.flow(documents.steps);
compare("50 steps, guest", steps, peers.xstate(), 0.1);
compare("50 steps, guest", steps, peers.robot(), 0.6);

const { condition, scope } = documents;
compare("condition, scope kept", ours.condition(condition, scope), peers.filtrex(scope), 1, " µs");
compare("condition, scope kept", ours.condition(condition, scope), peers.cel(scope), 1, " µs");
compare("condition, scope crosses", ours.crossing(condition, scope), peers.cel(scope), 1, " µs");
compare("reading a condition", ours.reading(condition), peers.celReading(), 10, " µs");

console.log("\na new process (wall clock, best of 7): until ready, import included; then its first check, target ≤ 5 ms:");
const colds = [
  ["ours", "ours, compiled when first used", []],
  ["ours", "ours, compiled when loaded", ["--no-wasm-lazy-compilation"]],
  ...(schema ? [["ajv", "ajv, official schema", []]] : []),
];
for (const [side, name, flags] of colds) {
  const run = () => JSON.parse(execFileSync("node", [...flags, "cold.mjs", side], { encoding: "utf8" }));
  const runs = Array.from({ length: 7 }, run);
  const [ready, first] = [0, 1].map((part) => Math.min(...runs.map((times) => times[part])).toFixed(1));
  console.log(`  ${name.padEnd(32)} ready ${ready.padStart(6)} ms, first check ${first.padStart(6)} ms`);
}

const mistaken = documents.swml.replace('"timeout"', '"tiemout"');
console.log("\nerrors for one mistake:");
console.log(`  ours   ${ours.errors(mistaken)}, target 1`);
if (schema) console.log(`  ajv    ${peers.ajvErrors(schema, mistaken)}`);

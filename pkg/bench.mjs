// Measures what the package promises, each value beside its target. `npm run bench`, after `cargo xtask pkg`.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { Session, graph, init, vocabulary } from "./dist/slim.js";
import { summary, tell } from "./test/target.mjs";

const [read, run] = ["read", "run"].map((part) => readFileSync(new URL(`dist/${part}.wasm`, import.meta.url)));
// The package keeps its instances to itself; their memory, that of the first, is looked at here.
let memory;
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...given) {
    super(...given);
    memory ??= this.exports.memory;
  }
};
await init(read, run);

/** How long something takes, in milliseconds: the first time, and the least of some more. */
function time(act, times = 5) {
  const once = () => {
    const began = performance.now();
    act();
    return performance.now() - began;
  };
  const first = once();
  return { first, least: Math.min(first, ...Array.from({ length: times - 1 }, once)) };
}

const MUSIC = "sections:\n  main:\n    - play: {urls: ['silence:1', 'silence:2'], loop: 0}\n";
const DAY = "sections:\n  main:\n    - answer: {max_duration: 100000}\n    - sleep: {duration: 86400000}\n    - hangup\n";
const MENU = "sections:\n  main:\n    - prompt: {play: 'say:One?', max_digits: 1}\n    - hangup\n";
const STEP = `    - connect:
        to: sip:a@example.com
        result: {case: {connected: [hangup], failed: [{play: 'say:no'}]}}
    - play: say:x
`;

// First, before anything is warm.
const session = new Session(MENU);
session.runUntil({ decision: true });
tell("first awaiting()", time(() => session.awaiting(), 1).first, "ms", 16);
// The first time, most of it is V8 compiling; in the page, the worker was there before.
console.log(`  ${'first vocabulary("swml")'.padEnd(48)}${time(() => vocabulary("swml"), 1).first.toFixed(1).padStart(9)} ms`);
tell('vocabulary("swml") again', time(() => vocabulary("swml")).least, "ms", 16);

// A session of 10,000 events.
const before = memory.buffer.byteLength;
const long = new Session(MUSIC);
const until = { time: 7_500_000 };
const ran = time(() => long.runUntil(until), 1).first;
const { length } = long.status;
const grown = memory.buffer.byteLength - before;
tell(`a session of ${length} events`, grown / 1e6, "MB", (64 * length) / 10_000);
tell("events a second, the first run", length / ran, "k/s", 100, true);
const again = time(() => new Session(MUSIC).runUntil(until)).least;
tell("events a second, warm", length / again, "k/s", 100, true);
const jumps = Array.from({ length: 400 }, (_, at) => time(() => long.jump((at * 7919) % length), 1).first);
tell("a jump, 95 of 100", jumps.sort((a, b) => a - b)[Math.floor(jumps.length * 0.95)], "ms", 16);
tell("events() of 10,000", time(() => long.events(0, 10_000)).least, "ms", 100);
tell("events() of 100", time(() => long.events(5_000, 5_100)).least, "ms", 2);
tell("a call of 24 hours", time(() => new Session(DAY).runUntil()).least, "ms", 100);

for (const [count, most] of [[1_000, 15], [2_000, 30]]) {
  const text = `sections:\n  main:\n${STEP.repeat(count / 4)}`;
  const plain = time(() => graph(text), 9).least;
  const placed = time(() => graph(text, { layout: true }), 9).least;
  tell(`layout of ${count} nodes`, Math.max(placed - plain, 0), "ms", most);
  console.log(`  ${`graph of ${count} nodes`.padEnd(44)}${plain.toFixed(1).padStart(9)} ms`);
}

const folder = new URL(".", import.meta.url);
const [pack] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: folder, encoding: "utf8" }));
tell("npm package, unpacked", pack.unpackedSize / 1e6, "MB", 3);
for (const [part, bytes] of Object.entries({ read, run })) {
  tell(`${part}.wasm`, bytes.length / 1000, "kB", 900);
  tell(`${part}.wasm, brotli`, brotliCompressSync(bytes).length / 1000, "kB", 260);
  tell(`embedded/${part}.js, brotli`, brotliCompressSync(readFileSync(new URL(`dist/embedded/${part}.js`, folder))).length / 1000, "kB", 360);
}
console.log(summary());

// Builds dist/ from src/ and from what wasm-bindgen wrote into build/ (see `cargo xtask pkg`).
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { brotliCompressSync, deflateRawSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

/** A file of the module, made smaller by Binaryen. It takes a quarter of a minute, so what was made once is kept. */
async function smallest(module, label) {
  const name = createHash("sha256").update(await readFile(module)).digest("hex").slice(0, 16);
  const small = `build/small/${label}-${name}.wasm`;
  if (!existsSync(small)) {
    await mkdir("build/small", { recursive: true });
    for (const older of await readdir("build/small")) if (older.startsWith(`${label}-`)) await rm(`build/small/${older}`);
    const features = ["bulk-memory", "sign-ext", "nontrapping-float-to-int", "mutable-globals", "multivalue", "reference-types"];
    const enabled = features.map((feature) => `--enable-${feature}`);
    const plain = ["--strip-debug", "--strip-producers", "--strip-target-features"];
    execFileSync("node_modules/.bin/wasm-opt", ["-Oz", ...plain, module, "-o", `${small}.part`, ...enabled], { stdio: "pipe" });
    await rename(`${small}.part`, small);
  }
  return readFile(small);
}

/** A module with a custom section behind it, of less than 128 bytes. */
const stamped = (module, name, text) => Buffer.concat([module, Buffer.from([0, 1 + name.length + text.length, name.length]), Buffer.from(name + text)]);

const here = new URL("./", import.meta.url);
process.chdir(here.pathname);

await stat("build/patchcord_bg.wasm").catch(() => {
  console.error("expected build/patchcord_bg.wasm; run `cargo xtask pkg`");
  process.exit(1);
});
await rm("dist", { recursive: true, force: true });
await mkdir("dist");
await copyFile("../LICENSE", "LICENSE");
await mkdir("dist/embedded");
await writeFile("dist/embedded/package.json", '{ "type": "commonjs" }\n');

const parts = { read: await smallest("build/patchcord_bg.wasm", "read"), run: await smallest("build/split_run.wasm", "run") };
// Both know the same addresses: only files of one build fit together.
const stamp = createHash("sha256").update(parts.read).update(parts.run).digest("hex").slice(0, 16);
for (const [part, bare] of Object.entries(parts)) {
  const module = stamped(bare, "patchcord", stamp);
  await writeFile(`dist/${part}.wasm`, module);
  // One text of it for `import` and `require` alike: a script without either, in a folder whose files
  // count as CommonJS. Packed, it is half as long.
  const text = deflateRawSync(module, { level: 9 }).toString("base64");
  await writeFile(`dist/embedded/${part}.js`, `globalThis[Symbol.for("patchcord.${part}")] = "${text}";\n`);
}

const common = {
  bundle: true,
  target: "es2022",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "warning",
  // Reached only through `init()` without an argument, which no entry offers.
  logOverride: { "empty-import-meta": "silent" },
};
const outside = { ...common, format: "esm", external: ["./*.wasm", "./embedded/*.js", "node:fs/promises"] };
const script = { ...common, entryPoints: ["src/global.ts"], format: "iife", globalName: "patchcord" };
await Promise.all([
  // What those for a program have in common stands in one file; slim is one that can be copied.
  build({ ...outside, splitting: true, chunkNames: "common-[hash]", entryPoints: ["inline", "url", "workerd"].map((name) => `src/${name}.ts`), outdir: "dist" }),
  build({ ...common, entryPoints: ["src/inline.ts"], external: ["./embedded/*.js"], format: "cjs", platform: "node", outfile: "dist/inline.cjs" }),
  build({ ...script, outfile: "dist/patchcord.global.js" }),
  build({ ...outside, entryPoints: ["src/slim.ts"], outfile: "dist/slim.js" }),
  build({ ...outside, entryPoints: ["src/guest.ts"], outfile: "dist/guest.js" }),
]);

execFileSync("node_modules/.bin/tsc", ["--project", "."], { stdio: "inherit" });
// CommonJS needs types of its own kind.
for (const name of ["api", "document", "errors", "explore", "facade", "graph", "host", "positions", "replay", "session", "types", "vocabulary"]) {
  const types = await readFile(`dist/${name}.d.ts`, "utf8");
  await writeFile(`dist/${name === "api" ? "index" : name}.d.cts`, types.replace(/(from "\.\/\w+)\.js"/g, '$1.cjs"'));
}
for (const inner of ["embedded", "global", "inline", "module", "raw", "workerd"]) {
  await rm(`dist/${inner}.d.ts`, { force: true });
}

const [wasm, text] = [{ raw: 900, brotli: 260 }, { brotli: 360 }];
const most = { "read.wasm": wasm, "run.wasm": wasm, "embedded/read.js": text, "embedded/run.js": text, "inline.js": {}, "slim.js": {} };
for (const [file, targets] of Object.entries(most)) {
  const bytes = await readFile(`dist/${file}`);
  const sizes = { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
  const told = Object.entries(sizes).map(([kind, size]) => {
    return `${(size / 1000).toFixed(0).padStart(6)} kB ${kind}${kind in targets ? ` (target ${targets[kind]})` : ""}`;
  });
  console.log(file.padEnd(20) + told.join(", "));
}

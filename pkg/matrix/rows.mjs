// One function for each runtime and bundler. Given a folder of its own, it gives what came out there.
import { execFileSync, spawn } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = (name) => fileURLToPath(new URL(`node_modules/.bin/${name}`, import.meta.url));
const PRINTS = 'import { answer } from "./answer.mjs";\nconsole.log(answer());\n';
const SHOWS = 'import { answer } from "./answer.mjs";\ndocument.body.dataset.answer = answer();\n';

const page = (script) => `<!doctype html><html lang="en"><meta charset="utf-8"><body>${script}</body></html>\n`;

const command = (folder, program, ...args) =>
  execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env: environment }).trim();

const environment = {
  ...process.env,
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  PARCEL_WORKERS: "1",
  DENO_NO_UPDATE_CHECK: "1",
  DO_NOT_TRACK: "1",
  CI: "1",
};

/** A page built by `build` into `dist/out.js`, or in another way that it tells. */
function bundled(build) {
  return async (folder, look) => {
    await writeFile(join(folder, "main.mjs"), SHOWS);
    const html = (await build(folder)) ?? page('<script type="module" src="/dist/out.js"></script>');
    if (html !== true) {
      await writeFile(join(folder, "index.html"), html);
    }
    return look(folder, html === true ? "/dist/index.html" : "/index.html");
  };
}

async function packed(bundle, folder) {
  const options = {
    context: folder,
    mode: "production",
    entry: "./main.mjs",
    output: { path: join(folder, "dist"), filename: "out.js" },
    performance: { hints: false },
  };
  await new Promise((done, fail) => {
    bundle(options, (error, stats) => {
      if (error || stats.hasErrors()) {
        fail(error ?? new Error(stats.toString({ all: false, errors: true })));
      } else {
        done();
      }
    });
  });
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts a server, asks it, and ends it. */
async function asked(folder, program, args, port, ask) {
  const child = spawn(program, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], env: environment });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (said += text));
  const ended = new Promise((done) => child.on("exit", done));
  try {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const up = await fetch(`http://127.0.0.1:${port}/`).then(() => true, () => false);
      if (up) break;
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start: ${said}`);
      await new Promise((wait) => setTimeout(wait, 50));
    }
    return await ask(`http://127.0.0.1:${port}`);
  } catch (error) {
    throw new Error(`${error.message}\n${said}`);
  } finally {
    child.kill();
    await ended;
  }
}

async function text(address) {
  const response = await fetch(address);
  const body = await response.text();
  if (!response.ok) throw new Error(`${address}: ${response.status} ${body.slice(0, 400)}`);
  return body;
}

/** A Next application whose page, route and edge route compute the answer, built in one of two ways. */
async function next(folder, look, flag) {
  const files = {
    "package.json": '{ "private": true, "type": "module" }',
    "next.config.mjs": `export default { turbopack: { root: ${JSON.stringify(join(folder, "../../../.."))} } };\n`,
    "app/layout.jsx": "export default ({ children }) => <html lang=\"en\"><body>{children}</body></html>;\n",
    "app/page.jsx": `"use client";
import { useEffect } from "react";
import { answer } from "../answer.mjs";
export default function Page() {
  useEffect(() => { document.body.dataset.answer = answer(); }, []);
  return <p>patchcord</p>;
}
`,
    "app/node/route.js": `import { answer } from "../../answer.mjs";
export const dynamic = "force-dynamic";
export const GET = () => new Response(answer());
`,
    // Not a route of `app`: with webpack, Next 16 looks for a manifest of it that it did not write.
    "pages/api/edge.js": `import { answer } from "../../answer.mjs";
export const config = { runtime: "edge" };
export default () => new Response(answer());
`,
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  command(folder, bin("next"), "build", flag);
  const port = await freePort();
  return asked(folder, bin("next"), ["start", "-p", String(port), "-H", "127.0.0.1"], port, async (address) => ({
    client: await look(undefined, address),
    node: await text(`${address}/node`),
    edge: await text(`${address}/api/edge`),
  }));
}

export const rows = {
  "Node, import": async (folder) => {
    await writeFile(join(folder, "main.mjs"), PRINTS);
    return command(folder, process.execPath, "main.mjs");
  },
  "Node, require": async (folder) => {
    const { readFile } = await import("node:fs/promises");
    const source = await readFile(join(folder, "answer.mjs"), "utf8");
    const common = source
      .replace(/import (\{[^}]*\}) from "patchcord";/, 'const $1 = require("patchcord");')
      .replace("export function", "function");
    await writeFile(join(folder, "main.cjs"), `${common}\nconsole.log(answer());\n`);
    return command(folder, process.execPath, "main.cjs");
  },
  Deno: async (folder) => {
    await writeFile(join(folder, "main.mjs"), PRINTS);
    return command(folder, bin("deno"), "run", "--quiet", "--no-remote", "--node-modules-dir=manual", "--allow-read", "--allow-env", "main.mjs");
  },
  Bun: async (folder) => {
    await writeFile(join(folder, "main.mjs"), PRINTS);
    return command(folder, bin("bun"), "run", "main.mjs");
  },
  workerd: async (folder) => {
    const { build } = await import("esbuild");
    const worker = 'import { answer } from "./answer.mjs";\nexport default { fetch: () => new Response(answer()) };\n';
    await writeFile(join(folder, "main.mjs"), worker);
    await build({
      entryPoints: [join(folder, "main.mjs")],
      outfile: join(folder, "worker.js"),
      bundle: true,
      format: "esm",
      conditions: ["workerd"],
      external: ["*.wasm"],
      logLevel: "error",
    });
    for (const part of ["read.wasm", "run.wasm"]) await cp(join(folder, "../node_modules/patchcord/dist", part), join(folder, part));
    const port = await freePort();
    await writeFile(
      join(folder, "worker.capnp"),
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "main", worker = (
    modules = [
      (name = "worker.js", esModule = embed "worker.js"),
      (name = "read.wasm", wasm = embed "read.wasm"),
      (name = "run.wasm", wasm = embed "run.wasm"),
    ],
    compatibilityDate = "2026-01-01",
  )) ],
  sockets = [ (name = "http", address = "127.0.0.1:${port}", http = (), service = "main") ],
);
`,
    );
    return asked(folder, bin("workerd"), ["serve", "worker.capnp"], port, text);
  },
  Vite: bundled(async (folder) => {
    const { build } = await import("vite");
    await writeFile(join(folder, "index.html"), page('<script type="module" src="./main.mjs"></script>'));
    await build({ root: folder, base: "./", logLevel: "error", build: { outDir: "dist" } });
    return true;
  }),
  webpack: bundled(async (folder) => packed((await import("webpack")).default, folder)),
  Rspack: bundled(async (folder) => packed((await import("@rspack/core")).rspack, folder)),
  Rollup: bundled(async (folder) => {
    const { rollup } = await import("rollup");
    const { nodeResolve } = await import("@rollup/plugin-node-resolve");
    const bundle = await rollup({ input: join(folder, "main.mjs"), plugins: [nodeResolve()] });
    await bundle.write({ file: join(folder, "dist/out.js"), format: "es" });
    await bundle.close();
  }),
  esbuild: bundled(async (folder) => {
    const { build } = await import("esbuild");
    const out = join(folder, "dist/out.js");
    await build({ entryPoints: [join(folder, "main.mjs")], outfile: out, bundle: true, format: "esm", minify: true, logLevel: "error" });
  }),
  Parcel: bundled(async (folder) => {
    await writeFile(join(folder, "package.json"), '{ "private": true, "browserslist": "last 2 Chrome versions" }');
    await writeFile(join(folder, "source.html"), page('<script type="module" src="./main.mjs"></script>'));
    command(folder, bin("parcel"), "build", "source.html", "--dist-dir", "dist", "--public-url", "./", "--no-cache", "--no-source-maps");
    await cp(join(folder, "dist/source.html"), join(folder, "dist/index.html"));
    return true;
  }),
  "<script>": async (folder, look) => {
    const { readFile } = await import("node:fs/promises");
    for (const file of ["patchcord.global.js", "read.wasm", "run.wasm"]) {
      await cp(join(folder, "../node_modules/patchcord/dist", file), join(folder, file));
    }
    const source = await readFile(join(folder, "answer.mjs"), "utf8");
    const plain = source
      .replace(/import (\{[^}]*\}) from "patchcord";/, "const $1 = patchcord;")
      .replace("export function", "function");
    const main = `patchcord.init().then(() => {\n${plain}\ndocument.body.dataset.answer = answer();\n});\n`;
    await writeFile(join(folder, "main.js"), main);
    await writeFile(join(folder, "index.html"), page('<script src="patchcord.global.js"></script><script src="main.js"></script>'));
    return look(folder, "/index.html");
  },
  "Next, Turbopack": (folder, look) => next(folder, look, "--turbopack"),
  "Next, webpack": (folder, look) => next(folder, look, "--webpack"),
};

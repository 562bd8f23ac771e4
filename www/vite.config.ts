import react from "@vitejs/plugin-react";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Plugin, type UserConfig, defineConfig, mergeConfig } from "vite";

// The page is built on Preact, which is a third of React's size. `--mode react` builds it on React, to see
// whether a fault is Preact's; the tests are those of the page that ships, and pass there, too.
const PREACT = [
  { find: /^react\/jsx-(dev-)?runtime$/, replacement: "preact/jsx-runtime" },
  { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
  { find: /^react(-dom)?$/, replacement: "preact/compat" },
];

// All of the page asks the package through one door, behind which another engine can take its place.
const PACKAGE = { find: /^patchcord\/slim$/, replacement: fileURLToPath(new URL("./src/flow/patchcord.ts", import.meta.url)) };

/** Writes `offline.js` with the names of all files into the page, as its service worker. */
const offline: Plugin = {
  name: "offline",
  apply: "build",
  async generateBundle(_options, bundle) {
    const files = ["./index.html", "./plug.svg", ...Object.keys(bundle).filter((file) => file !== "index.html").map((file) => `./${file}`)];
    let sum = 0;
    for (const letter of files.join()) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0;
    const source = await readFile(new URL("./offline.js", import.meta.url), "utf8");
    this.emitFile({ type: "asset", fileName: "offline.js", source: `const NAME = "patchcord-${sum.toString(36)}";\nconst FILES = ${JSON.stringify(files)};\n${source}` });
  },
};

/** Lets what reads documents come at the same time as the page that asks for it. */
const preload: Plugin = {
  name: "preload",
  apply: "build",
  transformIndexHtml(_html, { bundle }) {
    const engine = Object.keys(bundle ?? {}).find((file) => /read-[^/]*\.wasm$/.test(file));
    const attrs = { rel: "preload", as: "fetch", type: "application/wasm", crossorigin: true, href: `./${engine}` };
    return engine === undefined ? [] : [{ tag: "link", attrs, injectTo: "head" }];
  },
};

/**
 * Tells V8 to compile all of a file that the page begins with while it comes, in another thread, instead
 * of function by function when each is called. To other engines it is a comment.
 */
const atOnce: Plugin = {
  name: "at-once",
  apply: "build",
  generateBundle: {
    // It stands before everything else that is put in front.
    order: "post",
    handler(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk" && /^(index|viewer|engine|page|call|editor)$/.test(file.name)) file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
      }
    },
  },
};

/** The files of the page in the order they come, each with all that it imports and the ones before it do not. */
const FILES = [
  // What needs no editor is not in its file, which is the largest.
  { name: "page", of: /[\\/]src[\\/](main\.tsx|viewer\.tsx|flow[\\/]vocabulary\.ts|editor[\\/]values\.ts)$/ },
  { name: "call", of: /[\\/]src[\\/](shell[\\/]Outline|dock[\\/]Dock|sim[\\/]Call|keep[\\/]Keep)\.tsx$/ },
  { name: "editor", of: /[\\/]src[\\/]editor[\\/]Document\.tsx$/ },
];

/** The file that a module is in; nothing for what is asked for by itself. */
const together = (id: string, chunks: { getModuleInfo(id: string): { importers: string[] } | null }): string | null => {
  const users = new Set([id]);
  // Whoever imports it is visited, and whoever imports those.
  for (const user of users) for (const importer of chunks.getModuleInfo(user)?.importers ?? []) users.add(importer);
  return FILES.find(({ of }) => [...users].some((user) => of.test(user)))?.name ?? null;
};

/** What the page and the viewer have in common. */
export const common = (mode: string): UserConfig => ({
  // The page works from any folder of any server.
  base: "./",
  plugins: [react(), atOnce],
  resolve: { alias: [PACKAGE, ...(mode === "react" ? [] : PREACT)] },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            // The engine's glue stands apart from the page, so that each keeps its name when the other changes.
            { name: "engine", test: /[\\/]pkg[\\/]dist[\\/]slim\.js/, priority: 2 },
            // What comes together is one file: a request costs more than what two parts have in common.
            { name: together, priority: 1 },
          ],
        },
      },
    },
  },
  server: { fs: { allow: [".."] } },
});

export default defineConfig(({ mode }) => mergeConfig(common(mode), { plugins: [offline, preload] }));

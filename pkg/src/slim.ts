/** Without the module: bring `patchcord/read.wasm` and `patchcord/run.wasm` yourself, and await `init` once. */
import { PatchcordError } from "./errors.js";
import { finish, start } from "./module.js";

/** What a file of the module can be made from. */
export type ModuleSource = BufferSource | WebAssembly.Module | Response | URL | string;

/**
 * Loads the module: `read.wasm` for `check` and `graph`, `run.wasm` for everything else. Each is given as
 * its bytes, a compiled module, a response, or its address. Without the second, `complete` brings it later.
 */
export async function init(read: ModuleSource | Promise<ModuleSource>, run?: ModuleSource | Promise<ModuleSource>): Promise<void> {
  const second = run === undefined ? undefined : compile(run);
  // Whether it fails is asked below, when the first is there.
  second?.catch(() => undefined);
  start(await compile(read));
  if (second) {
    finish(await second);
  }
}

/** Loads the rest of the module, `run.wasm`, after `init`. */
export async function complete(run: ModuleSource | Promise<ModuleSource>): Promise<void> {
  finish(await compile(run));
}

/**
 * Compiles a file of the module, from wherever it is. Give the result to `init` or `complete`, also in
 * workers: what one of them has run is then compiled for all.
 */
export async function compile(source: ModuleSource | Promise<ModuleSource>): Promise<WebAssembly.Module> {
  const given = await source;
  const found = typeof given === "string" || given instanceof URL ? await fetch(given) : given;
  if (typeof Response !== "function" || !(found instanceof Response)) {
    return found instanceof WebAssembly.Module ? found : WebAssembly.compile(found as BufferSource);
  }
  if (!found.ok) {
    throw new PatchcordError("module", `expected a module at ${found.url}, found HTTP status ${found.status}`);
  }
  // Compiled while it comes, where the server says what it is.
  const streams = found.headers.get("content-type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(found) : WebAssembly.compile(await found.arrayBuffer());
}

export * from "./api.js";

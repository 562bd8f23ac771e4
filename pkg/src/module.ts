/**
 * The engine's module, in two files: `read.wasm` reads documents, `run.wasm` does the rest in the memory
 * of the first. The second may come later.
 */
import { initSync } from "../build/patchcord.js";
import { NotReadyError, PatchcordError } from "./errors.js";

/** A file of the module, compiled or to be compiled at once. */
type Part = BufferSource | WebAssembly.Module;

/** What the first file has for the second: memory, table, stack. */
let first: { exports: WebAssembly.ModuleImports; module: WebAssembly.Module } | undefined;
/** What brings the second file; nothing when it is there, or nobody has it. */
let waiting: (() => Part) | undefined;
let isWhole = false;

/** Begins with what is at hand: what reads is there at once, the rest when it is needed. */
export function begin(read: Part, run: () => Part): void {
  start(made(read));
  waiting = run;
}

/** Throws where what reads documents is not there yet. */
export function reads(): void {
  if (!first) {
    throw new NotReadyError();
  }
}

/** Throws where the rest is not there yet. */
export function runs(): void {
  if (isWhole) {
    return;
  }
  if (!waiting) {
    throw new NotReadyError(first && "expected `run.wasm` before the first call of this kind: `await complete(…)`");
  }
  finish(made(waiting()));
}

/** Begins with the first file, once. */
export function start(module: WebAssembly.Module): void {
  first ??= { exports: initSync({ module }) as unknown as WebAssembly.ModuleImports, module };
}

/** Puts the second file into the memory and the table of the first, once. */
export function finish(module: WebAssembly.Module): void {
  if (isWhole) {
    return;
  }
  if (!first) {
    throw new NotReadyError();
  }
  if (stamp(module) !== stamp(first.module)) {
    throw new PatchcordError("module", "expected `run.wasm` of the same build as `read.wasm`, found another one");
  }
  new WebAssembly.Instance(module, { __wasm_split: first.exports });
  isWhole = true;
  waiting = undefined;
}

/** By this the build says which files belong together: both know the same addresses. */
function stamp(module: WebAssembly.Module): string {
  return WebAssembly.Module.customSections(module, "patchcord").map((bytes) => new TextDecoder().decode(bytes)).join();
}

function made(part: Part): WebAssembly.Module {
  return part instanceof WebAssembly.Module ? part : new WebAssembly.Module(part);
}

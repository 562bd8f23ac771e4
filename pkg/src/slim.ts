/** Without the module: bring `patchcord/patchcord.wasm` yourself and await `init` once. */
import load, { initSync } from "../build/patchcord.js";
import { markReady } from "./facade.js";

/** What a module can be made from. */
export type ModuleSource = BufferSource | WebAssembly.Module | Response | URL | string;

/** Loads the module: its bytes, a compiled module, a response, or its address. */
export async function init(source: ModuleSource | Promise<ModuleSource>): Promise<void> {
  const given = await source;
  if (given instanceof WebAssembly.Module || given instanceof ArrayBuffer || ArrayBuffer.isView(given)) {
    initSync({ module: given });
  } else {
    await load({ module_or_path: given });
  }
  markReady();
}

export * from "./api.js";

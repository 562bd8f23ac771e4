/** The module beside this file, fetched when `init` is awaited: cacheable and compiled while it streams. */
import { type ModuleSource, init as slim } from "./slim.js";

/** Loads the module. */
export async function init(): Promise<void> {
  // In full, so that bundlers see which files are meant.
  const read = new URL("./read.wasm", import.meta.url);
  const run = new URL("./run.wasm", import.meta.url);
  return slim(at(read), at(run));
}

async function at(address: URL): Promise<ModuleSource> {
  if (address.protocol === "file:") {
    // Node has no fetch for files.
    const { readFile } = await import("node:fs/promises");
    return readFile(address);
  }
  return address;
}

export * from "./api.js";

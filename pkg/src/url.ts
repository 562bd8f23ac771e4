/** The module beside this file, fetched when `init` is awaited: cacheable and compiled while it streams. */
import { init as slim } from "./slim.js";

/** Loads the module. */
export async function init(): Promise<void> {
  const address = new URL("./patchcord.wasm", import.meta.url);
  if (address.protocol === "file:") {
    // Node has no fetch for files.
    const { readFile } = await import("node:fs/promises");
    return slim(await readFile(address));
  }
  return slim(address);
}

export * from "./api.js";

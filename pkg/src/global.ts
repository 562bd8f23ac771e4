/** For a plain `<script>`: `patchcord.init()` fetches the module that lies beside the script. */
import { type ModuleSource, init as slim } from "./slim.js";

const script = globalThis.document?.currentScript as HTMLScriptElement | null | undefined;

/** Loads the module: from beside the script, or from what is given. */
export const init = (read: ModuleSource = beside("read.wasm"), run: ModuleSource = beside("run.wasm")): Promise<void> => slim(read, run);

function beside(file: string): URL {
  return new URL(file, script?.src ?? globalThis.location.href);
}

export * from "./api.js";

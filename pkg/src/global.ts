/** For a plain `<script>`: `patchcord.init()` fetches the module that lies beside the script. */
import { init as slim, type ModuleSource } from "./slim.js";

const script = globalThis.document?.currentScript as HTMLScriptElement | null | undefined;

/** Loads the module: from beside the script, or from what is given. */
export const init = (source?: ModuleSource): Promise<void> =>
  slim(source ?? new URL("patchcord.wasm", script?.src ?? globalThis.location.href));

export * from "./api.js";

/** For runtimes that import modules themselves and forbid compiling bytes. */
import module from "./patchcord.wasm";
import { initSync } from "../build/patchcord.js";
import { markReady } from "./facade.js";

initSync({ module });
markReady();

export * from "./api.js";

/** The default: the module is inside of this file, and ready when it is imported. */
import bytes from "../build/patchcord_bg.wasm";
import { initSync } from "../build/patchcord.js";
import { markReady } from "./facade.js";

initSync({ module: bytes });
markReady();

export * from "./api.js";

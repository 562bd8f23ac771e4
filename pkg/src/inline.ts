/** The default: the module is in a file beside this one, and ready when it is imported. */
import { initSync } from "../build/patchcord.js";
import { bytes } from "./embedded.js";
import { markReady } from "./facade.js";

initSync({ module: bytes() });
markReady();

export * from "./api.js";

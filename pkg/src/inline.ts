/** The default: the module is in files beside this one. What reads is ready when it is imported, the rest when it is asked. */
import { bytes } from "./embedded.js";
import { begin } from "./module.js";

begin(bytes("read"), () => bytes("run"));

export * from "./api.js";

/** For runtimes that import modules themselves and forbid compiling bytes. */
import read from "./read.wasm";
import run from "./run.wasm";
import { begin } from "./module.js";

begin(read, () => run);

export * from "./api.js";

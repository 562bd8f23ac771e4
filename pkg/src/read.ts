/**
 * For who only reads documents: `check` and `graph`, with a module of half the size. Bring
 * `patchcord/read.wasm` yourself and await `init` once. The build gives this entry the glue of that module.
 */
export { init, type ModuleSource } from "./slim.js";
export { check, type CheckOptions } from "./facade.js";
export { graph } from "./document.js";
export { NotReadyError, PatchcordError, WireError } from "./errors.js";
export { applyFix, Positions, type Range } from "./positions.js";
export type * from "./graph.js";
export type { Dialect, Fix, Place, Report, Severity } from "./types.js";

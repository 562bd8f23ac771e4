/**
 * The package, for all of the page (`patchcord/slim` is this file, see vite.config.ts). After the module
 * trapped, its instance must not be asked again: another copy of the package with another instance then
 * takes the place of all that is exported here.
 */
import * as first from "../../../pkg/dist/slim.js";
import copy from "../../../pkg/dist/slim.js?url";

export type * from "../../../pkg/dist/slim.js";
export { Positions, applyEdits, applyFix, compile, complete, init } from "../../../pkg/dist/slim.js";

type Package = typeof first;

/** What begins in the module. */
export let check: Package["check"];
export let graph: Package["graph"];
export let simulate: Package["simulate"];
export let applyEdit: Package["applyEdit"];
export let format: Package["format"];
export let vocabulary: Package["vocabulary"];
export let replay: Package["replay"];
export let coverage: Package["coverage"];
export let enumerate: Package["enumerate"];
export let diffBehaviour: Package["diffBehaviour"];
export let Session: Package["Session"];
export let Expression: Package["Expression"];
export let EditError: Package["EditError"];
export let EngineError: Package["EngineError"];
export let ScenarioError: Package["ScenarioError"];
export let WireError: Package["WireError"];

let told: ((message: string) => void) | undefined;
/** Of whom traps are news: an instance that trapped may trap again. */
let sound = true;

/** Calls this with what the module said when it trapped, once for each instance. */
export function onTrap(tell: (message: string) => void): void {
  told = tell;
}

function noticing<Given extends unknown[], Found>(act: (...given: Given) => Found): (...given: Given) => Found {
  return function (this: unknown, ...given) {
    try {
      return act.apply(this, given);
    } catch (error) {
      if (sound && error instanceof Error && error.message.startsWith("the engine crashed")) {
        sound = false;
        told?.(error.message);
      }
      throw error;
    }
  };
}

/** The same class; its constructor and its methods are noticed. */
function noticed<Class extends abstract new (...given: never[]) => object>(Base: Class): Class {
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(Base.prototype as object))) {
    if (name === "constructor" || name === "free") continue;
    if (typeof property.value === "function") property.value = noticing(property.value as () => unknown);
    if (property.get) property.get = noticing(property.get);
    Object.defineProperty(Base.prototype, name, property);
  }
  return new Proxy(Base, { construct: noticing((target: Class, given: unknown[], of: new () => object) => Reflect.construct(target as unknown as new () => object, given, of) as object) });
}

function take(it: Package): void {
  ({ EditError, EngineError, ScenarioError, WireError } = it);
  check = noticing(it.check);
  graph = noticing(it.graph) as Package["graph"];
  simulate = noticing(it.simulate);
  applyEdit = noticing(it.applyEdit);
  format = noticing(it.format);
  vocabulary = noticing(it.vocabulary);
  replay = noticing(it.replay);
  coverage = noticing(it.coverage);
  enumerate = noticing(it.enumerate);
  diffBehaviour = noticing(it.diffBehaviour);
  Session = noticed(it.Session);
  Expression = noticed(it.Expression);
  sound = true;
}
take(first);

let copies = 0;

/** Another instance of the module. */
export async function renew(read: WebAssembly.Module, run: WebAssembly.Module): Promise<void> {
  copies += 1;
  // The fragment makes it another copy, and the network has the file already.
  const address = new URL(copy, document.baseURI);
  address.hash = String(copies);
  const another = (await import(/* @vite-ignore */ address.href)) as Package;
  await another.init(read, run);
  take(another);
}

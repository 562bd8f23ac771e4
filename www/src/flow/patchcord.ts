/**
 * The package, for all of the page (`patchcord/slim` is this file, see vite.config.ts). What reads
 * documents is there first, from a module of half the size, so that the graph is; the rest comes when
 * `whole` is awaited. After a module trapped, its instance must not be asked again: another copy of the
 * package with another instance then takes the place of all that is exported here.
 */
import * as read from "../../../pkg/dist/read.js";
import copy from "../../../pkg/dist/slim.js?url";

export type * from "../../../pkg/dist/slim.js";
export { Positions, applyFix, init } from "../../../pkg/dist/read.js";

type Package = typeof import("../../../pkg/dist/slim.js");

/** What no error is, as long as the whole package is not there. */
class Never extends Error {}

function absent(): never {
  throw new read.NotReadyError();
}
const Absent = class {
  constructor() {
    absent();
  }
};

/** What begins in the module. */
export let check: Package["check"];
export let graph: Package["graph"];
export let simulate = absent as unknown as Package["simulate"];
export let applyEdit = absent as unknown as Package["applyEdit"];
export let applyEdits = absent as unknown as Package["applyEdits"];
export let format = absent as unknown as Package["format"];
export let vocabulary = absent as unknown as Package["vocabulary"];
export let replay = absent as unknown as Package["replay"];
export let coverage = absent as unknown as Package["coverage"];
export let enumerate = absent as unknown as Package["enumerate"];
export let diffBehaviour = absent as unknown as Package["diffBehaviour"];
export let Session = Absent as unknown as Package["Session"];
export let Expression = Absent as unknown as Package["Expression"];
export let EditError = Never as unknown as Package["EditError"];
export let EngineError = Never as unknown as Package["EngineError"];
export let ScenarioError = Never as unknown as Package["ScenarioError"];
export let WireError = Never as unknown as Package["WireError"];

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

check = noticing(read.check as Package["check"]);
graph = noticing(read.graph) as Package["graph"];

/** All but what reads: that stays with the module that is warm. */
function take(it: Package): void {
  ({ EditError, EngineError, ScenarioError, WireError, applyEdits } = it);
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

/** Brings the whole package. */
export async function bring(module: URL): Promise<void> {
  const it = await import("../../../pkg/dist/slim.js");
  await it.init(module);
  take(it);
}

let copies = 0;

/** Another instance of the module, which also reads. */
export async function renew(module: URL): Promise<void> {
  copies += 1;
  // The fragment makes it another copy, and the network has the file already.
  const address = new URL(copy, document.baseURI);
  address.hash = String(copies);
  const another = (await import(/* @vite-ignore */ address.href)) as Package;
  await another.init(module);
  take(another);
  check = noticing(another.check);
  graph = noticing(another.graph) as Package["graph"];
}

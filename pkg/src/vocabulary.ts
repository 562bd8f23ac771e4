import { guard } from "./facade.js";
import { runs } from "./module.js";
import * as raw from "./raw.js";
import type { Dialect, Json } from "./types.js";

/** What may be written in a dialect. */
export interface Vocabulary {
  /** Methods, verbs or elements, in the order of the manual. */
  steps: WordOfStep[];
  /** The objects that parameters may hold (in RCML: what may stand inside of an element), by name. */
  objects: Record<string, WordOfObject>;
}

/** What kind of step it is, for palettes. */
export type StepCategory = "call" | "media" | "input" | "dial" | "logic" | "data" | "queue" | "ai" | "other";

/** A method, verb or element. */
export interface WordOfStep extends WordOfObject {
  name: string;
  category: StepCategory;
  /** Who runs it: the engine, an extension of the host, or nobody in this version. */
  runs: "engine" | "extension" | "nobody";
  /** The parameter that stands alone for all: `play: say:Hello` is `play: {url: say:Hello}`. In XML, `text`. */
  shorthand?: string;
  /** It may be written without parameters. */
  bare?: boolean;
  /** Elements that may stand inside; their names are those of `objects`. */
  children?: string[];
  /** The variables it sets; `values` is empty where they are not the platform's choice. */
  results: { name: string; values: string[]; says?: string }[];
  /** The ways it may end, as `graph` names its ports. */
  outcomes: { name: string; label: string; aside?: boolean }[];
  /** A step with as little as `check` is content with, as `applyEdit` takes it. */
  example: Json;
}

/** An object with parameters. */
export interface WordOfObject {
  /** What it is, in a sentence; only where the module carries the manual. */
  says?: string;
  parameters: WordOfParameter[];
  /** What parameters of any other name hold; without it there are none. */
  others?: KindOfValue[];
  /** How parameters depend on each other. */
  rules?: { kind: "one" | "some" | "most" | "both"; names: string[] }[];
}

/** A parameter. */
export interface WordOfParameter {
  name: string;
  says?: string;
  /** It holds one of these. */
  kinds: KindOfValue[];
  /** What it is when it is not given, in words. */
  default?: string;
  required?: boolean;
  /** It may only stand beside this one. */
  beside?: string;
  /** It is outdated: what to write instead. */
  instead?: string;
  /** The platform runs it, this version refuses it. */
  runs?: false;
  /** It is accepted and has no effect here, for this reason. */
  idle?: string;
}

/** What a parameter may hold. `least` and `most` count items, entries or characters. */
export type KindOfValue = { least?: number; most?: number } & (
  | { type: "text"; form?: string }
  | { type: "word"; words: string[] }
  | { type: "number" | "integer"; min?: number; max?: number }
  | { type: "bool" | "null" | "anything" | "placeholder" }
  | { type: "map" | "list"; of?: KindOfValue[] }
  | { type: "object"; object: string }
  | { type: "steps"; form: string }
);

/** Everything that may be written in a dialect, from the tables that `check` uses: for palettes, forms and completion. */
export function vocabulary(dialect: Dialect): Vocabulary {
  runs();
  return guard(() => raw.vocabulary(dialect));
}

/** The module's own functions, with the types that they really have. */
import * as glue from "../build/patchcord.js";
import type { BehaviourDiff, Coverage, Exploration } from "./explore.js";
import type { EditOperation, Graph, TextEdit } from "./graph.js";
import type { Dialect, Event, Json, Report, Simulation, Start, Step } from "./types.js";
import type {
  Awaited,
  Branch,
  Divergence,
  Fact,
  SessionEvent,
  SessionStatus,
  Stop,
  Until,
} from "./session.js";
import type { Range } from "./positions.js";
import type { Replay } from "./replay.js";
import type { Vocabulary } from "./vocabulary.js";

/** One live call inside of the module. */
export interface RawEngine {
  take(): Partial<Step>;
  event(now: number, event: Event): Partial<Step>;
  timeout(now: number): Partial<Step>;
  free(): void;
}

/** Begins a call. */
export const engine = (start: Start): RawEngine => new glue.RawEngine(start) as RawEngine;

/** Says what is wrong with a document. */
export const check = (
  text: string,
  dialect: string | undefined,
  file: string,
  strict: string | undefined,
): Report[] => glue.check(text, dialect, file, strict) as Report[];

/** Runs a document against a scenario. */
export const simulate = (
  text: string,
  scenario: string | undefined,
  options: { dialect: string | undefined; file: string; scenario_file: string },
): Simulation => glue.simulate(text, scenario, options) as Simulation;

/** An expression inside of the module. */
export interface RawExpression {
  scope(names: string, now: number): void;
  evaluate(): unknown;
  free(): void;
}

/** Reads an expression. */
export const expression = (source: string): RawExpression => new glue.RawExpression(source) as RawExpression;

/** A document as nodes and edges. */
export const graph = (text: string, dialect: string | undefined, sizes: object | undefined): Graph =>
  glue.graph(text, dialect, sizes) as Graph;

/** What an edit comes to. */
export type Edited = { edits: TextEdit[] } | { refused: { message: string; range?: Range } };

/** The text that must change for an edit, or why it is refused. */
export const applyEdit = (
  text: string,
  dialect: string | undefined,
  operation: EditOperation,
): Edited => glue.apply_edit(text, dialect, operation) as Edited;

/** The text that must change for a document to be written evenly. */
export const format = (text: string, dialect: string | undefined): TextEdit[] => glue.format(text, dialect) as TextEdit[];

/** What may be written in a dialect. */
export const vocabulary = (dialect: Dialect): Vocabulary => glue.vocabulary(dialect) as Vocabulary;

/** An interactive simulation inside of the module. */
export interface RawSession {
  status(): SessionStatus;
  step(): boolean;
  run_until(until: Until): Stop;
  awaiting(): Awaited[];
  answer(fact: Fact, after: number): void;
  events(from: number, to: number): SessionEvent[];
  variables(at: number | undefined): Record<string, Json>;
  jump(index: number): void;
  branches(): Branch[];
  switch(branch: number): boolean;
  reload(text: string): Divergence | null;
  scenario(expectations: boolean): string;
  coverage(): Coverage;
  free(): void;
}

/** Begins an interactive simulation. */
export const session = (text: string, dialect: string | undefined, scenario: string | undefined): RawSession =>
  new glue.RawSession(text, dialect, scenario) as RawSession;

/** What a journal led to. */
export type Replayed = Omit<Replay, "start" | "trace">;

/** Runs a call again from its journal. */
export const replay = (journal: string): Replayed => glue.replay(journal) as Replayed;

/** What several scenarios went through together. */
export const coverage = (text: string, dialect: string | undefined, scenarios: string[]): Coverage =>
  glue.coverage(text, dialect, scenarios) as Coverage;

/** Every way that a call may go. */
export const enumerate = (text: string, dialect: string | undefined, limits: object): Exploration =>
  glue.enumerate(text, dialect, limits) as Exploration;

/** How two documents differ in what they do. */
export const differ = (a: string, b: string, dialect: string | undefined, scenarios: string[]): BehaviourDiff =>
  glue.differ(a, b, dialect, scenarios) as BehaviourDiff;

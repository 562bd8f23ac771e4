/** Everything the package offers, whichever way its module is loaded. */
export { check, Engine, Expression, simulate, type CheckOptions, type SimulateOptions } from "./facade.js";
export { applyEdit, applyEdits, format, graph } from "./document.js";
export {
  DocumentError,
  EditError,
  EngineError,
  ExpressionError,
  JournalError,
  NotReadyError,
  PatchcordError,
  ScenarioError,
  WireError,
  type ErrorPlace,
} from "./errors.js";
export type { Host } from "./host.js";
export { applyFix, Positions, type Range } from "./positions.js";
export { replay, type Replay } from "./replay.js";
export type * from "./types.js";
export type * from "./graph.js";
export {
  vocabulary,
  type KindOfValue,
  type StepCategory,
  type Vocabulary,
  type WordOfObject,
  type WordOfParameter,
  type WordOfStep,
} from "./vocabulary.js";
export {
  Session,
  type Awaited,
  type Branch,
  type Breakpoint,
  type Divergence,
  type DivergentEvent,
  type Fact,
  type FactOption,
  type FactParameter,
  type SessionEvent,
  type SessionOptions,
  type SessionStatus,
  type Stop,
  type Until,
} from "./session.js";
export {
  coverage,
  diffBehaviour,
  enumerate,
  type Act,
  type BehaviourDiff,
  type Coverage,
  type EnumerateOptions,
  type Exploration,
  type OutcomeOfStep,
  type Share,
} from "./explore.js";

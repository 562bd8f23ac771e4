import { guard, string } from "./facade.js";
import { runs } from "./module.js";
import type { Range } from "./positions.js";
import * as raw from "./raw.js";
import type { Dialect, Outcome } from "./types.js";

/** How much of something was gone through. */
export interface Share {
  covered: number;
  total: number;
}

/** What calls went through. */
export interface Coverage {
  steps: Share;
  /** Of the ways in which steps may end. */
  outcomes: Share;
  /** Of the outcomes; of the steps, where none has any. */
  percent: number;
  /** Steps and their ports as `graph` names them, in its order. */
  nodes: { id: string; count: number; ports: { name: string; label: string; count: number }[] }[];
}

/** An outcome of a step. */
export interface OutcomeOfStep {
  node: string;
  port: string;
  label: string;
  /** What happens then, where the author said nothing. */
  default?: string;
}

/** How far to look for ways. */
export interface EnumerateOptions {
  dialect?: Dialect;
  /** Most ways; 200. */
  paths?: number;
  /** Most inputs between two decisions; 2000. */
  steps?: number;
  /** Most decisions on one way; 40. */
  decisions?: number;
  /** How often one answer is given at one step on one way; 2. */
  repeats?: number;
}

/** The ways that a call may go. */
export interface Exploration {
  /** There is more than was looked at: what was not reached may be reachable. */
  bounded: boolean;
  paths: {
    /** A scenario (YAML) that makes a call go this way. */
    scenario: string;
    outcome?: Outcome;
    /** When it ended, in milliseconds. */
    t: number;
    /** Outcomes that no way before went through. */
    adds: OutcomeOfStep[];
  }[];
  /** Steps that no way reached. */
  unreached: string[];
  /** Outcomes that no way went through. */
  untried: OutcomeOfStep[];
  /** Outcomes that happen and for which the author said nothing. */
  unhandled: OutcomeOfStep[];
  /** Last steps of calls that ended without anybody hanging up, and on which way. */
  runs_out: { node: string; path: number }[];
  /** Steps that run again and again, and on which way. */
  loops: { nodes: string[]; path: number }[];
  coverage: Coverage;
}

/** A fact or order of one of two documents. */
export interface Act {
  index: number;
  t: number;
  text: string;
  leg?: string;
  node?: string;
  range?: Range;
  line?: number;
}

/** How two documents differ in what they do. */
export interface BehaviourDiff {
  same: boolean;
  scenarios: {
    /** The scenario (YAML). */
    scenario: string;
    same: boolean;
    /** The first fact or order that is not the same; nothing on the side that is over. */
    divergence?: { t: number; a?: Act; b?: Act };
  }[];
}

/**
 * What a document's calls go through, over several scenarios (YAML).
 *
 * @throws {ScenarioError} when one cannot be read.
 */
export function coverage(text: string, scenarios: string[] = [], options: { dialect?: Dialect } = {}): Coverage {
  runs();
  return guard(() => raw.coverage(string(text, "text"), options.dialect, scenarios));
}

/** Tries every kind of answer at every decision. The same document gives the same ways, always. */
export function enumerate(text: string, options: EnumerateOptions = {}): Exploration {
  runs();
  const { dialect, ...limits } = options;
  return guard(() => raw.enumerate(string(text, "text"), dialect, limits));
}

/**
 * Runs two documents through scenarios (YAML), or through those of `enumerate` when there are none,
 * and tells what they do that is not the same.
 *
 * @throws {ScenarioError} when a scenario cannot be read.
 * @throws {DocumentError} when a document cannot be run.
 */
export function diffBehaviour(
  a: string,
  b: string,
  scenarios: string[] = [],
  options: { dialect?: Dialect } = {},
): BehaviourDiff {
  runs();
  return guard(() => raw.differ(string(a, "a"), string(b, "b"), options.dialect, scenarios));
}

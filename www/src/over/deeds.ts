/** Two documents, run through the same calls. */
import { type BehaviourDiff, type Dialect, type Report, ScenarioError, check, diffBehaviour, enumerate, graph } from "patchcord/slim";
import { carry } from "../flow/carry";
import type { Test } from "../sim/tests";

/** How one call goes in both. */
export interface Deed {
  /** Its number, from 1. */
  id: number;
  name: string;
  /** Nothing when the scenario cannot be read. */
  same: boolean | undefined;
  divergence: BehaviourDiff["scenarios"][number]["divergence"];
  /** The step of the later document that is the one which the earlier one is at. */
  here: string | undefined;
  /** What is wrong with the scenario. */
  wrong: string | undefined;
}

export interface Found {
  /** A document that cannot be run, and its first mistake. */
  mistakes: { of: "before" | "after"; report: Report } | undefined;
  deeds: Deed[];
  /** There are more ways than were looked for. */
  bounded: boolean;
}

/** Runs the tests, or the ways that the engine finds in either document when there are none. */
export function behaviour(before: string, after: string, tests: Test[], hint: Dialect | undefined): Found {
  const options = hint ? { dialect: hint } : {};
  for (const [of, text] of [["before", before], ["after", after]] as const) {
    const report = check(text, { file: of, ...options }).find(({ severity }) => severity === "error");
    if (report) return { mistakes: { of, report }, deeds: [], bounded: false };
  }
  const { calls, bounded } = tests.length > 0 ? { calls: tests, bounded: false } : ways(before, after, options);
  const carried = carry(graph(before, options), graph(after, options));
  const deeds = calls.map(({ name, text }, index): Deed => {
    const deed = { id: index + 1, name, divergence: undefined, here: undefined, wrong: undefined };
    try {
      const [told] = diffBehaviour(before, after, [text], options).scenarios;
      const at = told?.divergence?.a?.node;
      return { ...deed, same: told?.same, divergence: told?.divergence, here: at === undefined ? undefined : carried.get(at) };
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      return { ...deed, same: undefined, wrong: error.message };
    }
  });
  // What differs is looked for; what does not comes after it.
  return { mistakes: undefined, deeds: [...deeds.filter(({ same }) => !same), ...deeds.filter(({ same }) => same)], bounded };
}

/** Calls that go through every outcome of either document that was found. */
function ways(before: string, after: string, options: { dialect?: Dialect }): { calls: { name: string; text: string }[]; bounded: boolean } {
  const calls = new Map<string, string>();
  let bounded = false;
  for (const text of [before, after]) {
    const found = enumerate(text, options);
    bounded ||= found.bounded;
    const verbs = new Map(graph(text, options).nodes.map(({ id, verb }) => [id, verb]));
    found.paths.forEach(({ scenario, adds }, index) => {
      if ((adds.length === 0 && index > 0) || calls.has(scenario)) return;
      calls.set(scenario, adds.map(({ node, label }) => `${verbs.get(node) ?? node}: ${label}`).join(", "));
    });
  }
  return { calls: [...calls].map(([text, name]) => ({ name, text })), bounded };
}

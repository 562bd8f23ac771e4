/** Scenarios that are kept: run together, they tell whether a document does what it should, and how much of it. */
import { type Coverage, type Dialect, type Report, ScenarioError, coverage, enumerate, simulate } from "patchcord/slim";
import { create } from "zustand";
import { SCENARIO } from "../flow/dialect";
import { useFlow } from "../flow/flow";
import { recall, remember } from "../flow/memory";

export interface Test {
  id: number;
  name: string;
  text: string;
}

/** How a test went. */
export interface Verdict {
  outcome: string;
  /** Milliseconds. */
  t: number;
  /** What is not as it should be. */
  wrong: Report[];
}

interface Tests {
  tests: Test[];
  verdicts: ReadonlyMap<number, Verdict>;
  /** What all of them go through; shown in the graph while it is wanted. */
  coverage: Coverage | undefined;
  shown: boolean;
  /** More ways than were looked for. */
  bounded: boolean;
}

export const useTests = create<Tests>(() => ({ tests: known(), verdicts: new Map(), coverage: undefined, shown: false, bounded: false }));

function known(): Test[] {
  try {
    const value: unknown = JSON.parse(recall("tests") ?? "[]");
    if (!Array.isArray(value)) return [];
    return value.filter((test): test is Test => typeof test?.id === "number" && typeof test.name === "string" && typeof test.text === "string");
  } catch {
    return [];
  }
}

function keep(tests: Test[]): void {
  useTests.setState({ tests });
  remember("tests", JSON.stringify(tests));
}

export function add(text: string, name?: string): void {
  const { tests } = useTests.getState();
  const id = Math.max(0, ...tests.map(({ id }) => id)) + 1;
  keep([...tests, { id, name: name ?? `call ${id}`, text }]);
  runAll();
}

export function remove(id: number): void {
  keep(useTests.getState().tests.filter((test) => test.id !== id));
  runAll();
}

export function rename(id: number, name: string): void {
  keep(useTests.getState().tests.map((test) => (test.id === id ? { ...test, name } : test)));
}

function judge(flow: string, test: Test, options: { dialect?: Dialect }): Verdict {
  try {
    const { diagnostics, outcome, trace } = simulate(flow, test.text, { scenarioFile: SCENARIO, ...options });
    const wrong = diagnostics.filter(({ file, severity }) => file === SCENARIO && severity === "error");
    return { outcome: outcome ?? "", t: trace.at(-1)?.at ?? 0, wrong };
  } catch (error) {
    if (error instanceof ScenarioError) return { outcome: "", t: 0, wrong: error.reports };
    throw error;
  }
}

/** Runs every test against the document, and counts what they go through. */
export function runAll(): void {
  const { text, hint, reports, ready } = useFlow.getState();
  const { tests } = useTests.getState();
  if (!ready || text.trim() === "" || reports.some(({ severity }) => severity === "error")) {
    useTests.setState({ verdicts: new Map(), coverage: undefined });
    return;
  }
  const options = hint ? { dialect: hint } : {};
  const verdicts = new Map(tests.map((test) => [test.id, judge(text, test, options)]));
  const readable = tests.filter(({ id }) => verdicts.get(id)?.outcome !== "");
  useTests.setState({ verdicts, coverage: coverage(text, readable.map(({ text }) => text), options) });
}

/** Finds the ways that no test goes yet, and makes a test of each. Tells how many there were. */
export function generate(): number {
  const { text, hint } = useFlow.getState();
  const { tests, coverage: before } = useTests.getState();
  const found = enumerate(text, hint ? { dialect: hint } : {});
  const went = new Set(before?.nodes.flatMap(({ id, ports }) => ports.filter(({ count }) => count > 0).map(({ name }) => `${id} ${name}`)) ?? []);
  let id = Math.max(0, ...tests.map(({ id }) => id));
  const fresh: Test[] = [];
  for (const { scenario, adds } of found.paths) {
    const missing = adds.filter(({ node, port }) => !went.has(`${node} ${port}`));
    if (missing.length === 0 && !(tests.length === 0 && fresh.length === 0)) continue;
    id += 1;
    const name = missing.map(({ node, label }) => `${verbOf(node)}: ${label}`).join(", ");
    fresh.push({ id, name: name || `call ${id}`, text: scenario });
    for (const { node, port } of missing) went.add(`${node} ${port}`);
  }
  keep([...tests, ...fresh]);
  useTests.setState({ bounded: found.bounded });
  runAll();
  return fresh.length;
}

const verbOf = (id: string): string => useFlow.getState().graph?.nodes.find((node) => node.id === id)?.verb ?? id;

export function showCoverage(shown: boolean): void {
  useTests.setState({ shown });
}

/** Finds steps by words, and by `verb:`, `section:`, `line:` and `is:`; and lines of the text that belong to none of them. */
import { type GraphNode, Positions, type Range, type Report, coverage, graph as read } from "patchcord/slim";
import { carry } from "../flow/carry";
import { nodeAt } from "../flow/cursor";
import { useFlow } from "../flow/flow";
import { recall } from "../flow/memory";
import { useScenario } from "../sim/scenario";
import { useTests } from "../sim/tests";

const FILTER = /^(verb|is|section|line):(.*)$/;

export const FILTERS = ["verb:connect", "is:error", "is:uncovered", "is:changed"] as const;

const terms = (query: string): string[] => query.toLowerCase().split(/\s+/).filter(Boolean);

export function search(query: string): GraphNode[] {
  const { graph, reports, text } = useFlow.getState();
  if (!graph) return [];
  const positions = new Positions(text);
  const worst = (severity: Report["severity"]) => () =>
    new Set(reports.filter((report) => report.severity === severity).map((report) => nodeAt(graph, positions.offset(report.line, report.column))?.id));
  const sets: Record<string, () => Set<string | undefined>> = { error: worst("error"), warning: worst("warning"), hint: worst("hint"), uncovered, changed };
  const wanted = terms(query).map((term) => {
    const [, key, value = ""] = FILTER.exec(term) ?? [];
    return { term, key, value, set: key === "is" ? sets[value]?.() : undefined };
  });
  return graph.nodes.filter((node) =>
    wanted.every(({ term, key, value, set }) => {
      switch (key) {
        case "verb":
          return node.verb.toLowerCase().startsWith(value);
        case "section":
          return (graph.groups[node.group]?.name.toLowerCase() ?? "").startsWith(value);
        case "line":
          return String(node.line) === value;
        case "is":
          return value === "unreachable" ? node.unreachable === true : value === "broken" ? node.kind === "error" : (set?.has(node.id) ?? false);
        default:
          return text.slice(node.range.from, node.range.to).toLowerCase().includes(term) || node.verb.toLowerCase().includes(term);
      }
    }),
  );
}

/** Steps of which the tests, or the scenario where there are none, do not go through all. */
function uncovered(): Set<string> {
  const { text, hint } = useFlow.getState();
  const { coverage: known, tests } = useTests.getState();
  const scenario = useScenario.getState().text;
  const given = tests.length > 0 ? tests.map(({ text }) => text) : scenario.trim() === "" ? [] : [scenario];
  try {
    const found = known ?? coverage(text, given, hint ? { dialect: hint } : {});
    return new Set(found.nodes.filter(({ count, ports }) => count === 0 || ports.some(({ count }) => count === 0)).map(({ id }) => id));
  } catch {
    // What cannot be run is gone through by nothing.
    return new Set(useFlow.getState().graph?.nodes.map(({ id }) => id));
  }
}

/** Steps that are not as they were when the document was opened. */
function changed(): Set<string> {
  const { graph, hint } = useFlow.getState();
  const before = recall("opened");
  if (!graph || before === undefined || before.trim() === "") return new Set();
  const old = read(before, hint ? { dialect: hint } : {});
  const prints = new Map(old.nodes.map((node) => [node.id, node.print]));
  const back = new Map([...carry(old, graph)].map(([from, to]) => [to, prints.get(from)]));
  return new Set(graph.nodes.filter(({ id, print }) => back.get(id) !== print).map(({ id }) => id));
}

export interface Line {
  line: number;
  text: string;
  range: Range;
}

/** Lines with all the words, outside of the steps that were found: comments, names of sections, keys. */
export function lines(query: string, found: GraphNode[], most: number): Line[] {
  const { text } = useFlow.getState();
  const wanted = terms(query);
  if (wanted.length === 0 || wanted.some((term) => FILTER.test(term))) return [];
  const listed: Line[] = [];
  let from = 0;
  for (const [at, words] of text.split("\n").entries()) {
    const to = from + words.length;
    const lower = words.toLowerCase();
    if (wanted.every((term) => lower.includes(term)) && !found.some(({ range }) => range.from <= to && from <= range.to)) {
      const begin = from + lower.indexOf(wanted[0] ?? "");
      listed.push({ line: at + 1, text: words.trim(), range: { from: begin, to: begin + (wanted[0]?.length ?? 0) } });
      if (listed.length >= most) break;
    }
    from = to + 1;
  }
  return listed;
}

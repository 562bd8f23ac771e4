/** Finds steps by words, and by `verb:`, `section:`, `line:` and `is:`. */
import { type GraphNode, Positions, type Report } from "patchcord/slim";
import { nodeAt } from "../flow/cursor";
import { useFlow } from "../flow/flow";

export function search(query: string): GraphNode[] {
  const { graph, reports, text } = useFlow.getState();
  if (!graph) return [];
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  const positions = new Positions(text);
  const worst = (severity: Report["severity"]) =>
    new Set(reports.filter((report) => report.severity === severity).map((report) => nodeAt(graph, positions.offset(report.line, report.column))?.id));
  const sets = { error: worst("error"), warning: worst("warning"), hint: worst("hint") };
  const fits = (node: GraphNode, term: string): boolean => {
    const [, key, value = ""] = /^(verb|is|section|line):(.*)$/.exec(term) ?? [];
    switch (key) {
      case "verb":
        return node.verb.toLowerCase().startsWith(value);
      case "section":
        return (graph.groups[node.group]?.name.toLowerCase() ?? "").startsWith(value);
      case "line":
        return String(node.line) === value;
      case "is":
        return value === "unreachable" ? node.unreachable === true : value === "broken" ? node.kind === "error" : value in sets && sets[value as keyof typeof sets].has(node.id);
      default:
        return text.slice(node.range.from, node.range.to).toLowerCase().includes(term) || node.verb.toLowerCase().includes(term);
    }
  };
  return graph.nodes.filter((node) => terms.every((term) => fits(node, term)));
}

/** Steps and edges at which a run stops, and a condition on the variables. They follow their steps through edits. */
import { create } from "zustand";
import { useFlow } from "../flow/flow";
import { edgeKey } from "../graph/scene";

interface Breakpoints {
  nodes: ReadonlySet<string>;
  /** Keys of edges. */
  edges: ReadonlySet<string>;
  /** A condition; empty for none. */
  when: string;
}

export const useBreakpoints = create<Breakpoints>(() => ({ nodes: new Set(), edges: new Set(), when: "" }));

/** Sets it, or takes it away. Tells whether it is there now. */
export function toggle(of: "nodes" | "edges", key: string): boolean {
  const all = new Set(useBreakpoints.getState()[of]);
  const is = all.delete(key);
  if (!is) all.add(key);
  useBreakpoints.setState({ [of]: all });
  return !is;
}

export function stopWhen(when: string): void {
  useBreakpoints.setState({ when });
}

useFlow.subscribe((flow, before) => {
  if (flow.graph === before.graph) return;
  const { nodes, edges } = useBreakpoints.getState();
  if (nodes.size + edges.size === 0) return;
  if (flow.opened !== before.opened) {
    useBreakpoints.setState({ nodes: new Set(), edges: new Set() });
    return;
  }
  const kept = [...nodes].map((node) => flow.moved.get(node)).filter((node) => node !== undefined);
  const there = new Set(flow.graph?.edges.map(edgeKey));
  const ways = (before.graph?.edges ?? [])
    .filter((edge) => edges.has(edgeKey(edge)))
    .map((edge) => edgeKey({ ...edge, from: flow.moved.get(edge.from) ?? "", ...(edge.to === undefined ? {} : { to: flow.moved.get(edge.to) ?? "" }) }))
    .filter((key) => there.has(key));
  useBreakpoints.setState({ nodes: new Set(kept), edges: new Set(ways) });
});

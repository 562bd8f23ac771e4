/** Where a run stops: at steps, on edges, at kinds of events, when a condition becomes true. Steps and edges are followed through edits. */
import { Expression } from "patchcord/slim";
import { create } from "zustand";
import { isWhole } from "../flow/engine";
import { useFlow } from "../flow/flow";
import { edgeKey } from "../graph/scene";

/** What happens, or what the flow orders. */
export interface EventType {
  kind: "event" | "command";
  name: string;
}

interface Breakpoints {
  nodes: ReadonlySet<string>;
  /** Keys of edges. */
  edges: ReadonlySet<string>;
  events: EventType[];
  /** A condition; empty for none. */
  when: string;
  /** Why it is no condition. */
  wrong: string | undefined;
}

export const useBreakpoints = create<Breakpoints>(() => ({ nodes: new Set(), edges: new Set(), events: [], when: "", wrong: undefined }));

/** Sets it, or takes it away. Tells whether it is there now. */
export function toggle(of: "nodes" | "edges", key: string): boolean {
  const all = new Set(useBreakpoints.getState()[of]);
  const is = all.delete(key);
  if (!is) all.add(key);
  useBreakpoints.setState({ [of]: all });
  return !is;
}

const others = ({ kind, name }: EventType): EventType[] => useBreakpoints.getState().events.filter((event) => event.kind !== kind || event.name !== name);

export function stopAt(event: EventType): void {
  useBreakpoints.setState({ events: [...others(event), event] });
}

export function stopNoMoreAt(event: EventType): void {
  useBreakpoints.setState({ events: others(event) });
}

export function stopWhen(when: string): void {
  useBreakpoints.setState({ when, wrong: mistake(when) });
}

/** Why a text is no condition. */
function mistake(when: string): string | undefined {
  if (when.trim() === "" || !isWhole()) return undefined;
  try {
    new Expression(when).free();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
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

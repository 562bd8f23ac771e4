/** Steps and edges at which a run stops, and a condition on the variables. They follow their steps through edits. */
import type { Breakpoint } from "patchcord/slim";
import { create } from "zustand";
import { useFlow } from "../flow/flow";

interface Breakpoints {
  nodes: ReadonlySet<string>;
  /** Keys of edges. */
  edges: ReadonlySet<string>;
  /** A condition; empty for none. */
  when: string;
}

export const useBreakpoints = create<Breakpoints>(() => ({ nodes: new Set(), edges: new Set(), when: "" }));

export function toggle(node: string): boolean {
  const nodes = new Set(useBreakpoints.getState().nodes);
  const is = nodes.delete(node);
  if (!is) nodes.add(node);
  useBreakpoints.setState({ nodes });
  return !is;
}

export function stopWhen(when: string): void {
  useBreakpoints.setState({ when });
}

/** As the engine takes them. */
export function breakpoints(): Breakpoint[] {
  const { nodes, when } = useBreakpoints.getState();
  return [...[...nodes].map((node) => ({ node })), ...(when.trim() === "" ? [] : [{ when }])];
}

useFlow.subscribe((flow, before) => {
  if (flow.graph === before.graph) return;
  const { nodes } = useBreakpoints.getState();
  if (nodes.size === 0) return;
  const kept = flow.opened === before.opened ? [...nodes].map((node) => flow.moved.get(node)).filter((node) => node !== undefined) : [];
  useBreakpoints.setState({ nodes: new Set(kept) });
});

/**
 * The one cursor: a range of the document, a step (or an edge, or a section) of the graph, and an
 * instant of the virtual call. Every view shows it, every view may set it.
 */
import type { Graph, GraphNode, Range } from "patchcord/slim";
import { create } from "zustand";
import { useFlow } from "./flow";

/** Who set the cursor; the others follow. */
export type Origin = "text" | "graph" | "outline" | "problems" | "call" | "edit" | "palette";

export interface Cursor {
  origin: Origin;
  range: Range | undefined;
  node: string | undefined;
  /** A stretch of steps from `node` to here, in one list. */
  last: string | undefined;
  /** Key of an edge. */
  edge: string | undefined;
  /** Name of a section. */
  group: string | undefined;
  /** Virtual milliseconds since the call began. */
  time: number | undefined;
  /** Counts wishes to see it: the same thing twice is shown twice. */
  shown: number;
}

export const useCursor = create<Cursor>(() => ({
  origin: "graph",
  range: undefined,
  node: undefined,
  last: undefined,
  edge: undefined,
  group: undefined,
  time: undefined,
  shown: 0,
}));

const NOTHING = { node: undefined, last: undefined, edge: undefined, group: undefined };

function set(next: Partial<Cursor>): void {
  useCursor.setState(({ shown }) => ({ ...NOTHING, ...next, shown: shown + 1 }));
}

export function selectNode(id: string, origin: Origin): void {
  const node = useFlow.getState().graph?.nodes.find((node) => node.id === id);
  if (node) set({ origin, node: id, range: node.range });
}

/** A stretch from the selected step to another one beside it. */
export function extendTo(id: string, origin: Origin): void {
  const { graph } = useFlow.getState();
  const { node } = useCursor.getState();
  const [a, b] = [node, id].map((id) => graph?.nodes.findIndex((node) => node.id === id) ?? -1);
  const [first, last] = [graph?.nodes[a ?? -1], graph?.nodes[b ?? -1]];
  if (!first || !last || first.group !== last.group || first.owner !== last.owner || first.owner_port !== last.owner_port) {
    selectNode(id, origin);
    return;
  }
  const range = { from: Math.min(first.range.from, last.range.from), to: Math.max(first.range.to, last.range.to) };
  set({ origin, node: first.id, last: last.id, range });
}

export function selectEdge(key: string, from: string, origin: Origin): void {
  const node = useFlow.getState().graph?.nodes.find((node) => node.id === from);
  set({ origin, edge: key, range: node?.range });
}

export function selectGroup(name: string, origin: Origin): void {
  const group = useFlow.getState().graph?.groups.find((group) => group.name === name);
  if (group) set({ origin, group: name, range: group.name_range });
}

/** Selects what stands at a range of the text. */
export function selectRange(range: Range, origin: Origin): void {
  const { graph } = useFlow.getState();
  const node = graph && nodeAt(graph, range.from);
  const group = node ? undefined : graph?.groups.find((group) => group.name_range.from <= range.from && range.from <= group.name_range.to);
  set({ origin, range, node: node?.id, group: group?.name });
}

export function selectNothing(origin: Origin): void {
  set({ origin, range: undefined });
}

export function selectTime(time: number | undefined, range: Range | undefined): void {
  const { graph } = useFlow.getState();
  const node = graph && range && nodeAt(graph, range.from);
  useCursor.setState(({ shown }) => (node ? { ...NOTHING, origin: "call", time, range, node: node.id, shown: shown + 1 } : { time }));
}

/** The innermost step at an offset; before the first letter of a step on its line counts as in it. */
export function nodeAt(graph: Graph, at: number): GraphNode | undefined {
  let found: GraphNode | undefined;
  for (const node of graph.nodes) {
    if (node.range.from <= at && at <= node.range.to) found = node;
  }
  return found;
}

/** The first step that begins on the line of an offset; otherwise the innermost that the line is part of. */
export function nodeOnLine(graph: Graph, text: string, at: number): GraphNode | undefined {
  const from = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  const to = end < 0 ? text.length : end;
  return graph.nodes.find(({ range }) => from <= range.from && range.from < to) ?? nodeAt(graph, from);
}

/** Follows the graph when it changes: what is selected stays selected. */
useFlow.subscribe((flow, before) => {
  if (flow.graph === before.graph) return;
  const { node, last, group, edge, origin } = useCursor.getState();
  if (flow.opened !== before.opened || !flow.graph) {
    useCursor.setState({ ...NOTHING, range: undefined });
    return;
  }
  // The text's own cursor moves with the text; it tells us where it is.
  if (origin === "text") return;
  if (node !== undefined) {
    const to = flow.moved.get(node);
    const found = flow.graph.nodes.find((candidate) => candidate.id === to);
    useCursor.setState({ node: found?.id, last: last === undefined ? undefined : flow.moved.get(last), range: found?.range });
  }
  if (edge !== undefined) useCursor.setState({ edge: undefined });
  if (group !== undefined && !flow.graph.groups.some(({ name }) => name === group)) useCursor.setState({ group: undefined });
});

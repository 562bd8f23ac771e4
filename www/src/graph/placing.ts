/** Folded sections and steps put elsewhere: state of the view, kept per document name, never in the document. */
import { create } from "zustand";
import { useFlow } from "../flow/flow";
import { recall, remember } from "../flow/memory";

/** More steps than this begin with folded sections. */
export const MANY = 300;

interface PlacingState {
  collapsed: ReadonlySet<string>;
  places: ReadonlyMap<string, { x: number; y: number }>;
  /** Whether sections were folded for a large document already. */
  decided: boolean;
}

const key = (): string => `places.${useFlow.getState().name}`;

export const usePlacing = create<PlacingState>(() => ({ collapsed: new Set(), places: known(), decided: false }));

function known(): Map<string, { x: number; y: number }> {
  try {
    const value: unknown = JSON.parse(recall(key()) ?? "[]");
    return new Map(Array.isArray(value) ? (value as [string, { x: number; y: number }][]) : []);
  } catch {
    return new Map();
  }
}

export function place(id: string, x: number, y: number): void {
  usePlacing.setState(({ places }) => ({ places: new Map(places).set(id, { x: Math.round(x), y: Math.round(y) }) }));
}

export function resetPlaces(): void {
  usePlacing.setState({ places: new Map() });
}

export function collapse(name: string): void {
  usePlacing.setState(({ collapsed }) => {
    const next = new Set(collapsed);
    if (!next.delete(name)) next.add(name);
    return { collapsed: next };
  });
}

/** Shows the section of a step. */
export function unfold(name: string): void {
  if (usePlacing.getState().collapsed.has(name)) collapse(name);
}

usePlacing.subscribe(({ places }, before) => {
  if (places !== before.places) remember(key(), JSON.stringify([...places]));
});

useFlow.subscribe((flow, before) => {
  if (flow.opened !== before.opened) usePlacing.setState({ collapsed: new Set(), places: known(), decided: false });
  if (flow.graph === before.graph || !flow.graph) return;
  const { decided, places } = usePlacing.getState();
  if (!decided) {
    const many = flow.graph.nodes.length > MANY;
    usePlacing.setState({ decided: true, ...(many ? { collapsed: new Set(flow.graph.groups.filter((group) => !group.entry).map((group) => group.name)) } : {}) });
  }
  // Places follow their steps when the text changes around them.
  if (places.size > 0 && flow.moved.size > 0) {
    const kept = new Map<string, { x: number; y: number }>();
    for (const [id, at] of places) {
      const to = flow.moved.get(id);
      if (to !== undefined) kept.set(to, at);
    }
    usePlacing.setState({ places: kept });
  }
});

/** Where a run stops: at steps, at kinds of events, when a condition on the variables becomes true. Steps are followed through edits. */
import { type Breakpoint, Expression } from "patchcord/slim";
import { create } from "zustand";
import { useFlow } from "../flow/flow";

/** What happens, or what the flow orders. */
export interface EventType {
  kind: "event" | "command";
  name: string;
}

interface Breakpoints {
  nodes: ReadonlySet<string>;
  events: EventType[];
  /** A condition; empty for none. */
  when: string;
  /** Why it is no condition. */
  wrong: string | undefined;
}

export const useBreakpoints = create<Breakpoints>(() => ({ nodes: new Set(), events: [], when: "", wrong: undefined }));

export function toggle(node: string): boolean {
  const nodes = new Set(useBreakpoints.getState().nodes);
  const is = nodes.delete(node);
  if (!is) nodes.add(node);
  useBreakpoints.setState({ nodes });
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
  if (when.trim() === "" || !useFlow.getState().ready) return undefined;
  try {
    new Expression(when).free();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** As the engine takes them. What is no condition yet stops nothing. */
export function breakpoints(): Breakpoint[] {
  const { nodes, events, when, wrong } = useBreakpoints.getState();
  return [...[...nodes].map((node) => ({ node })), ...events, ...(when.trim() === "" || wrong !== undefined ? [] : [{ when }])];
}

useFlow.subscribe((flow, before) => {
  if (flow.graph === before.graph) return;
  const { nodes } = useBreakpoints.getState();
  if (nodes.size === 0) return;
  const kept = flow.opened === before.opened ? [...nodes].map((node) => flow.moved.get(node)).filter((node) => node !== undefined) : [];
  useBreakpoints.setState({ nodes: new Set(kept) });
});

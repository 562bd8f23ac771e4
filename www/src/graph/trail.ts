/** What the graph shows of the call that is played through. */
import { create } from "zustand";
import { useFlow } from "../flow/flow";
import { useCall } from "../sim/call";
import { type Token, way } from "../sim/way";

interface Trail {
  /** How often the call went along each edge. */
  edges: ReadonlyMap<string, number>;
  /** Legs, by the step that they are at. */
  tokens: ReadonlyMap<string, Token[]>;
  /** Steps whose outcome is decided next. */
  next: ReadonlySet<string>;
}

const NOWHERE: Trail = { edges: new Map(), tokens: new Map(), next: new Set() };

export const useTrail = create<Trail>(() => NOWHERE);

function follow(): void {
  const { status, events, awaiting } = useCall.getState();
  const { graph } = useFlow.getState();
  if (!status || !graph) {
    if (useTrail.getState() !== NOWHERE) useTrail.setState(NOWHERE, true);
    return;
  }
  const { edges, tokens } = way(graph, events.slice(0, status.position));
  // Amid what one fact leads to, nobody is waited for yet.
  const amid = (events[status.position]?.entry.kind ?? "event") !== "event";
  const asked = amid ? [] : awaiting;
  const next = new Set(asked.flatMap(({ decides, node }) => (decides && node !== undefined ? [node] : [])));
  useTrail.setState({ edges, tokens, next });
}

useCall.subscribe((call, before) => {
  if (call.status !== before.status || call.events !== before.events) follow();
});
useFlow.subscribe((flow, before) => {
  if (flow.graph !== before.graph) follow();
});

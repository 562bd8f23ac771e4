/** The way that a call took through the graph, as its events tell it. */
import type { Graph, GraphEdge, SessionEvent } from "patchcord/slim";
import { edgeKey } from "../graph/scene";

/** A leg of the call, and what it does. */
export interface Token {
  leg: string;
  /** `A`, `B1` … */
  name: string;
  rings: boolean;
}

export interface Way {
  /** How often the call went along each edge. */
  edges: Map<string, number>;
  /** The edge that it went along last. */
  last: string | undefined;
  /** Legs that are there, by the step that they are at. */
  tokens: Map<string, Token[]>;
}

/** Where one leg has been. */
interface Trace {
  /** When it was last at each step. */
  visits: Map<string, number>;
  at: string | undefined;
}

export function way(graph: Graph, events: SessionEvent[]): Way {
  const into = new Map<string, GraphEdge[]>();
  const outside = new Map<string, GraphEdge>();
  for (const edge of graph.edges) {
    if (edge.to === undefined) outside.set(edge.from, edge);
    else into.set(edge.to, [...(into.get(edge.to) ?? []), edge]);
  }
  const edges = new Map<string, number>();
  let last: string | undefined;
  const along = (edge: GraphEdge | undefined) => {
    last = edge && edgeKey(edge);
    if (last !== undefined) edges.set(last, (edges.get(last) ?? 0) + 1);
  };
  const traces = new Map<string, Trace>();
  const legs = new Map<string, Token>([["a", token("a", false)]]);
  const places = new Map<string, string>();
  /** What each step said it ended as. */
  const results = new Map<string, string[]>();

  for (const { entry, node: found, document, leg, index } of events) {
    // Another document's steps have names of their own.
    const node = document === undefined ? found : undefined;
    if (leg !== undefined && node !== undefined && (leg !== "a" || entry.kind === "note")) places.set(leg, node);
    if (entry.kind === "note" && entry.name === "step" && node !== undefined) {
      const on = leg ?? "a";
      const trace = traces.get(on) ?? { visits: new Map(), at: undefined };
      traces.set(on, trace);
      if (trace.at !== undefined) along(taken(into.get(node) ?? [], trace, results));
      trace.visits.set(node, index);
      trace.at = node;
      results.delete(node);
    } else if (entry.kind === "note" && entry.name === "set" && node !== undefined) {
      const value = /= "(.*)"$/.exec(entry.text)?.[1];
      if (value !== undefined) results.set(node, [...(results.get(node) ?? []), value]);
    } else if (entry.kind === "command" && entry.name === "fetch" && node !== undefined) {
      along(outside.get(node));
    } else if (entry.kind === "command" && entry.name === "originate") {
      legs.set(entry.leg, token(entry.leg, true));
    } else if (entry.kind === "event" && entry.name === "answered") {
      legs.set(entry.leg, token(entry.leg, false));
    } else if (entry.kind === "event" && (entry.name === "ended" || entry.name === "failed")) {
      legs.delete(entry.leg);
    }
  }
  const tokens = new Map<string, Token[]>();
  for (const [leg, shown] of legs) {
    const at = places.get(leg);
    if (at !== undefined) tokens.set(at, [...(tokens.get(at) ?? []), shown]);
  }
  return { edges, last, tokens };
}

const token = (leg: string, rings: boolean): Token => ({ leg, name: leg.toUpperCase(), rings });

/** The edge by which a leg came: from where it was last, by the outcome that was told there. */
function taken(candidates: GraphEdge[], { visits }: Trace, results: Map<string, string[]>): GraphEdge | undefined {
  let best: GraphEdge | undefined;
  let latest = -1;
  for (const edge of candidates) {
    const when = visits.get(edge.from);
    if (when === undefined || when < latest) continue;
    const told = edge.port !== undefined && (results.get(edge.from)?.includes(edge.port) ?? false);
    if (when === latest && !told) continue;
    best = edge;
    latest = when;
  }
  return best;
}

/** Runs a call on until something stops it. An edge does, when it is the one that the call came along. */
import { type Breakpoint, type Session, type Stop, type Until, WireError } from "patchcord/slim";
import { useFlow } from "../flow/flow";
import { edgeKey } from "../graph/scene";
import { useBreakpoints } from "./breakpoints";
import { way } from "./way";

/** As the engine takes it, and of which edges it is. */
interface Point {
  at: Breakpoint;
  edges: string[] | undefined;
}

function points(): Point[] {
  const { nodes, edges, events, when, wrong } = useBreakpoints.getState();
  const found: Point[] = [...nodes].map((node) => ({ at: { node }, edges: undefined }));
  const targets = new Map<string, string[]>();
  const outside: string[] = [];
  for (const edge of useFlow.getState().graph?.edges ?? []) {
    const key = edgeKey(edge);
    if (!edges.has(key)) continue;
    if (edge.to === undefined) outside.push(key);
    else if (!nodes.has(edge.to)) targets.set(edge.to, [...(targets.get(edge.to) ?? []), key]);
  }
  for (const [node, keys] of targets) found.push({ at: { node }, edges: keys });
  if (outside.length > 0) found.push({ at: { kind: "command", name: "fetch" }, edges: outside });
  for (const event of events) found.push({ at: event, edges: undefined });
  // What is no condition yet stops nothing.
  if (when.trim() !== "" && wrong === undefined) found.push({ at: { when }, edges: undefined });
  return found;
}

/** The engine refuses what only looks like a condition: then it stops nothing, and says why. */
export function runOn(session: Session, until: Until): Stop {
  try {
    return runBetween(session, until);
  } catch (error) {
    const { when, wrong } = useBreakpoints.getState();
    if (!(error instanceof WireError) || when.trim() === "" || wrong !== undefined) throw error;
    useBreakpoints.setState({ wrong: error.message });
    return runBetween(session, until);
  }
}

function runBetween(session: Session, until: Until): Stop {
  const all = points();
  const breakpoints = all.map(({ at }) => at);
  for (;;) {
    const stop = session.runUntil({ ...until, breakpoints });
    const edges = stop.stopped === "breakpoint" && stop.breakpoint !== undefined ? all[stop.breakpoint]?.edges : undefined;
    if (!edges) return stop;
    const { graph } = useFlow.getState();
    const { last } = graph ? way(graph, session.events(0, stop.position)) : { last: undefined };
    if (last !== undefined && edges.includes(last)) return stop;
  }
}

/** Goes to the next breakpoint in what is known already, if there is one. */
export function halt(session: Session): Stop | undefined {
  const { nodes, edges, events: types } = useBreakpoints.getState();
  const { graph } = useFlow.getState();
  const { position, length } = session.status;
  if (position >= length || nodes.size + edges.size + types.length === 0 || !graph) return undefined;
  const events = session.events(0, length);
  for (let at = position; at < length; at += 1) {
    const event = events[at];
    if (!event) continue;
    const { entry, node } = event;
    if (types.some(({ kind, name }) => entry.kind === kind && entry.name === name)) {
      session.jump(at + 1);
      return { ...session.status, stopped: "breakpoint" };
    }
    if (node === undefined || event.document !== undefined) continue;
    const begins = entry.kind === "note" && entry.name === "step";
    const leaves = entry.kind === "command" && entry.name === "fetch";
    const here = begins && nodes.has(node);
    const { last } = edges.size > 0 && (begins || leaves) ? way(graph, events.slice(0, at + 1)) : { last: undefined };
    if (!here && !(last !== undefined && edges.has(last))) continue;
    session.jump(at + 1);
    return { ...session.status, stopped: "breakpoint" };
  }
  return undefined;
}

/**
 * Runs a call on until something stops it, in what is known of it already and behind that. An edge does, when it is
 * the one that the call came along.
 */
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
  for (const event of events) found.push({ at: event, edges: undefined });
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
  // What is known is not walked through where nothing can stop it.
  const { position, length } = session.status;
  if (breakpoints.length === 0 && until.time === undefined && position < length) session.jump(length);
  for (;;) {
    const stop = session.runUntil({ ...until, breakpoints });
    const edges = stop.stopped === "breakpoint" && stop.breakpoint !== undefined ? all[stop.breakpoint]?.edges : undefined;
    if (!edges) return stop;
    const { graph } = useFlow.getState();
    const { last } = graph ? way(graph, session.events(0, stop.position)) : { last: undefined };
    if (last !== undefined && edges.includes(last)) return stop;
  }
}

/** The legs of a call, as its trace tells them. */
import type { LegReport, Outcome, TraceEntry } from "patchcord/slim";

/** What there is to see of a call. */
export interface Seen {
  legs: LegReport[];
  trace: TraceEntry[];
  outcome?: Outcome | undefined;
}

const party = (leg: LegReport["leg"], from: string, to: string, created: number): LegReport => ({
  leg,
  from,
  to,
  direction: leg === "a" ? "inbound" : "outbound",
  status: 0,
  created,
});

/** A call from the lines of its trace. */
export function seen(trace: TraceEntry[], caller: { from: string; to: string } = { from: "", to: "" }): Seen {
  const legs = new Map<string, LegReport>([["a", party("a", caller.from, caller.to, 0)]]);
  let outcome: Outcome | undefined;
  const over = (leg: LegReport | undefined, at: number, cause: LegReport["cause"]) => {
    if (!leg || leg.ended !== undefined) return;
    leg.ended = at;
    leg.cause = cause;
  };
  for (const entry of trace) {
    if (entry.kind === "note") continue;
    const leg = "leg" in entry ? legs.get(entry.leg) : undefined;
    if (entry.kind === "command") {
      if (entry.name === "originate") legs.set(entry.leg, party(entry.leg, entry.from, entry.to, entry.at));
      if (entry.name === "answer" && leg) leg.answered = entry.at;
      if (entry.name === "reject") over(leg, entry.at, "decline");
      if (entry.name === "done") outcome = entry.outcome;
    } else {
      if (entry.name === "answered" && leg) leg.answered = entry.at;
      if (entry.name === "failed") over(leg, entry.at, entry.status === 487 ? "cancel" : entry.status === 486 ? "busy" : "no-answer");
      if (entry.name === "ended") over(leg, entry.at, entry.cause);
    }
  }
  return { legs: [...legs.values()], trace, outcome };
}

import { guard, string } from "./facade.js";
import { runs } from "./module.js";
import * as raw from "./raw.js";
import type { SessionEvent } from "./session.js";
import type { Command, Ended, Start, TraceEntry } from "./types.js";

/** A call that was run again from its journal. */
export interface Replay {
  /** What the call began with. */
  start: Start;
  /** The first document that was run: that of the start, or the one that was fetched. */
  document: string | null;
  /** Every order, in order. */
  commands: Command[];
  /** Everything that happened, in order. */
  trace: TraceEntry[];
  /** The same, each entry linked with the first document as the events of a `Session` are. */
  events: SessionEvent[];
  /** How the call ended, if it did. */
  ended?: Ended;
  /** Why its host gave it up, if it did. */
  stopped?: string;
}

/**
 * Runs a call again from its journal (JSON lines, as `patchcord serve` writes them). The same
 * journal leads to the same orders, always.
 *
 * @throws {JournalError} when it is no journal.
 */
export function replay(journal: string): Replay {
  runs();
  const { document, commands, events, ...rest } = guard(() => raw.replay(string(journal, "journal")));
  const [first = ""] = journal.trimStart().split("\n", 1);
  const { start } = JSON.parse(first) as { start: Start };
  return { start, document, commands, trace: events.map(({ entry }) => entry), events, ...rest };
}

/** A journal that is looked at: the story of a real call, told to the engine again. */
import { Engine, type Event, type Start, type TraceEntry } from "patchcord/slim";
import { create } from "zustand";
import { tell } from "../shell/live";
import { words } from "../words/words";
import { change } from "../shell/settings";
import { type Seen, seen } from "../sim/legs";

export interface Opened {
  name: string;
  call: Seen;
  /** The document of the call. */
  text: string;
  /** Why the host ended it, if it did. */
  stopped: string | undefined;
}

export const useJournal = create<{ opened: Opened | undefined }>(() => ({ opened: undefined }));

/** One line of a journal, as far as it matters here. */
type Line = { start: Start } | { at: number; event: Event } | { at: number; timeout: true } | { at: number; done: string } | { at: number; stopped: string };

/** Whether a text is a journal. */
export function isJournal(text: string): boolean {
  return /^\s*\{\s*"start"\s*:/.test(text);
}

/** Opens a journal. */
export function openJournal(name: string, text: string): void {
  try {
    useJournal.setState({ opened: read(name, text) });
    change({ dockTab: "journal", dockOpen: true });
    tell(words().openedFile(name));
  } catch (error) {
    tell(`${words().notAJournal(name)}: ${error instanceof Error ? error.message : String(error)}`, "trouble");
  }
}

function read(name: string, text: string): Opened {
  const engine = new Engine();
  const trace: TraceEntry[] = [];
  let start: Start | undefined;
  let stopped: string | undefined;
  try {
    for (const written of text.split("\n").filter((line) => line.trim() !== "")) {
      const line = JSON.parse(written) as Line;
      if ("start" in line) {
        start = line.start;
        trace.push(...engine.open(line.start).trace);
      } else if ("event" in line) trace.push(...engine.event(line.at, line.event).trace);
      else if ("timeout" in line) trace.push(...engine.timeout(line.at).trace);
      else if ("stopped" in line) stopped = line.stopped;
    }
  } finally {
    engine.free();
  }
  if (!start) throw new Error("its first line has no `start`");
  const document = start.source.kind === "document" ? start.source.text : "";
  return { name, call: seen(trace, start.caller), text: document, stopped };
}

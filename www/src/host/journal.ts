/** A journal that is looked at: the story of a real call, told to the engine again. */
import { replay } from "patchcord/slim";
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
  const { start, document, trace, stopped } = replay(text);
  return { name, call: seen(trace, start.caller), text: document ?? "", stopped };
}

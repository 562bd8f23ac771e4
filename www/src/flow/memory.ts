/** What this browser remembers between visits. Private windows may remember nothing. */
import { embedded, viewer } from "./place";

const PREFIX = "patchcord.";

/** Inside of another page the document is that page's: each frame remembers for itself, as long as it is there. */
const own = embedded || viewer ? new Map<string, string>() : undefined;

let listener: (() => void) | undefined;
let told = false;

/** Calls once when this browser does not remember. */
export function onForgetful(listen: () => void): void {
  listener = listen;
  if (told) listen();
}

export function recall(name: string): string | undefined {
  if (own) return own.get(name);
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name: string, value: string): void {
  if (own) {
    own.set(name, value);
    return;
  }
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Nothing is lost that is on the screen.
    if (!told) {
      told = true;
      listener?.();
    }
  }
}

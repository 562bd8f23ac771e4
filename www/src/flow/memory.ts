/** What this browser remembers between visits. Private windows may remember nothing. */
const PREFIX = "patchcord.";

let listener: (() => void) | undefined;
let told = false;

/** Calls once when this browser does not remember. */
export function onForgetful(listen: () => void): void {
  listener = listen;
  if (told) listen();
}

export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name: string, value: string): void {
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

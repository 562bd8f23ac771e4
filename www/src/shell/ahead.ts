/** Letters that are written before the field they are meant for is there: the code of what lies over the page may still be coming. */

/** Milliseconds after which nobody waits for the field any more. */
const PATIENCE = 5000;
let written = "";
let since: number | undefined;

function hear(event: KeyboardEvent): void {
  if (since === undefined || event.timeStamp - since > PATIENCE) return void taken();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.length === 1) written += event.key;
  else if (event.key === "Backspace") written = written.slice(0, -1);
  else if (event.key !== "Enter") return;
  event.preventDefault();
  event.stopPropagation();
}

/** They are kept from now on, and do nothing else. */
export function keep(): void {
  [written, since] = ["", performance.now()];
  window.addEventListener("keydown", hear, true);
}

/** What was written so far. The field hears the rest itself. */
export function taken(): string {
  window.removeEventListener("keydown", hear, true);
  const all = written;
  [written, since] = ["", undefined];
  return all;
}

/** Variables at an event. The engine keeps them after each input; what happens within one, its remarks tell. */
import type { Json, SessionEvent, TraceEntry } from "patchcord/slim";

/** `kept` are the engine's, after the input that the latest of these events belongs to. */
export function valuesAt(events: readonly SessionEvent[], happened: number, kept: Record<string, Json>): Record<string, Json> {
  const told = new Map<string, Json>();
  const later = new Set<string>();
  events.forEach(({ entry }, at) => {
    if (entry.kind !== "note" || entry.name !== "set" || (entry.leg !== undefined && entry.leg !== "a")) return;
    const parts = /^([^=]+?) = (.*)$/s.exec(entry.text);
    const value = parts?.[2] === undefined ? undefined : read(parts[2]);
    if (!parts?.[1] || value === undefined) return;
    if (at < happened) told.set(parts[1], value);
    else later.add(parts[1]);
  });
  const found: Record<string, Json> = {};
  for (const [name, value] of Object.entries(kept)) {
    const known = told.get(name);
    if (known !== undefined) found[name] = later.has(name) ? known : value;
    else if (!later.has(name)) found[name] = value;
  }
  return found;
}

function read(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** How many events had happened when the latest step began. What belongs to no step goes on with the one before. */
export function stepBegan(events: readonly { node?: string | undefined; entry?: TraceEntry | undefined }[]): number {
  const current = events.findLast(({ node }) => node !== undefined)?.node;
  let begun = events.length;
  while (begun > 0) {
    const { node, entry } = events[begun - 1] ?? {};
    if (node !== undefined && node !== current) break;
    begun -= 1;
    if (entry?.kind === "note" && entry.name === "step") break;
  }
  return begun;
}

/** From keys to commands. */
import { press } from "../sim/keypad";
import { COMMANDS, type Command, allowed } from "./commands";
import { keysOf, useKeymap } from "./keymap";
import { useOverlay } from "./overlay";

const mac = /Mac|iPhone|iPad/.test(navigator.platform);

/** `Mod+Shift+k`, as commands have it. */
export function name(event: KeyboardEvent | React.KeyboardEvent): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push("Mod");
  const letter = event.key.length === 1;
  // Shift is part of a sign that needs it.
  if (event.shiftKey && (!letter || /[a-z]/i.test(event.key))) parts.push("Shift");
  if (event.altKey) parts.push("Alt");
  parts.push(event.key === " " ? "Space" : letter ? event.key.toLowerCase() : event.key);
  return parts.join("+");
}

let byKey = new Map<string, Command[]>();

function learn(): void {
  byKey = new Map();
  for (const command of COMMANDS) for (const key of keysOf(command)) byKey.set(key, [...(byKey.get(key) ?? []), command]);
}
learn();
useKeymap.subscribe(learn);

function run(event: KeyboardEvent | React.KeyboardEvent, where: Command["where"][]): void {
  const command = byKey.get(name(event))?.find((command) => where.includes(command.where) && allowed(command));
  if (!command) return;
  event.preventDefault();
  event.stopPropagation();
  command.run();
}

/** Whether a key is one of a command. */
export const does = (event: React.KeyboardEvent, id: string): boolean => byKey.get(name(event))?.some((command) => command.id === id) ?? false;

/** Keys of the graph. */
export function canvas(event: React.KeyboardEvent): void {
  if (dials(event)) return;
  run(event, ["steps", "graph"]);
}

/** Keys of a telephone go to a call that waits for them. */
function dials(event: KeyboardEvent | React.KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || !press(event.key)) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

/** Keys of the outline. */
export const outline = (event: React.KeyboardEvent): void => run(event, ["steps"]);

/** Keys of the timeline. A button keeps the space bar, but for the bars, which Enter is for. */
export function timeline(event: React.KeyboardEvent): void {
  if (event.key === " " && (event.target as Element).closest("button:not(.bar)")) return;
  run(event, ["timeline"]);
}

/** Keys of the page. The editor has its own search and history; a field keeps its letters. */
export function page(event: KeyboardEvent): void {
  const { overlay } = useOverlay.getState();
  // Beside what searches, the page goes on.
  if (event.defaultPrevented || (overlay && overlay.kind !== "find")) return;
  const target = event.target instanceof HTMLElement ? event.target : undefined;
  const editor = target?.closest(".cm-editor");
  const field = target?.closest("input, textarea, select, [contenteditable=true]");
  const key = name(event);
  if (editor && ["Mod+f", "Mod+z", "Mod+Shift+z", "Mod+y"].includes(key)) return;
  if (field && (!/^(Mod|Shift\+Alt|Alt)\+|^(Shift\+)?F\d+$/.test(key) || ["Mod+z", "Mod+Shift+z", "Mod+y"].includes(key))) return;
  if (!editor && !field && dials(event)) return;
  run(event, ["page"]);
}

const SIGNS: Record<string, string> = { Mod: mac ? "⌘" : "Ctrl", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Delete: "Del", Backspace: "⌫", "-": "−", Escape: "Esc" };

/** A key for people: `Ctrl ↑`. */
export function shown(key: string): string {
  const parts = key.split("+").filter((part) => part !== "");
  if (key.endsWith("+")) parts.push("+");
  return parts.map((part) => SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(" ");
}

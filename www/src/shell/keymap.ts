/** Which keys do what: those that commands come with, and those that a person chose instead. */
import { create } from "zustand";
import { recall, remember } from "../flow/memory";
import { COMMANDS, type Command } from "./commands";

type Chosen = Readonly<Record<string, string[]>>;

export const useKeymap = create<{ chosen: Chosen }>(() => ({ chosen: known() }));

useKeymap.subscribe(({ chosen }) => remember("keys", JSON.stringify(chosen)));

function known(): Chosen {
  try {
    const value: unknown = JSON.parse(recall("keys") ?? "{}");
    if (typeof value !== "object" || value === null) return {};
    const ids = new Set(COMMANDS.map(({ id }) => id));
    return Object.fromEntries(Object.entries(value).filter(([id, keys]) => ids.has(id) && Array.isArray(keys) && keys.every((key) => typeof key === "string")));
  } catch {
    return {};
  }
}

/** The keys of a command as they are now. */
export const keysOf = ({ id, keys }: Command): string[] => useKeymap.getState().chosen[id] ?? keys;

/** For components: the first key of a command. */
export const useKey = (id: string): string => useKeymap(({ chosen }) => (chosen[id] ?? COMMANDS.find((command) => command.id === id)?.keys)?.[0] ?? "");

export function assign(id: string, keys: string[]): void {
  useKeymap.setState(({ chosen }) => ({ chosen: { ...chosen, [id]: keys } }));
}

export function reset(id: string): void {
  useKeymap.setState(({ chosen }) => ({ chosen: Object.fromEntries(Object.entries(chosen).filter(([other]) => other !== id)) }));
}

export function resetAll(): void {
  useKeymap.setState({ chosen: {} });
}

/** The keyboard is in the graph or in the timeline, never in both. */
const apart = (one: Command, other: Command): boolean => [one, other].some(({ where }) => where === "timeline") && [one, other].some(({ where }) => where === "steps" || where === "graph");

/** Other commands that a key of this one does, too: in the graph, all of them are meant. */
export const conflicts = (command: Command): Command[] =>
  COMMANDS.filter((other) => other.id !== command.id && !apart(command, other) && keysOf(other).some((key) => keysOf(command).includes(key)));

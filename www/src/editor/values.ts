/** Which lines set and use which variables of the call, and what these hold. */
import type { Graph, Json, SessionEvent } from "patchcord/slim";

export interface Values {
  /** What was set where: by the offset of a line or step, and name. */
  at: Map<number, Map<string, string>>;
  /** All variables as they are now. */
  all: Record<string, string>;
}

/** Where the steps of the call put values: at the line that names the variable, otherwise at the step's first. */
export function wherePut(graph: Graph, text: string, events: SessionEvent[]): Map<number, Map<string, string>> {
  const found = new Map<number, Map<string, string>>();
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  for (const { entry, node: id, document } of events) {
    if (entry.kind !== "note" || entry.name !== "set" || id === undefined || document !== undefined) continue;
    const [, name, value = ""] = SET.exec(entry.text) ?? [];
    const node = nodes.get(id);
    if (name === undefined || !node) continue;
    const named = new RegExp(`(^|[\\s{,"'])${name.replaceAll(".", "\\.")}["']?\\s*[:=]`).exec(text.slice(node.range.from, node.range.to));
    const place = node.range.from + (named ? named.index + (named[1]?.length ?? 0) : 0);
    found.set(place, (found.get(place) ?? new Map<string, string>()).set(name, value));
  }
  return found;
}

/** Variables at an instant: as the events told them, otherwise as the engine has them. */
export function now(events: SessionEvent[], position: number, variables: Record<string, Json>): Record<string, string> {
  const found = new Map(Object.entries(variables).map(([name, value]) => [name, JSON.stringify(value)]));
  const names = (list: SessionEvent[], act: (name: string, value: string) => void) => {
    for (const { entry } of list) {
      const [, name, value = ""] = entry.kind === "note" && entry.name === "set" ? (SET.exec(entry.text) ?? []) : [];
      if (name !== undefined) act(name, value);
    }
  };
  names(events, (name) => found.delete(name));
  names(events.slice(0, position), (name, value) => found.set(name, value));
  return Object.fromEntries(found);
}

const SET = /^([\w.]+) = (.*)$/s;

/** Names in templates (`%{…}`, `${…}`, `{{…}}`), names of `vars`, and what a `variable:` names. */
const TEMPLATES = /[%$]\{([^}]*)\}|\{\{([^}]*)\}\}/g;
const NAMES = /\bvars\.([A-Za-z_]\w*)|\bvariable["']?\s*[:=]\s*["']?([A-Za-z_]\w*)/g;

/** What is to be told beside a line: `tries = 2`. */
export function used(line: string, { at, all }: Values, from: number, to: number): string {
  const told = new Map<string, string>();
  for (const [place, sets] of at) if (from <= place && place <= to) for (const [name, value] of sets) told.set(name, value);
  const use = (name: string | undefined) => {
    if (name !== undefined && Object.hasOwn(all, name)) told.set(name, all[name] ?? "");
  };
  for (const [, inner = "", braces = ""] of line.matchAll(TEMPLATES)) for (const [name] of `${inner} ${braces}`.matchAll(/[A-Za-z_]\w*/g)) use(name);
  for (const [, name, variable] of line.matchAll(NAMES)) use(name ?? variable);
  return [...told].map(([name, value]) => `${name} = ${short(value)}`).join(", ");
}

const MOST = 40;
const short = (value: string): string => (value.length > MOST ? `${value.slice(0, MOST - 1)}…` : value);

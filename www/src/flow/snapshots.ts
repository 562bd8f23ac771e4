/** Documents as they were at moments that a person named. Kept in this browser. */
import { create } from "zustand";
import { recall, remember } from "./memory";

export interface Snapshot {
  id: number;
  name: string;
  text: string;
}

/** More are not kept: the oldest go. */
const MOST = 20;

export const useSnapshots = create<{ all: Snapshot[] }>(() => ({ all: known() }));

function known(): Snapshot[] {
  try {
    const value: unknown = JSON.parse(recall("snapshots") ?? "[]");
    if (!Array.isArray(value)) return [];
    return value.filter((one): one is Snapshot => typeof one?.id === "number" && typeof one.name === "string" && typeof one.text === "string");
  } catch {
    return [];
  }
}

function keep(all: Snapshot[]): void {
  useSnapshots.setState({ all });
  remember("snapshots", JSON.stringify(all));
}

export function snapshot(name: string, text: string): void {
  const { all } = useSnapshots.getState();
  const id = Math.max(0, ...all.map(({ id }) => id)) + 1;
  keep([...all, { id, name, text }].slice(-MOST));
}

export function forget(id: number): void {
  keep(useSnapshots.getState().all.filter((one) => one.id !== id));
}

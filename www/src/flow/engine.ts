/** The engine in this page: loaded once, then asked without waiting. When it breaks, another one takes its place. */
import { complete, init } from "patchcord/slim";
import { create } from "zustand";
import { readModule, runModule } from "./modules";
import { onTrap, renew } from "./patchcord";
import { rehearse } from "./reader";
import { turn } from "./turn";

/** That the engine broke. */
export interface Trap {
  message: string;
  /** `restored`: another one is there. `again`: it broke too often to try on its own. */
  state: "renewing" | "restored" | "again";
  /** Whether the call is where it was. */
  call: "none" | "restored" | "lost";
}

export const useTrap = create<{ trap: Trap | undefined }>(() => ({ trap: undefined }));

let pending: Promise<void> | undefined;

/** Loads what reads documents; later calls share the first. */
export function load(): Promise<void> {
  pending ??= init(readModule()).then(turn).catch((error: unknown) => {
    pending = undefined;
    throw error;
  });
  return pending;
}

let all: Promise<void> | undefined;
let isThere = false;

/** Loads the rest: calls, edits, words. */
export function whole(): Promise<void> {
  all ??= load()
    .then(runModule)
    .then(async (module) => {
      await rehearse(module);
      await complete(module);
    })
    .then(() => void (isThere = true))
    .then(turn)
    .catch((error: unknown) => {
      // Whoever asks next tries again.
      all = undefined;
      throw error;
    });
  return all;
}

/** Whether the rest is there. */
export const isWhole = (): boolean => isThere;

/** A part of the page that needs all of the engine. */
export const afterWhole = <Part,>(part: () => Promise<Part>) => (): Promise<Part> => Promise.all([part(), whole()]).then(([part]) => part);

const followers: { broke(): void; restore(): Trap["call"] }[] = [];

/** Those who have something of the engine: first all drop it, then, in this order, take it anew. */
export function withEngine(broke: () => void, restore: () => Trap["call"]): void {
  followers.push({ broke, restore });
}

/** Breaking more often than this within half a minute means that it will break again. */
const OFTEN = 3;
let times: number[] = [];

onTrap((message) => {
  const now = performance.now();
  times = [...times.filter((time) => now - time < 30_000), now];
  const often = times.length > OFTEN;
  useTrap.setState({ trap: { message, state: often ? "again" : "renewing", call: "none" } });
  // Whoever asked it has to come to an end first.
  window.setTimeout(() => {
    for (const { broke } of followers) broke();
    if (!often) void restart();
  });
});

/** Puts another engine in its place. */
export async function restart(): Promise<void> {
  const { trap } = useTrap.getState();
  if (!trap) return;
  try {
    await renew(await readModule(), await runModule());
    const calls = followers.map(({ restore }) => restore());
    // It may have broken again just now.
    if (useTrap.getState().trap === trap) useTrap.setState({ trap: { ...trap, state: "restored", call: calls.find((call) => call !== "none") ?? "none" } });
  } catch (error) {
    useTrap.setState({ trap: { ...trap, message: `${trap.message}; ${explain(error)}`, state: "again" } });
  }
}

/** What to tell when loading failed. */
export function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/unsafe-eval|Content Security Policy|disallowed by embedder/i.test(message)) {
    return "WebAssembly is blocked by this page's Content-Security-Policy: it needs script-src 'wasm-unsafe-eval'.";
  }
  return `The engine could not be loaded: ${message}`;
}

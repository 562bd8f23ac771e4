/** The engine in this page: loaded once, then asked without waiting. */
import { init } from "patchcord/slim";
import address from "patchcord/patchcord.wasm?url";

export type Loading = { state: "loading" } | { state: "ready" } | { state: "failed"; why: string };

let pending: Promise<void> | undefined;

/** Where the module is. */
export const module = (): string => new URL(address, document.baseURI).href;

/** Loads the module; later calls share the first. */
export function load(): Promise<void> {
  pending ??= init(new URL(module()));
  return pending;
}

/** What to tell when loading failed. */
export function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/unsafe-eval|Content Security Policy|disallowed by embedder/i.test(message)) {
    return "WebAssembly is blocked by this page's Content-Security-Policy: it needs script-src 'wasm-unsafe-eval'.";
  }
  return `The engine could not be loaded: ${message}`;
}

/** The two modules of the engine, each compiled once, for the page and for the worker beside it. */
import { compile } from "patchcord/slim";
import readAddress from "patchcord/read.wasm?url";
import runAddress from "patchcord/run.wasm?url";

function once(address: string): () => Promise<WebAssembly.Module> {
  let compiled: Promise<WebAssembly.Module> | undefined;
  return () => {
    compiled ??= compile(new URL(address, document.baseURI)).catch((error: unknown) => {
      // Whoever asks next tries again.
      compiled = undefined;
      throw error;
    });
    return compiled;
  };
}

/** What reads documents. */
export const readModule = once(readAddress);
/** The rest: calls, edits, words. */
export const runModule = once(runAddress);

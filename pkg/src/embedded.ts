/** The module's bytes, out of the one file that holds them, packed, as text for every kind of module. */
import { inflateSync } from "fflate";
import "./embedded/module.js";

/** What that file leaves behind. */
const KEY = Symbol.for("patchcord.module");

/** The bytes of the module. */
export function bytes(): Uint8Array<ArrayBuffer> {
  const text = (globalThis as unknown as Record<symbol, string | undefined>)[KEY];
  if (text === undefined) {
    throw new Error("patchcord: expected `embedded/module.js` to have run; a bundler must not drop it");
  }
  return inflateSync(packed(text)) as Uint8Array<ArrayBuffer>;
}

function packed(text: string): Uint8Array {
  // Node's own way is the quickest.
  const { Buffer } = globalThis as { Buffer?: { from(text: string, encoding: "base64"): Uint8Array } };
  if (Buffer) {
    return Buffer.from(text, "base64");
  }
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) {
    bytes[at] = letters.charCodeAt(at);
  }
  return bytes;
}

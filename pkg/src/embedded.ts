/** The module's bytes, out of the one file that holds them as text for every kind of module. */
import "./embedded/module.js";

/** What that file leaves behind. */
const KEY = Symbol.for("patchcord.module");

/** The bytes of the module. */
export function bytes(): Uint8Array<ArrayBuffer> {
  const text = (globalThis as unknown as Record<symbol, string | undefined>)[KEY];
  if (text === undefined) {
    throw new Error("patchcord: expected `embedded/module.js` to have run; a bundler must not drop it");
  }
  // Node's own way is the quickest.
  const { Buffer } = globalThis as { Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> } };
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

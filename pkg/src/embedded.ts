/** The module's bytes, out of the two files that hold them, packed, as text for every kind of module. */
import { inflateSync } from "fflate";
import "./embedded/read.js";
import "./embedded/run.js";

/** The bytes of one of its files. */
export function bytes(part: "read" | "run"): Uint8Array<ArrayBuffer> {
  // What the file leaves behind.
  const text = (globalThis as unknown as Record<symbol, string | undefined>)[Symbol.for(`patchcord.${part}`)];
  if (text === undefined) {
    throw new Error(`patchcord: expected \`embedded/${part}.js\` to have run; a bundler must not drop it`);
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

/** A flow in an address: deflated, in the part that no server sees. */
import { embedded } from "./place";

export interface Shared {
  name: string;
  text: string;
  scenario: string;
}

/** Longer ones do not survive chats and mails; the longest are refused. */
export const LONG = 8_192;
export const LONGEST = 32_768;

async function pipe(bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(through);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export async function link(shared: Shared): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify([shared.name, shared.text, shared.scenario]));
  const packed = await pipe(json, new CompressionStream("deflate-raw"));
  let letters = "";
  for (const byte of packed) letters += String.fromCharCode(byte);
  const address = location.href.replace(embedded ? /[?#].*$/ : /#.*$/, "");
  return `${address}#d=${btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}`;
}

/** What an address holds, if it holds a flow. */
export async function unlink(address: string): Promise<Shared | undefined> {
  const code = /#d=([\w-]+)/.exec(address)?.[1];
  if (code === undefined) return undefined;
  try {
    const letters = atob(code.replace(/-/g, "+").replace(/_/g, "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(await pipe(bytes, new DecompressionStream("deflate-raw"))));
    if (!Array.isArray(value)) return undefined;
    const [name, text, scenario] = value as unknown[];
    return typeof text === "string" ? { name: typeof name === "string" ? name : "shared", text, scenario: typeof scenario === "string" ? scenario : "" } : undefined;
  } catch {
    return undefined;
  }
}

/** The address of a document that an address names: `#src=URL`. */
export function source(hash: string): string | undefined {
  const code = /#src=(.+)$/.exec(hash)?.[1];
  if (code === undefined) return undefined;
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}

export interface Secret {
  kind: "secret" | "number";
  from: number;
  to: number;
  text: string;
}

/** What one may not want to give away: passwords, tokens, keys; telephone numbers. */
export function secrets(text: string): Secret[] {
  const found: Secret[] = [];
  const named = /(["']?)\b[\w-]*(?:password|passwd|token|secret|api_?key|authorization|signing_?key|\bpin)\b\1\s*[:=]\s*(["']?)([^"'\s,}<>]+)/gi;
  for (const match of text.matchAll(named)) {
    const value = match[3] ?? "";
    if (/^(true|false|null|\$\{|%\{|\{|\[)/.test(value)) continue;
    const to = match.index + match[0].length;
    found.push({ kind: "secret", from: to - value.length, to, text: value });
  }
  for (const match of text.matchAll(/:\/\/[^/\s"'@]*:([^/\s"'@]+)@/g)) {
    const to = match.index + match[0].length - 1;
    found.push({ kind: "secret", from: to - (match[1]?.length ?? 0), to, text: match[1] ?? "" });
  }
  for (const match of text.matchAll(/\+\d{7,15}\b/g)) {
    // 555 is nobody's number.
    if (!/^\+1555/.test(match[0])) found.push({ kind: "number", from: match.index, to: match.index + match[0].length, text: match[0] });
  }
  return found.sort((a, b) => a.from - b.from).filter((secret, index, all) => index === 0 || secret.from >= (all[index - 1]?.to ?? 0));
}

/** The text without them: equal numbers stay equal. */
export function redact(text: string, hidden: Secret[]): string {
  const numbers = new Map<string, string>();
  let whole = "";
  let at = 0;
  for (const { kind, from, to, text: value } of hidden) {
    if (kind === "number" && !numbers.has(value)) numbers.set(value, `+1555000${String(numbers.size + 1).padStart(4, "0")}`);
    whole += text.slice(at, from) + (kind === "number" ? numbers.get(value) : "REDACTED");
    at = to;
  }
  return whole + text.slice(at);
}

/** Fetches a document from an address; when that fails, finds out why. */
export type Failure =
  | { why: "address" | "insecure" | "offline" | "unreachable" | "forbidden" | "html" | "letters" | "empty" }
  | { why: "status"; status: number };

export type Fetched = { text: string; name: string } | Failure;

export async function fetchFlow(given: string, signal: AbortSignal): Promise<Fetched> {
  let address: URL;
  try {
    address = new URL(given.trim(), document.baseURI);
  } catch {
    return { why: "address" };
  }
  if (!/^https?:$/.test(address.protocol)) return { why: "address" };
  let reply: Response;
  try {
    reply = await fetch(address, { signal, credentials: "omit", headers: { accept: "application/json, application/yaml, application/xml, text/*;q=0.9, */*;q=0.5" } });
  } catch (error) {
    if (signal.aborted) throw error;
    return { why: await cause(address, signal) };
  }
  if (!reply.ok) return { why: "status", status: reply.status };
  const bytes = await reply.arrayBuffer();
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { why: "letters" };
  }
  if (/^\uFEFF?\s*<(!doctype\s+html|html)\b/i.test(text)) return { why: "html" };
  if (text.trim() === "") return { why: "empty" };
  const name = decodeURIComponent(address.pathname.split("/").at(-1) ?? "") || address.hostname;
  return { text, name };
}

/** A browser does not tell why; a request whose reply nobody may read shows whether somebody is there. */
async function cause(address: URL, signal: AbortSignal): Promise<"insecure" | "offline" | "forbidden" | "unreachable"> {
  if (!navigator.onLine) return "offline";
  const local = /^(localhost|127\.|\[::1\])/.test(address.host);
  if (location.protocol === "https:" && address.protocol === "http:" && !local) return "insecure";
  try {
    await fetch(address, { signal, mode: "no-cors", credentials: "omit" });
    return "forbidden";
  } catch {
    return "unreachable";
  }
}

/** How a flow is written, for its badge and its colours. */
export type Syntax = "json" | "yaml" | "xml";

export function syntax(text: string): Syntax {
  const first = text.replace(/^\uFEFF/, "").trimStart()[0];
  return first === "<" ? "xml" : first === "{" || first === "[" ? "json" : "yaml";
}

/** `SWML · YAML`, as far as it can be told. */
export function badge(text: string): string {
  if (text.trim() === "") {
    return "empty";
  }
  const kind = syntax(text);
  const platform =
    kind === "xml" ? "RCML" : /"?\bsections\b"?\s*:/.test(text) ? "SWML" : kind === "json" && /"verb"\s*:/.test(text) ? "verbs" : "";
  return [platform, kind.toUpperCase()].filter(Boolean).join(" · ");
}

/** Steps as values and as text: for forms, for the clipboard, for copies. */
import { type GraphNode, type Json, applyEdit, applyEdits } from "patchcord/slim";
import { syntax } from "./dialect";
import { useFlow } from "./flow";

let known: { text: string; value: Json } | undefined;

/** The whole document as a value; none where it cannot be read, and for XML. */
function whole(text: string): Json | undefined {
  if (known?.text === text) return known.value;
  try {
    const json = syntax(text) === "json" ? text : applyEdits(text, applyEdit(text, { op: "convert-format", format: "json" }));
    const value = JSON.parse(json) as Json;
    known = { text, value };
    return value;
  } catch {
    return undefined;
  }
}

/** A step as an operation takes it: `{ play: … }`, `{ verb: "play", … }`, `{ Play: { … } }`. */
export function stepValue(node: GraphNode): Json | undefined {
  const { text } = useFlow.getState();
  const slice = text.slice(node.range.from, node.range.to);
  if (syntax(text) === "xml") return elements(slice)[0];
  const document = whole(text);
  return document === undefined ? undefined : at(document, node.id);
}

/** What stands at `sections.main[2].connect`; keys may have dots in them. */
function at(value: Json, path: string): Json | undefined {
  const rest = path.replace(/^[./]/, "");
  if (rest === "") return value;
  const index = /^\[(\d+)\]/.exec(rest);
  if (index) {
    const inner = Array.isArray(value) ? value[Number(index[1])] : undefined;
    return inner === undefined ? undefined : at(inner, rest.slice(index[0].length));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value).filter((key) => rest.startsWith(key) && /^($|[.[/])/.test(rest.slice(key.length)));
  keys.sort((a, b) => b.length - a.length);
  for (const key of keys) {
    const inner = value[key];
    const found = inner === undefined ? undefined : at(inner, rest.slice(key.length));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** XML as operations take it. */
function elements(text: string): Json[] {
  const parsed = new DOMParser().parseFromString(`<all>${text}</all>`, "application/xml");
  if (parsed.querySelector("parsererror")) return [];
  return [...parsed.documentElement.children].map(element);
}

function element(from: Element): Json {
  const inner: { [key: string]: Json } = {};
  for (const { name, value } of from.attributes) inner[name] = value;
  const children = [...from.children];
  const text = from.textContent?.trim() ?? "";
  if (children.length > 0) inner.children = children.map(element);
  else if (text !== "") inner.text = text;
  return { [from.tagName]: inner };
}

/** The text of steps, as the clipboard gets it. */
export function fragment(nodes: GraphNode[]): string {
  const { text } = useFlow.getState();
  const kind = syntax(text);
  const parts = nodes.map(({ range }) => dedent(text, range.from, range.to));
  if (kind === "xml") return parts.join("\n");
  if (kind === "json") return nodes.length === 1 ? (parts[0] ?? "") : `[\n${parts.map((part) => part.replace(/^/gm, "  ")).join(",\n")}\n]`;
  return parts.map((part) => `- ${part.replace(/\n/g, "\n  ")}`).join("\n");
}

function dedent(text: string, from: number, to: number): string {
  const begin = text.lastIndexOf("\n", from - 1) + 1;
  const deep = from - begin;
  return text.slice(from, to).replace(/\r?\n([ \t]*)/g, (_all, blanks: string) => `\n${blanks.slice(Math.min(deep, blanks.length))}`);
}

/** Steps out of a text in any syntax; none when it has none. */
export function parse(text: string): Json[] {
  const bare = text.trim();
  if (bare === "") return [];
  if (bare.startsWith("<")) return elements(bare.replace(/^<\?xml[^>]*\?>/, ""));
  try {
    const value = JSON.parse(bare) as Json;
    return Array.isArray(value) ? value : [value];
  } catch {
    // YAML: a list of steps, or one step.
  }
  const lines = bare.split(/\r?\n/);
  const list = lines[0]?.startsWith("- ") ? lines : lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
  const document = `sections:\n  main:\n${list.map((line) => `    ${line}`).join("\n")}\n`;
  try {
    const value = JSON.parse(applyEdits(document, applyEdit(document, { op: "convert-format", format: "json" }, { dialect: "swml" }))) as Json;
    const steps = at(value, "sections.main");
    return Array.isArray(steps) ? steps : [];
  } catch {
    return [];
  }
}

/** The verb of a step value. */
export function verbOf(step: Json): string {
  if (typeof step === "string") return step;
  if (typeof step !== "object" || step === null || Array.isArray(step)) return "";
  return typeof step.verb === "string" ? step.verb : (Object.keys(step)[0] ?? "");
}

/** Every change of the document that is not typed. The engine computes it; the text makes it. */
import { type EditOperation, type GraphNode, type Json, type TextEdit, EditError, applyEdit, applyFix, format, type Report } from "patchcord/slim";
import { tell } from "../shell/live";
import { words } from "../words/words";
import { selectNode, selectRange, useCursor } from "./cursor";
import { explain, isWhole, whole } from "./engine";
import { settle, useFlow } from "./flow";
import { readonly } from "./place";
import { withSurface } from "./surface";

/** Does it when all of the engine is there. */
function wait(act: () => void): void {
  whole().then(act, (error: unknown) => tell(explain(error), "trouble"));
}

/** Makes an operation. Says why when it cannot be made. */
export function perform(operation: EditOperation, label: string, after: After = "stay"): boolean {
  if (readonly()) return false;
  if (!isWhole()) {
    // In the first second of the page.
    wait(() => perform(operation, label, after));
    return false;
  }
  settle();
  const { text, hint } = useFlow.getState();
  try {
    const edits = applyEdit(text, operation, hint ? { dialect: hint } : {});
    if (edits.length === 0) return true;
    write(edits, label, after);
    return true;
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    tell(`${words().cannot(label)}: ${error.message}`, "trouble");
    return false;
  }
}

/** What is selected when an edit was made. */
export type After = "stay" | "new" | "nothing";

/** Writes edits into the text as one step of its history. */
export function write(edits: TextEdit[], label: string, after: After = "stay"): void {
  if (readonly()) return;
  useCursor.setState({ origin: "edit" });
  withSurface((surface) => {
    surface.edit(edits, label);
    settle();
    if (after === "new") selectNew(edits);
    tell(label);
  });
}

/** The first step that stands in what was written. */
function selectNew(edits: TextEdit[]): void {
  const { graph } = useFlow.getState();
  let shift = 0;
  let best: GraphNode | undefined;
  for (const { from, to, text } of edits) {
    const begin = from + shift;
    const end = begin + text.length;
    const found = graph?.nodes.find((node) => node.range.from >= begin && node.range.from <= end && text.length > 0);
    if (found && !best) best = found;
    shift += text.length - (to - from);
  }
  if (best) selectNode(best.id, "edit");
}

/** Applies a fix of a report about the flow. */
export function mend(report: Report): void {
  const { fix } = report;
  if (!fix) return;
  const { text } = useFlow.getState();
  const mended = applyFix(text, fix);
  let head = 0;
  while (head < text.length && text[head] === mended[head]) head += 1;
  let tail = 0;
  while (tail < text.length - head && tail < mended.length - head && text.at(-1 - tail) === mended.at(-1 - tail)) tail += 1;
  write([{ from: head, to: text.length - tail, text: mended.slice(head, mended.length - tail) }], fix.title);
}

/** Writes the document evenly. */
export function tidy(): void {
  if (!isWhole()) return wait(tidy);
  const { text, hint } = useFlow.getState();
  const edits = format(text, hint ? { dialect: hint } : {});
  if (edits.length === 0) tell(words().alreadyTidy);
  else write(edits, words().formatted);
}

export function find(id: string | undefined): GraphNode | undefined {
  return id === undefined ? undefined : useFlow.getState().graph?.nodes.find((node) => node.id === id);
}

/** The steps of the list that a node stands in. */
export function siblings(node: GraphNode): GraphNode[] {
  const nodes = useFlow.getState().graph?.nodes ?? [];
  return nodes.filter((other) => other.group === node.group && other.owner === node.owner && other.owner_port === node.owner_port);
}

export function insertAfter(node: string, step: Json, verb: string): boolean {
  return perform({ op: "insert-after", node, step }, words().inserted(verb), "new");
}

export function insertFirst(section: string, step: Json, verb: string): boolean {
  return perform({ op: "insert-after", section, step }, words().inserted(verb), "new");
}

export function insertOnEdge(edge: { from: string; port?: string; to?: string }, step: Json, verb: string): boolean {
  const { from, port, to } = edge;
  const where = { ...(port === undefined ? {} : { port }), ...(to === undefined ? {} : { to }) };
  return perform({ op: "insert-on-edge", node: from, ...where, step }, words().inserted(verb), "new");
}

/** Takes the selected steps away. */
export function remove(ids: string[], reconnect: boolean): void {
  const nodes = ids.map(find).filter((node) => node !== undefined);
  const [first] = nodes;
  if (!first) return;
  const beside = siblings(first);
  const at = beside.indexOf(first);
  const next = beside[at + nodes.length] ?? beside[at - 1];
  const range = next && { ...next.range };
  // From the last to the first: what stands before keeps its name.
  for (const node of nodes.reverse()) {
    const done = perform({ op: reconnect ? "delete-and-reconnect" : "delete", node: node.id }, words().removed(node.verb), "nothing");
    if (!done) return;
  }
  if (range) {
    const graph = useFlow.getState().graph;
    const stays = graph?.nodes.find((node) => node.print === next?.print && node.verb === next.verb);
    if (stays) selectNode(stays.id, "edit");
    else selectRange({ from: Math.min(range.from, useFlow.getState().text.length), to: range.to }, "edit");
  }
}

/** Moves a step one place earlier or later in its list. */
export function shift(id: string, by: -1 | 1): void {
  const node = find(id);
  if (!node) return;
  const beside = siblings(node);
  const other = beside[beside.indexOf(node) + by];
  if (!other) {
    tell(by < 0 ? words().isFirst : words().isLast);
    return;
  }
  const operation: EditOperation = by < 0 ? { op: "move", node: id, before: other.id } : { op: "move", node: id, after: other.id };
  if (perform(operation, words().moved(node.verb))) follow(node);
}

/** Selects a step again after it moved. */
export function follow(node: GraphNode): void {
  const graph = useFlow.getState().graph;
  const stays = graph?.nodes.filter((other) => other.print === node.print) ?? [];
  const [only] = stays;
  if (only && stays.length === 1) selectNode(only.id, "edit");
}

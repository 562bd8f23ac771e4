import { EditError } from "./errors.js";
import { guard, string } from "./facade.js";
import type { EditOperation, Graph, LayoutSizes, PlacedGraph, TextEdit } from "./graph.js";
import { reads, runs } from "./module.js";
import * as raw from "./raw.js";
import type { Dialect } from "./types.js";

/**
 * A document as nodes and edges. One with mistakes has a graph, too: what cannot be read is a node of
 * kind `error`. With `layout`, everything has its place.
 */
export function graph(text: string, options: { dialect?: Dialect; layout: true | LayoutSizes }): PlacedGraph;
export function graph(text: string, options?: { dialect?: Dialect; layout?: boolean | LayoutSizes }): Graph;
export function graph(text: string, options: { dialect?: Dialect; layout?: boolean | LayoutSizes } = {}): Graph {
  reads();
  const sizes = options.layout === true ? {} : options.layout || undefined;
  return guard(() => raw.graph(string(text, "text"), options.dialect, sizes));
}

/**
 * The least text that must change for an operation. Comments, order, quotes, indentation and line
 * ends stay as they are.
 *
 * @throws {EditError} when the operation cannot be made; the message says why, its place is what was to change.
 */
export function applyEdit(text: string, operation: EditOperation, options: { dialect?: Dialect } = {}): TextEdit[] {
  runs();
  const answer = guard(() => raw.applyEdit(string(text, "text"), options.dialect, operation));
  if ("refused" in answer) {
    const { message, range } = answer.refused;
    const { node, path } = operation as { node?: string; path?: string[] };
    throw new EditError(message, { range, node, path });
  }
  return answer.edits;
}

/** The edits that write a document evenly; none when it is so already, or cannot be read. */
export function format(text: string, options: { dialect?: Dialect } = {}): TextEdit[] {
  runs();
  return guard(() => raw.format(string(text, "text"), options.dialect));
}

/** The text with edits made. */
export function applyEdits(text: string, edits: TextEdit[]): string {
  let whole = "";
  let at = 0;
  for (const edit of edits) {
    whole += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return whole + text.slice(at);
}

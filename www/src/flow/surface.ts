/**
 * The editor of the document, as the rest of the page knows it: one text, one undo history. It is
 * loaded after the graph is painted; edits made before that wait for it.
 */
import type { Range, TextEdit } from "patchcord/slim";

export interface Surface {
  /** Makes edits as one step of the history, which has this name. */
  edit(edits: TextEdit[], label: string): void;
  /** Another document: the history begins anew. */
  open(text: string): void;
  undo(): boolean;
  redo(): boolean;
  select(range: Range): void;
  /** Gives it the keyboard. */
  focus(): void;
}

let present: Surface | undefined;
let waiting: ((surface: Surface) => void)[] = [];

export function provide(surface: Surface | undefined): void {
  present = surface;
  if (!surface) return;
  const acts = waiting;
  waiting = [];
  for (const act of acts) act(surface);
}

/** Acts on the editor, now or when it is there. */
export function withSurface(act: (surface: Surface) => void): void {
  if (present) act(present);
  else waiting.push(act);
}

/** Two changes of one text, brought together. */
import { diff } from "@codemirror/merge";

export interface Merged {
  text: string;
  /** Changes of theirs that ours contradict; ours stay. */
  conflicts: number;
}

export function merge(base: string, ours: string, theirs: string): Merged {
  const mine = diff(base, ours);
  const other = diff(base, theirs);
  let conflicts = 0;
  const edits: { from: number; to: number; text: string }[] = mine.map(({ fromA, toA, fromB, toB }) => ({ from: fromA, to: toA, text: ours.slice(fromB, toB) }));
  for (const { fromA, toA, fromB, toB } of other) {
    const text = theirs.slice(fromB, toB);
    const near = mine.filter((change) => change.fromA <= toA && fromA <= change.toA);
    if (near.length === 0) edits.push({ from: fromA, to: toA, text });
    else if (!near.some((change) => change.fromA === fromA && change.toA === toA && ours.slice(change.fromB, change.toB) === text)) conflicts += 1;
  }
  edits.sort((a, b) => a.from - b.from || a.to - b.to);
  let whole = "";
  let at = 0;
  for (const { from, to, text } of edits) {
    whole += base.slice(at, from) + text;
    at = to;
  }
  return { text: whole + base.slice(at), conflicts };
}

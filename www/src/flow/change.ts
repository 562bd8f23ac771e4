/** How a text became another one, as far as places in it are concerned. */
export interface Change {
  /** What is the same at the beginning and at the end, in UTF-16 units. */
  head: number;
  tail: number;
  before: number;
  after: number;
}

/** The one stretch that differs. */
export function change(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head += 1;
  let tail = 0;
  while (tail < most - head && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail += 1;
  return { head, tail, before: before.length, after: after.length };
}

/** Where a place of the old text is in the new one. */
export function follow({ head, tail, before, after }: Change, at: number): number {
  if (at <= head) return at;
  if (at >= before - tail) return after - (before - at);
  return Math.min(at, after - tail);
}

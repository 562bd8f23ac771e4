/** Two ways a call went, row beside row. */
import { seen } from "./legs";
import { type Row, ladder } from "./rows";
import type { SessionEvent } from "patchcord/slim";

export interface Pair {
  a: Row | undefined;
  b: Row | undefined;
  /** `late`: the same, at another time. */
  how: "same" | "late" | "other";
}

/** More comparisons than this are not made: what follows stands in its own order. */
const MOST = 4_000_000;

const what = ({ from, to, label }: Row): string => `${from} ${to} ${label}`;

/** Rows whose ends have the names that people know. */
export function rowsOf(events: SessionEvent[], explains: boolean): Row[] {
  const { lanes, rows } = ladder(seen(events.map(({ entry }) => entry)));
  const names = new Map(lanes.map(({ id, name }) => [id, name]));
  const name = (id: string) => names.get(id) ?? id;
  return rows.filter(({ tone }) => explains || tone !== "note").map((row) => ({ ...row, from: name(row.from), to: name(row.to) }));
}

export function pairs(a: Row[], b: Row[]): { pairs: Pair[]; first: number } {
  let head = 0;
  while (head < a.length && head < b.length && sameTime(a[head], b[head])) head += 1;
  const found: Pair[] = a.slice(0, head).map((row, index) => ({ a: row, b: b[index], how: "same" }));
  const [restA, restB] = [a.slice(head), b.slice(head)];
  const common = restA.length * restB.length > MOST ? [] : longest(restA, restB);
  let [x, y] = [0, 0];
  for (const [i, j] of [...common, [restA.length, restB.length] as const]) {
    // What one of them has and the other has not stands beside each other, by its time.
    const [left, right] = [restA.slice(x, i), restB.slice(y, j)];
    for (let row = 0; row < Math.max(left.length, right.length); row += 1) found.push({ a: left[row], b: right[row], how: "other" });
    const [one, other] = [restA[i], restB[j]];
    if (one && other) found.push({ a: one, b: other, how: one.at === other.at ? "same" : "late" });
    [x, y] = [i + 1, j + 1];
  }
  return { pairs: found, first: found.length > head ? head : -1 };
}

const sameTime = (a: Row | undefined, b: Row | undefined): boolean => a !== undefined && b !== undefined && a.at === b.at && what(a) === what(b);

/** Places of the longest list of rows that both have in the same order. */
function longest(a: Row[], b: Row[]): [number, number][] {
  const [left, right] = [a.map(what), b.map(what)];
  const wide = right.length + 1;
  const table = new Uint16Array((left.length + 1) * wide);
  const best = (i: number, j: number): number => table[i * wide + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) table[i * wide + j] = left[i] === right[j] ? best(i + 1, j + 1) + 1 : Math.max(best(i + 1, j), best(i, j + 1));
  }
  const found: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) found.push([i++, j++]);
    else if (best(i + 1, j) >= best(i, j + 1)) i += 1;
    else j += 1;
  }
  return found;
}

/** Time as a length: stretches in which nothing happens are short, unless somebody opened them. */

/** Longer idleness than this many milliseconds is shortened. */
const IDLE = 2_000;

export interface Gap {
  from: number;
  to: number;
  open: boolean;
}

export interface Scale {
  gaps: Gap[];
  /** What is shown, in lengths. */
  least: number;
  most: number;
  /** A length for an instant. */
  length(at: number): number;
  /** The instant at a length. */
  instant(length: number): number;
  /** Where an instant is, from 0 to 1; outside of that it is not shown. */
  place(at: number): number;
}

export interface Zoom {
  from: number;
  to: number;
}

export function scale(times: number[], end: number, open: ReadonlySet<number>, zoom: Zoom | undefined): Scale {
  const marks = [...new Set([0, ...times, Math.max(end, 1)])].sort((a, b) => a - b);
  const pairs = marks.slice(1).map((to, index) => ({ from: marks[index] ?? 0, to }));
  const gaps = pairs.filter(({ from, to }) => to - from > IDLE).map((gap): Gap => ({ ...gap, open: open.has(gap.from) }));
  const shut = new Set(gaps.filter(({ open }) => !open).map(({ from }) => from));
  const busy = pairs.reduce((sum, { from, to }) => sum + (shut.has(from) ? 0 : to - from), 0);
  const short = Math.min(Math.max(busy * 0.1, 300), IDLE);
  // Instants and the lengths at them; between two of them both go evenly.
  const knots: [number, number][] = [[0, 0]];
  for (const { from, to } of pairs) knots.push([to, (knots.at(-1)?.[1] ?? 0) + (shut.has(from) ? short : to - from)]);
  const along = (value: number, x: 0 | 1, y: 0 | 1): number => {
    const after = knots.findIndex((knot) => knot[x] >= value);
    const last = knots.at(-1) ?? [0, 0];
    if (after < 0) return last[y];
    const [b, a] = [knots[after] ?? last, knots[Math.max(after - 1, 0)] ?? last];
    return b[x] === a[x] ? b[y] : a[y] + ((value - a[x]) / (b[x] - a[x])) * (b[y] - a[y]);
  };
  const length = (at: number) => along(Math.max(at, 0), 0, 1);
  const least = zoom ? length(zoom.from) : 0;
  const most = Math.max(zoom ? length(zoom.to) : length(end), least + 1);
  return { gaps, least, most, length, instant: (length) => along(Math.max(length, 0), 1, 0), place: (at) => (length(at) - least) / (most - least) };
}

/** How the ladder is looked at, and which rows that leaves. */
import { create } from "zustand";
import type { Seen } from "./legs";
import { type Ladder, type Lane, type Row, ladder } from "./rows";
import { sip } from "./sip";

export interface Look {
  level: "events" | "sip";
  /** Time since the row before, instead of since the beginning. */
  delta: boolean;
  /** Narrow columns, and only those in which something happens. */
  compressed: boolean;
  /** Arrows of sound. */
  media: boolean;
  /** What repeats stands there once. */
  collapsed: boolean;
  /** Remarks of the engine. */
  explains: boolean;
}

export const useLook = create<Look>(() => ({ level: "events", delta: false, compressed: false, media: true, collapsed: false, explains: false }));

/** A row as it is drawn. */
export interface ShownRow extends Row {
  /** How often it comes, with those behind it. */
  times: number;
  /** How many rows repeat together. */
  span: number;
}

export const ladderOf = (call: Seen, level: Look["level"]): Ladder => (level === "sip" ? sip(call) : ladder(call));

/** Rows of what has happened, as they are looked at. */
export function shownRows(rows: Row[], happened: number, look: Look): ShownRow[] {
  const left = rows.filter(({ event, tone }) => event < happened && (look.explains || tone !== "note") && (look.media || tone !== "media"));
  return look.collapsed ? collapse(left) : left.map((row) => ({ ...row, times: 1, span: 1 }));
}

/** Longest series of rows that is looked for. */
const LONGEST = 8;

function collapse(rows: Row[]): ShownRow[] {
  const same = (a: Row | undefined, b: Row | undefined) => a !== undefined && b !== undefined && a.from === b.from && a.to === b.to && a.label === b.label;
  const shown: ShownRow[] = [];
  for (let at = 0; at < rows.length; ) {
    let best = { span: 1, times: 1 };
    for (let span = 1; span <= LONGEST; span += 1) {
      let end = at + span;
      while (end < rows.length && same(rows[end], rows[end - span])) end += 1;
      const times = Math.floor((end - at) / span);
      if (times > 1 && times * span > best.times * best.span) best = { span, times };
    }
    for (const row of rows.slice(at, at + best.span)) shown.push({ ...row, ...best });
    at += best.span * best.times;
  }
  return shown;
}

/** The columns that are drawn. */
export function shownLanes(lanes: Lane[], rows: Row[], look: Look): Lane[] {
  if (!look.compressed) return lanes;
  const used = new Set(rows.flatMap(({ from, to }) => [from, to]));
  return lanes.filter(({ id }) => used.has(id));
}

import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useCursor } from "../flow/cursor";
import { useWords } from "../words/words";
import { LadderLook } from "./LadderLook";
import { useCrosshair } from "./crosshair";
import type { Seen } from "./legs";
import { type ShownRow, ladderOf, shownLanes, shownRows, useLook } from "./look";
import { type Lane, clock } from "./rows";
import { bringIntoView, useInView, useStretch } from "./stretch";

interface Props {
  call: Seen;
  /** Events that have happened. */
  happened: number;
  /** The event whose row is selected, and another one that it is compared with. */
  selected: number | undefined;
  other: number | undefined;
  /** The step of each event. */
  nodes: readonly (string | undefined)[];
  /** `both` keeps the row that was selected, to compare; `follow` is no wish of a person. */
  onSelect(event: number, how: "one" | "both" | "follow"): void;
}

/** Pixels, as the style has them. */
const HEIGHT = 28;
const HEAD = 40;

/** What passed between whom, from top to bottom. Only the rows that can be seen are in the page. */
export function LadderView({ call, happened, selected, other, nodes, onSelect }: Props) {
  const words = useWords();
  const look = useLook();
  const box = useRef<HTMLDivElement>(null);
  const told = useMemo(() => ladderOf(call, look.level), [call, look.level, words]);
  const rows = useMemo(() => shownRows(told.rows, happened, look), [told, happened, look]);
  const lanes = useMemo(() => shownLanes(told.lanes, rows, look), [told, rows, look]);
  const [row, setRow] = useState<number>();

  // Several rows may tell of one event; the one that was chosen stays chosen.
  const kept = rows.findIndex(({ key, event }) => key === row && event === selected);
  const active = kept >= 0 ? kept : rows.findLastIndex(({ event }) => event <= (selected ?? happened));
  const { from, to, most } = useStretch(box, rows.length, HEIGHT, HEAD);
  useInView(box, active, rows.length, HEIGHT, HEAD);

  const node = useCursor(({ node }) => node);
  const origin = useCursor(({ origin }) => origin);
  const shown = useCursor(({ shown }) => shown);
  useEffect(() => {
    if (node === undefined || origin === "call" || origin === "edit") return;
    const first = rows.find(({ event }) => nodes[event] === node);
    if (first) onSelect(first.event, "follow");
  }, [node, shown]);

  const cross = useCrosshair(({ at }) => at);
  const crossed = cross === undefined ? -1 : rows.findLastIndex(({ at }) => at <= cross) + 1;

  // A row that is chosen has an element of its own from then on, which gets what the other had.
  const focusing = useRef(false);
  useLayoutEffect(() => {
    if (focusing.current) box.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus({ preventScroll: true });
    focusing.current = false;
  }, [active]);
  const choose = (at: number, how: "one" | "both") => {
    const chosen = rows[at];
    if (!chosen) return;
    focusing.current = at !== active;
    setRow(chosen.key);
    onSelect(chosen.event, how);
    bringIntoView(box.current, at, HEIGHT, HEAD);
  };
  const click = (event: React.MouseEvent) => {
    const at = (event.target as Element).closest<HTMLElement>("[data-row]")?.dataset.row;
    if (at !== undefined) choose(Number(at), event.shiftKey || event.ctrlKey || event.metaKey ? "both" : "one");
  };
  const press = (event: React.KeyboardEvent) => {
    const page = Math.max(Math.floor(((box.current?.clientHeight ?? 0) - HEAD) / HEIGHT) - 1, 1);
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = Math.min(Math.max(to, 0), rows.length - 1);
    choose(at, event.shiftKey ? "both" : "one");
    // The row may come into the page only now.
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${at}"]`)?.focus({ preventScroll: true }));
  };

  const places = Array.from({ length: Math.max(to - from, 0) }, (_, index) => from + index);
  // The selected row keeps the keyboard wherever the list is scrolled to.
  if (active >= to) places.push(active);
  else if (active >= 0 && active < from) places.unshift(active);
  // A row that leaves gives its element to one that comes: scrolling makes none.
  const slots = 32 * Math.ceil((most + 1) / 32);
  const style = { "--lanes": Math.max(lanes.length, 1), "--lane": look.compressed ? "64px" : "104px" } as React.CSSProperties;
  return (
    <section className={`ladder ${look.compressed ? "compressed" : ""}`} aria-label={words.ladder} tabIndex={-1} style={style}>
      <LadderLook />
      <div className="ladder-box" ref={box}>
        <div className="lanes">
          <span className="time">{look.delta ? "Δt" : words.time}</span>
          <div className="heads">
            {lanes.map((lane) => (
              <div key={lane.id} className="head" title={lane.detail}>
                <strong>{lane.name}</strong>
                <small>{lane.detail}</small>
              </div>
            ))}
          </div>
          <span className="line">{words.lineNumber}</span>
        </div>
        <ol style={{ height: rows.length * HEIGHT }} onKeyDown={press} onClick={click}>
          {crossed >= 0 && <i className="crossing" style={{ top: crossed * HEIGHT }} />}
          {places.map((at) => {
            const row = rows[at];
            if (!row) return null;
            const before = rows[at - 1]?.at;
            const time = look.delta ? `+${clock(row.at - (before ?? row.at))}` : row.at === before ? "" : clock(row.at);
            const ofNode = node !== undefined && nodes[row.event] === node;
            return <RowOf key={at === active ? `row ${row.key}` : at % slots} row={row} at={at} count={rows.length} lanes={lanes} time={time} current={at === active} ofNode={ofNode} other={row.event === other} />;
          })}
        </ol>
      </div>
    </section>
  );
}

interface RowProps {
  row: ShownRow;
  at: number;
  count: number;
  lanes: Lane[];
  time: string;
  current: boolean;
  ofNode: boolean;
  other: boolean;
}

/** One row: when, from whom to whom, what, from which line. */
const RowOf = memo(function RowOf({ row, at, count, lanes, time, current, ofNode, other }: RowProps) {
  const words = useWords();
  const middle = (id: string): number => ((Math.max(lanes.findIndex((lane) => lane.id === id), 0) + 0.5) / lanes.length) * 100;
  const [from, to] = [middle(row.from), middle(row.to)];
  const line = row.place?.document === 0 ? row.place.line : undefined;
  return (
    <li aria-setsize={count} aria-posinset={at + 1} style={{ top: at * HEIGHT }}>
      <button type="button" data-row={at} className={`row ${row.tone} ${ofNode ? "of-node" : ""} ${other ? "other" : ""}`} aria-current={current} tabIndex={current ? 0 : -1}>
        <span className="time">{time}</span>
        <span className="cell">
          {row.from === row.to ? (
            <span className={`remark ${from > 50 ? "left" : "right"}`} style={from > 50 ? { right: `${100 - from}%` } : { left: `${from}%` }}>
              {row.label}
            </span>
          ) : (
            <span className={`arrow ${row.link ? "both" : to > from ? "right" : "left"}`} style={{ left: `${Math.min(from, to)}%`, width: `${Math.abs(to - from)}%` }}>
              <span className="label" aria-hidden="true">
                {row.label}
              </span>
              <span className="unseen">{`${row.label}, ${words.fromTo(row.from, row.to)}`}</span>
            </span>
          )}
          {row.times > 1 && (
            <span className="times" title={words.repeats(row.times, row.span)}>
              ×{row.times}
              <span className="unseen">{words.repeats(row.times, row.span)}</span>
            </span>
          )}
        </span>
        <span className="line">{line}</span>
      </button>
    </li>
  );
});

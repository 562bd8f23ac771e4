import { useEffect, useRef } from "react";
import { type Ladder, type Row, clock } from "./rows";

interface Props {
  ladder: Ladder;
  /** Rows that have happened. */
  count: number;
  selected: number | undefined;
  /** Whether remarks are shown. */
  explains: boolean;
  onSelect(index: number): void;
}

/** Rows drawn at once; a page with more of them is slow. */
const MOST = 1_000;

/** What passed between whom, from top to bottom. */
export function LadderView({ ladder, count, selected, explains, onSelect }: Props) {
  const { lanes, rows } = ladder;
  const list = useRef<HTMLOListElement>(null);
  const middle = (id: string): number => {
    const index = lanes.findIndex((lane) => lane.id === id);
    return (((index < 0 ? 0 : index) + 0.5) / lanes.length) * 100;
  };
  const happened = rows.map((row, index) => ({ row, index })).filter(({ row, index }) => index < count && (explains || row.tone !== "note"));
  const hidden = Math.max(happened.length - MOST, 0);
  const shown = hidden > 0 ? happened.slice(hidden) : happened;

  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }, [selected, count]);

  const move = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = shown.findIndex(({ index }) => index === selected);
    const next = shown[Math.min(Math.max(at + step, 0), shown.length - 1)];
    if (next) {
      onSelect(next.index);
      const buttons = list.current?.querySelectorAll<HTMLButtonElement>("button");
      buttons?.[shown.indexOf(next)]?.focus();
    }
  };

  // The row that Tab reaches; arrows reach the others.
  const reachable = shown.some(({ index }) => index === selected) ? selected : shown[0]?.index;

  return (
    <section className="ladder" aria-label="Ladder" tabIndex={-1} style={{ "--lanes": lanes.length } as React.CSSProperties}>
      <div className="lanes">
        <span className="time">time</span>
        <div className="heads">
          {lanes.map((lane) => (
            <div key={lane.id} className="head" title={lane.detail}>
              <strong>{lane.name}</strong>
              <small>{lane.detail}</small>
            </div>
          ))}
        </div>
      </div>
      {hidden > 0 && <p className="quiet hidden">{hidden} earlier rows are left out; move the time cursor back to see them.</p>}
      <ol ref={list} onKeyDown={move}>
        {shown.map(({ row, index }, position) => {
          const before = shown[position - 1]?.row.at;
          return (
            <li key={row.key}>
              <button
                type="button"
                className={`row ${row.tone}`}
                aria-current={index === selected}
                tabIndex={index === reachable ? 0 : -1}
                onClick={() => onSelect(index)}
              >
                <span className="time">{row.at === before ? "" : clock(row.at)}</span>
                <span className="cell">
                  {lanes.map((lane) => (
                    <i key={lane.id} className="life" style={{ left: `${middle(lane.id)}%` }} />
                  ))}
                  <Arrow row={row} from={middle(row.from)} to={middle(row.to)} />
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Arrow({ row, from, to }: { row: Row; from: number; to: number }) {
  const spoken = row.from === row.to ? row.label : `${row.label}, ${row.from} to ${row.to}`;
  if (row.from === row.to) {
    const edge = from > 50 ? { right: `${100 - from}%` } : { left: `${from}%` };
    return (
      <span className={`remark ${from > 50 ? "left" : "right"}`} style={edge}>
        {row.label}
      </span>
    );
  }
  const left = Math.min(from, to);
  const direction = row.link ? "both" : to > from ? "right" : "left";
  return (
    <span className={`arrow ${direction}`} style={{ left: `${left}%`, width: `${Math.abs(to - from)}%` }}>
      <span className="label" aria-hidden="true">
        {row.label}
      </span>
      <span className="unseen">{spoken}</span>
    </span>
  );
}

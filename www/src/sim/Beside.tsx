import { useEffect, useMemo, useRef, useState } from "react";
import { useWords } from "../words/words";
import { useBeside } from "./beside";
import { eventsOf } from "./acts";
import { useCall } from "./call";
import { useLook } from "./look";
import { type Pair, pairs, rowsOf } from "./pairs";
import { clock } from "./rows";
import { bringIntoView, useStretch } from "./stretch";

/** Pixels, as the style has them. */
const HEIGHT = 28;
const HEAD = 30;

/** This branch and another one, row beside row. */
export default function Beside({ branch, onSelect }: { branch: number; onSelect(event: number): void }) {
  const words = useWords();
  const { events, status } = useCall();
  const explains = useLook(({ explains }) => explains);
  const box = useRef<HTMLDivElement>(null);
  const { pairs: list, first } = useMemo(() => pairs(rowsOf(events, explains), rowsOf(eventsOf(branch), explains)), [events, branch, explains]);
  const [active, setActive] = useState(0);
  const { from, to } = useStretch(box, list.length, HEIGHT, HEAD);

  const go = (at: number) => {
    setActive(at);
    // The middle shows what came before.
    if (box.current) box.current.scrollTop = Math.max(at * HEIGHT - (box.current.clientHeight - HEAD) / 3, 0);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${at}"]`)?.focus({ preventScroll: true }));
  };
  useEffect(() => {
    if (first >= 0) go(first);
  }, [first, branch]);

  const choose = (at: number) => {
    setActive(at);
    const event = list[at]?.a?.event;
    if (event !== undefined && event >= 0) onSelect(event);
  };
  const press = (event: React.KeyboardEvent) => {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 8, PageUp: active - 8, Home: 0, End: list.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = Math.min(Math.max(to, 0), list.length - 1);
    choose(at);
    bringIntoView(box.current, at, HEIGHT, HEAD);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${at}"]`)?.focus({ preventScroll: true }));
  };

  const places = Array.from({ length: Math.max(to - from, 0) }, (_, index) => from + index);
  if (active >= to) places.push(active);
  else if (active < from) places.unshift(active);
  const name = words.branchNumber((status?.branch ?? 0) + 1);
  const other = words.branchNumber(branch + 1);
  return (
    <section className="beside" aria-label={words.sideBySide(name, other)}>
      <div className="ladder-look">
        <span role="status">{first < 0 ? words.noDifference : words.firstDifference(clock(list[first]?.a?.at ?? list[first]?.b?.at ?? 0))}</span>
        {first >= 0 && (
          <button type="button" onClick={() => go(first)}>
            {words.goToDifference}
          </button>
        )}
        <button type="button" onClick={() => useBeside.setState({ branch: undefined })}>
          {words.backToLadder}
        </button>
      </div>
      <div className="beside-box" ref={box}>
        <div className="beside-heads">
          <strong>{name}</strong>
          <strong>{other}</strong>
        </div>
        <ol style={{ height: list.length * HEIGHT }} onKeyDown={press}>
          {places.map((at) => {
            const pair = list[at];
            return (
              pair && (
                <li key={at} aria-setsize={list.length} aria-posinset={at + 1} style={{ top: at * HEIGHT }}>
                  <button type="button" data-row={at} className={`pair ${pair.how} ${at === first ? "first-other" : ""}`} tabIndex={at === active ? 0 : -1} aria-current={at === active} onClick={() => choose(at)}>
                    <Half pair={pair} side="a" />
                    <span className="sign-of" title={at === first ? words.partHere : undefined}>
                      {at === first ? "◆" : { same: "=", late: "≈", other: "≠" }[pair.how]}
                      <span className="unseen"> {at === first ? words.partHere : words.pairIs(pair.how)} </span>
                    </span>
                    <Half pair={pair} side="b" />
                  </button>
                </li>
              )
            );
          })}
        </ol>
      </div>
    </section>
  );
}

function Half({ pair, side }: { pair: Pair; side: "a" | "b" }) {
  const words = useWords();
  const row = pair[side];
  if (!row) return <span className="half none">{words.nothingThen}</span>;
  return (
    <span className={`half ${row.tone}`}>
      <span className="time">{clock(row.at)}</span>
      <span className="label">
        {row.from === row.to ? "" : `${row.from} → ${row.to}: `}
        {row.label}
      </span>
    </span>
  );
}

import { Positions } from "patchcord/slim";
import { useEffect, useMemo, useState } from "react";
import { selectTime } from "../flow/cursor";
import { useFlow } from "../flow/flow";
import { useWords } from "../words/words";
import { LadderView } from "./Ladder";
import { Timeline } from "./Timeline";
import type { Seen } from "./legs";
import { clock, details, ladder as ladderOf, variables } from "./rows";

interface Props {
  call: Seen;
  /** The call goes on: its end stays in view. */
  live: boolean;
  /** The document of the call is the one that is open. */
  linked: boolean;
}

/** A call that really happened, or happens: looked at, stepped through, never changed. */
export function Recorded({ call, live, linked }: Props) {
  const words = useWords();
  const flow = useFlow(({ text }) => text);
  const ladder = useMemo(() => ladderOf(call), [call]);
  const rows = ladder.rows.length;
  const [shown, setShown] = useState<number>();
  const [selected, setSelected] = useState<number>();
  const count = live ? rows : Math.min(shown ?? rows, rows);

  useEffect(() => {
    if (live) setShown(undefined);
  }, [live]);

  const select = (index: number | undefined) => {
    setSelected(index);
    const row = index === undefined ? undefined : ladder.rows[index];
    const place = linked && row?.place?.document === 0 ? row.place : undefined;
    selectTime(row?.at, place && new Positions(flow).ofPlace(place));
  };
  const show = (next: number) => {
    const kept = Math.min(Math.max(next, 0), rows);
    setShown(kept);
    select(kept > 0 ? kept - 1 : undefined);
  };
  const press = (event: React.KeyboardEvent) => {
    if (event.key !== "F10") return;
    event.preventDefault();
    event.stopPropagation();
    show(count + (event.shiftKey ? -1 : 1));
  };
  const now = ladder.rows[count - 1]?.at ?? 0;
  const entry = selected === undefined ? undefined : ladder.rows[selected]?.entry;
  const set = variables(ladder.rows, count);
  return (
    <div className="recorded" onKeyDown={press}>
      <div className="controls" role="toolbar" aria-label={words.call}>
        <button type="button" disabled={count === 0} onClick={() => show(0)} aria-label={words.reset} title={words.reset}>
          |◀
        </button>
        <button type="button" disabled={count === 0} onClick={() => show(count - 1)} title="Shift F10">
          ◀ {words.back}
        </button>
        <button type="button" disabled={count >= rows} onClick={() => show(count + 1)} title="F10">
          {words.step} ▶
        </button>
        <span className="outcome" role="status">
          {live ? words.callGoesOn : `${call.outcome ?? words.notOver} · ${clock(ladder.end)}`}
        </span>
      </div>
      <div className="views">
        <div className="left">
          <Timeline call={call} end={ladder.end} now={now} onMove={(at) => show(ladder.rows.filter((row) => row.at <= at).length)} />
          <div className="below">
            <section aria-label={words.variables}>
              <h2>{words.variables}</h2>
              <Values values={set} />
            </section>
            <section aria-label={words.details}>
              <h2>{words.details}</h2>
              {entry ? <pre tabIndex={0}>{details(entry)}</pre> : <p className="quiet">{words.selectRow}</p>}
            </section>
          </div>
        </div>
        <LadderView ladder={ladder} count={count} selected={selected} explains onSelect={select} />
      </div>
    </div>
  );
}

/** Names and values; those that the latest event changed are marked. */
export function Values({ values, changed }: { values: [string, string][]; changed?: ReadonlySet<string> }) {
  const words = useWords();
  if (values.length === 0) return <p className="quiet">{words.noneSet}</p>;
  return (
    <dl>
      {values.map(([name, value]) => (
        <div key={name} className={changed?.has(name) ? "changed" : undefined}>
          <dt>{name}</dt>
          <dd title={value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

import { Positions } from "patchcord/slim";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { selectTime } from "../flow/cursor";
import { useFlow } from "../flow/flow";
import { useWords } from "../words/words";
import { Simulator } from "./Simulator";
import { clock, ladder as ladderOf } from "./rows";
import { useScenario } from "./scenario";
import { simulated } from "./study";

/** The call that the document and the scenario make: run, stepped back and forth. */
export default function Call() {
  const words = useWords();
  const flow = useDeferredValue(useFlow(({ text }) => text));
  const hint = useFlow(({ hint }) => hint);
  const ready = useFlow(({ ready }) => ready);
  const refused = useFlow(({ reports }) => reports.some(({ severity }) => severity === "error"));
  const scenario = useDeferredValue(useScenario(({ text }) => text));
  const [count, setCount] = useState(0);
  const [selected, setSelected] = useState<number>();
  const [explains, setExplains] = useState(true);

  const result = useMemo(() => (ready ? simulated(flow, scenario, hint) : undefined), [ready, flow, scenario, hint]);
  useEffect(() => {
    useScenario.setState({ reports: result?.reports ?? [] });
  }, [result]);
  const call = refused ? undefined : result?.call;
  const ladder = useMemo(() => (call ? ladderOf(call) : undefined), [call]);
  const rows = ladder?.rows.length ?? 0;
  // A call that was shown to its end is shown to its end again after an edit.
  const whole = useRef(true);
  useEffect(() => {
    if (rows > 0) setCount((count) => (whole.current ? rows : Math.min(count, rows)));
    setSelected(undefined);
  }, [ladder, rows]);

  const select = (index: number | undefined) => {
    setSelected(index);
    const row = index === undefined ? undefined : ladder?.rows[index];
    const place = row?.place;
    selectTime(row?.at, place && place.document === 0 ? new Positions(flow).ofPlace(place) : undefined);
  };
  const show = (next: number, choose?: number) => {
    const kept = Math.min(Math.max(next, 0), rows);
    whole.current = kept === rows && rows > 0;
    setCount(kept);
    select(choose);
  };
  const step = (by: 1 | -1) => {
    if (!ladder) return;
    let next = count + by;
    // Hidden remarks are no steps of their own.
    while (!explains && next > 0 && next < rows && ladder.rows[next - 1]?.tone === "note") next += by;
    show(next, next > 0 ? Math.min(next, rows) - 1 : undefined);
  };

  const acts = useRef(step);
  acts.current = step;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "F10") return;
      event.preventDefault();
      acts.current(event.shiftKey ? -1 : 1);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);

  const idle = !ladder;
  return (
    <div className="call">
      <div className="controls" role="toolbar" aria-label={words.call}>
        <button type="button" className="main" disabled={idle} onClick={() => show(rows)}>
          ▶ {words.run}
        </button>
        <button type="button" disabled={idle || count === 0} onClick={() => show(0)} aria-label={words.reset} title={words.reset}>
          ⏮
        </button>
        <button type="button" disabled={idle || count === 0} onClick={() => step(-1)} title="Shift F10">
          ◀ {words.back}
        </button>
        <button type="button" disabled={idle || count >= rows} onClick={() => step(1)} title="F10">
          {words.step} ▶
        </button>
        <label className="check">
          <input type="checkbox" checked={explains} onChange={(event) => setExplains(event.currentTarget.checked)} /> {words.explain}
        </label>
        <span className="outcome" role="status">
          {ladder && count >= rows && rows > 0 && (
            <span className={call?.outcome === "completed" ? "good" : "bad"}>
              {call?.outcome ?? words.notOver} · {clock(ladder.end)}
            </span>
          )}
        </span>
      </div>
      {ladder && call ? (
        <Simulator call={call} ladder={ladder} count={count} selected={selected} explains={explains} onMove={(next) => show(next)} onSelect={select} />
      ) : (
        <p className="nothing">{result?.crash ?? (flow.trim() === "" ? words.nothingToRun : words.mendFirst)}</p>
      )}
    </div>
  );
}

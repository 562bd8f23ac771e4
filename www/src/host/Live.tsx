import { useMemo } from "react";
import { useFlow } from "../flow/flow";
import { show } from "../shell/files";
import { Recorded } from "../sim/Recorded";
import { useWords } from "../words/words";
import { asSeen, choose, readJournal, useHost } from "./host";

/** Calls of the host, as they happen. */
export default function Live() {
  const words = useWords();
  const { calls, chosen, connected, journals, flow } = useHost();
  const text = useFlow(({ text }) => text);
  const call = chosen === undefined ? undefined : calls.get(chosen);
  const seen = useMemo(() => call && asSeen(call), [call]);
  // A flow that is fetched for each call is in the journals only.
  const linked = flow?.text === text;
  const older = journals.filter(({ name }) => ![...calls.values()].some(({ journal }) => journal === name));
  return (
    <div className="live">
      <div className="controls">
        <strong>{words.liveCalls}</strong>
        {!connected && (
          <span className="bad" role="status">
            {words.lostHost}
          </span>
        )}
        {flow && !linked && (
          <button type="button" onClick={() => show(flow.text, flow.name)}>
            {words.openFlowOfHost}
          </button>
        )}
      </div>
      <div className="list">
        <nav className="calls" aria-label={words.liveCalls}>
          {calls.size === 0 && <p className="nothing">{words.noLiveCalls}</p>}
          {[...calls.values()].reverse().map(({ number, from, to, over, end, began, journal }) => (
            <div key={number}>
              <button type="button" aria-current={number === chosen} onClick={() => choose(number)}>
                #{number} {words.fromTo(from, to)}
                <small>
                  {new Date(began).toLocaleTimeString()} · {over ? end : words.underWay}
                </small>
              </button>
              {journal !== undefined && number === chosen && (
                <button type="button" onClick={() => void readJournal(journal)}>
                  {words.openJournal}
                </button>
              )}
            </div>
          ))}
          {older.length > 0 && <h2>{words.journals}</h2>}
          {older.map(({ name, changed }) => (
            <button key={name} type="button" onClick={() => void readJournal(name)}>
              {name}
              <small>{new Date(changed).toLocaleString()}</small>
            </button>
          ))}
        </nav>
        {seen && call ? <Recorded key={call.number} call={seen} live={!call.over} linked={linked} /> : <p className="nothing">{words.noLiveCalls}</p>}
      </div>
    </div>
  );
}

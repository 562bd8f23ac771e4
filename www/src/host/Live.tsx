import { useEffect, useMemo, useState } from "react";
import { useFlow } from "../flow/flow";
import { Recorded } from "../sim/Recorded";
import { useWords } from "../words/words";
import { asSeen, choose, openFlow, readJournal, useHost } from "./host";

/** Calls of the host, as they happen. */
export default function Live() {
  const words = useWords();
  const { calls, chosen, connected, journals } = useHost();
  const call = chosen === undefined ? undefined : calls.get(chosen);
  const seen = useMemo(() => call && asSeen(call), [call]);
  const linked = useIsFlowOfHost();
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
        {!linked && (
          <button type="button" onClick={() => void openFlow()}>
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

/** Whether the document here is the one that answers the host's calls. */
function useIsFlowOfHost(): boolean {
  const text = useFlow(({ text }) => text);
  const [theirs, setTheirs] = useState<string>();
  useEffect(() => {
    void fetch("api/flow")
      .then(async (reply) => (reply.ok ? setTheirs(((await reply.json()) as { text: string }).text) : undefined))
      .catch(() => undefined);
  }, []);
  return theirs === text;
}

import type { Json } from "patchcord/slim";
import { useState } from "react";
import { useWords } from "../words/words";

interface Props {
  now: Record<string, Json>;
  /** As they were when the step began that the call is at. */
  before: Record<string, Json>;
}

const told = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Names and values at the moment that is shown; those that the step changed are marked, with what they were. */
export function Values({ now, before }: Props) {
  const words = useWords();
  const [filter, setFilter] = useState("");
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  const wanted = filter.trim().toLowerCase();
  const shown = names.filter((name) => wanted === "" || `${name} ${told(now[name] ?? null)}`.toLowerCase().includes(wanted));
  return (
    <>
      <h2>{words.variables}</h2>
      {names.length > 0 && <input type="search" className="values-filter" aria-label={words.filterVariables} placeholder={words.filterVariables} value={filter} spellCheck={false} onChange={(event) => setFilter(event.currentTarget.value)} />}
      {names.length === 0 && <p className="quiet">{words.noneSet}</p>}
      {names.length > 0 && shown.length === 0 && <p className="quiet">{words.nothingFound}</p>}
      {shown.length > 0 && (
        <dl>
          {shown.map((name) => {
            const [value, was] = [now[name], before[name]];
            const changed = JSON.stringify(value) !== JSON.stringify(was);
            return (
              <div key={name} className={changed ? "changed" : undefined}>
                <dt>
                  {name}
                  {changed && <span className="unseen"> {words.changedHere}</span>}
                </dt>
                <dd title={value === undefined ? undefined : told(value)}>{value === undefined ? words.unsetNow : told(value)}</dd>
                {changed && <dd className="was">{was === undefined ? words.isNew : words.was(told(was))}</dd>}
              </div>
            );
          })}
        </dl>
      )}
    </>
  );
}

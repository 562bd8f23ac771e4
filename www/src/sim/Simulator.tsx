import type { Simulation } from "patchcord/slim";
import { LadderView } from "./Ladder";
import { Timeline } from "./Timeline";
import { type Ladder, clock, details, variables } from "./rows";

interface Props {
  call: Simulation;
  ladder: Ladder;
  count: number;
  selected: number | undefined;
  explains: boolean;
  onMove(count: number): void;
  onSelect(index: number): void;
}

/** The call up to the moment that is shown. */
export function Simulator({ call, ladder, count, selected, explains, onMove, onSelect }: Props) {
  const { rows, end } = ladder;
  const now = rows[Math.max(count - 1, 0)]?.at ?? 0;
  const entry = selected === undefined ? undefined : rows[selected]?.entry;
  const set = variables(rows, count);
  const over = count >= rows.length;
  const moments = (at: number) => onMove(Math.max(rows.filter((row) => row.at <= at).length, 1));
  return (
    <div className="views">
      <div className="left">
        <Timeline call={call} end={end} now={count === 0 ? 0 : now} onMove={moments} />
        <div className="below">
        <section aria-label="Variables">
          <h2>Variables</h2>
          {set.length === 0 ? (
            <p className="quiet">none set yet</p>
          ) : (
            <dl>
              {set.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          )}
        </section>
        <section aria-label="Details">
          <h2>Details</h2>
          {entry ? (
            <pre tabIndex={0}>{details(entry)}</pre>
          ) : (
            <p className="quiet">{over ? `The call is ${call.outcome ?? "not over"} after ${clock(end)}.` : "Select a row to see all of it."}</p>
          )}
        </section>
        </div>
      </div>
      <LadderView ladder={ladder} count={count} selected={selected} explains={explains} onSelect={onSelect} />
    </div>
  );
}

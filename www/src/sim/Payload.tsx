import type { Json, TraceEntry } from "patchcord/slim";
import { useWords } from "../words/words";
import { clock, details } from "./rows";

interface Props {
  trace: readonly TraceEntry[];
  selected: number | undefined;
  /** Another one to compare it with. */
  other: number | undefined;
}

/** All of a row; of two rows, how they differ. */
export function Payload({ trace, selected, other }: Props) {
  const words = useWords();
  const entry = selected === undefined ? undefined : trace[selected];
  if (!entry) return <p className="quiet">{words.selectRow}</p>;
  if (selected === undefined || other === undefined || other === selected) return <pre tabIndex={0}>{details(entry)}</pre>;
  const first = trace[Math.min(selected, other)] ?? entry;
  const second = trace[Math.max(selected, other)] ?? entry;
  const lines = difference(first, second);
  return (
    <div className="payloads" tabIndex={0} role="region" aria-label={words.twoRows}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{words.field}</span>
            </th>
            <th scope="col">{clock(first.at)}</th>
            <th scope="col">{clock(second.at)}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ path, before, after }) => (
            <tr key={path} className={before === after ? "same" : "differs"}>
              <th scope="row">
                {before !== after && <span aria-hidden="true">≠ </span>}
                {path}
                {before !== after && <span className="unseen"> {words.differs}</span>}
              </th>
              <td>{before ?? "–"}</td>
              <td>{after ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Line {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/** Every value of either, by its path; what differs comes first. */
function difference(first: TraceEntry, second: TraceEntry): Line[] {
  const [a, b] = [values(first), values(second)];
  const lines = [...new Set([...a.keys(), ...b.keys()])].map((path): Line => ({ path, before: a.get(path), after: b.get(path) }));
  return [...lines.filter(({ before, after }) => before !== after), ...lines.filter(({ before, after }) => before === after)];
}

function values(entry: TraceEntry): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (value: Json | undefined, path: string): void => {
    if (typeof value === "object" && value !== null) for (const [key, inner] of Object.entries(value)) walk(inner as Json, path === "" ? key : `${path}.${key}`);
    else if (value !== undefined) found.set(path, typeof value === "string" ? value : JSON.stringify(value));
  };
  const { span: _span, ...rest } = entry;
  walk(rest as unknown as Json, "");
  return found;
}

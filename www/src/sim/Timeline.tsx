import { type Seen } from "./legs";
import { clock, party } from "./rows";

interface Bar {
  kind: "dials" | "rings" | "talks" | "up" | "clip";
  from: number;
  to: number;
  label: string;
}

interface Props {
  call: Seen;
  end: number;
  now: number;
  onMove(at: number): void;
}

/** Who was where and when: a lane per leg, a cursor for the moment that is shown. */
export function Timeline({ call, end, now, onMove }: Props) {
  const length = Math.max(end, 1);
  const percent = (at: number) => `${(Math.min(at, length) / length) * 100}%`;
  return (
    <section className="timeline" aria-label="Timeline">
      <ul>
        {call.legs.map((leg) => (
          <li key={leg.leg}>
            <span className="name">{leg.leg === "a" ? "Caller" : party(leg.to)}</span>
            <span className="track">
              {bars(call, leg.leg, end).map((bar) => (
                <span
                  key={`${bar.kind} ${bar.from} ${bar.label}`}
                  className={`bar ${bar.kind}`}
                  style={{ left: percent(bar.from), width: `calc(${percent(bar.to - bar.from)} + 1px)` }}
                  title={`${bar.label}, ${clock(bar.from)} to ${clock(bar.to)}`}
                >
                  <span>{bar.label}</span>
                </span>
              ))}
              <i className="cursor" style={{ left: percent(now) }} />
            </span>
          </li>
        ))}
      </ul>
      <label className="scrub">
        <span className="name">{clock(now)}</span>
        <input
          type="range"
          min={0}
          max={length}
          value={Math.min(now, length)}
          onChange={(event) => onMove(Number(event.target.value))}
          aria-label="Moment of the call"
          aria-valuetext={clock(now)}
        />
      </label>
    </section>
  );
}

function bars(call: Seen, id: string, end: number): Bar[] {
  const leg = call.legs.find((leg) => leg.leg === id);
  if (!leg) return [];
  const over = leg.ended ?? end;
  const found: Bar[] = [];
  const rang = call.trace.find((entry) => entry.kind === "event" && (entry.name === "ringing" || entry.name === "early-media") && entry.leg === id)?.at;
  const connected = leg.answered !== undefined && leg.cause !== "cancel" ? leg.answered : undefined;
  const setup = connected ?? over;
  if (id !== "a") {
    if ((rang ?? setup) > leg.created) found.push({ kind: "dials", from: leg.created, to: rang ?? setup, label: "dialling" });
    if (rang !== undefined && setup > rang) found.push({ kind: "rings", from: rang, to: setup, label: "rings" });
  } else if (setup > leg.created) {
    found.push({ kind: "rings", from: leg.created, to: setup, label: "waits" });
  }
  if (connected !== undefined) found.push({ kind: "up", from: connected, to: over, label: "" });
  for (const entry of call.trace) {
    if (entry.kind === "command" && entry.name === "bridge" && !entry.early && (entry.a === id || entry.b === id)) {
      const other = entry.a === id ? entry.b : entry.a;
      const ends = call.legs.filter((leg) => leg.leg === id || leg.leg === other).map((leg) => leg.ended ?? end);
      const parted = call.trace.find((later) => later.kind === "command" && later.name === "unbridge" && later.at >= entry.at)?.at ?? end;
      found.push({ kind: "talks", from: entry.at, to: Math.min(...ends, parted), label: `talks to ${other === "a" ? "caller" : other}` });
    }
    if (entry.kind === "command" && entry.name === "play" && entry.leg === id) {
      const { media } = entry;
      const done = call.trace.find((later) => later.kind === "event" && later.name === "media-done" && later.media === media && later.leg === id)?.at;
      found.push({ kind: "clip", from: entry.at, to: done ?? over, label: entry.clip.kind === "say" ? entry.clip.text : entry.clip.kind });
    }
  }
  return found;
}

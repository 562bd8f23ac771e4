import { useEffect, useMemo, useRef, useState } from "react";
import { useHint } from "../shell/hint";
import { timeline as keys } from "../shell/keys";
import { useWords } from "../words/words";
import { Tracks } from "./Tracks";
import { changesLeg, lanes } from "./lanes";
import type { Seen } from "./legs";
import { type Reel, register } from "./reel";
import { clock } from "./rows";
import { type Zoom, scale } from "./scale";

interface Props {
  call: Seen;
  end: number;
  now: number;
  /** Events that have happened. */
  position: number;
  nodes: readonly (string | undefined)[];
  onPosition(position: number): void;
  /** Shows the step of an event. */
  onEvent(event: number): void;
  /** Lets time pass, or stops it; where the call cannot, nothing. */
  onToggle?(): void;
}

/** Who was where and when: a lane for each, one cursor for the moment that is shown. */
export function Timeline({ call, end, now, position, nodes, onPosition, onEvent, onToggle }: Props) {
  const words = useWords();
  const hint = useHint();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [zoom, setZoom] = useState<Zoom>();
  const drawn = useMemo(() => lanes(call, end, words), [call, end, words]);
  const times = useMemo(() => call.trace.map(({ at }) => at), [call]);
  const line = useMemo(() => scale(times, end, open, zoom), [times, end, open, zoom]);
  const toward = (at: number) => onPosition(times.filter((time) => time <= at).length);

  const acts: Reel = {
    start: () => onPosition(0),
    end: () => onPosition(call.trace.length),
    toggle: () => onToggle?.(),
    event: (by) => onPosition(Math.min(Math.max(position + by, 0), call.trace.length)),
    leg: (by) => {
      const changes = call.trace.flatMap((entry, index) => (changesLeg(entry) ? [index + 1] : []));
      onPosition((by > 0 ? changes.find((at) => at > position) : changes.findLast((at) => at < position)) ?? (by > 0 ? call.trace.length : 0));
    },
    zoom: (by) => {
      const all = line.length(end);
      const wide = (line.most - line.least) / by;
      const middle = Math.min(Math.max(line.length(now), line.least), line.most);
      const from = Math.min(Math.max(middle - wide / 2, 0), Math.max(all - wide, 0));
      setZoom(wide >= all - 1 ? undefined : { from: line.instant(from), to: line.instant(from + wide) });
    },
    all: () => setZoom(undefined),
  };
  const latest = useRef(acts);
  latest.current = acts;
  const reel = useMemo<Reel>(
    () => ({
      start: () => latest.current.start(),
      end: () => latest.current.end(),
      toggle: () => latest.current.toggle(),
      event: (by) => latest.current.event(by),
      leg: (by) => latest.current.leg(by),
      zoom: (by) => latest.current.zoom(by),
      all: () => latest.current.all(),
    }),
    [],
  );
  useEffect(() => register(reel), [reel]);

  return (
    <section className="timeline" aria-label={words.timeline} onKeyDown={keys} onFocus={() => register(reel)}>
      <Tracks
        {...drawn}
        line={line}
        now={now}
        nodes={nodes}
        times={times}
        onMove={toward}
        onEvent={onEvent}
        onZoom={setZoom}
        onGap={(from) => setOpen((before) => new Set(before.has(from) ? [...before].filter((gap) => gap !== from) : [...before, from]))}
      />
      <div className="scrub">
        <span className="name">{clock(now)}</span>
        <input
          type="range"
          min={Math.round(line.least)}
          max={Math.round(line.most)}
          value={Math.round(Math.min(Math.max(line.length(now), line.least), line.most))}
          onChange={(event) => toward(Math.round(line.instant(Number(event.target.value))))}
          aria-label={words.moment}
          aria-valuetext={clock(now)}
        />
        {zoom && (
          <button type="button" className="plain" onClick={() => setZoom(undefined)} title={hint(words.timelineAll, "timelineAll")}>
            {words.timelineAll}
          </button>
        )}
      </div>
    </section>
  );
}

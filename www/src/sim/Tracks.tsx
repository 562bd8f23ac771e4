import { useRef, useState } from "react";
import { useWords } from "../words/words";
import { useCrosshair } from "./crosshair";
import type { Bar, Lanes } from "./lanes";
import { clock } from "./rows";
import type { Scale, Zoom } from "./scale";

interface Props extends Lanes {
  line: Scale;
  now: number;
  nodes: readonly (string | undefined)[];
  times: number[];
  onMove(at: number): void;
  onEvent(event: number): void;
  onZoom(zoom: Zoom): void;
  onGap(from: number): void;
}

/** Pixels: a bar's level, the room around a lane. */
const LEVEL = 18;
const ROOM = 5;
/** Bars closer to each other than this part of the width are not all drawn. */
const CLOSE = 1 / 400;
/** A pointer that moves less far did not drag. */
const DRAG = 5;

/** Lanes with their bars, what links them, and what is left out. */
export function Tracks({ tracks, links, line, now, nodes, times, onMove, onEvent, onZoom, onGap }: Props) {
  const words = useWords();
  const field = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const [chosen, setChosen] = useState("0 0");
  const cross = useCrosshair(({ at }) => at);
  const percent = (at: number) => `${Math.min(Math.max(line.place(at), 0), 1) * 100}%`;
  const shown = (at: number) => line.place(at) >= 0 && line.place(at) <= 1;

  const tops: number[] = [];
  let height = 0;
  for (const { levels } of tracks) {
    tops.push(height);
    height += levels * LEVEL + ROOM;
  }
  const top = (id: string) => (tops[tracks.findIndex((track) => track.id === id)] ?? 0) + LEVEL / 2;

  const instant = (event: React.PointerEvent | React.MouseEvent): number => {
    const box = field.current?.getBoundingClientRect();
    const part = box && box.width > 0 ? Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) : 0;
    return line.instant(line.least + part * (line.most - line.least));
  };
  const far = ({ from, to }: Zoom) => Math.abs(line.place(from) - line.place(to)) * (field.current?.clientWidth ?? 0) > DRAG;
  const hover = (event: React.PointerEvent) => {
    const at = instant(event);
    useCrosshair.setState({ at, node: nodes.slice(0, times.filter((time) => time <= at).length).findLast((node) => node !== undefined) });
    if (drag) setDrag({ ...drag, to: at });
  };
  const drop = () => {
    if (drag && far(drag)) onZoom({ from: Math.min(drag.from, drag.to), to: Math.max(drag.from, drag.to) });
    window.setTimeout(() => setDrag(undefined));
  };

  const walk = (event: React.KeyboardEvent) => {
    const ways: Record<string, [number, number]> = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    const [by, along] = ways[event.key] ?? [0, 0];
    const [lane = 0, place = 0] = chosen.split(" ").map(Number);
    if (by === 0 && along === 0) return;
    event.preventDefault();
    event.stopPropagation();
    let next = lane + by;
    while (by !== 0 && tracks[next] && tracks[next]?.bars.length === 0) next += by;
    const bars = tracks[next]?.bars ?? [];
    const to = Math.min(Math.max(by === 0 ? place + along : 0, 0), bars.length - 1);
    if (!bars[to]) return;
    setChosen(`${next} ${to}`);
    field.current?.querySelector<HTMLElement>(`[data-bar="${next} ${to}"]`)?.focus();
  };

  return (
    <div className="lanes-box">
      <ul className="lane-names" aria-hidden="true">
        {tracks.map(({ id, name, levels }) => (
          <li key={id} className="name" style={{ height: levels * LEVEL + ROOM }} title={name}>
            {name}
          </li>
        ))}
      </ul>
      <div
        className="field"
        ref={field}
        style={{ height }}
        onPointerMove={hover}
        onPointerLeave={() => useCrosshair.setState({ at: undefined, node: undefined })}
        onPointerDown={(event) => event.button === 0 && !(event.target as Element).closest(".gap") && setDrag({ from: instant(event), to: instant(event) })}
        onPointerUp={drop}
        onClick={(event) => {
          if (!(event.target as Element).closest(".gap") && event.detail > 0 && !(drag && far(drag))) onMove(instant(event));
        }}
        onKeyDown={walk}
      >
        {tracks.map(({ id, name, bars, levels }, lane) => (
          <ul key={id} className="track" aria-label={name} style={{ top: tops[lane], height: levels * LEVEL }}>
            {visible(bars, line).map(({ bar, place, from, to }) => {
              const told = `${bar.label}, ${words.timeSpan(clock(bar.from), clock(bar.to))}`;
              return (
                <li key={`${bar.kind} ${bar.event} ${bar.from}`} style={{ left: percent(bar.from), width: `calc(${(Math.min(to, 1) - Math.max(from, 0)) * 100}% + 1px)`, top: bar.level * LEVEL }}>
                  <button
                    type="button"
                    className={`bar ${bar.kind}`}
                    data-bar={`${lane} ${place}`}
                    tabIndex={chosen === `${lane} ${place}` ? 0 : -1}
                    aria-label={told}
                    title={told}
                    onFocus={() => setChosen(`${lane} ${place}`)}
                    onDoubleClick={() => onEvent(bar.event)}
                    onKeyDown={(event) => {
                      if (event.key !== "Enter") return;
                      event.preventDefault();
                      onEvent(bar.event);
                    }}
                  >
                    <span>{bar.label}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        ))}
        {links.flatMap((link) =>
          [link.from, link.to].filter(shown).map((at, index) => (
            <i
              key={`${link.a} ${link.b} ${link.from} ${index}`}
              className={`link ${link.early ? "early" : ""} ${index === 1 ? "over" : ""}`}
              title={words.linked(link.a, link.b, clock(link.from), clock(link.to))}
              style={{ left: percent(at), top: Math.min(top(link.a), top(link.b)), height: Math.abs(top(link.a) - top(link.b)) }}
            />
          )),
        )}
        {line.gaps.map(({ from, to, open }) => {
          const [a, b] = [Math.max(line.place(from), 0), Math.min(line.place(to), 1)];
          if (b <= 0 || a >= 1) return null;
          const label = open ? words.shortenGap : words.expandGap;
          return (
            <button key={from} type="button" className={`gap ${open ? "open" : ""}`} aria-expanded={open} title={label} style={{ left: `${a * 100}%`, width: open ? undefined : `${(b - a) * 100}%` }} onClick={() => onGap(from)}>
              <span>{`${Math.round((to - from) / 100) / 10} s`}</span>
              <span className="unseen"> {label}</span>
            </button>
          );
        })}
        {drag && <i className="drag" style={{ left: percent(Math.min(drag.from, drag.to)), width: `${Math.abs(line.place(drag.to) - line.place(drag.from)) * 100}%` }} />}
        {cross !== undefined && shown(cross) && (
          <i className="cross" style={{ left: percent(cross) }}>
            <span>{clock(Math.round(cross))}</span>
          </i>
        )}
        {shown(now) && <i className="cursor" style={{ left: percent(now) }} />}
      </div>
    </div>
  );
}

/** The bars that can be told apart at this scale, with their places. */
function visible(bars: Bar[], line: Scale): { bar: Bar; place: number; from: number; to: number }[] {
  const drawn = new Map<number, number>();
  return bars.flatMap((bar, place) => {
    const [from, to] = [line.place(bar.from), line.place(bar.to)];
    if (to < 0 || from > 1 || (to - from < CLOSE && from - (drawn.get(bar.level) ?? -1) < CLOSE)) return [];
    drawn.set(bar.level, from);
    return [{ bar, place, from, to }];
  });
}

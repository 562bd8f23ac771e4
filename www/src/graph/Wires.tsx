import { memo } from "react";
import { useReadonly } from "../flow/place";
import { useBreakpoints } from "../sim/breakpoints";
import { useWords } from "../words/words";
import { middle, timesAt } from "./index";
import { useTrail } from "./trail";
import type { SceneEdge } from "./view";
import { curve } from "./wire";

interface Props {
  edges: SceneEdge[];
  /** A picture: no call goes through it. */
  still: boolean;
  selected: string | undefined;
  /** Where a dragged step would be put. */
  target: string | undefined;
  onEdge(edge: SceneEdge): void;
  onInsert(edge: SceneEdge): void;
}

/** All edges in one drawing, below the steps. */
export const Wires = memo(function Wires({ edges, still, selected, target, onEdge, onInsert }: Props) {
  return (
    <svg className="wires" aria-hidden="true">
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="6.5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
          <path d="M0 .8 7 4 0 7.200z" />
        </marker>
      </defs>
      {edges.map((edge) => (
        <Wire key={edge.key} edge={edge} still={still} selected={edge.key === selected} target={edge.key === target} onEdge={onEdge} onInsert={onInsert} />
      ))}
    </svg>
  );
});

interface WireProps {
  edge: SceneEdge;
  still: boolean;
  selected: boolean;
  target: boolean;
  onEdge(edge: SceneEdge): void;
  onInsert(edge: SceneEdge): void;
}

const Wire = memo(function Wire({ edge, still, selected, target, onEdge, onInsert }: WireProps) {
  const words = useWords();
  const path = curve(edge.points);
  const readonly = useReadonly();
  const went = useTrail(({ edges }) => (still ? 0 : (edges.get(edge.key) ?? 0)));
  const stops = useBreakpoints(({ edges }) => !still && edges.has(edge.key));
  const outside = edge.edge.to === undefined;
  const { x, y } = middle(edge.points);
  const early = timesAt(edge);
  const late = middle(edge.points, 0.75);
  const endX = edge.points.at(-2) ?? 0;
  const endY = edge.points.at(-1) ?? 0;
  const open = !readonly && !outside && (edge.edge.kind === "sequence" || edge.edge.kind === "outcome");
  return (
    <g className={`wire is-${edge.edge.kind} ${selected ? "selected" : ""} ${target ? "target" : ""} ${edge.stale ? "stale" : ""} ${went > 0 ? "went" : ""} ${stops ? "stops" : ""}`}>
      <path className="line" d={path} markerEnd={outside ? undefined : "url(#tip)"} />
      {edge.edge.kind === "call" && <path className="inner" d={path} />}
      {edge.edge.kind === "outcome" && edge.edge.label !== undefined && !outside && (
        <text className="label" x={endX + 8} y={endY - 9}>
          {short(edge.edge.label === edge.edge.port ? edge.edge.label : words.told(edge.edge.label))}
        </text>
      )}
      {outside && edge.edge.kind !== "webhook" && edge.edge.kind !== "document" && <circle className="nowhere" cx={endX} cy={endY} r="4" />}
      {outside && (edge.edge.kind === "webhook" || edge.edge.kind === "document") && (
        <g className="globe" transform={`translate(${endX} ${endY - 7})`}>
          <circle cx="7" cy="7" r="6" />
          <path d="M1 7h12M7 1c3 3.500 3 8.500 0 12M7 1c-3 3.500-3 8.500 0 12" />
          <title>{[edge.edge.label, edge.edge.url].filter(Boolean).join(": ")}</title>
        </g>
      )}
      <path className="reach" d={path} onClick={() => onEdge(edge)} onDoubleClick={() => open && onInsert(edge)}>
        <title>{[edge.edge.label, edge.edge.url].filter(Boolean).join(": ") || words.edgeOf(edge.edge.kind)}</title>
      </path>
      {went > 1 && (
        <g className="times" transform={`translate(${early.x} ${early.y})`}>
          <title>{words.wentAlong(went)}</title>
          <rect x={-5 - 4 * `${went}`.length} y="-8" width={10 + 8 * `${went}`.length} height="16" rx="8" />
          <text y="4">{went}×</text>
        </g>
      )}
      {stops && (
        <g className="stop" transform={`translate(${late.x} ${late.y})`}>
          <title>{words.edgeStops}</title>
          <path d="M0-7 7 0 0 7-7 0z" />
        </g>
      )}
      {open && (
        <g className="plus" transform={`translate(${x} ${y})`} onClick={() => onInsert(edge)}>
          <title>{words.insertHere}</title>
          <circle className="touch" r="12" />
          <circle r="8" />
          <path d="M-4 0h8M0-4v8" />
        </g>
      )}
    </g>
  );
});

const MOST = 18;
const short = (label: string): string => (label.length > MOST ? `${label.slice(0, MOST - 1)}…` : label);

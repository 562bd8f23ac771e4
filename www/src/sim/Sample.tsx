import { type GraphNode, type PlacedGraph, Positions, graph, simulate } from "patchcord/slim";
import { useMemo, useState } from "react";
import { curve } from "../graph/wire";
import flow from "../templates/hunt.swml.yaml?raw";
import scenario from "../templates/hunt.swml.scenario.yaml?raw";
import { useWords } from "../words/words";
import { Timeline } from "./Timeline";
import { type Seen, seen } from "./legs";
import { clock, ladder } from "./rows";

/** Sizes of the drawing: it is small, and its letters are not. */
const SIZES = { width: 170, height: 44, row: 18, gap: 22, header: 8 };
/** What is seen first, in milliseconds: the third one rings. */
const FIRST = 9_400;

interface Made {
  graph: PlacedGraph;
  call: Seen;
  end: number;
  nodes: (string | undefined)[];
}

/** A small flow and its call in the middle, for those who see the page for the first time. It is no document. */
export default function Sample() {
  const words = useWords();
  const made = useMemo(make, []);
  const [now, setNow] = useState(FIRST);
  if (!made) return null;
  const { graph, call, end, nodes } = made;
  const position = call.trace.filter(({ at }) => at <= now).length;
  const here = nodes.slice(0, position).findLast((node) => node !== undefined);
  const row = ladder(call).rows.findLast(({ event, tone }) => event < position && tone !== "note");
  const step = graph.nodes.find(({ id }) => id === here);
  return (
    <section className="sample" aria-label={words.sample}>
      <h3>{words.sampleAt(clock(now))}</h3>
      <div className="sample-parts">
        <Drawing graph={graph} here={here} label={words.sampleGraph(step?.verb ?? "", step?.line ?? 0)} />
        <div className="sample-call">
          <Timeline call={call} end={end} now={now} position={position} nodes={nodes} onPosition={(to) => setNow(call.trace[to - 1]?.at ?? 0)} onEvent={(event) => setNow(call.trace[event]?.at ?? 0)} />
          <p role="status">{row && words.sampleSays(clock(row.at), row.label)}</p>
        </div>
      </div>
    </section>
  );
}

function make(): Made | undefined {
  try {
    const placed = graph(flow, { layout: SIZES });
    const { trace, legs, outcome } = simulate(flow, scenario);
    const text = new Positions(flow);
    const at = (offset: number) => placed.nodes.findLast(({ range }) => range.from <= offset && offset < range.to)?.id;
    const call = { ...seen(trace), legs, outcome: outcome ?? undefined };
    return { graph: placed, call, end: trace.at(-1)?.at ?? 0, nodes: trace.map(({ span }) => (span ? at(text.ofPlace(span).from) : undefined)) };
  } catch {
    // A sample is worth no complaint.
    return undefined;
  }
}

const cut = (text: string): string => (text.length > 23 ? `${text.slice(0, 22)}…` : text);

/** The graph as a picture. */
function Drawing({ graph, here, label }: { graph: PlacedGraph; here: string | undefined; label: string }) {
  const { layout } = graph;
  const most = (edge: (place: (typeof layout.nodes)[number]) => number) => Math.max(...layout.nodes.map(edge));
  const [left, top] = [-most(({ x }) => -x) - 4, -most(({ y }) => -y) - 4];
  const [width, height] = [most(({ x, width }) => x + width) - left + 4, most(({ y, height }) => y + height) - top + 4];
  return (
    <svg className="sample-graph" viewBox={`${left} ${top} ${width} ${height}`} role="img" aria-label={label}>
      {layout.edges.map(({ points }, index) => (
        <path key={index} d={curve(points)} className="wire-of" />
      ))}
      {layout.nodes.map((place) => {
        const node = graph.nodes.find(({ id }) => id === place.id);
        return node && <StepOf key={place.id} node={node} place={place} here={place.id === here} />;
      })}
    </svg>
  );
}

function StepOf({ node, place, here }: { node: GraphNode; place: PlacedGraph["layout"]["nodes"][number]; here: boolean }) {
  return (
    <g className={here ? "here" : undefined} transform={`translate(${place.x} ${place.y})`}>
      <rect width={place.width} height={place.height} rx="6" />
      <text x="12" y="19" className="verb-of">
        {here ? "▶ " : ""}
        {node.verb}
      </text>
      <text x="12" y="36">
        {cut(node.summary)}
      </text>
      {node.rows?.targets.map(({ to }, index) => (
        <text key={to} x="12" y={SIZES.height + index * SIZES.row + 13}>
          {index + 1} {to.replace(/^sips?:/, "")}
        </text>
      ))}
      {node.ports.map(({ name, label }, index) => (
        <text key={name} x={place.width - 8} y={SIZES.height + ((node.rows?.targets.length ?? 0) + index) * SIZES.row + 13} textAnchor="end">
          {cut(label)}
        </text>
      ))}
    </g>
  );
}

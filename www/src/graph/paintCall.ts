/** Paints the call over a scene that is seen from afar: its way, where it is, where it stops. */
import { useBreakpoints } from "../sim/breakpoints";
import { useCall } from "../sim/call";
import { middle, timesAt } from "./index";
import type { SceneIndex } from "./index";
import { type Colours, type Eye, trace } from "./paint";
import { useFound } from "./found";
import { useTrail } from "./trail";
import type { Box, SceneNode } from "./view";

/** Calls whenever something of it changed, until it is told not to. */
export function onCall(act: () => void): () => void {
  const stops = [useTrail.subscribe(act), useBreakpoints.subscribe(act), useFound.subscribe(act)];
  return () => stops.forEach((stop) => stop());
}

export function paintCall(context: CanvasRenderingContext2D, index: SceneIndex, eye: Eye, size: { width: number; height: number }, colours: Colours): void {
  const { edges: went, tokens } = useTrail.getState();
  const { current, visits } = useCall.getState();
  const { nodes: stops, edges: edgeStops } = useBreakpoints.getState();
  const { zoom } = eye;
  const box: Box = { x: -eye.x / zoom, y: -eye.y / zoom, width: size.width / zoom, height: size.height / zoom };
  // As thick, and letters as high, as they must be to be seen.
  const unit = 1 / zoom;
  const edges = index.edges(box);

  context.strokeStyle = colours.accent;
  context.lineWidth = Math.max(4, 3 * unit);
  context.beginPath();
  for (const { key, points } of edges) if (went.has(key)) trace(context, points);
  context.stroke();

  const nodes = index.nodes(box);
  const { nodes: found } = useFound.getState();
  context.fillStyle = colours.warn;
  context.globalAlpha = 0.3;
  for (const node of nodes) if (found.has(node.id)) context.fillRect(node.x - 4 * unit, node.y - 4 * unit, node.width + 8 * unit, node.height + 8 * unit);
  context.globalAlpha = 1;
  context.lineWidth = Math.max(2, 1.5 * unit);
  context.beginPath();
  for (const { id, x, y, width } of nodes) {
    if (!visits.has(id)) continue;
    context.moveTo(x, y);
    context.lineTo(x + width, y);
  }
  context.stroke();

  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `650 ${10 * unit}px system-ui, sans-serif`;
  const badge = (x: number, y: number, text: string) => {
    const width = context.measureText(text).width + 8 * unit;
    context.fillStyle = colours.accent;
    context.beginPath();
    context.roundRect(x - width / 2, y - 7 * unit, width, 14 * unit, 7 * unit);
    context.fill();
    context.fillStyle = colours.paper;
    context.fillText(text, x, y);
  };
  const stop = (x: number, y: number) => {
    context.fillStyle = colours.bad;
    context.beginPath();
    context.moveTo(x, y - 6 * unit);
    context.lineTo(x + 6 * unit, y);
    context.lineTo(x, y + 6 * unit);
    context.lineTo(x - 6 * unit, y);
    context.fill();
  };
  for (const edge of edges) {
    const { key, points } = edge;
    const count = went.get(key) ?? 0;
    if (count > 1) {
      const { x, y } = timesAt(edge);
      badge(x, y, `${count}×`);
    }
    if (edgeStops.has(key)) {
      const { x, y } = middle(points, 0.75);
      stop(x, y);
    }
  }
  for (const node of nodes) {
    const count = visits.get(node.id) ?? 0;
    if (count > 1) badge(node.x + node.width, node.y + node.height, `${count}×`);
    if (stops.has(node.id)) stop(node.x, node.y + node.height / 2);
    if (node.id === current) outline(context, node, unit, colours.accent);
    tokens.get(node.id)?.forEach(({ name }, at) => badge(node.x + (10 + 24 * at) * unit, node.y, name));
  }
  context.textAlign = "start";
}

/** Two lines around the step where the call is. */
function outline(context: CanvasRenderingContext2D, { x, y, width, height }: SceneNode, unit: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 2 * unit;
  for (const away of [3, 7]) context.strokeRect(x - away * unit, y - away * unit, width + 2 * away * unit, height + 2 * away * unit);
}

/** Paints a scene from afar: one canvas, no elements. */
import type { StepCategory } from "patchcord/slim";
import { CATEGORIES } from "./kind";
import type { SceneIndex } from "./index";
import type { Box, SceneNode, Selection } from "./view";

export interface Eye {
  x: number;
  y: number;
  zoom: number;
}

export interface Colours {
  paper: string;
  ground: string;
  section: string;
  line: string;
  ink: string;
  soft: string;
  wire: string;
  accent: string;
  bad: string;
  warn: string;
  categories: Record<StepCategory, string>;
}

export function colours(element: Element): Colours {
  const style = getComputedStyle(element);
  const get = (name: string) => style.getPropertyValue(name).trim();
  const categories = Object.fromEntries(CATEGORIES.map((name) => [name, get(`--${name}`)])) as Record<StepCategory, string>;
  return {
    paper: get("--paper"),
    ground: get("--ground"),
    section: get("--section"),
    line: get("--line"),
    ink: get("--ink"),
    soft: get("--soft"),
    wire: get("--wire"),
    accent: get("--accent"),
    bad: get("--bad"),
    warn: get("--warn"),
    categories,
  };
}

/** Puts a way on the current path. */
export function trace(context: CanvasRenderingContext2D, points: number[]): void {
  context.moveTo(points[0] ?? 0, points[1] ?? 0);
  for (let at = 2; at + 1 < points.length; at += 2) context.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
}

/** Text smaller than this is not drawn. */
const READABLE = 6;

export function paint(context: CanvasRenderingContext2D, index: SceneIndex, eye: Eye, size: { width: number; height: number }, colours: Colours, selection: Selection): void {
  const ratio = context.canvas.width / Math.max(size.width, 1);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  const { zoom } = eye;
  context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * eye.x, ratio * eye.y);
  const box: Box = { x: -eye.x / zoom, y: -eye.y / zoom, width: size.width / zoom, height: size.height / zoom };

  context.lineWidth = 1 / zoom;
  for (const group of index.groups(box)) {
    context.fillStyle = colours.section;
    context.strokeStyle = selection.group === group.name ? colours.accent : colours.line;
    context.fillRect(group.x, group.y, group.width, group.height);
    context.strokeRect(group.x, group.y, group.width, group.height);
  }

  // Edges of one look are one path: calls are double lines, what leaves the document is dashed.
  const edges = index.edges(box);
  const line = Math.max(1.2, 0.8 / zoom);
  const stroke = (kinds: string, colour: string, width: number, dash: number[] = []) => {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(dash);
    context.beginPath();
    for (const { edge, points } of edges) if (kinds.includes(edge.kind)) trace(context, points);
    context.stroke();
    context.setLineDash([]);
  };
  stroke("sequence outcome jump loop", colours.wire, line);
  stroke("webhook document", colours.wire, line, [4 * line, 3 * line]);
  stroke("call", colours.wire, 3 * line);
  stroke("call", colours.ground, line);

  const nodes = index.nodes(box);
  context.fillStyle = colours.paper;
  context.beginPath();
  for (const { x, y, width, height } of nodes) context.rect(x, y, width, height);
  context.fill();
  context.strokeStyle = colours.line;
  context.lineWidth = Math.min(1 / zoom, 3);
  context.stroke();
  const byCategory = new Map<StepCategory, SceneNode[]>();
  for (const node of nodes) {
    const kind = node.node.category;
    const list = byCategory.get(kind);
    if (list) list.push(node);
    else byCategory.set(kind, [node]);
  }
  for (const [kind, members] of byCategory) {
    context.fillStyle = colours.categories[kind];
    context.beginPath();
    for (const { x, y, height } of members) context.rect(x, y, 10, height);
    context.fill();
  }
  if (24 * zoom >= READABLE) {
    const letters = Math.max(13, Math.min(24, 11 / zoom));
    context.fillStyle = colours.ink;
    context.font = `600 ${letters}px system-ui, sans-serif`;
    context.textBaseline = "middle";
    for (const { node, x, y } of nodes) context.fillText(node.verb, x + 20, y + 23, 180);
    context.font = `650 ${letters}px system-ui, sans-serif`;
    for (const group of index.groups(box)) context.fillText(group.name, group.x + 12, group.y + 16, group.width - 24);
  }
  for (const node of nodes) {
    const chosen = selection.nodes.has(node.id);
    if (!chosen && node.worst === undefined) continue;
    if (node.worst === "error" || node.worst === "warning") {
      context.fillStyle = node.worst === "error" ? colours.bad : colours.warn;
      context.beginPath();
      context.arc(node.x + node.width, node.y, Math.max(7, 4 / zoom), 0, 7);
      context.fill();
    }
    if (chosen) {
      context.strokeStyle = colours.accent;
      context.lineWidth = Math.max(3, 2 / zoom);
      context.strokeRect(node.x - 2, node.y - 2, node.width + 4, node.height + 4);
    }
  }
}

/** A graph as it is drawn: the engine's places, with sections folded and steps put elsewhere by hand. */
import type { GraphEdge, PlacedGraph, Report, Severity } from "patchcord/slim";
import { Positions } from "patchcord/slim";
import type { Stale } from "../flow/flow";
import { nodeAt } from "../flow/cursor";
import { SIZES } from "./sizes";
import type { Scene, SceneEdge, SceneGroup, SceneNode } from "./view";

export interface Placing {
  /** Names of folded sections. */
  collapsed: ReadonlySet<string>;
  /** Places that people chose, by id. */
  places: ReadonlyMap<string, { x: number; y: number }>;
}

/** Problems of steps and sections. */
export interface Marks {
  nodes: Map<string, { worst: Severity; count: number }>;
}

const FOLDED = 200;

export function marks(graph: PlacedGraph, reports: Report[], text: string): Marks {
  const nodes: Marks["nodes"] = new Map();
  if (reports.length === 0) return { nodes };
  const positions = new Positions(text);
  for (const report of reports) {
    const node = nodeAt(graph, positions.offset(report.line, report.column));
    if (!node) continue;
    const known = nodes.get(node.id);
    nodes.set(node.id, { worst: known ? worse(known.worst, report.severity) : report.severity, count: (known?.count ?? 0) + 1 });
  }
  return { nodes };
}

const RANK: Record<Severity, number> = { hint: 0, warning: 1, error: 2 };

export const worse = (a: Severity | undefined, b: Severity): Severity => (a !== undefined && RANK[a] >= RANK[b] ? a : b);

export const edgeKey = (edge: GraphEdge): string => `${edge.from}|${edge.port ?? ""}|${edge.to ?? edge.url ?? ""}|${edge.kind}`;

export function compose(graph: PlacedGraph, { collapsed, places }: Placing, { nodes: marked }: Marks, stale: Stale | undefined): Scene {
  const { layout } = graph;
  // Folding a section takes away its width; everything to the right of it comes closer.
  const folds: { from: number; to: number; by: number }[] = [];
  let gone = 0;
  const groups: SceneGroup[] = graph.groups.map((group, index) => {
    const area = layout.groups[index] ?? { x: 0, y: 0, width: 0, height: 0 };
    const folded = collapsed.has(group.name);
    const width = folded ? Math.min(FOLDED, area.width) : area.width;
    const found: SceneGroup = {
      name: group.name,
      group,
      steps: 0,
      x: area.x - gone,
      y: area.y,
      width,
      height: folded ? SIZES.header : area.height,
      collapsed: folded,
      stale: stale?.groups.has(group.name) ?? false,
      worst: undefined,
    };
    if (folded) {
      folds.push({ from: area.x, to: area.x + area.width, by: area.width - width });
      gone += area.width - width;
    }
    return found;
  });
  const across = (x: number): number => {
    let less = 0;
    for (const { from, to, by } of folds) {
      if (x >= to) less += by;
      else if (x > from) less += (by * (x - from)) / (to - from);
    }
    return x - less;
  };

  const nodes: SceneNode[] = [];
  const shown = new Map<string, SceneNode>();
  const hidden = new Map<string, SceneGroup>();
  graph.nodes.forEach((node, index) => {
    const group = groups[node.group];
    const area = layout.nodes[index];
    if (!group || !area) return;
    group.steps += 1;
    const mark = marked.get(node.id);
    if (mark) group.worst = worse(group.worst, mark.worst);
    if (group.collapsed) {
      hidden.set(node.id, group);
      return;
    }
    const place = places.get(node.id);
    const { width, height } = area;
    const found: SceneNode = {
      id: node.id,
      node,
      x: place?.x ?? across(area.x),
      y: place?.y ?? area.y,
      width,
      height,
      moved: place !== undefined,
      worst: mark?.worst,
      problems: mark?.count ?? 0,
      stale: group.stale,
    };
    nodes.push(found);
    shown.set(node.id, found);
  });

  const edges: SceneEdge[] = [];
  graph.edges.forEach((edge, index) => {
    const from = shown.get(edge.from);
    const to = edge.to === undefined ? undefined : shown.get(edge.to);
    const intoFold = edge.to === undefined ? undefined : hidden.get(edge.to);
    const outOfFold = hidden.get(edge.from);
    if (!from && !outOfFold) return;
    if (outOfFold && (!to || edge.kind === "sequence")) return;
    let points = layout.edges[index]?.points ?? [];
    if (from && !from.moved && !to?.moved && !intoFold) {
      points = folds.length === 0 ? points : points.map((value, at) => (at % 2 === 0 ? across(value) : value));
    } else if (from && (to || intoFold)) {
      points = plain(start(from, edge.port), to ? { x: to.x + to.width / 2, y: to.y } : { x: (intoFold?.x ?? 0) + 20, y: intoFold?.y ?? 0 });
    } else if (outOfFold && to) {
      points = plain({ x: outOfFold.x + outOfFold.width, y: outOfFold.y + SIZES.header / 2 }, { x: to.x + to.width / 2, y: to.y });
    } else if (from) {
      const { x, y } = start(from, edge.port);
      points = [x, y, x + SIZES.gap / 2, y];
    }
    if (points.length >= 4) edges.push({ key: edgeKey(edge), edge, points, stale: from?.stale ?? false });
  });

  const right = Math.max(0, ...groups.map((group) => group.x + group.width));
  const bottom = Math.max(0, ...groups.map((group) => group.y + group.height), 0);
  return { nodes, edges, groups, width: right, height: bottom };
}

/** Where an edge leaves a step. */
function start(from: SceneNode, port: string | undefined): { x: number; y: number } {
  const y = port === undefined ? undefined : portY(from, port);
  return y === undefined ? { x: from.x + from.width / 2, y: from.y + from.height } : { x: from.x + from.width, y };
}

/** The height of a port: ports stand below all else. */
export function portY({ node, y, height }: SceneNode, port: string): number | undefined {
  const at = node.ports.findIndex(({ name }) => name === port);
  return at < 0 ? undefined : y + height - (node.ports.length - at) * SIZES.row + SIZES.row / 2;
}

/** A way for what a person moved: the engine knows nothing of it. */
function plain(from: { x: number; y: number }, to: { x: number; y: number }): number[] {
  const lane = 14;
  if (to.x > from.x + lane && to.y > from.y) return [from.x, from.y, to.x, from.y, to.x, to.y];
  return [from.x, from.y, from.x + lane, from.y, from.x + lane, to.y - lane, to.x, to.y - lane, to.x, to.y];
}

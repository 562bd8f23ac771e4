/** What stands where: finds the parts of a scene in a rectangle without looking at all of them. */
import { type Box, type Scene, type SceneEdge, type SceneGroup, type SceneNode, holds, touches } from "./view";

const CELL = 512;

export class SceneIndex {
  readonly #scene: Scene;
  readonly #nodes = new Map<number, SceneNode[]>();
  readonly #edges = new Map<number, SceneEdge[]>();
  readonly #boxes = new Map<SceneEdge, Box>();

  constructor(scene: Scene) {
    this.#scene = scene;
    for (const node of scene.nodes) for (const cell of cells(node)) put(this.#nodes, cell, node);
    for (const edge of scene.edges) {
      const box = around(edge.points);
      this.#boxes.set(edge, box);
      for (const cell of cells(box)) put(this.#edges, cell, edge);
    }
  }

  nodes(box: Box): SceneNode[] {
    if (this.#all(box)) return this.#scene.nodes;
    return gather(this.#nodes, box, (node) => touches(node, box));
  }

  edges(box: Box): SceneEdge[] {
    if (this.#all(box)) return this.#scene.edges;
    return gather(this.#edges, box, (edge) => touches(this.#boxes.get(edge) ?? box, box));
  }

  /** Whether a rectangle holds everything that stands where the engine put it. */
  #all(box: Box): boolean {
    const { width, height } = this.#scene;
    return holds(box, { x: 0, y: 0, width, height });
  }

  groups(box: Box): SceneGroup[] {
    return this.#scene.groups.filter((group) => touches(group, box));
  }

  /** How many steps stand in a rectangle, counted up to a limit. */
  count(box: Box, most: number): number {
    if (this.#scene.nodes.length <= most) return this.#scene.nodes.length;
    return this.nodes(box).length;
  }

  /** The step at a point. */
  nodeAt(x: number, y: number): SceneNode | undefined {
    return this.nodes({ x, y, width: 1, height: 1 }).at(-1);
  }

  /** The edge that passes within a distance of a point. */
  edgeAt(x: number, y: number, within: number): SceneEdge | undefined {
    let best: SceneEdge | undefined;
    let nearest = within;
    for (const edge of this.edges({ x: x - within, y: y - within, width: 2 * within, height: 2 * within })) {
      const distance = distanceTo(edge.points, x, y);
      if (distance <= nearest) {
        nearest = distance;
        best = edge;
      }
    }
    return best;
  }

  groupAt(x: number, y: number): SceneGroup | undefined {
    return this.#scene.groups.find((group) => x >= group.x && x < group.x + group.width && y >= group.y && y < group.y + group.height);
  }
}

export function around(points: number[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = [points[at] ?? 0, points[at + 1] ?? 0];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left - 1, y: top - 1, width: right - left + 2, height: bottom - top + 2 };
}

/** Where an edge says how often it was gone along: near its beginning; one that leaves the flow is short, and says it below its end. */
export function timesAt({ edge, points }: SceneEdge): { x: number; y: number } {
  if (edge.to !== undefined) return middle(points, 0.25);
  return { x: (points.at(-2) ?? 0) + 7, y: (points.at(-1) ?? 0) + 17 };
}

/** The middle of the way, or another part of it, for a label or a button. */
export function middle(points: number[], part = 0.5): { x: number; y: number } {
  let length = 0;
  const pieces: { x: number; y: number; dx: number; dy: number; length: number }[] = [];
  for (let at = 0; at + 3 < points.length; at += 2) {
    const [x, y, x2, y2] = [points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0, points[at + 3] ?? 0];
    const piece = { x, y, dx: x2 - x, dy: y2 - y, length: Math.abs(x2 - x) + Math.abs(y2 - y) };
    length += piece.length;
    pieces.push(piece);
  }
  let rest = length * part;
  for (const piece of pieces) {
    if (rest <= piece.length && piece.length > 0) return { x: piece.x + (piece.dx * rest) / piece.length, y: piece.y + (piece.dy * rest) / piece.length };
    rest -= piece.length;
  }
  return { x: points[0] ?? 0, y: points[1] ?? 0 };
}

function distanceTo(points: number[], x: number, y: number): number {
  let nearest = Infinity;
  for (let at = 0; at + 3 < points.length; at += 2) {
    const [ax, ay, bx, by] = [points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0, points[at + 3] ?? 0];
    const dx = Math.max(Math.min(ax, bx) - x, 0, x - Math.max(ax, bx));
    const dy = Math.max(Math.min(ay, by) - y, 0, y - Math.max(ay, by));
    nearest = Math.min(nearest, Math.hypot(dx, dy));
  }
  return nearest;
}

function* cells({ x, y, width, height }: Box): Generator<number> {
  for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column += 1) {
    for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row += 1) yield column * 65_536 + row;
  }
}

function put<T>(map: Map<number, T[]>, cell: number, item: T): void {
  const known = map.get(cell);
  if (known) known.push(item);
  else map.set(cell, [item]);
}

function gather<T>(map: Map<number, T[]>, box: Box, fits: (item: T) => boolean): T[] {
  const found = new Set<T>();
  for (const cell of cells(box)) for (const item of map.get(cell) ?? []) if (!found.has(item) && fits(item)) found.add(item);
  return [...found];
}

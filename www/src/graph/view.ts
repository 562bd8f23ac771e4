/**
 * What a view of a graph gets and tells. There are two: elements for what can be read,
 * and one canvas for what is far away. Nothing here lays anything out: the engine did.
 */
import type { GraphEdge, GraphGroup, GraphNode, Severity } from "patchcord/slim";

export interface SceneNode {
  id: string;
  node: GraphNode;
  x: number;
  y: number;
  width: number;
  height: number;
  /** A person put it here. */
  moved: boolean;
  worst: Severity | undefined;
  problems: number;
  /** From an older text. */
  stale: boolean;
  /** How it differs from what it is compared with. */
  difference?: Difference | undefined;
}

export type Difference = "added" | "removed" | "changed" | "moved";

export interface SceneEdge {
  key: string;
  edge: GraphEdge;
  /** `[x, y, x, y …]` */
  points: number[];
  stale: boolean;
}

export interface SceneGroup {
  name: string;
  group: GraphGroup;
  steps: number;
  x: number;
  y: number;
  width: number;
  height: number;
  collapsed: boolean;
  stale: boolean;
  worst: Severity | undefined;
}

export interface Scene {
  nodes: SceneNode[];
  edges: SceneEdge[];
  groups: SceneGroup[];
  width: number;
  height: number;
}

/** What is selected, as keys of the scene. */
export interface Selection {
  nodes: ReadonlySet<string>;
  edge: string | undefined;
  group: string | undefined;
}

export interface Callbacks {
  onNode(id: string, extend: boolean): void;
  onEdge(edge: SceneEdge): void;
  onGroup(name: string): void;
  onNothing(): void;
  /** Wants to edit it. */
  onOpen(id: string): void;
  /** Wants a step on it. */
  onInsert(edge: SceneEdge): void;
  onCollapse(name: string): void;
  onConnect(from: string, port: string | undefined, to: string): void;
  onConnectAsk(from: string, port: string | undefined): void;
  /** Was dragged to a free place. */
  onPlace(id: string, x: number, y: number): void;
  /** Was dropped on an edge. */
  onDrop(id: string, edge: SceneEdge): void;
}

export interface GraphViewProps extends Callbacks {
  scene: Scene;
  selection: Selection;
}

/** A rectangle of the graph. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Whether the first has all of the second in it. */
export const holds = (a: Box, b: Box): boolean => b.x >= a.x && b.y >= a.y && b.x + b.width <= a.x + a.width && b.y + b.height <= a.y + a.height;

export const touches = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

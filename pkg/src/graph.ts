import type { Range } from "./positions.js";
import type { Dialect, Json } from "./types.js";
import type { StepCategory } from "./vocabulary.js";

/** A document as nodes and edges. Ranges count UTF-16 units, as JavaScript strings do. */
export interface Graph {
  dialect: Dialect | null;
  /** Sections, in document order. */
  groups: GraphGroup[];
  /** Steps, in document order, outer ones first. */
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** Where everything stands, when it was asked for. */
  layout?: Layout;
}

/** A graph whose nodes have places. */
export interface PlacedGraph extends Graph {
  layout: Layout;
}

/** A section. */
export interface GraphGroup {
  name: string;
  /** The call begins here. */
  entry: boolean;
  range: Range;
  name_range: Range;
  /** The node it begins with; an empty section has none. */
  first?: string;
  /** What happens at its end, in words. */
  end: string;
}

/** A step. */
export interface GraphNode {
  /** Its path in the document, `sections.main[2]`, `/[3]` or `/Response/Dial[1]`. */
  id: string;
  /** A number made from its text: the same when the step only moved. */
  print: number;
  /** `error` for what cannot be read. */
  kind: "step" | "error";
  /** The platform's name of it. */
  verb: string;
  /** What kind of step that is. */
  category: StepCategory;
  /** What it does, in a few words of the document. */
  summary: string;
  /** Index of its group. */
  group: number;
  range: Range;
  /** Its first line, from 1. */
  line: number;
  /** The node that it stands inside of, and the port of that node. */
  owner?: string;
  owner_port?: string;
  /** The name that jumps know it by. */
  label?: string;
  ports: GraphPort[];
  /** Whom it dials. */
  rows?: GraphRows;
  /** The first mistake in it. */
  problem?: string;
  /** Nothing leads here. */
  unreachable?: boolean;
}

/** One way a step may end. */
export interface GraphPort {
  /** The platform's word, by which edits name the port. */
  name: string;
  /** The same for people. */
  label: string;
  /** The node it leads to. */
  to?: string;
  /** What happens where the author said nothing, in words. */
  default?: string;
  /** Something can be put there. */
  open: boolean;
  /** No outcome: it runs while the step goes on. */
  aside?: boolean;
}

/** Those whom a step dials. */
export interface GraphRows {
  order: "parallel" | "sequential" | "serial-parallel";
  targets: { to: string; timeout: string; turn: number; range: Range }[];
}

/** What leads where: to a node of this document, or to something outside, as written. */
export interface GraphEdge {
  kind: "sequence" | "outcome" | "call" | "jump" | "loop" | "document" | "webhook";
  from: string;
  port?: string;
  to?: string;
  url?: string;
  label?: string;
}

/** A rectangle, in pixels. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where everything stands; lists are in the order of the graph's. */
export interface Layout {
  nodes: (Area & { id: string; column: number; layer: number })[];
  /** `[x, y, x, y …]`: level and upright lines. */
  edges: { points: number[] }[];
  groups: Area[];
  width: number;
  height: number;
}

/** Sizes, in pixels. */
export interface LayoutSizes {
  width?: number;
  height?: number;
  row?: number;
  gap?: number;
  header?: number;
}

/** A piece of text that changes, in UTF-16 units; edits are in order and do not touch each other. */
export interface TextEdit extends Range {
  text: string;
}

/**
 * A change of a document. Nodes are named by their ids, ports by their names. A new step is written
 * as its dialect has it in JSON; an XML element is `{ "Say": { "voice": "…", "text": "…" } }`.
 */
export type EditOperation =
  /** Put a step behind a node, or at the beginning of a section. */
  | { op: "insert-after"; node: string; step: Json }
  | { op: "insert-after"; section: string; step: Json }
  /** Put a step on the edge from a node, by a port, to another node. */
  | { op: "insert-on-edge"; node: string; port?: string; to?: string; step: Json }
  /** Set a parameter; `path` leads through objects and lists. In XML it is an attribute, or `text`. */
  | { op: "set-prop"; node: string; path: string[]; value: Json }
  | { op: "unset-prop"; node: string; path: string[] }
  /** Take a node away, with all it runs. */
  | { op: "delete"; node: string }
  /** Take a node away; what a port of it runs takes its place. */
  | { op: "delete-and-reconnect"; node: string; port?: string }
  | { op: "move"; node: string; after: string }
  | { op: "move"; node: string; before: string }
  | { op: "move"; node: string; section: string }
  /** Let a port lead to a section, a node or an address. */
  | { op: "connect"; node: string; port?: string; to: string }
  | { op: "disconnect"; node: string; port?: string }
  /** Make the steps from `node` to `last` a section, and call it. */
  | { op: "extract-section"; node: string; last?: string; name: string }
  /** Put the steps of the section that a node calls in its place. */
  | { op: "inline-section"; node: string }
  | { op: "rename-section"; section: string; name: string }
  | { op: "wrap"; with: "condition"; node: string; last?: string; when: string }
  | { op: "wrap"; with: "loop"; node: string; last?: string; when?: string; max?: number }
  /** Comments are lost on the way from YAML to JSON, which has none. */
  | { op: "convert-format"; format: "json" | "yaml" };

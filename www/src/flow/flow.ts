/**
 * The document that is edited. Its text is all there is; everything else here is read from it by the
 * engine, a moment after each change.
 */
import { type Dialect, type PlacedGraph, type Report, Positions, check, graph } from "patchcord/slim";
import { create } from "zustand";
import { SIZES } from "../graph/sizes";
import { carry } from "./carry";
import { type Change, change, follow } from "./change";
import { FLOW } from "./dialect";
import { withEngine } from "./engine";
import { recall, remember } from "./memory";
import { LARGE, type Read, ask, forget } from "./reader";

/** Why an older graph is shown. */
export interface Stale {
  report: Report;
  /** Names of the sections that the mistake is in. */
  groups: Set<string>;
}

export interface Flow {
  name: string;
  text: string;
  /** What the author says it is; otherwise its shape decides. */
  hint: Dialect | undefined;
  ready: boolean;
  reports: Report[];
  /** The graph that is shown: of this text, or of the last one that could be read. */
  graph: PlacedGraph | undefined;
  stale: Stale | undefined;
  /** Where the steps of the previous graph are in this one. */
  moved: Map<string, string>;
  crash: string | undefined;
  /** The text is longer than what is shown of it: it is being read. */
  reading: boolean;
  /** Counts documents opened: views start over. */
  opened: number;
}

export const useFlow = create<Flow>(() => ({
  name: recall("name") ?? "flow",
  text: recall("flow") ?? "",
  hint: undefined,
  ready: false,
  reports: [],
  graph: undefined,
  stale: undefined,
  moved: new Map(),
  crash: undefined,
  reading: false,
  opened: 0,
}));

const NONE: Change = { head: 0, tail: 0, before: 0, after: 0 };
let readText = "";
let cost = 0;
let waiting: number | undefined;

/** The engine is there: reads the text, the first time beside the page. */
export function begin(): void {
  const { text, hint } = useFlow.getState();
  useFlow.setState({ ready: true });
  const first = (found: Read | { crash: string }) => {
    if ("crash" in found) read("here");
    else answered(text, found);
  };
  if (text.trim() === "" || !ask(text, hint, first)) read();
  else useFlow.setState({ reading: true });
}

const reportsOf = (text: string, hint: Dialect | undefined): Report[] => check(text, { file: FLOW, ...(hint ? { dialect: hint } : {}) });
const graphOf = (text: string, hint: Dialect | undefined): PlacedGraph => graph(text, { layout: SIZES, ...(hint ? { dialect: hint } : {}) });

/** The text was changed, by whomever. */
export function changed(text: string): void {
  if (text === useFlow.getState().text) return;
  useFlow.setState({ text });
  remember("flow", text);
  if (!useFlow.getState().ready) return;
  if (text.length > LARGE || useFlow.getState().reading || cost < 12) {
    read();
  } else if (waiting === undefined) {
    // The letter comes before the graph does.
    waiting = window.setTimeout(read);
  }
}

/** Another document takes the place of this one. */
export function opened(text: string, name: string): void {
  const { opened } = useFlow.getState();
  useFlow.setState({ text, name, hint: undefined, graph: undefined, stale: undefined, reports: [], opened: opened + 1 });
  remember("flow", text);
  remember("name", name);
  readText = "";
  read();
}

export function treatAs(hint: Dialect | undefined): void {
  useFlow.setState({ hint, graph: undefined, stale: undefined });
  read();
}

/** Reads the text now, if it was not read yet. */
export function settle(): void {
  if (waiting !== undefined || useFlow.getState().reading) read("here");
}

/** Large texts are read beside the page, unless what comes next needs the graph. */
function read(where?: "here"): void {
  if (waiting !== undefined) {
    window.clearTimeout(waiting);
    waiting = undefined;
  }
  const { text, ready, hint } = useFlow.getState();
  if (!ready) return;
  const begun = performance.now();
  if (text.trim() === "") {
    forget();
    useFlow.setState({ reports: [], graph: undefined, stale: undefined, crash: undefined, reading: false });
    return;
  }
  if (where !== "here" && text.length > LARGE && ask(text, hint, (found) => answered(text, found))) {
    useFlow.setState({ reading: true });
    return;
  }
  forget();
  if (useFlow.getState().reading) useFlow.setState({ reading: false });
  try {
    const reports = reportsOf(text, hint);
    performance.mark("patchcord:diagnostics");
    take(text, { reports, graph: graphOf(text, hint) });
  } catch (error) {
    crashed(error);
  }
  cost = performance.now() - begun;
}

function crashed(error: unknown): void {
  useFlow.setState({ crash: error instanceof Error ? error.message : String(error) });
}

/** What a text was read as, beside the page. */
function answered(text: string, found: Read | { crash: string }): void {
  useFlow.setState({ reading: false });
  if ("crash" in found) useFlow.setState({ crash: found.crash });
  else take(text, found);
}

/** Shows what a text was read as; where it cannot be read, what is left of the graph before. */
function take(text: string, { reports, graph: fresh }: Read): void {
  const { graph: shown } = useFlow.getState();
  const broken = reports.find((report) => report.code === "syntax" && report.severity === "error");
  if (broken && shown && shown.nodes.length > 0) {
    const how = readText ? change(readText, text) : NONE;
    const older = moveRanges(shown, how);
    useFlow.setState({ reports, graph: older, stale: { report: broken, groups: damaged(older, fresh, broken, text) }, moved: same(older), crash: undefined });
  } else {
    const moved = shown ? carry(shown, fresh) : new Map<string, string>();
    useFlow.setState({ reports, graph: fresh, stale: undefined, moved, crash: undefined });
  }
  readText = text;
  performance.mark("patchcord:graph");
}

const same = (graph: PlacedGraph): Map<string, string> => new Map(graph.nodes.map((node) => [node.id, node.id]));

/** The old graph with the places that its parts have in the new text. */
function moveRanges(graph: PlacedGraph, how: Change): PlacedGraph {
  if (how === NONE || (how.head === how.before && how.before === how.after)) return graph;
  const move = ({ from, to }: { from: number; to: number }) => ({ from: follow(how, from), to: follow(how, to) });
  return {
    ...graph,
    groups: graph.groups.map((group) => ({ ...group, range: move(group.range), name_range: move(group.name_range) })),
    nodes: graph.nodes.map((node) => ({ ...node, range: move(node.range) })),
  };
}

/** Sections that do not read as they did. */
function damaged(older: PlacedGraph, fresh: PlacedGraph, report: Report, text: string): Set<string> {
  const at = new Positions(text).offset(report.line, report.column);
  const found = new Set<string>();
  older.groups.forEach((group, index) => {
    const other = fresh.groups.findIndex((candidate) => candidate.name === group.name);
    const count = (graph: PlacedGraph, of: number) => graph.nodes.filter((node) => node.group === of).length;
    const inside = group.range.from <= at && at <= group.range.to + 1;
    if (inside || other < 0 || count(older, index) !== count(fresh, other)) found.add(group.name);
  });
  if (found.size === 0) for (const group of older.groups) found.add(group.name);
  return found;
}

// Without an engine the text can be written; it is read by the next one.
withEngine(
  () => useFlow.setState({ ready: false, crash: undefined }),
  () => {
    useFlow.setState({ ready: true });
    read();
    return "none";
  },
);

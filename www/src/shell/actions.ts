/** What people do to what is selected. Keys, menus, palette and outline all come here. */
import { type EditOperation, type GraphNode, Positions, type Report } from "patchcord/slim";
import { extendTo, nodeOnLine, selectGroup, selectNode, selectRange, useCursor } from "../flow/cursor";
import { syntax } from "../flow/dialect";
import { find, insertAfter, insertFirst, insertOnEdge, mend, perform, remove, shift, siblings } from "../flow/edits";
import { useFlow } from "../flow/flow";
import { snapshot, useSnapshots } from "../flow/snapshots";
import { readonly } from "../flow/place";
import { fragment, parse, stepValue, verbOf } from "../flow/fragment";
import { edgeKey } from "../graph/scene";
import { camera } from "../graph/camera";
import { collapse } from "../graph/placing";
import { toggle } from "../sim/breakpoints";
import { words } from "../words/words";
import { tell } from "./live";
import { type Spot, ask, open } from "./overlay";
import { change } from "./settings";

/** The selected steps, in document order. */
export function chosen(): GraphNode[] {
  const { node, last } = useCursor.getState();
  const first = find(node);
  if (!first) return [];
  if (last === undefined) return [first];
  const beside = siblings(first);
  const [a, b] = [beside.indexOf(first), beside.findIndex(({ id }) => id === last)];
  return b < 0 ? [first] : beside.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** The edge that is selected. */
function edge() {
  const { edge: key } = useCursor.getState();
  return key === undefined ? undefined : useFlow.getState().graph?.edges.find((edge) => edgeKey(edge) === key);
}

/** Where a new step goes when nobody says where. */
export function spot(): Spot | undefined {
  const { graph } = useFlow.getState();
  const { group } = useCursor.getState();
  const on = edge();
  if (on) return { at: "edge", from: on.from, ...(on.port === undefined ? {} : { port: on.port }), ...(on.to === undefined ? {} : { to: on.to }) };
  const steps = chosen();
  const last = steps.at(-1);
  if (last) return { at: "after", node: last.id };
  const section = group ?? graph?.groups.find(({ entry }) => entry)?.name ?? graph?.groups[0]?.name;
  return section === undefined ? undefined : { at: "section", section };
}

export function add(): void {
  const where = spot();
  if (where) open({ kind: "insert", spot: where });
}

export function insert(where: Spot, step: Parameters<typeof insertAfter>[1], verb: string): boolean {
  switch (where.at) {
    case "after":
      return insertAfter(where.node, step, verb);
    case "section":
      return insertFirst(where.section, step, verb);
    case "edge":
      return insertOnEdge(where, step, verb);
  }
}

export const erase = (reconnect: boolean): void => remove(chosen().map(({ id }) => id), reconnect);

export function shiftChosen(by: -1 | 1): void {
  const [node] = chosen();
  if (node) shift(node.id, by);
}

/** Stops the call at the selected step, on the selected edge or at the line of the text, or no longer. */
export function breakpoint(): void {
  const { graph, text } = useFlow.getState();
  const { node, edge: key, origin, range } = useCursor.getState();
  const step = origin === "text" && graph && range ? nodeOnLine(graph, text, range.from)?.id : node;
  if (key !== undefined) tell(toggle("edges", key) ? words().edgeStops : words().edgeGoesOn);
  else if (step !== undefined) tell(toggle("nodes", step) ? words().breakpointOn : words().breakpointOff);
  else tell(words().nowhereToStop);
}

/** Puts the keyboard on what the call waits for: Tab goes from answer to answer, Enter gives one. */
export function toAnswers(): void {
  change({ dockOpen: true, dockTab: "call", pane: "dock" });
  requestAnimationFrame(() => {
    const first = document.querySelector<HTMLElement>(".cards .card .option button");
    if (first) first.focus();
    else tell(words().nobodyAsked);
  });
}

export function duplicate(): void {
  const steps = chosen();
  const last = steps.at(-1);
  if (!last) return;
  for (const step of steps.reverse()) {
    const value = stepValue(step);
    if (value === undefined) {
      tell(words().cannot(words().duplicated(step.verb)), "trouble");
      return;
    }
    if (!perform({ op: "insert-after", node: last.id, step: value }, words().duplicated(step.verb), "new")) return;
  }
}

/** The text for the clipboard. */
export function copy(): string | undefined {
  const steps = chosen();
  return steps.length > 0 ? fragment(steps) : undefined;
}

export function paste(text: string): boolean {
  if (readonly()) return false;
  const steps = parse(text);
  const where = spot();
  if (!where || steps.length === 0) return false;
  const xml = syntax(useFlow.getState().text) === "xml";
  if (steps.some((step) => verbOf(step) === "") || xml !== text.trimStart().startsWith("<")) {
    tell(words().cannotPaste, "trouble");
    return true;
  }
  let at = where;
  for (const step of steps) {
    if (!insert(at, step, verbOf(step))) break;
    const { node } = useCursor.getState();
    if (node !== undefined) at = { at: "after", node };
  }
  return true;
}

/** Asks where an outcome shall lead. */
export function connect(): void {
  const [node] = chosen();
  if (!node) return;
  const ports = node.ports.filter((port) => port.open || port.to !== undefined);
  if (ports.length === 0) tell(words().noOutcomes(node.verb), "trouble");
  else open({ kind: "connect", node: node.id, port: undefined });
}

export function disconnect(): void {
  const on = edge();
  const [node] = chosen();
  const from = on?.from ?? node?.id;
  if (from === undefined) return;
  const port = on ? on.port : node?.ports.find(({ to }) => to !== undefined)?.name;
  perform({ op: "disconnect", node: from, ...(port === undefined ? {} : { port }) }, words().disconnected(port ?? ""));
}

export function extract(): void {
  const steps = chosen();
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last) return;
  ask({
    title: words().extract,
    label: words().nameOfSection,
    value: "part",
    onAnswer: (name) => {
      const operation: EditOperation = { op: "extract-section", node: first.id, ...(last === first ? {} : { last: last.id }), name };
      if (perform(operation, words().extracted(name))) selectGroup(name, "edit");
    },
  });
}

export function inline(): void {
  const [node] = chosen();
  if (node) perform({ op: "inline-section", node: node.id }, words().inlined);
}

export function rename(): void {
  const { graph } = useFlow.getState();
  const { group } = useCursor.getState();
  const section = group ?? graph?.groups[chosen()[0]?.group ?? 0]?.name;
  if (section === undefined) return;
  ask({
    title: words().rename,
    label: words().nameOfSection,
    value: section,
    onAnswer: (name) => {
      if (name !== section && perform({ op: "rename-section", section, name }, words().renamed(name))) selectGroup(name, "edit");
    },
  });
}

export function wrap(how: "condition" | "loop"): void {
  const steps = chosen();
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last) return;
  const stretch = { node: first.id, ...(last === first ? {} : { last: last.id }) };
  ask({
    title: how === "condition" ? words().wrapCondition : words().wrapLoop,
    label: words().when,
    value: how === "condition" ? "call.from == '+15550001111'" : "",
    ...(how === "loop" ? { more: { label: words().atMost, value: "3" } } : {}),
    onAnswer: (when, more) => {
      const max = Number.parseInt(more, 10);
      const operation: EditOperation =
        how === "condition"
          ? { op: "wrap", with: "condition", ...stretch, when }
          : { op: "wrap", with: "loop", ...stretch, ...(when === "" ? {} : { when }), ...(Number.isFinite(max) ? { max } : {}) };
      perform(operation, words().wrapped);
    },
  });
}

/** Keeps the document as it is now, under a name. */
export function takeSnapshot(): void {
  const { text, name: flow } = useFlow.getState();
  const { all } = useSnapshots.getState();
  ask({
    title: words().takeSnapshot,
    label: words().nameOfSnapshot,
    value: `${flow} ${all.length + 1}`,
    onAnswer: (name) => {
      if (name === "") return;
      snapshot(name, text);
      tell(words().snapshotTaken(name));
    },
  });
}

export function convert(): void {
  const { text } = useFlow.getState();
  const kind = syntax(text);
  const to = (format: "yaml" | "json") => perform({ op: "convert-format", format }, words().converted(format.toUpperCase()));
  if (kind === "xml") tell(words().xmlStays, "trouble");
  else if (kind === "json") to("yaml");
  else if (!text.includes("#")) to("json");
  else
    void comments(text).then((lost) => {
      if (lost === 0) to("json");
      else ask({ title: words().convert, says: words().commentsLost(lost), label: "", value: "", onAnswer: () => to("json") });
    });
}

/** How many comments a YAML text has; a `#` in a string is none. */
async function comments(text: string): Promise<number> {
  const { yamlLanguage } = await import("@codemirror/lang-yaml");
  let count = 0;
  yamlLanguage.parser.parse(text).iterate({ enter: ({ name }) => void (name === "Comment" && (count += 1)) });
  return count;
}

/** Edits the selected step in the form; on an edge, puts a step there. */
export function enter(): void {
  const { group } = useCursor.getState();
  if (edge()) add();
  else if (chosen().length > 0) {
    if (readonly()) {
      change({ sideTab: "docs", pane: "side" });
      return;
    }
    change({ sideTab: "form", pane: "side" });
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".form input, .form textarea, .form select")?.focus());
  } else if (group !== undefined) add();
}

export function fold(): void {
  const { group } = useCursor.getState();
  const { graph } = useFlow.getState();
  const name = group ?? graph?.groups[chosen()[0]?.group ?? 0]?.name;
  if (name !== undefined) {
    collapse(name);
    selectGroup(name, "outline");
  }
}

/** The next problem behind the cursor, around the end. */
export function problem(by: -1 | 1): void {
  const { reports, text } = useFlow.getState();
  if (reports.length === 0) {
    tell(words().noProblems);
    return;
  }
  const positions = new Positions(text);
  const places = reports.map((report) => ({ report, ...positions.of(report) })).sort((a, b) => a.from - b.from);
  const at = useCursor.getState().range?.from ?? -1;
  const next = by > 0 ? (places.find(({ from }) => from > at) ?? places[0]) : (places.findLast(({ from }) => from < at) ?? places.at(-1));
  if (!next) return;
  selectRange({ from: next.from, to: next.to }, "problems");
  tell(`${next.report.severity}: ${next.report.message}`, next.report.severity === "error" ? "trouble" : "note");
}

/** Mends the problem at the cursor, or the first one that can be mended. */
export function quickFix(): void {
  const { reports, text } = useFlow.getState();
  const positions = new Positions(text);
  const { range } = useCursor.getState();
  const fits = (report: Report) => {
    const { from, to } = positions.of(report);
    return range !== undefined && from <= range.to && range.from <= to;
  };
  const report = reports.find((report) => report.fix && fits(report)) ?? reports.find((report) => report.fix);
  if (report) mend(report);
  else tell(words().noFix);
}

export function go(report: Report): void {
  selectRange(new Positions(useFlow.getState().text).of(report), "problems");
}

export function select(id: string): void {
  selectNode(id, "palette");
}

export function extend(to: string): void {
  extendTo(to, "outline");
}

/** Brings the selected step close. */
export function fitChosen(): void {
  const [node] = chosen();
  const place = useFlow.getState().graph?.layout.nodes.find(({ id }) => id === node?.id);
  camera()?.fit(place);
}

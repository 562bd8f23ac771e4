/** Everything that can be done by name or by key. */
import { selectEdge, selectNode, selectNothing, useCursor } from "../flow/cursor";
import { tidy } from "../flow/edits";
import { useFlow } from "../flow/flow";
import { readonly } from "../flow/place";
import { withSurface } from "../flow/surface";
import { camera } from "../graph/camera";
import { resetPlaces } from "../graph/placing";
import { edgeKey } from "../graph/scene";
import { type Way, walk } from "../graph/walk";
import type { Words } from "../words/en";
import { words } from "../words/words";
import { reel } from "../sim/reel";
import * as act from "./actions";
import { download, openFile } from "./files";
import { tell } from "./live";
import { open } from "./overlay";
import { cycle } from "./panes";
import { change } from "./settings";

export interface Command {
  id: string;
  title: (words: Words) => string;
  /** `Mod` is Ctrl, or ⌘ on a Mac. */
  keys: string[];
  /** Keys of steps count where steps have the keyboard: in the graph and in the outline. */
  where: "page" | "steps" | "graph" | "timeline";
  run(): void;
}

/** What is done with the call comes with the dock. */
const call = (act: (acts: typeof import("../sim/acts")) => void) => (): void => void import("../sim/acts").then(act);

const say = (id: keyof Words) => (words: Words): string => words[id] as string;

const command = (id: keyof Words, where: Command["where"], keys: string, run: () => void): Command => ({
  id,
  title: say(id),
  keys: keys === "" ? [] : keys.split(" "),
  where,
  run,
});

function step(way: Way): void {
  const { graph } = useFlow.getState();
  const { node, edge, group } = useCursor.getState();
  if (!graph) return;
  if (edge !== undefined) {
    const on = graph.edges.find((candidate) => edgeKey(candidate) === edge);
    const to = way === "up" || way === "left" ? on?.from : on?.to;
    if (to !== undefined) selectNode(to, "outline");
    return;
  }
  const first = group === undefined ? graph.nodes[0]?.id : graph.groups.find(({ name }) => name === group)?.first;
  const to = node === undefined ? first : walk(graph, node, way);
  if (to !== undefined) selectNode(to, "outline");
}

/** The edges that leave the selected step, one after the other. */
function nextEdge(): void {
  const { graph } = useFlow.getState();
  const { node, edge } = useCursor.getState();
  const current = graph?.edges.find((candidate) => edgeKey(candidate) === edge);
  const from = node ?? current?.from;
  const leaving = graph?.edges.filter((edge) => edge.from === from) ?? [];
  const next = leaving[(current ? leaving.indexOf(current) + 1 : 0) % Math.max(leaving.length, 1)];
  if (!next) return;
  selectEdge(edgeKey(next), next.from, "outline");
  tell(words().edgeTo(next.port ?? next.kind, graph?.nodes.find(({ id }) => id === next.to)?.verb ?? next.url ?? ""));
}

const extendBy = (way: Way) => (): void => {
  const { graph } = useFlow.getState();
  const { node, last } = useCursor.getState();
  const to = graph && node !== undefined ? walk(graph, last ?? node, way) : undefined;
  if (node !== undefined && to !== undefined) act.extend(to);
};

export const COMMANDS: Command[] = [
  command("palette", "page", "Mod+k", () => open({ kind: "palette", query: "" })),
  command("search", "page", "Mod+f", () => open({ kind: "find" })),
  command("undo", "page", "Mod+z", () => withSurface((surface) => surface.undo() || tell(words().nothingToUndo))),
  command("redo", "page", "Mod+Shift+z Mod+y", () => withSurface((surface) => surface.redo() || tell(words().nothingToRedo))),
  command("nextProblem", "page", "F8", () => act.problem(1)),
  command("previousProblem", "page", "Shift+F8", () => act.problem(-1)),
  command("quickFix", "page", "Mod+.", act.quickFix),
  command("nextPane", "page", "F6", () => cycle(1)),
  command("previousPane", "page", "Shift+F6", () => cycle(-1)),
  command("save", "page", "Mod+s", download),
  command("openFile", "page", "Mod+o", openFile),
  command("openAddress", "page", "", () => open({ kind: "address", address: "" })),
  command("share", "page", "Mod+Shift+s", () => open({ kind: "share" })),
  command("compare", "page", "", () => open({ kind: "compare" })),
  command("takeSnapshot", "page", "", act.takeSnapshot),
  command("templates", "page", "", () => open({ kind: "templates" })),
  command("format", "page", "Shift+Alt+f", tidy),
  command("convert", "page", "", act.convert),
  command("help", "page", "?", () => open({ kind: "help" })),
  command("changeKeys", "page", "", () => open({ kind: "keys" })),
  command("tour", "page", "", () => open({ kind: "tour" })),
  command("toggleOutline", "page", "", () => change(({ railOpen }) => ({ railOpen: !railOpen }))),
  command("toggleDock", "page", "Mod+j", () => change(({ dockOpen }) => ({ dockOpen: !dockOpen }))),
  command("showText", "page", "", () => change({ sideTab: "text", pane: "side" })),
  command("showForm", "page", "", () => change({ sideTab: "form", pane: "side" })),
  command("showDocs", "page", "", () => change({ sideTab: "docs", pane: "side" })),
  command("light", "page", "", () => change({ theme: "light" })),
  command("dark", "page", "", () => change({ theme: "dark" })),
  command("asSystem", "page", "", () => change({ theme: "system" })),

  command("runToEnd", "page", "F5", call(({ finish }) => finish())),
  command("resetCall", "page", "Shift+F5", call(({ reset }) => reset())),
  command("runToDecision", "page", "Alt+F5", call(({ decide, lookAtCurrent }) => (decide(), lookAtCurrent()))),
  command("stepCall", "page", "F10", call(({ step }) => step())),
  command("stepBack", "page", "Shift+F10", call(({ back }) => back())),
  command("stepInto", "page", "F11", call(({ stepOver }) => stepOver())),
  command("toAnswers", "page", "Alt+F10", act.toAnswers),
  command("breakpoint", "page", "F9", act.breakpoint),

  command("callStart", "timeline", "Home", () => reel()?.start()),
  command("callEnd", "timeline", "End", () => reel()?.end()),
  command("playPause", "timeline", "Space", () => reel()?.toggle()),
  command("previousEvent", "timeline", "[", () => reel()?.event(-1)),
  command("nextEvent", "timeline", "]", () => reel()?.event(1)),
  command("previousLegChange", "timeline", "{", () => reel()?.leg(-1)),
  command("nextLegChange", "timeline", "}", () => reel()?.leg(1)),
  command("timelineIn", "timeline", "+ =", () => reel()?.zoom(2)),
  command("timelineOut", "timeline", "-", () => reel()?.zoom(0.5)),
  command("timelineAll", "timeline", "Escape", () => reel()?.all()),

  command("addStep", "steps", "a", act.add),
  command("editStep", "steps", "Enter", act.enter),
  command("connectTo", "steps", "c", act.connect),
  command("disconnect", "steps", "Shift+c", act.disconnect),
  command("removeStep", "steps", "Delete Backspace", () => act.erase(false)),
  command("removeReconnect", "steps", "Mod+Backspace Mod+Delete", () => act.erase(true)),
  command("moveEarlier", "steps", "Alt+ArrowUp", () => act.shiftChosen(-1)),
  command("moveLater", "steps", "Alt+ArrowDown", () => act.shiftChosen(1)),
  command("duplicate", "steps", "Mod+d", act.duplicate),
  command("extract", "steps", "", act.extract),
  command("inline", "steps", "", act.inline),
  command("rename", "steps", "F2", act.rename),
  command("wrapCondition", "steps", "", () => act.wrap("condition")),
  command("wrapLoop", "steps", "", () => act.wrap("loop")),
  command("foldSection", "steps", ".", act.fold),
  command("walkEdges", "steps", "e", nextEdge),
  command("extendDown", "steps", "Shift+ArrowDown", extendBy("down")),
  command("extendUp", "steps", "Shift+ArrowUp", extendBy("up")),

  command("walkDown", "graph", "ArrowDown", () => step("down")),
  command("walkUp", "graph", "ArrowUp", () => step("up")),
  command("walkRight", "graph", "ArrowRight", () => step("right")),
  command("walkLeft", "graph", "ArrowLeft", () => step("left")),
  command("zoomIn", "graph", "+ =", () => camera()?.zoom(1.25)),
  command("zoomOut", "graph", "-", () => camera()?.zoom(0.8)),
  command("fitAll", "graph", "0", () => camera()?.fit()),
  command("fitChosen", "graph", "1", () => act.fitChosen()),
  command("nothing", "graph", "Escape", () => selectNothing("graph")),
  command("resetLayout", "graph", "", resetPlaces),
];

/** They change the document, or put another one in its place. */
const EDITS = new Set(
  "undo redo quickFix openFile openAddress templates format convert tour showForm addStep editStep connectTo disconnect removeStep removeReconnect moveEarlier moveLater duplicate extract inline rename wrapCondition wrapLoop".split(" "),
);

/** Whether it can be done here: where the document may only be looked at, nothing changes it. */
export const allowed = ({ id }: Command): boolean => !readonly() || !EDITS.has(id);

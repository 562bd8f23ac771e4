import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { extendTo, selectEdge, selectGroup, selectNode, selectNothing, useCursor } from "../flow/cursor";
import { find, follow, perform, siblings } from "../flow/edits";
import { useFlow } from "../flow/flow";
import { readonly, useReadonly } from "../flow/place";
import { useHint } from "../shell/hint";
import { canvas as canvasKeys } from "../shell/keys";
import { say } from "../shell/live";
import { open } from "../shell/overlay";
import { change } from "../shell/settings";
import { useWords } from "../words/words";
import { Ribbon } from "./Ribbon";
import { Surface } from "./Surface";
import { spoken } from "./Step";
import { type Camera, register } from "./camera";
import { MANY, collapse, place, resetPlaces, unfold, usePlacing } from "./placing";
import { compose, marks } from "./scene";
import { SIZES } from "./sizes";
import type { Callbacks, Scene, SceneNode, Selection } from "./view";

/** The graph of the document: shown, walked through, changed. */
export function GraphPane() {
  const words = useWords();
  const hint = useHint();
  const locked = useReadonly();
  const graph = useFlow(({ graph }) => graph);
  const reports = useFlow(({ reports }) => reports);
  const stale = useFlow(({ stale }) => stale);
  const opened = useFlow(({ opened }) => opened);
  const collapsed = usePlacing(({ collapsed }) => collapsed);
  const places = usePlacing(({ places }) => places);
  const { node, last, edge, group, shown, origin } = useCursor();
  const surface = useRef<Camera>(null);

  const scene = useReuse(
    useMemo(
      () => (graph ? compose(graph, { collapsed, places }, marks(graph, reports, useFlow.getState().text), stale) : EMPTY),
      [graph, reports, stale, collapsed, places],
    ),
  );
  const selection = useMemo((): Selection => {
    const nodes = new Set<string>();
    const first = find(node);
    if (first && last !== undefined) {
      const beside = siblings(first);
      const [a, b] = [beside.indexOf(first), beside.findIndex(({ id }) => id === last)];
      for (const { id } of beside.slice(Math.min(a, b), Math.max(a, b) + 1)) nodes.add(id);
    } else if (node !== undefined) nodes.add(node);
    return { nodes, edge, group };
  }, [node, last, edge, group, graph]);

  const [handle, setHandle] = useState<Camera | null>(null);
  surface.current = handle;
  useEffect(() => register(handle), [handle]);

  // A document begins with all of it, or what can be read of it, in view.
  const fitted = useRef<number>(undefined);
  useEffect(() => {
    if (!handle || scene.groups.length === 0 || fitted.current === opened) return;
    fitted.current = opened;
    const later = window.setTimeout(() => surface.current?.fit(undefined, READABLE), 30);
    return () => window.clearTimeout(later);
  }, [handle, scene, opened]);

  // What is selected elsewhere comes into view.
  useEffect(() => {
    if (origin === "graph") return;
    const chosen = find(node);
    const home = chosen && graph?.groups[chosen.group];
    if (chosen && home && collapsed.has(home.name)) {
      if ((graph?.nodes.length ?? 0) <= MANY || origin !== "text") unfold(home.name);
      return;
    }
    const box = node !== undefined ? scene.nodes.find(({ id }) => id === node) : scene.groups.find(({ name }) => name === group);
    if (box) surface.current?.show(node === undefined ? { ...box, height: SIZES.header, width: Math.min(box.width, 300) } : box);
  }, [shown, scene, origin]);

  useEffect(() => {
    if (origin === "text" || !node) return;
    const chosen = scene.nodes.find(({ id }) => id === node);
    if (chosen) say(spoken(chosen.node, chosen.problems, words));
  }, [shown]);

  const callbacks = useMemo(
    (): Callbacks => ({
      onNode: (id, extend) => {
        if (extend) extendTo(id, "graph");
        else selectNode(id, "graph");
        document.getElementById("canvas")?.focus({ preventScroll: true });
      },
      onEdge: ({ key, edge }) => selectEdge(key, edge.from, "graph"),
      onGroup: (name) => selectGroup(name, "graph"),
      onNothing: () => selectNothing("graph"),
      onOpen: (id) => {
        selectNode(id, "graph");
        change({ sideTab: readonly() ? "docs" : "form", pane: "side" });
      },
      onInsert: ({ edge }) => {
        const { from, port, to } = edge;
        open({ kind: "insert", spot: { at: "edge", from, ...(port === undefined ? {} : { port }), ...(to === undefined ? {} : { to }) } });
      },
      onCollapse: collapse,
      onConnect: (from, port, to) => {
        perform({ op: "connect", node: from, ...(port === undefined ? {} : { port }), to }, words.connected(port ?? ""));
      },
      onConnectAsk: (from, port) => open({ kind: "connect", node: from, port }),
      onPlace: place,
      onDrop: (id, { edge }) => {
        const moving = find(id);
        if (!moving || edge.to === undefined) return;
        const target = find(edge.to);
        const above = target && siblings(target).some((other) => other.id === edge.from) ? { after: edge.from } : { before: edge.to };
        if (perform({ op: "move", node: id, ...above }, words.moved(moving.verb))) follow(moving);
      },
    }),
    [words],
  );

  const zoom = useCallback((by: number) => surface.current?.zoom(by), []);
  const count = graph?.nodes.length ?? 0;
  return (
    <section className="graph" data-pane="graph" aria-label={words.graph}>
      <div
        id="canvas"
        className="canvas"
        role="application"
        tabIndex={0}
        aria-label={words.flowGraph(count)}
        aria-describedby="canvas-keys"
        onKeyDown={canvasKeys}
      >
        <Surface ref={setHandle} scene={scene} selection={selection} {...callbacks} />
      </div>
      <p id="canvas-keys" className="unseen">
        {locked ? words.canvasKeysReadonly : words.canvasKeys}
      </p>
      <div className="tools" role="toolbar" aria-label={words.zoom}>
        <button type="button" onClick={() => zoom(1.25)} aria-label={words.zoomIn} title={hint(words.zoomIn, "zoomIn")}>
          +
        </button>
        <button type="button" onClick={() => zoom(0.8)} aria-label={words.zoomOut} title={hint(words.zoomOut, "zoomOut")}>
          −
        </button>
        <button type="button" onClick={() => surface.current?.fit()} aria-label={words.fitAll} title={hint(words.fitAll, "fitAll")}>
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" />
          </svg>
        </button>
        {places.size > 0 && (
          <button type="button" className="wide" onClick={resetPlaces}>
            {words.resetLayout}
          </button>
        )}
      </div>
      {graph?.groups.length === 0 && (
        <p className="nothing undrawn">
          {words.nothingDrawn}
          {reports[0] && ` ${words.line(reports[0].line)}: ${reports[0].message}`}
        </p>
      )}
      {stale && <Ribbon stale={stale} />}
    </section>
  );
}

/** A document is opened no smaller than this. */
const READABLE = 0.66;

const EMPTY: Scene = { nodes: [], edges: [], groups: [], width: 0, height: 0 };

/** Gives back the step of the scene before where it looks the same: it is not drawn again. */
function useReuse(scene: Scene): Scene {
  const before = useRef(new Map<string, { sign: string; node: SceneNode }>());
  return useMemo(() => {
    const known = before.current;
    const next = new Map<string, { sign: string; node: SceneNode }>();
    const nodes = scene.nodes.map((node) => {
      const sign = look(node);
      const same = known.get(node.id);
      const kept = same?.sign === sign ? Object.assign(same.node, { node: node.node }) : node;
      next.set(node.id, { sign, node: kept });
      return kept;
    });
    before.current = next;
    return { ...scene, nodes };
  }, [scene]);
}

function look({ node, x, y, width, height, worst, problems, stale, moved }: SceneNode): string {
  const ports = node.ports.map(({ to, default: otherwise }) => to ?? `-${otherwise}`);
  return [node.print, node.line, node.verb, node.summary, node.unreachable, node.problem, x, y, width, height, worst, problems, stale, moved, ...ports].join("|");
}


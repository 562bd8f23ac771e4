import { type Connection, type Edge, type FinalConnectionState, type Node, type NodeChange, Position, ReactFlow, type ReactFlowInstance, ViewportPortal } from "@xyflow/react";
import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { useReadonly } from "../flow/place";
import { useSettings } from "../shell/settings";
import { useWords } from "../words/words";
import { Minimap } from "./Map";
import { Section, type SectionData } from "./Section";
import { Step, type StepData, spoken } from "./Step";
import { Wires } from "./Wires";
import { SceneIndex } from "./index";
import { type Colours, type Eye, colours, paint } from "./paint";
import { onCall, paintCall } from "./paintCall";
import { portY } from "./scene";
import { SIZES } from "./sizes";
import { type Box, type GraphViewProps, type SceneGroup, type SceneNode, touches } from "./view";

export interface SurfaceHandle {
  zoom(by: number): void;
  /** Shows a rectangle, or everything; never smaller than `least`. */
  fit(box?: Box, least?: number): void;
  /** Brings it into view, if it is not there. */
  show(box: Box): void;
}

/** From here on steps are elements; farther away, or with more of them, they are painted. */
const NEAR = 0.45;
const MOST = 400;
const TYPES = { step: Step, section: Section };

interface Props extends GraphViewProps {
  /** A picture: no call goes through it. */
  still?: boolean;
  ref?: Ref<SurfaceHandle>;
}

/** The plane that is panned and zoomed, with elements near by and paint from afar. */
export function Surface({ scene, selection, still = false, ref, ...on }: Props) {
  const words = useWords();
  const readonly = useReadonly();
  const theme = useSettings(({ theme }) => theme);
  const flow = useRef<ReactFlowInstance<Node, Edge>>(null);
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const eye = useRef<Eye>({ x: 20, y: 16, zoom: 1 });
  const size = useRef({ width: 0, height: 0 });
  const paints = useRef<Colours>(undefined);
  const [region, setRegion] = useState<Box & { near: boolean }>({ x: -500, y: -500, width: 3000, height: 2000, near: true });
  const followers = useRef(new Set<() => void>());
  const [drag, setDrag] = useState<{ id: string; x: number; y: number; target: string | undefined }>();
  const index = useMemo(() => new SceneIndex(scene), [scene]);
  const latest = useRef(scene);
  latest.current = scene;
  const acts = useRef(on);
  acts.current = on;

  const repaint = useCallback(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    paints.current ??= colours(element);
    paint(context, index, eye.current, size.current, paints.current, selection);
    if (!still) paintCall(context, index, eye.current, size.current, paints.current);
  }, [index, selection, still]);

  /** Decides what is shown how; changes state only when that changes. */
  const look = useCallback(() => {
    const { x, y, zoom } = eye.current;
    const { width, height } = size.current;
    const box: Box = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
    const near = zoom >= NEAR && index.count(box, MOST) <= MOST;
    setRegion((known) => {
      const inside = box.x >= known.x && box.y >= known.y && box.x + box.width <= known.x + known.width && box.y + box.height <= known.y + known.height;
      const close = known.width <= 4 * box.width;
      if (known.near === near && inside && close) return known;
      return { x: box.x - box.width / 2, y: box.y - box.height / 2, width: 2 * box.width, height: 2 * box.height, near };
    });
    if (!near) repaint();
  }, [index, repaint]);

  useEffect(look, [look]);
  useEffect(() => {
    if (!region.near) repaint();
  }, [region.near, repaint]);
  useEffect(() => (region.near || still ? undefined : onCall(repaint)), [region.near, still, repaint]);
  useEffect(() => {
    paints.current = undefined;
    if (!region.near) repaint();
  }, [theme]);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const watch = new ResizeObserver(() => {
      size.current = { width: element.clientWidth, height: element.clientHeight };
      const paper = canvas.current;
      if (paper) {
        const ratio = window.devicePixelRatio || 1;
        paper.width = size.current.width * ratio;
        paper.height = size.current.height * ratio;
      }
      look();
      for (const follow of followers.current) follow();
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [look]);

  useImperativeHandle(ref, () => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const duration = still ? 0 : 160;
    const to = (next: Eye, how = duration) => void flow.current?.setViewport(next, { duration: how });
    const centre = (box: Box, zoom: number): Eye => ({
      x: size.current.width / 2 - (box.x + box.width / 2) * zoom,
      y: size.current.height / 2 - (box.y + box.height / 2) * zoom,
      zoom,
    });
    return {
      zoom(by) {
        const { width, height } = size.current;
        const { x, y, zoom } = eye.current;
        const next = Math.min(Math.max(zoom * by, 0.06), 2);
        to({ x: width / 2 - ((width / 2 - x) * next) / zoom, y: height / 2 - ((height / 2 - y) * next) / zoom, zoom: next });
      },
      fit(box, least = 0.06) {
        const { width, height } = size.current;
        if (width === 0) return;
        const scene = latest.current;
        const whole = box ?? { x: 0, y: 0, width: scene.width, height: scene.height };
        const zoom = Math.min(Math.max(Math.min((width - 40) / whole.width, (height - 40) / whole.height), least), box ? 1.25 : 1);
        const next = centre(whole, zoom);
        // The beginning is at the top, and at the left of what does not fit.
        if (whole.width * zoom > width - 30) next.x = 20 - whole.x * zoom;
        if (!box || whole.height * zoom > height - 30) next.y = 18 - whole.y * zoom;
        to(next);
      },
      show(box) {
        const { x, y, zoom } = eye.current;
        const { width, height } = size.current;
        const seen: Box = { x: -x / zoom + 12, y: -y / zoom + 12, width: width / zoom - 24, height: height / zoom - 24 };
        const inside = box.x >= seen.x && box.y >= seen.y && box.x + box.width <= seen.x + seen.width && box.y + box.height <= seen.y + seen.height;
        if (!inside && width > 0) to(centre(box, Math.max(zoom, 0.6)));
      },
    };
  }, []);

  // Elements of what did not change stay what they are.
  const made = useRef(new WeakMap<SceneNode, Node<StepData>>());
  const { onGroup, onCollapse } = on;
  const sections = useMemo(
    () => (region.near ? scene.groups : []).filter((group) => touches(group, region)).map((group) => section(group, selection.group === group.name, onGroup, onCollapse)),
    [scene, region, selection.group, onGroup, onCollapse],
  );
  const nodes = useMemo(() => {
    const shown = region.near ? index.nodes(region) : scene.nodes.filter((node) => selection.nodes.has(node.id)).slice(0, 1);
    return shown.map((node) => {
      let known = made.current.get(node);
      if (!known) {
        known = step(node, spoken(node.node, node.problems, words), still);
        made.current.set(node, known);
      }
      const selected = selection.nodes.has(node.id);
      const position = drag?.id === node.id ? { x: drag.x, y: drag.y } : known.position;
      return selected || position !== known.position ? { ...known, selected, position, zIndex: 10 } : known;
    });
  }, [index, scene, region, selection.nodes, drag, words]);
  const edges = useMemo(() => (region.near ? index.edges(region) : []), [index, region]);
  const all = useMemo((): Node[] => [...sections, ...nodes], [sections, nodes]);

  const here = (event: MouseEvent | React.MouseEvent | TouchEvent) => {
    const point = "touches" in event ? event.changedTouches[0] : event;
    return flow.current?.screenToFlowPosition({ x: point?.clientX ?? 0, y: point?.clientY ?? 0 }) ?? { x: 0, y: 0 };
  };
  const changes = (list: NodeChange[]) => {
    for (const change of list) {
      if (change.type !== "position" || !change.position || !change.dragging) continue;
      const { id, position } = change;
      const node = scene.nodes.find((node) => node.id === id);
      const edge = node && index.edgeAt(position.x + node.width / 2, position.y + 12, 22);
      const fits = edge && edge.edge.from !== id && edge.edge.to !== id && edge.edge.to !== undefined && (edge.edge.kind === "sequence" || edge.edge.kind === "outcome");
      setDrag({ id, ...position, target: fits ? edge.key : undefined });
    }
  };
  const dropped = () => {
    if (!drag) return;
    const edge = drag.target === undefined ? undefined : scene.edges.find((edge) => edge.key === drag.target);
    setDrag(undefined);
    const before = scene.nodes.find((node) => node.id === drag.id);
    if (edge) acts.current.onDrop(drag.id, edge);
    else if (before && Math.hypot(before.x - drag.x, before.y - drag.y) > 3) acts.current.onPlace(drag.id, drag.x, drag.y);
  };

  const pick = (event: React.MouseEvent) => {
    const { x, y } = here(event);
    const node = index.nodeAt(x, y);
    const edge = node ? undefined : index.edgeAt(x, y, 6 / eye.current.zoom);
    const group = node || edge ? undefined : index.groupAt(x, y);
    if (node) acts.current.onNode(node.id, event.shiftKey);
    else if (edge) acts.current.onEdge(edge);
    else if (group) acts.current.onGroup(group.name);
    else acts.current.onNothing();
  };

  const moved = (_event: unknown, next: Eye) => {
    eye.current = next;
    look();
    for (const follow of followers.current) follow();
  };

  return (
    <div className="surface" ref={frame}>
      <canvas ref={canvas} className="far" hidden={region.near} aria-hidden="true" />
      <ReactFlow
        nodes={all}
        edges={NO_EDGES}
        nodeTypes={TYPES}
        onInit={(instance) => {
          flow.current = instance;
        }}
        defaultViewport={eye.current}
        onMove={moved}
        onNodesChange={changes}
        onNodeDragStop={dropped}
        onNodeClick={(event, node) => node.type === "step" && acts.current.onNode(node.id, event.shiftKey)}
        onNodeDoubleClick={(_event, node) => node.type === "step" && acts.current.onOpen(node.id)}
        onPaneClick={pick}
        onConnect={({ source, sourceHandle, target }: Connection) => acts.current.onConnect(source, sourceHandle ?? undefined, target)}
        onConnectEnd={(_event, { isValid, fromNode, fromHandle }: FinalConnectionState) => {
          if (!isValid && fromNode) acts.current.onConnectAsk(fromNode.id, fromHandle?.id ?? undefined);
        }}
        nodesDraggable={!readonly}
        nodesConnectable={!readonly}
        minZoom={0.06}
        maxZoom={2}
        panOnScroll
        zoomOnDoubleClick={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        zoomActivationKeyCode="Control"
        nodeDragThreshold={4}
        elevateNodesOnSelect={false}
        proOptions={CREDIT}
      >
        <ViewportPortal>
          <Wires edges={edges} still={still} selected={selection.edge} target={drag?.target} onEdge={on.onEdge} onInsert={on.onInsert} />
        </ViewportPortal>
      </ReactFlow>
      <Minimap
        scene={scene}
        selection={selection}
        eye={eye}
        size={size}
        followers={followers}
        onLook={(x, y) => {
          const { zoom } = eye.current;
          void flow.current?.setViewport({ x: size.current.width / 2 - x * zoom, y: size.current.height / 2 - y * zoom, zoom });
        }}
      />
    </div>
  );
}

const NO_EDGES: Edge[] = [];

/** The help names React Flow. */
const CREDIT = { hideAttribution: true };

function section(group: SceneGroup, selected: boolean, onGroup: (name: string) => void, onCollapse: (name: string) => void): Node<SectionData> {
  const { width, height } = group;
  return {
    id: `section ${group.name}`,
    type: "section",
    position: { x: group.x, y: group.y },
    width,
    height,
    measured: { width, height },
    data: { scene: group, onGroup, onCollapse },
    draggable: false,
    connectable: false,
    selected,
    zIndex: -10,
  };
}

function step(scene: SceneNode, label: string, still: boolean): Node<StepData> {
  const { id, width, height, node } = scene;
  return {
    id,
    type: "step",
    position: { x: scene.x, y: scene.y },
    width,
    height,
    measured: { width, height },
    handles: [
      { id: "in", type: "target", position: Position.Top, x: width / 2 - 4, y: -4, width: 8, height: 8 },
      ...node.ports.map(({ name }) => ({
        id: name,
        type: "source" as const,
        position: Position.Right,
        x: width - 5,
        y: (portY(scene, name) ?? scene.y + SIZES.height / 2) - scene.y - 5,
        width: 10,
        height: 10,
      })),
    ],
    data: { scene, still },
    ariaRole: "group",
    ariaLabel: label,
    zIndex: 1,
  };
}

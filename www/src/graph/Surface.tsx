import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { useReadonly } from "../flow/place";
import { useSettings } from "../shell/settings";
import { Later } from "../parts/Later";
import { Cable } from "./Cable";
import { Minimap } from "./Map";
import { Section } from "./Section";
import { Step } from "./Step";
import { Wires } from "./Wires";
import { Camera } from "./camera";
import { type Hands, type Point, useGestures } from "./gestures";
import { SceneIndex } from "./index";
import { type Colours, colours, paint } from "./paint";
import { onCall, paintCall } from "./paintCall";
import { type Box, type GraphViewProps, holds, touches } from "./view";

/** From here on steps are elements; farther away, or with more of them, they are painted. */
const NEAR = 0.45;
const MOST = 400;

interface Props extends GraphViewProps {
  /** A picture: no call goes through it, and nothing of it is moved. */
  still?: boolean;
  ref?: Ref<Camera>;
}

/** The plane that is panned and zoomed, with elements near by and paint from afar. */
export function Surface({ scene, selection, still = false, ref, ...on }: Props) {
  const locked = useReadonly() || still;
  const theme = useSettings(({ theme }) => theme);
  const [camera] = useState(() => new Camera());
  useImperativeHandle(ref, () => camera, [camera]);
  const frame = useRef<HTMLDivElement>(null);
  const plane = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const paints = useRef<Colours>(undefined);
  const [region, setRegion] = useState<Box & { near: boolean }>({ x: -500, y: -500, width: 3000, height: 2000, near: true });
  const [drag, setDrag] = useState<{ id: string; by: Point; target: string | undefined }>();
  const [cable, setCable] = useState<{ id: string; port: string; to: Point }>();
  const index = useMemo(() => new SceneIndex(scene), [scene]);
  camera.plane = scene;

  const repaint = useCallback(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    paints.current ??= colours(element);
    paint(context, index, camera.eye, camera.size, paints.current, selection);
    if (!still) paintCall(context, index, camera.eye, camera.size, paints.current);
  }, [camera, index, selection, still]);

  /** Decides what is shown how; changes state only when that changes. */
  const look = useCallback(() => {
    const { x, y, zoom } = camera.eye;
    if (plane.current) plane.current.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
    const box = camera.seen();
    const near = zoom >= NEAR && index.count(box, MOST) <= MOST;
    setRegion((known) => {
      const close = known.width <= 4 * box.width;
      if (known.near === near && holds(known, box) && close) return known;
      return { x: box.x - box.width / 2, y: box.y - box.height / 2, width: 2 * box.width, height: 2 * box.height, near };
    });
    if (!near) repaint();
  }, [camera, index, repaint]);

  useEffect(look, [look]);
  useEffect(() => camera.watch(look), [camera, look]);
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
      const { clientWidth: width, clientHeight: height } = element;
      const paper = canvas.current;
      if (paper) {
        const ratio = window.devicePixelRatio || 1;
        paper.width = width * ratio;
        paper.height = height * ratio;
      }
      camera.resize(width, height);
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [camera]);

  const steps = useMemo(() => (region.near ? index.nodes(region) : scene.nodes.filter((node) => selection.nodes.has(node.id)).slice(0, 1)), [index, scene, region, selection.nodes]);
  const sections = useMemo(() => (region.near ? scene.groups : []).filter((group) => touches(group, region)), [scene, region]);
  const edges = useMemo(() => (region.near ? index.edges(region) : []), [index, region]);

  const step = (id: string) => scene.nodes.find((node) => node.id === id);
  /** The step that a port could be connected with there. */
  const end = (from: string, { x, y }: Point) => {
    const found = index.nodeAt(x, y);
    return found?.id === from ? undefined : found;
  };
  const hands = useRef<Hands>(NO_HANDS);
  hands.current = {
    take(target) {
      const id = target.closest<HTMLElement>(".step")?.dataset["step"];
      if (id === undefined || locked) return undefined;
      const port = target.closest<HTMLElement>(".handle")?.dataset["port"];
      return port === undefined ? { kind: "step", id } : { kind: "port", id, port };
    },
    carry(held, by, at) {
      if (held.kind === "port") {
        setCable({ id: held.id, port: held.port, to: at });
        return;
      }
      const { id } = held;
      const node = step(id);
      const edge = node && index.edgeAt(node.x + by.x + node.width / 2, node.y + by.y + 12, 22);
      const fits = edge && edge.edge.from !== id && edge.edge.to !== id && edge.edge.to !== undefined && (edge.edge.kind === "sequence" || edge.edge.kind === "outcome");
      setDrag({ id, by, target: fits ? edge.key : undefined });
    },
    drop(held, at) {
      setDrag(undefined);
      setCable(undefined);
      if (!at) return;
      if (held.kind === "port") {
        const to = end(held.id, at);
        if (to) on.onConnect(held.id, held.port, to.id);
        else on.onConnectAsk(held.id, held.port);
        return;
      }
      const edge = drag?.target === undefined ? undefined : scene.edges.find((edge) => edge.key === drag.target);
      const node = step(held.id);
      if (edge) on.onDrop(held.id, edge);
      else if (node && drag) on.onPlace(held.id, node.x + drag.by.x, node.y + drag.by.y);
    },
  };
  useGestures(frame, camera, hands);

  const here = (event: React.MouseEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const { x, y } = camera.at(event.clientX - left, event.clientY - top);
    return { x, y, node: index.nodeAt(x, y) };
  };
  const pick = (event: React.MouseEvent) => {
    if (answers(event.target)) return;
    const { x, y, node } = here(event);
    const edge = node ? undefined : index.edgeAt(x, y, 6 / camera.eye.zoom);
    const group = node || edge ? undefined : index.groupAt(x, y);
    if (node) on.onNode(node.id, event.shiftKey);
    else if (edge) on.onEdge(edge);
    else if (group) on.onGroup(group.name);
    else on.onNothing();
  };
  const enter = (event: React.MouseEvent) => {
    if (answers(event.target)) return;
    const { node } = here(event);
    if (node) on.onOpen(node.id);
  };

  const from = cable && step(cable.id);
  return (
    <div className="surface" ref={frame} onClick={pick} onDoubleClick={enter}>
      <canvas ref={canvas} className="far" hidden={region.near} aria-hidden="true" />
      <div ref={plane} className={`plane ${locked ? "locked" : ""}`}>
        {sections.map((group) => (
          <Section key={group.name} scene={group} selected={selection.group === group.name} onGroup={on.onGroup} onCollapse={on.onCollapse} />
        ))}
        <Wires edges={edges} still={still} selected={selection.edge} target={drag?.target} onEdge={on.onEdge} onInsert={on.onInsert} />
        {steps.map((node) => (
          <Step key={node.id} scene={node} still={still} selected={selection.nodes.has(node.id)} by={drag?.id === node.id ? drag.by : undefined} />
        ))}
        {cable && from && <Cable from={from} port={cable.port} to={cable.to} end={end(cable.id, cable.to)} />}
      </div>
      <Later>
        <Minimap scene={scene} selection={selection} camera={camera} />
      </Later>
    </div>
  );
}

/** What has an answer of its own to a click. */
const answers = (target: EventTarget): boolean => (target as Element).closest("button, .wire, .minimap") !== null;

const NO_HANDS: Hands = { take: () => undefined, carry: () => undefined, drop: () => undefined };

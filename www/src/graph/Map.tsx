import { useEffect, useRef } from "react";
import { useWords } from "../words/words";
import type { Camera } from "./camera";
import { colours } from "./paint";
import type { Scene, Selection } from "./view";

interface Props {
  scene: Scene;
  selection: Selection;
  camera: Camera;
}

const WIDTH = 150;
const HEIGHT = 96;

/** All of it, small, and where one looks. The pointer's way; the keyboard has 0, 1, + and −. */
export function Minimap({ scene, selection, camera }: Props) {
  const words = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scale = Math.min((WIDTH - 8) / Math.max(scene.width, 1), (HEIGHT - 8) / Math.max(scene.height, 1), 0.2);
  const left = (WIDTH - scene.width * scale) / 2;
  const top = (HEIGHT - scene.height * scale) / 2;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = WIDTH * ratio;
    element.height = HEIGHT * ratio;
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * left, ratio * top);
    if (scene.groups.length === 0) return;
    const paints = colours(element);
    for (const group of scene.groups) {
      context.fillStyle = paints.section;
      context.strokeStyle = paints.line;
      context.lineWidth = 1 / scale;
      context.fillRect(group.x, group.y, group.width, group.height);
      context.strokeRect(group.x, group.y, group.width, group.height);
    }
    for (const node of scene.nodes) {
      context.fillStyle = node.worst === "error" ? paints.bad : selection.nodes.has(node.id) ? paints.accent : paints.categories[node.node.category];
      context.globalAlpha = selection.nodes.has(node.id) || node.worst === "error" ? 1 : 0.55;
      context.fillRect(node.x, node.y, node.width, node.height);
    }
    context.globalAlpha = 1;
  }, [scene, selection, scale, left, top]);

  const look = (event: React.PointerEvent) => {
    if (event.type === "pointermove" && event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    event.currentTarget.setPointerCapture(event.pointerId);
    camera.centre((event.clientX - box.left - left) / scale, (event.clientY - box.top - top) / scale);
  };
  // The frame moves without anything being rendered; where all is seen, there is no map.
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const follow = () => {
      const element = frame.current;
      if (!element?.parentElement) return;
      const { x, y, zoom } = camera.eye;
      const { width, height } = camera.size;
      element.style.transform = `translate(${left - (x / zoom) * scale}px, ${top - (y / zoom) * scale}px)`;
      element.style.width = `${(width / zoom) * scale}px`;
      element.style.height = `${(height / zoom) * scale}px`;
      const all = x >= -1 && y >= -1 && x + scene.width * zoom <= width + 1 && y + scene.height * zoom <= height + 1;
      element.parentElement.hidden = all;
    };
    follow();
    return camera.watch(follow);
  }, [camera, scene, scale, left, top]);
  return (
    <div className="minimap" role="img" aria-label={words.minimap} onPointerDown={look} onPointerMove={look}>
      <canvas ref={canvas} style={{ width: WIDTH, height: HEIGHT }} />
      <i ref={frame} />
    </div>
  );
}

/** What a hand does on the plane: pushes it, pinches it, drags a step, draws a line from a port. */
import { type RefObject, useEffect } from "react";
import type { Camera } from "./camera";

export interface Point {
  x: number;
  y: number;
}

/** What is held, besides the plane itself. */
export type Held = { kind: "step"; id: string } | { kind: "port"; id: string; port: string };

export interface Hands {
  /** What can be taken there: of the plane only what nothing else is. */
  take(target: Element): Held | undefined;
  /** It was carried `by` so much of the plane; the hand is at a point of it. */
  carry(held: Held, by: Point, at: Point): void;
  /** It was let go: `undefined` where nothing shall come of it. */
  drop(held: Held, at: Point | undefined): void;
}

/** A hand that moves less than this, in pixels, pressed and did not pull. */
const STILL = 4;
/** So near to the frame's edge the plane moves along, by so much in a frame. */
const EDGE = 36;
const ALONG = 8;

export function useGestures(frame: RefObject<HTMLElement | null>, camera: Camera, hands: RefObject<Hands>): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const fingers = new Map<number, Point>();
    let held: Held | undefined;
    /** Where in the plane it was taken; where the eye was. */
    let taken: Point | undefined;
    let pressed: Point | undefined;
    let pulls = false;
    let pulled = false;
    let along = 0;

    const local = (event: MouseEvent): Point => {
      const { left, top } = element.getBoundingClientRect();
      return { x: event.clientX - left, y: event.clientY - top };
    };
    const carry = (point: Point) => {
      if (!held || !taken) return;
      const at = camera.at(point.x, point.y);
      hands.current.carry(held, { x: at.x - taken.x, y: at.y - taken.y }, at);
    };
    const drift = () => {
      const [point] = fingers.values();
      if (!point || !held || !pulls) return;
      const { width, height } = camera.size;
      const towards = (at: number, size: number) => (at < EDGE ? ALONG : at > size - EDGE ? -ALONG : 0);
      const [dx, dy] = [towards(point.x, width), towards(point.y, height)];
      if (dx !== 0 || dy !== 0) {
        camera.pan(dx, dy);
        carry(point);
      }
      along = requestAnimationFrame(drift);
    };
    const end = (point: Point | undefined) => {
      cancelAnimationFrame(along);
      element.classList.remove("pulls");
      if (held && pulls) hands.current.drop(held, point && camera.at(point.x, point.y));
      held = undefined;
      pulls = false;
    };

    const down = (event: PointerEvent) => {
      const target = event.target as Element;
      if (event.button > 1 || target.closest(".minimap, button")) return;
      const point = local(event);
      fingers.set(event.pointerId, point);
      end(undefined);
      pulled = false;
      pressed = point;
      if (fingers.size > 1) return;
      held = event.button === 0 ? hands.current.take(target) : undefined;
      taken = camera.at(point.x, point.y);
    };
    const move = (event: PointerEvent) => {
      const before = fingers.get(event.pointerId);
      if (!before || !pressed) return;
      const point = local(event);
      if (fingers.size === 1 && !pulls) {
        if (Math.hypot(point.x - pressed.x, point.y - pressed.y) < STILL) return;
        pulls = true;
        pulled = true;
        // From here on it is followed outside of the frame, too.
        element.setPointerCapture(event.pointerId);
        if (held) along = requestAnimationFrame(drift);
        else element.classList.add("pulls");
      }
      fingers.set(event.pointerId, point);
      if (fingers.size > 1) {
        pulled = true;
        const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
        if (other) {
          const apart = (at: Point) => Math.max(Math.hypot(at.x - other.x, at.y - other.y), 1);
          camera.pan((point.x - before.x) / 2, (point.y - before.y) / 2);
          camera.zoomAt((point.x + other.x) / 2, (point.y + other.y) / 2, apart(point) / apart(before));
        }
      } else if (held) carry(point);
      else camera.pan(point.x - before.x, point.y - before.y);
    };
    const up = (event: PointerEvent) => {
      if (!fingers.delete(event.pointerId)) return;
      end(event.type === "pointerup" ? local(event) : undefined);
    };
    // What ended a pull is no click.
    const click = (event: MouseEvent) => {
      if (pulled) event.stopPropagation();
      pulled = false;
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
      const [dx, dy] = [event.deltaX * lines, event.deltaY * lines];
      if (event.ctrlKey || event.metaKey) {
        const { x, y } = local(event);
        // A wheel's notch is a fifth; a pinch tells its small parts.
        camera.zoomAt(x, y, 2 ** (-Math.max(Math.min(dy, 60), -60) / (Math.abs(dy) < 40 ? 100 : 200)));
      } else if (event.shiftKey && dx === 0) camera.pan(-dy, 0);
      else camera.pan(-dx, -dy);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !pulls) return;
      event.stopPropagation();
      end(undefined);
      fingers.clear();
    };

    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener("pointerdown", down, { signal });
    element.addEventListener("pointermove", move, { signal });
    element.addEventListener("pointerup", up, { signal });
    element.addEventListener("pointercancel", up, { signal });
    element.addEventListener("click", click, { signal, capture: true });
    element.addEventListener("wheel", wheel, { signal, passive: false });
    window.addEventListener("keydown", escape, { signal, capture: true });
    return () => {
      end(undefined);
      stop.abort();
    };
  }, [camera]);
}

import type { Eye } from "./paint";
import { type Box, holds } from "./view";

const FAR = 0.06;
const CLOSE = 2;

const clamp = (zoom: number): number => Math.min(Math.max(zoom, FAR), CLOSE);

/** Where one looks at a plane. It changes with every frame of a gesture, so nothing is rendered for it: who shows it watches. */
export class Camera {
  eye: Eye = { x: 20, y: 16, zoom: 1 };
  /** Of the frame, in pixels. */
  size = { width: 0, height: 0 };
  /** How far the plane goes. */
  plane = { width: 0, height: 0 };
  readonly #watchers = new Set<() => void>();
  #frame = 0;

  /** Called whenever one looks elsewhere. Gives back how to stop that. */
  watch(look: () => void): () => void {
    this.#watchers.add(look);
    return () => void this.#watchers.delete(look);
  }

  resize(width: number, height: number): void {
    this.size = { width, height };
    this.#tell();
  }

  /** Looks there at once. */
  set(eye: Eye): void {
    cancelAnimationFrame(this.#frame);
    this.eye = eye;
    this.#tell();
  }

  pan(dx: number, dy: number): void {
    const { x, y, zoom } = this.eye;
    this.set({ x: x + dx, y: y + dy, zoom });
  }

  /** Zooms so that a point of the frame stays where it is. */
  zoomAt(x: number, y: number, by: number): void {
    this.set(this.#around(x, y, by));
  }

  /** Zooms around the middle, for who has no pointer. */
  zoom(by: number): void {
    this.#travel(this.#around(this.size.width / 2, this.size.height / 2, by));
  }

  /** Has this point of the plane in the middle. */
  centre(x: number, y: number): void {
    this.set(this.#centred({ x, y, width: 0, height: 0 }, this.eye.zoom));
  }

  /** Shows a rectangle, or everything from the top; never smaller than `least`, and where it does not fit, its beginning. */
  fit(box?: Box, least = FAR): void {
    const { width, height } = this.size;
    if (width === 0) return;
    const whole = box ?? { x: 0, y: 0, ...this.plane };
    const zoom = Math.min(Math.max(Math.min((width - 40) / whole.width, (height - 40) / whole.height), least), box ? 1.25 : 1);
    const next = this.#centred(whole, zoom);
    if (whole.width * zoom > width - 30) next.x = 20 - whole.x * zoom;
    if (!box || whole.height * zoom > height - 30) next.y = 18 - whole.y * zoom;
    this.#travel(next);
  }

  /** Brings it into view, if it is not there. */
  show(box: Box): void {
    const { zoom } = this.eye;
    if (!holds(this.seen(-12 / zoom), box) && this.size.width > 0) this.#travel(this.#centred(box, Math.max(zoom, 0.6)));
  }

  /** The part of the plane that is in the frame, and so much around it. */
  seen(around = 0): Box {
    const { x, y, zoom } = this.eye;
    return { x: -x / zoom - around, y: -y / zoom - around, width: this.size.width / zoom + 2 * around, height: this.size.height / zoom + 2 * around };
  }

  /** The point of the plane at a point of the frame. */
  at(x: number, y: number): { x: number; y: number } {
    return { x: (x - this.eye.x) / this.eye.zoom, y: (y - this.eye.y) / this.eye.zoom };
  }

  #around(x: number, y: number, by: number): Eye {
    const { eye } = this;
    const zoom = clamp(eye.zoom * by);
    return { x: x - ((x - eye.x) * zoom) / eye.zoom, y: y - ((y - eye.y) * zoom) / eye.zoom, zoom };
  }

  #centred({ x, y, width, height }: Box, zoom: number): Eye {
    return { x: this.size.width / 2 - (x + width / 2) * zoom, y: this.size.height / 2 - (y + height / 2) * zoom, zoom };
  }

  /** Goes there in a few frames, or at once for who wants nothing to move. */
  #travel(to: Eye): void {
    if (document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.set(to);
      return;
    }
    cancelAnimationFrame(this.#frame);
    const from = this.eye;
    let began: number | undefined;
    const step = (now: number) => {
      began ??= now;
      const part = Math.min((now - began) / TRAVEL, 1);
      const eased = 1 - (1 - part) ** 3;
      const between = (a: number, b: number) => a + (b - a) * eased;
      this.eye = part === 1 ? to : { x: between(from.x, to.x), y: between(from.y, to.y), zoom: between(from.zoom, to.zoom) };
      if (part < 1) this.#frame = requestAnimationFrame(step);
      this.#tell();
    };
    this.#frame = requestAnimationFrame(step);
  }

  #tell(): void {
    for (const look of this.#watchers) look();
  }
}

/** How long it takes to get somewhere, in milliseconds. */
const TRAVEL = 160;

let present: Camera | null = null;

/** The graph's, for commands that do not stand in it. */
export const camera = (): Camera | null => present;

export function register(handle: Camera | null): () => void {
  present = handle;
  return () => {
    if (present === handle) present = null;
  };
}

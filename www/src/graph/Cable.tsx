import type { Point } from "./gestures";
import { portY } from "./scene";
import type { SceneNode } from "./view";

interface Props {
  from: SceneNode;
  port: string;
  to: Point;
  /** The step it would be connected with. */
  end: SceneNode | undefined;
}

/** The line that is drawn from an outcome, while a hand holds its end. */
export function Cable({ from, port, to, end }: Props) {
  const x = from.x + from.width;
  const y = portY(from, port) ?? from.y;
  const bend = Math.max(Math.abs(to.x - x) / 2, 24);
  return (
    <svg className="wires cable" aria-hidden="true">
      <path d={`M${x} ${y}C${x + bend} ${y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`} />
      {end && <rect x={end.x - 3} y={end.y - 3} width={end.width + 6} height={end.height + 6} rx="10" />}
    </svg>
  );
}

/** Virtual time that passes with the real one. */
import { point, runOn } from "./acts";
import { useCall } from "./call";

/** Lets it pass so many times as fast; 0 stops it. */
export function play(speed: number): void {
  const was = useCall.getState().speed;
  useCall.setState({ speed });
  if (speed > 0 && was === 0) requestAnimationFrame((now) => tick(now, now));
}

function tick(before: number, now: number): void {
  const { speed, status } = useCall.getState();
  if (speed === 0 || !status) return;
  const { position, length, t } = status;
  const stop = runOn(t + Math.max((now - before) * speed, 1));
  // What is known already is shown again.
  if (stop && position < length && stop.position !== position) point();
  if (stop?.stopped !== "time" || stop.ended) {
    play(0);
    return;
  }
  requestAnimationFrame((later) => tick(now, later));
}

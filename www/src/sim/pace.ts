/** Virtual time that passes with the real one. */
import { runOn, step } from "./acts";
import { useCall } from "./call";

/** Lets it pass so many times as fast; 0 stops it. */
export function play(speed: number): void {
  const was = useCall.getState().speed;
  useCall.setState({ speed });
  if (speed > 0 && was === 0) requestAnimationFrame((now) => tick(now, now));
}

function tick(before: number, now: number): void {
  const { speed, status, events } = useCall.getState();
  if (speed === 0 || !status) return;
  const { position, length, t } = status;
  if (position < length) {
    // What is known already is shown again, at its own pace.
    const next = events[position];
    if (next && next.t <= t + (now - before) * speed) {
      step();
      before = now;
    }
  } else {
    const stop = runOn(t + Math.max((now - before) * speed, 1));
    before = now;
    if (stop?.stopped !== "time" || stop.ended) {
      play(0);
      return;
    }
  }
  requestAnimationFrame((later) => tick(before, later));
}

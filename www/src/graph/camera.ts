/** The graph's view, for commands that do not stand in it. */
import type { SurfaceHandle } from "./Surface";

let present: SurfaceHandle | null = null;

export function register(handle: SurfaceHandle | null): () => void {
  present = handle;
  return () => {
    if (present === handle) present = null;
  };
}

export const camera = (): SurfaceHandle | null => present;

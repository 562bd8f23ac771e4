/** The instant under the pointer in one view, shown in all. */
import { create } from "zustand";

interface Crosshair {
  at: number | undefined;
  /** The step that was the latest then. */
  node: string | undefined;
}

export const useCrosshair = create<Crosshair>(() => ({ at: undefined, node: undefined }));

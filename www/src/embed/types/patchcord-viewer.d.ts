import { Frame } from "./frame.js";

export type { Changed, Diagnosed, FrameEvents, Range, Report, Selected } from "./frame.js";

/** `<patchcord-viewer>`: graph and outline, to look at. */
export declare class PatchcordViewer extends Frame {}

declare global {
  interface HTMLElementTagNameMap {
    "patchcord-viewer": PatchcordViewer;
  }
}

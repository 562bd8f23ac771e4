import { Frame, type FrameEvents } from "./frame.js";

export type { Changed, Diagnosed, Range, Report, Selected } from "./frame.js";

/** Of `simulate`. */
export interface SimulatedCall {
  /** Where the call is, in virtual milliseconds. */
  t: number;
  /** How many events have happened, of those that are known. */
  position: number;
  length: number;
  ended: boolean;
  /** How it ended. */
  outcome?: string;
}

export interface DesignerEvents extends FrameEvents {
  simulate: CustomEvent<SimulatedCall>;
}

/** `<patchcord-designer>`: the whole designer. */
export declare class PatchcordDesigner extends Frame<DesignerEvents> {}

declare global {
  interface HTMLElementTagNameMap {
    "patchcord-designer": PatchcordDesigner;
  }
}

/** The call that is played through, as it is shown. What there is to see of it comes from its session. */
import type { Awaited, Branch, Divergence, Json, SessionEvent, SessionStatus, Stop } from "patchcord/slim";
import { create } from "zustand";

export interface Call {
  status: SessionStatus | undefined;
  /** All that is known of this branch, the future included. */
  events: SessionEvent[];
  awaiting: Awaited[];
  variables: Record<string, Json>;
  /** Variables before the step began that the latest event belongs to. */
  earlier: Record<string, Json>;
  branches: Branch[];
  stop: Stop | undefined;
  divergence: Divergence | undefined;
  /** Why there is no call. */
  refusal: string | undefined;
  /** The step where the call is. */
  current: string | undefined;
  /** How often each step was begun. */
  visits: ReadonlyMap<string, number>;
  /** Virtual milliseconds that pass in one real one; 0 while it stands still. */
  speed: number;
}

/** Of no call. */
export const NOTHING = {
  status: undefined,
  events: [],
  awaiting: [],
  variables: {},
  earlier: {},
  branches: [],
  stop: undefined,
  divergence: undefined,
  current: undefined,
  visits: new Map<string, number>(),
};

export const useCall = create<Call>(() => ({ ...NOTHING, refusal: undefined, speed: 0 }));

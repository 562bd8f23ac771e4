/** What an element and the page in its frame tell each other. */
import type { Outcome, Range, Report } from "patchcord/slim";

/** How the page in the frame looks and what it lets people do. */
export interface Manner {
  theme: "system" | "light" | "dark";
  /** A language tag; English where the page does not speak it. */
  lang: string;
  readonly: boolean;
}

/** From the element to its frame. */
export type Order =
  | ({ kind: "begin"; name: string; text: string; scenario: string } & Manner)
  | { kind: "text"; name: string; text: string }
  | { kind: "scenario"; text: string }
  | ({ kind: "manner" } & Manner)
  | { kind: "unfetched"; address: string; why: string };

/** `event.detail` of `change`. */
export interface Changed {
  /** The document. */
  value: string;
}

/** `event.detail` of `diagnostics`. */
export interface Diagnosed {
  /** Of the document (`file` is `flow`) and of the scenario (`file` is `scenario`). */
  reports: Report[];
  errors: number;
  warnings: number;
  hints: number;
}

/** `event.detail` of `select`; empty when nothing is selected. */
export interface Selected {
  /** The step, as `graph` names it. */
  node?: string;
  /** Where it stands in the document. */
  range?: Range;
  /** Its first line, from 1. */
  line?: number;
}

/** `event.detail` of `simulate`. */
export interface SimulatedCall {
  /** Where the call is, in virtual milliseconds. */
  t: number;
  /** How many events have happened, of those that are known. */
  position: number;
  length: number;
  ended: boolean;
  /** How it ended. */
  outcome?: Outcome;
}

/** From the frame to its element. */
export type News =
  | { kind: "hello" }
  | { kind: "ready" }
  | { kind: "change"; detail: Changed }
  | { kind: "diagnostics"; detail: Diagnosed }
  | { kind: "select"; detail: Selected }
  | { kind: "simulate"; detail: SimulatedCall };

/** Tells ours from everything else that pages send each other. */
const MARK = "patchcord-embed-1";

export const pack = <Message extends Order | News>(message: Message): { mark: string; message: Message } => ({ mark: MARK, message });

/** The message in what was received from a window and an origin that were looked at before. */
export function unpack<Message extends Order | News>(data: unknown): Message | undefined {
  if (typeof data !== "object" || data === null || !("mark" in data) || data.mark !== MARK || !("message" in data)) return undefined;
  return data.message as Message;
}

/** Documents without an origin of their own can only be addressed as anybody. */
export const addressee = (origin: string): string => (origin === "null" ? "*" : origin);

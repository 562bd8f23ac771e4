import { EngineError } from "./errors.js";
import type { Coverage } from "./explore.js";
import { guard, string } from "./facade.js";
import { runs } from "./module.js";
import type { Range } from "./positions.js";
import * as raw from "./raw.js";
import type { Cause, Dialect, Json, Outcome, TraceEntry } from "./types.js";

/** What may be said about a session. */
export interface SessionOptions {
  /** The platform; otherwise the document's own shape decides. */
  dialect?: Dialect;
  /** A scenario (YAML). What it says happens; everything else is asked. */
  scenario?: string;
}

/** A fact of the world, given as an answer. Legs are `a`, `b1`, `b2` …; numbers are those of `awaiting`. */
export type Fact =
  | { fact: "rings" | "early-media"; leg: string; status?: number }
  | { fact: "answers"; leg: string; by?: "human" | "machine" }
  | { fact: "rejects"; leg: string; status?: number }
  | { fact: "hangs-up"; leg: string; cause?: Cause }
  | { fact: "presses"; leg: string; keys: string }
  /** No words are words that nobody understands. */
  | { fact: "says"; leg: string; words: string; confidence?: number }
  /** A status of 0 is no reply at all. */
  | { fact: "replies"; fetch: number; status?: number; body?: string; content_type?: string }
  | { fact: "finishes" | "fails" | "no-input" | "unsupported"; media: number }
  | { fact: "records"; media: number; duration?: number; format?: string; url?: string }
  | { fact: "detects"; media: number; what?: "human" | "machine" | "ready" | "not-ready" | "fax" | "unknown"; beep?: boolean }
  | { fact: "connects"; media: number; peer?: string }
  | { fact: "refers"; media: number; status?: number }
  | { fact: "results"; media: number; variables?: Json }
  /** Nothing happens: limits and timeouts take their course. */
  | { fact: "waits"; leg: string }
  | { fact: "waits"; fetch: number }
  | { fact: "waits"; media: number };

/** A part of a fact that the user may change; its value stands in the fact. */
export interface FactParameter {
  name: string;
  type: "text" | "word" | "number" | "bool" | "keys" | "json";
  /** The words to choose from. */
  words?: string[];
  min?: number;
  max?: number;
}

/** One thing that may come next. */
export interface FactOption {
  /** What to answer, with usual values. */
  fact: Fact;
  /** What it is, in a few words. */
  label: string;
  /** After how many milliseconds, usually. */
  after: number;
  parameters: FactParameter[];
}

/** Somebody, or something, that may tell more. */
export interface Awaited {
  kind: "leg" | "fetch" | "media";
  leg?: string;
  fetch?: number;
  media?: number;
  /** The address dialled, the request, or the order. */
  name?: string;
  /** When it began. */
  since: number;
  /** The call waits for it: without an answer only a limit or timeout lets it go on. */
  decides: boolean;
  /** When something comes that was answered, or comes by itself. */
  comes?: number;
  /** The step that waits, where it stands, and its line. */
  node?: string;
  range?: Range;
  line?: number;
  options: FactOption[];
}

/** A line of the trace, linked with the document. Ranges count UTF-16 units. */
export interface SessionEvent {
  index: number;
  /** When, in milliseconds. */
  t: number;
  leg?: string;
  /** The step, as `graph` names it. */
  node?: string;
  range?: Range;
  line?: number;
  /** Another document than the first, by its number. */
  document?: number;
  /** In a few words. */
  text: string;
  entry: TraceEntry;
}

/** Where a run stops. */
export type Breakpoint =
  | { node: string }
  | { line: number }
  | { kind: "event" | "command" | "note"; name?: string }
  /** A condition on the variables becomes true. */
  | { when: string };

/** What a run stops at, whichever comes first. It always stops when the call ends or nothing more happens. */
export interface Until {
  /** In milliseconds. */
  time?: number;
  /** Somebody must be asked. */
  decision?: boolean;
  breakpoints?: Breakpoint[];
}

/** Where a session stands. */
export interface SessionStatus {
  /** How many events have happened. */
  position: number;
  /** How many are known on this branch. */
  length: number;
  /** The time that was reached. */
  t: number;
  branch: number;
  ended: boolean;
  outcome?: Outcome;
}

/** Where and why a run stopped. */
export interface Stop extends SessionStatus {
  stopped: "end" | "decision" | "time" | "waiting" | "breakpoint" | "limit";
  /** Which breakpoint, by its place in the list. */
  breakpoint?: number;
  /** The steps that the call runs again and again. */
  cycle?: string[];
}

/** One way the call went. */
export interface Branch {
  id: number;
  /** The branch that it left, and after how many events. */
  parent?: number;
  at?: number;
  length: number;
  /** The time of its last event. */
  t: number;
  current: boolean;
}

/** The first event that is not the same in a changed document. */
export interface Divergence {
  index: number;
  t: number;
  before?: DivergentEvent;
  after?: DivergentEvent;
}

/** An event of one of two documents. */
export interface DivergentEvent {
  index: number;
  t: number;
  text: string;
  leg?: string;
  node?: string;
  range?: Range;
  line?: number;
}

/** A simulation that asks: what its scenario does not say is answered while it runs. Time is virtual. */
export class Session {
  #raw: raw.RawSession | undefined;

  /**
   * @throws {ScenarioError} when the scenario cannot be read.
   * @throws {DocumentError} when the document cannot be run; the message has the first mistake.
   */
  constructor(text: string, options: SessionOptions = {}) {
    runs();
    this.#raw = guard(() => raw.session(string(text, "text"), options.dialect, options.scenario));
  }

  /** Where it stands. */
  get status(): SessionStatus {
    return this.#call((session) => session.status());
  }

  /** Goes on by one event. False when nothing will happen by itself. */
  step(): boolean {
    return this.#call((session) => session.step());
  }

  /** Runs on. Without a reason to stop, to the end. */
  runUntil(until: Until = {}): Stop {
    return this.#call((session) => session.run_until(until));
  }

  /** Everything that may be answered here; what the call waits for comes first. */
  awaiting(): Awaited[] {
    return this.#call((session) => session.awaiting());
  }

  /**
   * Answers: a fact happens so many milliseconds from now. In the past it begins a new branch, and
   * the old one is kept. It takes the place of an answer of its kind that has not happened yet.
   *
   * @throws {WireError} when nobody waits for it.
   */
  answer(fact: Fact, after = 0): void {
    this.#call((session) => session.answer(fact, after));
  }

  /** Events of this branch, from one to behind the last. */
  events(from = 0, to = 0xffffffff): SessionEvent[] {
    return this.#call((session) => session.events(from, to));
  }

  /** The caller's variables here, or after so many events. */
  variables(at?: number): Record<string, Json> {
    return this.#call((session) => session.variables(at));
  }

  /** Goes to where so many events have happened, back or forth. */
  jump(index: number): void {
    this.#call((session) => session.jump(index));
  }

  /** Every branch, in the order in which they were made. */
  branches(): Branch[] {
    return this.#call((session) => session.branches());
  }

  /** Looks at another branch, at its end. False when there is none of that number. */
  switch(branch: number): boolean {
    return this.#call((session) => session.switch(branch));
  }

  /**
   * Runs a changed document through the same answers to the same time. Gives the first event that
   * is not the same.
   *
   * @throws {DocumentError} when the document cannot be run; the session stays as it is.
   */
  reload(text: string): Divergence | null {
    return this.#call((session) => session.reload(string(text, "text")));
  }

  /**
   * The answers so far as a scenario (YAML): run against it, the same happens. With `expect`, what
   * happened is what must happen.
   */
  scenario(options: { expect?: boolean } = {}): string {
    return this.#call((session) => session.scenario(options.expect ?? false));
  }

  /** What this branch went through. */
  coverage(): Coverage {
    return this.#call((session) => session.coverage());
  }

  /** Gives its memory back. Garbage collection does it too, later. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
  }

  /** Same as `free`, for `using`. */
  [Symbol.dispose](): void {
    this.free();
  }

  #call<T>(act: (session: raw.RawSession) => T): T {
    const session = this.#raw;
    if (!session) {
      throw new EngineError("expected an open session, found one that was freed");
    }
    return guard(() => act(session));
  }
}

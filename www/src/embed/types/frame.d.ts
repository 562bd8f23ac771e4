/** What both elements have. */

/** A stretch of the document, in UTF-16 units. */
export interface Range {
  from: number;
  to: number;
}

/** One thing to say about a text. */
export interface Report {
  severity: "error" | "warning" | "hint";
  code: string;
  /** The platform's own code for it. */
  vendor?: string;
  message: string;
  notes: string[];
  /** `flow` or `scenario`. */
  file: string;
  /** From 1. */
  line: number;
  column: number;
}

/** Of `change`. */
export interface Changed {
  /** The document. */
  value: string;
}

/** Of `diagnostics`. */
export interface Diagnosed {
  reports: Report[];
  errors: number;
  warnings: number;
  hints: number;
}

/** Of `select`. Empty when nothing is selected. */
export interface Selected {
  /** The step, as `graph` of the package names it. */
  node?: string;
  /** Where it stands in the document. */
  range?: Range;
  /** Its first line, from 1. */
  line?: number;
}

export interface FrameEvents {
  ready: CustomEvent<null>;
  change: CustomEvent<Changed>;
  diagnostics: CustomEvent<Diagnosed>;
  select: CustomEvent<Selected>;
}

export declare abstract class Frame<Events extends FrameEvents = FrameEvents> extends HTMLElement {
  /** The document as it is now; setting it opens another one, without a `change`. */
  value: string;
  /** The text of the scenario that the call is played by. */
  scenarioText: string;
  /** The attribute `readonly`. */
  readOnly: boolean;
  addEventListener<Name extends keyof Events>(name: Name, listener: (this: this, event: Events[Name]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(name: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<Name extends keyof Events>(name: Name, listener: (this: this, event: Events[Name]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener(name: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

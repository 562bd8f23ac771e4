import { EngineError, WireError, thrown } from "./errors.js";
import { type Host, obey } from "./host.js";
import { reads, runs } from "./module.js";
import * as raw from "./raw.js";
import type { Dialect, Event, Report, Simulation, Start, Step } from "./types.js";

/** What may be said about a document that is to be checked. */
export interface CheckOptions {
  /** The platform; otherwise the document's own shape decides. */
  dialect?: Dialect;
  /** A name for the reports. */
  file?: string;
  /**
   * By whose rules: what the platform's engine accepts (the default), or what its published JSON
   * schema accepts. Only SWML has such a schema.
   */
  strict?: "platform" | "schema";
}

/** What may be said about a simulation. */
export interface SimulateOptions extends Omit<CheckOptions, "strict"> {
  /** A name of the scenario, for reports about it. */
  scenarioFile?: string;
}

/** Says what is wrong with a document; an empty list is good news. */
export function check(text: string, options: CheckOptions = {}): Report[] {
  reads();
  return guard(() => raw.check(string(text, "text"), options.dialect, options.file ?? "", options.strict));
}

/**
 * Runs a document against a scenario (YAML) on a virtual clock. Without one, callees ring at once
 * and answer after two seconds.
 *
 * @throws {ScenarioError} when the scenario cannot be read.
 */
export function simulate(text: string, scenario?: string, options: SimulateOptions = {}): Simulation {
  runs();
  return guard(() =>
    raw.simulate(string(text, "text"), scenario, {
      dialect: options.dialect,
      file: options.file ?? "",
      scenario_file: options.scenarioFile ?? "",
    }),
  );
}

/** One live call. Time is whatever you say it is, as long as it only moves forward. */
export class Engine {
  #raw: raw.RawEngine | undefined;
  readonly #host: Host | undefined;
  #deadline: number | null = null;
  #now = 0;
  #ended = false;

  /** With a host, its methods are called for every order; without one, read `Step.commands`. */
  constructor(host?: Host) {
    runs();
    this.#host = host;
  }

  /** Begins the call. */
  open(start: Start): Step {
    if (this.#raw) {
      throw new EngineError("expected a new engine, found one whose call was opened already");
    }
    const engine = guard(() => raw.engine(start));
    this.#raw = engine;
    this.#now = start.now ?? 0;
    return this.#step(() => engine.take());
  }

  /** Reports a fact at an instant. */
  event(now: number, event: Event): Step {
    const engine = this.#opened();
    this.#now = Math.max(this.#now, instant(now));
    return this.#step(() => engine.event(now, event));
  }

  /** Reports that an instant was reached without a fact. Too early is harmless. */
  timeout(now: number): Step {
    const engine = this.#opened();
    this.#now = Math.max(this.#now, instant(now));
    return this.#step(() => engine.timeout(now));
  }

  /** When to call `timeout`, if no event comes before; null for never. */
  get deadline(): number | null {
    return this.#deadline;
  }

  /** Whether `done` was ordered. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Gives the engine's memory back. Garbage collection does it too, later. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
    this.#ended = true;
  }

  /** Same as `free`, for `using`. */
  [Symbol.dispose](): void {
    this.free();
  }

  #opened(): raw.RawEngine {
    if (!this.#raw) {
      throw new EngineError("expected an open engine, found one that was not opened, or was freed");
    }
    return this.#raw;
  }

  #step(act: () => Partial<Step>): Step {
    const answer = guard(act);
    const step: Step = {
      commands: answer.commands ?? [],
      deadline: answer.deadline ?? null,
      trace: answer.trace ?? [],
    };
    if (answer.ended) {
      step.ended = answer.ended;
      this.#ended = true;
    }
    this.#deadline = step.deadline;
    return this.#host ? this.#obeyed(this.#host, step) : step;
  }

  /** Gives the orders to the host; what it cannot do at all is reported at once. */
  #obeyed(host: Host, step: Step): Step {
    const missing = step.commands.map((command) => obey(host, command)).filter((event) => event !== undefined);
    let whole = step;
    for (const event of missing) {
      const more = this.event(this.#now, event);
      whole = { ...more, commands: [...whole.commands, ...more.commands], trace: [...whole.trace, ...more.trace] };
    }
    return whole;
  }
}

/** An expression of a document, read once and evaluated often. */
export class Expression {
  readonly #raw: raw.RawExpression;

  /** @throws {ExpressionError} with what was expected and found, for what is no expression. */
  constructor(source: string) {
    runs();
    this.#raw = guard(() => raw.expression(string(source, "source")));
  }

  /**
   * Its value with these names (`vars`, `call`, `params` …); without any, with those of the last time.
   * `now` is what `new Date()` tells, in milliseconds since 1970.
   *
   * @throws {ExpressionError} when it cannot be computed.
   */
  evaluate(scope?: Readonly<Record<string, unknown>>, now = 0): unknown {
    return guard(() => {
      if (scope) {
        this.#raw.scope(JSON.stringify(scope), now);
      }
      return this.#raw.evaluate();
    });
  }

  /** Frees its memory at once, instead of when it is collected. */
  free(): void {
    this.#raw.free();
  }
}

/** A string, or an error. */
export function string(value: unknown, what: string): string {
  if (typeof value !== "string") {
    throw new WireError(`expected a string as ${what}, found ${typeof value}`);
  }
  return value;
}

function instant(now: unknown): number {
  if (typeof now !== "number" || !Number.isSafeInteger(now) || now < 0) {
    throw new WireError(`expected whole milliseconds, found ${String(now)}`);
  }
  return now;
}

/** Turns what the module throws into the errors of this package. */
export function guard<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw thrown(error);
  }
}

import type { Report } from "./types.js";

/** What all errors of this package are. `code` never changes meaning. */
export class PatchcordError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The module was used before `init` was awaited. */
export class NotReadyError extends PatchcordError {
  constructor() {
    super("not-ready", "expected `await init(…)` before the first call");
  }
}

/** A start, event or option that does not have the shape it must have. */
export class WireError extends PatchcordError {
  constructor(message: string) {
    super("wire", message);
  }
}

/** An edit that cannot be made; the message says why. */
export class EditError extends PatchcordError {
  constructor(message: string) {
    super("edit", message);
  }
}

/** A scenario that cannot be read. */
export class ScenarioError extends PatchcordError {
  /** What is wrong with it, with places in its text. */
  readonly reports: Report[];

  constructor(reports: Report[]) {
    const first = reports[0];
    const place = first ? `${first.line}:${first.column}: ${first.message}` : "it cannot be read";
    super("scenario", `the scenario is refused: ${place}`);
    this.reports = reports;
  }
}

/** A method of an engine that was freed, or not opened, or that crashed. */
export class EngineError extends PatchcordError {
  constructor(message: string) {
    super("engine", message);
  }
}

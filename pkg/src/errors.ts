import type { Range } from "./positions.js";
import type { Report } from "./types.js";

/** Where in a text an error is. */
export interface ErrorPlace {
  /** In UTF-16 units. */
  range?: Range;
  /** The step that stands there, as `graph` names it. */
  node?: string;
  /** The parameter that it is about. */
  path?: string[];
}

/** What all errors of this package are. */
export class PatchcordError extends Error implements ErrorPlace {
  /** The kind of error, for programs; it never changes meaning. */
  readonly code: string;
  /** Where it is in the text that was given, in UTF-16 units, if it is at a place of one. */
  readonly range?: Range;
  /** The step of the document that it is about, as `graph` names it. */
  readonly node?: string;
  /** The parameter of that step. */
  readonly path?: string[];

  /** An error of a kind, at a place. */
  constructor(code: string, message: string, place: ErrorPlace = {}) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.range = place.range;
    this.node = place.node;
    this.path = place.path;
  }
}

/** The module, or the part of it that was asked, was used before it was awaited. Its code is `not-ready`. */
export class NotReadyError extends PatchcordError {
  /** The error, saying what to await. */
  constructor(message = "expected `await init(…)` before the first call") {
    super("not-ready", message);
  }
}

/** Something given does not have the form it must have. Its code is `wire`, or that of a class below. */
export class WireError extends PatchcordError {
  /** An error of this kind, or of a narrower one. */
  constructor(message: string, code = "wire", place: ErrorPlace = {}) {
    super(code, message, place);
  }
}

/** A document that cannot be run; its place is that of the first error. Its code is `document`. */
export class DocumentError extends WireError {
  /** Everything there is to say about it, as `check` tells it. */
  readonly reports: Report[];

  /** An error about a document with these reports. */
  constructor(message: string, reports: Report[], place: ErrorPlace = {}) {
    super(message, "document", place);
    this.reports = reports;
  }
}

/** An expression that cannot be read or computed; its place is in the expression. Its code is `expression`. */
export class ExpressionError extends WireError {
  /** An error at a place of an expression. */
  constructor(message: string, place: ErrorPlace = {}) {
    super(message, "expression", place);
  }
}

/** A text that is no journal; its place is the line that is none of one. Its code is `journal`. */
export class JournalError extends WireError {
  /** An error in a line of a journal. */
  constructor(message: string, place: ErrorPlace = {}) {
    super(message, "journal", place);
  }
}

/** An edit that cannot be made; its place is what it was to change. Its code is `edit`. */
export class EditError extends PatchcordError {
  /** An edit that is refused for this reason. */
  constructor(message: string, place: ErrorPlace = {}) {
    super("edit", message, place);
  }
}

/** A scenario that cannot be read; its place is that of the first report. Its code is `scenario`. */
export class ScenarioError extends PatchcordError {
  /** What is wrong with it, with places in its text. */
  readonly reports: Report[];

  /** An error about a scenario with these reports. */
  constructor(reports: Report[], place: ErrorPlace = {}) {
    const first = reports[0];
    const told = first ? `${first.line}:${first.column}: ${first.message}` : "it cannot be read";
    super("scenario", `the scenario is refused: ${told}`, place);
    this.reports = reports;
  }
}

/** A method of an engine or session that was freed, or not opened, or that crashed. Its code is `engine`. */
export class EngineError extends PatchcordError {
  /** An error of this kind. */
  constructor(message: string) {
    super("engine", message);
  }
}

/** What the module throws: a message, or the JSON text of this. */
interface Refusal extends ErrorPlace {
  code: "document" | "expression" | "journal" | "scenario";
  message: string;
  reports?: Report[];
}

/** The error of this package for what the module threw. */
export function thrown(error: unknown): PatchcordError {
  if (error instanceof WebAssembly.RuntimeError) {
    return new EngineError(`the engine crashed: ${error.message}`);
  }
  const message = error instanceof Error ? error.message : String(error);
  const refusal = read(message);
  switch (refusal?.code) {
    case "document":
      return new DocumentError(refusal.message, refusal.reports ?? [], refusal);
    case "expression":
      return new ExpressionError(refusal.message, refusal);
    case "journal":
      return new JournalError(refusal.message, refusal);
    case "scenario":
      return new ScenarioError(refusal.reports ?? [], refusal);
    default:
      return new WireError(message);
  }
}

function read(message: string): Refusal | undefined {
  if (!message.startsWith('{"code":')) {
    return undefined;
  }
  try {
    return JSON.parse(message) as Refusal;
  } catch {
    return undefined;
  }
}

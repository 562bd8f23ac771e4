/**
 * Runs the plain module `patchcord-guest.wasm`, the very file that the native host runs, in any
 * JavaScript runtime. Its imports are the call primitives; see CONTRACT.md of the module.
 */
import { PatchcordError } from "./errors.js";
import type { Command, Ended, Event, Report, Simulation, Start, TraceEntry } from "./types.js";

/** What one input of a guest's call led to, besides the orders. */
export interface GuestStep {
  call: number;
  deadline: number | null;
  trace: TraceEntry[];
  ended?: Ended;
}

/** A document that was read once, for many calls. */
export interface GuestProgram {
  program: number;
  dialect: string | null;
  runs: boolean;
  diagnostics: Report[];
}

/** One line of a journal. */
export type JournalLine =
  | { start: Start }
  | { at: number; event: Event }
  | { at: number; timeout: true }
  | { at: number; done: string }
  | { at: number; stopped: string };

/** The guest refused an argument. */
export class GuestError extends PatchcordError {
  constructor(message: string) {
    super("guest", message);
  }
}

interface Exports {
  memory: WebAssembly.Memory;
  abi(): number;
  alloc(length: number): number;
  free(pointer: number, length: number): void;
  check(pointer: number, length: number): bigint;
  check_text(pointer: number, length: number): bigint;
  simulate(pointer: number, length: number): bigint;
  program_load(pointer: number, length: number): bigint;
  program_drop(program: number): void;
  call_open(program: number, pointer: number, length: number): bigint;
  call_event(call: number, pointer: number, length: number): bigint;
  call_timeout(call: number, now: bigint): bigint;
  call_close(call: number): void;
}

/** The name space of the call primitives. */
const PRIMITIVES = "patchcord_v1";

/** One instance of the guest. After a trap, drop it. */
export class Guest {
  readonly #exports: Exports;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });

  private constructor(exports: Exports) {
    this.#exports = exports;
  }

  /** Instantiates the module; `order` is called for every order of every call, in order. */
  static async load(
    source: BufferSource | WebAssembly.Module,
    order: (call: number, command: Command, json: string) => void,
  ): Promise<Guest> {
    const module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
    let guest: Guest | undefined;
    const primitives: Record<string, (call: number, pointer: number, length: number) => void> = {};
    for (const wanted of WebAssembly.Module.imports(module)) {
      if (wanted.module !== PRIMITIVES || wanted.kind !== "function") {
        throw new GuestError(`expected only functions of ${PRIMITIVES} as imports, found ${wanted.module}.${wanted.name}`);
      }
      primitives[wanted.name] = (call, pointer, length) => {
        const json = guest ? guest.#read(pointer >>> 0, length >>> 0) : "{}";
        order(call, JSON.parse(json) as Command, json);
      };
    }
    const instance = await WebAssembly.instantiate(module, { [PRIMITIVES]: primitives });
    guest = new Guest(instance.exports as unknown as Exports);
    return guest;
  }

  /** The contract's version: major and minor. */
  get version(): [number, number] {
    const abi = this.#exports.abi();
    return [abi >>> 16, abi & 0xffff];
  }

  /** Says what is wrong with a document. */
  check(text: string, options: { dialect?: string; file?: string } = {}): Report[] {
    if (Object.keys(options).length > 0) {
      return this.#ask((pointer, length) => this.#exports.check(pointer, length), { text, ...options });
    }
    // A UTF-16 unit has at most three bytes.
    const room = text.length * 3;
    const pointer = this.#exports.alloc(room) >>> 0;
    const { written } = this.#encoder.encodeInto(text, new Uint8Array(this.#exports.memory.buffer, pointer, room));
    const reports = this.#answer<Report[]>(this.#exports.check_text(pointer, written));
    this.#exports.free(pointer, room);
    return reports;
  }

  /** Runs a document against a scenario. */
  simulate(
    text: string,
    options: { dialect?: string; file?: string; scenario?: string; scenario_file?: string } = {},
  ): Simulation {
    return this.#ask((pointer, length) => this.#exports.simulate(pointer, length), { text, ...options });
  }

  /** Reads a document once, for many calls. */
  loadProgram(text: string, options: { dialect?: string } = {}): GuestProgram {
    return this.#ask((pointer, length) => this.#exports.program_load(pointer, length), { source: { kind: "document", text }, ...options });
  }

  /** Forgets a document. */
  dropProgram(program: number): void {
    this.#exports.program_drop(program);
  }

  /** Begins a call of a program; 0 is the document in the start itself. */
  open(program: number, start: Start): GuestStep {
    return this.#ask((pointer, length) => this.#exports.call_open(program, pointer, length), start);
  }

  /** Reports a fact. */
  event(call: number, now: number, event: Event): GuestStep {
    return this.#ask((pointer, length) => this.#exports.call_event(call, pointer, length), { now, event });
  }

  /** Reports that a deadline came. */
  timeout(call: number, now: number): GuestStep {
    return this.#answer(this.#exports.call_timeout(call, BigInt(now)));
  }

  /** Forgets a call. */
  close(call: number): void {
    this.#exports.call_close(call);
  }

  #ask<T>(act: (pointer: number, length: number) => bigint, argument: unknown): T {
    const bytes = this.#encoder.encode(JSON.stringify(argument));
    const pointer = this.#exports.alloc(bytes.length) >>> 0;
    new Uint8Array(this.#exports.memory.buffer, pointer, bytes.length).set(bytes);
    const answer = act(pointer, bytes.length);
    const result = this.#answer<T>(answer);
    this.#exports.free(pointer, bytes.length);
    return result;
  }

  #answer<T>(packed: bigint): T {
    const bits = BigInt.asUintN(64, packed);
    const json = this.#read(Number(bits >> 32n), Number(bits & 0xffff_ffffn));
    const reply = JSON.parse(json) as { ok?: T; error?: string };
    if (reply.error !== undefined) {
      throw new GuestError(reply.error);
    }
    return reply.ok as T;
  }

  #read(pointer: number, length: number): string {
    return this.#decoder.decode(new Uint8Array(this.#exports.memory.buffer, pointer, length));
  }
}

/** What a replayed journal led to. */
export interface Replay {
  /** Every order, as the guest wrote it. */
  commands: string[];
  trace: TraceEntry[];
  ended: Ended | undefined;
}

/** Feeds a journal (JSON lines) to a new instance. */
export async function replay(source: BufferSource | WebAssembly.Module, journal: string): Promise<Replay> {
  const commands: string[] = [];
  const trace: TraceEntry[] = [];
  let ended: Ended | undefined;
  let call: number | undefined;
  const guest = await Guest.load(source, (_call, _command, json) => commands.push(json));
  for (const text of journal.split("\n").filter((line) => line.trim() !== "")) {
    const line = JSON.parse(text) as JournalLine;
    let step: GuestStep;
    if ("start" in line) {
      step = guest.open(0, line.start);
      call = step.call;
    } else if (call === undefined) {
      throw new GuestError("expected a journal to begin with its start");
    } else if ("event" in line) {
      step = guest.event(call, line.at, line.event);
    } else if ("timeout" in line) {
      step = guest.timeout(call, line.at);
    } else {
      // How it ended comes out of the engine again.
      continue;
    }
    trace.push(...step.trace);
    ended = step.ended ?? ended;
  }
  return { commands, trace, ended };
}

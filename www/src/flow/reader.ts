/**
 * The worker beside the page. It reads large documents, and the first one: what it has run is compiled
 * for the page, too, which would stand still for that long. Only the answer for the newest text counts.
 */
import type { Dialect, PlacedGraph, Report } from "patchcord/slim";
import { readModule } from "./modules";

/** Longer texts are read beside the page. */
export const LARGE = 250_000;

export interface Question {
  id: number;
  text: string;
  hint: Dialect | undefined;
}

/** What the worker is told: a file of the engine, or a text to read. */
export type Told = { read: WebAssembly.Module } | { run: WebAssembly.Module } | Question;

export type Answer = { id: number; read: string } | { id: number; crash: string } | { rehearsed: true };

export interface Read {
  reports: Report[];
  graph: PlacedGraph;
}

let worker: Worker | undefined;
let count = 0;
let asked: { id: number; take: (read: Read | { crash: string }) => void } | undefined;
/** What is to be asked when the worker is done with an older text. */
let next: Question | undefined;
let busy = false;

/** Lets the worker begin, before it is asked. False where none can be had. */
export function rouse(): boolean {
  try {
    worker ??= begin();
  } catch {
    return false;
  }
  return true;
}

/** Asks; an earlier question is forgotten. False where no worker can be had. */
export function ask(text: string, hint: Dialect | undefined, take: (read: Read | { crash: string }) => void): boolean {
  if (!rouse()) return false;
  count += 1;
  asked = { id: count, take };
  const question = { id: count, text, hint };
  if (busy) next = question;
  else send(question);
  return true;
}

/** The answer is no longer wanted. */
export function forget(): void {
  asked = undefined;
  next = undefined;
}

function send(question: Question): void {
  busy = true;
  next = undefined;
  worker?.postMessage(question);
}

let rehearsed: (() => void) | undefined;

/** Lets the worker run a call before the page does. Where there is no worker, the page is the first. */
export function rehearse(run: WebAssembly.Module): Promise<void> {
  return new Promise((resolve) => {
    if (!worker) return resolve();
    rehearsed = resolve;
    worker.postMessage({ run } satisfies Told);
  });
}

function begin(): Worker {
  const made = new Worker(new URL("./reader.worker.ts", import.meta.url), { type: "module" });
  const answered = (id: number | undefined, read: () => Read | { crash: string }) => {
    busy = false;
    if (next) send(next);
    if (!asked || (id !== undefined && asked.id !== id)) return;
    const { take } = asked;
    asked = undefined;
    take(read());
  };
  made.onmessage = ({ data }: MessageEvent<Answer>) => {
    if ("rehearsed" in data) rehearsed?.();
    else answered(data.id, () => ("crash" in data ? data : (JSON.parse(data.read) as Read)));
  };
  made.onerror = (event) => {
    event.preventDefault();
    next = undefined;
    worker = undefined;
    made.terminate();
    rehearsed?.();
    answered(undefined, () => ({ crash: event.message || "worker" }));
  };
  // Without its module it is of no use, and was not asked anything: the page says why there is none.
  readModule().then(
    (read) => made.postMessage({ read } satisfies Told),
    () => (worker = undefined),
  );
  return made;
}

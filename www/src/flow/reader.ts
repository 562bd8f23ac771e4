/** Large documents are read beside the page. Only the answer for the newest text counts. */
import type { Dialect, PlacedGraph, Report } from "patchcord/slim";
import { module } from "./engine";

/** Longer texts are read beside the page. */
export const LARGE = 250_000;

export interface Question {
  id: number;
  text: string;
  hint: Dialect | undefined;
  /** Where the engine is. */
  module: string;
}

export type Answer = { id: number; read: string } | { id: number; crash: string };

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

/** Asks; an earlier question is forgotten. False where no worker can be had. */
export function ask(text: string, hint: Dialect | undefined, take: (read: Read | { crash: string }) => void): boolean {
  try {
    worker ??= begin();
  } catch {
    return false;
  }
  count += 1;
  asked = { id: count, take };
  const question = { id: count, text, hint, module: module().href };
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
  made.onmessage = ({ data }: MessageEvent<Answer>) => answered(data.id, () => ("crash" in data ? data : (JSON.parse(data.read) as Read)));
  made.onerror = (event) => {
    event.preventDefault();
    next = undefined;
    answered(undefined, () => ({ crash: event.message || "worker" }));
    made.terminate();
    worker = undefined;
  };
  return made;
}

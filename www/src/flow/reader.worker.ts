/** The engine beside the page: reads large documents, so that typing in them never waits for it. */
import { check, graph, init } from "patchcord/slim";
import { SIZES } from "../graph/sizes";
import { FLOW } from "./dialect";
import type { Answer, Question } from "./reader";

let ready: Promise<void> | undefined;

self.onmessage = async ({ data: { id, text, hint, module } }: MessageEvent<Question>) => {
  let answer: Answer;
  try {
    ready ??= init(new URL(module));
    await ready;
    const options = hint ? { dialect: hint } : {};
    const reports = check(text, { file: FLOW, ...options });
    // One long text comes across faster than many small things.
    answer = { id, read: JSON.stringify({ reports, graph: graph(text, { layout: SIZES, ...options }) }) };
  } catch (error) {
    answer = { id, crash: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
};

/** Flows to begin with, each with a scenario: the files beside this one. */
import type { Dialect } from "patchcord/slim";

export interface Template {
  flow: string;
  name: string;
  scenario: string;
}

export const SUBJECTS = ["answer", "menu", "ring", "hunt", "machine", "hours", "webhook", "record"] as const;
export type Subject = (typeof SUBJECTS)[number];

const files = import.meta.glob<string>("./*.{yaml,json,xml}", { query: "?raw", import: "default", eager: true });

const ENDS: Record<Dialect, string> = { swml: "yaml", verbs: "json", rcml: "xml" };

/** A template in a dialect; none where the dialect has no steps for it that run here. */
export function template(subject: Subject, dialect: Dialect): Template | undefined {
  const name = `${subject}.${dialect}.${ENDS[dialect]}`;
  const flow = files[`./${name}`];
  return flow === undefined ? undefined : { flow, name: `${subject}.${ENDS[dialect]}`, scenario: files[`./${subject}.${dialect}.scenario.yaml`] ?? "" };
}

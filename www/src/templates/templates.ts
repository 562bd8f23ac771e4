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

/** A template in a dialect; where nothing but the flow itself is needed, its scenario is empty. */
export function template(subject: Subject, dialect: Dialect): Template {
  const [name, end] = [`./${subject}.${dialect}`, ENDS[dialect]];
  return { flow: files[`${name}.${end}`] ?? "", name: `${subject}.${end}`, scenario: files[`${name}.scenario.yaml`] ?? "" };
}

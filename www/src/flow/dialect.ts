/** How a flow is written: what the engine is asked about, and what colours the text has. */
import type { Dialect } from "patchcord/slim";

/** Names of the two texts, as reports have them. */
export const FLOW = "flow";
export const SCENARIO = "scenario";

export type Syntax = "json" | "yaml" | "xml";

export function syntax(text: string): Syntax {
  const first = text.replace(/^\uFEFF/, "").trimStart()[0];
  return first === "<" ? "xml" : first === "{" || first === "[" ? "json" : "yaml";
}

export const DIALECTS: Record<Dialect, string> = { swml: "SWML", verbs: "jambonz", rcml: "RCML" };

/** The end of a file's name. */
export const ENDS: Record<Syntax, string> = { json: ".json", yaml: ".yaml", xml: ".xml" };

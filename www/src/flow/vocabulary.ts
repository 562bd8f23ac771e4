/** What may be written in the dialect of the document: for the palette, forms, completion and colours. */
import { type Dialect, type StepCategory, type Vocabulary, type WordOfStep, vocabulary } from "patchcord/slim";
import { useFlow } from "./flow";

const known = new Map<Dialect, { all: Vocabulary; byName: Map<string, WordOfStep> }>();

function of(dialect: Dialect) {
  let found = known.get(dialect);
  if (!found) {
    const all = vocabulary(dialect);
    found = { all, byName: new Map(all.steps.map((step) => [step.name, step])) };
    known.set(dialect, found);
  }
  return found;
}

export function dialect(): Dialect | undefined {
  const { hint, graph, ready } = useFlow.getState();
  return ready ? (hint ?? graph?.dialect ?? undefined) : undefined;
}

/** Every step of the document's dialect. */
export function words(): Vocabulary | undefined {
  const current = dialect();
  return current && of(current).all;
}

/** A step of the document's dialect, by its name. */
export function word(verb: string): WordOfStep | undefined {
  const current = dialect();
  return current && of(current).byName.get(verb);
}

/** Without a document, SWML's words are as good as any. */
export const category = (verb: string): StepCategory => (word(verb) ?? (useFlow.getState().ready ? of("swml").byName.get(verb) : undefined))?.category ?? "other";

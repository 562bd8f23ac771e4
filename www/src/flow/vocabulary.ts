/** What may be written in the dialect of the document: for the palette, forms, completion and colours. */
import { type Dialect, type Vocabulary, type WordOfStep, vocabulary } from "patchcord/slim";
import { isWhole } from "./engine";
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
  return ready && isWhole() ? (hint ?? graph?.dialect ?? undefined) : undefined;
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

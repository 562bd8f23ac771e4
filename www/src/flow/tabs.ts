/** Other tabs of this browser edit the same document: theirs is followed, or brought together with ours. */
import { useFlow } from "./flow";

export interface Conflict {
  base: string;
  ours: string;
  theirs: string;
}

/** What all tabs had last. */
let common = useFlow.getState().text;

useFlow.subscribe(({ opened, text }, before) => {
  if (opened !== before.opened) common = text;
});

/** Watches; says when another tab wrote, alone or while this one did. */
export function watch(onFollow: (text: string) => void, onConflict: (conflict: Conflict) => void): () => void {
  const stored = (event: StorageEvent) => {
    if (event.key !== "patchcord.flow" || event.newValue === null) return;
    const ours = useFlow.getState().text;
    const theirs = event.newValue;
    if (theirs === ours) common = ours;
    else if (ours === common) {
      common = theirs;
      onFollow(theirs);
    } else onConflict({ base: common, ours, theirs });
  };
  window.addEventListener("storage", stored);
  return () => window.removeEventListener("storage", stored);
}

/** Both agree on this text. */
export function agree(text: string): void {
  common = text;
}

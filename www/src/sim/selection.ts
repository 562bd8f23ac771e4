/** Which row of a call is selected, and which one it is compared with. */
import { useState } from "react";

export interface Selection {
  selected: number | undefined;
  other: number | undefined;
}

export function useSelection(): [Selection, (event: number | undefined, both?: boolean) => void] {
  const [selection, set] = useState<Selection>({ selected: undefined, other: undefined });
  const select = (event: number | undefined, both = false) =>
    // Compared is what was chosen first, as long as more is chosen.
    set((before) => ({ selected: event, other: both ? (before.other ?? before.selected) : undefined }));
  return [selection, select];
}

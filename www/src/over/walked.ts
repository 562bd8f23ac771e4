/** Which place of a list is walked to. It means nothing in another list: there it is `first` again, at once. */
import { useState } from "react";

export function useWalked(list: unknown, first: number): [at: number, walk: (at: number) => void] {
  const [walked, setWalked] = useState({ of: list, at: first });
  return [walked.of === list ? walked.at : first, (at) => setWalked({ of: list, at })];
}

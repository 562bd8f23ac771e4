import { type ReactNode, useEffect, useState } from "react";
import { turn } from "../flow/turn";

/** What need not be there in the first turn: the page answers before it comes. */
export function Later({ children }: { children: ReactNode }): ReactNode {
  const [there, setThere] = useState(false);
  useEffect(() => void turn().then(() => setThere(true)), []);
  return there ? children : null;
}

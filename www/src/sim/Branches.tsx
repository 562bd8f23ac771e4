import { useWords } from "../words/words";
import { switchTo, useCall } from "./call";
import { clock } from "./rows";

/** The ways this call went when it was answered otherwise. */
export function Branches() {
  const words = useWords();
  const branches = useCall(({ branches }) => branches);
  if (branches.length < 2) return null;
  const current = branches.find(({ current }) => current)?.id ?? 0;
  return (
    <select aria-label={words.branches} value={current} onChange={(event) => switchTo(Number(event.currentTarget.value))}>
      {branches.map(({ id, parent, at, t }) => (
        <option key={id} value={id}>
          {parent === undefined ? words.firstBranch(clock(t)) : words.branchOf(id + 1, parent + 1, at ?? 0, clock(t))}
        </option>
      ))}
    </select>
  );
}

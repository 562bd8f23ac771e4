import { useWords } from "../words/words";
import { useBeside } from "./beside";
import { switchTo } from "./acts";
import { useCall } from "./call";
import { clock } from "./rows";

/** The ways this call went when it was answered otherwise, and one to look at beside this one. */
export function Branches() {
  const words = useWords();
  const branches = useCall(({ branches }) => branches);
  const beside = useBeside(({ branch }) => branch);
  if (branches.length < 2) return null;
  const current = branches.find(({ current }) => current)?.id ?? 0;
  const name = ({ id, parent, at, t }: (typeof branches)[number]) => (parent === undefined ? words.firstBranch(clock(t)) : words.branchOf(id + 1, parent + 1, at ?? 0, clock(t)));
  return (
    <>
      <select aria-label={words.branches} value={current} onChange={(event) => switchTo(Number(event.currentTarget.value))}>
        {branches.map((branch) => (
          <option key={branch.id} value={branch.id}>
            {name(branch)}
          </option>
        ))}
      </select>
      <select
        aria-label={words.compareBranch}
        value={beside ?? ""}
        onChange={(event) => useBeside.setState({ branch: event.currentTarget.value === "" ? undefined : Number(event.currentTarget.value) })}
      >
        <option value="">{words.compareBranch} …</option>
        {branches
          .filter(({ id }) => id !== current)
          .map((branch) => (
            <option key={branch.id} value={branch.id}>
              {name(branch)}
            </option>
          ))}
      </select>
    </>
  );
}
